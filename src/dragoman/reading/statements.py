"""Parsed + cast + attributions -> statements (source, cue, content), with first-person words given to their speaker."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from dragoman.analysis import Actor, Form, Mention, Party, Statement
from dragoman.document import Span
from dragoman.knowledge import Entry, Gazetteer
from dragoman.knowledge.language import Language
from dragoman.reading.actors import Cast
from dragoman.reading.attribution import Attribution
from dragoman.reading.parse import Parsed

_WORD = re.compile(r"\w+")
_NEAR = 60
"""How many statements away, in text order, one that holds another may begin: bounds the work on long documents."""
_FLOATING = 4
"""Fewest words of a quotation that counts as a statement when nothing introduces it; shorter ones are scare quotes."""

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Draft:
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    score: float

    @property
    def start(self) -> int:
        return self.content[0].start

    @property
    def end(self) -> int:
        return self.content[-1].end


def find_statements(parsed: Parsed, cast: Cast, attributions: Iterable[Attribution]) -> tuple[Statement, ...]:
    """The attributions as statements in text order: quotations made whole, floating ones given to who speaks there."""
    drafts = [d for a in attributions if (d := _draft(parsed, a)) is not None]
    drafts += _floating(parsed, drafts)
    drafts.sort(key=lambda d: (d.start, -d.end))
    drafts = [replace(d, source=_nearer_subject(parsed, cast, d)) for d in drafts]
    ids = _ids(drafts)
    return tuple(
        Statement(
            id=ids[k],
            source=_party(parsed, cast, d.source),
            cue=d.cue,
            content=d.content,
            form=_form(parsed, d.content),
            within=_within(k, drafts, ids),
            score=d.score,
        )
        for k, d in enumerate(drafts)
    )


def give_first_person(
    cast: Cast, statements: Sequence[Statement], language: Language, gazetteer: Gazetteer, publisher: str | None
) -> Cast:
    """The cast with "I" inside a statement standing for its source, "my country" for that one's state, "our army" for its army.

    Outside of statements they stand for a publisher that is no news medium: a ministry's press release says "we".
    """
    first = language.pronouns["first_singular"] | language.pronouns["first_plural"]
    actors = {a.id: a for a in cast.actors}
    voice = _voice(publisher, gazetteer)
    mentions = []
    for mention in cast.mentions:
        words = mention.text.lower().split()
        said = actors.get(mention.actor or "")
        if words[0] in first and (said is None or _is_ownerless(said)):
            speaker = actors.get(_speaker_at(mention, statements) or "") or voice
            actor = _state_of(speaker, gazetteer) if len(words) > 1 else speaker
            if actor is not None and said is not None:
                actor = _owned_by(said, actor)
            if actor is not None:
                mention = replace(mention, actor=actors.setdefault(actor.id, actor).id)
        mentions.append(mention)
    return replace(cast, actors=tuple(actors.values()), mentions=tuple(mentions))


def _is_ownerless(actor: Actor) -> bool:
    """Somebody described of whom the words do not say whose: the army in "our army"."""
    return actor.kind in ("office", "group", "unnamed") and actor.country is None and bool(actor.sectors)


def _owned_by(actor: Actor, state: Actor) -> Actor:
    """The state's own: Mali's army for "our army" in the mouth of its minister."""
    return replace(actor, id=f"{state.id.lower()}-{actor.id}", name=f"{state.name} {actor.name}", country=state.country)


def give_sources(statements: Sequence[Statement], cast: Cast) -> tuple[Statement, ...]:
    """The statements with sources in the first person given the actor that the cast found for them since."""
    return tuple(_settled(s, cast) for s in statements)


def _settled(statement: Statement, cast: Cast) -> Statement:
    source = statement.source
    mention = cast.at(source.start) if source is not None and source.actor is None else None
    if source is None or mention is None or mention.actor is None:
        return statement
    return replace(statement, source=replace(source, actor=mention.actor))


def _voice(publisher: str | None, gazetteer: Gazetteer) -> Actor | None:
    """The publisher as an actor, where it is a state body or an organisation that speaks for itself."""
    senses = gazetteer.senses(publisher) if publisher else ()
    entry = senses[0].entry if senses else None
    return None if entry is None or "JRN" in entry.sectors else _actor(entry)


def _state_of(actor: Actor | None, gazetteer: Gazetteer) -> Actor | None:
    entries = gazetteer.entries(actor.country) if actor is not None and actor.country else ()
    if not entries or entries[0].kind != "state":
        return None
    return _actor(entries[0])


def _actor(entry: Entry) -> Actor:
    return Actor(id=entry.id, name=entry.name, kind=entry.kind, country=entry.country, sectors=entry.sectors)


def _speaker_at(mention: Mention, statements: Sequence[Statement]) -> str | None:
    after = bisect_right(statements, mention.start, key=lambda s: s.content[0].start)
    near = statements[max(0, after - _NEAR) : after]
    around = [s for s in near if any(c.covers(mention) for c in s.content) and s.source is not None]
    inner = min(around, key=lambda s: sum(c.end - c.start for c in s.content), default=None)
    return inner.source.actor if inner is not None and inner.source is not None else None


def _draft(parsed: Parsed, attribution: Attribution) -> _Draft | None:
    content = tuple(_whole(parsed, parsed.document.span(*c)) for c in attribution.content)
    if not content:
        return None
    return _Draft(
        _hull(parsed, attribution.source), _hull(parsed, attribution.cue), _merged(parsed, content), attribution.score
    )


def _hull(parsed: Parsed, spans: Sequence[Offsets]) -> Span | None:
    return parsed.document.span(spans[0][0], spans[-1][1]) if spans else None


def _whole(parsed: Parsed, content: Span) -> Span:
    """Content that holds most of a quotation holds all of it, marks included."""
    for quotation in _quotations(parsed, content):
        shared = min(content.end, quotation.end) - max(content.start, quotation.start)
        if shared > 0.6 * (quotation.end - quotation.start):
            content = parsed.document.span(min(content.start, quotation.start), max(content.end, quotation.end))
    return content


def _quotations(parsed: Parsed, span: Span) -> Sequence[Span]:
    """The quotations that share a character with the span."""
    first = bisect_right(parsed.quotations, span.start, key=lambda q: q.end)
    return parsed.quotations[first : bisect_left(parsed.quotations, span.end, key=lambda q: q.start)]


def _merged(parsed: Parsed, content: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in text order; those that touch or overlap are one."""
    out: list[Span] = []
    for span in sorted(content):
        if out and span.start <= out[-1].end + 1:
            out[-1] = parsed.document.span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _floating(parsed: Parsed, drafts: Sequence[_Draft]) -> list[_Draft]:
    """Quotations of a sentence's length that no attribution holds, given to the last speaker before them."""
    held = {q for d in drafts for c in d.content for q in _quotations(parsed, c)}
    speakers = sorted((d for d in drafts if d.source is not None), key=lambda d: d.start)
    out = []
    for quotation in parsed.quotations:
        long = len(_WORD.findall(quotation.text)) >= _FLOATING
        if long and quotation not in held and _stands_alone(parsed, quotation):
            before = bisect_left(speakers, quotation.start, key=lambda d: d.start)
            last = max(speakers[max(0, before - _NEAR) : before], key=lambda d: d.end, default=None)
            out.append(_Draft(last.source if last is not None else None, None, (quotation,), 0.5))
    return out


