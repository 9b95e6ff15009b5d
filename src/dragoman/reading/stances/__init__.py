"""Parsed + cast + statements -> stances (who is for or against which measure, how firmly, on what condition).

Measures are found first; from each, the words above it are read up to one whose holder takes a stance (`chains`). A proposal
says who and what (`proposals`, `constructions`); second holders answer it or point back to it (`answers`, `echoes`); a decision
says for or against and how firmly (`decisions`). A trained judge, where one is given, is asked about those actors and measures
of a sentence between which the rules propose nothing (`candidates`, `judging`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dragoman.analysis import MeasureSpan, Stance, Statement
from dragoman.knowledge.ontology import Ontology
from dragoman.knowledge.stance_words import StanceWords
from dragoman.reading.actors import Cast
from dragoman.reading.parse import Parsed
from dragoman.reading.stances.about import Subjects
from dragoman.reading.stances.answers import answers
from dragoman.reading.stances.candidates import Candidate, candidates
from dragoman.reading.stances.chains import Chain, chains
from dragoman.reading.stances.constructions import constructions
from dragoman.reading.stances.decisions import decide
from dragoman.reading.stances.echoes import echoes, points_back
from dragoman.reading.stances.holders import Voices
from dragoman.reading.stances.judging import Judge
from dragoman.reading.stances.measures import MeasureFinder, Named
from dragoman.reading.stances.proposals import Proposal, proposals

__all__ = ["Judge", "find_stances", "grounds"]

_NOT_THE_STATE = frozenset({"OPP", "REB", "PRE", "UAF"})
_NO_STATES = frozenset({"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})


def find_stances(
    parsed: Parsed,
    cast: Cast,
    statements: tuple[Statement, ...],
    ontology: Ontology,
    words: StanceWords,
    judge: Judge | None = None,
) -> tuple[Stance, ...]:
    """The stances of a document in text order: one for each holder, measure type and direction in a sentence."""
    scene = _Scene.of(parsed, cast, statements, ontology, words)
    proposed = scene.proposed()
    if judge is not None:
        proposed += _judged(parsed, scene.measures, scene.voices, judge, proposed)
    return tuple(_each_once(map(scene.stance, proposed), cast))


def grounds(
    parsed: Parsed, cast: Cast, statements: tuple[Statement, ...], ontology: Ontology, words: StanceWords
) -> tuple[tuple[Stance, Proposal], ...]:
    """Every stance that a rule proposes, and the proposal it comes from; `find_stances` chooses among them."""
    scene = _Scene.of(parsed, cast, statements, ontology, words)
    return tuple((scene.stance(proposal), proposal) for proposal in scene.proposed())


@dataclass(frozen=True, slots=True)
class _Scene:
    """A document with the measures that it names and those who speak in it."""

    parsed: Parsed
    measures: tuple[Named, ...]
    voices: Voices
    subjects: Subjects

    @classmethod
    def of(
        cls, parsed: Parsed, cast: Cast, statements: tuple[Statement, ...], ontology: Ontology, words: StanceWords
    ) -> _Scene:
        named = (m for m in _finder(ontology).find(parsed.doc) if not _is_a_person(m, parsed, cast))
        voices = Voices(parsed.document, cast, statements, words)
        return cls(parsed, tuple(named), voices, Subjects(cast, parsed.doc))

    def proposed(self) -> list[Proposal]:
        """What the rules propose."""
        return [p for p in _proposals(self.parsed, self.measures, self.voices) if not _holds_itself(p)]

    def stance(self, proposal: Proposal) -> Stance:
        """What a proposal comes to."""
        return _stance(proposal, self.parsed, self.voices, self.subjects)


@lru_cache(maxsize=4)
def _finder(ontology: Ontology) -> MeasureFinder:
    """The finder for an ontology, made once: its tables take longer to build than a page to read."""
    return MeasureFinder(ontology.measures)


def _is_a_person(measure: Named, parsed: Parsed, cast: Cast) -> bool:
    """Whether the words call somebody by his office: "the special envoy"."""
    mention = cast.at(parsed.doc[measure.head].idx)
    actor = cast.actor(mention.actor) if mention is not None else None
    return actor is not None and actor.kind in ("person", "office")


def _proposals(parsed: Parsed, measures: Sequence[Named], voices: Voices) -> Iterator[Proposal]:
    by_sentence: dict[int, list[Named]] = {}
    for measure in measures:
        by_sentence.setdefault(parsed.doc[measure.head].sent.start, []).append(measure)
    taken: list[Proposal] = []
    for start, named in by_sentence.items():
        for measure in named:
            for chain in chains(measure, parsed.doc[measure.head], voices.words):
                taken += proposals(chain, voices)
        taken += constructions(named, list(parsed.doc[start].sent), voices)
    yield from taken
    yield from answers(parsed.doc, taken, voices)
    yield from _echoed(parsed, measures, voices, _innermost(taken))


def _innermost(taken: Sequence[Proposal]) -> dict[Named, Chain]:
    """By measure the shortest chain on which a stance was taken: what was done or asked, not what others think of it."""
    longest_first = sorted(taken, key=lambda p: -len(p.chain.steps))
    return {p.chain.measure: p.chain for p in longest_first}


def _echoed(
    parsed: Parsed, measures: Sequence[Named], voices: Voices, taken: Mapping[Named, Chain]
) -> Iterator[Proposal]:
    for echo in echoes(parsed.doc, measures, taken):
        for chain in chains(echo, parsed.doc[echo.head], voices.words):
            if points_back(chain):
                yield from (p for p in proposals(chain, voices) if p.ground == "stance")


def _judged(
    parsed: Parsed, measures: Sequence[Named], voices: Voices, judge: Judge, proposed: Sequence[Proposal]
) -> Iterator[Proposal]:
    """What the judge proposes where no rule does."""
    known = {_place(p.holder.actor, p.chain.measure, p.chain.head, voices) for p in proposed}
    for candidate in candidates(measures, parsed.doc, voices):
        head = parsed.doc[candidate.measure.head]
        if _place(candidate.holder.actor, candidate.measure, head, voices) not in known:
            yield from _accepted(candidate, head, judge)


def _place(holder: str | None, measure: Named, head: Token, voices: Voices) -> tuple[str | None, str, int]:
    return _rolled_up(voices.cast, holder), measure.type, head.sent.start


def _accepted(candidate: Candidate, head: Token, judge: Judge) -> Iterator[Proposal]:
    verdict = judge.judge(judge.pieces(candidate.passage), candidate.holder_at, candidate.measure_at)
    if verdict.score >= judge.threshold:
        sign = 1 if verdict.direction == "supports" else -1
        yield Proposal(candidate.holder, Chain(candidate.measure, head, ()), sign, "judged", verdict)


def _holds_itself(proposal: Proposal) -> bool:
    """Whether the holder's own name is the measure: "peacekeepers"."""
    measure: int = proposal.chain.head.idx
    return proposal.holder.start <= measure < proposal.holder.end


