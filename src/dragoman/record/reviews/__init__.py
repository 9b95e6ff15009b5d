"""Reviews: what people decided about rows of a record, kept apart from the readings and laid over them.

    review.py    one decision: the line of the log
    log.py       the lines at rest under RECORD/reviews
    anchors.py   how a row is found again in a text that has moved
    rows.py      what a row says, and which row of another reading is about the same
    overlay.py   a reading with the verdicts applied
    judging.py   how verdicts are made of what a person saw
    tables.py    the same for SQL

docs/reviews.md says how they are used.
"""

from __future__ import annotations

from dragoman.record.reviews.judging import add_row, judge, merge, split, undo
from dragoman.record.reviews.log import Log
from dragoman.record.reviews.overlay import Lost, Reviewed, Target, lay_over
from dragoman.record.reviews.review import KINDS, Kind, Review, Verdict

__all__ = [
    "KINDS",
    "Kind",
    "Log",
    "Lost",
    "Review",
    "Reviewed",
    "Target",
    "Verdict",
    "add_row",
    "judge",
    "lay_over",
    "merge",
    "split",
    "undo",
]
