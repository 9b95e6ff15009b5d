"""The stages in their order, with the models and knowledge that they share."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.analysis import Analysis, Skipped
from dragoman.document import Document
from dragoman.knowledge import Gazetteer
from dragoman.knowledge.dictionaries import read_layer
from dragoman.knowledge.language import Language, load_language
from dragoman.knowledge.layered import Layered, with_agents
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.stance_words import load_stance_words
from dragoman.knowledge.triggers import load_triggers
from dragoman.reading.actors import find_actors
from dragoman.reading.attribution import FAST, WEIGHTS, Tagger
from dragoman.reading.events import find_events
from dragoman.reading.events.gate import Gate
from dragoman.reading.language import other_language
from dragoman.reading.parse import parse
from dragoman.reading.pipeline import load_pipeline
from dragoman.reading.relations import Relator
from dragoman.reading.settings import Settings
from dragoman.reading.stances import Judge, find_stances
from dragoman.reading.statements import find_statements, give_first_person, give_sources


class Stages:
    """Opens everything once and reads documents with it; `judge` takes the place of the one that comes with dragoman."""

    def __init__(self, settings: Settings, judge: Judge | None = None) -> None:
        self._settings = settings
        self._pipeline = load_pipeline(settings.pipeline)
        self._gazetteer, self._language = load_knowledge(settings.actors)
        self._ontology = load_ontology()
        self._triggers = load_triggers("en")
        self._stance_words = load_stance_words("en")
        self._tagger = Tagger(FAST if settings.mode == "fast" else WEIGHTS)
        self._relator = Relator() if settings.mode != "fast" else None
        self._gate = Gate.load() if settings.mode == "default" else None
        self._judge = (judge or Judge()) if settings.mode == "accurate" else None

    def read(self, document: Document, reader: str) -> Analysis:
        """Every stage in turn; `reader` names the settings and models in the analysis."""
        if self._settings.other_languages == "skip" and (language := other_language(document)) is not None:
            reason = f"it is in {language}, and only English is read; other_languages=read reads it all the same"
            return Analysis(reader=reader, document=document, skipped=(Skipped(0, len(document.text), reason),))
        parsed = parse(document, self._pipeline, limit=self._settings.max_characters)
        cast = find_actors(parsed, self._gazetteer, self._language)
        attributions = (a for a in self._tagger.tag(parsed.doc.text) if a.score >= self._settings.min_score)
        statements = find_statements(parsed, cast, attributions)
        cast = give_first_person(cast, statements, self._language, self._gazetteer, document.publisher)
        statements = give_sources(statements, cast)
        events = find_events(parsed, cast, statements, self._ontology, self._triggers, self._relator, self._gate)
        stances = find_stances(parsed, cast, statements, self._ontology, self._stance_words, self._judge)
        return Analysis(
            reader=reader,
            document=document,
            actors=cast.actors,
            mentions=tuple(sorted(cast.mentions + cast.inner)),
            statements=statements,
            events=events,
            stances=stances,
            skipped=parsed.skipped,
        )


def load_knowledge(actors: Sequence[str]) -> tuple[Gazetteer, Language]:
    """Built-in actors and role words, under those of the dictionaries at the paths."""
    gazetteer, language = Gazetteer.load(), load_language("en")
    if not actors:
        return gazetteer, language
    layers = [read_layer(path, lambda: gazetteer) for path in actors]
    return Layered.over(gazetteer, layers), with_agents(language, layers)
