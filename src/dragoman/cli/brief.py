"""`dragoman brief`: positions and red lines on an issue, to print."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from dragoman.cli.answers import duplicates
from dragoman.cli.common import verb, warn_of_damage
from dragoman.cli.positions import output, put


@click.command()
@click.argument("record")
@click.option(
    "--about", required=True, metavar="ID|NAME|MEASURE", help="An actor, as holder and as target, or a measure."
)
@click.option("--since", metavar="DATE", help="Only documents from this day, month or year on.")
@click.option("--until", metavar="DATE", help="Only documents up to this day, month or year.")
@duplicates("none")
@output
@verb
def brief(record: str, about: str, since: str | None, until: str | None, duplicates: Any, output: str | None) -> None:
    """Write a brief: who stands where on an issue, the red lines, what turned, every line with numbered source quotes.

    The page is HTML on its own and made to print: a browser's "print to PDF" gives A4 with the sources as numbered notes.
    """
    from dragoman.record import Record
    from dragoman.views import brief as view

    opened = Record(record)
    standing = partial(opened.positions, duplicates=duplicates)
    put(view.write_brief, view.brief(opened, about, since=since, until=until, standing=standing), output)
    warn_of_damage(opened)
