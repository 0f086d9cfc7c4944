"""The page of a comparison: a clash of claims, or what several say alike."""

from __future__ import annotations

import re

import pytest

from araxes.endpoint.pages.words import words
from araxes.ontology.languages import LANGUAGES
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.test_entity_pages import flat, page

HTML = "text/html"
TOLD: dict[str, dict[str, tuple[str, ...]]] = {
    "/disagreement/c": {
        "en": ("In tension: Ardal fights and helps.", "in tension", "weak", "31 December 1994"),
        "fa": ("در تنش: اردل هم می‌جنگد و هم یاری می‌دهد.", "در تنش", "ضعیف", "۳۱ دسامبر ۱۹۹۴"),
    },
    "/corroboration/same": {
        "en": ("Alike: Ardal helps Borla.", "strong", "Source One"),
        "fa": ("یکسان: اردل به برلا یاری می‌دهد.", "قوی", "منبع یک"),
    },
}
CLAIMS = {
    "/disagreement/c": ("/claim/foretells", "/claim/helps", "/claim/sides"),
    "/corroboration/same": ("/claim/alone", "/claim/helps"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", TOLD)
def test_it_is_told_in_the_language_of_the_page(things_server: Server, path: str, language: str) -> None:
    found = page(things_server, path, language)
    text = flat(found)
    for said in TOLD[path][language]:
        assert said in text
    (heading,) = re.findall(
        r"<h1[^>]*>(.*?)</h1>", things_server.get(f"{path}?lang={language}", HTML).text, re.DOTALL
    )
    others = [TOLD[path][other][0] for other in LANGUAGES if other != language]
    assert TOLD[path][language][0] in heading
    assert not [other for other in others if other in text]
    assert set(CLAIMS[path]) <= set(found.links)
    assert "0b0s" not in text, "sort keys are for programs"


def test_its_sides_stand_in_the_order_of_their_numbers(things_server: Server) -> None:
    text = flat(page(things_server, "/disagreement/c"))
    places = [text.index(f"Side {number}") for number in (1, 2, 3)]
    assert places == sorted(places)
    assert words("en")["statement"]["marks"]["denied"] in text[places[2] :]
    assert "/dispute/d" in page(things_server, "/disagreement/c").links


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_comparison_of_the_corpus(project_server: Server, language: str) -> None:
    search = project_server.query(
        "PREFIX ax: <https://w3id.org/araxes/ontology/> SELECT (SAMPLE(?each) AS ?one) "
        "{ { ?each a ax:Corroboration BIND (ax:Corroboration AS ?kind) } UNION"
        " { ?each a ax:Disagreement ; ax:disagreementKind ?kind } } GROUP BY ?kind"
    )
    paths = ["/" + row["one"]["value"].split("/araxes/")[1] for row in search.json()["results"]["bindings"]]
    assert len(paths) > 10
    for path in paths:
        found = page(project_server, path, language)
        assert [link for link in found.links if link.startswith("/claim/")], path
        assert not re.findall(r"\b(?:ax|state|event|person|claim|source):[\w-]+", found.text), path
