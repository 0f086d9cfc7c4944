"""Degree, condition and scope of statements: authored, found by one pattern, never lost into bare facts."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from araxes.ontology.namespaces import AX, BASE
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import read_corpus
from tests.dataset_helper import dataset_of
from tests.triples.corpus_fixtures import TinyCorpus

THREAT = {"id": "state/alpha", "influences": "state/beta", "supports": "state/gamma"}
NAMED = {"type": "Qualification", "subject": "state/alpha", "property": "influences", "object": "state/beta"}
CONDITION = [
    {"id": "#c", "type": "Condition", "conditionKind": "AsLongAs", "conditionThat": "#m"},
    {
        "id": "#m", "type": "MentionedStatement", "subject": "state/gamma", "property": "alliedWith",
        "object": "state/beta",
    },
]  # fmt: skip


def dataset(tiny: TinyCorpus, *asserts: dict[str, Any], **keys: Any) -> ox.Dataset:
    """A corpus with one more claim, the author's own and factual."""
    claim = {**tiny.claims[0], "id": "claim/test/004", "asserts": [THREAT, *asserts], **keys}
    tiny.claims.append(claim)
    return dataset_of(tiny.write().entity_folder, tiny.source_folder)


def is_bare(data: ox.Dataset, name: str, value: str, subject: str = "state/alpha") -> bool:
    """Whether a statement stands in the default graph."""
    parts = (ox.NamedNode(BASE + subject), ox.NamedNode(AX + name), ox.NamedNode(BASE + value))
    return ox.Quad(*parts, ox.DefaultGraph()) in data


def test_without_qualification_both_are_bare(tiny: TinyCorpus) -> None:
    data = dataset(tiny)
    assert is_bare(data, "influences", "state/beta")
    assert is_bare(data, "supports", "state/gamma")


@pytest.mark.parametrize(
    ("qualifier", "bare"),
    [
        ({"degree": "MainDegree"}, True),
        ({"degree": "Unprecedented"}, True),
        ({"degree": "InAppearance"}, False),
        ({"degree": "NotAlways"}, False),
        ({"degree": ["Especially", "Partly"]}, False),
        ({"modality": "Possible"}, False),
        ({"modality": "Ability"}, False),
        ({"modality": "Asserted", "degree": "Often"}, True),
        ({"accordingTo": "theory/realism"}, False),
        ({"condition": "#c"}, False),
    ],
)
def test_one_statement_is_qualified_and_the_other_is_not(
    tiny: TinyCorpus, qualifier: dict[str, Any], bare: bool
) -> None:
    tiny.entities.append(
        {"id": "theory/realism", "type": "Theory", "label": {"en": "Realism", "fa": "واقع‌گرایی"}}
    )
    data = dataset(tiny, {**NAMED, **qualifier}, *CONDITION)
    assert is_bare(data, "influences", "state/beta") is bare
    assert is_bare(data, "supports", "state/gamma")
    assert not is_bare(data, "alliedWith", "state/beta", "state/gamma"), "what is mentioned is not made"
    default = data.quads_for_graph_name(ox.DefaultGraph())
    made = [quad for quad in default if quad.subject in _nodes("qualification-2", "c", "m")]
    assert made == []


@pytest.mark.parametrize(
    ("keys", "bare"),
    [({"degree": "MainDegree"}, True), ({"degree": "AtTimes"}, False), ({"condition": "#c"}, False)],
)
def test_a_whole_claim_is_qualified(tiny: TinyCorpus, keys: dict[str, Any], bare: bool) -> None:
    data = dataset(tiny, *CONDITION, **keys)
    assert is_bare(data, "influences", "state/beta") is bare
    assert is_bare(data, "supports", "state/gamma") is bare


def test_one_pattern_finds_qualifications_of_statements_and_of_claims(tiny: TinyCorpus) -> None:
    data = dataset(tiny, {**NAMED, "degree": "MainDegree", "amongWhich": "state/gamma"}, degree="Often")
    store = ox.Store()
    store.extend(data)
    found = store.query(
        f"""PREFIX ax: <{AX}> SELECT ?degree ?s ?p ?o WHERE {{
          GRAPH ?claim {{ ?q a ax:Qualification ; ax:degree ?degree .
            OPTIONAL {{ ?q ax:ofSubject ?s ; ax:ofProperty ?p ; ax:ofObject ?o }} }} ?claim a ax:Claim }}"""
    )
    assert isinstance(found, ox.QuerySolutions)
    rows = {tuple(getattr(value, "value", None) for value in row) for row in found}
    statement = (f"{BASE}state/alpha", f"{AX}influences", f"{BASE}state/beta")
    assert rows == {(f"{AX}MainDegree", *statement), (f"{AX}Often", None, None, None)}
    parts = (f"{BASE}claim/test/004", f"{AX}degree", f"{AX}Often")
    subject, predicate, value = map(ox.NamedNode, parts)
    described = ox.Quad(subject, predicate, value, ox.DefaultGraph())
    assert described in data


def test_a_denied_ability_names_the_denied_statement(tiny: TinyCorpus) -> None:
    denial = {"type": "Denial", "subject": "state/beta", "property": "aids", "object": "state/gamma"}
    able = {**denial, "type": "Qualification", "modality": "Ability"}
    data = dataset(tiny, denial, able, modality="Denied")
    assert not is_bare(data, "aids", "state/gamma", "state/beta")


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({**NAMED, "object": "state/gamma", "degree": "MainDegree"}, "names no statement of the claim"),
        (NAMED, "says nothing"),
        ({**NAMED, "degree": "Somewhat"}, "unknown value 'Somewhat'"),
        ({**NAMED, "property": "contains", "degree": "MainDegree"}, "unknown value 'contains'"),
    ],
)
def test_what_is_wrong_is_said(tiny: TinyCorpus, item: dict[str, Any], message: str) -> None:
    tiny.claims.append({**tiny.claims[0], "id": "claim/test/004", "asserts": [THREAT, item]})
    tiny.write()
    findings = check_records(read_corpus(tiny.entity_folder, tiny.source_folder)).findings
    assert any(message in finding.message for finding in findings), findings


def _nodes(*names: str) -> set[ox.NamedNode]:
    return {ox.NamedNode(f"{BASE}claim/test/004#{name}") for name in names}
