"""Row -> why it was read so: which rule or model speaks, what came second, and which word decided.

Readings keep codes, not reasons. So the passage around a row is read again, and once more without each word that may have
decided: a word without which another code comes out is the one that made the code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeVar

from dragoman.analysis import Analysis, Event, Party, Stance, Statement
from dragoman.document import Span
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.stance_words import load_stance_words
from dragoman.knowledge.triggers import Pattern, Sense, load_triggers
from dragoman.reading import Settings
from dragoman.reading.attribution import Tagger
from dragoman.reading.events import find_events
from dragoman.reading.events.matching import part_of, satisfies
from dragoman.reading.parse import Parsed, parse
from dragoman.reading.pipeline import load_pipeline
from dragoman.reading.relations import Relator
from dragoman.reading.stances import find_stances, grounds
from dragoman.reading.stances.measures import MeasureFinder
from dragoman.views.marks import Row
from dragoman.views.web.article import surroundings
from dragoman.views.web.excerpt import Excerpt, Stretch
from dragoman.views.web.grounds import sentences

R = TypeVar("R", Event, Stance)
Part = Literal["rule", "model", "runner-up", "word", "passage"]
Codes = Mapping[str, str]
"""Fields of a row and what they say; empty where there is no row."""

_REACH = 1_500
"""Code points around a row in which its speaker is looked for."""
_FEWEST, _MOST = 4, 16
_READ = 2_400
"""Words that are tried, those nearest to the row: as many as keep what is read again within so many code points."""
_SHOWN = 4

_DECIDING = (
    "negators", "failing", "will", "willing", "possible", "duty", "conditional", "unreal_governors", "unreal_clauses",
    "future_governors",
)  # fmt: skip
"""Sets of words that can change what an event is, or whether it is one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One reason, and what kind of reason it is."""

    part: Part
    words: str


class Explainer:
    """Gives reasons for rows; opens the models when they are first needed. Not for two threads at once."""

    _last: Parsed | None = None

    def explain(self, analysis: Analysis, row: Row) -> tuple[Line, ...]:
        """The reasons for a row of the analysis, the firmest first."""
        start, end = _around(analysis, row)
        piece = Excerpt.of(analysis, [(start, end)])
        match row:
            case Event():
                return (*self._event(analysis, piece, row), *self._words(analysis, (start, end), row))
            case Stance():
                return (*self._stance(piece, row), *self._words(analysis, (start, end), row))
            case Statement():
                return tuple(self._statement(analysis, piece, row))

    def open(self) -> None:
        """Open the models and lists of words now."""
        self._pipeline("Envoys met.")
        self._tagger.tag("Envoys met.")
        self._relator.relate("Envoys met.", (0, 6), None)
        load_triggers("en")
        load_stance_words("en")

    @cached_property
    def _pipeline(self) -> Any:
        return load_pipeline(Settings().pipeline)

    @cached_property
    def _tagger(self) -> Tagger:
        return Tagger()

    @cached_property
    def _relator(self) -> Relator:
        return Relator()

    def _parsed(self, piece: Excerpt) -> Parsed:
        """The piece, parsed; the same piece again is the last one."""
        if self._last is None or self._last.document != piece.document:
            self._last = parse(piece.document, self._pipeline)
        return self._last

    def _event(self, analysis: Analysis, piece: Excerpt, event: Event) -> Iterator[Line]:
        fitting, other = self._senses(self._parsed(piece), piece.part(event.anchor) or event.anchor)
        if not fitting:
            yield Line("rule", "No word tells of it by itself: it is inferred from what the source says.")
        else:
            yield Line("rule", f"{_asks(fitting[0])} tells of {_coded(fitting[0])}.")
            if (fitting[0].type, fitting[0].mode) != (event.type, event.mode):
                yield Line("rule", f"What it is about, or how it is put, makes {_coded(event)} of that.")
        taken = {(s.type, s.mode) for s in fitting[:1]} | {(event.type, event.mode)}
        second = [s for s in fitting[1:] if (s.type, s.mode) not in taken]
        if second:
            yield Line(
                "runner-up", f"{_asks(second[0])} fits as well and tells of {_coded(second[0])}; it asks for less."
            )
        for sense in [s for s in other if (s.type, s.mode) not in taken][: 1 - len(second[:1])]:
            yield Line("runner-up", f"{_asks(sense)} would tell of {_coded(sense)}; that is not in the passage.")
        yield from self._pair(piece, event)

    def _senses(self, parsed: Parsed, anchor: Span) -> tuple[list[Sense], list[Sense]]:
        """The senses of the anchor's words that fit, first the one that is taken, and those that do not."""
        triggers = load_triggers("en")
        fitting: list[Sense] = []
        other: list[Sense] = []
        for token in parsed.tokens(anchor.start, anchor.end):
            part = part_of(token, triggers)
            if part is not None:
                for sense in triggers.of(part, token.lemma_.lower()) or triggers.of(part, token.lower_):
                    (fitting if satisfies(token, sense.pattern) else other).append(sense)
        return fitting, other

    def _pair(self, piece: Excerpt, event: Event) -> Iterator[Line]:
        """What the relation model says of the first actor and recipient, if it can be asked."""
        sides = [piece.whole(side[0]) for side in (event.actors, event.recipients) if side]
        if len(sides) < 2 or None in sides or _overlap(sides[0], sides[1]):
            return
        one, other = sides
        assert one is not None
        assert other is not None
        relation = self._relator.relate(piece.document.text, (one.start, one.end), (other.start, other.end))
        ranked = sorted(relation.scores.items(), key=lambda pair: -pair[1])
        first, second = (f"{name.replace('NONE', 'nothing')} {share:.2f}" for name, share in ranked[:2])
        yield Line("model", f"A model that sees “{one.text}” and “{other.text}” marked says {first}, then {second}.")

    def _stance(self, piece: Excerpt, stance: Stance) -> Iterator[Line]:
        yield Line("rule", f"“{stance.measure.text}” stands in the list of words for {_label(stance.measure.type)}.")
        for words in self._grounds(piece, stance):
            yield Line("rule", words)
        yield Line("runner-up", self._other_measure(piece, stance))

    def _grounds(self, piece: Excerpt, stance: Stance) -> Iterator[str]:
        """The likeliest rule that gives the stance in the passage, and the words it goes by."""
        ontology, words = load_ontology(), load_stance_words("en")
        found = grounds(self._parsed(piece), piece.cast, piece.statements, ontology, words)
        place = piece.part(stance.measure)
        same = [
            (s.score, -n, proposal)
            for n, (s, proposal) in enumerate(found)
            if (s.holder.actor, s.measure.type, s.stance) == (stance.holder.actor, stance.measure.type, stance.stance)
            and _overlap(s.measure, place)
        ]
        if same:
            yield from sentences(max(same)[2])

    def _other_measure(self, piece: Excerpt, stance: Stance) -> str:
        rest = {type: m for type, m in load_ontology().measures.items() if type != stance.measure.type}
        parsed = self._parsed(piece)
        words = piece.part(stance.measure) or stance.measure
        named = [(m, parsed.span(parsed.doc[m.start : m.end])) for m in MeasureFinder(rest).find(parsed.doc)]
        second = next(((m, span) for m, span in named if _overlap(span, words)), None)
        if second is None:
            return "No other measure has these words."
        return f"“{second[1].text}” also stands for {_label(second[0].type)}."

    def _statement(self, analysis: Analysis, piece: Excerpt, statement: Statement) -> Iterator[Line]:
        """What the tagger makes of the passage alone, and of it without its cue or source."""
        found = self._tagged(piece, statement)
        if not found:
            yield Line("passage", "Read by itself, the passage gives no such statement: what stands elsewhere decided.")
            return
        yield Line("model", f"A trained tagger finds it in the passage alone: {_said(found[0])}.")
        if others := [other for other in found[1:] if other[1] != found[0][1]]:
            yield Line("runner-up", f"It finds as well: {_said(others[0])}.")
        cue, source = statement.cue, statement.source
        if cue is not None and (cut := _cut(piece.kept[0], cue)):
            left = self._tagged(Excerpt.of(analysis, cut), statement)
            yield Line("word", f"Without “{cue.text}”: {_said(left[0]) if left else 'nothing is said'}.")
        if source is not None and (cut := _cut(piece.kept[0], source)):
            left = self._tagged(Excerpt.of(analysis, cut), statement)
            if left and left[0][1] is not None:
                yield Line("runner-up", f"With “{source.text}” left out, it would be {_said(left[0])}.")

    def _tagged(self, piece: Excerpt, statement: Statement) -> list[tuple[float, str | None]]:
        """Score and source of the attributions that share words with the statement: its own source's first, then the best."""
        text = piece.document.text
        contents = [part for span in statement.content if (part := piece.part(span)) is not None]
        own = piece.part(statement.source) if statement.source else None
        found = []
        for a in self._tagger.tag(text):
            shared = sum(max(min(end, c.end) - max(start, c.start), 0) for start, end in a.content for c in contents)
            if 2 * shared > sum(end - start for start, end in a.content):
                source = Span(a.source[0][0], a.source[-1][1], "") if a.source else None
                named = own if own is not None and _overlap(source, own) else source
                words = None if named is None else text[named.start : named.end]
                found.append((named is not own, -a.score, words))
        return [(-score, words) for _, score, words in sorted(found, key=lambda one: one[:2])]

    def _words(self, analysis: Analysis, kept: Stretch, row: Event | Stance) -> Iterator[Line]:
        """The words without which the passage says something else, before those without which it says nothing.

        A passage without a word may be read askew. So where nothing is read any more, a word counts only if it stands right
        beside the event in the sentence's grammar; a stance has its words from the rule.
        """
        whole = Excerpt.of(analysis, [kept])
        parsed = self._parsed(whole)
        again = self._codes(whole, row)
        if not again:
            judge = " or, in the accurate mode, a trained judge" if isinstance(row, Stance) else ""
            yield Line(
                "passage", f"Read by itself, the passage gives no such row: what stands elsewhere{judge} decided."
            )
            return
        if again != (own := _codes(row)):
            yield Line("passage", f"Read by itself, the passage says otherwise: {_difference(own, again)}.")
        left = [
            (span, near, self._codes(Excerpt.of(analysis, _cut(kept, _back(whole, span))), row))
            for span, near in _deciding(parsed, whole, row)
        ]
        telling = [(span, codes) for span, near, codes in left if codes != again and (codes or near)]
        for span, codes in sorted(telling, key=lambda pair: not pair[1])[:_SHOWN]:
            yield Line("word", f"Without “{span.text}”: {_difference(again, codes)}.")

    def _codes(self, piece: Excerpt, row: Event | Stance) -> Codes:
        """What the piece says in the place of the row."""
        parsed = self._parsed(piece)
        if isinstance(row, Event):
            events = find_events(parsed, piece.cast, piece.statements, load_ontology(), load_triggers("en"))
            return _codes(_nearest(events, piece, row))
        words = load_stance_words("en")
        stances = find_stances(parsed, piece.cast, piece.statements, load_ontology(), words)
        return _codes(_nearest([s for s in stances if s.holder.actor == row.holder.actor], piece, row))


