"""`dragoman positions`, `dragoman changes` and `dragoman redlines`: who stands where, and what moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO

import click

from dragoman.cli.answers import duplicates
from dragoman.cli.common import Command, machine, stdout, verb, warn_of_damage
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.record import Selection

Writer = Callable[[Any, TextIO], None]

PICTURES = ("png", "svg")


def selecting(command: Command) -> Command:
    """Add the options that choose among the stances of a record."""
    options = (
        click.option("--actor", "actors", metavar="ID|NAME", multiple=True, help="Only this actor; may be repeated."),
        click.option(
            "--measure", "measures", metavar="TYPE", multiple=True, help="Only this measure; may be repeated."
        ),
        click.option("--toward", metavar="ID|NAME", multiple=True, help="Only toward this actor; may be repeated."),
        click.option(
            "--publisher",
            "publishers",
            metavar="NAME",
            multiple=True,
            help="Only from this publisher; may be repeated.",
        ),
        click.option("--until", metavar="DATE", help="Only documents up to this day, month or year."),
        click.option(
            "--min-score",
            type=click.FloatRange(0, 1),
            default=0.0,
            metavar="P",
            help="Leave out less probable stances.",
        ),
        click.option("--bloc", metavar="ID", help="Only this bloc and who was its member on the date, such as BRICS."),
        click.option(
            "--by",
            type=click.Choice(["country", "actor"]),
            default="country",
            show_default=True,
            help="Count officials as their country or organisation, or each actor for himself.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def from_date(command: Command) -> Command:
    """Add the option that leaves out what is older."""
    return click.option("--since", metavar="DATE", help="Only documents from this day, month or year on.")(command)


output = click.option("-o", "--output", metavar="FILE", help="Write to this file instead of standard output.")


@click.command()
@click.argument("record")
@selecting
@from_date
@duplicates("none")
@click.option(
    "--format",
    type=click.Choice(["auto", "table", "json", "csv", "html", *PICTURES]),
    default="auto",
    show_default=True,
    help="auto goes by the name of FILE, else table. html, png and svg are matrices of actors and measures.",
)
@click.option(
    "--most", type=click.IntRange(min=1), default=40, show_default=True, metavar="N", help="Actors in a matrix."
)
@machine
@output
@verb
def positions(
    record: str, duplicates: Any, format: str, output: str | None, most: int, machine: bool, **choices: Any
) -> None:
    """Show where each actor stands on each measure: toward whom, since when, how firmly, in which words.

    A position is what an actor's stances add up to. It is mixed where passages of the same time contradict each other, and has
    turned where later ones do. Its sources count publishers that do not repeat each other's sentence, with --duplicates story
    stories.
    """
    from dragoman.record import Record

    opened = Record(record)
    held = opened.positions(selection(choices), duplicates=duplicates, reviewed=not machine)
    format = chosen(format, output, "table", ("table", "json", "csv", "html", *PICTURES))
    if format in (*PICTURES, "html"):
        _write_matrix(held, format, output, most)
    else:
        from dragoman.views import positions as view

        text = {
            "table": view.write_tables(view.position_tables),
            "json": view.write_json,
            "csv": view.write_position_csv,
        }
        put(text[format], held, output)
    warn_of_damage(opened)


@click.command()
@click.argument("record")
@click.option("--since", required=True, metavar="DATE", help="What is different from this day, month or year on.")
@selecting
@duplicates("none")
@click.option("--format", type=click.Choice(["auto", "table", "json", "csv"]), default="auto", show_default=True)
@machine
@output
@verb
def changes(
    record: str, since: str, duplicates: Any, format: str, output: str | None, machine: bool, **choices: Any
) -> None:
    """Show what moved since a date: new positions, turned ones, firmer and softer ones, in old and new words."""
    from dragoman.record import Record
    from dragoman.views import positions as view

    opened = Record(record)
    moved = opened.changes(since, selection(choices), duplicates=duplicates, reviewed=not machine)
    _text(format, output, moved, table=view.change_tables, csv=view.write_change_csv)
    warn_of_damage(opened)


@click.command()
@click.argument("record")
@selecting
@from_date
@duplicates("none")
@click.option("--format", type=click.Choice(["auto", "table", "json", "csv"]), default="auto", show_default=True)
@machine
@output
@verb
def redlines(record: str, duplicates: Any, format: str, output: str | None, machine: bool, **choices: Any) -> None:
    """Show every red line and veto threat, and whether its holder later repeats, softens or contradicts it."""
    from dragoman.record import Record
    from dragoman.views import positions as view

    opened = Record(record)
    drawn = opened.red_lines(selection(choices), duplicates=duplicates, reviewed=not machine)
    _text(format, output, drawn, table=view.red_line_tables, csv=view.write_red_line_csv)
    warn_of_damage(opened)


def selection(choices: Mapping[str, Any]) -> Selection:
    """The choices of a call as a selection."""
    from dragoman.record import Selection

    return Selection(**choices)


def chosen(format: str, output: str | None, usual: str, known: tuple[str, ...]) -> str:
    """The format of a call; auto goes by the name of the file. UsageError where a picture has no file to go to."""
    if format == "auto":
        suffix = Path(output).suffix.removeprefix(".").casefold() if output else ""
        format = {"htm": "html"}.get(suffix, suffix) if suffix in (*known, "htm") else usual
    if format in PICTURES and output is None and stdout().isatty():
        raise UsageError(f"A terminal cannot show {format}; give a file, as in -o FILE.{format}.")
    return format


def put(write: Writer, rows: Any, output: str | None) -> None:
    """Write text to the file, or to standard output."""
    with Path(output).open("w", encoding="utf-8", newline="\n") if output else nullcontext(stdout()) as out:
        write(rows, out)


def put_bytes(write: Callable[[Any, IO[bytes], str], None], drawn: Any, format: str, output: str | None) -> None:
    """Write a picture to the file, or to standard output."""
    with Path(output).open("wb") if output else nullcontext(stdout().buffer) as out:
        write(drawn, out, format)


def _text(format: str, output: str | None, rows: Any, *, table: Any, csv: Writer) -> None:
    from dragoman.views import positions as view

    writers: dict[str, Writer] = {"table": view.write_tables(table), "json": view.write_json, "csv": csv}
    put(writers[chosen(format, output, "table", tuple(writers))], rows, output)


def _write_matrix(held: Any, format: str, output: str | None, most: int) -> None:
    from dragoman.views.matrix import matrix

    made = matrix(held, most)
    if format == "html":
        from dragoman.views.matrix_page import write_matrix_page

        put(write_matrix_page, made, output)
    else:
        from dragoman.views.matrix_picture import write_matrix_picture

        put_bytes(write_matrix_picture, made, format, output)
