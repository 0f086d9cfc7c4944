"""Every hand-written shape and rule passes on sound data and fires, alone, on data that breaks its demand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import SH, Graph, URIRef

from araxes.ontology.vocabulary import vocabulary
from araxes.validation.gate.hygiene_rules import HYGIENE
from araxes.validation.gate.shacl import SHAPES_FOLDER, described_shapes, shapes_graph
from tests.validation.rule_cases import FURTHER_CASES, RULE_CASES, SOUND_CASES
from tests.validation.shape_cases import COMPANIONS, PASSING, SHAPE_CASES
from tests.validation.shape_fixtures import SHAPES, fired


def test_the_tiny_corpus_is_valid() -> None:
    assert fired(None) == set()


@pytest.mark.parametrize("name", PASSING)
def test_complete_examples_pass(name: str) -> None:
    assert fired(PASSING[name]) == set()


@pytest.mark.parametrize("name", SHAPE_CASES)
def test_a_shape_fires_alone(name: str) -> None:
    assert fired(SHAPE_CASES[name]) == {name} | COMPANIONS.get(name, set())


@pytest.mark.parametrize("name", RULE_CASES)
def test_a_rule_fires_alone(name: str) -> None:
    assert fired(RULE_CASES[name]) == {name}


@pytest.mark.parametrize("number", range(len(FURTHER_CASES)))
def test_a_rule_with_several_ways_to_be_broken_sees_each(number: int) -> None:
    name, change = FURTHER_CASES[number]
    assert fired(change) == {name}


@pytest.mark.parametrize("number", range(len(SOUND_CASES)))
def test_sound_dates_pass(number: int) -> None:
    assert fired(SOUND_CASES[number]) == set()


def written_shapes() -> Iterator[str]:
    """Names of all hand-written shapes of what is said."""
    for path in sorted(SHAPES_FOLDER.glob("*.ttl")):
        graph = Graph().parse(path, format="turtle")
        for shape in graph.subjects(SH.path, None):
            if isinstance(shape, URIRef):
                yield str(shape).removeprefix(SHAPES)


def test_no_shape_is_without_a_failing_example() -> None:
    written = list(written_shapes())
    assert len(written) > 80
    assert set(written) == SHAPE_CASES.keys()
    assert len(set(written)) == len(written)


def test_no_rule_is_without_a_failing_example() -> None:
    assert {path.stem for path in Path(HYGIENE).glob("*.rq")} == RULE_CASES.keys()


@pytest.mark.parametrize("graph", [shapes_graph(), described_shapes()], ids=["said", "described"])
def test_a_shape_has_its_own_target_and_says_what_to_do(graph: Graph) -> None:
    """A property shape that hangs under a node shape makes pySHACL slow; a message has a remedy."""
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    named = {shape for shape in graph.subjects(SH.message, None) if isinstance(shape, URIRef)}
    assert named
    for shape in named:
        assert any(graph.value(shape, target) for target in targets), shape
        for message in graph.objects(shape, SH.message):
            what, _, remedy = str(message).partition(": ")
            assert what, shape
            assert remedy, f"{shape}: the message says what is wrong and not what to do"
    assert not list(graph.subject_objects(SH.property))


def test_every_class_has_a_shape() -> None:
    """Each class is the target of a shape, itself or a class above it, or gathers others that are."""
    targeted = {
        str(kind).rpartition("/")[2]
        for graph in (shapes_graph(), described_shapes())
        for kind in graph.objects(None, SH.targetClass)
    }
    words = vocabulary()
    without = {name for name, above in words.classes.items() if not above & targeted}
    gathering = {up for name, above in words.classes.items() for up in above - {name}}
    listed = {name for name, above in words.classes.items() if "Value" in above}
    assert without - gathering - words.follows_only - listed == set()
