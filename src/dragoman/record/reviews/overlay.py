"""Analysis + reviews of its document -> the analysis with the verdicts applied, and what became of every one of them.

1. Every judged row is found again in the text; what is not found is lost, and listed.
2. Judged rows meet the rows of the reading that they are about. A row that a newer reader no longer makes, or makes otherwise,
   keeps what a person held right: an accepted, corrected or added row stands on the reviewer's word.
3. A rejection holds for what was rejected: where the reader now says something else in that place, it is outdated.
4. Of several verdicts of one reviewer on a row the latest counts; among reviewers a final one, else the latest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from dragoman.analysis import Analysis
from dragoman.record.reviews import rows
from dragoman.record.reviews.anchors import relocated
from dragoman.record.reviews.context import repaired
from dragoman.record.reviews.log import valid
from dragoman.record.reviews.review import JUDGING, KINDS, Kind, Review, Row

State = Literal["accepted", "corrected", "added", "rejected", "outdated", "flagged"]


@dataclass(frozen=True, kw_only=True)
class Target:
    """A row that people have judged.

    `machine` is the reading's row, None where it makes none (any more); `judged` the row that the verdict is about, where it
    stands in this text. `result` is the row that counts, None where it is
    rejected; it has the id that the row has in the reviewed analysis. `reviews` are the valid ones, in the order of time;
    `decisive` is the one that counts, None where there are only flags. `disputed`: the reviewers' own verdicts differ.
    """

    kind: Kind
    machine: Row | None
    judged: Row
    result: Row | None
    state: State
    reviews: tuple[Review, ...]
    decisive: Review | None

    @property
    def id(self) -> str:
        """The id of the row, as it was judged where nothing of it is left."""
        return str((self.result or self.machine or self.judged)["id"])

    @property
    def disputed(self) -> bool:
        held = {self.value(review) for review in self.verdicts.values()}
        return len(held) > 1 and not (self.decisive and self.decisive.final)

    @property
    def verdicts(self) -> dict[str, Review]:
        """What each reviewer holds: the latest verdict of each."""
        return {r.reviewer: r for r in self.reviews if r.verdict in JUDGING}

    def value(self, review: Review) -> tuple[Any, ...] | None:
        """What the row says according to one reviewer; None for nothing."""
        return None if review.verdict == "reject" else rows.says(self.kind, held(self.kind, review))


@dataclass(frozen=True, slots=True)
class Lost:
    """A review whose words are not in the text, and which of them."""

    review: Review
    words: str


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """A document's reading with what people decided about it: `machine` as it was read, `analysis` with the verdicts applied."""

    machine: Analysis
    analysis: Analysis
    targets: tuple[Target, ...] = ()
    lost: tuple[Lost, ...] = ()

    @cached_property
    def _by_row(self) -> dict[tuple[Kind, str], Target]:
        return {(t.kind, t.id): t for t in self.targets}

    def target(self, kind: Kind, id: str) -> Target | None:
        """What was decided about the row of that id; None where nobody has judged it."""
        return self._by_row.get((kind, id))

    def state(self, kind: Kind, id: str) -> State | None:
        """accepted, corrected, added, rejected, outdated or flagged; None where nobody has judged the row."""
        target = self.target(kind, id)
        return None if target is None else target.state


def held(kind: Kind, review: Review) -> dict[str, Any]:
    """The row that a reviewer holds right, where it stood when he judged it."""
    return rows.changed(rows.complete(kind, review.row), review.changes)


def lay_over(machine: Analysis, reviews: Iterable[Review]) -> Reviewed:
    """Apply the reviews of its document to an analysis; they may come in any order, and undone ones among them."""
    found, lost = _located(valid(sorted(reviews, key=Review.order)), machine.document.text)
    if not found:
        return Reviewed(machine=machine, analysis=machine, lost=lost)
    plain = machine.to_dict()
    targets = tuple(_decided(group) for kind in KINDS for group in _grouped(kind, plain[kind], found))
    lists, renamed = _applied(plain, targets)
    analysis = rows.analysis_of(machine.document, repaired(lists, plain, [m.review for m in found]), machine.reader)
    return Reviewed(machine=machine, analysis=analysis, targets=renamed, lost=lost)


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """A review, its row where it now stands, and the row that its reviewer holds right there."""

    review: Review
    row: Row
    held: Row


@dataclass(slots=True, eq=False)
class _Group:
    """Reviews of one row, and the row of the reading if there is one."""

    kind: Kind
    machine: Row | None
    judged: list[_Judged] = field(default_factory=list)

    def admits(self, judged: _Judged) -> bool:
        """Two rows that one reader made side by side are two rows, however alike a later reader makes them."""
        mine = {(j.review.reader, j.row["id"]) for j in self.judged}
        return all(reader != judged.review.reader or id == judged.row["id"] for reader, id in mine)

    def likeness(self, judged: _Judged) -> float:
        there = [self.machine] if self.machine is not None else [r for j in self.judged for r in (j.row, j.held)]
        return max(rows.alike(self.kind, row, judged.row) for row in there) if self.admits(judged) else 0.0

    def says(self, judged: _Judged) -> bool:
        """Whether the reading has the very row that was judged."""
        return self.machine is not None and rows.says(self.kind, self.machine) == rows.says(self.kind, judged.row)


