"""Who said what: attributions (source, cue, content) found by a small trained encoder."""

from dragoman.reading.attribution.spans import Attribution
from dragoman.reading.attribution.tagger import Tagger

__all__ = ["Attribution", "Tagger"]
