"""Run the shapes over a dataset with pySHACL and say in plain words what may not be published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from pyshacl import validate as pyshacl_validate
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from araxes.ontology.loading import load_ontology
from araxes.ontology.namespaces import BASE
from araxes.ontology.vocabulary import vocabulary
from araxes.validation.statement_shapes import statement_shapes

SHAPES_FOLDER = Path(__file__).parent / "shapes"
"""The hand-written shapes; those of statements are made from the ontology."""

_SEVERITY = {str(SH.Violation): "violation", str(SH.Warning): "warning", str(SH.Info): "info"}


@dataclass(frozen=True, order=True)
class Finding:
    """One result of a shape.

    Attributes:
        severity: ``violation`` (stops publication), ``warning`` or ``info``.
        shape: IRI of the shape, or empty for an anonymous one.
        focus: the node that was checked, as an IRI.
        path: IRI of the property concerned, or empty.
        value: the offending value in N-Triples form, or empty.
        message: what is demanded.
        component: IRI of the SHACL constraint component, or empty for a query.
    """

    severity: str
    shape: str
    focus: str
    path: str
    value: str
    message: str
    component: str = ""

    def __str__(self) -> str:
        """One line."""
        value = f", value {_short(self.value)}" if self.value else ""
        return f"{self.severity}: {_short(self.focus)}: {self.message}{value}"


@cache
def shapes_graph() -> Graph:
    """All shapes.

    Raises:
        FileNotFoundError: there is no shape file (a broken installation).
    """
    files = sorted(SHAPES_FOLDER.glob("*.ttl"))
    if not files:
        raise FileNotFoundError(f"no shapes in {SHAPES_FOLDER}: the installation is incomplete")
    graph = statement_shapes(vocabulary())
    for path in files:
        graph.parse(path, format="turtle")
    return graph


def data_graph(quads: Iterable[ox.Quad]) -> Graph:
    """The union of all graphs as one rdflib graph, with super-classes spelled out.

    Whether a statement is bare or only in a claim graph makes no difference to its form, and
    ``sh:class`` need not climb the class tree for every value. rdflib's own memory store is used:
    pySHACL asks millions of tiny questions, for which it is many times faster than oxrdflib.
    """
    triples = {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
    graph = Graph()
    graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    return with_superclasses(graph)


def with_superclasses(graph: Graph) -> Graph:
    """Add to each typed node the types that its types imply; the ontology need not be in the graph."""
    ontology = load_ontology()
    above = {
        kind: [up for up in ontology.transitive_objects(kind, RDFS.subClassOf) if isinstance(up, URIRef)]
        for kind in set(graph.objects(None, RDF.type))
    }
    extra = [
        (node, RDF.type, up) for node, _, kind in graph.triples((None, RDF.type, None)) for up in above[kind]
    ]
    for triple in extra:
        graph.add(triple)
    return graph


def validate_graph(graph: Graph, shapes: Graph | None = None) -> list[Finding]:
    """Check a graph that has its super-classes spelled out."""
    _, results, _ = pyshacl_validate(
        graph, shacl_graph=shapes or shapes_graph(), advanced=False, inplace=True, meta_shacl=False
    )
    assert isinstance(results, Graph)  # noqa: S101 - pySHACL returns text only when asked to
    return sorted({_finding(results, node) for node in results.subjects(RDF.type, SH.ValidationResult)})


def _finding(results: Graph, node: Node) -> Finding:
    def text(predicate: URIRef) -> str:
        found = results.value(node, predicate)
        return str(found) if found is not None else ""

    value = results.value(node, SH.value)
    path = results.value(node, SH.resultPath)
    shape = results.value(node, SH.sourceShape)
    messages = sorted(str(message) for message in results.objects(node, SH.resultMessage))
    return Finding(
        severity=_SEVERITY.get(text(SH.resultSeverity), "violation"),
        shape=str(shape) if isinstance(shape, URIRef) else "",
        focus=text(SH.focusNode),
        path=str(path) if isinstance(path, URIRef) else "",
        value=value.n3() if value is not None and hasattr(value, "n3") else "",
        message="; ".join(messages),
        component=text(SH.sourceConstraintComponent),
    )


def _short(text: str) -> str:
    return text.replace(BASE, "")