def _located(reviews: Sequence[Review], text: str) -> tuple[tuple[_Judged, ...], tuple[Lost, ...]]:
    found, lost = [], []
    for review in reviews:
        assert review.kind is not None
        try:
            row = rows.complete(review.kind, relocated(review.row, text))
            found.append(_Judged(review, row, rows.changed(row, relocated(review.changes, text))))
        except LookupError as error:
            lost.append(Lost(review, str(error.args[0])))
    return tuple(found), tuple(lost)


def _grouped(kind: Kind, machine: Sequence[Row], found: Iterable[_Judged]) -> list[_Group]:
    """One group for each row that was judged: first come those that are still read as they were, then those most alike."""
    groups = [_Group(kind, row) for row in machine]
    by_id = {row["id"]: group for row, group in zip(machine, groups, strict=True)}
    waiting = [j for j in found if j.review.kind == kind]
    for judged in waiting:
        group = by_id.get(judged.row["id"])
        if group is not None and group.says(judged) and group.likeness(judged):
            group.judged.append(judged)
    settled = {id(j) for group in groups for j in group.judged}
    for judged in waiting:
        if id(judged) not in settled:
            _join(groups, judged)
    return [group for group in groups if group.judged]


def _join(groups: list[_Group], judged: _Judged) -> None:
    """Into the group of the same row, else of the row most alike, else into one of its own."""
    same = [g for g in groups if any(_is_same(j, judged) for j in g.judged)]
    saying = [g for g in groups if g.says(judged)]
    group = same[0] if same else rows.best(saying, lambda g: g.likeness(judged))
    group = group or rows.best(groups, lambda g: g.likeness(judged))
    if group is None:
        group = _Group(judged.review.kind or "events", None)
        groups.append(group)
    group.judged.append(judged)


def _is_same(one: _Judged, other: _Judged) -> bool:
    return (one.review.reader, one.row["id"]) == (other.review.reader, other.row["id"]) and rows.says(
        one.review.kind or "events", one.row
    ) == rows.says(other.review.kind or "events", other.row)


def _decided(group: _Group) -> Target:
    judging = {j.review.reviewer: j for j in group.judged if j.review.verdict in JUDGING}
    decisive = max(judging.values(), key=lambda j: (j.review.final, j.review.order()), default=None)
    flagged: tuple[Row | None, State] = (group.machine, "flagged")
    result, state = flagged if decisive is None else _outcome(group, decisive)
    return Target(
        kind=group.kind,
        machine=group.machine,
        judged=(decisive or group.judged[-1]).row,
        result=result,
        state=state,
        reviews=tuple(j.review for j in group.judged),
        decisive=None if decisive is None else decisive.review,
    )


def _outcome(group: _Group, decisive: _Judged) -> tuple[Row | None, State]:
    same = group.says(decisive)
    if decisive.review.verdict == "reject":
        return (None, "rejected") if same or group.machine is None else (group.machine, "outdated")
    machine = group.machine if group.machine is not None and same else None
    changes = rows.difference(decisive.row, decisive.held)
    result = decisive.held if machine is None else rows.changed(machine, changes)
    added = any(j.review.verdict == "add" for j in group.judged) and group.machine is None
    state: State = "added" if added else "corrected" if changes else "accepted"
    return {**result, "id": (group.machine or decisive.row)["id"], "score": 1.0}, state


def _applied(plain: Row, targets: Sequence[Target]) -> tuple[dict[str, list[Row]], tuple[Target, ...]]:
    """The lists of rows with the results in place, brought rows last, each id once; and the targets with those ids."""
    lists: dict[str, list[Row]] = {}
    renamed: list[Target] = []
    for kind in KINDS:
        mine = [t for t in targets if t.kind == kind]
        results = {t.machine["id"]: t.result for t in mine if t.machine is not None}
        lists[kind] = [r for row in plain[kind] if (r := results.get(row["id"], row)) is not None]
        taken = {row["id"] for row in plain[kind]}
        for target in mine:
            if target.machine is None and target.result is not None:
                target = _with_free_id(target, taken)
                lists[kind].append(target.result or {})
            renamed.append(target)
    return lists, tuple(renamed)


def _with_free_id(target: Target, taken: set[str]) -> Target:
    wanted = str((target.result or {})["id"])
    names = (wanted, *(f"{wanted}.r{n}" for n in range(1, len(taken) + 2)))
    free = next(name for name in names if name not in taken)
    taken.add(free)
    return Target(**{**vars(target), "result": {**(target.result or {}), "id": free}})
