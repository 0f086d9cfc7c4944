"""Which statements may stand bare in the default graph.

A statement is *uncontested* when the author of some source affirms or endorses it as fact and no claim
of the corpus denies it, states a property declared in tension with it over an overlapping time, or
gives another date or value for the same thing. A statement with a condition, a theory's scope or a limiting
degree is never bare, nor is one that repeats a misprint which its claim corrects. The word says nothing
about truth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, local_name
from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.dates import Bounds
from araxes.triples.derived.claim_graphs import ClaimGraph, Triple, triple_of
from araxes.triples.derived.figures_compared import FIGURES, Base, base_of, is_figure, range_of
from araxes.triples.derived.tensions import (
    EXCLUSIVE_OWNERS,
    EXCLUSIVE_VALUES,
    Alternatives,
    Contrasts,
    account_of,
    contrasts,
)

_DATES = {AX + name for name in ("date", "dateSolarHijri", "earliest", "latest")}


def uncontested_quads(
    claims: Mapping[str, ClaimGraph], alternatives: Alternatives, words: Vocabulary
) -> Iterator[ox.Quad]:
    """The statements to add to the default graph.

    Args:
        claims: all claims by IRI.
        alternatives: which things exclude each other, and which are part of which.
        words: the ontology's terms, for tension and symmetry.
    """
    contested = contested_triples(claims.values(), words, alternatives)
    for claim in claims.values():
        if not claim.affirmed_as_fact:
            continue
        unsaid, reserved = claim.reserved()
        unsaid |= {node for node, _ in claim.denials()}
        for quad in claim.quads:
            triple = triple_of(quad)
            if triple not in contested | reserved | claim.misprinted and triple[0] not in unsaid:
                yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.DefaultGraph())


def contested_triples(
    claims: Collection[ClaimGraph], words: Vocabulary, alternatives: Alternatives
) -> set[Triple]:
    """Statements on which claims of the corpus stand against each other."""
    return {
        *_denied(claims, words),
        *_tense(claims, words, alternatives),
        *_exclusive(claims, alternatives),
        *_diverging_dates(claims),
        *_diverging_figures(claims),
    }


def _denied(claims: Iterable[ClaimGraph], words: Vocabulary) -> Iterator[Triple]:
    """Denied statements, and those that would imply them: more special, mirror images, inverses."""
    for claim in claims:
        for _, (subject, predicate, value) in claim.denials():
            denied = local_name(predicate)
            for name in words.properties:
                implied = words.implications(name)
                if (denied, True) in implied:
                    yield value, AX + name, subject
                if (denied, False) in implied:
                    yield subject, AX + name, value


def _tense(claims: Iterable[ClaimGraph], words: Vocabulary, alternatives: Alternatives) -> Iterator[Triple]:
    """Statements on one pair of things whose properties, or qualities, pull against each other."""
    against = contrasts()
    pulled = {name for pair in against.tense | against.causal for name in pair}
    qualities = {f"<{AX}{name}>" for pair in against.qualities for name in pair}
    by_topic: dict[frozenset[str], list[tuple[Triple, ClaimGraph]]] = defaultdict(list)
    for claim in claims:
        for triple in map(triple_of, claim.quads):
            if local_name(triple[1]) in pulled:
                subject, _, value = alternatives.folded(triple)
                for whole in alternatives.whole(value):
                    by_topic[frozenset((subject, whole))].append((triple, claim))
            elif triple[2] in qualities:
                by_topic[frozenset((triple[0], triple[1]))].append((triple, claim))
    for statements in by_topic.values():
        for one, first in statements:
            if any(
                first.holds.meets(second.holds)
                and _pull_apart(alternatives.folded(one), alternatives.folded(two), words, against)
                for two, second in statements
            ):
                yield one


def _pull_apart(one: Triple, two: Triple, words: Vocabulary, against: Contrasts) -> bool:
    if one[0] == two[0] and one[1] == two[1]:
        return (local_name(one[2].strip("<>")), local_name(two[2].strip("<>"))) in against.qualities
    first, second = local_name(one[1]), local_name(two[1])
    if not against.opposed(first, second):
        return False
    either_way = words.properties[first].symmetric or words.properties[second].symmetric
    return one[0] == two[0] or either_way


def _exclusive(claims: Iterable[ClaimGraph], alternatives: Alternatives) -> Iterator[Triple]:
    """Statements that give one matter things of which each excludes the other."""
    furthering = contrasts().furthering
    by_topic: dict[tuple[str, str, str], list[tuple[str, Triple, ClaimGraph]]] = defaultdict(list)
    ends = {*alternatives.excluded, *alternatives.undone, *chain.from_iterable(alternatives.undone.values())}
    for claim in claims:
        for triple in map(triple_of, claim.quads):
            subject, predicate, value = triple
            name = local_name(predicate)
            if name in furthering and value in ends:
                by_topic[subject, "+", ""].append((value, triple, claim))
            if name in EXCLUSIVE_VALUES and value in alternatives.excluded:
                by_topic[subject, account_of(name), ""].append((value, triple, claim))
            if name in EXCLUSIVE_OWNERS and subject in alternatives.excluded:
                by_topic["", name, value].append((subject, triple, claim))
    for (_, account, _), statements in by_topic.items():
        clash = alternatives.opposite if account == "+" else alternatives.exclude
        for one, triple, first in statements:
            if any(clash(one, two) and first.holds.meets(second.holds) for two, _, second in statements):
                yield triple


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
    """Values of one measure, on the same base, that cannot both be right."""
    found: dict[Base, list[list[Triple]]] = defaultdict(list)
    for claim in claims:
        for statements in claim.nodes().values():
            if is_figure(statements):
                found[base_of(statements)].append(statements)
    for observations in found.values():
        ranges = [range_of(statements) for statements in observations]
        if max(low for low, _ in ranges) > min(high for _, high in ranges):
            for statements in observations:
                yield from (triple for triple in statements if triple[1] in FIGURES)
