"""A draft resolution: what of it is known the day before the vote, and a TOML file or a table row -> such a draft.

[draft]
title = "Political transition in Syria"
date = "2012-02-04"                 # of the vote; --date overrides it
topic = "Syria"
region = "Middle East"              # only for a topic that the Council has not voted on
sponsors = ["Morocco", "FRA", "United Kingdom"]
toward = "Syria"                    # whom its terms are about

[[term]]
measure = "leadership_change"       # a measure type of the codebook
does = "for"                        # or "against": the draft rules it out
words = "a political transition led by the deputy of the president"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

from dragoman.errors import InputError, UsageError
from dragoman.knowledge import Gazetteer
from dragoman.knowledge.seats import PERMANENT, seated

Lead = Literal["west", "east", "both", "other", "president", "council", "unknown"]
"""Who brings a draft: of the permanent members only France, Britain or America, only Russia or China, some of both, none; the
President of the Council after consultations; all members; not recorded."""
Does = Literal["for", "against"]

LEADS: tuple[Lead, ...] = get_args(Lead)
REGIONS = ("Africa", "Middle East", "Europe", "Asia", "Americas", "Thematic")
WEST, EAST = frozenset({"FRA", "GBR", "USA"}), frozenset({"CHN", "RUS"})

_DRAFT_KEYS = {"title", "date", "topic", "region", "sponsors", "toward", "amendment", "procedural"}
_TERM_KEYS = {"measure", "does", "words"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing a draft does (`for`) or rules out (`against`), by measure type, with the words for a reader."""

    measure: str
    does: Does = "for"
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft to be voted on at `date` (ISO 8601). `sponsors` and `toward` are actor ids; `topic` is the Council's label."""

    date: str
    topic: str
    region: str
    sponsors: frozenset[str] = frozenset()
    lead: Lead = "unknown"
    amendment: bool = False
    procedural: bool = False
    symbol: str = ""
    title: str = ""
    toward: str | None = None
    terms: tuple[Term, ...] = ()

    @cached_property
    def year(self) -> int:
        """Of the vote."""
        return int(self.date[:4])

    def without(self, measure: str) -> Draft:
        """The draft less its terms on that measure; UsageError where it has none."""
        left = tuple(t for t in self.terms if t.measure != measure)
        if len(left) == len(self.terms):
            found = ", ".join(t.measure for t in self.terms) or "no terms"
            raise UsageError(f"The draft has no term {measure!r} to drop; it has {found}. Name one of these.")
        return replace(self, terms=left)

    def adding(self, term: Term) -> Draft:
        """The draft with one more term."""
        return replace(self, terms=(*self.terms, term))


class Names:
    """Names of states as people write them -> actor ids, by the gazetteer; a name is looked up once a year."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def state(self, name: str, on: str, among: Sequence[str] = ()) -> str | None:
        """The state of that name or id on the date, one of `among` where the name is shared; None where there is none."""
        found = self._known.get((name, on[:4]))
        if found is None:
            found = self._known[name, on[:4]] = self._look_up(name, on)
        return next((id for id in found if id in among), found[0] if found else None)

    def sponsors(self, cell: str, on: str) -> frozenset[str]:
        """The states of a list in words: "France, Bosnia and Herzegovina and Chad"; what names no state is passed over."""
        clean = re.sub(r"_x000D_|\(\d+\)|\.$", " ", cell)
        pieces = (piece.strip() for piece in re.split(r"[,;&]", clean))
        return frozenset(id for piece in pieces for id in self._joined(" ".join(piece.split()).split(" and "), on))

    def _joined(self, parts: list[str], on: str) -> list[str]:
        """States of words split at every "and": the longest run from the left that names one, then the rest."""
        if not parts:
            return []
        for length in range(len(parts), 0, -1):
            name = " and ".join(parts[:length]).strip().removeprefix("and ").removeprefix("the ")
            if name and (id := self.state(name, on)):
                return [id, *self._joined(parts[length:], on)]
        return self._joined(parts[1:], on)

    def _look_up(self, name: str, on: str) -> tuple[str, ...]:
        if re.fullmatch("[A-Z]{3}", name) and any(e.kind == "state" for e in self.gazetteer.entries(name)):
            return (name,)
        senses = self.gazetteer.senses(name, on) or self.gazetteer.senses(name)
        states = (s.entry.id for s in senses if s.entry.kind == "state" and s.via != "metonym")
        return tuple(
            sorted(states, key=lambda state: state == "COD")
        )  # plain "Congo" is the Republic, as the Council uses it


def lead_of(sponsors: frozenset[str]) -> Lead:
    """Who brings a draft of these sponsors."""
    west, east = bool(sponsors & WEST), bool(sponsors & EAST)
    if west or east:
        return "both" if west and east else "west" if west else "east"
    return "other" if sponsors else "unknown"


def read_sponsors(cell: str, on: str, seats: Sequence[str], names: Names) -> tuple[frozenset[str], Lead]:
    """Sponsors and lead of a table's cell: a list of states, `President`, `E10`, `All Council Members`, a committee, or empty."""
    words = cell.strip()
    if words.startswith("President"):
        return frozenset(), "president"
    if words == "All Council Members" or words.startswith("Committee"):
        return frozenset(seats), "council"
    if words == "E10":
        return frozenset(seats) - PERMANENT, "other"
    sponsors = names.sponsors(words, on)
    return sponsors, lead_of(sponsors)


