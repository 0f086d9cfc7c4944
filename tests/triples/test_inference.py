"""What follows from statements is what the engine owlrl finds by OWL 2 RL, one by one and together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

import owlrl
import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from araxes.ontology.loading import load_ontology
from araxes.ontology.namespaces import BASE
from araxes.ontology.turtle_form import is_own
from araxes.triples.derived.claim_graphs import ClaimGraph
from araxes.triples.derived.inference import inferred_triples, ontology_rules, schema

CLAIM = BASE + "claim/test/1"
CHAINED = sorted(ontology_rules().chained)


def iri(name: str) -> URIRef:
    """A made-up thing."""
    return URIRef(BASE + "thing/" + name)


@cache
def roots() -> frozenset[Node]:
    """The classes above all others."""
    graph = load_ontology()
    above = set(graph.objects(None, RDFS.subClassOf))
    return frozenset(each for each in above if (each, RDFS.subClassOf, None) not in graph)


def engine(statements: Iterable[tuple[Node, Node, Node]]) -> set[tuple[Node, Node, Node]]:
    """What the engine finds for statements, about the things that they name and in the ontology's terms."""
    given = set(statements)
    graph = schema(load_ontology())
    for triple in given:
        graph.add(triple)
    owlrl.DeductiveClosure(
        owlrl.OWLRL_Semantics, rdfs_closure=False, axiomatic_triples=False, datatype_axioms=False
    ).expand(graph)
    things = {node for triple in given for node in (triple[0], triple[2]) if isinstance(node, URIRef)}
    return {
        (s, p, o)
        for s, p, o in graph
        if s in things and not is_own(s) and (is_own(p) or (p == RDF.type and is_own(o)))
    } - given


def found(statements: Iterable[tuple[Node, Node, Node]]) -> set[tuple[Node, Node, Node]]:
    """What this project finds."""
    text = Graph()
    for triple in statements:
        text.add(triple)
    quads = [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(CLAIM))
        for quad in ox.parse(input=text.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
    ]
    made = inferred_triples(ClaimGraph(CLAIM, quads=quads), ontology_rules())
    said = ox.serialize(made, format=ox.RdfFormat.N_TRIPLES) or b""
    return set(Graph().parse(data=said, format="nt"))


def test_single_statements_and_types_entail_what_the_engine_finds() -> None:
    """One statement with each property, and one member of each class, all at once: they share no thing."""
    graph = load_ontology()
    samples: set[tuple[Node, Node, Node]] = set()
    for kind, value in ((OWL.ObjectProperty, iri), (OWL.DatatypeProperty, Literal)):
        for each in filter(is_own, graph.subjects(RDF.type, kind)):
            name = str(each).rpartition("/")[2]
            samples.add((iri(f"{name}-subject"), each, value(f"{name}-object")))
    for each in filter(is_own, graph.subjects(RDF.type, OWL.Class)):
        samples.add((iri(f"member-of-{str(each).rpartition('/')[2]}"), RDF.type, each))
    expected = {triple for triple in engine(samples) if triple[2] not in roots()}
    assert len(expected) > 1000
    assert plain(samples) == expected


def plain(samples: Iterable[tuple[Node, Node, Node]]) -> set[tuple[Node, Node, Node]]:
    """What follows from each statement alone, without the chains and definitions that the engine lacks."""
    made: set[tuple[Node, Node, Node]] = set()
    rules = ontology_rules()
    for subject, predicate, value in samples:
        if predicate == RDF.type:
            made |= {(subject, RDF.type, URIRef(each)) for each in rules.classes[str(value)]}
            continue
        ends = {"s": subject, "o": value}
        for one, name, other in rules.properties[str(predicate)]:
            made.add((ends[one], URIRef(name.value), ends.get(other) or URIRef(other)))
    return made - set(samples)


def rows(name: str) -> Iterator[tuple[Node, Node, Node]]:
    """Four things in a row, four in a circle, and three whose row has different properties."""
    first, second = name, CHAINED[(CHAINED.index(name) + 1) % len(CHAINED)]
    for shape, steps in {"row": (0, 1, 2, 3), "circle": (0, 1, 2, 3, 0), "mixed": (0, 1, 2)}.items():
        things = [iri(f"{shape}-{name.rpartition('/')[2]}-{step}") for step in steps]
        for place, pair in enumerate(pairwise(things)):
            used = second if (shape, place) == ("mixed", 1) else first
            yield pair[0], URIRef(used), pair[1]


def test_statements_in_a_row_entail_what_the_engine_finds() -> None:
    """With each transitive property and its sub-properties, all at once: the rows share no thing."""
    assert len(CHAINED) >= 5
    statements = [triple for name in CHAINED for triple in rows(name)]
    expected = engine(statements)
    assert len(expected) > 20 * len(CHAINED)
    assert found(statements) == expected
