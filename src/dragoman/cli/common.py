"""What every verb shares: the group that turns errors into a sentence and a status, and where output goes."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from dragoman.errors import DragomanError, UsageError

if TYPE_CHECKING:
    from dragoman.analysis import Analysis
    from dragoman.record import Record

Command = TypeVar("Command", bound=Callable[..., Any])

DEBUG = "dragoman.debug"
"""Under this name a call remembers whether it was made with --debug."""

WRITERS = {
    "text": "dragoman.views.terminal:write_pages",
    "jsonl": "dragoman.views.lines:write_jsonl",
    "json": "dragoman.views.lines:write_json",
    "table": "dragoman.views.table:write_tables",
    "html": "dragoman.views.page:write_page",
}


class Failure(click.ClickException):
    """An error that ends the command with one sentence and a status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.exit_code = status  # type: ignore[misc]

    def show(self, file: Any = None) -> None:
        say(self.message)


class Verbs(click.Group):
    """Turns errors into one sentence and an exit status; with --debug they keep their traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            say("Stopped.")
            ctx.exit(130)
        except (DragomanError, OSError) as error:
            if ctx.meta.get(DEBUG) or getattr(error, "errno", None) == errno.EPIPE:
                raise
            raise Failure(_sentence(error), 2 if isinstance(error, UsageError) else 1) from error


def verb(command: Command) -> Command:
    """Add what every verb understands."""

    def remember(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        ctx.meta[DEBUG] = value

    option = click.option(
        "--debug", is_flag=True, expose_value=False, callback=remember, help="Show the traceback of an error."
    )
    return option(command)


machine = click.option("--machine", is_flag=True, help="As it was read, without the verdicts of reviewers.")
"""The option of every verb that reads the rows of a record, which are by default as people put them right."""


def warn_of_damage(record: Record) -> None:
    """End with status 1 where parts of the record were left out, each of them named."""
    for part in record.damaged:
        say(str(part))
    sys.exit(1 if record.damaged else 0)


def write(format: str, analyses: Iterable[Analysis]) -> None:
    """Write the analyses to standard output in that format; `auto` suits who is listening."""
    out = stdout()
    if format == "auto":
        format = "text" if out.isatty() else "jsonl"
    module, _, function = WRITERS[format].partition(":")
    writer: Callable[[Iterable[Analysis], TextIO], None] = getattr(import_module(module), function)
    writer(analyses, out)


def stdout() -> TextIO:
    """Standard output as UTF-8, whatever the locale; in a terminal what it cannot show becomes a question mark."""
    out: Any = sys.stdout
    if out.isatty():
        out.reconfigure(errors="replace")
    else:
        out.reconfigure(encoding="utf-8", newline="\n")
    return out  # type: ignore[no-any-return]


def say(message: str) -> None:
    """One line on standard error; control characters in names and reasons are shown, not obeyed."""
    from dragoman.views.marks import visible

    click.echo(f"dragoman: {visible(' '.join(message.split()))}", err=True)


def _sentence(error: DragomanError | OSError) -> str:
    if isinstance(error, DragomanError):
        return str(error)
    where = error.filename or "Standard output"
    return f"{where} failed: {error.strerror or error}. Free space or choose another place, then run the same command again."
