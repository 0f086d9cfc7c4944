"""Disagreements, the disputes into which they fold, and corroborations as resources of the default graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, RDF, RDFS, XSD, local_name
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH, INTEGER
from araxes.triples.authoring.dates_and_calendars import Bounds, edtf_of
from araxes.triples.derived.claim_graphs import ClaimGraph
from araxes.triples.labels import Words, plain_value
from araxes.triples.runners.runner import IN_PROCESS, Runner
from araxes.validation.disagreement.clash_sentences import compared_words, sentence
from araxes.validation.disagreement.clashes import CORROBORATION, Case, find_cases
from araxes.validation.disagreement.dispute_quads import add_disputes
from araxes.validation.disagreement.echoes import bodies_of, echoes
from araxes.validation.disagreement.rule_rows import Statement

_Value = ox.NamedNode | ox.Literal


def add_comparisons(
    dataset: ox.Dataset, claims: dict[str, ClaimGraph], runner: Runner = IN_PROCESS
) -> list[Case]:
    """Add to a dataset what the comparison of its claims yields.

    Args:
        dataset: claim graphs, descriptions and the ontology; the comparisons are added to it.
        claims: its claims by IRI.
        runner: where matters are decided.

    Returns:
        The cases, in order of IRI. Equal datasets give equal quads.
    """
    cases = find_cases(dataset, claims, runner)
    words = compared_words(dataset)
    bodies = bodies_of(dataset)
    for case in cases:
        for quad in _echo_quads(case, claims, bodies) if case.agrees else ():
            dataset.add(quad)
        for quad in case_quads(case, claims, words):
            dataset.add(quad)
    add_disputes(dataset, claims, cases)
    return cases


def case_quads(case: Case, claims: dict[str, ClaimGraph], words: Words) -> Iterator[ox.Quad]:
    """One case: its kind, strength, overlap, sentences, claims and sides."""
    kind = CORROBORATION if case.agrees else "Disagreement"
    yield _quad(case.iri, RDF + "type", ox.NamedNode(AX + kind))
    if not case.agrees:
        yield _quad(case.iri, AX + "disagreementKind", ox.NamedNode(AX + case.kind))
    yield _quad(case.iri, AX + "strength", ox.NamedNode(AX + case.strength))
    yield _quad(case.iri, AX + "timesGiven", _boolean(case.dated))
    if case.overlap != Bounds(None, None):
        yield _quad(case.iri, AX + "overlap", ox.Literal(edtf_of(case.overlap)))
    for language in LANGUAGES:
        text = sentence(case, words, claims, language)
        yield _quad(case.iri, RDFS + "label", ox.Literal(text, language=language))
    yield from _members(case.iri, case.claims, claims)
    for number, (statement, members) in enumerate(sorted(case.sides.items()), start=1):
        side = f"{case.iri}#side-{number}"
        yield _quad(case.iri, AX + "hasSide", ox.NamedNode(side))
        yield from _side(side, statement)
        yield from _members(side, sorted(members), claims)


def _echo_quads(
    case: Case, claims: dict[str, ClaimGraph], bodies: Mapping[str, set[str]]
) -> Iterator[ox.Quad]:
    """How many voices a corroboration has, from how many origins, and what these share."""
    found = echoes((claims[iri] for iri in case.claims), bodies)
    for name, count in (("voiceCount", found.voices), ("originCount", found.origins)):
        yield _quad(case.iri, AX + name, ox.Literal(str(count), datatype=INTEGER))
    for iri in found.shared:
        yield _quad(case.iri, AX + "sharedOrigin", ox.NamedNode(iri))


def _boolean(value: bool) -> ox.Literal:
    return ox.Literal("true" if value else "false", datatype=ox.NamedNode(XSD + "boolean"))


def _side(side: str, statement: Statement) -> Iterator[ox.Quad]:
    subject, predicate, value = statement.triple
    yield _quad(side, RDF + "type", ox.NamedNode(AX + "ComparedSide"))
    yield _quad(side, AX + "sideSubject", ox.NamedNode(subject[1:-1]))
    yield _quad(side, AX + "sideProperty", ox.NamedNode(predicate))
    yield _quad(side, AX + "sideDenies", _boolean(statement.denied))
    if statement.degree:
        yield _quad(side, AX + "sideDegree", ox.NamedNode(AX + statement.degree))
    if value.startswith("<"):
        yield _quad(side, AX + "sideObject", ox.NamedNode(value[1:-1]))
    else:
        yield _quad(side, AX + "sideValue", ox.Literal(plain_value(value)))


def _members(node: str, members: Iterable[str], claims: dict[str, ClaimGraph]) -> Iterator[ox.Quad]:
    for iri in members:
        claim = claims[iri]
        yield _quad(node, AX + "comparedClaim", ox.NamedNode(iri))
        yield _quad(node, AX + "comparedSource", ox.NamedNode(claim.source))
        for holder in claim.holders:
            yield _quad(node, AX + "comparedHolder", ox.NamedNode(holder))


CASE_COLUMNS = (
    "case",
    "kind",
    "strength",
    "overlap",
    "times_given",
    "statement",
    "denied",
    "degree",
    "claims",
    "holders",
    "sources",
    "sentence_en",
    "sentence_fa",
)
"""Columns of the table of cases: one row for each side; IRIs in one cell are separated by a space."""


def case_rows(cases: Iterable[Case], claims: dict[str, ClaimGraph], words: Words) -> Iterator[dict[str, str]]:
    """One row for each side of each case."""
    for case in cases:
        text = {language: sentence(case, words, claims, language) for language in LANGUAGES}
        for statement, members in sorted(case.sides.items()):
            subject, predicate, value = statement.triple
            chosen = [claims[iri] for iri in sorted(members)]
            yield {
                "case": case.iri,
                "kind": case.kind,
                "strength": case.strength,
                "overlap": edtf_of(case.overlap) if case.overlap != Bounds(None, None) else "",
                "times_given": str(case.dated).lower(),
                "statement": f"{subject} {local_name(predicate)} {value}",
                "denied": str(statement.denied).lower(),
                "degree": statement.degree,
                "claims": " ".join(claim.iri for claim in chosen),
                "holders": " ".join(sorted({holder for claim in chosen for holder in claim.holders})),
                "sources": " ".join(sorted({claim.source for claim in chosen})),
                "sentence_en": text["en"],
                "sentence_fa": text["fa"],
            }


def _quad(subject: str, predicate: str, value: _Value) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, DEFAULT_GRAPH)
