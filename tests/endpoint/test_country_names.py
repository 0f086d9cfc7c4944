"""Names of countries in a search: no slips, and told first where no claim holds them."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from araxes.endpoint.pages.words import words
from araxes.endpoint.search.text.country_names import country_words
from araxes.ontology.languages import LANGUAGES
from tests.endpoint.endpoint_fixtures import Server

HTML = "text/html"


def test_what_is_no_country_is_left_to_spelling() -> None:
    assert country_words("بحران قره‌باغ") == country_words("crisis of karabag") == ()
    assert country_words("Ərəbistan") == ()
    assert country_words("Səudiyyə Ərəbistanı") == country_words("SƏUDİYYƏ ƏRƏBİSTANI") != ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    ["بحرین", "کویت", "کویتی", "Bahrain", "Kuwaiti", "Saudi", "Saudi Arabia", "نقش عربستان سعودی در قره‌باغ"],
)
def test_a_country_that_nothing_holds_is_no_slip(project_server: Server, text: str, language: str) -> None:
    asked = f"/search?q={quote(text)}&lang={language}"
    page = project_server.get(asked, HTML).text
    main = page[page.index("<main") :]
    said = words(language)["search"]
    first = re.sub(r"<[^>]+>", "", main.partition("</h1>")[2]).strip()
    assert first.startswith(said["unclaimed"].partition("{")[0].strip())
    assert said["changed"].rpartition("{")[0].rpartition("}")[2].strip() not in main
    assert said["nearest"] not in main


def test_what_hardly_resembles_is_not_offered(project_server: Server) -> None:
    assert "/place/bursa" not in project_server.get("/search?q=Brasil&lang=en", HTML).text
