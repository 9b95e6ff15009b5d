"""A finished tagger -> one with fewer layers that imitates it: the model of the fast mode.

usage: python -m training.statements.student DATA CHECKPOINT OUT [--scorer PATH] [--aside N] [--work DIR]

CHECKPOINT is what training.statements.build leaves behind (`build/statements/model.pt`), OUT the weights folder to write. The
student starts with some of the tagger's layers and with its heads. It learns the same articles, and at every step its states are
drawn towards those that the tagger gives the same words, so that the heads can stay nearly what they were. The shipped tagger
says what stands inside contents. Settings are chosen and figures taken as in training.statements.build.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.reading.attribution import Tagger
from dragoman.reading.attribution.encoder import Encoder as Graph
from training.statements.build import arguments, fit, knows, pretrained, publish, refit
from training.statements.corpus import Example, split
from training.statements.encoder import Encoder
from training.statements.evaluate import record, shown
from training.statements.export import write_folder
from training.statements.inner import with_inner
from training.statements.model import Model
from training.statements.train import Recipe

LAYERS = (0, 2, 5)
"""Which layers of the tagger the student starts with; the last one keeps the states what the heads expect."""
RECIPE = Recipe(epochs=3, rate=4e-4, head_rate=5e-4, chain_rate=2e-3, disguised=0.2, seed=4)
IMITATION = 2.0
"""Weight of the mean squared distance between its states and the tagger's, beside the losses of labels and links."""


class Student(Model):
    """A model that learns from gold and from the states of its `teacher`, which stays as it is and is no part of it."""

    def __init__(self, teacher: Model, layers: Sequence[int]) -> None:
        super().__init__(copy.deepcopy(teacher.encoder))
        self.heads = copy.deepcopy(teacher.heads)
        kept = [self.encoder.encoder["layer"][number] for number in layers]
        self.encoder.encoder["layer"] = nn.ModuleList(kept)
        self._teacher = (teacher.eval(),)

    def loss(self, batch: Sequence[Example], link_weight: float) -> tuple[Tensor, dict[str, float]]:
        """The loss of the gold plus that of imitation."""
        total, parts = super().loss(batch, link_weight)
        with torch.no_grad():
            wanted = torch.cat(self._teacher[0].words(batch))
        apart = functional.mse_loss(self.states.float(), wanted.float())
        return total + IMITATION * apart, {**parts, "apart": apart.item()}

    def words(self, batch: Sequence[Example]) -> list[Tensor]:
        """As any model's; `states` keeps them for the loss."""
        found = super().words(batch)
        self.states = torch.cat(found)
        return found


def main() -> None:
    args = arguments(__doc__, "checkpoint")
    corpus = args.data / "polnear_train.jsonl"
    kept, aside = split(corpus, args.aside)
    reader = Tagger()
    kept = [with_inner(article, reader) for article in kept]
    teacher = Model(Encoder.pretrained(pretrained()))
    teacher.load_state_dict(torch.load(args.checkpoint))
    student = fit(Student(teacher, LAYERS), kept, RECIPE, args.work / "student.pt")
    write_folder(student.encoder, student.heads, pretrained() / "tokenizer.json", args.out)
    refit(student, kept, Graph(args.out))
    aside = [with_inner(article, reader) for article in aside]
    publish(student, aside, args.scorer, args.out, knows(corpus, len(kept), len(aside)))
    print(shown(record(args.data / "polnear_dev.jsonl", args.out, args.scorer, boot=1000)))


if __name__ == "__main__":
    main()
