"""Counters of a watch -> Prometheus' text format, and a small server that shows it.

The format is the text-based one, version 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from dragoman.errors import UsageError
from dragoman.run.watching import Counters

_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_GAUGES = {"queue", "last_look", "last_read"}
_MEANINGS = {
    "documents_read": "Documents read into the record.",
    "documents_known": "Documents passed over because they had been read before.",
    "documents_unread": "Files and entries that could not be read.",
    "statements": "Statements found.",
    "events": "Events found.",
    "stances": "Stances found.",
    "looks": "Looks at the place that came to their end.",
    "failures": "Looks and writes that failed and were tried again.",
    "queue": "Documents that wait to be read.",
    "last_look": "When the place was last looked at, in seconds since 1970.",
    "last_read": "When documents were last read, in seconds since 1970.",
}


def exposition(counters: Counters) -> str:
    """All counters, each with its meaning and type."""
    return "".join(_metric(name, getattr(counters, name)) for name in _MEANINGS)


def _metric(name: str, value: float) -> str:
    kind = "gauge" if name in _GAUGES else "counter"
    full = f"dragoman_{name}" + ("_seconds" if name.startswith("last_") else "_total" if kind == "counter" else "")
    return f"# HELP {full} {_MEANINGS[name]}\n# TYPE {full} {kind}\n{full} {value}\n"


def address_of(text: str) -> tuple[str, int]:
    """`host:port`; without a host it is this machine only. UsageError where it is neither."""
    host, colon, port = text.rpartition(":")
    if not (colon or text.isdigit()) or not (port.isascii() and port.isdigit() and int(port) < 65_536):
        raise UsageError(f"{text!r} is no address; write it like 127.0.0.1:9464.")
    return host.strip("[]") or "127.0.0.1", int(port)


def start_server(address: tuple[str, int], counters: Counters, healthy: Callable[[], bool]) -> ThreadingHTTPServer:
    """Answer `/metrics` and `/health` (200 or 503) in a thread, until `shutdown`. OSError where the port is taken."""

    class Page(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            match self.path.partition("?")[0]:
                case "/metrics":
                    self._answer(200, _TYPE, exposition(counters))
                case "/health":
                    fine = healthy()
                    self._answer(200 if fine else 503, "text/plain; charset=utf-8", "ok\n" if fine else "not looking\n")
                case _:
                    self._answer(404, "text/plain; charset=utf-8", "There is /metrics and /health.\n")

        def _answer(self, status: int, kind: str, text: str) -> None:
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing: the log tells of documents."""

    server = ThreadingHTTPServer(address, Page)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server
