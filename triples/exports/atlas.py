"""An atlas of the corpus in Markdown: how many claims by source, kind, holder, actors and time."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, OA, RDF, local_name
from araxes.triples.derived.claim_graphs import ClaimGraph
from araxes.triples.derived.digests import CONTENT_DIGEST
from araxes.triples.labels import Description, Words

TOP = 25
"""So many rows of a long table are shown."""

_EARLIEST = AX + "earliest"
_IS_STATE = re.compile(r"https?://.*/(?:historical-|de-facto-)?state/[a-z0-9-]+").fullmatch
_IS_OTHER = re.compile(r".*/(?:claim/[a-z0-9-]+|source|corpus|refinement/[a-z0-9-]+)/[a-z0-9-]+").fullmatch
Row = tuple[str, ...]


def atlas(dataset: ox.Dataset, claims_by_iri: dict[str, ClaimGraph]) -> str:
    """The atlas of a published dataset and its claims as Markdown."""
    claims, about, words = list(claims_by_iri.values()), Description(dataset), Words(dataset)
    entities = [iri for iri in about.subjects(CONTENT_DIGEST.value) if "#" not in iri and not _IS_OTHER(iri)]
    passages = sum(len(about.all(claim.iri, AX + "passage")) for claim in claims)
    sources = sorted({claim.source for claim in claims})
    lines = [
        f"{len(claims)} claims of {len(sources)} sources, {passages} passages, "
        f"{len(entities)} entities, {len(dataset)} quads: {len({quad.triple for quad in dataset})} different "
        "triples, each counted in every graph that holds it.",
        "",
    ]
    rows = (_source(iri, [each for each in claims if each.source == iri], about, words) for iri in sources)
    lines += _table("Claims by source", ("source", "claims", "characters in passages"), rows)
    lines += _table("Claims by kind", ("kind", "claims"), _count(claim.kind for claim in claims))
    lines += _table("Claims by modality", ("modality", "claims"), _count(claim.modality for claim in claims))
    lines += _table(
        "Claims by author's stance", ("stance", "claims"), _count(claim.stance for claim in claims)
    )
    holders = (holder for claim in claims for holder in claim.holders)
    lines += _table(f"Claims by holder (first {TOP})", ("holder", "claims"), _labelled(holders, words))
    pairs = (pair for claim in claims for pair in _pairs(claim))
    lines += _table(
        f"Claims by pair of states (first {TOP})", ("states", "claims"), _labelled_pairs(pairs, words)
    )
    lines += _table("Claims by decade of what they date", ("decade", "claims"), _decades(claims))
    lines += _table("Entities by class", ("class", "entities"), _classes(entities, about))
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


def _labelled(iris: Iterable[str], words: Words) -> Iterator[Row]:
    for iri, count in _count(iris, TOP):
        yield words.name(iri, "en"), count


def _labelled_pairs(pairs: Iterable[tuple[str, str]], words: Words) -> Iterator[Row]:
    for pair, count in _count((" ".join(pair) for pair in pairs), TOP):
        yield " – ".join(words.name(iri, "en") for iri in pair.split()), count


def _source(iri: str, claims: list[ClaimGraph], about: Description, words: Words) -> Row:
    """Label of a source, number of its claims, and the share of its text that their passages cover."""
    length = about.one(about.one(iri, AX + "sourceText"), AX + "characterCount")
    selectors = (
        about.one(passage, OA + "hasSelector")
        for claim in claims
        for passage in about.all(claim.iri, AX + "passage")
    )
    spans = [(int(about.one(each, OA + "start")), int(about.one(each, OA + "end"))) for each in selectors]
    return words.name(iri, "en"), str(len(claims)), f"{_length(spans) / int(length):.0%}"


def _length(spans: Iterable[tuple[int, int]]) -> int:
    """How many characters lie in at least one span.

    >>> _length([(5, 9), (0, 6)])
    9
    """
    covered = reached = 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered


def _pairs(claim: ClaimGraph) -> Iterable[tuple[str, str]]:
    """Pairs of states that one claim names."""
    found = set()
    for quad in claim.quads:
        for node in (quad.subject, quad.object):
            if isinstance(node, ox.NamedNode) and _IS_STATE(node.value):
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


def _classes(entities: Iterable[str], about: Description) -> Iterator[Row]:
    return _count(local_name(kind) for entity in entities for kind in about.all(entity, RDF + "type"))
