"""Reviews -> how good the reading is, and how far the reviewers agree: with each other, and with the machine.

Precision is the share of rows that people accept as they were read. It is an estimate for the whole record where the rows were
drawn by `dragoman sample`; of rows that somebody chose it says nothing beyond them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import Any

from dragoman.errors import UsageError
from dragoman.record.reliability import Stratum, alpha, kappa, share
from dragoman.record.reviews import rows
from dragoman.record.reviews.overlay import Reviewed, Target, held
from dragoman.record.reviews.review import KINDS, Kind, Row
from dragoman.record.sampling import Place, Sample

BY = ("kind", "type", "publisher")
"""What rows can be told apart by; the type of a stance is its measure's, of a statement its form."""

FIELDS: Mapping[Kind, tuple[str, ...]] = {
    "statements": ("source", "form"),
    "events": ("type", "mode", "actors", "recipients", "polarity", "modality"),
    "stances": ("holder", "measure", "stance", "force", "toward"),
}
"""The fields on which codings are compared."""

Group = tuple[str, ...]

_RIGHT = {"add": "accept"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """Of `judged` rows of a group, so many are right as they were read; the rest was corrected or rejected.

    `share` is the part of right rows in the record, `low` to `high` its interval. `sample` is the one that the rows were drawn
    in, and `covered` the part of the record that lies in strata with a judged row; both None where somebody chose the rows.
    """

    group: Group
    judged: int
    right: int
    corrected: int
    rejected: int
    share: float
    low: float
    high: float
    sample: str | None
    covered: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two or more agree on a field of the rows that they have both coded.

    `between` names two coders, or all of them as "reviewers", or "reviewers, machine". `same` is the share of rows on which they
    say the same; `kappa` is Cohen's, for two; `alpha` Krippendorff's, for all. None where they cannot be told from chance.
    """

    group: Group
    field: str
    between: str
    rows: int
    same: float
    kappa: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    document: str
    publisher: str
    target: Target

    @property
    def place(self) -> Place:
        return self.document, str((self.target.machine or self.target.judged)["id"])

    @property
    def counts(self) -> bool:
        """Whether it says something about the reading: a row of it that was judged as it is."""
        return self.target.machine is not None and self.target.state not in ("flagged", "outdated")

    def group(self, by: Sequence[str]) -> Group:
        row = self.target.machine or self.target.judged
        known = {"kind": self.target.kind, "type": _type(self.target.kind, row), "publisher": self.publisher}
        return tuple(known[name] for name in by)

    @property
    def is_right(self) -> bool:
        """Whether the reading says what people hold right."""
        machine, result = self.target.machine, self.target.result
        return machine is not None and result is not None and not rows.difference(machine, result)


def precision(
    reviewed: Iterable[Reviewed],
    by: Sequence[str] = ("kind",),
    samples: Mapping[str, Sample] | None = None,
    confidence: float = 0.95,
) -> tuple[Precision, ...]:
    """The share of right rows in each group: of a kind that was sampled by the rows of its sample with the most judged rows,
    else by all that were judged.

    What people added does not count (the reading has no such row), nor what a newer reading says otherwise than
    what was rejected.
    """
    check(by)
    cases = [c for c in _cases(reviewed) if c.counts]
    found: list[Precision] = []
    for kind in KINDS:
        of_kind = [c for c in cases if c.target.kind == kind]
        sample = _best(samples or {}, kind, of_kind)
        size = _sizes(of_kind, sample)
        drawn = [c for c in of_kind if c in size]
        covered = None if sample is None else _covered(sample, drawn)
        groups = _grouped(drawn, by)
        found += [_precision(group, mine, sample, size, covered, confidence) for group, mine in groups]
    return tuple(found)


def agreement(reviewed: Iterable[Reviewed], by: Sequence[str] = ("kind",)) -> tuple[Agreement, ...]:
    """Agreement on the verdict and on every field, group by group: of all reviewers, of each two, and with the machine.

    Who rejects a row says nothing of its fields. To add a row and to accept it is the same verdict.
    """
    check(by)
    grouped = _grouped((c for c in _cases(reviewed) if c.target.verdicts), ("kind", *by))
    return tuple(one for group, found in grouped for one in _agreements(group[1:], found))


def check(by: Sequence[str]) -> None:
    """Raise UsageError for what rows cannot be told apart by."""
    if strange := [name for name in by if name not in BY]:
        raise UsageError(f"Agreement cannot be told by {', '.join(strange)}; it can by {', '.join(BY)}.")


def _best(samples: Mapping[str, Sample], kind: Kind, cases: Sequence[_Case]) -> Sample | None:
    """The sample of that kind with the most judged rows; None where none has any."""
    counts = {s.id: sum(c.place in s.stratum for c in cases) for s in samples.values() if s.kind == kind}
    best = max(counts, key=lambda name: (counts[name], name), default=None)
    return samples[best] if best is not None and counts[best] else None


def _sizes(cases: Sequence[_Case], sample: Sample | None) -> dict[_Case, tuple[tuple[str, ...], float]]:
    """Of each case that counts its stratum, and how many rows it stands for; without a sample all are of one and endless."""
    if sample is None:
        return dict.fromkeys(cases, ((), inf))
    drawn = {c: sample.stratum[c.place] for c in cases if c.place in sample.stratum}
    judged = Counter(stratum.values for stratum in drawn.values())
    return {c: (stratum.values, stratum.size / judged[stratum.values]) for c, stratum in drawn.items()}


def _covered(sample: Sample, cases: Iterable[_Case]) -> float:
    """The part of the record's rows that lies in strata of which at least one row was judged."""
    judged = {sample.stratum[c.place].values for c in cases}
    return sum(s.size for s in sample.strata if s.values in judged) / sum(s.size for s in sample.strata)


def _precision(
    group: Group,
    cases: Sequence[_Case],
    sample: Sample | None,
    size: Mapping[_Case, tuple[tuple[str, ...], float]],
    covered: float | None,
    confidence: float,
) -> Precision:
    together: defaultdict[tuple[str, ...], list[_Case]] = defaultdict(list)
    for case in cases:
        together[size[case][0]].append(case)
    strata = [
        Stratum(len(mine), sum(c.is_right for c in mine), sum(size[c][1] for c in mine)) for mine in together.values()
    ]
    found = share(strata, confidence)
    right, rejected = sum(c.is_right for c in cases), sum(c.target.result is None for c in cases)
    return Precision(
        group=group,
        judged=len(cases),
        right=right,
        corrected=len(cases) - right - rejected,
        rejected=rejected,
        share=found.share,
        low=found.low,
        high=found.high,
        sample=None if sample is None else sample.id,
        covered=covered,
    )


def _agreements(group: Group, cases: Sequence[_Case]) -> Iterator[Agreement]:
    for field in ("verdict", *FIELDS[cases[0].target.kind]):
        codings = [_codings(case.target, field) for case in cases]
        everybody = sorted({name for coding in codings for name in coding})
        several = [tuple(c.values()) for c in codings if len(c) > 1]
        if len(everybody) > 1 and several:
            yield _agreement(group, field, "reviewers", several)
        for one, other in combinations(everybody, 2):
            if both := [(c[one], c[other]) for c in codings if one in c and other in c]:
                yield _agreement(group, field, f"{one}, {other}", both)
        if field != "verdict" and (beside := [pair for c in cases for pair in _beside_machine(c.target, field)]):
            yield _agreement(group, field, "reviewers, machine", beside)


def _agreement(group: Group, field: str, between: str, codes: Sequence[tuple[Any, ...]]) -> Agreement:
    pairs = [(c[0], c[1]) for c in codes]
    return Agreement(
        group=group,
        field=field,
        between=between,
        rows=len(codes),
        same=sum(len(set(c)) == 1 for c in codes) / len(codes),
        kappa=None if between == "reviewers" else kappa(pairs),
        alpha=alpha(codes),
    )


def _codings(target: Target, field: str) -> dict[str, Any]:
    """What each reviewer says of the field."""
    if field == "verdict":
        return {name: _RIGHT.get(r.verdict, r.verdict) for name, r in target.verdicts.items()}
    given = {name: held(target.kind, r) for name, r in target.verdicts.items() if r.verdict != "reject"}
    return {name: _code(row[field]) for name, row in given.items()}


def _beside_machine(target: Target, field: str) -> Iterator[tuple[Any, Any]]:
    if target.machine is not None and target.result is not None and target.decisive is not None:
        yield _code(target.result[field]), _code(target.machine[field])


def _code(value: Any) -> Any:
    """A field as one nominal code: of a measure its type, of parties whom they stand for."""
    if isinstance(value, list | tuple):
        return tuple(sorted(map(str, map(_code, value))))
    if isinstance(value, Mapping):
        return value["type"] if "type" in value else rows.who(value)
    return value


def _cases(reviewed: Iterable[Reviewed]) -> Iterator[_Case]:
    for one in reviewed:
        document = one.machine.document
        yield from (_Case(document.id, document.publisher or "", target) for target in one.targets)


def _grouped(cases: Iterable[_Case], by: Sequence[str]) -> list[tuple[Group, list[_Case]]]:
    groups: defaultdict[Group, list[_Case]] = defaultdict(list)
    for case in cases:
        groups[case.group(by)].append(case)
    return sorted(groups.items(), key=lambda item: item[0])


def _type(kind: Kind, row: Row) -> str:
    match kind:
        case "events":
            return str(row["type"])
        case "stances":
            return str(row["measure"]["type"])
        case "statements":
            return str(row["form"])
