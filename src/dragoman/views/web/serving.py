"""The workbench on a port: where it listens, and by which names it may be called."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from threading import Thread

import uvicorn
from starlette.applications import Starlette

from dragoman.errors import UsageError
from dragoman.views.web.application import begin
from dragoman.views.web.safety import LOOPBACK

EVERYWHERE = frozenset({"0.0.0.0", "::"})


def is_own(host: str) -> bool:
    """Whether only this machine reaches the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def hosts(host: str, names: Iterable[str]) -> frozenset[str]:
    """The names that a browser may call the workbench by when it listens on `host`."""
    given = {name.casefold() for name in names}
    if host in EVERYWHERE:
        return LOOPBACK | given | _own_names()
    return LOOPBACK | given | {_bracketed(host.casefold())}


def listen(host: str, port: int) -> socket.socket:
    """A socket there; UsageError where the address is not this machine's or the port is taken."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        reason = error.strerror or error
        raise UsageError(
            f"{host}:{port} cannot be listened on: {reason}. Choose another --port, 0 for any that is free."
        ) from error
    return listening


def address(host: str, listening: socket.socket, token: str | None) -> str:
    """What to open; where it listens everywhere, by this machine's own name."""
    shown = "127.0.0.1" if host in EVERYWHERE else _bracketed(host)
    return f"http://{shown}:{listening.getsockname()[1]}/{f'?token={token}' if token else ''}"


def run(app: Starlette, listening: socket.socket) -> None:
    """Answer until Ctrl-C; what takes long to find out is begun at once."""
    Thread(target=begin, args=(app,), name="dragoman-warm", daemon=True).start()
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
    uvicorn.Server(config).run(sockets=[listening])


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _own_names() -> frozenset[str]:
    """The names and addresses that others know this machine by, as far as it knows them itself."""
    name = socket.gethostname()
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(name, None)}
    except OSError:
        found = set()
    return frozenset({name.casefold(), *map(_bracketed, found)})
