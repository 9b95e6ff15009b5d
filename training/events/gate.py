"""Texts -> questions that the reading would put to the model of relations, and the gate that lets the likeliest through.

    python -m training.events.gate NEWS.jsonl POLNEAR.jsonl

Reads the beginnings of the texts, and the sentences of the own rows that are not held out, as the accurate mode does, notes what
the model answers to each question, and writes `reading/events/gate.json`. PLV is not among them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from spacy.tokens import Token
from torch.nn import functional

from dragoman.analysis import Party
from dragoman.document import Document
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.triggers import load_triggers
from dragoman.reading.actors import find_actors
from dragoman.reading.events import gate
from dragoman.reading.events.drafts import Draft
from dragoman.reading.events.finder import Finder
from dragoman.reading.events.gate import Pair, features, seen
from dragoman.reading.events.proposals import Proposer
from dragoman.reading.parse import parse
from dragoman.reading.pipeline import load_pipeline
from dragoman.reading.relations import Relator
from dragoman.reading.settings import Settings
from dragoman.reading.stages import load_knowledge
from training.events.rows import read_rows

ROWS = Path(__file__).parents[1] / "data" / "events"
CHARACTERS = 6_000
"""Code points of each text that are read."""
RARE = 5
"""In how many questions a feature must hold to have a weight."""
SMALL = 0.05
"""Weights smaller than this are left out."""
RIDGE = 1.5
"""What a squared weight costs, in units of one question's surprise."""
ASKED = 0.02
"""The share of the questions about texts, not rows, that the gate lets through."""
FOLDS = 4

Question = tuple[Pair, bool]
"""What the gate sees, and whether the model made an event of it."""


@dataclass(frozen=True, slots=True)
class Noting(Proposer):
    """Asks about everything and keeps what was asked and answered; leaves the events of the rules alone."""

    notes: list[Question] = field(default_factory=list)

    def revised(self, draft: Draft) -> Draft:
        return draft

    def _type(self, verb: Token, actor: Party, party: Party) -> str | None:
        type = Proposer._type(self, verb, actor, party)
        self.notes.append((seen(verb, actor, party, self.who), type is not None))
        return type


def questions(texts: Iterable[str]) -> Iterator[list[Question]]:
    """The questions of each text, with the model's answers."""
    pipeline, (gazetteer, language) = load_pipeline(Settings().pipeline), load_knowledge(())
    ontology, triggers, model = load_ontology(), load_triggers("en"), Relator()
    for text in texts:
        parsed = parse(Document(text[:CHARACTERS]), pipeline)
        finder = Finder(parsed, find_actors(parsed, gazetteer, language), (), ontology, triggers)
        rules = finder.drafter
        finder.proposer = noting = Noting(parsed, rules.who, rules.coder, rules.grammar, model)
        finder.events()
        yield noting.notes


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Weights of the named features, and the log-odds where none of them holds."""

    names: Sequence[str]
    weights: np.ndarray
    bias: float

    def scores(self, asked: Sequence[Question]) -> np.ndarray:
        return _matrix(asked, self.names).numpy() @ self.weights + self.bias


def fitted(asked: Sequence[Question]) -> Fitted:
    """The logistic regression under which the answers are most probable."""
    counts = Counter(name for pair, _ in asked for name in features(pair))
    names = sorted(name for name, count in counts.items() if count >= RARE)
    given, answers = _matrix(asked, names), torch.tensor([float(made) for _, made in asked], dtype=torch.float64)
    values = torch.zeros(len(names) + 1, dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([values], max_iter=80, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        search.zero_grad()
        odds = given @ values[:-1] + values[-1]
        wrong = functional.binary_cross_entropy_with_logits(odds, answers, reduction="sum")
        total: torch.Tensor = wrong + RIDGE * values[:-1].square().sum()
        total.backward()
        return total

    search.step(loss)
    return Fitted(names, *_parted(values.detach().numpy()))


def _parted(values: np.ndarray) -> tuple[np.ndarray, float]:
    return values[:-1], float(values[-1])


def crossed(texts: Sequence[list[Question]]) -> np.ndarray:
    """Scores of all questions, each by a gate that has not seen its text."""
    out = []
    for fold in range(FOLDS):
        rest = [q for i, asked in enumerate(texts) if i % FOLDS != fold for q in asked]
        out.append(fitted(rest).scores([q for asked in texts[fold::FOLDS] for q in asked]))
    return np.concatenate(out)


def _matrix(asked: Sequence[Question], names: Sequence[str]) -> torch.Tensor:
    """questions x features, one where a feature holds."""
    place = {name: i for i, name in enumerate(names)}
    cells = [(k, place[name]) for k, (pair, _) in enumerate(asked) for name in features(pair) if name in place]
    out = torch.zeros(len(asked), len(names), dtype=torch.float64)
    out[tuple(torch.tensor(cells).T)] = 1.0
    return out


def own_sentences() -> list[str]:
    """The sentences of the own rows; every tenth row of a file is held out."""
    return [row.text for path in sorted(ROWS.glob("*.tsv")) for i, row in enumerate(read_rows(path)) if i % 10 != 9]


def main(paths: Sequence[str]) -> None:
    texts = [json.loads(line)["text"] for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()]
    news, own = list(questions(texts)), list(questions(own_sentences()))
    least = float(np.quantile(crossed(news), 1 - ASKED))
    model = fitted([q for asked in (*news, *own) for q in asked])
    kept = {n: round(w, 2) for n, w in zip(model.names, model.weights.tolist(), strict=True) if abs(w) >= SMALL}
    path = Path(gate.__file__).with_name(gate.WEIGHTS)
    about = json.loads(path.read_text(encoding="utf-8"))["about"]
    data = {"about": about, "bias": round(model.bias, 2), "least": round(least, 2), "weights": kept}
    path.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
