"""What stances add up to: positions, what changed, and what became of red lines.

A stance is what one passage takes; a position is what an actor's stances add up to in a period. Nothing here is stored: every
position is computed from the stances of the newest reading, put right by reviews, and names each passage it rests on.
"""

from dragoman.record.positions.changes import Change, Moved, changes
from dragoman.record.positions.evidence import FORCES, Evidence, Found, find, gather, meant, narrowed
from dragoman.record.positions.holders import Who
from dragoman.record.positions.moments import Spell, Standing
from dragoman.record.positions.position import Position, Turn, by_name, positions
from dragoman.record.positions.red_lines import Echo, Fate, Later, RedLine, red_lines
from dragoman.record.positions.repetitions import first_of_each, once, place
from dragoman.record.positions.selection import By, Selection
from dragoman.record.positions.sources import independent

__all__ = [
    "FORCES",
    "By",
    "Change",
    "Echo",
    "Evidence",
    "Fate",
    "Found",
    "Later",
    "Moved",
    "Position",
    "RedLine",
    "Selection",
    "Spell",
    "Standing",
    "Turn",
    "Who",
    "by_name",
    "changes",
    "find",
    "first_of_each",
    "gather",
    "independent",
    "meant",
    "narrowed",
    "once",
    "place",
    "positions",
    "red_lines",
]
