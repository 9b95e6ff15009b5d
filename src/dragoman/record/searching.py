"""Words + choices -> the passages that have them, best first, each an exact quotation of its document.

Documents, statements, events or stances are searched by a scan, with ranks by BM25 (Robertson and Zaragoza 2009); a
word finds
all words that begin with it, "words in quotation marks" stand together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pyarrow as pa

from dragoman.analysis import Direction
from dragoman.errors import UsageError
from dragoman.knowledge.ontology import load_ontology
from dragoman.record.filters import Duplicates, Filters, check_choice
from dragoman.record.repetitions import keyed

Within = Literal["documents", "statements", "events", "stances"]
Ask = Callable[[str, Any], pa.Table]

CONTEXT = 100
"""Code points that a passage shows before the first word that was found."""

LENGTH = 320
"""Of a passage, in code points, at most."""

_K1, _B = 1.2, 0.75
_TERM = re.compile(r'"([^"]+)"|(\S+)')

_UNITS = {
    "documents": "SELECT document_id, NULL::VARCHAR AS id, publisher, published, 0 AS start, text AS words FROM documents",
    "statements": "SELECT document_id, id, publisher, published, start, words, source, source_country FROM stored.said{}",
    "events": "SELECT document_id, id, publisher, published, start, words, type, parties, party_keys FROM stored.told{}",
    "stances": (
        "SELECT document_id, id, publisher, published, evidence_start AS start, evidence_quote AS words, holder, "
        "holder_country, measure, stance FROM stances{}"
    ),
}
_ACTOR = {
    "documents": "document_id IN (SELECT document_id FROM actors{} WHERE list_has_any([id, country], ?))",
    "statements": "list_has_any([source, source_country], ?)",
    "events": "list_has_any(list_concat(parties, party_keys), ?)",
    "stances": "list_has_any([holder, holder_country], ?)",
}
_ROW = {
    "type": {
        "documents": "document_id IN (SELECT document_id FROM events{} WHERE list_contains(?, type))",
        "events": "list_contains(?, type)",
    },
    "measure": {
        "documents": "document_id IN (SELECT document_id FROM stances{} WHERE list_contains(?, measure))",
        "stances": "list_contains(?, measure)",
    },
    "stance": {
        "documents": "document_id IN (SELECT document_id FROM stances{} WHERE list_contains(?, stance))",
        "stances": "list_contains(?, stance)",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What to look for: `words` in `within`, and of whom, of which kind, from when and from whom.

    `actors` are ids or countries: who is among the actors (documents), speaks (statements), acts or is acted upon (events),
    holds a stance.
    `types` go with documents and events, `measures` and `stances` with documents and stances. Dates are those of
    publication. `duplicates`: of passages that say the same only the best one in each document, story or day; of documents one
    for each story, or for each day of it.
    Raises UsageError for a choice that cannot be.
    """

    words: str = ""
    within: Within = "documents"
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    duplicates: Duplicates = "none"
    limit: int = 20

    def __post_init__(self) -> None:
        check_choice("within", self.within, get_args(Within))
        check_choice("duplicates", self.duplicates, get_args(Duplicates))
        checked = Filters(since=self.since, until=self.until, types=self.types)
        object.__setattr__(self, "types", checked.types)
        for measure in self.measures:
            check_choice("measure", measure, load_ontology().measures)
        for stance in self.stances:
            check_choice("stance", stance, get_args(Direction))
        for name, wanted in (("type", self.types), ("measure", self.measures), ("stance", self.stances)):
            if wanted and self.within not in _ROW[name]:
                raise UsageError(f"A {name} can be asked of {' and '.join(_ROW[name])}, not of {self.within}.")
        if self.limit < 1:
            raise UsageError(f"limit={self.limit} leaves nothing to show; give 1 or more.")

    @property
    def terms(self) -> tuple[str, ...]:
        """The words and phrases, in lower case."""
        return tuple(dict.fromkeys((phrase or word).casefold() for phrase, word in _TERM.findall(self.words)))


def search(ask: Ask, wanted: Search, *, reviewed: bool = True) -> pa.Table:
    """The passages in columns document_id, id, publisher, published, title, score, quote, quote_start, quote_end.

    Best first, then latest first; without words all that the other choices leave, latest first. `reviewed` looks in the rows as
    people put them right.
    """
    condition, given = _where(wanted, reviewed)
    terms, units = wanted.terms, _over(_UNITS[wanted.within], reviewed)
    query = f"""
        WITH {_hits(wanted, units, condition) if terms else _all_units(units, condition)}),
        best AS (FROM {_once(wanted, reviewed)}
            ORDER BY score DESC, published DESC NULLS LAST, document_id, start, id LIMIT {wanted.limit}),
        shown AS ({_shown(wanted, units)}),
        placed AS (SELECT *, if(around = 1, 1, around + instr(substring(words, around, 40), ' ')) AS place FROM shown)
        SELECT h.document_id, h.id, h.publisher, h.published, d.title, score,
            substring(h.words, place, {LENGTH}) AS quote, (start + place - 1)::INTEGER AS quote_start,
            (start + place - 1 + length(substring(h.words, place, {LENGTH})))::INTEGER AS quote_end
        FROM placed h JOIN documents d USING (document_id)
        ORDER BY score DESC, h.published DESC NULLS LAST, h.document_id, h.start, h.id
    """
    looked_for = {f"term{i}": term for i, term in enumerate(terms)}
    patterns = {f"pattern{i}": _pattern(term) for i, term in enumerate(terms)}
    return ask(query, {**given, **looked_for, **patterns})


