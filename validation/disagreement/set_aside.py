"""Pairs that a rule finds and that set nothing against each other.

*Repetitions*: what a claim says of a government, or of whoever else speaks for a state, it often says of the
state, too; it counts once, for the state. *Exceptions*: what a voice says in general does not clash with what
the same voice says of a passing time, nor with what others say of that time only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from araxes.ontology.namespaces import AX
from araxes.triples.authoring.dates_and_calendars import Bounds
from araxes.triples.derived.claim_graphs import OWN_STANCES, ClaimGraph, Triple, triple_of

EXCEPTED = frozenset({"government", "quality", "tension", "voices"})
"""Rules of what may hold in general, and otherwise for a time: relations and qualities."""


@dataclass(frozen=True)
class Repetitions:
    """What claims say of a state by saying it of those who speak for it.

    Attributes:
        states: who speaks for a state → the state, in N-Triples form.
        said: claim → its statements, denied ones included.
    """

    states: dict[str, str]
    said: dict[str, frozenset[Triple]]

    def repeats(self, claim: str, triple: Triple) -> bool:
        """Whether the claim says the same of the state that an end of the statement speaks for."""
        subject, predicate, value = triple
        state, other = self.states.get(subject), self.states.get(value)
        said = self.said[claim]
        return bool(
            (state and (state, predicate, value) in said) or (other and (subject, predicate, other) in said)
        )


def repetitions(dataset: Iterable[ox.Quad], claims: dict[str, ClaimGraph]) -> Repetitions:
    """Read who speaks for which state, and what each claim says."""
    states = {
        str(quad.subject): str(quad.object)
        for quad in dataset
        if quad.predicate.value == AX + "speaksFor" and isinstance(quad.graph_name, ox.DefaultGraph)
    }
    said = {
        iri: frozenset(map(triple_of, claim.quads)) | {triple for _, triple in claim.denials()}
        for iri, claim in claims.items()
    }
    return Repetitions(states, said)


def exceptions(pairs: Iterable[tuple[str, str]], claims: dict[str, ClaimGraph]) -> dict[str, list[Bounds]]:
    """For which times each general claim is excepted by its own voice.

    Args:
        pairs: claims that stand against each other.
        claims: all claims by IRI.
    """
    found: dict[str, list[Bounds]] = defaultdict(list)
    for pair in pairs:
        for general, passing in (pair, pair[::-1]):
            if _excepts(claims[passing], claims[general]):
                found[general].append(claims[passing].holds)
    return found


def set_aside(
    pair: tuple[str, str], excepted: dict[str, list[Bounds]], claims: dict[str, ClaimGraph]
) -> bool:
    """Whether one claim of a pair speaks only of a time that the other's voice excepts."""
    return any(
        _within(claims[other].holds, time) and claims[other].dated
        for general, other in (pair, pair[::-1])
        for time in excepted.get(general, ())
    )


def _excepts(passing: ClaimGraph, general: ClaimGraph) -> bool:
    one_voice = bool(set(passing.holders) & set(general.holders)) or (
        passing.source == general.source and {passing.stance, general.stance} <= OWN_STANCES
    )
    return (
        one_voice
        and passing.dated
        and passing.holds != general.holds
        and _within(passing.holds, general.holds)
    )


def _within(inner: Bounds, outer: Bounds) -> bool:
    """Whether a time that begins and ends lies within another."""
    if not inner.earliest or not inner.latest:
        return False
    return (outer.earliest is None or outer.earliest <= inner.earliest) and (
        outer.latest is None or inner.latest <= outer.latest
    )
