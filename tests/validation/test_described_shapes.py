"""Every shape of what a source says of the things it describes fires, alone, when its part is missing."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from araxes.ontology.namespaces import AX, BASE
from araxes.ontology.namespaces import RDF as RDF_NS
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.derived.inference import SUFFIX
from araxes.validation.gate.shacl import described_graph, described_shapes, validate_graph
from tests.validation.shape_fixtures import SHAPES

CLAIM = ox.NamedNode(BASE + "claim/test/001")
MADE = ox.NamedNode(BASE + "thing/made")
Step = tuple[bool, str]
"""Whether a property leads to the thing, instead of from it; and its IRI."""


def steps(shape: Node) -> list[Step]:
    """The properties any of which a shape counts."""
    graph = described_shapes()
    path = graph.value(shape, SH.path)
    alternatives = graph.value(path, SH.alternativePath)
    each = list(graph.items(alternatives)) if alternatives else [path]
    inverse = [graph.value(part, SH.inversePath) for part in each]
    return [(back is not None, str(back or part)) for part, back in zip(each, inverse, strict=True)]


def least(shape: Node) -> int:
    """How many values a shape demands."""
    return int(str(described_shapes().value(shape, SH.minCount)))


@cache
def named() -> dict[str, URIRef]:
    """The shapes by name."""
    found = (shape for shape in described_shapes().subjects(RDF.type, SH.PropertyShape))
    return {str(shape).removeprefix(SHAPES): URIRef(str(shape)) for shape in found}


def kind_of(shape: Node) -> str:
    """The class that a shape is about."""
    return str(described_shapes().value(shape, SH.targetClass)).removeprefix(AX)


def complete(kind: str, less: Node | None = None) -> list[ox.Quad]:
    """A thing of a class with all that the shapes of the class demand, less the part of one of them."""
    quads = [ox.Quad(MADE, ox.NamedNode(RDF_NS + "type"), ox.NamedNode(AX + kind), CLAIM)]
    left_out = steps(less) if less else []
    for shape in named().values():
        if kind_of(shape) in vocabulary().classes[kind]:
            back, predicate = next((step for step in steps(shape) if step not in left_out), (False, ""))
            for index in range(least(shape) if predicate else 0):
                other = ox.NamedNode(f"{BASE}thing/other-{index}")
                ends = (other, MADE) if back else (MADE, other)
                quads.append(ox.Quad(ends[0], ox.NamedNode(predicate), ends[1], CLAIM))
    return quads


def fired(quads: list[ox.Quad]) -> set[str]:
    """Names of the shapes that find something."""
    found = validate_graph(described_graph(quads), described_shapes())
    return {finding.shape.removeprefix(SHAPES) for finding in found}


@pytest.mark.parametrize("name", sorted(named()))
def test_a_complete_thing_passes_and_one_less_its_part_fires(name: str) -> None:
    shape = named()[name]
    kind = kind_of(shape)
    assert fired(complete(kind)) == set()
    # what one demand asks for may be all that another is content with
    part = set(steps(shape))
    same = {other for other, each in named().items() if set(steps(each)) <= part} & {
        other for other, each in named().items() if kind_of(each) in vocabulary().classes[kind]
    }
    assert fired(complete(kind, less=shape)) == same


def test_what_has_only_a_record_is_not_expected_to_be_complete() -> None:
    record = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in complete("Visit")[:1]]
    assert fired(record) == set()
    assert fired(complete("Visit")[:1]) >= {"Visit-visitor", "Visit-place"}


def test_inferred_types_make_nothing_described() -> None:
    inferred = ox.NamedNode(CLAIM.value + SUFFIX)
    types = [ox.Quad(q.subject, q.predicate, q.object, inferred) for q in complete("Visit")[:1]]
    assert fired(types) == set()


def test_the_demands_are_many() -> None:
    assert isinstance(described_shapes(), Graph)
    assert len(named()) > 60
