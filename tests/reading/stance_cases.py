"""Text in, stances out: the stance stage on its own, with the statements of a text marked by hand."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.analysis import Party, Stance, Statement
from dragoman.document import Document, Span
from dragoman.knowledge import Gazetteer
from dragoman.knowledge.language import load_language
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.stance_words import load_stance_words
from dragoman.reading.actors import Cast, find_actors
from dragoman.reading.parse import Parsed, parse
from dragoman.reading.stances import find_stances


@dataclass(frozen=True)
class Said:
    """`source` said `content`; both are words of the text, `cue` is found between or given."""

    source: str
    content: str
    cue: str = "said"


class Desk:
    """Reads stances from texts; holds the pipeline and the knowledge."""

    def __init__(self, pipeline) -> None:
        self._pipeline = pipeline
        self._gazetteer = Gazetteer.load()
        self._language = load_language("en")

    def read(self, text: str, *said: Said, **provenance: str) -> tuple[Stance, ...]:
        """The stances of the text with those statements."""
        parsed = parse(Document(text, **{"published": "2012-05-01", **provenance}), self._pipeline)
        cast = find_actors(parsed, self._gazetteer, self._language)
        statements = tuple(_statement(parsed, cast, s) for s in said)
        return find_stances(parsed, cast, statements, load_ontology(), load_stance_words())

    def lines(self, text: str, *said: Said, **provenance: str) -> set[str]:
        """Each stance as "HOLDER for/against type [force]", the force left out where it is plain."""
        return {line(s) for s in self.read(text, *said, **provenance)}


def line(stance: Stance) -> str:
    """ "RUS against sanctions [red_line]"."""
    side = "for" if stance.stance == "supports" else "against"
    force = "" if stance.force == "plain" else f" [{stance.force}]"
    return f"{stance.holder.actor} {side} {stance.measure.type}{force}"


def _statement(parsed: Parsed, cast: Cast, said: Said) -> Statement:
    source, content = _find(parsed, said.source), _find(parsed, said.content)
    cue = _find(parsed, said.cue) if said.cue in parsed.document.text else None
    mention = cast.at(parsed.tokens(source.start, source.end).root.idx)
    party = Party(source.start, source.end, source.text, mention.actor if mention is not None else None)
    return Statement(id=f"s{content.start}-{content.end}", source=party, cue=cue, content=(content,), form="indirect")


def _find(parsed: Parsed, words: str) -> Span:
    start = parsed.document.text.index(words)
    return parsed.document.span(start, start + len(words))
