"""`dragoman watch`: what arrives in a folder or feed is read into a record, day and night."""

from __future__ import annotations

import json
import signal
import sys
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from dragoman.cli.common import verb

if TYPE_CHECKING:
    from dragoman.run.watching import Watch


@click.command()
@click.argument("place", metavar="FOLDER_OR_FEED")
@click.option("-o", "--output", metavar="RECORD", required=True, help="The record to add to, made if need be.")
@click.option(
    "--every",
    type=click.FloatRange(min=1),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How often to look; failures double the pause, up to an hour.",
)
@click.option("--publisher", metavar="NAME", help="Publisher of documents that name none.")
@click.option(
    "--workers", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Processes that read."
)
@click.option(
    "--metrics", metavar="HOST:PORT", help="Answer /metrics (Prometheus) and /health here, as 127.0.0.1:9464."
)
@verb
def watch(place: str, output: str, every: float, publisher: str | None, workers: int, metrics: str | None) -> None:
    """Read what arrives in a folder, or in an RSS or Atom feed (a file or a URL), into a record until it is stopped.

    A file is read once it has come to rest, in any format of dragoman read. Nothing is read twice, also after a restart: the
    record knows what it has. One JSON object a line goes to standard error for everything that happens. Ctrl-C and SIGTERM
    end it after the document at hand; exit status 0.
    """
    from dragoman.ingest import Options
    from dragoman.ingest.watching import place_of
    from dragoman.reading import Reader
    from dragoman.record import Record
    from dragoman.run.attempts import Attempts, Guarded
    from dragoman.run.metrics import address_of, start_server
    from dragoman.run.watching import Watch

    address = address_of(metrics) if metrics else None
    options = Options(publisher=publisher)
    stop = threading.Event()
    record = Record(output, create=True)
    watching = Watch(
        record=record,
        reader=Guarded(Reader(), Attempts(record.path / ".attempts-watch")),
        place=place_of(place, options),
        every=every,
        log=_log,
        stop=stop,
        workers=workers,
    )
    server = start_server(address, watching.counters, lambda: watching.healthy) if address else None
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    _log("started", place=place, record=output, metrics="{}:{}".format(*server.server_address[:2]) if server else None)
    _run(watching)
    if server is not None:
        server.shutdown()


def _run(watching: Watch) -> None:
    try:
        watching.run()
    finally:
        done = watching.counters
        _log("stopped", documents=done.documents_read, known=done.documents_known, unread=done.documents_unread)


def _log(event: str, **fields: Any) -> None:
    """One line of JSON, escaped to ASCII, so that names from anywhere cannot forge another."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    sys.stderr.write(json.dumps({"time": now, "event": event, **fields}) + "\n")
    sys.stderr.flush()
