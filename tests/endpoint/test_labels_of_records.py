"""What is recorded of things and of their mappings is told in words, in both languages."""

from __future__ import annotations

import re
from html import unescape

import pytest

from araxes.endpoint.pages.words import elsewhere_label
from araxes.ontology.languages import LANGUAGES
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.test_pages import page_of

HTML = "text/html"
PLACES = (
    "/state/iran",
    "/place/baku",
    "/person/ilham-aliyev",
    "/organization/nato",
    "/curator/araxes-annotators",
)
RAW = re.compile(r"https?://|^[a-z]+:[A-Za-z]|^mappings/|^[a-z]+[A-Z_][a-z]+")
"""What no reader should see for the name of a property."""


def headings(text: str) -> list[str]:
    found = re.findall(r'<th scope="row">(.*?)</th>', text, re.S)
    return [unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in found]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PLACES)
def test_properties_of_records_have_names(project_server: Server, path: str, language: str) -> None:
    reply = project_server.get(f"{path}?lang={language}", HTML)
    if reply.status == 404:
        pytest.skip("not in this corpus")
    assert page_of(reply).root["lang"] == language
    named = headings(reply.text)
    assert named
    assert [name for name in named if RAW.search(name)] == []


def test_all_that_entity_pages_may_show_is_labelled(project_server: Server) -> None:
    """Properties of mappings, and the values that are things of other vocabularies."""
    query = """PREFIX sssom: <https://w3id.org/sssom/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    SELECT DISTINCT ?iri {
      { ?mapping sssom:subject_id ?thing ; ?iri ?value }
      UNION { ?mapping sssom:mapping_justification|sssom:predicate_id|a ?iri ; sssom:subject_id ?thing }
      FILTER NOT EXISTS { ?iri rdfs:label ?label }
    }"""
    rows = project_server.query(query).json()["results"]["bindings"]
    iris = {row["iri"]["value"] for row in rows}
    assert len(iris) > 8
    for language in LANGUAGES:
        assert [iri for iri in iris if not elsewhere_label(iri, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_mapping_is_told_by_itself(project_server: Server, language: str) -> None:
    text = project_server.get(f"/state/iran?lang={language}", HTML).text
    tables = re.findall(r'<table class="broken record">.*?</table>', text, re.S)
    to = elsewhere_label("https://w3id.org/sssom/object_id", language)
    assert len(tables) >= 3
    assert [headings(table).count(to) for table in tables] == [0] + [1] * (len(tables) - 1)
