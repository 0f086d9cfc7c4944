"""Which causes a voice puts forward for an outcome alone or foremost.

A voice is a source with those whom it lets speak. It puts a cause forward alone if it gives no other
anywhere but parts of it, and foremost if it calls it the main or only one, or one of the main ones; whoever
names several and calls one of them one of the main ones leaves room for others like it. Another source may
offer other causes only. What is a cause at times, in part or in some cases explains nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, local_name
from araxes.triples.derived.claim_graphs import ClaimGraph, Triple, triple_of
from araxes.triples.derived.tensions import contrasts
from araxes.validation.disagreement.working import fact

_EXPLAINING = frozenset(AX + name for name in ("causes", "contributesTo", "enables", "motivates"))
_FOREMOST = frozenset(f"<{AX}{name}>" for name in ("AmongMain", "MainDegree", "OnlyDegree"))
_CHIEF = frozenset(f"<{AX}{name}>" for name in ("MainDegree", "OnlyDegree"))
_TELLING = frozenset({"CausalClaim", "FactualClaim"})

_Voice = tuple[str, tuple[str, ...]]


def explanations(claims: Collection[ClaimGraph], wholes: Mapping[str, set[str]]) -> Iterator[ox.Quad]:
    """What explains what: facts of causes and of outcomes, each in the graph of its claim.

    Args:
        claims: all claims of a source, or of several.
        wholes: which cause is part of which, by :func:`read_wholes`.
    """
    given: dict[tuple[_Voice, str], set[str]] = defaultdict(set)
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    main: set[tuple[str, str, str]] = set()
    explained = {claim.iri: _explained(claim) for claim in claims}
    for claim in claims:
        foremost = _to_degree(claim, _FOREMOST)
        for triple in explained[claim.iri]:
            cause, _, outcome = triple
            given[_voice(claim), outcome].add(cause)
            named[claim.source, outcome].add(cause)
            main |= {(claim.source, cause, outcome)} if triple in foremost else set()
    for claim in claims:
        graph = ox.NamedNode(claim.iri)
        foremost, (_, reserved) = _to_degree(claim, _FOREMOST), claim.reserved()
        for triple in explained[claim.iri]:
            cause, _, outcome = triple
            causes = given[_voice(claim), outcome]
            for each in sorted(causes):
                yield fact(outcome.strip("<>"), "explainedBy", ox.NamedNode(each.strip("<>")), graph)
            parts = {each for each in causes if _above(each, wholes) & causes}
            ways: set[str] = set() if claim.limited or triple in reserved else {"offers"}
            alone = causes - parts == {cause}
            ways |= {"explains"} if alone or triple in foremost else set()
            ways |= {"leavesRoom"} if not alone and triple in foremost - _to_degree(claim, _CHIEF) else set()
            ways |= {"foremost"} if (claim.source, cause, outcome) in main else set()
            for way in sorted(ways):
                yield fact(cause.strip("<>"), way, ox.NamedNode(outcome.strip("<>")), graph)
            for each in sorted(named[claim.source, outcome]):
                yield fact(outcome.strip("<>"), "namedBySource", ox.NamedNode(each.strip("<>")), graph)
        if claim.modality != "Denied":
            for cause, prop, outcome in sorted(_to_degree(claim, _CHIEF)):
                if local_name(prop) in contrasts().furthering and outcome:
                    yield fact(cause.strip("<>"), "chief", ox.NamedNode(outcome.strip("<>")), graph)


def read_wholes(dataset: ox.Dataset) -> dict[str, set[str]]:
    """Part → what it is part of."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in dataset.quads_for_predicate(ox.NamedNode(AX + "componentOf")):
        found[str(quad.subject)].add(str(quad.object))
    for quad in dataset.quads_for_predicate(ox.NamedNode(AX + "hasComponent")):
        found[str(quad.object)].add(str(quad.subject))
    return dict(found)


def _above(part: str, wholes: Mapping[str, set[str]]) -> set[str]:
    """What a thing is part of, itself not counted."""
    found: set[str] = set()
    agenda = [part]
    while agenda:
        fresh = wholes.get(agenda.pop(), set()) - found
        found |= fresh
        agenda += fresh
    return found - {part}


def _voice(claim: ClaimGraph) -> _Voice:
    return claim.source, tuple(claim.holders)


def _explained(claim: ClaimGraph) -> list[Triple]:
    if claim.kind not in _TELLING or claim.modality == "Denied":
        return []
    return [triple for triple in map(triple_of, claim.quads) if triple[1] in _EXPLAINING]


def _to_degree(claim: ClaimGraph, degrees: frozenset[str]) -> set[Triple]:
    """The statements that are made to one of these degrees."""
    found = set()
    for statements in claim.nodes().values():
        parts = {predicate: value for _, predicate, value in statements}
        if parts.get(AX + "degree") in degrees:
            named = (AX + "ofSubject", AX + "ofProperty", AX + "ofObject")
            subject, predicate, value = (parts.get(name, "") for name in named)
            found.add((subject, predicate.strip("<>"), value))
    return found
