"""The questions of the benchmark, made of a dataset: of its disputes, competency questions and claims.

What is asked comes from wordings that were reviewed: the questions of disputes and the answers of their
positions, the competency questions, and ``templates.tsv``. The same dataset always gives the same questions;
after a change of the data they are made anew, and each gold query is asked.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, OWL, declared
from araxes.validation.benchmark.gold import BenchmarkQuestion, Kind, gold_of, labels_of
from araxes.validation.disagreement.points_at_issue import KINDS
from araxes.validation.questions import Question
from araxes.validation.questions import read_questions as read_competency_questions

NUMBER = 200
"""Questions in all; half of them contested."""

SILENT = 20
"""Questions on which no source says anything."""

COMPETENCY = 25
"""Competency questions, at most: those whose answers name undisputed claims."""

POSITION_TEXT = {
    "en": "On the question “{question}” one answer is: “{answer}” "
    "Who says so, and does anybody say otherwise?",
    "fa": "در پاسخ به پرسش «{question}» گفته‌اند: «{answer}» چه کسی چنین می‌گوید و آیا کسی جز این می‌گوید؟",
}
"""How one answer of a dispute is asked about, as somebody does who knows of no other."""

_NAMED = tuple(
    f"{BASE}{segment}/"
    for segment in ("state", "organization", "person", "place", "people", "event", "source")
)
"""How the IRIs of things begin that templates may ask about."""

_TEMPLATES = Path(__file__).parent / "templates.tsv"
_PREFIXES = declared(ax=AX)
_OF_DISPUTE = """SELECT ?position ?claim ?holder ?source WHERE {{
  <{iri}> ax:hasDisputePosition ?position .
  ?position ax:comparedClaim ?claim .
  ?claim ax:holder ?holder ; ax:source ?source .
  FILTER EXISTS {{ GRAPH ?claim {{ ?subject ?property ?value }} }}
}} ORDER BY ?position ?claim ?holder"""
_OF_STATEMENT = """SELECT ?position ?claim ?holder ?source WHERE {{
  GRAPH ?claim {{ <{iri}> ax:{name} ?position }}
  ?claim a ax:Claim ; ax:holder ?holder ; ax:source ?source .
}} ORDER BY ?position ?claim ?holder"""
_OF_CLAIMS = """SELECT ?position ?claim ?holder ?source WHERE {{
  {{ SELECT DISTINCT ?claim WHERE {{ {{
{query}
  }} }} }}
  ?claim a ax:Claim ; ax:holder ?holder ; ax:source ?source .
  BIND(?claim AS ?position)
  FILTER EXISTS {{ GRAPH ?claim {{ ?subject ?property ?value }} }}
}} ORDER BY ?position ?claim ?holder"""
_DISPUTED = _PREFIXES + "SELECT DISTINCT ?claim { ?dispute a ax:PointAtIssue ; ax:comparedClaim ?claim }"
_POINTS = "SELECT ?d (COUNT(?c) AS ?n) {{ ?d a ax:{kind} ; ax:comparedClaim ?c }} GROUP BY ?d"
_SUBJECTS = """SELECT ?s (COUNT(DISTINCT ?claim) AS ?n) {{
  GRAPH ?claim {{ ?s ax:{name} ?o }} ?claim a ax:Claim . FILTER(ISIRI(?s) && !CONTAINS(STR(?s), "#"))
}} GROUP BY ?s"""
_STATES = _PREFIXES + "SELECT DISTINCT ?s { ?s a ax:State . FILTER(ISIRI(?s)) } ORDER BY ?s"
_SAID = """ASK {{ {{ GRAPH ?g {{ <{iri}> ax:{name} ?o }} }} UNION {{ <{iri}> ax:{name} ?o }} UNION
  {{ GRAPH ?g {{ ?denial owl:sourceIndividual <{iri}> ; owl:assertionProperty ax:{name} }} }} }}"""


def generated(store: ox.Store) -> list[BenchmarkQuestion]:
    """The questions of a dataset, contested ones first; fewer where it says too little."""
    half = NUMBER // 2
    contested = [*_disputes(store), *_positions(store)][:half]
    disputed = {claim for (claim,) in _rows(store, _DISPUTED)}
    silent = list(_silences(store))[:SILENT]
    competency = list(_competency(store, disputed))[:COMPETENCY]
    statements = list(_statements(store, disputed))[: half - len(silent) - len(competency)]
    return [*contested, *competency, *statements, *silent]


def renewed(store: ox.Store, question: BenchmarkQuestion) -> BenchmarkQuestion:
    """A question with the gold that its query has in a dataset."""
    positions = gold_of(store, question.query)
    return BenchmarkQuestion(
        question.id, question.kind, question.text, question.query, question.dispute, positions
    )


def _made(
    store: ox.Store, kind: Kind, name: str, text: dict[str, str], query: str, dispute: str = ""
) -> BenchmarkQuestion:
    return BenchmarkQuestion(f"{kind}/{name}", kind, text, query, dispute, gold_of(store, query))


def _rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 -- all of them are SELECT queries
    names = [variable.value for variable in found.variables]
    return [tuple(row[name].value for name in names) for row in found]


def _by_size(rows: list[tuple[str, ...]]) -> list[str]:
    """What was counted, the most first."""
    return [iri for iri, number in sorted(rows, key=lambda row: (-int(row[1]), row[0])) if number]


def _disputes(store: ox.Store) -> Iterator[BenchmarkQuestion]:
    """Disputes first, then what is only different; of a kind those of the most claims first."""
    found = (_by_size(_rows(store, _PREFIXES + _POINTS.format(kind=kind))) for kind in KINDS)
    for iri in chain.from_iterable(found):
        text, query = labels_of(store, iri), _PREFIXES + _OF_DISPUTE.format(iri=iri)
        made = _made(store, "dispute", iri.rpartition("/")[2], text, query, iri)
        if len(text) == 2 and len(made.positions) > 1:
            yield made


def _positions(store: ox.Store) -> Iterator[BenchmarkQuestion]:
    """First one answer of every dispute, then a second one of every dispute, and so on."""
    of_dispute = [
        [
            BenchmarkQuestion(
                f"position/{each.id.partition('/')[2]}/{position.iri.partition('#')[2]}",
                "position",
                {
                    language: form.format(question=each.text[language], answer=position.answer[language])
                    for language, form in POSITION_TEXT.items()
                },
                each.query,
                each.dispute,
                each.positions,
            )
            for position in each.positions
            if len(position.answer) == 2
        ]
        for each in _disputes(store)
    ]
    for turn in zip_longest(*of_dispute):
        yield from filter(None, turn)


def _competency(store: ox.Store, disputed: set[str]) -> Iterator[BenchmarkQuestion]:
    """Competency questions whose answers name claims, none of which is in dispute."""
    for question in read_competency_questions():
        query = _claims_query(question)
        if query is None:
            continue
        made = _made(store, "competency", question.name, question.text, query)
        claims = {claim for position in made.positions for claim in position.claims}
        if claims and not claims & disputed:
            yield made


def _claims_query(question: Question) -> str | None:
    """The question's query as a part of one that tells who says so; ``None`` if its rows name no claims."""
    lines = question.query.splitlines()
    head = [line for line in lines if line.upper().startswith(("PREFIX", "BASE"))]
    body = "\n".join(line for line in lines if line not in head and not line.startswith("#"))
    if "claim" not in question.expected[0].split(","):
        return None
    prefixes = "\n".join(dict.fromkeys([_PREFIXES.strip(), *head]))
    return prefixes + "\n" + _OF_CLAIMS.format(query=body)


