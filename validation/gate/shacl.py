"""Run the shapes over a dataset with pySHACL and say in plain words what may not be published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from pyshacl import validate as pyshacl_validate
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from araxes.ontology.loading import load_ontology
from araxes.ontology.namespaces import AX, XSD
from araxes.ontology.own_modules import per_ontology
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.findings import Finding, shape_finding
from araxes.triples.derived.inference import SUFFIX
from araxes.validation.gate.shapes_from_ontology import statement_shapes

SHAPES_FOLDER = Path(__file__).parent / "shapes"
"""The hand-written shapes; those of statements are made from the ontology."""

_SEVERITY = {str(SH.Violation): "violation", str(SH.Warning): "warning", str(SH.Info): "info"}


_TYPE = ox.NamedNode(str(RDF.type))


@per_ontology
def shapes_graph() -> Graph:
    """The shapes of what is said, wherever it stands; made and hand-written.

    Raises:
        FileNotFoundError: there is no shape file (a broken installation).
    """
    return statement_shapes(vocabulary()) + _read(SHAPES_FOLDER)


@cache
def described_shapes() -> Graph:
    """The shapes of what a source that describes a thing says of it, for :func:`described_graph`.

    Raises:
        FileNotFoundError: there is no shape file (a broken installation).
    """
    return _read(SHAPES_FOLDER / "described")


def _read(folder: Path) -> Graph:
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise FileNotFoundError(f"no shapes in {folder}: the installation is incomplete")
    graph = Graph()
    for path in files:
        graph.parse(path, format="turtle")
    return graph


def data_graph(quads: Iterable[ox.Quad]) -> Graph:
    """What claims and descriptions say as one rdflib graph, with super-classes spelled out.

    Whether a statement is bare or only in a claim graph makes no difference to its form, and
    ``sh:class`` need not climb the class tree for every value. rdflib's own memory store is used:
    pySHACL asks millions of tiny questions, for which it is many times faster than oxrdflib.

    Derived data is left out. Types that follow from domains and ranges would satisfy the very shapes
    that are made of these; and the bare copy of a node of a claim would stand in for what its claim lacks.
    """
    stated, default = _divided(quads)
    own = {triple.subject for triple in stated if _is_local(triple.subject)}
    return with_superclasses(_graph(stated | {triple for triple in default if triple.subject not in own}))


def described_graph(quads: Iterable[ox.Quad]) -> Graph:
    """Like :func:`data_graph`, but a thing has only the types that a claim's own graph gives it.

    What has a type there is described by the claim (``triples/AUTHORING.md`` asks to repeat the type), and
    can be expected to be complete. What has only a record, or is only mentioned, can not.
    """
    stated, default = _divided(quads)
    asked = _asked()
    said = {triple for triple in stated | default if triple.predicate.value in asked}
    return with_superclasses(_graph(said | {triple for triple in stated if triple.predicate == _TYPE}))


@per_ontology
def _asked() -> frozenset[str]:
    """IRIs of the properties on the paths of :func:`described_shapes`; the graph needs no other."""
    shapes = described_shapes()
    steps = (each for part in (SH.path, SH.inversePath, RDF.first) for each in shapes.objects(None, part))
    return frozenset(str(step) for step in steps if isinstance(step, URIRef))


def _divided(quads: Iterable[ox.Quad]) -> tuple[set[ox.Triple], set[ox.Triple]]:
    """The triples of claim graphs, and those of the default graph.

    What is inferred is in neither; the texts and axioms of the ontology no shape asks for.
    """
    stated, default = set(), set()
    for quad in quads:
        if isinstance(quad.graph_name, ox.DefaultGraph):
            asked = quad.predicate == _TYPE or quad.predicate.value.startswith(AX)
            if asked or not _is_term(quad.subject):
                default.add(quad.triple)
        elif not str(quad.graph_name).endswith(f"{SUFFIX}>"):
            stated.add(quad.triple)
    return stated, default


def _is_term(node: object) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith(AX) and "#" not in node.value


def _is_local(node: object) -> bool:
    """Whether a node is one of a claim's own, such as ``claim/irna-2019/12#1``."""
    return isinstance(node, ox.NamedNode) and "/claim/" in node.value and "#" in node.value


def _graph(triples: Iterable[ox.Triple]) -> Graph:
    """An rdflib graph of the triples, several times faster than by writing and parsing them."""
    graph, terms = Graph(), dict[object, Node]()
    store = graph.store
    for triple in triples:
        each = (triple.subject, triple.predicate, triple.object)
        for term in each:
            if term not in terms:
                terms[term] = _term(term)
        store.add((terms[each[0]], terms[each[1]], terms[each[2]]), graph)
    return graph


def _term(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        plain = term.datatype.value == XSD + "string"
        return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value))
    return BNode(str(term)[2:])


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
    finding = shape_finding(
        str(shape) if isinstance(shape, URIRef) else "",
        text(SH.focusNode),
        str(path) if isinstance(path, URIRef) else "",
        value.n3() if value is not None and hasattr(value, "n3") else "",
        "; ".join(messages),
    )
    severity = _SEVERITY.get(text(SH.resultSeverity), "violation")
    return replace(finding, severity=severity, component=text(SH.sourceConstraintComponent))
