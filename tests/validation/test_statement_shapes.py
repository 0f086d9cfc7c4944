"""Every shape made from the ontology passes on a statement that follows it and fails on one that does not."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from araxes.ontology.namespaces import AX, BASE, XSD
from araxes.ontology.vocabulary import Property, vocabulary
from araxes.validation.gate.shacl import validate_graph
from araxes.validation.gate.shape_data import with_superclasses
from araxes.validation.gate.shapes_and_rules import check_quads
from araxes.validation.gate.shapes_from_ontology import SHAPES, closed_lists, statement_shapes
from tests.dataset_helper import dataset_of
from tests.triples.corpus_fixtures import TinyCorpus

MADE = Namespace(BASE + "thing/")
VALID = {
    XSD + "string": Literal("text"),
    XSD + "language": Literal("fa", datatype=URIRef(XSD + "language")),
    str(RDF.PlainLiteral): Literal("Title", lang="en"),
    XSD + "integer": Literal("3", datatype=URIRef(XSD + "integer")),
    XSD + "decimal": Literal("2.5", datatype=URIRef(XSD + "decimal")),
    XSD + "boolean": Literal("true", datatype=URIRef(XSD + "boolean")),
    XSD + "dateTime": Literal("1992-05-16T00:00:00Z", datatype=URIRef(XSD + "dateTime")),
}
"""A value of each datatype."""

PROPERTIES = {name: each for name, each in vocabulary().properties.items() if each.kind != "annotation"}


@cache
def shapes() -> Graph:
    """All shapes made from the ontology."""
    return statement_shapes(vocabulary())


def only(name: str) -> Graph:
    """One of the shapes by itself."""
    graph, agenda = Graph(), [URIRef(SHAPES + name)]
    while agenda:
        node: Node = agenda.pop()
        for triple in shapes().triples((node, None, None)):
            graph.add(triple)
            if not isinstance(triple[2], URIRef | Literal):
                agenda.append(triple[2])  # type: ignore[arg-type]
    assert len(graph), f"no shape {name}"
    return graph


def names() -> dict[str, tuple[str, str]]:
    """Each shape with what it is made of: a property and a part of its statements, or a class."""
    found = {f"{name}-members": (name, "members") for name in closed_lists(vocabulary())}
    for each in PROPERTIES.values():
        if each.domain:
            found[f"{each.name}-subject"] = (each.name, "subject")
        part = "object" if each.kind == "object" else "value"
        found[f"{each.name}-{part}"] = (each.name, part)
    return found


def stranger(allowed: frozenset[str]) -> str:
    """A class no member of which need belong to some classes."""
    classes = vocabulary().classes
    return next(name for name, above in sorted(classes.items()) if not above & allowed)


def statement(declared: Property, part: str, sound: bool) -> Graph:
    """One statement, sound or wrong in one part."""
    graph = Graph()
    subject, value = MADE.subject, MADE.object
    domain, span = declared.domain, declared.range
    kind = next(iter(sorted(domain)), "State")
    wrong = stranger(domain) if part == "subject" and not sound else kind
    graph.add((subject, RDF.type, URIRef(AX + wrong)))
    if declared.kind == "data":
        datatype = next(iter(span), XSD + "string")
        good = sorted(declared.values) or [t for t in ("1991", "P1Y") if re.fullmatch(declared.pattern, t)]
        valid = Literal(good[0]) if declared.values or declared.pattern else VALID[datatype]
        literal = valid if sound or part != "value" else Literal("no such", datatype=URIRef(AX + "none"))
        graph.add((subject, URIRef(declared.iri), literal))
        return graph
    if part == "object" and not sound and not span:
        graph.add((subject, URIRef(declared.iri), Literal("a text")))
        return graph
    kind = next(iter(sorted(span)), "State")
    graph.add((value, RDF.type, URIRef(AX + (stranger(span) if part == "object" and not sound else kind))))
    graph.add((subject, URIRef(declared.iri), value))
    return graph


def example(made_of: str, part: str, sound: bool) -> Graph:
    """What a shape is shown."""
    if part != "members":
        return with_superclasses(statement(PROPERTIES[made_of], part, sound))
    member = URIRef(AX + closed_lists(vocabulary())[made_of][0]) if sound else MADE.member
    graph = Graph()
    graph.add((member, RDF.type, URIRef(AX + made_of)))
    return graph


@pytest.mark.parametrize("kind", ["subject", "object", "value", "members"])
def test_each_shape_passes_and_fails(kind: str) -> None:
    chosen = {name: made_of for name, (made_of, part) in names().items() if part == kind}
    assert len(chosen) >= 10
    for name, made_of in chosen.items():
        shape = only(name)
        assert validate_graph(example(made_of, kind, sound=True), shape) == [], name
        findings = validate_graph(example(made_of, kind, sound=False), shape)
        assert {finding.shape for finding in findings} == {SHAPES + name}, name


def test_no_made_shape_is_forgotten() -> None:
    made = {str(shape).removeprefix(SHAPES) for shape in shapes().subjects(SH.message, None)}
    assert made == names().keys()
    assert len(made) > 300


def test_what_follows_from_a_domain_does_not_hide_a_wrong_subject(tiny: TinyCorpus) -> None:
    """The inferred graph says that whatever recognizes is an actor; the event that does is none."""
    statements = tiny.claims[0]["asserts"]
    assert isinstance(statements, list)
    statements.append({"id": "event/recognition", "recognizes": "state/beta"})
    tiny.write()
    dataset = dataset_of(tiny.entity_folder, tiny.source_folder)
    inferred = ox.NamedNode(BASE + "claim/test/001#inferred")
    event, actor = ox.NamedNode(BASE + "event/recognition"), ox.NamedNode(AX + "Actor")
    assert ox.Quad(event, ox.NamedNode(str(RDF.type)), actor, inferred) in dataset
    found = {(finding.shape, finding.focus) for finding in check_quads(dataset)}
    assert (SHAPES + "recognizes-subject", event.value) in found
