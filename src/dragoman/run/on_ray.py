"""Files -> a record, read on a Ray cluster: the rows are those of one process, whatever was lost on the way.

Ray Data streams documents from tasks that open files to actors that hold one reader each. An actor writes what it has read into
the record itself, in parts that are named by their content, and passes on only counts; so a batch that is read twice, because
its actor or node was lost, changes nothing. The record's folder must be shared by all nodes, at the same path.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.analysis import Analysis, Skipped
from dragoman.document import Document
from dragoman.errors import InputError, UsageError
from dragoman.run import DocumentReader, Report
from dragoman.run.attempts import Attempts, Guarded

if TYPE_CHECKING:
    from dragoman.ingest import Options, Unread
    from dragoman.ingest.remote import RemoteFile

BATCH = 64
"""Documents between two writes of an actor: as many are read again when it is lost."""
_BLOCK_BYTES = 2**18
"""Size of what passes from the files to the actors at once."""
_FIELDS = ("text", "title", "publisher", "published", "url", "language")
_COUNTS = ("read", "statements", "events", "stances")
_ATTEMPTS = ".attempts-ray"

MakeReader = Callable[[], DocumentReader]


def read_on_ray(
    record: Path,
    addresses: Iterable[str],
    make_reader: MakeReader,
    options: Options,
    *,
    address: str | None = None,
    actors: int | None = None,
    batch: int = BATCH,
) -> Report:
    """Read what this reader has not yet read into the record; `address` is that of a cluster, by default one is started here.

    A document that ends the process of its actor `attempts.MOST` times is set aside and named in the report. UsageError where Ray
    is not installed, InputError where an address holds nothing. A batch that was read twice may count as known.
    """
    from dragoman.ingest.remote import files_at
    from dragoman.record import Record

    files = [file for each in addresses for file in files_at(each)]
    with _connected(address) as ray:
        opened = Record(record, create=True)
        attempts = Attempts(opened.path / _ATTEMPTS)
        attempts.forget()
        rows = _dataset(ray, files, options, _Actor(opened.path, make_reader), actors, batch)
        report = _report(rows.iter_rows())
    attempts.forget()
    opened.compact_if_due()
    return report


@contextmanager
def _connected(address: str | None) -> Iterator[Any]:
    """Ray with a cluster; one that was connected before is used and left as it is."""
    try:
        import ray
        import ray.data
    except ImportError:
        raise UsageError(
            "Ray is not installed; install dragoman with its extra ray: pip install 'dragoman[ray]'."
        ) from None
    if ray.is_initialized():
        yield ray
        return
    try:
        ray.init(address=address, log_to_driver=False, configure_logging=False)
    except (ConnectionError, ValueError) as error:
        raise InputError(f"No Ray cluster answers at {address}: {error}. Start one, or leave --address out.") from error
    try:
        yield ray
    finally:
        ray.shutdown()


def _dataset(
    ray: Any, files: Sequence[RemoteFile], options: Options, actor: _Actor, actors: int | None, batch: int
) -> Any:
    """Files -> rows of documents -> rows that say what became of each.

    Opening files and reading ask for different shares of a processor, so that Ray keeps them apart and both fit on one.
    """
    logging.getLogger("ray.data").setLevel(logging.WARNING)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    before, context.target_max_block_size = context.target_max_block_size, _BLOCK_BYTES
    try:
        found = ray.data.from_items([{"address": f.address} for f in files], override_num_blocks=len(files))
        rows = found.flat_map(_Opening(options), num_cpus=0.1)
        most = actors or max(1, int(ray.cluster_resources().get("CPU", 1)))
        return rows.map_batches(
            actor.kind(),
            batch_size=batch,
            batch_format="pyarrow",
            compute=ray.data.ActorPoolStrategy(size=most),
            num_cpus=0.9,
        )
    finally:
        context.target_max_block_size = before


class _Opening:
    """A file's address -> a row for each document in it, or for what could not be read."""

    def __init__(self, options: Options) -> None:
        self._options = options

    def __call__(self, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        from dragoman.ingest import read_source
        from dragoman.ingest.remote import RemoteFile

        for item in read_source(RemoteFile(row["address"]).source(self._options)):
            yield _row(item)


def _row(item: Document | Unread) -> dict[str, Any]:
    """One shape for both; a document has no `reason`. Missing fields are empty, so that every block has the same columns."""
    if isinstance(item, Document):
        return {**{name: getattr(item, name) or "" for name in _FIELDS}, "name": "", "reason": ""}
    return {**dict.fromkeys(_FIELDS, ""), "name": item.name, "reason": item.reason}


class _Actor:
    """What makes the actors; Ray wants a class of its own for each kind of actor."""

    def __init__(self, record: Path, make_reader: MakeReader) -> None:
        self._record = record
        self._make_reader = make_reader

    def kind(self) -> type:
        """A class without arguments."""
        record, make_reader = self._record, self._make_reader

        class ReadOnRay(_Reading):
            def __init__(self) -> None:
                super().__init__(record, make_reader())

        return ReadOnRay


class _Reading:
    """Reads batches and writes them into the record, in the process of an actor."""

    def __init__(self, record: Path, reader: DocumentReader) -> None:
        from dragoman.record import Record

        self._record = Record(record)
        self._reader = Guarded(reader, Attempts(self._record.path / _ATTEMPTS))
        self._known = self._record.read_by(reader.fingerprint)

    def __call__(self, batch: Any) -> Any:
        """A table of documents -> a table of what became of each of them."""
        import pyarrow as pa

        rows = batch.to_pylist()
        documents = {d.id: d for row in rows if not row["reason"] and (d := _document(row)).id not in self._known}
        analyses = {id: self._reader.read(document) for id, document in documents.items()}
        self._record.add(analyses.values())
        self._known.update(analyses)
        outcomes = [_outcome(row, analyses) for row in rows]
        return pa.Table.from_pylist(outcomes, schema=_outcomes())


def _document(row: dict[str, Any]) -> Document:
    text, *others = (row[name] for name in _FIELDS)
    return Document(text, **{name: value or None for name, value in zip(_FIELDS[1:], others, strict=True)})


def _outcomes() -> Any:
    import pyarrow as pa

    stretch = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("reason", pa.string())])
    counts = [(name, pa.int64()) for name in _COUNTS]
    texts = [(name, pa.string()) for name in ("id", "name", "reason")]
    return pa.schema([*texts, *counts, ("skipped", pa.list_(stretch))])


