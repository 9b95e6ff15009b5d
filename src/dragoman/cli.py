"""The `dragoman` command: one function per verb.

Data goes to standard output, everything else to standard error. Exit status: 0 all was read; 1 something was not read, in
whole or in part; 2 the call is wrong; 130 stopped by Ctrl-C. What a verb needs is imported when it runs, so that help is quick.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import asdict
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar, cast

import click

from dragoman import __version__
from dragoman.errors import DragomanError, UsageError

if TYPE_CHECKING:
    from dragoman.analysis import Analysis, Skipped
    from dragoman.document import Document
    from dragoman.ingest import Options, Unread
    from dragoman.record import Record
    from dragoman.run import Progress

Command = TypeVar("Command", bound=Callable[..., Any])
Draw = Callable[["Progress"], None] | None

FEW = 8
"""As many documents are read in this process: a pool of workers takes longer to start than they take to read."""

_DEBUG = "dragoman.debug"
_WRITERS = {
    "text": "dragoman.views.terminal:write_pages",
    "jsonl": "dragoman.views.lines:write_jsonl",
    "json": "dragoman.views.lines:write_json",
    "table": "dragoman.views.table:write_tables",
    "html": "dragoman.views.page:write_page",
}
_COLUMNS = ("text", "title", "date", "publisher", "url", "language")


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
            if ctx.meta.get(_DEBUG) or getattr(error, "errno", None) == errno.EPIPE:
                raise
            raise Failure(_sentence(error), 2 if isinstance(error, UsageError) else 1) from error


def verb(command: Command) -> Command:
    """Add what every verb understands."""

    def remember(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        ctx.meta[_DEBUG] = value

    option = click.option(
        "--debug", is_flag=True, expose_value=False, callback=remember, help="Show the traceback of an error."
    )
    return option(command)


def columns(command: Command) -> Command:
    """Add the options that say where a table keeps what."""
    for name in reversed(_COLUMNS):
        option = click.option(f"--{name}-column", metavar="NAME", help=f"Column of a table that holds the {name}.")
        command = option(command)
    return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="dragoman", message="%(prog)s %(version)s")
def main() -> None:
    """Read diplomatic and conflict news and keep the record: who said what, who did what to whom, who stands where on
    which measure, every line pointing at the words it came from.

    Exit status: 0 all was read, 1 something was not read, 2 the call is wrong, 130 stopped by Ctrl-C.
    """


@main.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--format",
    type=click.Choice(["auto", *_WRITERS]),
    default="auto",
    show_default=True,
    help="How to show what was read; auto is text in a terminal, jsonl elsewhere, nothing with -o.",
)
@click.option("-o", "--output", metavar="RECORD", help="Add to the record in this folder, which is made if need be.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes that read.  [default: the cores]")
@columns
@click.option("--publisher", metavar="NAME", help="Publisher of documents that name none.")
@click.option("--published", metavar="DATE", help="Date of documents that carry none: 2012-01-18, 2012-01 or 2012.")
@click.option(
    "--input-format",
    "input_format",
    metavar="EXT",
    help="Read every file as this format, such as jsonl, whatever its name.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of text files.  [default: detected]")
@click.option("--max-bytes", type=click.IntRange(min=1), metavar="N", help="Largest document to read, decompressed.")
@click.option("--pipeline", metavar="NAME", help="Installed spaCy pipeline to parse with.")
@click.option("--max-characters", type=click.IntRange(min=1), metavar="N", help="How much of a document is read.")
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Leave out statements less probable than this (0 to 1; 0.6 for few errors).",
)
@click.option(
    "--actors",
    metavar="FILE",
    multiple=True,
    help="Actors or agents in a PETRARCH or TABARI dictionary, which win over built-in ones; may be repeated.",
)
@verb
def read(paths: tuple[str, ...], format: str, output: str | None, workers: int | None, **settings: Any) -> None:
    """Read documents: files, folders, globs, or - for standard input.

    Formats: .txt .md .html .htm .json .jsonl .csv .tsv .parquet .xml (RSS, Atom) .warc, each also .gz. With -o the same
    command goes on where it was stopped.
    """
    from dragoman.ingest import read_paths
    from dragoman.reading import Reader

    if output is not None and format != "auto":
        raise click.UsageError(
            "-o keeps the readings and shows none; leave --format out, and see them with dragoman show --readings."
        )
    _say_what_is_malformed(settings["actors"])
    reader = Reader(**_given(settings, {name: name for name in ("pipeline", "max_characters", "min_score", "actors")}))
    options = _options(settings)
    sources, workers = _sized(read_paths(paths, options=options), workers)
    job = _Job(sources, reader, workers)
    with _line(paths, options, quiet=output is None and sys.stdout.isatty()) as draw:
        status = job.show(format, draw) if output is None else job.keep(output, draw)
    sys.exit(status)


@main.command()
@click.argument("record")
@click.option("--readings", is_flag=True, help="Show the readings themselves instead of the figures.")
@click.option(
    "--format",
    type=click.Choice(["auto", *_WRITERS]),
    default="auto",
    show_default=True,
    help="Figures: table (auto) or json. Readings: as for dragoman read.",
)
@verb
def show(record: str, readings: bool, format: str) -> None:
    """Summarise a record: what it holds, from whom, and from when."""
    from dragoman.record import Record

    opened = Record(record)
    if readings:
        write(format, opened.analyses())
    elif format in ("auto", "table"):
        from dragoman.views.overview import overview
        from dragoman.views.table import console, put

        put(console(stdout()), *overview(opened.summary()))
    elif format == "json":
        from json import dumps

        stdout().write(dumps(asdict(opened.summary()), ensure_ascii=False, indent=2, default=str) + "\n")
    else:
        raise click.UsageError(f"The figures of a record are a table or json; for {format} add --readings.")
    _warn_of_damage(opened)


@main.command()
@click.argument("record")
@click.argument("query")
@click.option("--format", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@verb
def sql(record: str, query: str, format: str) -> None:
    """Answer an SQL query over the tables of a record.

    Tables: documents, actors, mentions, statements, contents, events, stances, skipped and more; docs/record.md lists them.
    """
    from dragoman.record import Record
    from dragoman.views import table

    opened = Record(record)
    answer = opened.sql(query)
    names, values = answer.column_names, zip(*(column.to_pylist() for column in answer.columns), strict=True)
    out = stdout()
    match format:
        case "csv":
            table.write_csv(names, values, out)
        case "json":
            table.write_objects(names, values, out)
        case _:
            table.put(table.console(out), table.grid(names, values))
    _warn_of_damage(opened)


class _Job:
    """One run of `read`: reads, names on standard error what was not read, and knows the exit status."""

    def __init__(self, sources: Iterable[Document | Unread], reader: Any, workers: int) -> None:
        self.sources = sources
        self.reader = reader
        self.workers = workers
        self.status = 0

    def show(self, format: str, draw: Draw) -> int:
        """Write every analysis to standard output as soon as it is there."""
        from dragoman import run

        found = run.read(self.sources, self.reader, workers=self.workers, progress=draw)
        with closing(cast("Generator[Analysis | Unread]", found)):
            write(format, self._read(found))
        return self.status

    def keep(self, output: str, draw: Draw) -> int:
        """Add every analysis to a record."""
        from dragoman import run
        from dragoman.record import Record

        record = Record(output, create=True)
        report = run.read_into(record, self.sources, self.reader, workers=self.workers, progress=draw)
        for unread in report.unread:
            self._miss(unread.name, unread.reason)
        for id, part in report.skipped:
            self._skip(record.documents[id], part)
        say(f"{record.path}: {report}")
        return 130 if report.interrupted else self.status

    def _read(self, found: Iterable[Analysis | Unread]) -> Iterator[Analysis]:
        """Pass the analyses on; Ctrl-C ends them as if the last one had come, so that what was written stays well-formed."""
        from dragoman.ingest import Unread

        try:
            for one in found:
                if isinstance(one, Unread):
                    self._miss(one.name, one.reason)
                    continue
                for part in one.skipped:
                    self._skip(one.document, part)
                yield one
        except KeyboardInterrupt:
            say("Stopped before the end.")
            self.status = 130

    def _skip(self, document: Document, part: Skipped) -> None:
        from dragoman.views.rows import title

        where = f"{document.url or title(document)}, characters {part.start:,} to {part.end:,}"
        self._miss(where, part.reason)

    def _miss(self, name: str, reason: str) -> None:
        self.status = 1
        say(f"{name}: {reason}")


def _warn_of_damage(record: Record) -> None:
    """End with status 1 where parts of the record were left out, each of them named."""
    for part in record.damaged:
        say(str(part))
    sys.exit(1 if record.damaged else 0)


def write(format: str, analyses: Iterable[Analysis]) -> None:
    """Write the analyses to standard output in that format; `auto` suits who is listening."""
    out = stdout()
    if format == "auto":
        format = "text" if out.isatty() else "jsonl"
    module, _, function = _WRITERS[format].partition(":")
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


def _line(paths: tuple[str, ...], options: Options, *, quiet: bool) -> AbstractContextManager[Draw]:
    """The moving line, where there is a terminal for it and no page on the same screen."""
    if quiet or not sys.stderr.isatty():
        return nullcontext()
    from dragoman.ingest import read_paths
    from dragoman.views.progress import Total, moving_line

    again = all(can_be_read_again(path) for path in paths)
    return moving_line(sys.stderr, Total(lambda: read_paths(paths, options=options)) if again else None)


def can_be_read_again(path: str) -> bool:
    """Whether counting the documents takes none away: standard input and pipes give theirs only once."""
    return path != "-" and (Path(path).is_file() or Path(path).is_dir() or not Path(path).exists())


def _say_what_is_malformed(dictionaries: tuple[str, ...]) -> None:
    """One line for each dictionary with malformed lines; with --debug the lines too."""
    if not dictionaries:
        return
    from dragoman.knowledge.dictionaries import read_layer

    debug = click.get_current_context().meta.get(_DEBUG)
    for path in dictionaries:
        faults = read_layer(path).faults
        if faults:
            first = "" if debug else f", first {faults[0]}. --debug names all"
            say(f"{path}: malformed lines, used as far as they go: {len(faults)}{first}.")
        for fault in faults if debug else ():
            say(f"{path}, {fault}")


def _sized(sources: Iterator[Document | Unread], workers: int | None) -> tuple[Iterable[Document | Unread], int]:
    """The sources, and as many workers as they are worth."""
    if workers is not None:
        return sources, workers
    first = list(islice(sources, FEW + 1))
    return (first, 1) if len(first) <= FEW else (chain(first, sources), os.cpu_count() or 1)


def _options(settings: Mapping[str, Any]) -> Options:
    from dragoman.ingest import Options

    names = {f"{name}_column": f"{name}_column" for name in _COLUMNS}
    names |= {name: name for name in ("publisher", "published", "encoding", "max_bytes")}
    return Options(**_given(settings, {**names, "input_format": "format"}))


def _given(settings: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The settings that the user gave, under their new names."""
    return {new: settings[old] for old, new in names.items() if settings[old] not in (None, ())}


def _sentence(error: DragomanError | OSError) -> str:
    if isinstance(error, DragomanError):
        return str(error)
    where = error.filename or "Standard output"
    return f"{where} failed: {error.strerror or error}. Free space or choose another place, then run the same command again."
