"""`dragoman read`: documents in, analyses out or into a record."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from dragoman.cli.common import DEBUG, WRITERS, Command, say, verb, write

if TYPE_CHECKING:
    from dragoman.analysis import Analysis, Skipped
    from dragoman.document import Document
    from dragoman.ingest import Options, Unread
    from dragoman.run import Progress, Report

Draw = Callable[["Progress"], None] | None

FEW = 8
"""As many documents are read in this process: a pool of workers takes longer to start than they take to read."""

_READING = ("pipeline", "max_characters", "min_score", "actors", "other_languages", "mode")
_COLUMNS = ("text", "title", "date", "publisher", "url", "language")


def columns(command: Command) -> Command:
    """Add the options that say where a table keeps what."""
    for name in reversed(_COLUMNS):
        option = click.option(f"--{name}-column", metavar="NAME", help=f"Column of a table that holds the {name}.")
        command = option(command)
    return command


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--format",
    type=click.Choice(["auto", *WRITERS]),
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
@click.option(
    "--mode",
    type=click.Choice(["fast", "default", "accurate"]),
    help="Statements fast, or more events and stances.  [default: default]",
)
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
@click.option(
    "--other-languages",
    type=click.Choice(["skip", "warn", "read"]),
    help="Documents not in English: leave them out and say so, read them and say so, or read them.  [default: skip]",
)
@click.option("--on", type=click.Choice(["here", "ray"]), default="here", show_default=True, help="Where to read.")
@click.option("--address", metavar="ADDRESS", help="Ray cluster to read on, such as auto.  [default: one started here]")
@verb
def read(
    paths: tuple[str, ...],
    format: str,
    output: str | None,
    workers: int | None,
    on: str,
    address: str | None,
    **settings: Any,
) -> None:
    """Read documents: files, folders, globs, or - for standard input.

    Formats: .txt .md .html .htm .json .jsonl .csv .tsv .parquet .xml (RSS, Atom) .warc, each also .gz. With -o the same
    command goes on where it was stopped. With --on ray a PATH may be an address such as s3://bucket/folder, and the record must
    lie in a folder that all nodes share; --workers is then the number of readers on the cluster.
    """
    from dragoman.ingest import read_paths
    from dragoman.reading import Reader

    if output is not None and format != "auto":
        raise click.UsageError(
            "-o keeps the readings and shows none; leave --format out, and see them with dragoman show --readings."
        )
    _say_what_is_malformed(settings["actors"])
    reader = Reader(**_given(settings, {name: name for name in _READING}))
    options = _options(settings)
    if on == "ray":
        sys.exit(_on_ray(paths, output, reader, options, workers, address))
    found = read_paths(paths, options=options)
    sources, workers = _sized(_warned(found) if settings["other_languages"] == "warn" else found, workers)
    job = _Job(sources, reader, workers)
    with _line(paths, options, quiet=output is None and sys.stdout.isatty()) as draw:
        status = job.show(format, draw) if output is None else job.keep(output, draw)
    sys.exit(status)


def _on_ray(
    paths: tuple[str, ...], output: str | None, reader: Any, options: Options, workers: int | None, address: str | None
) -> int:
    """Read on a cluster into a record; the exit status."""
    from functools import partial

    from dragoman.reading import Reader
    from dragoman.run.on_ray import read_on_ray

    if output is None:
        raise click.UsageError("--on ray reads into a record; name it with -o.")
    make = partial(Reader, **asdict(reader.settings))
    report = read_on_ray(Path(output), paths, make, options, address=address, actors=workers)
    return _Job((), reader, 1).tell(output, report)


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
        return self.tell(output, report)

    def tell(self, output: str, report: Report) -> int:
        """Name what was not read and sum up the rest; the exit status."""
        from dragoman.record import Record

        record = Record(output)
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

    debug = click.get_current_context().meta.get(DEBUG)
    for path in dictionaries:
        faults = read_layer(path).faults
        if faults:
            first = "" if debug else f", first {faults[0]}. --debug names all"
            say(f"{path}: malformed lines, used as far as they go: {len(faults)}{first}.")
        for fault in faults if debug else ():
            say(f"{path}, {fault}")


def _warned(sources: Iterable[Document | Unread]) -> Iterator[Document | Unread]:
    """The same, with a line on standard error for each document that is not in English."""
    from dragoman.document import Document
    from dragoman.reading.language import other_language
    from dragoman.views.rows import title

    for item in sources:
        if isinstance(item, Document) and (language := other_language(item)) is not None:
            say(f"{item.url or title(item)}: it is in {language} and was read as if it were English.")
        yield item


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