def _outcome(row: dict[str, Any], analyses: dict[str, Analysis]) -> dict[str, Any]:
    """What became of a document; one that comes twice in a batch counts as known the second time."""
    nothing = {"id": "", "name": row["name"], "reason": row["reason"], "skipped": []}
    nothing |= dict.fromkeys(_COUNTS, 0)
    if row["reason"] or (analysis := analyses.pop(_document(row).id, None)) is None:
        return nothing
    return nothing | {
        "id": analysis.document.id,
        "read": 1,
        "statements": len(analysis.statements),
        "events": len(analysis.events),
        "stances": len(analysis.stances),
        "skipped": [{"start": s.start, "end": s.end, "reason": s.reason} for s in analysis.skipped],
    }


def _report(rows: Iterable[dict[str, Any]]) -> Report:
    """Add up what the actors say."""
    from dragoman.ingest import Unread

    counts: Counter[str] = Counter()
    unread: list[Unread] = []
    skipped: list[tuple[str, Skipped]] = []
    known = 0
    for row in rows:
        if row["reason"]:
            unread.append(Unread(row["name"], row["reason"]))
            continue
        known += not row["read"]
        counts.update({name: row[name] for name in _COUNTS})
        skipped += ((row["id"], Skipped(s["start"], s["end"], s["reason"])) for s in row["skipped"])
    return Report(
        read=counts["read"],
        known=known,
        statements=counts["statements"],
        events=counts["events"],
        stances=counts["stances"],
        unread=tuple(unread),
        skipped=tuple(skipped),
    )
