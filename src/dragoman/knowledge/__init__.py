"""What the reader knows before it reads: who is who on a date.

Ontologies (`knowledge.ontology`) and language packs (`knowledge.language`) are imported from their own modules.
"""

from dragoman.knowledge.entries import Entry, Membership, Sense
from dragoman.knowledge.gazetteer import Gazetteer

__all__ = ["Entry", "Gazetteer", "Membership", "Sense"]
