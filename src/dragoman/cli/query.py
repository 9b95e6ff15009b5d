"""`dragoman counts`, `timeline` and `search`: ask a record without SQL."""

from __future__ import annotations

from typing import Any

import click

from dragoman.cli.answers import FORMATS, duplicates, event_filters, filters, write_rows
from dragoman.cli.common import machine, stdout, verb, warn_of_damage

UNITS = ("day", "week", "month", "quarter", "year")
_SPLITS = ("none", "type", "quad", "actor", "recipient", "publisher")
_PICTURES = ("png", "svg")


@click.command()
@click.argument("record")
@click.option(
    "--by",
    default="month,actor,recipient,type",
    show_default=True,
    metavar="NAMES",
    help="Some of day, week, month, quarter, year, actor, recipient, type, mode, quad, publisher, polarity, modality, claimed.",
)
@click.option("--undirected", is_flag=True, help="Count A to B and B to A as one pair.")
@click.option("--zero-filled", is_flag=True, help="A row for every period and pair, also where nothing happened.")
@duplicates("story")
@event_filters
@machine
@click.option("--format", type=click.Choice(FORMATS), default="table", show_default=True)
@verb
def counts(
    record: str,
    by: str,
    undirected: bool,
    zero_filled: bool,
    duplicates: Any,
    machine: bool,
    format: str,
    **settings: Any,
) -> None:
    """Count events by period, actor, recipient, type and more.

    events: what counts once; accounts: the events of all documents behind it; goldstein, score: means on the scales of Goldstein
    and PLOVER, from conflict (-10) to cooperation (+10). Actors and recipients are countries where they have one.
    """
    from dragoman.record import Record

    opened = Record(record)
    answer = opened.counts(
        tuple(name.strip() for name in by.split(",") if name.strip()),
        filters(settings),
        duplicates=duplicates,
        pairs="undirected" if undirected else "directed",
        zero_filled=zero_filled,
        reviewed=not machine,
    )
    write_rows(answer, format)
    warn_of_damage(opened)


@click.command()
@click.argument("record")
@click.option("--unit", type=click.Choice(UNITS), default="month", show_default=True)
@click.option(
    "--split", type=click.Choice(_SPLITS), default="quad", show_default=True, help="One series for each value."
)
@duplicates("story")
@event_filters
@machine
@click.option(
    "--format",
    type=click.Choice(["auto", *FORMATS, "html", *_PICTURES]),
    default="auto",
    show_default=True,
    help="auto draws bars in the terminal; png and svg need -o and the extra `pictures`.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write to this file; its ending tells the format."
)
@verb
def timeline(
    record: str,
    unit: str,
    split: str,
    duplicates: Any,
    machine: bool,
    format: str,
    output: str | None,
    **settings: Any,
) -> None:
    """Show how many events there were in each period, and of which kind."""
    from dragoman.record import Record

    opened = Record(record)
    by = (unit,) if split == "none" else (unit, split)
    answer = opened.counts(by, filters(settings), duplicates=duplicates, zero_filled=True, reviewed=not machine)
    format = _format(format, output)
    if format in _PICTURES and output is None:
        raise click.UsageError(f"A picture goes to a file: add -o timeline.{format}.")
    if output is None:
        _draw(answer, format, unit, split, stdout())
    else:
        _draw_into(answer, format, unit, split, output)
    warn_of_damage(opened)


def _format(format: str, output: str | None) -> str:
    """What was asked for, else what the name of the file says."""
    ending = output.rpartition(".")[2].lower() if output else ""
    known = (*FORMATS, "html", *_PICTURES)
    return ending if format == "auto" and ending in known else format


def _draw_into(answer: Any, format: str, unit: str, split: str, output: str) -> None:
    from dragoman.views.timeline import Timeline, write_picture

    if format in _PICTURES:
        write_picture(Timeline.of(answer, unit, split), output, format)
        return
    with open(output, "w", encoding="utf-8", newline="\n") as out:  # noqa: PTH123
        _draw(answer, format, unit, split, out)


def _draw(answer: Any, format: str, unit: str, split: str, out: Any) -> None:
    from dragoman.views import timeline as views

    if format in FORMATS:
        write_rows(answer, format, out)
    elif format == "html":
        views.write_html(views.Timeline.of(answer, unit, split), out)
    else:
        views.write_bars(views.Timeline.of(answer, unit, split), out)


@click.command()
@click.argument("record")
@click.argument("words", default="")
@click.option(
    "--in",
    "within",
    type=click.Choice(["documents", "statements", "events", "stances"]),
    default="documents",
    show_default=True,
    help="Look in whole texts, in what somebody says, or around events or stances.",
)
@click.option(
    "--actor", "actors", multiple=True, metavar="ID", help="Who is mentioned, speaks, acts or holds the stance."
)
@click.option("--type", "types", multiple=True, metavar="TYPE", help="A type of event.")
@click.option("--measure", "measures", multiple=True, metavar="MEASURE", help="A measure such as sanctions.")
@click.option("--stance", "stances", multiple=True, type=click.Choice(["supports", "opposes"]))
@click.option("--publisher", "publishers", multiple=True, metavar="NAME", help="The outlet.")
@click.option("--since", metavar="DATE", help="Published on or after this day, month or year.")
@click.option("--until", metavar="DATE", help="Published on or before it.")
@duplicates("none")
@click.option("--limit", type=int, default=20, show_default=True, help="At most so many passages.")
@machine
@click.option("--format", type=click.Choice(FORMATS), default="table", show_default=True)
@verb
def search(record: str, machine: bool, format: str, **settings: Any) -> None:
    """Find passages by their words and by who, what, when and where.

    All WORDS must be there; a word finds those that begin with it, "words in quotation marks" stand together.
    """
    from dragoman.record import Record, Search

    opened = Record(record)
    wanted = Search(**settings)
    answer = opened.search(wanted, reviewed=not machine)
    if format == "table":
        from dragoman.views.search import write_passages

        write_passages(answer, wanted.terms, stdout())
    else:
        write_rows(answer, format)
    warn_of_damage(opened)