def _said(found: tuple[float, str | None]) -> str:
    score, source = found
    return f"said by {'nobody' if source is None else f'“{source}”'}, with {score:.2f}"


def _around(analysis: Analysis, row: Row) -> Stretch:
    """The sentences around a row, and with them those of the statement it stands in, if they are near."""
    own = list(_own(row))
    first, last = min(s.start for s in own), max(s.end for s in own)
    id = row.claimed_in if isinstance(row, Event) else row.statement if isinstance(row, Stance) else None
    told = analysis.statement(id)
    spans = [] if told is None else [s for s in (told.source, told.cue) if s is not None]
    near = (s for s in spans if first - _REACH < s.start and s.end < last + _REACH)
    return surroundings(analysis.document.text, [*own, *near])


def _own(row: Row) -> Iterator[Span]:
    """The words of a row: its focus and its parties."""
    match row:
        case Event():
            yield from (row.anchor, *row.actors, *row.recipients)
        case Stance():
            yield from (row.measure, row.holder)
        case Statement():
            yield from (s for s in (row.source, row.cue, *row.content) if s is not None)


def _focus(row: Event | Stance) -> Span:
    return row.anchor if isinstance(row, Event) else row.measure


def _nearest(rows: Iterable[R], piece: Excerpt, row: R) -> R | None:
    """The row of the piece whose focus shares words with this one's, one of the same type before others."""
    place = piece.part(_focus(row))
    here = [r for r in rows if place is not None and _overlap(_focus(r), place)]
    return min(here, key=lambda r: (_codes(r)["type"] != _codes(row)["type"], r.id), default=None)


