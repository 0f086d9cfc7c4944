"""Two parties side by side: what both say, what only one says, and where they clash.

A party is a set of sources and holders; a claim is a party's if its source or one of its holders is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from araxes.ontology.namespaces import AX, BASE, id_of, local_name
from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.findings import did_you_mean
from araxes.triples.derived.claim_graphs import ClaimGraph, Triple, triple_of
from araxes.triples.labels import Words
from araxes.validation.disagreement.clashes import Case
from araxes.validation.disagreement.sentences import sentence

COMPARISON_COLUMNS = ("relation", "kind", "strength", "statement_en", "statement_fa", "claims_a", "claims_b")
"""``relation`` is ``both``, ``only-a``, ``only-b`` or ``clash``; claims are ids separated by a space."""

_SAYS_NOTHING = AX + "concerns"


@dataclass(frozen=True)
class Party:
    """Claims of a set of sources and holders."""

    name: str
    claims: frozenset[str]


def party(text: str, claims: dict[str, ClaimGraph]) -> Party:
    """The party named by ids of sources or holders, separated by commas.

    Args:
        text: such as ``irna-2019``, ``state/iran`` or ``kazemi-2024,masoumi-2023``.
        claims: all claims by IRI.

    Raises:
        LookupError: no claim has a source or holder of that id; the text says which are near.
    """
    voices: dict[str, set[str]] = defaultdict(set)
    for claim in claims.values():
        for iri in (claim.source, *claim.holders):
            voices[iri.removeprefix(BASE)].add(claim.iri)
            voices[id_of(iri)].add(claim.iri)
    chosen: set[str] = set()
    for name in filter(None, (part.strip().removeprefix(BASE) for part in text.split(","))):
        found = voices.get(name) or voices.get(f"source/{name}")
        if not found:
            remedy = did_you_mean(name, voices, "name a source or a holder, such as irna-2019 or state/iran")
            raise LookupError(f"{name!r} is no source and holds no claim: {remedy}")
        chosen |= found
    return Party(text, frozenset(chosen))


def statements_of(claims: Iterable[ClaimGraph], words: Vocabulary) -> dict[Triple, set[str]]:
    """What claims state of shared things, each statement with its claims.

    Denied statements, types, labels, matters concerned and nodes of one claim alone are left out; a
    symmetric relation counts in one direction.
    """
    found: dict[Triple, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.modality == "Denied":
            continue
        for subject, predicate, value in map(triple_of, claim.quads):
            declared = words.properties.get(local_name(predicate))
            relation = declared is not None and declared.kind == "object" and predicate != _SAYS_NOTHING
            if not (relation or predicate == AX + "date") or "#" in subject + value.partition("^^")[0]:
                continue
            ends = sorted((subject, value)) if declared and declared.symmetric else [subject, value]
            found[ends[0], predicate, ends[1]].add(claim.iri)
    return found


def compare_parties(
    one: Party,
    two: Party,
    claims: dict[str, ClaimGraph],
    cases: Iterable[Case],
    terms: Vocabulary,
    words: Words,
) -> Iterator[dict[str, str]]:
    """Rows with :data:`COMPARISON_COLUMNS`: clashes first, then what both say, then the rest."""
    yield from _clashes(one, two, claims, cases, words)
    first = statements_of((claims[iri] for iri in one.claims), terms)
    second = statements_of((claims[iri] for iri in two.claims), terms)
    shared = first.keys() & second.keys()
    for relation, triples in (
        ("both", shared),
        ("only-a", first.keys() - shared),
        ("only-b", second.keys() - shared),
    ):
        for triple in sorted(triples):
            yield {
                "relation": relation,
                "kind": "",
                "strength": "",
                "statement_en": words.statement(triple, "en"),
                "statement_fa": words.statement(triple, "fa"),
                "claims_a": _ids(first.get(triple, set())),
                "claims_b": _ids(second.get(triple, set())),
            }


def _clashes(
    one: Party, two: Party, claims: dict[str, ClaimGraph], cases: Iterable[Case], words: Words
) -> Iterator[dict[str, str]]:
    for case in cases:
        clashing = {
            pair
            for first, second in case.pairs
            for pair in ((first, second), (second, first))
            if pair[0] in one.claims and pair[1] in two.claims
        }
        if clashing and not case.agrees:
            yield {
                "relation": "clash",
                "kind": case.kind,
                "strength": case.strength,
                "statement_en": sentence(case, words, claims, "en"),
                "statement_fa": sentence(case, words, claims, "fa"),
                "claims_a": _ids({pair[0] for pair in clashing}),
                "claims_b": _ids({pair[1] for pair in clashing}),
            }


def _ids(iris: Iterable[str]) -> str:
    return " ".join(iri.removeprefix(BASE) for iri in sorted(iris))
