"""On which matters a claim speaks: two claims of which a rule may make a pair have a matter in common.

A matter is mostly a pair of things, in no order: what is said of one and the other. A thing stands for what
counts for it, or against it: a government for its state, a part of a relationship for the whole, one of two
alternatives for both. Where rules compare what is said of one thing alone, it is a matter, together with what
is asked about it.

A new rule needs no key of its own as long as its pairs meet somewhere here. Tests hold all of them to it
(``tests/validation/test_matters_apart.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, RDF, local_name
from araxes.triples.derived.claim_graphs import ClaimGraph, Triple, triple_of
from araxes.triples.derived.figures_compared import base_of, is_figure
from araxes.triples.derived.tensions import contrasts
from araxes.validation.disagreement.background import Background
from araxes.validation.disagreement.working import WORKING

_OF_SUBJECT = {
    "actor": "doers",
    "participant": "doers",
    "hasComponent": "parts",
    "date": "date",
    "manifestedIn": "deed",
    "place": "deed",
    "mediatesIn": "role",
    "isNeutralIn": "role",
    "supports": "role",
    "sidesWith": "role",
    "respectsTerritorialIntegrityOf": "role",
    "friendlyTo": "role",
    "alliedWith": "role",
    "hasCloseRelationsWith": "role",
}
"""Properties of which the subject is a matter, and what is asked about it."""

_OF_OBJECT = {
    "memberOf": "members",
    "observerIn": "members",
    "observesTradition": "members",
    "explanandum": "explained",
    "alliedWith": "role",
    "hasCloseRelationsWith": "role",
}
"""The same of the object."""

_STANCES = frozenset(WORKING + name for name in ("favours", "follows", "rejects", "dreads", "worries"))
_NOTHING: frozenset[str] = frozenset()


def matters_of(
    claim: ClaimGraph, about: Iterable[ox.Quad], working: Iterable[ox.Quad], background: Background
) -> set[str]:
    """The matters on which a claim speaks.

    Args:
        claim: the claim.
        about: what is said of it.
        working: its stances and explanations.
        background: what is known of things.
    """
    facts = [triple_of(quad) for quad in working]
    said = [triple_of(quad) for quad in claim.quads]
    denied = [triple for _, triple in claim.denials()]
    return {
        *_pairs(said, background),
        *_pairs([triple for triple in facts if triple[1] not in _STANCES], background),
        *_denied(denied, background),
        *_single(said, background),
        *_outlooks(said, denied, background),
        *_threats(said, background),
        *_stances(facts, background),
        *(f"figure {base_of(node)}" for node in claim.nodes().values() if is_figure(node)),
        *_issues(about, background),
    }


def _pair(one: str, other: str) -> str:
    return " ".join(sorted((one, other)))


def _for(thing: str, background: Background) -> frozenset[str]:
    """A thing and what it stands for."""
    return background.near.get(thing, _NOTHING) | {thing}


def _pairs(said: Iterable[Triple], background: Background) -> Iterator[str]:
    for subject, name, value in said:
        if name != RDF + "type":
            yield from map(
                _pair, *zip(*product(_for(subject, background), _for(value, background)), strict=True)
            )


def _denied(denied: Iterable[Triple], background: Background) -> Iterator[str]:
    """What is denied of a group is denied of its members."""
    members = background.linked["hasMember"]
    for subject, _, value in denied:
        for end in (value, *members.get(value, ())):
            yield _pair(subject, end)


def _single(said: Iterable[Triple], background: Background) -> Iterator[str]:
    """What is said of one thing alone: who did it, when it was, what it consists of, what explains it."""
    furthering, members = contrasts().furthering, background.linked["hasMember"]
    for subject, iri, value in said:
        name = local_name(iri)
        if name in _OF_SUBJECT:
            yield f"{_OF_SUBJECT[name]} {subject}"
        if name in _OF_OBJECT:
            yield f"{_OF_OBJECT[name]} {value}"
        if name in furthering or name == "motivates":
            yield f"outcome {value}"
        if name == "balancesAgainst":
            yield from (f"balance {each}" for each in (value, *members.get(subject, ())))


def _outlooks(said: Iterable[Triple], denied: Iterable[Triple], background: Background) -> Iterator[str]:
    """What becomes of a relationship: what furthers it or excludes its decline, and that it will not grow."""
    for subject, iri, _ in denied:
        if iri == AX + "relationshipQuality":
            yield from (f"outlook {each}" for each in _for(subject, background))
    for _, iri, value in said:
        if local_name(iri) in contrasts().furthering:
            beyond = (_for(each, background) for each in _for(value, background))
            yield from (f"outlook {each}" for each in frozenset().union(*beyond))


def _threats(said: list[Triple], background: Background) -> Iterator[str]:
    """Who sees a threat in whom: in a relationship it is seen in its parties, in a tool in whoever has it."""
    parties, operated = background.linked["party"], background.linked["operates"]
    for subject, iri, value in said:
        if iri == AX + "perceivesThreatFrom":
            seen = {*_for(value, background), *parties.get(value, ())}
            seen |= {one for one, things in operated.items() if value in things}
            ends = (_for(each, background) for each in seen)
            for one, other in product(_for(subject, background), frozenset().union(*ends)):
                yield f"threat {_pair(one, other)}"
        elif iri == AX + "aids":
            for _, name, place in said:
                if name == AX + "place":
                    yield f"threat {_pair(subject, place)}"


def _stances(facts: Iterable[Triple], background: Background) -> Iterator[str]:
    """What somebody favours or rejects, and the issues that it is on."""
    concerned = background.linked["concerns"]
    for _, iri, value in facts:
        if iri in _STANCES:
            yield from (f"stance {each}" for each in (*_for(value, background), *concerned.get(value, ())))
        elif iri == WORKING + "onIssue":
            yield f"stance {value}"


def _issues(about: Iterable[ox.Quad], background: Background) -> Iterator[str]:
    """The issues to which a claim is read as an answer."""
    answered = background.linked["respondsTo"]
    for quad in about:
        if quad.predicate.value == AX + "readAs":
            yield from (f"issue {each}" for each in answered.get(str(quad.object), ()))
