"""Bytes of a PETRARCH or TABARI dictionary -> its actors or agents, and the lines that could not be used.

An actor is a phrase, its `+` synonyms and its codes, which may hold for a time; an agent is a phrase and the code of a role:

    MARET_OLLIN_                            !PERSON! = MAN, WOMAN
    +PRESIDENT_OLLIN                        MILITIA!PERSON! {} [~UAF]
        [KENGOV 20010101-20051231]          RELIEF_WORKER [NGO~]
        [KENELI]                            FISHERMAN {FISHERMEN} [~AGR]

Format: docs/source/dictionaries.rst of PETRARCH2, and the files that its users share. Where they disagree: periods are half-open,
the first code whose period holds wins, and a code without a period is for the rest of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product

ALWAYS = (1, date.max.toordinal() + 1)
"""The days of all time: proleptic Gregorian ordinals, the end excluded, as everywhere in this module."""

NOBODY = "---"
"""The code of who is to be coded as nobody."""

_NOTE = re.compile(r"[#;].*")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_CODE = re.compile(r"([A-Za-z][A-Za-z0-9]*?|---)\s*(?:([<>])\s*(\d+)|(\d+)\s*-\s*(\d+))?")
_DATED = re.compile(r"[<>\s]")
_AGENT = re.compile(r"([^\[{]+)(?:\{([^{}]*)\}\s*)?\[\s*(~?)\s*([A-Za-z0-9]+)\s*(~?)\s*\]")
_SET = re.compile(r"!(\w+)!\s*=(.*)")
_SLOT = re.compile(r"!(\w+)!")
_SHORT_FORM = re.compile(r"(.+?)\((\w[\w.&/-]*)\)")
_MOST_WORDS = 25
_MOST_CODES = 1_000
_MOST_MEMBERS = 1_000
_LONGEST_CODE = 80
"""Bounds far above what dictionaries hold, so that a file that is none costs little."""

_WHAT_A_CODE_IS = (
    "a code is letters and figures, with a date as in [GOV <20010101], [GOV >20010101], [GOV 20010101-20051231] or none"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A line, counted from 1, that could not be used as it stands: what was found, and the rule it breaks."""

    line: int
    found: str
    rule: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.found!r}: {self.rule}"


@dataclass(frozen=True, slots=True)
class Held:
    """A code for the days `[start, end)`; `code` is in capitals, None for nobody."""

    code: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Primary:
    """An actor: all its names, the primary phrase first, and its codes in order of time, never two on one day.

    `dated` says that a period stands with one of the codes.
    """

    names: tuple[str, ...]
    held: tuple[Held, ...]
    dated: bool


@dataclass(frozen=True, slots=True)
class Agent:
    """A role word with its plurals; `code` follows an actor's, or stands before it where `before` is set."""

    phrase: str
    plurals: tuple[str, ...]
    code: str
    before: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictionary:
    """What one file says. The counts are of lines and codes as they stand in it, malformed ones included."""

    actors: tuple[Primary, ...] = ()
    agents: tuple[Agent, ...] = ()
    faults: tuple[Fault, ...] = ()
    primaries: int = 0
    synonyms: int = 0
    dated: int = 0
    undated: int = 0


