"""The service description with VoID statistics.

https://www.w3.org/TR/sparql11-service-description/ and https://www.w3.org/TR/void/; built from
the counts taken when the store was published, so it costs no query.
"""

from __future__ import annotations

import secrets
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.query_examples import SCHEMA, example_triples
from araxes.endpoint.pages.questions import questions
from araxes.endpoint.service.service import Service
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, GRAPHS, SOLUTION_FORMATS
from araxes.ontology.namespaces import AX, SH
from araxes.triples.stores.versioned_store import StoreVersion

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_VOID_EXT = "http://ldf.fi/void-ext#"
_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
_PREFIXES = {
    "sd": _SD,
    "void": _VOID,
    "void-ext": _VOID_EXT,
    "sh": SH,
    "schema": SCHEMA,
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "formats": "http://www.w3.org/ns/formats/",
}
_LANGUAGES = ("SPARQL10Query", "SPARQL11Query")
_MOST_PARTITIONS = 200
_BASE = f"http://{secrets.token_hex(16)}.invalid/"
"""Stands for the public address; no dataset can hold it."""


class _DescriptionGraph:
    """Triples under construction."""

    def __init__(self) -> None:
        self.triples: list[ox.Triple] = []
        self._blank = 0

    def add(self, subject: Any, predicate: str, value: Any) -> None:
        self.triples.append(ox.Triple(subject, ox.NamedNode(predicate), value))

    def number(self, subject: Any, name: str, value: int) -> None:
        self.add(subject, _VOID + name, ox.Literal(str(value), datatype=_INTEGER))

    def node(self, kind: str) -> ox.BlankNode:
        """A typed blank node with a label that is the same every time."""
        self._blank += 1
        made = ox.BlankNode(f"b{self._blank}")
        self.triples.append(ox.Triple(made, _RDF_TYPE, ox.NamedNode(kind)))
        return made


def describe(service: Service, base: str, name: str) -> bytes:
    """The description in a format of :data:`~araxes.endpoint.sparql.formats.GRAPHS`.

    Args:
        service: whose store is described.
        base: public address, ending in a slash.
        name: of the format.

    Raises:
        HttpProblem: 400, the address is no IRI's, because of the Host that the client sent.
    """
    try:
        ox.NamedNode(base)
    except ValueError:
        raise HttpProblem(
            400, "host", "the Host header is malformed", "send the name of the server"
        ) from None
    text = _described(service.dataset, name, service.engine.federates)
    written = escape(base) if name == "rdfxml" else base
    return text.replace(_BASE.encode(), written.encode())


# One for each format: strangers choose the base, by the Host of a request, and no work is done for each.
@lru_cache(maxsize=2 * len(GRAPHS))
def _described(version: StoreVersion, name: str, federated: bool) -> bytes:
    """The description with :data:`_BASE` where the public address belongs."""
    graph, base = _DescriptionGraph(), _BASE
    node = ox.NamedNode(base + "sparql")
    graph.triples.append(ox.Triple(node, _RDF_TYPE, ox.NamedNode(_SD + "Service")))
    graph.add(node, _SD + "endpoint", node)
    for language in _LANGUAGES:
        graph.add(node, _SD + "supportedLanguage", ox.NamedNode(_SD + language))
    for entry in (*SOLUTION_FORMATS, *GRAPH_FORMATS):
        if entry.iri:
            graph.add(node, _SD + "resultFormat", ox.NamedNode(entry.iri))
    # Graphs that are not there are empty; the default graph is no union and nothing is fetched.
    graph.add(node, _SD + "feature", ox.NamedNode(_SD + "EmptyGraphs"))
    if federated:
        graph.add(node, _SD + "feature", ox.NamedNode(_SD + "BasicFederatedQuery"))
    _dataset(graph, node, version, base)
    if any(name.startswith(AX) and name.endswith("Claim") for name in version.statistics()["classes"]):
        # The questions are asked of claims.
        graph.triples.extend(example_triples(questions(version).values(), base))
    return ox.serialize(graph.triples, format=GRAPHS[name], prefixes=_PREFIXES) or b""


def _dataset(graph: _DescriptionGraph, service: ox.NamedNode, version: StoreVersion, base: str) -> None:
    counts = version.statistics()
    dataset = graph.node(_SD + "Dataset")
    graph.triples.append(ox.Triple(dataset, _RDF_TYPE, ox.NamedNode(_VOID + "Dataset")))
    graph.add(service, _SD + "defaultDataset", dataset)
    graph.add(service, _SD + "availableGraphs", dataset)
    graph.add(dataset, "http://purl.org/dc/terms/identifier", ox.Literal(f"sha256:{version.digest}"))
    stamp = ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")
    graph.add(dataset, "http://purl.org/dc/terms/modified", ox.Literal(version.built, datatype=stamp))
    graph.add(dataset, _VOID + "sparqlEndpoint", service)
    graph.number(dataset, "triples", counts["triples"])
    graph.number(dataset, "distinctSubjects", counts["subjects"])
    graph.number(dataset, "distinctObjects", counts["objects"])
    graph.number(dataset, "classes", len(counts["classes"]))
    graph.number(dataset, "properties", len(counts["properties"]))
    _partitions(graph, dataset, counts)
    default = graph.node(_SD + "Graph")
    graph.add(dataset, _SD + "defaultGraph", default)
    graph.number(default, "triples", counts["default"])
    graph.add(default, _VOID + "dataDump", ox.NamedNode(base + "data?default&format=nt"))
    for iri, triples in counts["named"].items():
        if iri.startswith("_:"):  # a blank node: nobody can ask for it by name
            continue
        named, inner = graph.node(_SD + "NamedGraph"), graph.node(_SD + "Graph")
        graph.add(dataset, _SD + "namedGraph", named)
        graph.add(named, _SD + "name", ox.NamedNode(iri))
        graph.add(named, _SD + "graph", inner)
        graph.number(inner, "triples", triples)


def _partitions(graph: _DescriptionGraph, dataset: Any, counts: dict[str, Any]) -> None:
    """VoID §4.5: instances of each class, triples of each property; the most frequent ones."""
    made: dict[str, Any] = {}
    kinds = (
        ("classPartition", "class", "entities", counts["classes"]),
        ("propertyPartition", "property", "triples", counts["properties"]),
    )
    for link, key, measure, numbers in kinds:
        for iri, number in sorted(numbers.items(), key=lambda item: -item[1])[:_MOST_PARTITIONS]:
            part = made[iri] = graph.node(_VOID + "Dataset")
            graph.add(dataset, _VOID + link, part)
            graph.add(part, _VOID + key, ox.NamedNode(iri))
            graph.number(part, measure, number)
    for (owner, name), group in groupby(counts.get("partitions", ()), key=lambda entry: entry[:2]):
        if owner in made:
            _property_of(graph, made[owner], name, [entry[2:] for entry in group])


def _property_of(graph: _DescriptionGraph, owner: Any, name: str, values: list[list[Any]]) -> None:
    """What a property of a class's members leads to: classes, datatypes."""
    part = graph.node(_VOID + "Dataset")
    graph.add(owner, _VOID + "propertyPartition", part)
    graph.add(part, _VOID + "property", ox.NamedNode(name))
    graph.number(part, "triples", sum(number for *_, number in values))
    for kind, iri, number in values:
        if kind:
            space = _VOID if kind == "class" else _VOID_EXT
            inner = graph.node(_VOID + "Dataset")
            graph.add(part, f"{space}{kind}Partition", inner)
            graph.add(inner, space + kind, ox.NamedNode(iri))
            graph.number(inner, "triples", number)
