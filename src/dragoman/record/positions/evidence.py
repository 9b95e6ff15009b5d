"""Rows of the table `stances` + selection -> pieces of evidence: one sentence is one piece, in the order of their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

import pyarrow as pa

from dragoman.analysis import Direction, Force
from dragoman.errors import UsageError
from dragoman.knowledge.periods import not_after
from dragoman.record.positions.everybody import (
    Ask as Ask,
)
from dragoman.record.positions.everybody import (
    Condition,
    Conditions,
    CountsAs,
    Everybody,
    counted,
    joined,
    named,
    way_of_counting,
)
from dragoman.record.positions.holders import Who, gazetteer
from dragoman.record.positions.selection import Selection, nearest

FORCES: tuple[Force, ...] = ("plain", "offer", "demand", "red_line", "veto_threat")
"""From the weakest to the strongest."""

LINES = frozenset({"red_line", "veto_threat"})
"""Forces that say what the holder will not let pass."""

_ORDER = "date NULLS LAST, s.document_id, s.evidence_start, s.evidence_end, s.stance, s.id"
"""By date, without one last, then by place in a document."""

_COLUMNS = (
    "s.document_id, d.title, s.publisher, left(s.published, 10) AS date, "
    "s.evidence_start, s.evidence_end, s.evidence_quote, s.holder, "
    "s.holder_name, s.holder_kind, s.holder_country, s.holder_code, s.measure, "
    f"{named('toward')}, s.toward_kind, s.toward_country, s.toward_code, s.stance, s.force, s.condition_quote, s.score"
)
_DOCUMENTS = "JOIN documents d USING (document_id)"
_WITH_STORIES = f"{_DOCUMENTS} LEFT JOIN stored.story_reports r USING (document_id)"
_BATCH_ROWS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence that puts a holder on a measure, as one document says it.

    `holder` is who holds it in the document, `actor` whose stance it counts as; `toward` counts in the same way. `date` is
    the day, month or year of the document, with its own precision, or None. `[start, end)` is where `words` stand in its text,
    in code points. `story` is the one that the document reports, None where nobody asked for it.
    """

    document: str
    title: str | None
    publisher: str | None
    date: str | None
    start: int
    end: int
    words: str
    holder: str
    holder_name: str
    actor: str
    measure: str
    toward: str | None
    stance: Direction
    force: Force
    condition: str | None
    score: float
    story: str | None = None

    @property
    def strength(self) -> int:
        """The place of its force among FORCES."""
        return FORCES.index(self.force)


@dataclass(frozen=True, slots=True)
class Found:
    """The evidence that a selection takes, in order, and who the actors in it are."""

    evidence: tuple[Evidence, ...]
    who: Mapping[str, Who]


def find(ask: Ask, selection: Selection, table: str = "stances", *, stories: bool = False) -> Found:
    """What a record holds of the selection, in `stances` or another table of that kind, such as `stances_reviewed`.

    `stories` takes the story of each document along, which has to be known to the record.

    Stances whose holder is undecided are nobody's, and left out like those of people who are not named and of no country: the
    "officials" of one document are not those of another.

    Raises UsageError for an actor or a bloc that neither the record nor the gazetteer knows.
    """
    return narrowed(gather(ask, selection, table, stories=stories), selection)


def gather(ask: Ask, selection: Selection, table: str = "stances", *, stories: bool = False) -> Found:
    """A piece of evidence for every stance that the selection takes, and some that it does not; `narrowed` makes it exact."""
    everybody = Everybody.of(ask, table, selection)
    wanted = _Wanted(selection, everybody.who)
    rows = _rows(ask, table, selection, wanted.narrowed(everybody), stories)
    return Found(tuple(rows), everybody.who)


def narrowed(gathered: Found, selection: Selection) -> Found:
    """What `find` gives, of evidence gathered for this selection or for any wider one that counts by the same.

    Raises UsageError for an actor or a bloc that neither the record nor the gazetteer knows.
    """
    wanted = _Wanted(selection, gathered.who)
    return Found(_one_for_each_sentence(filter(wanted, gathered.evidence)), gathered.who)


def order(evidence: Evidence) -> tuple[bool, str, str, int, int, str]:
    """Sorts as evidence is found: by date, without one last, then by place in a document."""
    e = evidence
    return e.date is None, e.date or "", e.document, e.start, e.end, e.stance


def _rows(ask: Ask, table: str, selection: Selection, narrowed: Conditions, stories: bool) -> Iterator[Evidence]:
    """The evidence that meets the conditions, in order, and more of other dates perhaps."""
    where, given = joined((*counted(selection), *narrowed))
    columns, documents = (f"{_COLUMNS}, r.story", _WITH_STORIES) if stories else (_COLUMNS, _DOCUMENTS)
    query = f"SELECT {columns} FROM {table} s {documents} WHERE {where} ORDER BY {_ORDER}"
    counts_as = way_of_counting(selection.by)
    for batch in ask(query, given).to_batches(max_chunksize=_BATCH_ROWS):
        for row in zip(*map(_values, batch.columns), strict=True):
            yield _evidence(row, counts_as)