def _codes(row: Event | Stance | None) -> Codes:
    match row:
        case Event():
            return {"type": row.type, "mode": row.mode or "no mode", "polarity": row.polarity, "reality": row.modality}
        case Stance():
            condition = "on a condition" if row.condition else "without condition"
            return {"type": row.measure.type, "stance": row.stance, "force": row.force, "condition": condition}
        case None:
            return {}


def _difference(old: Codes, new: Codes) -> str:
    """What the new codes say that the old ones do not."""
    if not new:
        return "nothing is read there"
    return ", ".join(value.replace("_", " ") for field, value in new.items() if old.get(field) != value)


def _deciding(parsed: Parsed, piece: Excerpt, row: Event | Stance) -> list[tuple[Span, bool]]:
    """The words that rules look at on the way from the row's focus up to its sentence, those of its parties left out.

    The nearest first; beside each whether it is next to an event's own words.
    """
    focus = piece.part(_focus(row)) or _focus(row)
    own = [part for span in _own(row) if (part := piece.part(span)) is not None]
    known = _grammar(row)
    tokens = parsed.tokens(focus.start, focus.end)
    above = [*tokens, *dict.fromkeys(a for t in tokens for a in t.ancestors)]
    near = {w.i for t in tokens for w in (t.head, *t.children)} if isinstance(row, Event) else set()
    way = sorted({w.i: w for t in above for w in (t, *t.children)}.items())
    found = [(parsed.span(w), i in near) for i, w in way if not known.isdisjoint((w.lower_, w.lemma_.lower()))]
    free = [(span, by) for span, by in found if span.text and not any(_overlap(span, other) for other in own)]
    most = min(max(_READ // len(piece.document.text), _FEWEST), _MOST)
    return sorted(free, key=lambda pair: abs(pair[0].start - focus.start))[:most]


def _grammar(row: Event | Stance) -> frozenset[str]:
    """Words that can change what a row of that kind says."""
    events = load_triggers("en").words
    if isinstance(row, Event):
        return frozenset().union(*(events[name] for name in _DECIDING))
    stances = load_stance_words("en")
    lemmas = (lemma for _, lemma, _ in stances.words)
    return frozenset(lemmas).union(*stances.sets.values(), events["negators"], events["conditional"])


def _cut(kept: Stretch, span: Span) -> list[Stretch]:
    """The stretch without the words and the space before them."""
    start, end = kept
    return [(start, max(span.start - 1, start)), (span.end, end)] if start <= span.start < span.end <= end else []


def _back(piece: Excerpt, span: Span) -> Span:
    """Words of a piece in one stretch where they stand in the whole document."""
    first = piece.kept[0][0]
    return Span(span.start + first, span.end + first, span.text)


def _overlap(one: Span | Party | None, other: Span | Party | None) -> bool:
    return one is not None and other is not None and one.start < other.end and other.start < one.end


def _label(measure: str) -> str:
    return load_ontology().measures[measure].label


def _coded(row: Sense | Event) -> str:
    return f"{row.type} / {row.mode}" if row.mode else row.type


def _asks(sense: Sense) -> str:
    """What a sense asks for, in words: `The verb “hand” with “over” and an object such as weapon, rifle`."""
    return f"The {sense.part} “{sense.pattern.lemma}”{''.join(_conditions(sense.pattern))}"


def _conditions(pattern: Pattern) -> Iterator[str]:
    if pattern.before:
        yield f" behind “{' '.join(pattern.before)}”"
    if pattern.particle:
        yield f" with “{pattern.particle}”"
    if pattern.objects:
        yield f" with {_some('an object', pattern.objects)}"
    if pattern.preposition:
        yield f" with “{pattern.preposition}”{_some(' and something', pattern.preposition_objects)}"
    if pattern.clause:
        yield f" with {_some('an infinitive' if pattern.infinitive else 'a clause', pattern.clause_verbs)}"
    if pattern.alone:
        yield " alone"


def _some(what: str, words: frozenset[str]) -> str:
    """The kind of words, and some of those that will do."""
    if not words or "*" in words:
        return what
    listed = sorted(words)
    return f"{what} such as {', '.join(listed[:_SHOWN])}" + (f" ({len(listed)} in all)" if len(listed) > _SHOWN else "")