def parse(data: bytes) -> Dictionary:
    """The actors or agents of a file, told apart by their codes; bytes that are no dictionary give faults and nobody."""
    lines = tuple(_lines(_decoded(data)))
    marked = sum("~" in text for _, text in lines)
    if marked > sum("[" in text and "~" not in text for _, text in lines):
        return _agents(lines)
    return _Actors().read(lines)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines without comments and outer blanks; lines that come out empty stay."""
    plain = _without_xml_comments(text.replace("\r\n", "\n").replace("\r", "\n"))
    for number, line in enumerate(plain.split("\n"), 1):
        yield number, (_NOTE.sub("", line) if "#" in line or ";" in line else line).strip()


def _without_xml_comments(text: str) -> str:
    """The text less its comments, but with their line ends; one that is never closed is none."""
    kept, at = "", 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += text[at:start] + "\n" * text.count("\n", start, end)
        at = end + len("-->")
    return kept + text[at:]


# Actors ----------------------------------------------------------------------------------------------------------------


class _Actors:
    """Reads an actor file from top to bottom; used once."""

    def __init__(self) -> None:
        self.actors: list[Primary] = []
        self.faults: list[Fault] = []
        self.names: list[str] = []
        self.codes: list[tuple[Held, bool]] = []
        self.coded = self.apart = False
        self.began = (0, "")
        self.primaries = self.synonyms = self.dated = self.undated = 0

    def read(self, lines: Iterable[tuple[int, str]]) -> Dictionary:
        for number, text in lines:
            if not text:
                self.apart = True
            elif text[0] == "[" or ("]" in text and "[" not in text and text[0] != "+"):
                self.add_codes(number, text)
            elif text[0] == "+":
                self.synonyms += 1
                self.began = self.began if self.names else (number, text)
                self.add_name(number, text[1:])
            else:
                self.begin(number, text)
                self.add_name(number, text)
        self.close()
        return Dictionary(
            actors=tuple(self.actors),
            faults=tuple(sorted(self.faults, key=lambda fault: fault.line)),
            primaries=self.primaries,
            synonyms=self.synonyms,
            dated=self.dated,
            undated=self.undated,
        )

    def begin(self, number: int, text: str) -> None:
        """A new actor, or one more name of the phrase right above, where that has no code yet."""
        if self.coded or self.apart or not self.names:
            self.close()
        else:
            self.fault(
                *self.began, "it has no code, so it was taken for another name of the next; begin synonyms with +"
            )
        self.primaries += 1
        self.began, self.apart = (number, text), False

    def add_name(self, number: int, text: str) -> None:
        """The phrase of a line, and the codes that stand behind it."""
        phrase, bracket, codes = text.partition("[")
        phrase = _words(phrase)
        if phrase and "]" not in phrase and phrase.count(" ") < _MOST_WORDS:
            self.names += _spellings(phrase)
        else:
            self.fault(number, text, f"a name is a phrase of at most {_MOST_WORDS} words without brackets")
        if bracket:
            self.add_codes(number, bracket + codes)

    def add_codes(self, number: int, text: str) -> None:
        found = _BRACKETS.findall(text)
        if not found or len(found) != text.count("[") or len(found) != text.count("]"):
            self.fault(number, text, "each code stands between [ and ] on one line")
        if not self.names:
            self.fault(number, text, "no phrase stands above it")
        self.coded = True
        for inside in found:
            self.add_code(number, inside.strip())

    def add_code(self, number: int, inside: str) -> None:
        held, dated, rule = _code(inside)
        self.dated += dated
        self.undated += not dated
        if held is None or len(self.codes) == _MOST_CODES:
            self.fault(number, f"[{inside}]", rule or f"an actor has at most {_MOST_CODES:,} codes")
        else:
            self.codes.append((held, dated))

    def close(self) -> None:
        """Keep the actor that is open, if it has a name and a code."""
        if self.names and not self.coded:
            self.fault(*self.began, "it has no code")
        if self.names and self.codes:
            names = tuple(dict.fromkeys(self.names))
            self.actors.append(Primary(names, in_time(self.codes), any(dated for _, dated in self.codes)))
        self.names, self.codes, self.coded = [], [], False

    def fault(self, number: int, found: str, rule: str) -> None:
        self.faults.append(Fault(number, found, rule))


def _words(text: str) -> str:
    """A phrase with blanks where the file has underscores."""
    return " ".join(text.replace("_", " ").split())


def _spellings(phrase: str) -> list[str]:
    """The phrase, and apart from it the short form that it carries in brackets at its end."""
    short = _SHORT_FORM.fullmatch(phrase) if phrase[-1] == ")" else None
    return [phrase] if short is None else [short[1].strip(), short[2]]


@lru_cache(maxsize=65_536)
def _code(inside: str) -> tuple[Held | None, bool, str]:
    """The code between two brackets, whether a date stands with it, and the rule it breaks where it is None."""
    match = _CODE.fullmatch(inside) if len(inside) <= _LONGEST_CODE else None
    if match is None:
        return None, _DATED.search(inside) is not None, _WHAT_A_CODE_IS
    code, side, one, first, last = match.groups()
    name = None if code == NOBODY else code.upper()
    if not (one or first):
        return Held(name, *ALWAYS), False, ""
    start, end = _day(one or first), _day(one or last)
    if start is None or end is None:
        return None, True, "a date is a day of the calendar, as in 20051231 or 051231"
    if side:
        start, end = (ALWAYS[0], end) if side == "<" else (start, ALWAYS[1])
    if start >= end:
        return None, True, "a period begins before the day on which it ends"
    return Held(name, start, end), True, ""


@lru_cache(maxsize=65_536)
def _day(digits: str) -> int | None:
    """The day of YYYYMMDD or YYMMDD, where 00 to 30 are of this century; None where there is no such day."""
    if not digits.isascii() or len(digits) not in (6, 8):
        return None
    year = int(digits[:-4])
    if len(digits) == 6:
        year += 2000 if year <= 30 else 1900
    try:
        return date(year, int(digits[-4:-2]), int(digits[-2:])).toordinal()
    except ValueError:
        return None


def in_time(codes: Iterable[tuple[Held, bool]]) -> tuple[Held, ...]:
    """Codes in file order -> disjoint periods in time order: the first to claim a day has it, and the dated go first."""
    taken: list[Held] = []
    for held, _ in sorted(codes, key=lambda code: not code[1]):
        taken += [Held(held.code, start, end) for start, end in _free(held, taken)]
        taken.sort(key=lambda each: each.start)
    return tuple(taken)


def _free(held: Held, taken: Iterable[Held]) -> Iterator[tuple[int, int]]:
    """The days of the period that no other, in time order, has taken."""
    at = held.start
    for other in taken:
        if at < other.start and at < held.end:
            yield at, min(other.start, held.end)
        at = max(at, other.end)
    if at < held.end:
        yield at, held.end


# Agents ----------------------------------------------------------------------------------------------------------------


def _agents(lines: Iterable[tuple[int, str]]) -> Dictionary:
    """The agents of a file, whose sets come into force where they stand."""
    sets: dict[str, tuple[str, ...]] = {}
    agents: list[Agent] = []
    faults: list[Fault] = []
    primaries = 0
    for number, text in lines:
        if members := _SET.fullmatch(text):
            sets[members[1]] = tuple(filter(None, map(_words, members[2].split(","))))
        elif text:
            primaries += 1
            found = _agent(text, sets)
            if isinstance(found, str):
                faults.append(Fault(number, text, found))
            else:
                agents += found
    return Dictionary(agents=tuple(agents), faults=tuple(faults), primaries=primaries, undated=primaries)


def _agent(text: str, sets: dict[str, tuple[str, ...]]) -> list[Agent] | str:
    """The agents of a line, several where it names a set; a rule where it breaks one."""
    match = _AGENT.fullmatch(text)
    if match is None or bool(match[3]) == bool(match[5]):
        return "an agent is PHRASE [~COD], or PHRASE [COD~] for a code that stands before the actor's"
    phrase, plural, code, before = _words(match[1]), match[2], match[4].upper(), bool(match[5])
    if before and code != "NGO":
        return "of the codes that stand before an actor's, only [NGO~] can be used"
    slots = _SLOT.findall(phrase)
    if unknown := [slot for slot in slots if slot not in sets]:
        return f"no set !{unknown[0]}! stands above; write !{unknown[0]}! = ..., ... before it is used"
    if not phrase or phrase.count(" ") >= _MOST_WORDS:
        return f"an agent's phrase has one word to {_MOST_WORDS}"
    if not slots:
        return [Agent(phrase, _plurals(phrase, plural), code, before)]
    choices = [sets[slot] for slot in slots]
    members = 1
    for choice in choices:
        members *= len(choice)
    if members > _MOST_MEMBERS:
        return f"its sets make {members:,} phrases, and {_MOST_MEMBERS:,} are the most"
    return [Agent(_filled(phrase, words), (), code, before) for words in product(*choices)]


def _filled(phrase: str, words: tuple[str, ...]) -> str:
    """The phrase with one word for each set, left to right."""
    each = iter(words)
    return _SLOT.sub(lambda _: next(each), phrase)


def _plurals(phrase: str, given: str | None) -> tuple[str, ...]:
    """The plural a line gives, none where its braces are empty, else the regular one."""
    if given is not None:
        return tuple(filter(None, [_words(given)]))
    if phrase[-1] in "Yy":
        return (phrase[:-1] + "IES",)
    return (phrase + ("ES" if phrase[-1] in "Ss" else "S"),)
