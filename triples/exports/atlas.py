"""An atlas of the corpus in Markdown: how many claims by source, kind, holder, actors and time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, RDFS, local_name
from araxes.triples.authoring.check_references import as_list
from araxes.triples.authoring.corpus import Corpus
from araxes.triples.derived.claim_graphs import ClaimGraph, read_claim_graphs
from araxes.triples.exports.claim_tables import Description
from araxes.triples.originals.passages import claim_spans

TOP = 25
"""So many rows of a long table are shown."""

_EARLIEST = AX + "earliest"
_STATES = (BASE + "state/", BASE + "historical-state/", BASE + "de-facto-state/")
Row = tuple[str, ...]


def atlas(dataset: ox.Dataset, corpus: Corpus) -> str:
    """The atlas as Markdown."""
    claims = list(read_claim_graphs(dataset).values())
    about = Description(dataset)
    lines = [
        f"{len(claims)} claims of {len(corpus.sources)} sources, "
        f"{sum(len(claim_spans(record)) for record in corpus.claims)} passages, "
        f"{len(corpus.entities)} entities, {len(dataset)} quads.",
        "",
    ]
    lines += _table(
        "Claims by source", ("source", "claims", "characters in passages"), _sources(corpus, about)
    )
    lines += _table("Claims by kind", ("kind", "claims"), _count(claim.kind for claim in claims))
    lines += _table("Claims by modality", ("modality", "claims"), _count(claim.modality for claim in claims))
    lines += _table(
        "Claims by author's stance", ("stance", "claims"), _count(claim.stance for claim in claims)
    )
    holders = (holder for claim in claims for holder in claim.holders)
    lines += _table(f"Claims by holder (first {TOP})", ("holder", "claims"), _labelled(holders, about))
    pairs = (pair for claim in claims for pair in _pairs(claim))
    lines += _table(
        f"Claims by pair of states (first {TOP})", ("states", "claims"), _labelled_pairs(pairs, about)
    )
    lines += _table("Claims by decade of what they date", ("decade", "claims"), _decades(claims))
    lines += _table("Entities by class", ("class", "entities"), _classes(corpus))
    return "\n".join(lines).rstrip() + "\n"


def _table(title: str, head: Row, rows: Iterable[Row]) -> Iterator[str]:
    yield f"### {title}"
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _count(names: Iterable[str], limit: int | None = None) -> Iterator[Row]:
    counts = sorted(Counter(names).items(), key=lambda item: (-item[1], item[0]))
    for name, count in counts[:limit]:
        yield name, str(count)


def _labelled(iris: Iterable[str], about: Description) -> Iterator[Row]:
    for iri, count in _count(iris, TOP):
        yield about.one(iri, RDFS + "label", "en") or iri.removeprefix(BASE), count


def _labelled_pairs(pairs: Iterable[tuple[str, str]], about: Description) -> Iterator[Row]:
    for pair, count in _count((" ".join(pair) for pair in pairs), TOP):
        yield " – ".join(about.one(iri, RDFS + "label", "en") for iri in pair.split()), count


def _sources(corpus: Corpus, about: Description) -> Iterator[Row]:
    for source in corpus.sources:
        claims = [claim for claim in corpus.claims if claim.source == source.id]
        length = source.data["sourceText"]["characterCount"]
        covered = bytearray(length)
        for claim in claims:
            for start, end, _ in claim_spans(claim):
                covered[start:end] = b"\1" * (end - start)
        yield (
            about.one(BASE + source.id, RDFS + "label", "en"),
            str(len(claims)),
            f"{sum(covered) / length:.0%}",
        )


def _pairs(claim: ClaimGraph) -> Iterable[tuple[str, str]]:
    """Pairs of states that one claim names."""
    found = set()
    for quad in claim.quads:
        for node in (quad.subject, quad.object):
            if isinstance(node, ox.NamedNode) and node.value.startswith(_STATES):
                found.add(node.value)
    return combinations(sorted(found), 2)


def _decades(claims: Iterable[ClaimGraph]) -> Iterator[Row]:
    decades: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for quad in claim.quads:
            if quad.predicate.value == _EARLIEST and isinstance(quad.object, ox.Literal):
                decades[f"{quad.object.value[:3]}0s"].add(claim.iri)
    for decade, dated in sorted(decades.items()):
        yield decade, str(len(dated))


def _classes(corpus: Corpus) -> Iterator[Row]:
    return _count(local_name(kind) for entity in corpus.entities for kind in as_list(entity.data["type"]))
