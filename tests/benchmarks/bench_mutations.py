"""How much random damage to published data is seen: ``python -m tests.benchmarks.bench_mutations [NUMBER]``.

Parts of the real corpus are built as `araxes build` builds the whole (claims, entities, sources, mappings,
uncontested statements, what is inferred, comparisons, digests) and damaged in one place, chosen uniformly
among all places of a kind. For each kind it is counted what sees the damage first: shapes and rules, the
audit of derived data, the content digests, or `araxes verify` with the originals. The random numbers are
seeded. Nothing is counted as seen but a violation that stops publication.
"""

from __future__ import annotations

import logging
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.namespaces import BASE
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import Corpus, Record, read_corpus, strings
from araxes.triples.dataset import described_quads, ontology_quads
from araxes.triples.wikidata.mapping_quads import mapping_quads
from araxes.triples.wikidata.sssom_checks import check_mappings
from araxes.triples.wikidata.sssom_tables import SSSOM, read_mappings
from araxes.validation.gate.audit import Audited, derived_findings, digest_findings
from araxes.validation.gate.shapes_and_rules import check_quads
from araxes.validation.published import published_dataset
from tests.validation.mutations import KINDS, misplaced, place

SEEDS = 6
"""Claims drawn for a part; those that describe the same things in the same source come with them."""

LARGEST = 60
"""Claims of the largest part that is used: larger ones are slow and not otherwise different."""

NUMBER = 25
"""Mutations of each kind, unless another number is given."""

WAYS = ("shapes and rules", "audit of derived data", "content digests", "`araxes verify`")
"""What can see damage, in the order in which it is asked."""


@cache
def ontology() -> tuple[ox.Quad, ...]:
    """The ontology's quads."""
    return tuple(ontology_quads())


@cache
def links() -> tuple[ox.Quad, ...]:
    """All mappings as quads."""
    return tuple(mapping_quads(check_mappings(read_mappings(), read_corpus()).whole()))


def described(claim: Record) -> set[str]:
    """Ids of the shared things whose kind a claim states."""
    items = [item for item in claim.data["asserts"] if "type" in item and "id" in item]
    return {item["id"] for item in items if not item["id"].startswith("#")}


def closed(corpus: Corpus, seeds: list[Record]) -> list[Record]:
    """Claims with those of the same source that speak of the things that they describe, and so on."""
    speaking: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for claim in corpus.claims:
        for name in set(strings(claim.data["asserts"])):
            speaking[claim.source, name].append(claim)
    found, agenda = {claim.id: claim for claim in seeds}, list(seeds)
    while agenda:
        claim = agenda.pop()
        for other in chain.from_iterable(speaking[claim.source, name] for name in described(claim)):
            if other.id not in found:
                found[other.id] = other
                agenda.append(other)
    return list(found.values())


def part(corpus: Corpus, dice: random.Random) -> list[ox.Quad]:
    """A part of the corpus as it would be published, without the ontology."""
    claims = closed(corpus, dice.sample(corpus.claims, SEEDS))
    while len(claims) > LARGEST:
        claims = closed(corpus, dice.sample(corpus.claims, SEEDS))
    entities = {record.id: record for record in corpus.entities}
    names = {claim.source for claim in claims}
    heads: dict[str, Record] = {}
    agenda = [*names, *(name for claim in claims for name in strings(claim.data))]
    sources = {record.id: record for record in corpus.sources}
    readings = [record for record in corpus.curations if record.source in names]
    agenda += [name for record in readings for name in strings(record.data)]
    while agenda:
        name = agenda.pop().partition("#")[0]
        record = entities.get(name) or sources.get(name)
        if record and name not in heads:
            heads[name] = record
            agenda.extend(strings(record.data))
    chosen = Corpus(
        [heads[name] for name in heads if name in entities],
        [heads[name] for name in heads if name in sources],
        [record for record in corpus.curations if record.source in heads],
        claims,
    )
    return publish(
        [
            *described_quads(check_records(chosen).whole()),
            *of_things(links(), {BASE + name for name in heads}),
        ]
    )


