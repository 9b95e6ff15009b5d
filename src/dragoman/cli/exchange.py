"""`dragoman export` and `dragoman import`: out of and into the formats of the field."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dragoman.cli.answers import duplicates
from dragoman.cli.common import machine, say, stdout, verb, warn_of_damage

if TYPE_CHECKING:
    from dragoman.analysis import Analysis
    from dragoman.document import Document
    from dragoman.ingest.exchange import Coded, Imported
    from dragoman.record import Record
    from dragoman.record.filters import Duplicates
    from dragoman.views.exports import Scope
    from dragoman.views.exports.surplus import Surplus

CLAIMS = ("all", "reported", "claimed")


@click.command()
@click.argument("record")
@click.option("--to", "format", required=True, metavar="FORMAT", help="One of those above.")
@click.option("-o", "--output", metavar="FILE", help="Write there instead of to standard output.")
@click.option("--since", metavar="DATE", help="Events, and documents of other rows, from this day, month or year on.")
@click.option("--until", metavar="DATE", help="Up to and with this day, month or year.")
@click.option(
    "--actor", "actors", multiple=True, metavar="ID", help="Rows with this actor or country on any side. Repeatable."
)
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    help="Events of this PLOVER type, stances on this measure. Repeatable.",
)
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.0, help="Rows of at least this score.")
@click.option("--claims", type=click.Choice(CLAIMS), default="all", show_default=True, help="Events by who says so.")
@duplicates("none")
@machine
@click.option(
    "--text/--no-text", default=True, help="Quote sentences of the documents, or not, where rights forbid it."
)
@click.option(
    "--table",
    default="events",
    show_default=True,
    metavar="NAME",
    help="Of csv and parquet in one file; -o FOLDER has all.",
)
@click.option(
    "--password", default="dragoman", show_default=True, metavar="WORD", help="Of the user Admin in a DNA database."
)
@verb
def export(record: str, format: str, output: str | None, **asked: Any) -> None:
    """Write a record in another format.

    FORMAT: plover, polecat, cameo, petrarch, petrarch-xml, gdelt, gdelt-mentions, icews, dna, graphml, w3c, csv,
    parquet, jsonl. What the format cannot carry is counted on standard error. docs/formats.md says what each holds.
    """
    from dragoman.record import Record
    from dragoman.views.exports import Losses, Scope, Settings, select
    from dragoman.views.exports import export as write
    from dragoman.views.exports.surplus import KINDS

    names = ("since", "until", "actors", "types", "min_score", "claims")
    scope = Scope(**{name: asked[name] for name in names})
    opened = Record(record)
    told = {name: asked[name] for name in ("text", "password", "duplicates")}
    settings = Settings(table=_table(asked["table"]), record=opened, **told)
    reviewed = not asked["machine"]
    surplus = _surplus(opened, scope, asked["duplicates"], reviewed=reviewed)
    chosen = select(opened.analyses(reviewed=reviewed), scope, surplus)
    losses = Losses()
    rows = write(chosen, format, Path(output) if output else stdout(), losses, settings)
    say(f"{rows:,} rows written as {format}.")
    if surplus:
        say(
            f"Left out, because others stand for them: {', '.join(f'{len(surplus[kind]):,} {kind}' for kind in KINDS)}."
        )
    for line in losses.lines():
        say(f"Not carried: {line}.")
    warn_of_damage(opened)


def _table(name: str) -> str:
    from dragoman.errors import UsageError
    from dragoman.views.exports import TABLES

    if name not in TABLES:
        raise UsageError(f"There is no table {name!r}; there are {', '.join(TABLES)}.")
    return name


def _surplus(record: Record, scope: Scope, duplicates: Duplicates, *, reviewed: bool) -> Surplus:
    """The rows in scope for which another one in scope stands."""
    if duplicates == "none":
        return {}
    from dragoman.views.exports import select
    from dragoman.views.exports.surplus import surplus

    asked = select(record.analyses(reviewed=reviewed), scope)
    return surplus(asked, partial(record.repeated, duplicates=duplicates, reviewed=reviewed))


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="RECORD",
    help="Add to the record in this folder, which is made if need be.",
)
@click.option("--from", "form", metavar="FORMAT", help="Their format, where it does not show by itself.")
@click.option("--encoding", metavar="NAME", help="Encoding of the files, where it does not show by itself.")
@click.option(
    "--max-bytes", type=click.IntRange(1), metavar="N", help="Longest file that is read at once, or longest line."
)
@verb
def import_(paths: tuple[str, ...], output: str, form: str | None, encoding: str | None, max_bytes: int | None) -> None:
    """Add event data and codings of other programs to a record.

    FORMAT: plover (JSON of all versions), polecat, icews, gdelt (tables of events), petrarch (XML of sentences,
    whose texts are then read), dna (databases; what coders wrote becomes verdicts), jsonl (what dragoman wrote).
    """
    from dragoman.ingest import Options
    from dragoman.ingest.exchange import read_exchange
    from dragoman.record import Record

    given: dict[str, Any] = {
        name: value for name, value in (("encoding", encoding), ("max_bytes", max_bytes)) if value is not None
    }
    items = read_exchange(paths, form=form, options=Options(**{k: v for k, v in given.items() if v is not None}))
    job = _Import(Record(output, create=True))
    job.keep(items)
    say(f"{job.record.path}: {job.report()}")
    sys.exit(job.status)


class _Import:
    """One run of `import`: adds what comes, names what does not, and knows the exit status."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.status = 0
        self.counts = dict.fromkeys(("documents", "statements", "events", "stances"), 0)
        self._coded: list[Coded] = []
        self._texts: list[Document] = []

    def keep(self, items: Iterable[Imported]) -> None:
        """Add analyses as they come, then the verdicts of coders, then read the texts that have no reading."""
        self.record.add(self._analyses(items))
        for coded in self._coded:
            self._judge(coded)
        if self._texts:
            self._read()

    def report(self) -> str:
        """The figures in a sentence."""
        return ", ".join(f"{number:,} {name}" for name, number in self.counts.items()) + " imported."

    def _analyses(self, items: Iterable[Imported]) -> Iterator[Analysis]:
        from dragoman.document import Document
        from dragoman.ingest import Unread
        from dragoman.ingest.exchange import Coded, Lost
        from dragoman.record.coding import reading

        for item in items:
            match item:
                case Unread():
                    self.status = 1
                    say(str(item))
                case Lost():
                    say(str(item))
                case Document():
                    self._texts.append(item)
                case Coded():
                    self._count(item.analysis)
                    self._coded.append(item)
                    yield reading(item)
                case _:
                    self._count(item)
                    yield item

    def _count(self, analysis: Analysis) -> None:
        self.counts["documents"] += 1
        for name in ("statements", "events", "stances"):
            self.counts[name] += len(getattr(analysis, name))

    def _judge(self, coded: Coded) -> None:
        """Add the rows that people wrote as their verdicts."""
        from dragoman.record.coding import verdicts

        self.record.reviews.add(verdicts(coded))

    def _read(self) -> None:
        from dragoman import run
        from dragoman.reading import Reader

        report = run.read_into(self.record, self._texts, Reader(), workers=1)
        self.counts["documents"] += report.read + report.known
        for name in ("statements", "events", "stances"):
            self.counts[name] += getattr(report, name)
