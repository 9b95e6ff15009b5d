"""Names + gazetteer -> office holders: whom a surname means on a date, and what office somebody then holds or has left."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from dragoman.knowledge import Entry, Gazetteer
from dragoman.knowledge.entries import NON_STATE_CODES
from dragoman.knowledge.language import Language, Role
from dragoman.knowledge.periods import covers
from dragoman.reading.actors.people import slug

_REMEMBERED = 10
"""Years after an office in which its holder is still called by the surname alone."""
_ANNOUNCED = 2
"""Years before the first office in which its holder is already told from namesakes."""
_TOLD_APART = 5
"""Letters of the shortest surname that is recognised wherever it stands: shorter ones are too often words."""


@dataclass(frozen=True, slots=True)
class Tenures:
    """The office holders whom the gazetteer knows, as seen from the day on which a document was published (None: any day)."""

    gazetteer: Gazetteer
    language: Language
    on: str | None

    def bearer(self, name: str, role: Role | None, countries: Container[str]) -> str | None:
        """The id of the one office holder whom a name, with the title beside it, can mean; None where it can be several.

        Without a date a surname alone means somebody only in a text that speaks of his country (one of `countries`): too many of
        those who ever held an office bear what is another's first name.
        """
        words = name.split()
        holders = self.gazetteer.surnamed(words[-1], self.on)
        if len(words) > 1:
            return _only(t for t in holders if slug(t.name.split()[0]) == slug(words[0]))
        if role is not None:
            fitting = _only(t for t in holders if self._holds(t, role))
            return fitting or (_only(t for t in holders if self._is_foremost(t)) if self._is_high(role) else None)
        told = self.on is not None and not self._is_common(words[-1])
        foremost = (t for t in holders if self._is_foremost(t) and (told or t.country in countries))
        return _only(foremost) or (self._lately(words[-1]) if told else None)

    def called(self, surname: str) -> bool:
        """Whether news of that day call an office holder, or one who was that lately, by this word alone."""
        if self.on is None or len(surname) < _TOLD_APART or self._is_common(surname):
            return False
        holders = self.gazetteer.surnamed(surname, self.on)
        return (_only(t for t in holders if self._is_foremost(t)) or self._lately(surname)) is not None

    def held(self, id: str | None) -> Entry | None:
        """The office held on the day, else the last one left, as a former official; shortly before the first, a person only."""
        tenures = self.gazetteer.entries(id) if id is not None else ()
        if not tenures:
            return None
        if self.on is None:
            return tenures[-1] if len({t.sectors for t in tenures}) == 1 else replace(tenures[-1], sectors=())
        current = _principal(t for t in tenures if covers(t.since, t.until, self.on))
        past = max(
            (t for t in tenures if (t.until or str(self.on)) < str(self.on)), key=lambda t: t.until or "", default=None
        )
        if current is not None:
            return current
        return replace(past, sectors=("ELI",)) if past is not None else self._designate(tenures)

    def _is_common(self, surname: str) -> bool:
        """Whether too many bear the surname for it to name one of them wherever it stands."""
        return surname.lower() in self.language.common_surnames

    def _is_high(self, role: Role) -> bool:
        """A title that news give heads of government of other titles too: "President Zapatero" of Spain's prime minister."""
        return role.phrase in self.language.known_by_surname

    def _designate(self, tenures: Iterable[Entry]) -> Entry | None:
        """Whoever is soon to hold a first office: of the country, and of no sector yet."""
        soon = (t for t in tenures if t.since is not None and t.since[:4] <= _years_on(self.on, _ANNOUNCED))
        first = min(soon, key=lambda t: t.since or "", default=None)
        return replace(first, sectors=(), office=None) if first is not None else None

    def _lately(self, surname: str) -> str | None:
        """The one who held a foremost office up to some years ago or is about to, where nobody of that name holds any."""
        if self.on is None or self.gazetteer.surnamed(surname, self.on):
            return None
        first, last = _years_on(self.on, -_REMEMBERED), _years_on(self.on, 1)
        around = [t for t in self.gazetteer.surnamed(surname) if (t.since or "")[:4] <= last]
        near = (t for t in around if t.until is None or first <= t.until[:4])
        return _only(t for t in near if self._is_foremost(t))

    def _is_foremost(self, tenure: Entry) -> bool:
        return tenure.office in self.language.known_by_surname

    def _holds(self, tenure: Entry, role: Role) -> bool:
        office = tenure.office or ""
        return self.language.is_role(role.phrase, office) or role.phrase in office.split()


def _principal(tenures: Iterable[Entry]) -> Entry | None:
    """The last of the tenures, a state's before a body's: a president who chairs the African Union is of his country."""
    found = list(tenures)
    states = [t for t in found if t.country not in NON_STATE_CODES] or found
    return states[-1] if states else None


def _years_on(date: str | None, years: int) -> str:
    return str(int((date or "0")[:4]) + years)


def _only(tenures: Iterable[Entry]) -> str | None:
    ids: Iterator[str] = iter({t.id for t in tenures})
    first = next(ids, None)
    return first if next(ids, None) is None else None
