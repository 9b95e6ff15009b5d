"""Networks of who agrees with whom on what, as discourse network analysis (DNA) defines them.

A statement is an actor who agrees (supports) or disagrees (opposes) with a concept: a measure, or a measure toward somebody. Two
actors are congruent where they say the same of the same concept, in conflict where they say the opposite. Source: Leifeld, P.
(2017), Discourse network analysis: policy debates as dynamic networks, in: The Oxford Handbook of Political Networks.
"""

from dragoman.record.networks.debate import networks
from dragoman.record.networks.network import Network, Node, Tie
from dragoman.record.networks.settings import ONE_MODE, TWO_MODE, NetworkSettings
from dragoman.record.networks.windows import UNITS

__all__ = ["ONE_MODE", "TWO_MODE", "UNITS", "Network", "NetworkSettings", "Node", "Tie", "networks"]
