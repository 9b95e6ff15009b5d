"""`dragoman check` and `dragoman compact`: look after a record."""

from __future__ import annotations

import sys

import click

from dragoman.cli.common import say, stdout, verb, warn_of_damage


@click.command()
@click.argument("record")
@click.option(
    "--repair", is_flag=True, help="Do what each line says a repair does. It deletes nothing that it cannot rebuild."
)
@verb
def check(record: str, repair: bool) -> None:
    """Check every file and every quotation of a record.

    Exit status: 0 all is well, 1 something is not.
    """
    from dragoman.record import Record

    opened = Record(record)
    found = opened.repair() if repair else opened.check()
    for fault in found:
        stdout().write(f"{fault}\n")
    if not found:
        say(f"{opened.path}: every file and every quotation is as it should be.")
    sys.exit(1 if found else 0)


@click.command()
@click.argument("record")
@verb
def compact(record: str) -> None:
    """Join the many small files of many short runs into few large ones; nothing in the record changes."""
    from dragoman.record import Record

    opened = Record(record)
    say(f"{opened.path}: {opened.compact()}")
    warn_of_damage(opened)
