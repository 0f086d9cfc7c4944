"""Which properties, and which qualities of a relationship, pull against each other.

Two properties do if the ontology declares them, or properties above them, in tension, or if one
says that something is furthered and the other that it is hindered (``ax:causalSign``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from rdflib import Graph, URIRef

from araxes.ontology.loading import load_ontology
from araxes.ontology.namespaces import AX, local_name
from araxes.ontology.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True)
class Contrasts:
    """What stands against what, by local name.

    Attributes:
        causal: pairs of causal properties of opposite sign.
        tense: pairs of other properties in tension.
        qualities: pairs of controlled individuals in tension.
    """

    causal: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    tense: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    qualities: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def opposed(self, first: str, second: str) -> bool:
        """Whether two properties pull against each other when they hold of one pair at one time."""
        return (first, second) in self.tense or (first, second) in self.causal


@cache
def contrasts() -> Contrasts:
    """The contrasts of the ontology on disk."""
    return read_contrasts(load_ontology(), vocabulary())


def read_contrasts(graph: Graph, words: Vocabulary) -> Contrasts:
    """Read the contrasts of an ontology; every pair stands in both orders."""
    sign = {
        local_name(str(term)): str(value) for term, value in graph.subject_objects(URIRef(AX + "causalSign"))
    }
    causal = {(one, two) for one in sign for two in sign if sign[one] != sign[two]}
    names = [name for name, declared in words.properties.items() if declared.kind == "object"]
    pulled = {
        name for name in names if any(words.properties[up].tensions for up in words.superproperties(name))
    }
    tense = {(one, two) for one in pulled for two in pulled if words.in_tension(one, two)}
    declared = {
        (local_name(str(one)), local_name(str(two)))
        for one, two in graph.subject_objects(URIRef(AX + "inTensionWith"))
        if local_name(str(one)) in words.individuals
    }
    both_ways = {pair for one, two in declared for pair in ((one, two), (two, one))}
    return Contrasts(frozenset(causal), frozenset(tense - causal), frozenset(both_ways))
