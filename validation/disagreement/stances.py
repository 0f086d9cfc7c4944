"""Who favours, follows, rejects, dreads and worries about what on which issue, by a position or without one.

A position that names nobody is the holder's. Whoever wants a figure that rests on an option wants the option.
To pursue a policy, to seek a goal, to advise an action, to mediate and to make a statement is to follow what
others may reject. Who judges something to be legitimate favours it, who judges it harmful or illegitimate or
criticizes it rejects it, who feels threatened by it dreads it, and who is concerned about it worries. Of
actors this is left out: to favour, criticize or fear an actor is a relation, no position.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, RDF
from araxes.triples.derived.claim_graphs import ClaimGraph, Triple
from araxes.validation.disagreement.working import fact

_ATTITUDES = {"favours": "favours", "rejects": "rejects", "pursuesPolicy": "follows", "seeks": "follows"}
_REJECTABLE = ("/action/", "/goal/", "/option/", "/policy/")
"""What is rejected by whoever is said to oppose it: to oppose an actor is a relation, no position."""
_ACTORS = ("/state/", "/group/", "/organization/", "/person/", "/historical-state/", "/de-facto-state/", "#")
_AGAINST = {"concernedAbout": "worries", "criticizes": "rejects", "perceivesThreatFrom": "dreads"}
_VERDICTS = {
    f"<{AX}Legitimate>": "favours",
    f"<{AX}Harmful>": "rejects",
    f"<{AX}Illegitimate>": "rejects",
    f"<{AX}Unjust>": "rejects",
}
_STATEMENT, _THREAT = f"<{AX}Statement>", f"<{AX}ThreatPerception>"
_ISSUE = "/issue/"

_Nodes = dict[str, list[Triple]]


def stances_on_issues(claims: Iterable[ClaimGraph]) -> Iterator[ox.Quad]:
    """``w:favours``, ``w:follows``, ``w:rejects``, ``w:dreads``, ``w:declares`` of actors; ``w:onIssue``."""
    for claim in claims:
        nodes = claim.nodes()
        graph = ox.NamedNode(claim.iri)
        for node, statements in nodes.items():
            issues = _values(statements, "onIssue") or _issues_of_threat(statements)
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
    yield from _judged(claim, node, statements)


def _judged(claim: ClaimGraph, node: str, statements: list[Triple]) -> Iterator[tuple[str, str, str]]:
    """What is appraised, criticized, felt as a threat, or said."""
    types = {value for _, predicate, value in statements if predicate == RDF + "type"}
    appraisers = _values(statements, "appraiser") or [f"<{holder}>" for holder in claim.holders]
    for verdict in _values(statements, "verdict"):
        for thing in _things(statements, "appraised") if verdict in _VERDICTS else ():
            yield from ((appraiser, _VERDICTS[verdict], thing) for appraiser in appraisers)
    for name, attitude in _AGAINST.items():
        yield from ((node, attitude, thing) for thing in _things(statements, name) if "#" not in node)
    if _THREAT in types:
        for thing in _things(statements, "perceived"):
            yield from ((each, "dreads", thing) for each in _values(statements, "perceiver"))
    if _STATEMENT in types:
        said = [("follows", node)] if "#" not in node else []
        said += [("declares", policy) for policy in _values(statements, "declares")]
        yield from (
            (actor, attitude, thing) for actor in _values(statements, "actor") for attitude, thing in said
        )


def _issues_of_threat(statements: list[Triple]) -> list[str]:
    """The issues that a perception of a threat is about."""
    threat = any(predicate == RDF + "type" and value == _THREAT for _, predicate, value in statements)
    return [each for each in _values(statements, "concerns") if threat and _ISSUE in each]


def _things(statements: list[Triple], name: str) -> list[str]:
    """Values of a property that are shared things and no actors."""
    return [each for each in _values(statements, name) if not any(part in each for part in _ACTORS)]


def _is_position(statements: Iterable[Triple]) -> bool:
    return any(value == f"<{AX}Position>" for _, _, value in statements)


def _holders(claim: ClaimGraph) -> list[str]:
    return [f"<{holder}>" for holder in claim.holders]


def _values(statements: Iterable[Triple], name: str) -> list[str]:
    return sorted(value for _, predicate, value in statements if predicate == AX + name and value[0] == "<")


def _iri(node: str) -> str:
    return node.strip("<>")
