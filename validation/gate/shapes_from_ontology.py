"""Shapes for the statements of claims, made from the ontology: domains, ranges, closed lists of values.

The ontology is the one place that says which kinds of thing a property joins and which individuals a
class such as ``Modality`` has; read with a closed world, that is what a statement must follow.
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
    for name, members in closed_lists(words).items():
        _list_shape(graph, name, members)
    return graph


def closed_lists(words: Vocabulary) -> dict[str, list[str]]:
    """The classes whose members are listed in the ontology, with these members, by local name."""
    found: dict[str, list[str]] = {}
    for individual, kinds in sorted(words.individuals.items()):
        for kind in kinds:
            is_list = "Value" in words.classes[kind] - {kind}
            is_own_kind = not any(kind in words.classes[other] - {other} for other in kinds)
            if is_list or is_own_kind:
                found.setdefault(kind, []).append(individual)
    return found


def _object_shape(graph: Graph, declared: Property, path: URIRef) -> None:
    shape = URIRef(f"{SHAPES}{declared.name}-object")
    graph.add((shape, RDF.type, SH.NodeShape))
    graph.add((shape, SH.targetObjectsOf, path))
    graph.add((shape, SH.nodeKind, SH.IRI))
    message = f"the object of {declared.name} is a thing: name it by its id"
    if declared.range:
        _kinds(graph, shape, declared.range)
        message = _message("object", declared, declared.range)
    graph.add((shape, SH.message, Literal(message, lang="en")))


def _list_shape(graph: Graph, name: str, members: list[str]) -> None:
    shape = URIRef(f"{SHAPES}{name}-members")
    head = BNode()
    Collection(graph, head, [URIRef(AX + each) for each in members])
    graph.add((shape, RDF.type, SH.NodeShape))
    graph.add((shape, SH.targetClass, URIRef(AX + name)))
    graph.add((shape, SH["in"], head))
    shown = ", ".join(members)
    message = f"a {name} is one of a closed list: use {shown}, or add the term to the ontology"
    graph.add((shape, SH.message, Literal(message, lang="en")))


def _value_shape(graph: Graph, declared: Property, path: URIRef) -> None:
    datatype = next(iter(declared.range), XSD + "string")
    shape = URIRef(f"{SHAPES}{declared.name}-value")
    graph.add((shape, RDF.type, SH.NodeShape))
    graph.add((shape, SH.targetObjectsOf, path))
    if datatype == str(RDF.PlainLiteral):
        _either_text(graph, shape)
    else:
        graph.add((shape, SH.datatype, URIRef(datatype)))
    short = datatype.replace(XSD, "xsd:")
    graph.add(
        (
            shape,
            SH.message,
            Literal(f"the value of {declared.name} is a valid {short}: correct it", lang="en"),
        )
    )


def _either_text(graph: Graph, shape: URIRef) -> None:
    """Text with a language or without: two datatypes to SHACL."""
    kinds: list[Node] = []
    for datatype in (XSD + "string", str(RDF.langString)):
        kinds.append(BNode())
        graph.add((kinds[-1], SH.datatype, URIRef(datatype)))
    head = BNode()
    Collection(graph, head, kinds)
    graph.add((shape, SH["or"], head))


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
