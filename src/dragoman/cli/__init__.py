"""The `dragoman` command: one function per verb.

Data goes to standard output, everything else to standard error. Exit status: 0 all was read; 1 something was not read, in
whole or in part; 2 the call is wrong; 130 stopped by Ctrl-C. What a verb needs is imported when it runs, so that help is quick.
"""

from __future__ import annotations

import click

from dragoman import __version__
from dragoman.cli.brief import brief
from dragoman.cli.check import check, compact
from dragoman.cli.coalitions import coalitions
from dragoman.cli.common import Verbs
from dragoman.cli.council import council
from dragoman.cli.exchange import export, import_
from dragoman.cli.positions import changes, positions, redlines
from dragoman.cli.query import counts, search, timeline
from dragoman.cli.reading import read
from dragoman.cli.record import show, sql
from dragoman.cli.relate import relate
from dragoman.cli.reviews import agreement, reviews, sample
from dragoman.cli.serve import serve
from dragoman.cli.watch import watch

__all__ = ["main"]


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="dragoman", message="%(prog)s %(version)s")
def main() -> None:
    """Read diplomatic and conflict news and keep the record: who said what, who did what to whom, who stands where on
    which measure, every line pointing at the words it came from.

    Exit status: 0 all was read, 1 something was not read, 2 the call is wrong, 130 stopped by Ctrl-C.
    """


for command in (
    read,
    show,
    sql,
    export,
    import_,
    counts,
    timeline,
    search,
    check,
    compact,
    sample,
    reviews,
    agreement,
    positions,
    changes,
    redlines,
    coalitions,
    council,
    relate,
    watch,
    serve,
    brief,
):
    main.add_command(command)