def _values(column: pa.Array) -> Iterable[Any]:
    """The values of a column; equal words are one object, since a record says the same names many times over."""
    if not pa.types.is_string(column.type):
        return list(column.to_pylist())
    encoded = column.dictionary_encode()
    words: list[str | None] = [*encoded.dictionary.to_pylist(), None]
    return [words[-1 if at is None else at] for at in encoded.indices.to_pylist()]


def _evidence(row: tuple[Any, ...], counts_as: CountsAs) -> Evidence:
    document, title, publisher, date, start, end, words, holder, name, kind, country, code, measure = row[:13]
    toward, toward_kind, toward_country, toward_code, stance, force, condition, score, *story = row[13:]
    return Evidence(
        document=document,
        title=title,
        publisher=publisher,
        date=date,
        start=start,
        end=end,
        words=words,
        holder=holder,
        holder_name=name or holder,
        actor=counts_as(holder, kind, country, code, date),
        measure=measure,
        toward=None if toward is None else counts_as(toward, toward_kind, toward_country, toward_code, date),
        stance=stance,
        force=force,
        condition=condition,
        score=score,
        story=(story[0] or document) if story else None,
    )


class _Wanted:
    """Whether evidence belongs to a selection."""

    def __init__(self, selection: Selection, who: Mapping[str, Who]) -> None:
        self.since, self.until = selection.since, selection.until
        self.measures, self.publishers = frozenset(selection.measures), frozenset(selection.publishers)
        self.least = selection.min_score
        self.actors, self.toward = meant(selection.actors, who), meant(selection.toward, who)
        self.bloc = None if selection.bloc is None else _bloc(selection.bloc)
        self.everybody, self.anywhere = not selection.actors, not selection.toward
        self._in_time = cache(self._lies_in_time)

    def __call__(self, evidence: Evidence) -> bool:
        return (
            evidence.score >= self.least
            and (self.everybody or evidence.actor in self.actors)
            and (self.anywhere or evidence.toward in self.toward)
            and (self.bloc is None or evidence.actor in _belonging(self.bloc, evidence.date))
            and (not self.measures or evidence.measure in self.measures)
            and (not self.publishers or evidence.publisher in self.publishers)
            and self._in_time(evidence.date)
        )

    def narrowed(self, everybody: Everybody) -> Iterator[Condition]:
        """As much of who and when as SQL can say: whose stances may count as those of the actors, and when."""
        for column, wanted in (("holder", self.actors), ("toward", self.toward)):
            if wanted or not (self.everybody if column == "holder" else self.anywhere):
                yield f"s.{column} IN (SELECT unnest(?::VARCHAR[]))", [everybody.speaking_for(wanted)]
        if self.bloc is not None:
            ever = _belonging(self.bloc, None)
            yield "s.holder IN (SELECT unnest(?::VARCHAR[]))", [everybody.speaking_for(ever)]
        for date, sign in ((self.since, ">="), (self.until, "<=")):
            if date is not None:
                shared = f"least(length(s.published), {len(date)})"
                yield f"left(s.published, {shared}) {sign} left(?, {shared})", [date]

    def _lies_in_time(self, date: str | None) -> bool:
        if date is None:
            return self.since is None and self.until is None
        return (self.since is None or not_after(self.since, date)) and (
            self.until is None or not_after(date, self.until)
        )


def meant(wanted: Iterable[str], who: Mapping[str, Who]) -> frozenset[str]:
    """The ids of actors that are named so; UsageError for one whom neither these nor the gazetteer know."""
    names = {id: known.name for id, known in who.items()}
    return frozenset(id for name in wanted for id in _known(name, names))


def _known(wanted: str, names: Mapping[str, str]) -> set[str]:
    """The ids that a user means by an id or a name."""
    folded = wanted.casefold()
    found = {id for id, name in names.items() if folded in (id.casefold(), name.casefold())}
    if found or not names:
        return found
    known = gazetteer()
    found = {sense.entry.id for sense in known.senses(wanted)} or {entry.id for entry in known.entries(wanted)}
    if not found:
        raise UsageError(f"No actor in this record is called {wanted!r}{nearest(wanted, {*names, *names.values()})}")
    return found


def _bloc(wanted: str) -> str:
    """The id of a bloc or organisation whose members are known."""
    known = gazetteer()
    ids = dict.fromkeys((wanted, wanted.upper(), *(s.entry.id for s in known.senses(wanted))))
    found = next((id for id in ids if known.members(id)), None)
    if found is None:
        raise UsageError(f"No members of {wanted!r} are known; give a bloc or organisation such as BRICS, NATO or ARL.")
    return found


@lru_cache(maxsize=1 << 12)
def _belonging(bloc: str, on: str | None) -> frozenset[str]:
    return frozenset((bloc, *gazetteer().members(bloc, on)))


def _one_for_each_sentence(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Of the rows that one sentence gives for one stance the strongest, of equals the most certain, with a condition of any."""
    sentences: dict[tuple[object, ...], Evidence] = {}
    for e in found:
        key = (e.document, e.start, e.end, e.actor, e.measure, e.toward, e.stance)
        known = sentences.get(key)
        sentences[key] = e if known is None else _joined(known, e)
    return tuple(sentences.values())


def _joined(one: Evidence, other: Evidence) -> Evidence:
    best, rest = sorted((one, other), key=lambda e: (-e.strength, -e.score, e.holder, e.condition or "\U0010ffff"))
    return best if best.condition else replace(best, condition=rest.condition)
