"""Samples, blind second coding, and how far coders agree: with the machine, and with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import combinations
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import UsageError
from dragoman.record import Record, sampling
from dragoman.record import agreement as measured
from dragoman.record.reviews import KINDS, Review, Target
from dragoman.record.reviews.overlay import held
from dragoman.views.web.asking import desk, reviewer, see_other, with_query
from dragoman.views.web.view import View

_MOST = 2_000


def agreement_page(request: Request) -> View:
    """The samples, precision by kind and type, agreement on every field, and who judged what how."""
    name = reviewer(request)
    found = desk(request).once("agreement", _measured)
    samples = [
        {
            **sample,
            "mine": sample["judged"].get(name, 0),
            "go": with_query("/review/next", queue=f"sample:{sample['id']}"),
            "blind": with_query("/review/next", queue=f"sample:{sample['id']}", blind="1"),
        }
        for sample in found["samples"]
    ]
    columns = ("group", "field", "between", "rows", "same", "kappa", "alpha")
    values = [(" / ".join(a["group"]), *(a[c] for c in columns[1:])) for a in found["agreement"]]
    context = {**found, "samples": samples, "kinds": KINDS, "divisions": sampling.DIVISIONS}
    return View(template="agreement.html", title="Agreement", context=context, columns=columns, rows=values, data=found)


def draw(request: Request, form: Mapping[str, Any]) -> Response:
    """Draw a sample and keep it in the record."""
    kind, by = (
        form.get("kind", "events"),
        tuple(n for n in str(form.get("by", "type")).replace(" ", "").split(",") if n),
    )
    size, seed = (str(form.get(n, d)) for n, d in (("size", "100"), ("seed", "0")))
    if not (size.isdigit() and seed.isdigit() and int(size) <= _MOST):
        raise UsageError(f"A sample has a size of 1 to {_MOST:,} rows and a whole number as seed.")
    with desk(request).turn() as record:
        drawn = sampling.draw(record.sql, kind, int(size), by=by, seed=int(seed), readers=record.readers[-1:])
        sampling.keep(record.path, drawn)
    desk(request).forget("agreement")
    return see_other("/agreement")


def _measured(record: Record) -> dict[str, Any]:
    reviewed = record.reviewed_documents()
    kept = sampling.kept(record.path)
    targets = [(seen.machine.document.id, t) for seen in reviewed for t in seen.targets]
    judged = {id: _judged(sample, targets) for id, sample in kept.items()}
    return {
        "precision": [asdict(p) for p in measured.precision(reviewed, ("kind", "type"), kept)],
        "agreement": [asdict(a) for a in measured.agreement(reviewed)],
        "confusion": _confusion(targets),
        "samples": [
            {"id": id, "kind": s.kind, "by": list(s.by), "seed": s.seed, "rows": len(s.rows), "judged": judged[id]}
            for id, s in kept.items()
        ],
    }


def _judged(sample: sampling.Sample, targets: list[tuple[str, Target]]) -> dict[str, int]:
    """How many of its rows each reviewer has judged."""
    rows = set(sample.rows)
    drawn = (
        t for document, t in targets if t.kind == sample.kind and t.machine and (document, str(t.machine["id"])) in rows
    )
    return dict(Counter(name for target in drawn for name in target.verdicts))


def _confusion(targets: list[tuple[str, Target]]) -> list[dict[str, Any]]:
    """Field by field what one reviewer says and what another says of the same row: every figure has its cases."""
    cases: dict[tuple[str, ...], list[list[str]]] = {}
    for document, target in targets:
        for one, other in combinations(sorted(target.verdicts.items()), 2):
            for field, said, answered in _compared(target, one[1], other[1]):
                key = (target.kind, field, one[0], said, other[0], answered)
                cases.setdefault(key, []).append([document, target.kind, target.id])
    names = ("kind", "field", "one", "said", "other", "answered")
    listed = sorted(cases.items(), key=lambda pair: (pair[0][1] != "verdict", pair[0]))
    return [{**dict(zip(names, key, strict=True)), "rows": len(found), "cases": found} for key, found in listed]


def _compared(target: Target, one: Review, other: Review) -> Iterator[tuple[str, str, str]]:
    """The verdict, and of rows that both let stand the fields on which the reviewers differ."""
    yield "verdict", one.verdict, other.verdict
    if "reject" not in (one.verdict, other.verdict):
        rows = held(target.kind, one), held(target.kind, other)
        for field in measured.FIELDS[target.kind]:
            said, answered = (_word(row[field]) for row in rows)
            if said != answered:
                yield field, said, answered


def _word(value: Any) -> str:
    """A field as a reader would say it: of a measure its type, of parties whom they stand for."""
    if isinstance(value, Mapping):
        return str(value.get("type") or value.get("actor") or f"“{value['text']}”")
    if isinstance(value, list | tuple):
        return ", ".join(sorted(map(_word, value))) or "nobody"
    return "nothing" if value is None else str(value)
