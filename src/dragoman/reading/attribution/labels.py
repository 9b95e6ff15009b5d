"""Label scores per word -> runs of words by role, by the best path through the labels (Viterbi)."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

ROLES: Final = ("source", "cue", "content")
LABELS: Final = ("O", *(f"{place}-{role}" for role in ROLES for place in "BI"))
OUTSIDE: Final = 0

Floats = npt.NDArray[np.float32]
Run = tuple[int, int]
"""Words `[first, last + 1)` of a window."""


def begin(role: str) -> int:
    """The label of the first word of a run."""
    return 1 + 2 * ROLES.index(role)


def inside(role: str) -> int:
    """The label of every other word of a run."""
    return begin(role) + 1


def _lawful() -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which labels may come first, and which may follow which: a run goes on only after its own beginning or middle."""
    first = np.array([not label.startswith("I") for label in LABELS])
    follows = np.tile(first, (len(LABELS), 1))
    for role in ROLES:
        follows[[begin(role), inside(role)], inside(role)] = True
    return first, follows


_FIRST, _AFTER = _lawful()
STARTS: Final[Floats] = np.where(_FIRST, 0, -1e4).astype(np.float32)
FOLLOWS: Final[Floats] = np.where(_AFTER, 0, -1e4).astype(np.float32)
"""To be added to scores: nothing where a label may come first, or after another (`[previous, next]`), else a great loss."""


def best_path(scores: Floats, start: Floats = STARTS, follow: Floats = FOLLOWS) -> npt.NDArray[np.int64]:
    """The labels with the greatest sum of `scores` (words x labels), `start` of the first and `follow` of each pair."""
    if not len(scores):
        return np.empty(0, dtype=np.int64)
    total = scores[0] + start
    back = np.empty(scores.shape, dtype=np.int64)
    for i in range(1, len(scores)):
        reach = total[:, None] + follow
        back[i] = reach.argmax(0)
        total = reach.max(0) + scores[i]
    path = np.empty(len(scores), dtype=np.int64)
    path[-1] = total.argmax()
    for i in range(len(scores) - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def runs(path: npt.NDArray[np.int64]) -> dict[str, list[Run]]:
    """The runs of each role in a label path, in order."""
    found: dict[str, list[Run]] = {role: [] for role in ROLES}
    for i, label in enumerate(path):
        if label == OUTSIDE:
            continue
        role = ROLES[(int(label) - 1) // 2]
        if label == begin(role):
            found[role].append((i, i + 1))
        else:
            found[role][-1] = (found[role][-1][0], i + 1)
    return found
