"""The encoder with its heads: labels per word, and links from cues to sources and from contents to cues."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from dragoman.reading.attribution.labels import FOLLOWS, LABELS, STARTS, Run
from dragoman.reading.attribution.pairs import ROWS, facts
from dragoman.reading.attribution.windows import Ints, Window
from training.statements.corpus import Example, Layer
from training.statements.encoder import Encoder

HIDDEN = 128
DROPOUT = 0.1
INNER_WEIGHT = 0.3
ALONE_WEIGHT = 0.3


class Linker(nn.Module):
    """How well a cue goes with a source or content, from both spans and what lies between them."""

    def __init__(self, width: int, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.cue = nn.Linear(3 * width, hidden)
        self.run = nn.Linear(3 * width, hidden, bias=False)
        self.between = nn.Embedding(ROWS, hidden)
        self.nobody = nn.Parameter(torch.zeros(hidden))
        self.score = nn.Linear(hidden, 1, bias=False)
        nn.init.normal_(self.between.weight, std=0.02)

    def forward(self, cues: Tensor, runs: Tensor, rows: Tensor) -> Tensor:
        """cues x 3 width, runs x 3 width, cues x runs x 4 -> cues x runs."""
        mixed = self.cue(cues)[:, None] + self.run(runs)[None] + self.between(rows).sum(2)
        return self.score(functional.gelu(mixed, approximate="tanh")).squeeze(-1)

    def without_run(self, cues: Tensor) -> Tensor:
        """cues -> how well each goes with no run at all."""
        return self.score(functional.gelu(self.cue(cues) + self.nobody, approximate="tanh")).squeeze(-1)

    def without_cue(self, runs: Tensor) -> Tensor:
        """contents -> how well each goes with no cue at all."""
        return self.score(functional.gelu(self.run(runs) + self.nobody, approximate="tanh")).squeeze(-1)


class Labeller(nn.Module):
    """Words -> labels: a score for each label of a word, and for each label after another (a linear-chain CRF)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.emit = nn.Linear(width, len(LABELS))
        self.start = nn.Parameter(torch.zeros(len(LABELS)))
        self.follow = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.register_buffer("lawful_start", torch.from_numpy(STARTS), persistent=False)
        self.register_buffer("lawful", torch.from_numpy(FOLLOWS), persistent=False)

    def loss(self, states: Sequence[Tensor], gold: Sequence[Ints]) -> Tensor:
        """Per word: negative log-likelihood of the path, and a part of the cross-entropy of each label by itself."""
        if not len(states):
            return torch.zeros(())
        scores = self.emit(functional.dropout(torch.cat(list(states)), DROPOUT, self.training)).float()
        labels = torch.from_numpy(np.concatenate(gold))
        lengths = [len(path) for path in gold]
        by_path = pad_sequence(scores.split(lengths)), pad_sequence(labels.split(lengths))
        mask = pad_sequence([torch.ones(length, dtype=torch.bool) for length in lengths])
        path = (self._all_paths(by_path[0], mask) - self._one_path(*by_path, mask)).sum() / len(labels)
        return path + ALONE_WEIGHT * functional.cross_entropy(scores, labels)

    def _all_paths(self, scores: Tensor, mask: Tensor) -> Tensor:
        """Log of the sum over all paths; length x batch x labels -> batch."""
        follow = self.follow + self.lawful
        total = self.start + self.lawful_start + scores[0]
        for score, real in zip(scores[1:], mask[1:], strict=True):
            total = torch.where(real[:, None], torch.logsumexp(total[:, :, None] + follow, 1) + score, total)
        return torch.logsumexp(total, 1)

    def _one_path(self, scores: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
        """The score of the given path; length x batch (x labels) -> batch."""
        each = scores.gather(2, labels[:, :, None])[:, :, 0] * mask
        pairs = self.follow[labels[:-1], labels[1:]] * mask[1:]
        return each.sum(0) + pairs.sum(0) + self.start[labels[0]]


class Model(nn.Module):
    """Everything that is trained."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = nn.ModuleDict(
            {
                "outer": Labeller(encoder.width),
                "inner": Labeller(encoder.width),
                "source": Linker(encoder.width),
                "content": Linker(encoder.width),
            }
        )

    def loss(self, batch: Sequence[Example], link_weight: float) -> tuple[Tensor, dict[str, float]]:
        """Mean cross-entropy of the labels of both layers plus that of the links."""
        states = self.words(batch)
        outer = self.heads["outer"].loss(states, [example.outer.labels for example in batch])
        contents = [
            (state, example, run)
            for state, example in zip(states, batch, strict=True)
            for run in example.outer.runs["content"]
        ]
        inner = self.heads["inner"].loss(
            [state[start:end] for state, _, (start, end) in contents],
            [example.inner.labels[start:end] for _, example, (start, end) in contents],
        )
        links = [self._links(state, example) for state, example in zip(states, batch, strict=True)]
        source = _mean([loss for pair in links for loss in pair[0]])
        content = _mean([loss for pair in links for loss in pair[1]])
        total = outer + INNER_WEIGHT * inner + link_weight * (source + content)
        parts = {"outer": outer, "inner": inner, "source": source, "content": content}
        return total, {name: part.item() for name, part in parts.items()}

    def words(self, batch: Sequence[Example]) -> list[Tensor]:
        """The state of each word's first piece, a window at a time."""
        longest = max(len(example.window.pieces) for example in batch)
        pieces = torch.zeros(len(batch), longest, dtype=torch.long)
        mask = torch.zeros(len(batch), longest, dtype=torch.bool)
        for i, example in enumerate(batch):
            pieces[i, : len(example.window.pieces)] = torch.from_numpy(example.window.pieces)
            mask[i, : len(example.window.pieces)] = True
        states = self.encoder(pieces, mask)
        return [state[torch.from_numpy(example.window.heads)] for state, example in zip(states, batch, strict=True)]

    def _links(self, state: Tensor, example: Example) -> tuple[list[Tensor], list[Tensor]]:
        """Cross-entropies of cue -> source and of content -> cue in one window, outer layer and inner."""
        sources, contents = [], []
        for layer in (example.outer, example.inner):
            if layer.runs["cue"]:
                sources.append(_cross_entropy(self.sources(state, layer, example.window), layer.source_of))
            if layer.runs["cue"] and layer.runs["content"]:
                contents.append(_cross_entropy(self.cues(state, layer, example.window), layer.cue_of))
        return sources, contents

    def sources(self, state: Tensor, layer: Layer, window: Window) -> Tensor:
        """Scores cues x (1 + sources); column 0 is for none."""
        linker, cues = self.heads["source"], spans(state, layer.runs["cue"])
        scores = [linker.without_run(cues)[:, None]]
        if layer.runs["source"]:
            rows = torch.from_numpy(facts(layer.runs["cue"], layer.runs["source"], window.paragraphs))
            scores.append(linker(cues, spans(state, layer.runs["source"]), rows))
        return torch.cat(scores, 1)

    def cues(self, state: Tensor, layer: Layer, window: Window) -> Tensor:
        """Scores contents x (1 + cues); column 0 is for none."""
        linker, contents = self.heads["content"], spans(state, layer.runs["content"])
        rows = torch.from_numpy(facts(layer.runs["cue"], layer.runs["content"], window.paragraphs))
        scores = linker(spans(state, layer.runs["cue"]), contents, rows)
        return torch.cat([linker.without_cue(contents)[:, None], scores.T], 1)


def spans(state: Tensor, runs: Sequence[Run]) -> Tensor:
    """First word, last word and mean of each run: runs x 3 width."""
    first = state[[run[0] for run in runs]]
    last = state[[run[1] - 1 for run in runs]]
    mean = torch.stack([state[run[0] : run[1]].mean(0) for run in runs])
    return torch.cat([first, last, mean], 1)


def _cross_entropy(scores: Tensor, gold: Sequence[int]) -> Tensor:
    """Per row; column 0 stands for none, which gold calls -1."""
    return functional.cross_entropy(scores.float(), torch.tensor(gold) + 1, reduction="none")


def _mean(losses: Sequence[Tensor]) -> Tensor:
    return torch.cat(list(losses)).mean() if losses else torch.zeros(())
