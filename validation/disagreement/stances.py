"""Who favours, who follows and who rejects what on which issue, by a position or without one.

A position that names nobody is the holder's. Whoever wants a figure that rests on an option wants the option.
To pursue a policy, to seek a goal, to advise an action and to mediate is to follow what others may reject.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from araxes.ontology.namespaces import AX
from araxes.triples.derived.claim_graphs import ClaimGraph, Triple
from araxes.validation.disagreement.working import fact

_ATTITUDES = {"favours": "favours", "rejects": "rejects", "pursuesPolicy": "follows", "seeks": "follows"}
_REJECTABLE = ("/action/", "/goal/", "/option/", "/policy/")
"""What is rejected by whoever is said to oppose it: to oppose an actor is a relation, no position."""

_Nodes = dict[str, list[Triple]]


def stances_on_issues(claims: Iterable[ClaimGraph]) -> Iterator[ox.Quad]:
    """``w:favours``, ``w:follows``, ``w:rejects`` of actors, ``w:onIssue`` of options, each in its claim."""
    for claim in claims:
        nodes = claim.nodes()
        graph = ox.NamedNode(claim.iri)
        for node, statements in nodes.items():
            issues = _values(statements, "onIssue")
            for taker, attitude, option in _taken(claim, nodes, node, statements):
                yield fact(_iri(taker), attitude, ox.NamedNode(_iri(option)), graph)
                for issue in issues:
                    yield fact(_iri(option), "onIssue", ox.NamedNode(_iri(issue)), graph)


def _taken(
    claim: ClaimGraph, nodes: _Nodes, node: str, statements: list[Triple]
) -> Iterator[tuple[str, str, str]]:
    """Actor, attitude and what it is towards."""
    takers = _values(statements, "positionOf") or (_holders(claim) if _is_position(statements) else [node])
    for name, attitude in _ATTITUDES.items():
        for value in _values(statements, name):
            options = _values(nodes.get(value, []), "basedOn") if "#" in value else [value]
            yield from ((taker, attitude, option) for taker in takers for option in options)
    for value in _values(statements, "opposes"):
        if any(part in value for part in _REJECTABLE):
            yield node, "rejects", value
    yield from (
        (f"<{holder}>", "follows", value)
        for value in _values(statements, "recommendsAction")
        for holder in claim.holders
    )
    yield from ((mediator, "follows", node) for mediator in _values(statements, "mediator"))


def _is_position(statements: Iterable[Triple]) -> bool:
    return any(value == f"<{AX}Position>" for _, _, value in statements)


def _holders(claim: ClaimGraph) -> list[str]:
    return [f"<{holder}>" for holder in claim.holders]


def _values(statements: Iterable[Triple], name: str) -> list[str]:
    return sorted(value for _, predicate, value in statements if predicate == AX + name and value[0] == "<")


def _iri(node: str) -> str:
    return node.strip("<>")
