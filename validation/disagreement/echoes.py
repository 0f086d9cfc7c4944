"""How many voices agree, and from how many independent origins.

Two voices are one origin if they are one holder, speak for one body, cite one work, or if one cites the
source of the other. Each such thing ties together all claims that it stands behind; what is left untied is
independent, as far as the claims record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from araxes.ontology.namespaces import AX
from araxes.triples.derived.claim_graphs import ClaimGraph

_SPEAKS = frozenset({AX + "speaksFor", AX + "author"})


@dataclass(frozen=True)
class Echoes:
    """What is known of the voices of a corroboration.

    Attributes:
        voices: how many holders there are.
        origins: how many of them stand independently, those with a common origin counting once.
        shared: what ties several of them together: holders, bodies, works or sources.
    """

    voices: int
    origins: int
    shared: tuple[str, ...]


def bodies_of(quads: Iterable[ox.Quad]) -> dict[str, set[str]]:
    """For which bodies each holder speaks, by the descriptions of the default graph."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        described = quad.predicate.value in _SPEAKS and isinstance(quad.graph_name, ox.DefaultGraph)
        if described and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            found[quad.subject.value].add(quad.object.value)
    return dict(found)


def echoes(members: Iterable[ClaimGraph], bodies: Mapping[str, set[str]]) -> Echoes:
    """Count voices and origins of claims that state one thing.

    Args:
        members: the claims.
        bodies: as :func:`bodies_of` gives them.
    """
    claims = list(members)
    behind: dict[str, set[int]] = defaultdict(set)
    cited = {work for claim in claims for work in claim.cites}
    for place, claim in enumerate(claims):
        for key in _origins(claim, bodies, cited):
            behind[key].add(place)
    group = list(range(len(claims)))
    for places in behind.values():
        joined = {group[place] for place in places}
        group = [min(joined) if each in joined else each for each in group]
    holders = {holder for claim in claims for holder in claim.holders}
    shared = sorted(key for key, places in behind.items() if len(places) > 1)
    return Echoes(len(holders), len(set(group)), tuple(shared))


def _origins(claim: ClaimGraph, bodies: Mapping[str, set[str]], cited: set[str]) -> set[str]:
    """What stands behind a claim."""
    found = set(claim.holders) | set(claim.cites)
    for holder in claim.holders:
        found |= bodies.get(holder, set())
    return found | ({claim.source} & cited)
