"""Codes of PLOVER and CAMEO, their lists and the alignments: pages to read, data by negotiation."""

from __future__ import annotations

import pytest
from rdflib import Graph

from araxes.endpoint.pages.words import words
from araxes.ontology.alignments import read_alignments
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE, CODES, ONTOLOGY
from araxes.ontology.reference import entries_by_name
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.test_pages import page_of

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"
ALIGNED = sorted((str(s), str(o)) for s, _, o, _ in read_alignments() if str(o).startswith(CODES))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted({code for _, code in ALIGNED}))
def test_a_code_says_what_it_means_and_what_maps_to_it(
    project_server: Server, code: str, language: str
) -> None:
    reply = project_server.get(f"/{code.removeprefix(BASE)}?lang={language}", HTML)
    page = page_of(reply)
    assert page.root["lang"] == language
    entries = entries_by_name()
    for term in (term for term, other in ALIGNED if other == code):
        name = term.rpartition("/")[2]
        assert f"/ontology/{name}" in page.links
        assert entries[name].called(language) in reply.text
    assert words(language)["codes"]["one"][code.removeprefix(BASE).partition("/")[0]] in reply.text
    assert "<pre" not in reply.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_of_plover_has_definition_and_events(project_server: Server, language: str) -> None:
    text = project_server.get(f"/plover/CONCEDE?lang={language}", HTML).text  # which no term is aligned with
    assert {"en": "Yield", "fa": "کوتاه آمدن"}[language] in text
    assert words(language)["codes"]["no_mapped"] in text
    events = text.partition('id="events"')[2].partition("</section>")[0]
    assert 'href="/event/' in events


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_and_alignments_are_tables_of_links(project_server: Server, language: str) -> None:
    for scheme in ("plover", "cameo"):
        for path in (f"/{scheme}", f"/{scheme}/"):
            links = page_of(project_server.get(f"{path}?lang={language}", HTML)).links
            own = {code.removeprefix(BASE) for _, code in ALIGNED if code.startswith(f"{BASE}{scheme}/")}
            assert {f"/{code}" for code in own} <= set(links)
    every = project_server.get(f"/ontology/alignments?lang={language}", HTML)
    linked = set(page_of(every).links)
    assert {f"/ontology/{str(term).removeprefix(ONTOLOGY + '/')}" for term, *_ in read_alignments()} <= linked
    assert words(language)["codes"]["alignments"] in every.text


def test_data_of_codes_is_negotiated_as_before(project_server: Server) -> None:
    page = project_server.get("/plover/CONSULT", HTML)
    assert "Accept" in page.headers["Vary"]
    turtle = project_server.get("/plover/CONSULT", "text/turtle")
    assert (turtle.status, turtle.type) == (200, "text/turtle")
    assert len(Graph().parse(data=turtle.body)) > 3
    assert project_server.get("/plover/CONSULT", None).type == "application/rdf+xml"
    assert project_server.get("/plover/NOTHING", HTML).status == 404
    again = project_server.get("/plover/CONSULT", HTML, If_None_Match=page.headers["ETag"])
    assert again.status == 304
