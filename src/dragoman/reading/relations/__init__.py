"""What a text reports from one marked actor to another: a PLOVER type or none, by a small trained encoder."""

from dragoman.reading.relations.relator import Relation, Relator

__all__ = ["Relation", "Relator"]
