"""What all matters share when they are decided: the ontology, records of things, and working facts of both.

Working facts (prefix ``w``) say what SPARQL cannot work out by itself. They are made by the same functions
that decide what is uncontested, and they never leave the stores in which rules are asked. Those of claims are
in :mod:`.rule_facts`.

====================  ===============================================================================
of a property         ``w:implies`` (itself and what it is a kind of), ``w:impliesTurned`` (what follows
                      with subject and object exchanged), ``w:pullsAgainst``, ``w:gives`` (``relation``
                      or ``figure``), ``w:excludesBy`` (``owner`` or ``effect``), ``w:accountOf``
of a thing            ``w:excludes``; of a decline of relations ``w:undoes``; ``w:within`` of a
                      relationship: itself and what it is part of
of a conflict         ``w:pits`` each party
of a quality          ``w:pullsAgainst``
of an actor           ``w:standsFor`` a state: see :mod:`.standing`
====================  ===============================================================================
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from araxes.ontology.namespaces import AX
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH
from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.derived.claim_graphs import ClaimGraph
from araxes.triples.derived.figures_compared import FIGURES
from araxes.triples.derived.tensions import (
    EXCLUSIVE_OWNERS,
    EXCLUSIVE_VALUES,
    Alternatives,
    account_of,
    contrasts,
    read_alternatives,
)
from araxes.validation.disagreement.explanations import read_wholes
from araxes.validation.disagreement.rule_files import terms_asked
from araxes.validation.disagreement.standing import standing
from araxes.validation.disagreement.working import fact

_SAYS_NOTHING = {"concerns"}
_BELLIGERENT = ox.NamedNode(AX + "belligerent")

Links = Mapping[str, frozenset[str]]
"""Thing → things, in N-Triples form."""


@dataclass(frozen=True)
class Background:
    """What is sent to wherever matters are decided.

    Attributes:
        quads: the ontology and the records, as far as rules ask for them, and working facts, as N-Quads.
        near: thing → the things that count for it, or against it, when claims are compared.
        linked: local name of a property → its statements in the default graph.
        wholes: part → what it is part of, by whatever record or claim.
        wider: event → the events that it is part of or concerns.
        conflicts: what has a party that fights.
    """

    quads: bytes
    near: Links
    linked: Mapping[str, Links]
    wholes: Mapping[str, set[str]]
    wider: Mapping[str, set[str]]
    conflicts: frozenset[str]


def background_of(dataset: ox.Dataset, claims: dict[str, ClaimGraph]) -> Background:
    """Read what all matters of a dataset share.

    Args:
        dataset: claim graphs, their descriptions and the ontology.
        claims: its claims by IRI.
    """
    alternatives, stands = read_alternatives(dataset), list(standing(dataset))
    asked = terms_asked()
    records = [
        quad
        for name in asked
        for quad in dataset.quads_for_predicate(ox.NamedNode(name))
        if quad.graph_name == DEFAULT_GRAPH and str(quad.subject)[1:-1].partition("#")[0] not in claims
    ]
    fighting = list(dataset.quads_for_predicate(_BELLIGERENT))
    working = [*_of_terms(vocabulary()), *_of_things(alternatives), *_of_conflicts(fighting), *stands]
    wider: dict[str, set[str]] = defaultdict(set)
    for name in ("subEventOf", "concerns"):
        for quad in _in_claims(dataset, name, claims):
            wider[str(quad.subject)].add(str(quad.object))
    return Background(
        ox.serialize([*records, *fighting, *working], format=ox.RdfFormat.N_QUADS) or b"",
        _near(alternatives, stands),
        {
            name: _links(records, name)
            for name in ("concerns", "hasMember", "operates", "party", "respondsTo")
        },
        read_wholes(dataset),
        dict(wider),
        frozenset(str(quad.subject) for quad in fighting if str(quad.graph_name)[1:-1] in claims),
    )


def _in_claims(dataset: ox.Dataset, name: str, claims: dict[str, ClaimGraph]) -> Iterator[ox.Quad]:
    for quad in dataset.quads_for_predicate(ox.NamedNode(AX + name)):
        if str(quad.graph_name)[1:-1] in claims:
            yield quad


def _near(alternatives: Alternatives, stands: Iterable[ox.Quad]) -> Links:
    """For each thing the state, wholes and alternatives by which claims of others meet claims of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in stands:
        found[str(quad.subject)].add(str(quad.object))
    for links in (alternatives.wholes, alternatives.undone, alternatives.excluded):
        for one, others in links.items():
            found[one] |= others
    for one, other in contrasts().qualities:
        found[f"<{AX}{one}>"].add(f"<{AX}{other}>")
    return {one: frozenset(others) - {one} for one, others in found.items()}


def _links(records: Iterable[ox.Quad], name: str) -> Links:
    found: dict[str, set[str]] = defaultdict(set)
    for quad in records:
        if quad.predicate.value == AX + name:
            found[str(quad.subject)].add(str(quad.object))
    return {one: frozenset(others) for one, others in found.items()}


def _of_terms(words: Vocabulary) -> Iterator[ox.Quad]:
    for name, declared in words.properties.items():
        for implied, turned in words.implications(name):
            yield fact(AX + name, "impliesTurned" if turned else "implies", ox.NamedNode(AX + implied))
        if declared.kind == "object" and name not in _SAYS_NOTHING:
            yield fact(AX + name, "gives", ox.Literal("relation"))
    for iri in FIGURES:
        yield fact(iri, "gives", ox.Literal("figure"))
    against = contrasts()
    for one, two in against.tense | against.qualities:
        yield fact(AX + one, "pullsAgainst", ox.NamedNode(AX + two))
    for name in EXCLUSIVE_VALUES:
        yield fact(AX + name, "accountOf", ox.Literal(account_of(name)))
    for names, role in ((EXCLUSIVE_OWNERS, "owner"), (against.furthering, "effect")):
        for name in names:
            yield fact(AX + name, "excludesBy", ox.Literal(role))


def _of_things(alternatives: Alternatives) -> Iterator[ox.Quad]:
    for one, others in alternatives.excluded.items():
        for two in others:
            yield fact(one.strip("<>"), "excludes", ox.NamedNode(two.strip("<>")))
    for event, relationships in alternatives.undone.items():
        for one in relationships:
            yield fact(event.strip("<>"), "undoes", ox.NamedNode(one.strip("<>")))
    for part, wholes in alternatives.wholes.items():
        for whole in wholes:
            yield fact(part.strip("<>"), "within", ox.NamedNode(whole.strip("<>")))


def _of_conflicts(fighting: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in fighting:
        if isinstance(quad.graph_name, ox.NamedNode):
            yield fact(str(quad.subject)[1:-1], "pits", ox.NamedNode(str(quad.object)[1:-1]))
