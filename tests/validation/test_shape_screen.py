"""The screen before pySHACL loses nothing that pySHACL would say, and names few shapes without need."""

from __future__ import annotations

import contextlib

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from araxes.validation.gate.shacl import (
    data_graph,
    described_graph,
    described_shapes,
    found_by,
    shapes_graph,
    validate_graph,
)
from araxes.validation.gate.shape_screen import Screen
from tests.validation.shape_cases import SHAPE_CASES
from tests.validation.shape_fixtures import SHAPES, declarations, sound

BATCHES = 4
"""The damages of all cases are done in so many datasets."""


def damaged(batch: int) -> list[ox.Quad]:
    """The tiny dataset with the damage of some of the cases."""
    store = ox.Store()
    store.bulk_extend(sound())
    for change in list(SHAPE_CASES.values())[batch::BATCHES]:
        with contextlib.suppress(AssertionError):  # what it would damage is damaged already
            change(store)
    return list(declarations(store))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_what_all_shapes_find_the_suspects_find(batch: int) -> None:
    quads = damaged(batch)
    for graph, shapes in (
        (data_graph(quads), shapes_graph()),
        (described_graph(quads), described_shapes()),
    ):
        assert validate_graph(graph, shapes) == found_by(None, graph, shapes)
    names = {each.shape.removeprefix(SHAPES) for each in validate_graph(data_graph(quads))}
    assert len(names) > 15


def test_of_sound_data_few_shapes_are_suspected() -> None:
    quads = list(declarations(sound()))
    assert len(Screen(shapes_graph()).suspects(data_graph(quads))) < 10
    assert Screen(described_shapes()).suspects(described_graph(quads)) == []


EX = "http://example.org/"


@pytest.mark.parametrize(
    "constraint",
    [(SH.equals, URIRef(EX + "q")), (SH.hasValue, URIRef(EX + "a")), (SH.deactivated, Literal(True))],
)
def test_a_shape_with_a_constraint_that_it_does_not_know_is_suspected(
    constraint: tuple[URIRef, URIRef | Literal],
) -> None:
    shapes, graph = Graph(), Graph()
    shape = URIRef(EX + "shape")
    shapes.add((shape, RDF.type, SH.NodeShape))
    shapes.add((shape, SH.targetSubjectsOf, URIRef(EX + "p")))
    graph.add((URIRef(EX + "a"), URIRef(EX + "p"), BNode()))
    assert Screen(shapes).suspects(graph) == []
    shapes.add((shape, *constraint))
    assert Screen(shapes).suspects(graph) == [shape]
    assert Screen(shapes).suspects(Graph()) == [], "it has nothing to be asked about"