@cache
def _templates(*of: str) -> dict[str, dict[str, str]]:
    """Property → language → wording; of templates about actors, about other things, or both."""
    with _TEMPLATES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["of"] in of]
    return {row["property"]: {"en": row["en"], "fa": row["fa"]} for row in rows}


def _statements(store: ox.Store, disputed: set[str]) -> Iterator[BenchmarkQuestion]:
    """First the subject of which most is said for each template, then the second, and so on."""
    subjects = {
        name: _by_size(_rows(store, _PREFIXES + _SUBJECTS.format(name=name)))
        for name in _templates("actor", "thing")
    }
    for turn in zip_longest(*([(name, iri) for iri in iris] for name, iris in subjects.items())):
        for name, iri in filter(None, turn):
            text = _filled(store, name, iri)
            if text is None:
                continue
            query = _PREFIXES + _OF_STATEMENT.format(iri=iri, name=name)
            made = _made(store, "statement", f"{name}/{iri.removeprefix(BASE)}", text, query)
            claims = {claim for position in made.positions for claim in position.claims}
            if all(position.answer for position in made.positions) and not claims & disputed:
                yield made


def _silences(store: ox.Store) -> Iterator[BenchmarkQuestion]:
    """Templates about states of which nothing is said, denied or inferred; in an order without a pattern."""
    pairs = [(name, iri) for name in _templates("actor") for (iri,) in _rows(store, _STATES)]
    for name, iri in sorted(pairs, key=lambda pair: hashlib.sha256("|".join(pair).encode()).digest()):
        text = _filled(store, name, iri)
        if text and not bool(store.query(declared(ax=AX, owl=OWL) + _SAID.format(iri=iri, name=name))):
            query = _PREFIXES + _OF_STATEMENT.format(iri=iri, name=name)
            yield _made(store, "silence", f"{name}/{iri.removeprefix(BASE)}", text, query)


def _filled(store: ox.Store, name: str, iri: str) -> dict[str, str] | None:
    """A template about something with a proper name in both languages; situations and factors have none."""
    labels = labels_of(store, iri)
    if len(labels) < 2 or not iri.startswith(_NAMED):
        return None
    forms = _templates("actor", "thing")[name]
    return {language: form.format(s=labels[language]) for language, form in forms.items()}
