"""The store in which disagreement rules are asked: the dataset and, beside it, working facts.

Working facts (prefix ``w``) say what SPARQL cannot work out by itself. They are made by the same
functions that decide what is uncontested, and they never leave this store.

=====================  ===============================================================================
of a claim             ``w:mood`` (``is``, ``will``, ``ought``), ``w:from``, ``w:until``, ``w:touches``
of a property          ``w:implies`` (itself and what it is a kind of), ``w:impliesTurned`` (what follows
                       with subject and object exchanged), ``w:pullsAgainst``, ``w:gives`` (``relation``
                       or ``figure``), ``w:excludesBy`` (``owner`` or ``effect``), ``w:accountOf``
of a thing             ``w:excludes``; of a decline of relations ``w:undoes``; ``w:within`` of a
                       relationship: itself and what it is part of
of a conflict          ``w:pits`` each party
of a quality           ``w:pullsAgainst``
of an actor            ``w:standsFor`` a state: see :mod:`.standing`
of an actor in a claim ``w:favours``, ``w:follows``, ``w:rejects``, ``w:dreads``, ``w:declares``: see
                       :mod:`.stances`; of what a position is on ``w:onIssue``
of a cause in a claim  ``w:explains``, ``w:offers``, ``w:leavesRoom``, ``w:foremost``, ``w:chief``;
                       of an outcome ``w:explainedBy``, ``w:namedBySource``: see :mod:`.explanations`
of a whole in a claim  ``w:lists`` each of its components, if there are three or more
of a node of a claim   ``w:from``, ``w:until`` if dated; of a figure ``w:base``, ``w:low``, ``w:high``,
                       and ``w:sign`` for its comparator
=====================  ===============================================================================
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, XSD, local_name
from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.dates import Bounds
from araxes.triples.derived.claim_graphs import ClaimGraph, Triple
from araxes.triples.derived.figures_compared import FIGURES, base_of, is_figure, range_of
from araxes.triples.derived.tensions import (
    EXCLUSIVE_OWNERS,
    EXCLUSIVE_VALUES,
    account_of,
    contrasts,
    read_alternatives,
)
from araxes.validation.disagreement.explanations import explanations
from araxes.validation.disagreement.stances import stances_on_issues
from araxes.validation.disagreement.standing import standing
from araxes.validation.disagreement.working import Graph, fact

_MOODS = {"PredictiveClaim": "will", "NormativeClaim": "ought"}
SIGNS = {
    "About": "≈ ",
    "AtLeast": "≥ ",
    "AtMost": "≤ ",
    "LessThan": "< ",
    "MoreThan": "> ",
    "Nearly": "≲ ",
}
"""Comparator → the sign with which it stands before a number."""
_SAYS_NOTHING = {"concerns"}
_LIST = 3
"""So many components make a list."""

_DEFAULT = ox.DefaultGraph()


def working_store(dataset: ox.Dataset, claims: dict[str, ClaimGraph], words: Vocabulary) -> ox.Store:
    """The claims and the default graph of a dataset with their working facts, in memory."""
    names = {ox.NamedNode(iri) for iri in claims}
    store = ox.Store()
    store.bulk_extend(
        quad for quad in dataset if quad.graph_name in names or isinstance(quad.graph_name, ox.DefaultGraph)
    )
    store.bulk_extend(_of_terms(words))
    store.bulk_extend(_of_things(dataset))
    store.bulk_extend(_of_conflicts(claims))
    store.bulk_extend(standing(dataset))
    store.bulk_extend(stances_on_issues(claims.values()))
    store.bulk_extend(explanations(claims.values(), dataset))
    conflicts = _conflicts_of(claims)
    for claim in claims.values():
        store.extend(_of_claim(claim, conflicts[claim.iri]))
    return store


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


def _of_things(dataset: ox.Dataset) -> Iterator[ox.Quad]:
    alternatives = read_alternatives(dataset)
    for one, others in alternatives.excluded.items():
        for two in others:
            yield fact(one.strip("<>"), "excludes", ox.NamedNode(two.strip("<>")))
    for event, relationships in alternatives.undone.items():
        for one in relationships:
            yield fact(event.strip("<>"), "undoes", ox.NamedNode(one.strip("<>")))
    for part, wholes in alternatives.wholes.items():
        for whole in wholes:
            yield fact(part.strip("<>"), "within", ox.NamedNode(whole.strip("<>")))


def _of_claim(claim: ClaimGraph, conflicts: set[str]) -> Iterator[ox.Quad]:
    yield fact(claim.iri, "mood", ox.Literal(_MOODS.get(claim.kind, "is")))
    yield from _bounds(claim.iri, claim.holds, _DEFAULT)
    for conflict in sorted(conflicts):
        yield fact(claim.iri, "touches", ox.NamedNode(conflict))
    graph = ox.NamedNode(claim.iri)
    for node, statements in claim.nodes().items():
        iri = node.strip("<>")
        components = sorted(value for _, predicate, value in statements if predicate == AX + "hasComponent")
        for value in components if len(components) >= _LIST else ():
            yield fact(iri, "lists", ox.NamedNode(value.strip("<>")), graph)
        if any(triple[1] == AX + "date" for triple in statements):
            yield from _bounds(iri, _dated(statements), graph)
        if is_figure(statements):
            low, high = range_of(statements)
            yield fact(iri, "base", ox.Literal(_digest(base_of(statements))), graph)
            yield fact(iri, "low", ox.Literal(low), graph)
            yield fact(iri, "high", ox.Literal(high), graph)
            yield from (fact(iri, "sign", ox.Literal(sign), graph) for sign in _signs(statements))


def _signs(statements: Iterable[Triple]) -> Iterator[str]:
    for _, predicate, value in statements:
        if predicate == AX + "comparator":
            yield SIGNS.get(local_name(value.strip("<>")), "")


def _of_conflicts(claims: dict[str, ClaimGraph]) -> Iterator[ox.Quad]:
    for claim in claims.values():
        for quad in claim.quads:
            if quad.predicate.value == AX + "belligerent":
                conflict, party = str(quad.subject).strip("<>"), str(quad.object).strip("<>")
                yield fact(conflict, "pits", ox.NamedNode(party))


def _conflicts_of(claims: dict[str, ClaimGraph]) -> dict[str, set[str]]:
    """The conflicts that a claim speaks of: named in it, or around an event that is named in it."""
    wider: dict[str, set[str]] = defaultdict(set)
    conflicts = set()
    for claim in claims.values():
        for quad in claim.quads:
            if quad.predicate.value in {AX + "subEventOf", AX + "concerns"}:
                wider[str(quad.subject)].add(str(quad.object))
            elif quad.predicate.value == AX + "belligerent":
                conflicts.add(str(quad.subject))
    found = {}
    for claim in claims.values():
        named = {str(node) for quad in claim.quads for node in (quad.subject, quad.object)}
        events = {node for node in named if "/event/" in node}
        reached = named | _closure(events, wider)
        found[claim.iri] = {node.strip("<>") for node in reached & conflicts}
    return found


def _closure(nodes: Iterable[str], wider: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    agenda = list(nodes)
    while agenda:
        node = agenda.pop()
        if node not in found:
            found.add(node)
            agenda.extend(up for up in wider.get(node, ()) if "/event/" in up)
    return found


def _dated(statements: Iterable[Triple]) -> Bounds:
    given = {predicate: value for _, predicate, value in statements}

    def day(name: str) -> date | None:
        value = given.get(AX + name)
        return date.fromisoformat(value[1:11]) if value else None

    return Bounds(day("earliest"), day("latest"))


def _bounds(iri: str, bounds: Bounds, graph: Graph) -> Iterator[ox.Quad]:
    moment = ox.NamedNode(XSD + "dateTime")
    first, last = bounds.earliest or date.min, bounds.latest or date.max
    yield fact(iri, "from", ox.Literal(f"{first.isoformat()}T00:00:00Z", datatype=moment), graph)
    yield fact(iri, "until", ox.Literal(f"{last.isoformat()}T23:59:59Z", datatype=moment), graph)


def _digest(value: tuple[frozenset[str], ...]) -> str:
    text = "\n".join(" ".join(sorted(part)) for part in value)
    return hashlib.sha256(text.encode()).hexdigest()
