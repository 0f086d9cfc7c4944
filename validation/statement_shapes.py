"""Shapes for the statements of claims, made from the domains and ranges of the ontology.

The ontology is the one place that says which kinds of thing a property joins; read with a closed
world, that is what a statement must follow.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from araxes.ontology.namespaces import AX, XSD
from araxes.ontology.vocabulary import Property, Vocabulary

SHAPES = "https://w3id.org/araxes/shapes/"
"""Namespace of the shapes."""


def statement_shapes(words: Vocabulary) -> Graph:
    """One node shape for the subjects and one for the objects of each property."""
    graph = Graph()
    for declared in words.properties.values():
        path = URIRef(declared.iri)
        if declared.domain:
            shape = URIRef(f"{SHAPES}{declared.name}-subject")
            _kinds(graph, shape, declared.domain)
            graph.add((shape, SH.targetSubjectsOf, path))
            graph.add((shape, SH.message, Literal(_message("subject", declared, declared.domain), lang="en")))
        if declared.kind == "object":
            _object_shape(graph, declared, path)
        elif declared.kind == "data":
            _value_shape(graph, declared, path)
    return graph


def _object_shape(graph: Graph, declared: Property, path: URIRef) -> None:
    shape = URIRef(f"{SHAPES}{declared.name}-object")
    graph.add((shape, RDF.type, SH.NodeShape))
    graph.add((shape, SH.targetObjectsOf, path))
    graph.add((shape, SH.nodeKind, SH.IRI))
    message = f"the object of {declared.name} is a thing, named by its id"
    if declared.range:
        _kinds(graph, shape, declared.range)
        message = _message("object", declared, declared.range)
    graph.add((shape, SH.message, Literal(message, lang="en")))


def _value_shape(graph: Graph, declared: Property, path: URIRef) -> None:
    datatype = next(iter(declared.range), XSD + "string")
    shape = URIRef(f"{SHAPES}{declared.name}-value")
    graph.add((shape, RDF.type, SH.NodeShape))
    graph.add((shape, SH.targetObjectsOf, path))
    graph.add((shape, SH.datatype, URIRef(datatype)))
    short = datatype.replace(XSD, "xsd:")
    graph.add((shape, SH.message, Literal(f"the value of {declared.name} is a valid {short}", lang="en")))


def _kinds(graph: Graph, shape: URIRef, names: Iterable[str]) -> None:
    """Require one of the classes."""
    graph.add((shape, RDF.type, SH.NodeShape))
    classes = [URIRef(AX + name) for name in sorted(names)]
    if len(classes) == 1:
        graph.add((shape, SH["class"], classes[0]))
        return
    alternatives: list[Node] = []
    for each in classes:
        alternative = BNode()
        graph.add((alternative, SH["class"], each))
        alternatives.append(alternative)
    head = BNode()
    Collection(graph, head, alternatives)
    graph.add((shape, SH["or"], head))


def _message(part: str, declared: Property, names: Iterable[str]) -> str:
    kinds = " or ".join(sorted(names))
    return f"the {part} of {declared.name} is {kinds}: correct the {part} or choose another property"