def _carries(wanted: Search) -> bool:
    """Whether what was found keeps its words on the way; whole texts would fill the memory, and are looked up again."""
    return bool(wanted.terms) and wanted.within != "documents"


def _once(wanted: Search, reviewed: bool) -> str:
    """The hits, or of those that say the same the best one, the earliest of equals."""
    if wanted.duplicates == "none":
        return "hits"
    return (
        f"(SELECT h.* FROM hits h JOIN ({keyed(wanted.within, wanted.duplicates, reviewed=reviewed)}) k "
        "ON k.document_id = h.document_id AND k.id = coalesce(h.id, h.document_id) "
        "QUALIFY row_number() OVER (PARTITION BY k.same "
        "ORDER BY h.score DESC, h.published IS NULL, h.published, h.document_id, h.start, h.id) = 1)"
    )


def _shown(wanted: Search, units: str) -> str:
    """The best units with their words."""
    if _carries(wanted):
        return "SELECT * FROM best"
    return (
        f"SELECT h.*, u.words FROM best h JOIN ({units}) u ON u.document_id = h.document_id "
        "AND u.id IS NOT DISTINCT FROM h.id AND u.start = h.start"
    )


def _all_units(units: str, condition: str) -> str:
    """The units that meet the condition, all alike; without a closing bracket."""
    return (
        "hits AS (SELECT document_id, id, publisher, published, start, 0::DOUBLE AS score, 1 AS around "
        f"FROM ({units}) WHERE {condition}"
    )


def _hits(wanted: Search, units: str, condition: str) -> str:
    """The units that meet the condition and have the words, with a score and where the first word is; without a closing bracket.

    How long units usually are is told by those that were looked at.
    """
    terms = wanted.terms
    has = "".join(f", contains(low, $term{i}) AS c{i}" for i in range(len(terms)))
    counts = "".join(
        f", if({_all(terms)}, len(regexp_extract_all(low, $pattern{i})), 0) AS n{i}" for i in range(len(terms))
    )
    having = "".join(f", count_if(c{i}) AS d{i}" for i in range(len(terms)))
    also, kept = (", words", f", if({_all(terms)}, words, NULL) AS words") if _carries(wanted) else ("", "")
    return f"""
        read AS (SELECT document_id, id, publisher, published, start, lower(words) AS low{also}
            FROM ({units}) WHERE {condition}),
        counted AS MATERIALIZED (SELECT * EXCLUDE (low{also}){kept}, length(low) AS size{counts},
            greatest(1, instr(low, $term0) - {CONTEXT}) AS around FROM (SELECT *{has} FROM read)),
        about AS (SELECT count(*) AS total, avg(size) AS usual{having} FROM counted),
        hits AS (SELECT document_id, id, publisher, published, start, {_score(terms)} AS score, around{also}
            FROM counted, about WHERE {" AND ".join(f"n{i} > 0" for i in range(len(terms)))}"""


def _over(select: str, reviewed: bool) -> str:
    """The SQL over the tables as they were read, or as they were reviewed."""
    return select.replace("{}", "_reviewed" if reviewed else "")


def _where(wanted: Search, reviewed: bool) -> tuple[str, dict[str, Any]]:
    """What the other choices ask of a unit, as SQL, and its parameters by name."""
    found = list(_conditions(wanted))
    texts = (text.replace("?", f"$given{i}") for i, (text, _) in enumerate(found))
    return _over(" AND ".join(texts) or "true", reviewed), {f"given{i}": value for i, (_, value) in enumerate(found)}


def _conditions(wanted: Search) -> Iterator[tuple[str, Any]]:
    for name, values in (("type", wanted.types), ("measure", wanted.measures), ("stance", wanted.stances)):
        if values:
            yield _ROW[name][wanted.within], list(values)
    if wanted.actors:
        yield _ACTOR[wanted.within], list(wanted.actors)
    if wanted.publishers:
        yield "list_contains(?, publisher)", list(wanted.publishers)
    for date, sign in ((wanted.since, ">="), (wanted.until, "<=")):
        if date:
            shared = f"least(length(published), {len(date)})"
            yield f"left(published, {shared}) {sign} left(?, {shared})", date


def _pattern(term: str) -> str:
    """The term at the beginning of a word; in scripts without spaces, anywhere."""
    return ("(?:^|[^\\pL\\pN])" if term[0].isascii() else "") + re.escape(term)


def _score(terms: Sequence[str]) -> str:
    """BM25 over the units; rare terms count more, and repetitions less and less."""
    weights = (
        f"ln(1 + (total - d{i} + 0.5) / (d{i} + 0.5)) * n{i} * {_K1 + 1} / "
        f"(n{i} + {_K1} * ({1 - _B} + {_B} * size / usual))"
        for i in range(len(terms))
    )
    return " + ".join(weights)


def _all(terms: Sequence[str]) -> str:
    return " AND ".join(f"c{i}" for i in range(len(terms)))
