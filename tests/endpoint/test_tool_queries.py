"""The tools' hints on queries, how large answers are, and their languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from jsonschema import Draft202012Validator

from araxes.endpoint.tools.catalogue import TOOLS
from araxes.endpoint.tools.output_schemas import OUTPUTS
from araxes.ontology.languages import LANGUAGES
from tests.endpoint.tool_fixtures import Tools, rows, tools_over


@pytest.fixture(scope="module")
def tools(project_store: Path) -> Iterator[Tools]:
    with tools_over(project_store) as found:
        yield found


def test_hints(tools: Tools) -> None:
    unknown = tools.call(
        "sparql", query="SELECT * { ?s <https://w3id.org/araxes/ontology/perceivesThreetFrom> ?o }"
    )
    assert any("perceivesThreatFrom>" in hint for hint in unknown.data["hints"])
    bare = tools.call(
        "sparql",
        query="PREFIX ax: <https://w3id.org/araxes/ontology/> SELECT * { ?s ax:alliedWith ax:alliedWith }",
    )
    assert any("GRAPH ?claim {" in hint for hint in bare.data["hints"])
    label = tools.call(
        "sparql",
        query='PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT * { ?s rdfs:label "Iran" }',
    )
    assert any("@en" in hint for hint in label.data["hints"])
    broken = tools.call("sparql", query="SELECT * { ?s ax:alliedWith ?o }")
    assert broken.failed and "PREFIX ax: <https://w3id.org/araxes/ontology/>" in broken.text
    update = tools.call("sparql", query="DELETE WHERE { ?s ?p ?o }")
    assert update.failed and "read-only" in update.text


def test_answers_stay_small(tools: Tools, project: ox.Store) -> None:
    busy = rows(
        project,
        "SELECT ?t (COUNT(DISTINCT ?c) AS ?n) { ?c a ax:Claim GRAPH ?c { ?s ?p ?t } ?t rdfs:label ?l }"
        " GROUP BY ?t ORDER BY DESC(?n) LIMIT 4",
    )
    for thing, _ in busy:
        for name in ("positions", "entity"):
            assert len(tools.call(name, entity=thing).text) < 20_000
    told = tools.call("sparql", query="SELECT * { ?s ?p ?o }")
    assert len(told.data["rows"]) == 25
    assert all(len(cell) <= 301 for row in told.data["rows"] for cell in row)


def test_every_tool_answers_in_every_language(tools: Tools) -> None:
    calls: dict[str, dict[str, object]] = {
        "find": {"text": "Karabakh"},
        "entity": {"entity": "state/iran"},
        "positions": {"entity": "state/iran", "and_entity": "state/armenia"},
        "compare": {"first": "irna-2019", "second": "israel-azerbaijan-paper"},
        "claim": {"claim": "irna-2019/050"},
        "verify_passage": {"claim": "irna-2019/050", "text": "x"},
        "cite": {"what": "irna-2019", "format": "bibtex"},
        "sparql": {"query": "SELECT * { ?s ?p ?o } LIMIT 1"},
        "vocabulary": {"term": "perceivesThreatFrom"},
    }
    assert calls.keys() == TOOLS.keys()
    for name, arguments in calls.items():
        english, persian = (tools.call(name, **arguments, language=tag) for tag in LANGUAGES)
        assert english.text != persian.text
        assert english.data.keys() == persian.data.keys()
        Draft202012Validator(OUTPUTS[name]).validate(persian.data)
        letters = sum("\u0600" <= letter <= "\u06ff" for letter in persian.first)
        assert letters > len(persian.first.replace("<", "")) / 3, (name, persian.first)