def read_draft(
    path: str | Path, names: Names, topics: Mapping[str, str], measures: Collection[str], date: str | None = None
) -> Draft:
    """The draft of a TOML file, as `draft_of` reads it."""
    return draft_of(draft_text(path), str(path), names, topics, measures, date)


def draft_text(path: str | Path) -> str:
    """What the file says; InputError where it is no text."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is no TOML file: {error}. Write it as docs/council.md shows.") from error


def draft_of(
    text: str, where: str, names: Names, topics: Mapping[str, str], measures: Collection[str], date: str | None = None
) -> Draft:
    """The draft of a TOML text, as this module's docstring shows it; `where` it is from is named by every fault.

    `topics` maps the Council's topics to their regions: one that contains the file's topic is taken for it. InputError says in a
    sentence what is wrong: a key or measure that is not known, a name that is no state, no terms, no date; UsageError for a date
    without a Council.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where} is no TOML file: {error}. Write it as docs/council.md shows.") from error
    return _Reading(where, names, topics, measures).draft(table, date)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One TOML text being read; every fault names where it is from."""

    where: str
    names: Names
    topics: Mapping[str, str]
    measures: Collection[str]

    def draft(self, table: dict[str, Any], date: str | None) -> Draft:
        self.keys(table, {"draft", "term"}, "the file")
        head = table.get("draft")
        if not isinstance(head, dict):
            raise self.fault("it has no [draft] table", "Add one with topic and sponsors")
        self.keys(head, _DRAFT_KEYS, "[draft]")
        on = str(date or head.get("date") or "")
        if not on:
            raise self.fault("it has no date", "Add date to [draft], or give --date")
        seated(self.names.gazetteer, on)
        topic, region = self.topic(head)
        words = self.list(head, "sponsors")
        sponsors = frozenset(self.state(name, on) for name in words if name != "President")
        return Draft(
            date=on,
            topic=topic,
            region=region,
            sponsors=sponsors,
            lead="president" if "President" in words else lead_of(sponsors),
            amendment=head.get("amendment") is True,
            procedural=head.get("procedural") is True,
            title=str(head.get("title", "")) or Path(self.where).stem,
            toward=self.state(head["toward"], on) if "toward" in head else None,
            terms=self.terms(table),
        )

    def topic(self, head: dict[str, Any]) -> tuple[str, str]:
        """The Council's topic whose label contains the words, the shortest of several; else the words with the file's region."""
        words = head.get("topic")
        if not isinstance(words, str) or not words.strip():
            raise self.fault("it has no topic", 'Add one to [draft], as in topic = "Syria"')
        found = match_topic(words, self.topics)
        region = str(head.get("region") or (self.topics[found] if found else ""))
        if region not in REGIONS:
            raise self.fault(
                f"topic {words!r} is new to the Council and region {region!r} is not one of {', '.join(REGIONS)}",
                "Name the region in [draft]",
            )
        return found or words, region

    def terms(self, table: dict[str, Any]) -> tuple[Term, ...]:
        rows = table.get("term")
        if not isinstance(rows, list) or not rows:
            raise self.fault("it has no terms", 'Add a [[term]] for each, as in measure = "sanctions"')
        return tuple(self.term(row) for row in rows)

    def term(self, row: Any) -> Term:
        if not isinstance(row, dict):
            raise self.fault("a term is no table", "Write [[term]] above it")
        self.keys(row, _TERM_KEYS, "[[term]]")
        does = row.get("does", "for")
        if does not in get_args(Does):
            raise self.fault(f"a term does {does!r}", "Write for or against")
        return Term(measure=self.measure(row.get("measure")), does=does, words=str(row.get("words", "")))

    def measure(self, name: Any) -> str:
        return check_measure(name, self.measures, f"{self.where}: ")

    def state(self, name: Any, on: str) -> str:
        id = self.names.state(name, on) if isinstance(name, str) else None
        if id is None:
            raise self.fault(f"{name!r} is no state of {on[:4]}", "Correct the name, or write its alpha-3 code")
        return id

    def list(self, head: dict[str, Any], key: str) -> list[str]:
        value = head.get(key, [])
        if not isinstance(value, list):
            raise self.fault(f"{key} is no list", f'Write {key} = ["...", "..."]')
        return value

    def keys(self, row: dict[str, Any], known: set[str], where: str) -> None:
        if unknown := sorted(set(row) - known):
            raise self.fault(f"{where} has the unknown key {unknown[0]!r}", f"Use {', '.join(sorted(known))}")

    def fault(self, rule: str, remedy: str) -> InputError:
        return InputError(f"{self.where}: {rule}. {remedy}.")


def match_topic(words: str, topics: Mapping[str, str]) -> str | None:
    """The topic whose label contains these words, whatever the case; the shortest of several; None where none does."""
    folded = words.casefold().strip()
    found = [t for t in topics if folded in t.casefold()]
    return min(found, key=lambda t: (len(t), t), default=None)


def check_measure(name: Any, known: Collection[str], where: str = "") -> str:
    """The measure type, if it is one; InputError otherwise."""
    if name not in known:
        raise InputError(f"{where}{name!r} is no measure type. Use one of {', '.join(sorted(known))}.")
    return str(name)
