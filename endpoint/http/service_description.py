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
from araxes.endpoint.http.query_examples import example_triples
from araxes.endpoint.pages.questions import questions
from araxes.endpoint.service.service import Service
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, GRAPHS, SOLUTION_FORMATS
from araxes.ontology.namespaces import AX, DCTERMS, FORMATS, SCHEMA, SD, SH, VOID, XSD
from araxes.ontology.oxigraph_terms import DATE_TIME, INTEGER, RDF_TYPE
from araxes.triples.stores.versioned_store import StoreVersion

_VOID_EXT = "http://ldf.fi/void-ext#"
_PREFIXES = {
    "sd": SD,
    "void": VOID,
    "void-ext": _VOID_EXT,
    "sh": SH,
    "schema": SCHEMA,
    "dcterms": DCTERMS,
    "xsd": XSD,
    "formats": FORMATS,
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
        self.add(subject, VOID + name, ox.Literal(str(value), datatype=INTEGER))

    def node(self, kind: str) -> ox.BlankNode:
        """A typed blank node with a label that is the same every time."""
        self._blank += 1
        made = ox.BlankNode(f"b{self._blank}")
        self.triples.append(ox.Triple(made, RDF_TYPE, ox.NamedNode(kind)))
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
    graph.triples.append(ox.Triple(node, RDF_TYPE, ox.NamedNode(SD + "Service")))
    graph.add(node, SD + "endpoint", node)
    for language in _LANGUAGES:
        graph.add(node, SD + "supportedLanguage", ox.NamedNode(SD + language))
    for entry in (*SOLUTION_FORMATS, *GRAPH_FORMATS):
        if entry.iri:
            graph.add(node, SD + "resultFormat", ox.NamedNode(entry.iri))
    # Graphs that are not there are empty; the default graph is no union and nothing is fetched.
    graph.add(node, SD + "feature", ox.NamedNode(SD + "EmptyGraphs"))
    if federated:
        graph.add(node, SD + "feature", ox.NamedNode(SD + "BasicFederatedQuery"))
    _dataset(graph, node, version, base)
    if any(name.startswith(AX) and name.endswith("Claim") for name in version.statistics()["classes"]):
        # The questions are asked of claims.
        graph.triples.extend(example_triples(questions(version).values(), base))
    return ox.serialize(graph.triples, format=GRAPHS[name], prefixes=_PREFIXES) or b""


def _dataset(graph: _DescriptionGraph, service: ox.NamedNode, version: StoreVersion, base: str) -> None:
    counts = version.statistics()
    dataset = graph.node(SD + "Dataset")
    graph.triples.append(ox.Triple(dataset, RDF_TYPE, ox.NamedNode(VOID + "Dataset")))
    graph.add(service, SD + "defaultDataset", dataset)
    graph.add(service, SD + "availableGraphs", dataset)
    graph.add(dataset, DCTERMS + "identifier", ox.Literal(f"sha256:{version.digest}"))
    graph.add(dataset, DCTERMS + "modified", ox.Literal(version.built, datatype=DATE_TIME))
    graph.add(dataset, VOID + "sparqlEndpoint", service)
    graph.number(dataset, "triples", counts["triples"])
    graph.number(dataset, "distinctSubjects", counts["subjects"])
    graph.number(dataset, "distinctObjects", counts["objects"])
    graph.number(dataset, "classes", len(counts["classes"]))
    graph.number(dataset, "properties", len(counts["properties"]))
    _partitions(graph, dataset, counts)
    default = graph.node(SD + "Graph")
    graph.add(dataset, SD + "defaultGraph", default)
    graph.number(default, "triples", counts["default"])
    graph.add(default, VOID + "dataDump", ox.NamedNode(base + "data?default&format=nt"))
    for iri, triples in counts["named"].items():
        if iri.startswith("_:"):  # a blank node: nobody can ask for it by name
            continue
        named, inner = graph.node(SD + "NamedGraph"), graph.node(SD + "Graph")
        graph.add(dataset, SD + "namedGraph", named)
        graph.add(named, SD + "name", ox.NamedNode(iri))
        graph.add(named, SD + "graph", inner)
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
            part = made[iri] = graph.node(VOID + "Dataset")
            graph.add(dataset, VOID + link, part)
            graph.add(part, VOID + key, ox.NamedNode(iri))
            graph.number(part, measure, number)
    for (owner, name), group in groupby(counts.get("partitions", ()), key=lambda entry: entry[:2]):
        if owner in made:
            _property_of(graph, made[owner], name, [entry[2:] for entry in group])


def _property_of(graph: _DescriptionGraph, owner: Any, name: str, values: list[list[Any]]) -> None:
    """What a property of a class's members leads to: classes, datatypes."""
    part = graph.node(VOID + "Dataset")
    graph.add(owner, VOID + "propertyPartition", part)
    graph.add(part, VOID + "property", ox.NamedNode(name))
    graph.number(part, "triples", sum(number for *_, number in values))
    for kind, iri, number in values:
        if kind:
            space = VOID if kind == "class" else _VOID_EXT
            inner = graph.node(VOID + "Dataset")
            graph.add(part, f"{space}{kind}Partition", inner)
            graph.add(inner, space + kind, ox.NamedNode(iri))
            graph.number(inner, "triples", number)