def of_things(quads: tuple[ox.Quad, ...], things: set[str]) -> Iterator[ox.Quad]:
    """The links of some things and the records of these links."""
    about = {
        quad.subject: getattr(quad.object, "value", "")
        for quad in quads
        if quad.predicate.value == SSSOM + "subject_id"
    }
    for quad in quads:
        if about.get(quad.subject, getattr(quad.subject, "value", "")) in things:
            yield quad


def publish(quads: list[ox.Quad]) -> list[ox.Quad]:
    """Add all that a build adds, and leave the ontology out again."""
    dataset = published_dataset(quads).dataset
    return [quad for quad in dataset if place(quad) != "ontology"]


def violated(quads: list[ox.Quad]) -> list[str]:
    """Names of the shapes and rules that a dataset violates."""
    found = check_quads([*ontology(), *quads])
    return sorted({finding.shape for finding in found if finding.severity == "violation"})


def seen(quads: list[ox.Quad]) -> str:
    """What sees first that a dataset is damaged: one of :data:`WAYS`, or nothing."""
    whole = [*ontology(), *quads]
    if violated(quads):
        return WAYS[0]
    data = Audited(whole)
    if next(derived_findings(data), None):
        return WAYS[1]
    if next(digest_findings(data), None):
        return WAYS[2]
    folder = Path(os.environ["ARAXES_SOURCES"]) if os.environ.get("ARAXES_SOURCES") else None
    return WAYS[3] if folder and misplaced(quads, folder) else ""


def damaged(quads: list[ox.Quad], kind: str, dice: random.Random) -> tuple[list[ox.Quad], str] | None:
    """A dataset damaged in one place, and the property concerned; nothing if there is no place."""
    change, applies = KINDS[kind]
    places = sorted((quad for quad in quads if applies(quad)), key=str)
    if not places:
        return None
    quad = dice.choice(places)
    changed = change(quad, quads, dice)
    if set(changed.added) & set(quads):
        return None  # what was to be put in is there already: no damage
    left = [other for other in quads if other != quad or not changed.instead]
    return [*left, *changed.added], quad.predicate.value.rpartition("/")[2].rpartition("#")[2]


def main(number: int) -> None:
    """Damage, count and print a table in Markdown."""
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it logs each literal of a damaged datatype
    dice = random.Random(20261120)
    corpus = read_corpus()
    first: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    missed: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    start = time.monotonic()
    while min(sum(counts.values()) for counts in first.values()) < number:
        quads = part(corpus, dice)
        assert violated(quads) == [], violated(quads)
        for kind, counts in first.items():
            found = damaged(quads, kind, dice) if sum(counts.values()) < number else None
            if found:
                way = seen(found[0])
                counts[way] += 1
                if way != WAYS[0]:
                    missed[kind][found[1]] += 1
    table(first, missed, number, time.monotonic() - start)


def table(
    first: dict[str, Counter[str]], missed: dict[str, Counter[str]], number: int, seconds: float
) -> None:
    """Print what was counted; the columns add up from left to right."""
    write = sys.stdout.write
    write(f"| damage | {' | '.join(WAYS)} | shapes and rules miss most often |\n")
    write(f"| --- |{' --- |' * (len(WAYS) + 1)}\n")
    for kind, counts in first.items():
        often = ", ".join(f"{name} {times}" for name, times in missed[kind].most_common(4))
        write(f"| {kind} | {' | '.join(map(str, summed(counts)))} | {often} |\n")
    total = sum((Counter(counts) for counts in first.values()), Counter())
    whole = number * len(first)
    shares = " | ".join(f"**{seen / whole:.1%}**" for seen in summed(total))
    write(f"| **all {whole}** | {shares} | |\n\n{seconds:.0f} s\n")


def summed(counts: Counter[str]) -> list[int]:
    """How many were seen by each way or one before it."""
    return [sum(counts[way] for way in WAYS[: index + 1]) for index in range(len(WAYS))]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER)
