"""Who said what: attributions (source, cue, content) found by a small trained encoder."""

from dragoman.reading.attribution.spans import Attribution
from dragoman.reading.attribution.tagger import FAST, WEIGHTS, Tagger

__all__ = ["FAST", "WEIGHTS", "Attribution", "Tagger"]
