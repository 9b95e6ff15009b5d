"""Events + parse -> events with how many people died, were hurt or were arrested, and the words that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import Literal

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dragoman.analysis import Count, Event
from dragoman.reading.events.numbers import VAGUE, Number, numbers
from dragoman.reading.events.syntax import children, clause_of, conjuncts, doers, is_passive, objects_of, patients
from dragoman.reading.parse import Parsed

Outcome = Literal["dead", "injured", "arrested"]

_VERBS: dict[str, Outcome] = {
    **dict.fromkeys(("kill", "slay", "massacre", "execute", "assassinate", "behead", "murder", "slaughter", "drown"), "dead"),
    **dict.fromkeys(("wound", "injure", "hurt", "maim", "hospitalise", "hospitalize"), "injured"),
    **dict.fromkeys(("arrest", "detain", "apprehend", "jail"), "arrested"),
}  # fmt: skip
_DYING = frozenset({"die", "perish"})
_NOUNS: dict[str, Outcome] = {
    **dict.fromkeys(("death", "fatality", "killing", "murder", "massacre", "execution", "assassination"), "dead"),
    **dict.fromkeys(("injury", "wounding"), "injured"),
    **dict.fromkeys(("arrest", "detention"), "arrested"),
}
_STATES: dict[str, Outcome] = {
    **dict.fromkeys(("dead", "killed", "slain", "fatally"), "dead"),
    **dict.fromkeys(("wounded", "injured", "hurt"), "injured"),
    **dict.fromkeys(("arrested", "detained"), "arrested"),
}
_THINGS = frozenset(
    ["rocket", "missile", "tank", "vehicle", "car", "truck", "house", "home", "building", "village", "town", "city", "day",
     "hour", "week", "month", "year", "minute", "percent", "dollar", "ton", "tonne", "cow", "sheep", "goat", "animal", "dog",
     "camel", "drone", "aircraft", "plane", "jet", "helicopter", "ship", "boat", "vessel", "weapon", "shell", "position",
     "target", "attack", "base", "time", "percentage", "kilometer", "kilometre", "mile", "meter", "metre", "bill", "deal",
     "operation", "account", "bank", "company", "chicken", "horse", "round", "bomb", "strike", "raid", "%", "case", "date"]
)  # fmt: skip
_GROUPS = frozenset(
    ["number", "group", "lot", "family", "crowd", "handful", "series", "total", "majority", "toll", "range"]
)
_APART = frozenset({"after", "before", "since", "following", "until"})
_AT = frozenset({"at", "in", "on", "near", "from"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PRON", "ADV", "AUX"})
_UNREAL = frozenset({"could", "may", "might", "would", "will", "can", "should", "must", "'ll", "'d"})
_HARMING: dict[Outcome, frozenset[str]] = {
    "dead": frozenset({"ASSAULT", "COERCE", "PROTEST"}),
    "injured": frozenset({"ASSAULT", "COERCE", "PROTEST"}),
    "arrested": frozenset({"COERCE", "PROTEST"}),
}
_GAP = 4
_FAR = 2


@dataclass(frozen=True, slots=True)
class Tally:
    """So many people suffered something, as the `word` says; `group` are the numbers of those counted."""

    outcome: Outcome
    word: Token
    group: tuple[Number, ...]

    def holds(self, token: Token) -> bool:
        """Whether the token belongs to the words for the people counted, or to what is said of them."""
        return any(
            n.first <= t.i <= n.last for n in self.group for t in (token, *token.ancestors) if t.i != self.word.i
        )


def with_casualties(events: tuple[Event, ...], parsed: Parsed) -> tuple[Event, ...]:
    """The same events with the numbers of dead, injured and arrested that their sentences give.

    A number belongs to one event: the violence, protest or coercion told by its own word, else in its clause, else nearest in
    the sentence, unless the number has a cause of its own. What did not happen has no victims.
    """
    told: dict[tuple[str, Outcome], Count] = {}
    hosts = [(e, parsed.tokens(e.anchor.start, e.anchor.end).root) for e in events if _may_harm(e)]
    for _, group in groupby(hosts, key=lambda host: host[1].sent.start):
        beside = list(group)
        for tally in tallies(beside[0][1].sent):
            if (event := _host(tally, beside)) is not None:
                told.setdefault((event.id, tally.outcome), _count(tally.group, parsed))
    return tuple(
        replace(
            e, dead=told.get((e.id, "dead")), injured=told.get((e.id, "injured")), arrested=told.get((e.id, "arrested"))
        )
        for e in events
    )


def tallies(sentence: Tokens) -> Iterator[Tally]:
    """Every number of victims that a sentence gives, in text order of the words that say what happened to them."""
    if not any(t.lemma_.lower() in _WORDS or t.lower_ in _STATES for t in sentence):
        return
    found = numbers(list(sentence))
    for word in sentence:
        for outcome, group in _sufferers(word, found):
            yield Tally(outcome, word, tuple(group))


_WORDS = frozenset({*_VERBS, *_DYING, *_NOUNS, "toll", "life"})


def _sufferers(word: Token, found: Sequence[Number]) -> Iterator[tuple[Outcome, list[Number]]]:
    """What the word says happened, with the numbers of those it happened to."""
    lemma = word.lemma_.lower()
    outcome = _outcome(word)
    if lemma == "toll" and (number := _behind(word, found)) is not None:
        yield "dead", [number]
    elif lemma == "life" and word.head.lemma_ in ("lose", "claim", "take", "cost"):
        yield from _if_any("dead", _lives(word, found))
    elif outcome is not None and not _is_unreal(word) and not _is_mixed(word, outcome):
        numbered = next((n for heads in _heads(word) if (n := _numbered(heads, found))), None) or _before(word, found)
        yield from _if_any(outcome, numbered)


def _outcome(word: Token) -> Outcome | None:
    lemma = word.lemma_.lower()
    if word.lower_ == "fatally":
        return "dead" if word.head.lemma_.lower() not in ("shoot", "stab") or word.i > word.head.i else None
    if word.pos_ == "VERB":
        return "dead" if lemma in _DYING else _VERBS.get(lemma) or _STATES.get(word.lower_)
    return _STATES.get(word.lower_) or (_NOUNS.get(lemma) if word.pos_ == "NOUN" else None)


def _is_unreal(word: Token) -> bool:
    """Whether it is put as what could or will happen, or did not."""
    verb = word.doc[clause_of(word)]
    return any(c.lower_ in _UNREAL or c.dep_ == "neg" for c in verb.children)


def _is_mixed(word: Token, outcome: Outcome) -> bool:
    """Whether one number counts two outcomes: "60 were killed and injured", "killed or wounded 40"."""
    first = word.head if word.dep_ == "conj" else word
    joined = [t for t in conjuncts(first) if t.i != word.i and _outcome(t) not in (None, outcome)]
    return any(abs(t.i - word.i) <= 2 for t in joined)


def _heads(word: Token) -> Iterator[Iterable[Token]]:
    """Heads of the phrases that may name who suffered it, the likeliest first."""
    if word.pos_ == "VERB":
        yield doers(word) if word.lemma_.lower() in _DYING else patients(word)
    elif word.pos_ == "NOUN" and word.lemma_.lower() in _NOUNS:
        yield objects_of(word, "of")
        yield (word,) if word.tag_ == "NNS" or any(children(word, "nummod")) else ()


def _numbered(heads: Iterable[Token], found: Sequence[Number]) -> list[Number]:
    """The numbers of coordinated phrases; only the first one where a phrase in between has none."""
    each = (_number_of(head, found) for head in heads)
    return [n for n in takewhile(lambda n: n is not None, each) if n is not None]


def _number_of(head: Token, found: Sequence[Number]) -> Number | None:
    """The number in front of a noun or the noun itself; a person told by "a" is one."""
    if head.lemma_.lower() in _THINGS or any(t.lemma_.lower() in _THINGS for t in objects_of(head, "of")):
        return None
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in VAGUE:
        return _number_of(head.head.head, found)
    left = max(head.left_edge.i, head.i - 2 * _GAP)
    number = next((n for n in found if left <= n.first <= head.i and n.first <= head.i), None)
    if number is not None:
        return replace(number, last=max(number.last, _end(head)))
    article = next((c for c in head.lefts if c.lower_ in ("a", "an", "another")), None)
    where = head.dep_ == "pobj" and head.head.lower_ in _AT
    if article is None or where or head.tag_ != "NN" or head.lemma_.lower() in _GROUPS:
        return None
    return Number(article.i, head.i, 1, 1, 1)


def _end(head: Token) -> int:
    """The last word of the name of what is counted: "dozens of people" ends with the people."""
    inner = objects_of(head, "of")
    return int(max([head.i, *(t.i for t in inner if t.i - head.i <= _GAP)]))


def _before(word: Token, found: Sequence[Number]) -> list[Number]:
    """The number that stands just before a word of state, names between them: "12 wounded", "30 other people injured"."""
    if word.lower_ not in _STATES:
        return []
    number = next((n for n in reversed(found) if n.first < word.i), None)
    if number is None or word.i - number.last - 1 > _GAP:
        return []
    between = word.doc[number.last + 1 : word.i]
    if not all(t.pos_ in _NOMINAL or t.lower_ in ("of", "and") for t in between):
        return []
    if any(t.lemma_.lower() in _THINGS for t in between):
        return []
    names = [t for t in between if t.pos_ in ("NOUN", "PROPN", "PRON")]
    together = _numbered(conjuncts(names[0]), found) if names else []
    return together or [replace(number, last=names[-1].i if names else number.last)]


def _behind(toll: Token, found: Sequence[Number]) -> Number | None:
    """The figure that a death toll has: "rose to 41", "of at least 41", "stands at 41"."""
    deadly = any(c.lower_ in ("death", "casualty") for c in toll.lefts) or toll.head.lemma_ in (
        "rise",
        "stand",
        "climb",
    )
    number = next((n for n in found if toll.i < n.first <= toll.i + 2 * _GAP), None)
    if not deadly or number is None:
        return None
    lead = toll.doc[number.first - 1].lower_
    return number if lead in ("to", "at", "of", "was", "is", "reached", "hit", "passed", "exceeded", "topped") else None


def _lives(word: Token, found: Sequence[Number]) -> list[Number]:
    """The dead of "lost their lives" and "claimed the lives of 12"."""
    of = objects_of(word, "of")
    if of or word.head.lemma_ != "lose":
        return _numbered(of or (word,), found)
    return _numbered(doers(word.head), found)


def _if_any(outcome: Outcome, group: list[Number]) -> Iterator[tuple[Outcome, list[Number]]]:
    if group:
        yield outcome, group


def _count(group: Sequence[Number], parsed: Parsed) -> Count:
    """The sum of some numbers, over the words from the first to the last."""
    span = parsed.span(parsed.doc[min(n.first for n in group) : max(n.last for n in group) + 1])
    least, most = ([getattr(n, bound) for n in group] for bound in ("least", "most"))
    return Count(
        span.start, span.end, span.text,
        value=sum(n.value for n in group),
        least=None if None in least else sum(least),
        most=None if None in most else sum(most),
    )  # fmt: skip


def _may_harm(event: Event) -> bool:
    real = event.polarity == "affirmed" and event.modality in ("actual", "historical")
    return real and event.type in _HARMING["dead"]


def _host(tally: Tally, events: Sequence[tuple[Event, Token]]) -> Event | None:
    """The event that a number belongs to: the nearest by the parse, then by distance."""
    ranked = [
        (distance, abs(tally.word.i - trigger.i), k)
        for k, (event, trigger) in enumerate(events)
        if event.type in _HARMING[tally.outcome] and (distance := _distance(tally, trigger)) is not None
        if distance < _FAR or event.type != "COERCE" or tally.outcome == "arrested"
    ]
    return events[min(ranked)[2]][0] if ranked else None


def _distance(tally: Tally, trigger: Token) -> int | None:
    """0 for the same word, 1 in one clause, 2 where one hangs under the other and the number has no cause of its own."""
    word = tally.word
    if word.i == trigger.i:
        return 0
    if clause_of(word) == clause_of(trigger):
        return 1
    related = word.is_ancestor(trigger) or trigger.is_ancestor(word)
    return _FAR if related and not _has_own_cause(tally, trigger) else None


def _has_own_cause(tally: Tally, trigger: Token) -> bool:
    """Whether the words around a number tell of another deed: somebody else did it, or it was before or after."""
    word = tally.word
    verb = word.doc[clause_of(word)]
    if tally.holds(trigger):
        return True
    below = takewhile(lambda t: t.i != verb.i, word.ancestors)
    if any(t.lower_ in _APART for t in (*below, *verb.children, verb.head)):
        return True
    by = objects_of(verb, "by") if is_passive(verb) else ()
    subjects = () if is_passive(verb) or verb.lemma_ in _DYING else tuple(children(verb, "nsubj"))
    causes = [t for subject in (*by, *subjects) for t in conjuncts(subject) if not tally.holds(t)]
    relative = verb.dep_ in ("relcl", "acl") and verb.head.i == trigger.i
    return bool(causes) and not relative and not any(trigger.i == c.i or c.is_ancestor(trigger) for c in causes)