def _stands_alone(parsed: Parsed, quotation: Span) -> bool:
    """Whether the quotation is a sentence of its own or a run of them."""
    before = parsed.document.text[: quotation.start].rstrip(" ")[-1:]
    return before in ("", "\n", "\r", ".", "!", "?", "”", '"')


def _nearer_subject(parsed: Parsed, cast: Cast, draft: _Draft) -> Span | None:
    """The source, unless the cue's verb has a subject of its own behind it: "Otundo answered what the envoy had said"."""
    if draft.cue is None or draft.source is None:
        return draft.source
    verb = parsed.tokens(draft.cue.start, draft.cue.end).root
    subject = next((t for t in verb.lefts if t.dep_ == "nsubj" and t.tag_ not in ("WP", "WDT")), None)
    mention = cast.at(subject.idx) if subject is not None and verb.tag_ in ("VBD", "VBZ", "VBP") else None
    if mention is None or mention.actor is None or mention.start <= draft.source.end or mention.via == "pronoun":
        return draft.source
    return parsed.document.span(mention.start, mention.end)


def _party(parsed: Parsed, cast: Cast, source: Span | None) -> Party | None:
    """The source with its actor: whom the head of the phrase mentions, else the first mention in it."""
    if source is None:
        return None
    tokens = parsed.tokens(source.start, source.end)
    head = _antecedent(tokens.root) if len(tokens) else None
    mention = cast.at(head.idx) if head is not None else None
    if mention is None or mention.actor is None:
        mention = next((m for m in cast.mentions if m.overlaps(source) and m.actor is not None), mention)
    return Party(source.start, source.end, source.text, mention.actor if mention is not None else None)


def _antecedent(token: Token) -> Token:
    """What a relative pronoun stands for: the noun its clause hangs on; any other word stands for itself."""
    if token.tag_ not in ("WP", "WDT"):
        return token
    clause = next((t for t in token.ancestors if t.dep_ == "relcl"), None)
    return clause.head if clause is not None else token


def _form(parsed: Parsed, content: Sequence[Span]) -> Form:
    """direct: nine in ten of the words in quotation marks; mixed: some; indirect: none."""
    words = quoted = 0
    for span in content:
        marks = _quotations(parsed, span)
        places = [(span.start + m.start(), span.start + m.end()) for m in _WORD.finditer(span.text)]
        words += len(places)
        quoted += sum(any(q.start < a and b <= q.end for q in marks) for a, b in places)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.9 * words else "mixed"


def _ids(drafts: Sequence[_Draft]) -> list[str]:
    """`s<start>-<end>` of the content; a second statement with the same content is told apart by a count."""
    seen: Counter[str] = Counter()
    out: list[str] = []
    for draft in drafts:
        base = f"s{draft.start}-{draft.end}"
        seen[base] += 1
        out.append(f"{base}.{seen[base]}" if seen[base] > 1 else base)
    return out


def _within(k: int, drafts: Sequence[_Draft], ids: Sequence[str]) -> str | None:
    """The smallest other statement whose content holds this one's cue, or its content where it has no cue."""
    own = drafts[k]
    here = own.cue or own.content[0]
    near = range(max(0, k - _NEAR), min(len(drafts), k + _NEAR))
    around = [n for n in near if n != k and _holds(drafts[n], here) and _is_larger(n, k, drafts)]
    inner = min(around, key=lambda n: drafts[n].end - drafts[n].start, default=None)
    return None if inner is None else ids[inner]


def _holds(draft: _Draft, span: Span) -> bool:
    return any(c.covers(span) for c in draft.content)


def _is_larger(n: int, k: int, drafts: Sequence[_Draft]) -> bool:
    """Of two statements that hold each other the longer is the outer one, of two as long the first."""
    return (drafts[n].end - drafts[n].start, -n) > (drafts[k].end - drafts[k].start, -k)
