"""Bare statements that a dispute puts in question: they leave the default graph, as what is denied does.

Of most kinds of clashes whose statements may all be true, what is in question is not the statements: that two
actors favour different things is true of both. Of roles it is: who mediated and who took a side is what the
voices differ on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, RDF, local_name
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.derived.claim_graphs import ClaimGraph

_QUESTIONED = ox.NamedNode(AX + "RoleConflict")
_FALSE = "false"

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def disputed_quads(dataset: ox.Dataset, claims: Mapping[str, ClaimGraph]) -> set[ox.Quad]:
    """The quads that may not stand bare because a dispute over roles is about them.

    Besides the statements of its sides these are, in the same claims, those by which one node leads to both
    ends: the support that has an actor and a recipient says what ``supports`` says.

    Args:
        dataset: with its comparisons.
        claims: its claims by IRI.
    """
    found: set[ox.Quad] = set()
    for side in _sides(dataset):
        subject, prop, value = (_value(dataset, side, name) for name in ("Subject", "Property", "Object"))
        if not (isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode)):
            continue
        assert isinstance(prop, ox.NamedNode)  # noqa: S101 -- a shape asks for it
        found.add(ox.Quad(subject, prop, value, DEFAULT_GRAPH))
        if vocabulary().properties[local_name(prop.value)].symmetric:
            found.add(ox.Quad(value, prop, subject, DEFAULT_GRAPH))
        for claim in _objects(dataset, side, "comparedClaim"):
            found |= set(_of_nodes(claims[str(claim)[1:-1]], {subject, value}))
    return found


def _sides(dataset: ox.Dataset) -> Iterator[ox.NamedNode]:
    """The affirming sides of the clashes over roles beneath disputes."""
    for kind in dataset.quads_for_object(ox.NamedNode(AX + "Dispute")):
        if kind.predicate.value != RDF + "type" or kind.graph_name != DEFAULT_GRAPH:
            continue
        for clash in _nodes(dataset, kind.subject, "hasClash"):
            if _QUESTIONED in _objects(dataset, clash, "disagreementKind"):
                for side in _nodes(dataset, clash, "hasSide"):
                    denies = _value(dataset, side, "Denies")
                    if isinstance(denies, ox.Literal) and denies.value == _FALSE:
                        yield side


def _of_nodes(claim: ClaimGraph, ends: set[ox.NamedNode]) -> Iterator[ox.Quad]:
    """By what a claim leads from one node to both ends, as it would stand bare."""
    for node in {quad.subject for quad in claim.quads}:
        leading = [quad for quad in claim.quads if quad.subject == node and quad.object in ends]
        if node not in ends and ends == {quad.object for quad in leading}:
            yield from (ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT_GRAPH) for quad in leading)


def _value(dataset: ox.Dataset, side: ox.NamedNode, name: str) -> Term | None:
    return next(iter(_objects(dataset, side, f"side{name}")), None)


def _nodes(dataset: ox.Dataset, subject: Term, name: str) -> list[ox.NamedNode]:
    return [each for each in _objects(dataset, subject, name) if isinstance(each, ox.NamedNode)]


def _objects(dataset: ox.Dataset, subject: Term, name: str) -> list[Term]:
    assert not isinstance(subject, ox.Literal)  # noqa: S101 -- what has properties
    return [quad.object for quad in dataset.quads_for_subject(subject) if quad.predicate.value == AX + name]
