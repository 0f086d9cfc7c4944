"""Which statements may stand bare in the default graph.

A statement is *uncontested* when the author of some source affirms or endorses it as fact and no claim
of the corpus denies it, states a property declared in tension with it over an overlapping time, or
gives another date or value for the same thing. A statement with a condition, a theory's scope or a limiting
degree is never bare, nor is one that repeats a misprint which its claim corrects. The word says nothing
about truth.

Statements are taken out of the claims of each source by the matter that they speak of, and decided matter by
matter (see :mod:`araxes.triples.runners.runner`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, local_name
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH
from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.authoring.dates_and_calendars import Bounds
from araxes.triples.derived.claim_graphs import ALWAYS, ClaimGraph, Triple, by_source, triple_of
from araxes.triples.derived.figures_compared import FIGURES, base_of, is_figure, range_of
from araxes.triples.derived.tensions import (
    EXCLUSIVE_OWNERS,
    EXCLUSIVE_VALUES,
    Alternatives,
    Contrasts,
    account_of,
    contrasts,
)
from araxes.triples.runners.runner import IN_PROCESS, Runner, part_of

_DATES = {AX + name for name in ("date", "dateSolarHijri", "earliest", "latest")}
_FURTHERING = "+"

Matter = tuple[str, ...]
"""What statements are compared by: how, and about what."""


@dataclass(frozen=True)
class Stated:
    """What a claim says on a matter, as far as it is compared with what others say on it.

    Attributes:
        matter: the matter.
        triples: the statements that are contested if they clash with others on the matter.
        holds: when they hold; of a date, the days that it leaves possible.
        value: the thing that it gives to the matter, if things exclude each other there.
        range: the numbers that a figure leaves possible.
    """

    matter: Matter
    triples: tuple[Triple, ...]
    holds: Bounds = ALWAYS
    value: str = ""
    range: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Compared:
    """What is known of things wherever statements are compared."""

    alternatives: Alternatives

    @cached_property
    def exclusive(self) -> frozenset[str]:
        """Things beside which others cannot be furthered."""
        undone = self.alternatives.undone
        return frozenset({*self.alternatives.excluded, *undone, *chain.from_iterable(undone.values())})


def uncontested_quads(
    claims: Mapping[str, ClaimGraph], alternatives: Alternatives, runner: Runner = IN_PROCESS
) -> Iterator[ox.Quad]:
    """The statements to add to the default graph.

    Args:
        claims: all claims by IRI.
        alternatives: which things exclude each other, and which are part of which.
        runner: where matters are decided.
    """
    contested = contested_triples(claims.values(), alternatives, runner)
    for claim in claims.values():
        if not claim.affirmed_as_fact:
            continue
        unsaid, reserved = claim.reserved()
        unsaid |= {node for node, _ in claim.denials()}
        for quad in claim.quads:
            triple = triple_of(quad)
            if triple in contested or triple in reserved or triple in claim.misprinted:
                continue
            if triple[0] not in unsaid:
                yield ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT_GRAPH)


def contested_triples(
    claims: Collection[ClaimGraph], alternatives: Alternatives, runner: Runner = IN_PROCESS
) -> set[Triple]:
    """Statements on which claims of the corpus stand against each other."""
    shared = Compared(alternatives)
    return set(runner.by_matter(statements_of_source, contested_in, by_source(claims), shared, len(claims)))


def statements_of_source(
    shared: Compared, claims: tuple[ClaimGraph, ...], parts: int
) -> Iterator[tuple[int, Stated]]:
    """What the claims of a source state, each with the part in which its matter is decided."""
    words = vocabulary()
    for claim in claims:
        for takes in (_tense, _exclusive, _dates, _figures):
            for stated in takes(claim, shared):
                yield part_of(" ".join(stated.matter), parts), stated
        for triple in _denied(claim, words):
            stated = Stated(("denied", *triple), (triple,))
            yield part_of(" ".join(stated.matter), parts), stated


def contested_in(shared: Compared, part: list[Stated]) -> Iterator[Triple]:
    """What is contested on the matters of a part."""
    found: dict[Matter, list[Stated]] = defaultdict(list)
    for stated in part:
        found[stated.matter].append(stated)
    words, against = vocabulary(), contrasts()
    for matter, statements in found.items():
        if matter[0] == "tense":
            yield from _pulling(statements, shared, words, against)
        elif matter[0] == "exclusive":
            yield from _excluding(statements, shared)
        elif matter[0] == "dates":
            yield from _diverging(statements)
        elif matter[0] == "figures":
            if max(each.range[0] for each in statements) > min(each.range[1] for each in statements):
                yield from chain.from_iterable(each.triples for each in statements)
        else:
            yield from chain.from_iterable(each.triples for each in statements)


def _denied(claim: ClaimGraph, words: Vocabulary) -> Iterator[Triple]:
    """Denied statements, and those that would imply them: more special, mirror images, inverses."""
    for _, (subject, predicate, value) in claim.denials():
        denied = local_name(predicate)
        for name in words.properties:
            implied = words.implications(name)
            if (denied, True) in implied:
                yield value, AX + name, subject
            if (denied, False) in implied:
                yield subject, AX + name, value


def _tense(claim: ClaimGraph, shared: Compared) -> Iterator[Stated]:
    """Statements on one pair of things whose properties, or qualities, may pull against others."""
    against = contrasts()
    for triple in map(triple_of, claim.quads):
        if local_name(triple[1]) in against.pulled:
            subject, _, value = shared.alternatives.folded(triple)
            for whole in shared.alternatives.whole(value):
                yield Stated(("tense", *sorted((subject, whole))), (triple,), claim.holds)
        elif triple[2] in against.pulled_qualities:
            yield Stated(("tense", *sorted((triple[0], triple[1]))), (triple,), claim.holds)


def _pulling(
    statements: list[Stated], shared: Compared, words: Vocabulary, against: Contrasts
) -> Iterator[Triple]:
    for first in statements:
        (one,) = first.triples
        if any(
            first.holds.meets(second.holds)
            and _pull_apart(shared.alternatives.folded(one), shared.alternatives.folded(two), words, against)
            for second in statements
            for two in second.triples
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


def _exclusive(claim: ClaimGraph, shared: Compared) -> Iterator[Stated]:
    """Statements that give a matter things which may each exclude another."""
    furthering, excluded = contrasts().furthering, shared.alternatives.excluded
    for triple in map(triple_of, claim.quads):
        subject, predicate, value = triple
        name = local_name(predicate)
        if name in furthering and value in shared.exclusive:
            yield Stated(("exclusive", subject, _FURTHERING, ""), (triple,), claim.holds, value)
        if name in EXCLUSIVE_VALUES and value in excluded:
            yield Stated(("exclusive", subject, account_of(name), ""), (triple,), claim.holds, value)
        if name in EXCLUSIVE_OWNERS and subject in excluded:
            yield Stated(("exclusive", "", name, value), (triple,), claim.holds, subject)


def _excluding(statements: list[Stated], shared: Compared) -> Iterator[Triple]:
    furthered = statements[0].matter[2] == _FURTHERING
    clash = shared.alternatives.opposite if furthered else shared.alternatives.exclude
    for one in statements:
        if any(clash(one.value, two.value) and one.holds.meets(two.holds) for two in statements):
            yield from one.triples


def _dates(claim: ClaimGraph, _: Compared) -> Iterator[Stated]:
    """The dates that a claim gives to things."""
    for node, statements in claim.nodes().items():
        dated = tuple(triple for triple in statements if triple[1] in _DATES)
        if dated:
            days = Bounds(_day(dated, "earliest"), _day(dated, "latest"))
            yield Stated(("dates", node), dated, days)


def _diverging(statements: list[Stated]) -> Iterator[Triple]:
    """All dates of a thing if two of them have no day in common."""
    if any(not one.holds.meets(two.holds) for one in statements for two in statements):
        yield from chain.from_iterable(each.triples for each in statements)


def _day(triples: Iterable[Triple], name: str) -> date | None:
    return next(
        (date.fromisoformat(value[1:11]) for _, predicate, value in triples if predicate == AX + name), None
    )


def _figures(claim: ClaimGraph, _: Compared) -> Iterator[Stated]:
    """Values of measures, each by the base on which it cannot be right beside some others."""
    for statements in claim.nodes().values():
        if is_figure(statements):
            base = ("|".join(sorted(part)) for part in base_of(statements))
            figures = tuple(triple for triple in statements if triple[1] in FIGURES)
            yield Stated(("figures", *base), figures, range=range_of(statements))
