"""Two parties side by side: what both say, what only one says, and where they clash.

A party is a set of sources and holders; a claim is a party's if its source or one of its holders is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, id_of, local_name
from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.near_things import nearest
from araxes.triples.derived.claim_graphs import ClaimGraph, Triple, triple_of
from araxes.triples.labels import Words
from araxes.validation.disagreement.clash_sentences import sentence
from araxes.validation.disagreement.clashes import Case
from araxes.validation.disagreement.figures_said import GivenFigure, figure_text, figures_of

COMPARISON_COLUMNS = ("relation", "kind", "strength", "statement_en", "statement_fa", "claims_a", "claims_b")
"""``relation`` is ``both``, ``only-a``, ``only-b`` or ``clash``; claims are ids separated by a space."""

_SAYS_NOTHING = AX + "concerns"


@dataclass(frozen=True)
class Party:
    """Claims of a set of sources and holders."""

    name: str
    claims: frozenset[str]


def party(text: str, claims: dict[str, ClaimGraph], labels: Mapping[str, list[str]] | None = None) -> Party:
    """The party named by ids of sources or holders, separated by commas.

    Args:
        text: such as ``irna-2019``, ``state/iran`` or ``kazemi-2024,masoumi-2023``.
        claims: all claims by IRI.
        labels: ids of things → what they are called, for what is told of a name that is none.

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
            known = {each: (labels or {}).get(each, []) for each in voices}
            what = "holds no claim" if name in (labels or {}) else "is no source and holds no claim"
            remedy = nearest(name, known, "name a source or a holder, such as irna-2019 or state/iran")
            raise LookupError(f"{name!r} {what}: {remedy}")
        chosen |= found
    if not chosen:
        raise LookupError("no party is named: name a source or a holder, such as irna-2019 or state/iran")
    return Party(text, frozenset(chosen))


def statements_of(claims: Iterable[ClaimGraph], words: Vocabulary) -> dict[Triple, set[str]]:
    """What claims state of shared things, each statement with its claims.

    What is denied, types, labels, matters concerned and nodes of one claim alone are left
    out; a symmetric relation counts in one direction.
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


def denials_of(claims: Iterable[ClaimGraph], words: Vocabulary) -> dict[Triple, set[str]]:
    """What claims deny of shared things, each statement with its claims; symmetric ones in one direction."""
    found: dict[Triple, set[str]] = defaultdict(set)
    for claim in claims:
        for _, (subject, predicate, value) in claim.denials():
            declared = words.properties.get(local_name(predicate))
            if "#" in subject + value.partition("^^")[0]:
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
    """Rows with :data:`COMPARISON_COLUMNS`: clashes first, then what both say, then the rest.

    ``kind`` says of what is no clash whether it is a denial or a figure; statements have none.
    """
    yield from _clashes(one, two, claims, cases, words)
    ours, theirs = ([claims[iri] for iri in sorted(each.claims)] for each in (one, two))
    rows = [
        *_of_statements(statements_of(ours, terms), statements_of(theirs, terms), words),
        *_of_statements(denials_of(ours, terms), denials_of(theirs, terms), words, denied=True),
        *_of_figures(figures_of(ours), figures_of(theirs), words),
    ]
    yield from sorted(rows, key=lambda row: _ORDER.index(row["relation"]))


_ORDER = ("both", "only-a", "only-b")


def _of_statements(
    first: dict[Triple, set[str]], second: dict[Triple, set[str]], words: Words, *, denied: bool = False
) -> Iterator[dict[str, str]]:
    for triple in sorted(first.keys() | second.keys()):
        texts = {tag: words.statement(triple, tag, denied=denied) for tag in LANGUAGES}
        sides = (first.get(triple, set()), second.get(triple, set()))
        yield _row("Denial" if denied else "", texts, sides)


def _of_figures(
    first: list[GivenFigure], second: list[GivenFigure], words: Words
) -> Iterator[dict[str, str]]:
    """Figures of one thing that one number can be are what both say, in the words of each."""
    met: set[int] = set()
    for given in first:
        agreeing = [each for each in second if each.agrees(given)]
        met |= {id(each) for each in agreeing}
        yield _row("Figure", _said([given, *agreeing], words), (given.claims, _claims(agreeing)))
    for other in second:
        if id(other) not in met:
            yield _row("Figure", _said([other], words), (set(), other.claims))


def _claims(figures: Iterable[GivenFigure]) -> set[str]:
    return {iri for figure in figures for iri in figure.claims}


def _said(figures: list[GivenFigure], words: Words) -> dict[str, str]:
    return {
        tag: "; ".join(dict.fromkeys(figure_text(each, words, tag) for each in figures)) for tag in LANGUAGES
    }


def _row(kind: str, texts: Mapping[str, str], sides: tuple[set[str], set[str]]) -> dict[str, str]:
    relation = "both" if all(sides) else "only-a" if sides[0] else "only-b"
    ids = {"claims_a": _ids(sides[0]), "claims_b": _ids(sides[1])}
    said = {f"statement_{tag}": texts[tag] for tag in LANGUAGES}
    return {"relation": relation, "kind": kind, "strength": "", **said, **ids}


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
