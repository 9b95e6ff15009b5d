"""Analyses -> the same with only the rows that an export was asked for, those that count once included once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from dragoman.analysis import Analysis, Event, Party, Stance, Statement
from dragoman.errors import UsageError
from dragoman.knowledge.ontology import load_ontology
from dragoman.record.filters import check_date
from dragoman.record.repetitions import Kind
from dragoman.views.exports.surplus import Surplus

Claims = Literal["all", "reported", "claimed"]
"""Which events by who says so: the publisher reports it as fact, or somebody claims it."""

_NONE: Surplus = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which rows to keep; what is empty or None keeps all.

    `since` and `until` are ISO 8601 dates or prefixes, both included, and meet an event's date or else the date of the
    document. `actors` are actor ids, country codes or full codes; a row is kept when any of them acts, receives,
    speaks, holds the stance or is its object. `types` are PLOVER types, which keep events, and measures, which keep
    stances: rows of a kind that no given type is of are left out. `min_score` is the least score, `claims` chooses
    among events. UsageError for a type that is neither, and for a date that cannot be.
    """

    since: str | None = None
    until: str | None = None
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    min_score: float = 0.0
    claims: Claims = "all"

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            check_date(name, getattr(self, name))
        ontology = load_ontology()
        known = [*ontology.types, *ontology.measures]
        if wrong := [t for t in self.types if t not in known]:
            raise UsageError(f"{', '.join(wrong)}: neither an event type nor a measure; there are {', '.join(known)}.")

    @property
    def narrows(self) -> bool:
        """Whether rows can be left out."""
        return self != Scope()


def select(analyses: Iterable[Analysis], scope: Scope, surplus: Surplus = _NONE) -> Iterator[Analysis]:
    """The analyses with their rows narrowed down; one of which no row is left goes, unless nothing was asked for.

    A statement that a kept event or stance points at is kept with it, so that every id that is pointed at exists. A document that
    never had a row stays unless another one stands for it.
    """
    for analysis in analyses:
        kept = _narrowed(analysis, scope, surplus) if scope.narrows or surplus else analysis
        alone = not scope.narrows and not _has_rows(analysis) and _counts(surplus, "documents", analysis.document.id)
        if _has_rows(kept) or alone:
            yield kept


def _has_rows(analysis: Analysis) -> bool:
    return bool(analysis.events or analysis.stances or analysis.statements)


def _counts(surplus: Surplus, kind: Kind, document: str, row: str | None = None) -> bool:
    return (document, row or document) not in surplus.get(kind, ())


def _narrowed(analysis: Analysis, scope: Scope, surplus: Surplus) -> Analysis:
    dated = _meets(analysis.document.published, scope)
    test = _Test(analysis, scope)

    counts = partial(_counts, surplus, document=analysis.document.id)

    events = tuple(e for e in analysis.events if test.event(e) and counts("events", row=e.id))
    stances = tuple(s for s in analysis.stances if dated and test.stance(s) and counts("stances", row=s.id))
    needed = {e.claimed_in for e in events} | {s.statement for s in stances}
    said = (s for s in analysis.statements if dated and not scope.types and test.statement(s))
    by_themselves = {s.id for s in said if counts("statements", row=s.id)}
    statements = _with_outer(analysis.statements, needed | by_themselves)
    return replace(analysis, events=events, stances=stances, statements=statements)


@dataclass(frozen=True, slots=True)
class _Test:
    """The scope, row by row of one analysis."""

    analysis: Analysis
    scope: Scope

    def event(self, event: Event) -> bool:
        """Whether an event is asked for."""
        f = self.scope
        return (
            event.score >= f.min_score
            and (not f.types or event.type in f.types)
            and f.claims in ("all", "reported" if event.claimed_in is None else "claimed")
            and _meets(event.date or self.analysis.document.published, f)
            and self._concerns(event.actors + event.recipients)
        )

    def stance(self, stance: Stance) -> bool:
        """Whether a stance is asked for, its date aside."""
        f = self.scope
        return (
            stance.score >= f.min_score
            and (not f.types or stance.measure.type in f.types)
            and self._concerns((stance.holder,), stance.toward)
        )

    def statement(self, statement: Statement) -> bool:
        """Whether a statement is asked for by itself, its date aside."""
        source = () if statement.source is None else (statement.source,)
        return statement.score >= self.scope.min_score and self._concerns(source)

    def _concerns(self, parties: Sequence[Party], *others: str | None) -> bool:
        wanted = self.scope.actors
        if not wanted:
            return True
        ids = {p.actor for p in parties} | set(others)
        cast = [actor for id in ids if (actor := self.analysis.actor(id)) is not None]
        return any(w in (a.id, a.country, a.code) for a in cast for w in wanted)


def _with_outer(statements: tuple[Statement, ...], ids: set[str | None]) -> tuple[Statement, ...]:
    """The statements of those ids and all that they lie within."""
    outer = {s.id: s.within for s in statements}
    kept: set[str | None] = {None}
    for id in ids:
        while id not in kept:
            kept.add(id)
            id = outer.get(id) if id is not None else None
    return tuple(s for s in statements if s.id in kept)


def _meets(on: str | None, scope: Scope) -> bool:
    """Whether a date of any precision can lie in the period; a row without a date lies in none."""
    if scope.since is None and scope.until is None:
        return True
    if on is None:
        return False
    return _not_before(on, scope.since) and _not_before(scope.until, on)


def _not_before(later: str | None, earlier: str | None) -> bool:
    """Whether `later` is not before `earlier`, as far as both are known."""
    if later is None or earlier is None:
        return True
    length = min(len(later), len(earlier), len("2012-01-18"))
    return later[:length] >= earlier[:length]
