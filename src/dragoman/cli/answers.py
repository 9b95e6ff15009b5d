"""What the verbs that ask a record share: filters as options, and the answer as table, CSV or JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO

import click

from dragoman.cli.common import Command, stdout

if TYPE_CHECKING:
    import pyarrow as pa

    from dragoman.record import Filters

FORMATS = ("table", "csv", "json")
DUPLICATES = ("none", "document", "story", "day")

_FILTERS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--actor", "actors", multiple=True, metavar="ID", help="Who acts: a country or an actor id; may be repeated."
    ),
    click.option("--recipient", "recipients", multiple=True, metavar="ID", help="Who is acted upon; may be repeated."),
    click.option(
        "--type", "types", multiple=True, metavar="TYPE", help="A PLOVER type such as ACCUSE; may be repeated."
    ),
    click.option("--publisher", "publishers", multiple=True, metavar="NAME", help="The outlet; may be repeated."),
    click.option("--since", metavar="DATE", help="The first day, month or year of the events."),
    click.option("--until", metavar="DATE", help="The last day, month or year, included."),
    click.option(
        "--min-score", type=float, default=0.0, metavar="P", help="Leave out events less probable than this (0 to 1)."
    ),
    click.option(
        "--claims",
        type=click.Choice(["all", "reported", "claimed"]),
        default="all",
        show_default=True,
        help="Events that publishers report, that somebody says happened, or both.",
    ),
    click.option("--unrealised", is_flag=True, help="Count also what is denied, planned, supposed or long past."),
)


def event_filters(command: Command) -> Command:
    """Add the options that choose events."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def duplicates(default: str) -> Callable[[Command], Command]:
    """Add the option that says what counts once."""
    return click.option(
        "--duplicates",
        type=click.Choice(DUPLICATES),
        default=default,
        show_default=True,
        help="What counts once: nothing (none), or what is the same in a document, in a story over all publishers, or on a day.",
    )


def filters(settings: dict[str, Any]) -> Filters:
    """The filters that the options make; they are taken out of `settings`."""
    from dragoman.record import Filters

    names = ("actors", "recipients", "types", "publishers", "since", "until", "min_score", "claims")
    actual = not settings.pop("unrealised")
    return Filters(**{name: settings.pop(name) for name in names}, actual=actual)


def write_rows(answer: pa.Table, format: str, out: TextIO | None = None) -> None:
    """An answer of a record, as it is."""
    from dragoman.views import table

    out = out or stdout()
    names = answer.column_names
    values = zip(*(column.to_pylist() for column in answer.columns), strict=True)
    match format:
        case "csv":
            table.write_csv(names, values, out)
        case "json":
            table.write_objects(names, values, out)
        case _:
            table.put(table.console(out), table.grid(names, values))
