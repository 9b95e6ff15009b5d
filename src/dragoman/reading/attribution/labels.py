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
    reach = np.empty((len(scores) - 1, *follow.shape), dtype=total.dtype)
    for before, score in zip(reach, scores[1:], strict=True):
        np.add(total[:, None], follow, out=before)
        total = np.maximum.reduce(before) + score
    path = [int(total.argmax())]
    for back in reversed(reach.argmax(1).tolist()):
        path.append(back[path[-1]])
    return np.array(path[::-1], dtype=np.int64)


def runs(path: npt.NDArray[np.int64]) -> dict[str, list[Run]]:
    """The runs of each role in a label path, in order."""
    found: dict[str, list[Run]] = {role: [] for role in ROLES}
    for i in np.flatnonzero(path != OUTSIDE).tolist():
        label = int(path[i])
        role = ROLES[(label - 1) // 2]
        if label == begin(role):
            found[role].append((i, i + 1))
        else:
            found[role][-1] = (found[role][-1][0], i + 1)
    return found
