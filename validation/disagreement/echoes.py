"""How many voices agree, and from how many independent origins.

Two voices have one origin if one source tells of both, if they speak for one body or share a holder, if they
cite one work, or if one cites the other's source or a work of the other. Each such thing ties together all
voices that it stands behind; what is left untied is independent, as far as the claims record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, DCTERMS
from araxes.triples.derived.claim_graphs import ClaimGraph

_SPEAKS = frozenset({AX + "speaksFor", DCTERMS + "creator"})


_Voice = tuple[str, ...]


@dataclass(frozen=True)
class Echoes:
    """What is known of the voices of a corroboration.

    Attributes:
        voices: how many there are; holders of one claim speak with one voice.
        origins: how many of them stand independently, those with a common origin counting once.
        shared: what ties several voices together: sources, holders, bodies or works.
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
    speaking = {claim.source for claim in claims}
    for claim in claims:
        speaking.update(claim.holders, *(bodies.get(holder, ()) for holder in claim.holders))
    behind: dict[str, set[_Voice]] = defaultdict(set)
    origin: dict[_Voice, _Voice] = {}
    for claim in claims:
        voice = tuple(claim.holders)
        origin[voice] = voice
        for key in _origins(claim, bodies, speaking):
            behind[key].add(voice)
    for voices in behind.values():
        joined = {origin[voice] for voice in voices}
        origin = {voice: min(joined) if first in joined else first for voice, first in origin.items()}
    shared = sorted(key for key, voices in behind.items() if len(voices) > 1)
    return Echoes(len(origin), len(set(origin.values())), tuple(shared))


def _origins(claim: ClaimGraph, bodies: Mapping[str, set[str]], speaking: set[str]) -> set[str]:
    """Its source and holders, their bodies, what it cites, and who of those that speak wrote that."""
    found = {*claim.holders, *claim.cites, claim.source}
    found.update(*(bodies.get(holder, ()) for holder in claim.holders))
    return found.union(*(bodies.get(work, set()) & speaking for work in claim.cites))
