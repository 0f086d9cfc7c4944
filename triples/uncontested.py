"""Which statements may stand bare in the default graph.

A statement is *uncontested* when the author of some source affirms or endorses it as fact and no claim
of the corpus denies it, states a property declared in tension with it over an overlapping time, or
gives another date or value for the same thing. The word says nothing about truth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, local_name
from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.claim_graphs import ClaimGraph, Triple, read_claim_graphs, triple_of
from araxes.triples.dates import Bounds

_DATES = {AX + name for name in ("date", "dateSolarHijri", "earliest", "latest")}
_FIGURES = {AX + name for name in ("value", "lowerValue", "upperValue", "rank")}
_SIGNATURE = tuple(
    AX + name
    for name in [
        "measure",
        "measuredEntity",
        "fromActor",
        "toActor",
        "betweenActor",
        "unit",
        "perPeriod",
        "date",
        "commodity",
        "rankedWithin",
        "place",
        "weapon",
        "concerns",
    ]
)
"""What two figures must share to be figures of one thing."""


def uncontested_quads(quads: Iterable[ox.Quad], words: Vocabulary) -> Iterator[ox.Quad]:
    """The statements to add to the default graph.

    Args:
        quads: claim graphs and descriptions.
        words: the ontology's terms, for tension and symmetry.
    """
    claims = read_claim_graphs(quads)
    contested = contested_triples(claims.values(), words)
    for claim in claims.values():
        if not claim.affirmed_as_fact:
            continue
        denials = {node for node, _ in claim.denials()}
        for quad in claim.quads:
            triple = triple_of(quad)
            if triple not in contested and triple[0] not in denials:
                yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.DefaultGraph())


def contested_triples(claims: Collection[ClaimGraph], words: Vocabulary) -> set[Triple]:
    """Statements on which claims of the corpus stand against each other."""
    return {
        *_denied(claims, words),
        *_tense(claims, words),
        *_diverging_dates(claims),
        *_diverging_figures(claims),
    }


def _denied(claims: Iterable[ClaimGraph], words: Vocabulary) -> Iterator[Triple]:
    """Denied statements, with their mirror images and with what would imply them."""
    for claim in claims:
        for _, (subject, predicate, value) in claim.denials():
            denied = local_name(predicate)
            for name, declared in words.properties.items():
                if denied in words.superproperties(name):
                    yield subject, AX + name, value
                    if declared.symmetric:
                        yield value, AX + name, subject


def _tense(claims: Iterable[ClaimGraph], words: Vocabulary) -> Iterator[Triple]:
    """Statements on one pair of things whose properties are declared in tension."""
    names = words.properties
    tense = {name for name in names if any(words.in_tension(name, other) for other in names)}
    by_pair: dict[frozenset[str], list[tuple[Triple, ClaimGraph]]] = defaultdict(list)
    for claim in claims:
        for triple in map(triple_of, claim.quads):
            if local_name(triple[1]) in tense:
                by_pair[frozenset((triple[0], triple[2]))].append((triple, claim))
    for statements in by_pair.values():
        for one, first in statements:
            if any(
                first.period.meets(second.period) and _pull_apart(one, two, words)
                for two, second in statements
            ):
                yield one


def _pull_apart(one: Triple, two: Triple, words: Vocabulary) -> bool:
    first, second = local_name(one[1]), local_name(two[1])
    either_way = words.properties[first].symmetric or words.properties[second].symmetric
    return (one[0] == two[0] or either_way) and words.in_tension(first, second)


def _diverging_dates(claims: Iterable[ClaimGraph]) -> Iterator[Triple]:
    """Dates that claims give to one thing and that have no day in common."""
    bounds: dict[str, list[Bounds]] = defaultdict(list)
    triples: dict[str, list[Triple]] = defaultdict(list)
    for claim in claims:
        for node, statements in claim.nodes().items():
            dated = [triple for triple in statements if triple[1] in _DATES]
            if dated:
                bounds[node].append(Bounds(_day(dated, "earliest"), _day(dated, "latest")))
                triples[node] += dated
    for node, given in bounds.items():
        if any(not one.meets(two) for one in given for two in given):
            yield from triples[node]


def _day(triples: Iterable[Triple], name: str) -> date | None:
    return next(
        (date.fromisoformat(value[1:11]) for _, predicate, value in triples if predicate == AX + name), None
    )


def _diverging_figures(claims: Iterable[ClaimGraph]) -> Iterator[Triple]:
    """Different values of one measure for the same actors, time, unit and matter."""
    found: dict[tuple[frozenset[str], ...], dict[frozenset[str], list[Triple]]] = defaultdict(dict)
    for claim in claims:
        for statements in claim.nodes().values():
            figures = [triple for triple in statements if triple[1] in _FIGURES]
            if figures:
                base = tuple(frozenset(t[2] for t in statements if t[1] == name) for name in _SIGNATURE)
                value = frozenset(t[1] + t[2] for t in figures)
                found[base].setdefault(value, []).extend(figures)
    for by_value in found.values():
        if len(by_value) > 1:
            for triples in by_value.values():
                yield from triples