def _stance(proposal: Proposal, parsed: Parsed, voices: Voices, subjects: Subjects) -> Stance:
    chain = proposal.chain
    decision = decide(proposal, parsed, voices.words)
    statement = voices.statement(chain.top) or voices.introduced_by(chain.top)
    words = parsed.span(_tokens(parsed, chain.measure))
    measure = MeasureSpan(words.start, words.end, words.text, chain.measure.type)
    return Stance(
        id=f"t{proposal.holder.start}-{measure.start}-{measure.type}-{decision.direction}",
        holder=proposal.holder, measure=measure, stance=decision.direction, evidence=parsed.sentence_at(chain.head.idx),
        toward=subjects.of(chain, proposal.holder.actor), force=decision.force, condition=decision.condition,
        statement=statement.id if statement is not None else None, score=decision.score,
    )  # fmt: skip


def _tokens(parsed: Parsed, measure: Named) -> Tokens:
    return parsed.doc[measure.start : measure.end]


def _each_once(stances: Iterable[Stance], cast: Cast) -> Iterator[Stance]:
    """Of several of one country on one type in a sentence, the likeliest: it decides where they contradict each other."""
    best: dict[tuple[str | None, str, int], Stance] = {}
    for stance in stances:
        key = (_rolled_up(cast, stance.holder.actor), stance.measure.type, stance.evidence.start)
        if key not in best or stance.score > best[key].score:
            best[key] = stance
    yield from sorted(best.values(), key=lambda s: (s.measure.start, s.holder.start, s.id))


def _rolled_up(cast: Cast, id: str | None) -> str | None:
    """The country that a person, an office or a ministry speaks for; oppositions and groups speak for themselves."""
    actor = cast.actor(id)
    if actor is None or actor.country is None or _NOT_THE_STATE & set(actor.sectors):
        return id
    is_ministry = actor.kind == "organization" and "GOV" in actor.sectors and actor.country not in _NO_STATES
    return actor.country if is_ministry or actor.kind in ("person", "office", "state") else id
