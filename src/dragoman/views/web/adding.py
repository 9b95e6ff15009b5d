"""Pasted text and dropped files -> documents of the record, read one job after the other while the pages go on answering."""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Protocol

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import DragomanError, UsageError
from dragoman.views import rows
from dragoman.views.web.asking import desk, document_link, see_other
from dragoman.views.web.view import View

ACCEPTED = frozenset({"txt", "md", "html", "htm", "json", "jsonl", "ndjson", "csv", "tsv", "xml", "rss", "atom"})
"""Extensions of files that a page takes; archives and tables in binary go to `dragoman read`."""

_NO_FILE = f"no file that can be added here; there are .{', .'.join(sorted(ACCEPTED))}."

MOST_FILES = 50
_REMEMBERED = 50

Report = Callable[[int, int | None], None]
"""Told how many documents are done, and of how many, if that is known."""


class Add(Protocol):
    """Reads files into the record: what came of it in a sentence, and each thing that was not read with its reason."""

    def __call__(
        self, paths: Sequence[Path], given: Mapping[str, str], report: Report
    ) -> tuple[str, Sequence[tuple[str, str]]]: ...


@dataclass(slots=True)
class Job:
    """Files that are waiting, being read, or read."""

    id: str
    folder: Path
    names: Mapping[str, str]
    given: Mapping[str, str]
    state: str = "waiting"
    done: int = 0
    total: int | None = None
    said: str = ""
    unread: list[tuple[str, str]] = field(default_factory=list)
    before: int = 0
    """Documents that the record had when this was sent."""


class Jobs:
    """One thread at a time reads what was added; a job is remembered until fifty later ones came."""

    def __init__(self, add: Add, then: Callable[[], None] = lambda: None) -> None:
        self._add = add
        self._then = then
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: deque[Job] = deque()
        self._lock = Lock()
        self._working = False

    def start(self, job: Job) -> None:
        """Read it as soon as those before it are read."""
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > _REMEMBERED:
                self._jobs.popitem(last=False)
            self._waiting.append(job)
            if not self._working:
                self._working = True
                Thread(target=self._work, name="dragoman-add", daemon=True).start()

    def get(self, id: str) -> Job:
        """The job of that id; UsageError where it is forgotten."""
        if id not in self._jobs:
            raise UsageError("That job is not known any more; what it read is in the record.")
        return self._jobs[id]

    @property
    def recent(self) -> tuple[Job, ...]:
        return tuple(reversed(self._jobs.values()))[:8]

    def _work(self) -> None:
        """Until nothing waits."""
        while (job := self._next()) is not None:
            try:
                self._read(job)
            finally:
                shutil.rmtree(job.folder, ignore_errors=True)
        self._then()

    def _next(self) -> Job | None:
        with self._lock:
            self._working = bool(self._waiting)
            return self._waiting.popleft() if self._waiting else None

    def _read(self, job: Job) -> None:
        def report(done: int, total: int | None) -> None:
            job.done, job.total = done, total

        job.state = "reading"
        try:
            job.said, unread = self._add(sorted(job.folder.iterdir()), job.given, report)
            job.unread += [(_named(name, job.names), reason) for name, reason in unread]
            job.state = "done"
        except (DragomanError, OSError) as error:
            job.said, job.state = str(error), "failed"


def add_page(request: Request) -> View:
    """Where text is pasted and files are dropped."""
    jobs: Jobs | None = request.app.state.jobs
    recent = jobs.recent if jobs else ()
    context = {"jobs": recent, "accepted": sorted(ACCEPTED), "open": jobs is not None, "most": MOST_FILES}
    values = [_values(job) for job in recent]
    return View(template="add.html", title="Add documents", context=context, columns=_COLUMNS, rows=values)


def job_page(request: Request) -> View:
    """How far a job is, and what came of it."""
    job = _jobs(request).get(request.path_params["id"])
    context = {"job": job, "newest": _since(request, job.before) if job.state == "done" else (), "link": document_link}
    data = {**dict(zip(_COLUMNS, _values(job), strict=True)), "unread": job.unread}
    return View(
        template="job.html", title="Adding documents", context=context, columns=_COLUMNS, rows=[_values(job)], data=data
    )


async def added(request: Request, form: Any) -> Response:
    """Keep what was sent in a folder of its own and start reading it."""
    jobs = _jobs(request)
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    pasted = str(form.get("text") or "").strip()
    if not files and not pasted:
        raise UsageError("Nothing was sent; paste a text or choose a file.")
    if len(files) > MOST_FILES:
        raise UsageError(f"{len(files)} files at once are too many; send {MOST_FILES} or fewer, or use dragoman read.")
    strange = [str(f.filename) for f in files if _extension(f.filename or "") not in ACCEPTED]
    if strange and len(strange) == len(files) and not pasted:
        raise UsageError(f"{strange[0]!r} is {_NO_FILE}")
    folder = Path(tempfile.mkdtemp(prefix="dragoman-add-"))
    names: dict[str, str] = {}
    for number, file in enumerate((f for f in files if f.filename not in strange), 1):
        kept = folder / f"{number:03d}.{_extension(file.filename or '')}"
        kept.write_bytes(await file.read())
        names[kept.name] = str(file.filename)
    given = {name: str(form.get(name) or "").strip()[:500] for name in ("publisher", "published")}
    if pasted:
        kept = folder / _pasted(folder, pasted, form)
        names[kept.name] = "the pasted text"
    job = Job(secrets.token_hex(6), folder, names, {k: v for k, v in given.items() if v})
    job.unread += [(name, f"It is {_NO_FILE}") for name in strange]
    with desk(request).turn() as record:
        job.before = len(record.documents)
    jobs.start(job)
    return see_other(f"/add/{job.id}")


_COLUMNS = ("id", "state", "done", "total", "said")


def _values(job: Job) -> tuple[Any, ...]:
    return job.id, job.state, job.done, job.total, job.said


def _pasted(folder: Path, pasted: str, form: Any) -> str:
    """A page's saved HTML as a page, anything else as a document with what is known of it."""
    if pasted[:500].lstrip().casefold().startswith(("<!doctype html", "<html")):
        (folder / "pasted.html").write_text(pasted, encoding="utf-8", errors="replace")
        return "pasted.html"
    known = {
        name: str(form.get(name) or "").strip()[:2000] or None for name in ("title", "publisher", "published", "url")
    }
    row = {"text": pasted.replace("\r\n", "\n"), **{name: value for name, value in known.items() if value}}
    (folder / "pasted.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return "pasted.jsonl"


def _extension(name: str) -> str:
    return name.rpartition(".")[2].casefold()


def _named(name: str, names: Mapping[str, str]) -> str:
    """The name that a file had where it came from."""
    bare = Path(name).name
    return next((given for kept, given in names.items() if bare.startswith(kept)), bare)


def _jobs(request: Request) -> Jobs:
    jobs: Jobs | None = request.app.state.jobs
    if jobs is None:
        raise UsageError("This workbench was opened without a reader; add documents with dragoman read.")
    return jobs


def _since(request: Request, before: int) -> list[dict[str, Any]]:
    """The documents behind the first ones, the latest first."""
    with desk(request).turn() as record:
        ids = list(record.documents)[before:][-MOST_FILES:]
        found = [record.documents[id] for id in reversed(ids)]
    return [{"id": d.id, "title": rows.title(d), "publisher": d.publisher} for d in found]
