"""What shapes look at: the triples of a dataset that they ask for, as dictionaries and graphs of rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from araxes.ontology.loading import load_ontology
from araxes.ontology.modules_at_work import per_ontology
from araxes.ontology.namespaces import AX
from araxes.ontology.oxigraph_terms import RDF_TYPE
from araxes.ontology.rdflib_terms import RdflibTerms
from araxes.triples.dataset import ontology_quads
from araxes.triples.derived.inference import SUFFIX

_RDF_TYPE = RDF.type  # looked up once: rdflib makes an attribute of a namespace anew each time


@dataclass(frozen=True)
class Parts:
    """What shapes look at of a dataset: the triples of claim graphs, and those of the default graph."""

    stated: frozenset[ox.Triple] = frozenset()
    default: frozenset[ox.Triple] = frozenset()

    def beside(self, other: Parts) -> Parts:
        """Both together."""
        return Parts(self.stated | other.stated, self.default | other.default)


NOTHING = Parts()
"""Of no dataset."""


@per_ontology
def ontology_parts() -> Parts:
    """Of the ontology on disk."""
    return divided(ontology_quads())


def divided(quads: Iterable[ox.Quad]) -> Parts:
    """The parts of a dataset.

    What is inferred is in neither; the texts and axioms of the ontology no shape asks for.
    """
    stated, default = set(), set()
    for quad in quads:
        if isinstance(quad.graph_name, ox.DefaultGraph):
            asked = quad.predicate == RDF_TYPE or quad.predicate.value.startswith(AX)
            if asked or not _is_term(quad.subject):
                default.add(quad.triple)
        elif not str(quad.graph_name).endswith(f"{SUFFIX}>"):
            stated.add(quad.triple)
    return Parts(frozenset(stated), frozenset(default))


def _is_term(node: object) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith(AX) and "#" not in node.value


def types_spelled_out(triples: Iterable[ox.Triple]) -> Iterator[tuple[Node, Node, Node]]:
    """Triples for rdflib, and the types that the types among them imply."""
    for triple in RdflibTerms().triples(triples):
        yield triple
        if triple[1] == _RDF_TYPE:
            yield from ((triple[0], _RDF_TYPE, above) for above in superclasses(triple[2]))


def with_superclasses(graph: Graph) -> Graph:
    """Add to each typed node the types that its types imply; the ontology need not be in the graph."""
    typed = list(graph.subject_objects(_RDF_TYPE))
    for node, kind in typed:
        for above in superclasses(kind):
            graph.add((node, _RDF_TYPE, above))
    return graph


@per_ontology
def superclasses(kind: Node) -> tuple[URIRef, ...]:
    """A class and the named ones above it."""
    above = load_ontology().transitive_objects(kind, RDFS.subClassOf)
    return tuple(each for each in above if isinstance(each, URIRef))
