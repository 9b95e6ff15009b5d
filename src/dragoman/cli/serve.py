"""`dragoman serve`: the workbench in a browser."""

from __future__ import annotations

import getpass
import secrets
import webbrowser
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

import click

from dragoman.cli.common import say, verb
from dragoman.cli.council import forecasting
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.views.web.adding import Add

_PORT = 8010


@click.command()
@click.argument("record")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="0 takes any that is free."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; all but this machine's own need a token.",
)
@click.option(
    "--name", metavar="HOST", multiple=True, help="Another name by which browsers call this machine; may be repeated."
)
@click.option(
    "--token",
    metavar="TEXT",
    help="Token that every browser must show.  [default: none on this machine, else a new one]",
)
@click.option("--reviewer", metavar="NAME", help="Who signs decisions.  [default: your login name]")
@click.option("--no-open", is_flag=True, help="Print the address and open no browser.")
@verb
def serve(
    record: str, port: int, host: str, name: tuple[str, ...], token: str | None, reviewer: str | None, no_open: bool
) -> None:
    """Open a record in the browser: read it, check it, correct it, add to it.

    Needs the extra `web`. The workbench answers this machine alone, asks for no account and loads nothing from anywhere.
    Decisions go into the record's log of reviews, and what is written there stays.
    """
    web, serving, safety = _parts()
    token = token or (None if serving.is_own(host) else secrets.token_urlsafe(18))
    rules = safety.Rules(hosts=serving.hosts(host, name), token=token)
    app = web.workbench(record, rules=rules, reviewer=reviewer or _login(), add=_adding(record), forecast=forecasting())
    listening = serving.listen(host, port)
    address = serving.address(host, listening, token)
    click.echo(address)
    say("Stop with Ctrl-C.")
    if not no_open:
        Timer(0.8, webbrowser.open, [address]).start()
    serving.run(app, listening)


def _parts() -> tuple[Any, Any, Any]:
    """The workbench, which comes with an extra."""
    try:
        from dragoman.views import web
        from dragoman.views.web import safety, serving
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("dragoman"):
            raise
        raise UsageError(f"The workbench needs {error.name}; install it with pip install 'dragoman[web]'.") from error
    return web, serving, safety


def _adding(record: str) -> Add:
    """Reads files into the record; the reader is made when the first ones come."""
    readers: list[Any] = []

    def add(paths: Sequence[Path], given: Mapping[str, str], report: Any) -> tuple[str, Sequence[tuple[str, str]]]:
        from dragoman import run
        from dragoman.ingest import Options, read_paths
        from dragoman.reading import Reader
        from dragoman.record import Record

        options = Options(**given, max_bytes=32 * 1024 * 1024)
        sources = list(read_paths([str(p) for p in paths], options=options))
        report(0, len(sources))
        readers[:] = readers or [Reader()]
        done = run.read_into(Record(record), sources, readers[0], workers=1, progress=lambda p: report(p.done, p.total))
        return str(done), [(unread.name, unread.reason) for unread in done.unread]

    return add


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"
