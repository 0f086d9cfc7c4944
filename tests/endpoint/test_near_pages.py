"""An address that is not there leads to the page that was meant, under its name."""

from __future__ import annotations

import pytest

from araxes.endpoint.pages.answer_tables import known_from
from araxes.endpoint.pages.near_pages import near_pages
from araxes.ontology.languages import LANGUAGES
from tests.endpoint.endpoint_fixtures import Server

HTML = "text/html"


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/disputs", "/disputes"),
        ("/map", "/pictures/map"),
        ("/timeline", "/pictures/timeline"),
        ("/pictures/matix", "/pictures/matrix"),
        ("/sources", "/#sources"),
        ("/about", "/"),
        ("/pairs", "/pair"),
    ],
)
def test_a_page_near_by_address_or_name_is_first(path: str, meant: str) -> None:
    for language in LANGUAGES:
        name, address = near_pages(path, language)[0]
        assert address == meant
        assert name
        assert name != address


@pytest.mark.parametrize("path", ["", "/", "/state/irann", "/person/aliyev", "/" + "a" * 5000, "/\u200c//-"])
def test_what_resembles_no_page_leads_to_none(path: str) -> None:
    assert near_pages(path, "en") == []


def test_a_missing_page_offers_the_near_one_by_its_name(project_server: Server) -> None:
    text = project_server.get("/disputs", HTML).text
    assert '<a href="/disputes"><bdi>Disagreements</bdi></a>' in text
    assert "language/" not in text.split('id="meant"')[1]


def test_things_are_offered_by_their_names(project_server: Server) -> None:
    text = project_server.get("/state/Irann?lang=fa", HTML).text
    assert '<a href="/state/iran"><bdi>ایران</bdi></a>' in text


def test_labels_are_in_the_language_of_the_page_before_any_other() -> None:
    kind = {"value": "http://www.w3.org/2000/01/rdf-schema#label"}
    rows = [
        {"iri": {"value": "http://a"}, "kind": kind, "text": {"value": text, "xml:lang": language}}
        for text, language in (("Iran", "en"), ("ایران", "fa"), ("Иран", "ru"))
    ]
    for language, text in (("fa", "ایران"), ("en", "Iran")):
        assert known_from({"results": {"bindings": rows}}, language)["http://a"].label == text
