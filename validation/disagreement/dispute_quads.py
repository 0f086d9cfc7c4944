"""Disputes as resources of the default graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, RDF, RDFS
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH
from araxes.triples.derived.claim_graphs import ClaimGraph
from araxes.triples.labels import Description, Words
from araxes.validation.disagreement.clashes import Case
from araxes.validation.disagreement.dispute_register import register
from araxes.validation.disagreement.dispute_things import things_of
from araxes.validation.disagreement.dispute_wording import Teller
from araxes.validation.disagreement.disputes import Dispute, fold
from araxes.validation.disagreement.folds import Folds, read_folds


def add_disputes(dataset: ox.Dataset, claims: dict[str, ClaimGraph], cases: Iterable[Case]) -> list[Dispute]:
    """Add to a dataset the disputes into which its disagreements fold.

    Args:
        dataset: claim graphs, descriptions and the ontology; the disputes are added to it.
        claims: its claims by IRI.
        cases: its disagreements; corroborations are left out.

    Returns:
        The disputes, in order of IRI. Equal datasets give equal quads.
    """
    default = [quad for quad in dataset if quad.graph_name == DEFAULT_GRAPH]
    folds = read_folds(default, register().same)
    disputes = fold(cases, folds, register())
    teller = Teller(Words(default), Description(default), claims)
    for dispute in disputes:
        for quad in dispute_quads(dispute, teller, folds):
            dataset.add(quad)
    return disputes


def dispute_quads(dispute: Dispute, teller: Teller, folds: Folds) -> Iterator[ox.Quad]:
    """One point at issue: kind, question, strength, things, clashes, claims, positions, what settles it."""
    yield _quad(dispute.iri, RDF + "type", ox.NamedNode(AX + "PointAtIssue"))
    yield _quad(dispute.iri, RDF + "type", ox.NamedNode(AX + dispute.kind))
    yield _quad(dispute.iri, AX + "strength", ox.NamedNode(AX + dispute.strength))
    for language in LANGUAGES:
        yield _text(dispute.iri, RDFS + "label", teller.question(dispute, language), language)
        if settles := teller.settles(dispute, language):
            yield _text(dispute.iri, AX + "wouldSettle", settles, language)
        if remark := teller.remark(dispute, language):
            yield _text(dispute.iri, AX + "curatorNote", remark, language)
    for case in dispute.clashes:
        yield _quad(dispute.iri, AX + "hasClash", ox.NamedNode(case.iri))
    for thing in things_of(dispute, teller.claims, folds):
        yield _quad(dispute.iri, AX + "thingAtIssue", ox.NamedNode(thing))
    yield from _members(dispute.iri, dispute.claims, teller)
    for position in dispute.positions.values():
        iri = dispute.position_iri(position)
        yield _quad(dispute.iri, AX + "hasDisputePosition", ox.NamedNode(iri))
        yield _quad(iri, RDF + "type", ox.NamedNode(AX + "DisputePosition"))
        for language in LANGUAGES:
            yield _text(iri, RDFS + "label", teller.answer(dispute, position, language), language)
        yield from _members(iri, position.claims, teller)
        for claim in teller.representatives(position):
            yield _quad(iri, AX + "representativeClaim", ox.NamedNode(claim))


def _members(node: str, members: Iterable[str], teller: Teller) -> Iterator[ox.Quad]:
    for iri in members:
        claim = teller.claims[iri]
        yield _quad(node, AX + "comparedClaim", ox.NamedNode(iri))
        yield _quad(node, AX + "comparedSource", ox.NamedNode(claim.source))
        for holder in claim.holders:
            yield _quad(node, AX + "comparedHolder", ox.NamedNode(holder))


def _text(subject: str, predicate: str, text: str, language: str) -> ox.Quad:
    return _quad(subject, predicate, ox.Literal(text, language=language))


def _quad(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, DEFAULT_GRAPH)
