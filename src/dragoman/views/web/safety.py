"""Who may ask what of the workbench: hosts, origins, tokens, sizes, and what a browser may run.

The article is hostile, and so is every other page that is open in the same browser. Three things keep them out: a page runs
no script but the workbench's own (Content-Security-Policy); a request must name a host that the workbench listens as, so that
no foreign name can be made to point here; and what changes something must come from a page of the workbench and carry its key.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "dragoman-token"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
SAFE = frozenset({"GET", "HEAD"})
MAX_BODY = 32 * 1024 * 1024
"""Bytes of one request at most."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Which requests are answered.

    `hosts` are the names (without port) that a request may use. `token` must be shown by everybody where it is set: once in
    the address, from then on as a cookie. `key` stands in every form of every page; no other site can read it there.
    """

    hosts: frozenset[str] = LOOPBACK
    token: str | None = None
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    max_body: int = MAX_BODY

    def knows(self, token: str | None) -> bool:
        """Whether whoever shows this token may come in."""
        return self.token is None or hmac.compare_digest((token or "").encode(), self.token.encode())

    def opens(self, key: object) -> bool:
        """Whether a form comes from a page of this workbench."""
        return isinstance(key, str) and hmac.compare_digest(key.encode(), self.key.encode())


class Gate:
    """Answers what the rules forbid, and passes the rest on with the headers that keep a browser strict."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app = app
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._refusal(Request(scope))
        bounded = _Bounded(receive, self.rules.max_body)
        await (refused or self.app)(scope, bounded, _strict(send))

    def _refusal(self, request: Request) -> Response | None:
        if _host(request.headers.get("host", "")) not in self.rules.hosts:
            return _refuse(
                421, "This workbench does not answer to that name. Use the address that dragoman serve printed."
            )
        if (given := request.query_params.get("token")) is not None and self.rules.token is not None:
            return self._let_in(request) if self.rules.knows(given) else _no_token()
        if not self.rules.knows(request.cookies.get(COOKIE)):
            return _no_token()
        if request.method not in SAFE and not _is_own(request.headers):
            return _refuse(403, "The request comes from another site, and changed nothing.")
        if int(_digits(request.headers.get("content-length", "0"))) > self.rules.max_body:
            return _too_large(self.rules.max_body)
        return None

    def _let_in(self, request: Request) -> Response:
        """Keep the token as a cookie and take it out of the address, where histories would show it."""
        rest = [(k, v) for k, v in parse_qsl(request.url.query) if k != "token"]
        response = RedirectResponse(f"/{request.url.path.lstrip('/')}{'?' * bool(rest)}{urlencode(rest)}", 303)
        response.set_cookie(COOKIE, self.rules.token or "", httponly=True, samesite="strict")
        return response


class TooLargeError(Exception):
    """A request that goes on after its bytes were used up."""


class _Bounded:
    """`receive` that counts, for requests that do not say how long they are."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive = receive
        self.left = most

    async def __call__(self) -> Message:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise TooLargeError
        return message


def _strict(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return with_headers


def _is_own(headers: Headers) -> bool:
    """Whether the page that sends this is one of the workbench's; browsers say so, and cannot be made to lie."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def _host(header: str) -> str:
    """The host without its port."""
    name = header.rpartition(":")[0] if header.rpartition(":")[2].isdigit() and not header.endswith("]") else header
    return name.casefold()


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdigit() else "0"


def _no_token() -> Response:
    return _refuse(
        401, "This workbench asks for its token. Open the address that dragoman serve printed, token and all."
    )


def _too_large(most: int) -> Response:
    return _refuse(
        413, f"That is more than the {most // 1_000_000} MB that fit in one request. Use dragoman read instead."
    )


def _refuse(status: int, sentence: str) -> Response:
    return PlainTextResponse(f"{sentence}\n", status)
