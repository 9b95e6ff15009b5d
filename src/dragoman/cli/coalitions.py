"""`dragoman coalitions`: who agrees with whom on what, as a network."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dragoman.cli.common import machine, verb, warn_of_damage
from dragoman.cli.positions import PICTURES, chosen, from_date, output, put, put_bytes, selecting, selection
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.record import NetworkSettings
    from dragoman.record.networks import Network

_FORMATS = ("table", "csv", "graphml", "json", *PICTURES)


@click.command()
@click.argument("record")
@click.option(
    "--nodes",
    type=click.Choice(["actors", "measures", "both"]),
    default="actors",
    show_default=True,
    help="Actors linked over measures, measures over actors, or each actor to each measure.",
)
@click.option(
    "--aggregation",
    type=click.Choice(["ignore", "congruence", "conflict", "subtract", "combine"]),
    help="What a link counts.  [default: congruence; with both kinds of nodes subtract]",
)
@click.option(
    "--normalisation",
    "--normalization",
    type=click.Choice(["none", "average", "jaccard", "cosine", "activity", "prominence"]),
    default="none",
    show_default=True,
    help="Divide a link by how much its nodes say; activity and prominence with both kinds of nodes.",
)
@click.option(
    "--duplicates",
    type=click.Choice(["none", "document", "story", "day", "week", "month", "year", "across"]),
    default="document",
    show_default=True,
    help="Count what an actor says again once for each of these, or once across all.",
)
@click.option("--by-target", is_flag=True, help="Sanctions on one country are another measure than on another.")
@click.option("--window", type=click.IntRange(min=1), metavar="N", help="A network for each stretch of N units.")
@click.option(
    "--unit",
    type=click.Choice(["events", "days", "weeks", "months", "years"]),
    default="months",
    show_default=True,
    help="What a window is measured in, and how far one is from the next.",
)
@click.option(
    "--most", type=click.IntRange(min=1), default=30, show_default=True, metavar="N", help="Nodes in a picture."
)
@click.option("--isolates", is_flag=True, help="Keep every node in every window.")
@selecting
@from_date
@click.option(
    "--format",
    type=click.Choice(["auto", *_FORMATS]),
    default="auto",
    show_default=True,
    help="auto goes by the name of FILE, else table.",
)
@machine
@output
@verb
def coalitions(record: str, format: str, output: str | None, most: int, machine: bool, **choices: Any) -> None:
    """Show who agrees or disagrees with whom on what, by the definitions of discourse network analysis.

    With --window, csv, graphml and pictures need -o and make a file for each window: NAME 1 2012-01-01.EXT, and so on.
    """
    from dragoman.record import Record

    names = ("nodes", "aggregation", "normalisation", "duplicates", "by_target", "window", "unit", "isolates")
    opened = Record(record)
    settings = _settings({name: choices.pop(name) for name in names})
    found = opened.networks(settings, selection(choices), reviewed=not machine)
    _write(found, chosen(format, output, "table", _FORMATS), output, most)
    warn_of_damage(opened)


def _settings(choices: dict[str, Any]) -> NetworkSettings:
    from dragoman.record import NetworkSettings

    return NetworkSettings(**choices)


def _write(found: tuple[Network, ...], format: str, output: str | None, most: int) -> None:
    from dragoman.views import networks as view

    match format:
        case "table":
            put(_tables, found, output)
        case "json":
            put(view.write_json, found, output)
        case "png" | "svg":
            from dragoman.views.network_picture import write_network_picture

            draw = partial(write_network_picture, most=most)
            _each(found, output, lambda network, file: put_bytes(draw, network, format, file))
        case _:
            write = view.write_graphml if format == "graphml" else view.write_matrix
            _each(found, output, lambda network, file: put(write, network, file))


def _tables(found: tuple[Network, ...], out: Any) -> None:
    from dragoman.views import networks as view
    from dragoman.views.table import console, put

    for network in found:
        put(console(out), *view.tie_tables(network))


def _each(found: tuple[Network, ...], output: str | None, write: Callable[[Network, str | None], None]) -> None:
    """One file, or with windows one for each, numbered as DNA does."""
    windowed = [network for network in found if network.settings.window is not None]
    if not windowed:
        write(found[0], output) if found else None
        return
    if output is None:
        raise UsageError(
            "Windows make several files; give a name for them, as in -o network.csv, or take --format json."
        )
    path = Path(output)
    for number, network in enumerate(windowed, 1):
        write(network, str(path.with_name(f"{path.stem} {number} {network.first}{path.suffix}")))
