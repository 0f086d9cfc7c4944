"""Run the shapes over a dataset with pySHACL and say in plain words what may not be published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from araxes.ontology.modules_at_work import per_ontology
from araxes.ontology.oxigraph_terms import RDF_TYPE
from araxes.ontology.rdflib_terms import graph_of, parsed
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.findings import Finding, shape_finding
from araxes.validation.gate.shape_data import NOTHING, Parts, divided, types_spelled_out, with_superclasses
from araxes.validation.gate.shape_screen import Screen
from araxes.validation.gate.shapes_from_ontology import statement_shapes

SHAPES_FOLDER = Path(__file__).parent / "shapes"
"""The hand-written shapes; those of statements are made from the ontology."""

_SEVERITY = {str(SH.Violation): "violation", str(SH.Warning): "warning", str(SH.Info): "info"}


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
    return parsed(files)


def shape_findings(quads: Iterable[ox.Quad], beside: Parts = NOTHING) -> list[Finding]:
    """What the shapes find, of what is said and of what is described.

    Args:
        quads: what is checked.
        beside: the parts of a dataset that it belongs to, such as :func:`ontology_parts`.
    """
    parts = divided(quads).beside(beside)
    found: list[Finding] = []
    for triples, shapes in ((_said(parts), shapes_graph()), (_described(parts), described_shapes())):
        suspects = _screen(shapes).suspects(types_spelled_out(triples))
        if suspects:
            found += _found_by_suspects(suspects, with_superclasses(graph_of(triples)), shapes)
    return sorted(found)


def data_graph(quads: Iterable[ox.Quad]) -> Graph:
    """What claims and descriptions say as one rdflib graph, with super-classes spelled out.

    Whether a statement is bare or only in a claim graph makes no difference to its form, and
    ``sh:class`` need not climb the class tree for every value. rdflib's own memory store is used:
    pySHACL asks millions of tiny questions, for which it is many times faster than oxrdflib.

    Derived data is left out. Types that follow from domains and ranges would satisfy the very shapes
    that are made of these; and the bare copy of a node of a claim would stand in for what its claim lacks.
    """
    return with_superclasses(graph_of(_said(divided(quads))))


def _said(parts: Parts) -> frozenset[ox.Triple]:
    own = {triple.subject for triple in parts.stated if _is_local(triple.subject)}
    return parts.stated | {triple for triple in parts.default if triple.subject not in own}


def described_graph(quads: Iterable[ox.Quad]) -> Graph:
    """Like :func:`data_graph`, but a thing has only the types that a claim's own graph gives it.

    What has a type there is described by the claim (``triples/AUTHORING.md`` asks to repeat the type), and
    can be expected to be complete. What has only a record, or is only mentioned, can not.
    """
    return with_superclasses(graph_of(_described(divided(quads))))


def _described(parts: Parts) -> set[ox.Triple]:
    asked = _asked()
    said = {triple for triple in parts.stated | parts.default if triple.predicate.value in asked}
    return said | {triple for triple in parts.stated if triple.predicate == RDF_TYPE}


@per_ontology
def _asked() -> frozenset[str]:
    """IRIs of the properties on the paths of :func:`described_shapes`; the graph needs no other."""
    shapes = described_shapes()
    steps = (each for part in (SH.path, SH.inversePath, RDF.first) for each in shapes.objects(None, part))
    return frozenset(str(step) for step in steps if isinstance(step, URIRef))


def _is_local(node: object) -> bool:
    """Whether a node is one of a claim's own, such as ``claim/irna-2019/12#1``."""
    return isinstance(node, ox.NamedNode) and "/claim/" in node.value and "#" in node.value


def validate_graph(graph: Graph, shapes: Graph | None = None) -> list[Finding]:
    """Check a graph that has its super-classes spelled out.

    Args:
        graph: what is checked.
        shapes: what it is held against, which must not change any more; without it, :func:`shapes_graph`.
    """
    shapes = shapes or shapes_graph()
    return _found_by_suspects(_screen(shapes).suspects(graph), graph, shapes)


def _found_by_suspects(suspects: list[Node], graph: Graph, shapes: Graph) -> list[Finding]:
    if not suspects:
        return []
    named = [each for each in suspects if isinstance(each, URIRef)]
    return found_by(named if len(named) == len(suspects) else None, graph, shapes)


def found_by(chosen: list[URIRef] | None, graph: Graph, shapes: Graph) -> list[Finding]:
    """What pySHACL finds by some shapes with IRIs, or by all."""
    from pyshacl import validate  # noqa: PLC0415 - slow to import, and most sources give it nothing to say

    only: list[str | URIRef] | None = None if chosen is None else [*chosen]
    _, results, _ = validate(
        graph, shacl_graph=shapes, use_shapes=only, advanced=False, inplace=True, meta_shacl=False
    )
    assert isinstance(results, Graph)  # noqa: S101 - pySHACL returns text only when asked to
    return sorted({_finding(results, node) for node in results.subjects(RDF.type, SH.ValidationResult)})


@lru_cache(maxsize=8)
def _screen(shapes: Graph) -> Screen:
    return Screen(shapes)


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
