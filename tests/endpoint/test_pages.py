"""The pages for readers: both languages, labels, digits, links that stay here."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest

from araxes.endpoint.pages.answer_tables import ReaderLabels, answer_table, iris_of, labels_query
from araxes.endpoint.pages.questions import query_in
from araxes.endpoint.pages.words import FOLDER, words
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE, XSD
from araxes.validation.questions import read_questions
from tests.endpoint.endpoint_fixtures import Reply, Server

HTML = "text/html"
QUESTIONS = {question.name: question for question in read_questions()}


def keys(table: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Every key of nested tables, dotted, with the fields that its text has places for."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from keys(value, f"{above}{key}.")
        else:
            places = sorted(re.findall(r"{(\w+)}", value))
            yield f"{above}{key} {places}"


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language: str) -> None:
    assert sorted(keys(words(language))) == sorted(keys(words(LANGUAGES[0])))


def test_every_column_of_every_question_is_named() -> None:
    used = {name for question in QUESTIONS.values() for name in question.expected[0].split(",")}
    named = {row["name"] for row in rows_of("columns")}
    assert used - named == set(), "name it in endpoint/pages/words/columns.tsv"
    assert named - used == set(), "no question has such a column"
    assert all(row[language].strip() for row in rows_of("columns") for language in LANGUAGES)


def test_tables_of_words_have_no_row_twice() -> None:
    for name in ("columns", "values"):
        first = [next(iter(row.values())) for row in rows_of(name)]
        assert len(first) == len(set(first)) > 20


class Page(HTMLParser):
    """What a page holds, with tags that are closed where they were opened."""

    VOID = frozenset({"meta", "link", "img", "br", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.root: dict[str, str | None] = {}
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "html":
            self.root = found
        if tag == "a" and found.get("href"):
            self.links.append(found["href"] or "")
        if found.get("id"):
            self.ids.append(found["id"] or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(reply: Reply) -> Page:
    assert reply.status == 200, reply.text
    assert reply.headers["Content-Type"].startswith("text/html")
    return Page(reply.text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/questions"])
def test_pages_speak_the_language_and_offer_the_other(
    project_server: Server, path: str, language: str
) -> None:
    page = page_of(project_server.get(f"{path}?lang={language}", HTML))
    assert page.root["lang"] == language
    assert page.root["dir"] == ("rtl" if language == "fa" else "ltr")
    assert len(page.ids) == len(set(page.ids))
    others = set(LANGUAGES) - {language}
    assert {link for link in page.links if "lang=" in link} == {f"{path}?lang={other}" for other in others}


def test_start_shows_every_source_once(project_server: Server) -> None:
    page = page_of(project_server.get("/?lang=fa", HTML))
    sources = [link for link in page.links if link.startswith("/source/")]
    assert len(sources) == len(set(sources)) >= 5
    assert re.search("[۰-۹]٬[۰-۹]{3}", page.text)
    assert not re.search("[0-9]{3,} ادعا", page.text)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_every_question_has_a_page(project_server: Server, name: str) -> None:
    for language in LANGUAGES:
        page = page_of(project_server.get(f"/questions/{name}?lang={language}", HTML))
        question = QUESTIONS[name]
        assert question.text[language] in page.text
        away = [link for link in page.links if link.startswith(BASE)]
        assert away == [], "links of the project stay on this server"


def test_an_answer_in_persian_is_persian(project_server: Server) -> None:
    page = page_of(project_server.get("/questions/01-threats-and-their-holders?lang=fa", HTML))
    assert "احساس‌کنندهٔ تهدید" in page.text
    assert "جمهوری آذربایجان" in page.text
    assert "Azerbaijan\n" not in page.text


def test_a_choice_is_remembered(project_server: Server) -> None:
    chosen = project_server.get("/questions?lang=fa", HTML)
    cookie = chosen.headers["Set-Cookie"]
    assert cookie.startswith("lang=fa;")
    again = project_server.get("/questions", HTML, Cookie="lang=fa")
    assert page_of(again).root["lang"] == "fa"
    assert "Set-Cookie" not in again.headers
    browser = project_server.get("/questions", HTML, Accept_Language="fa-IR,fa;q=0.9,en;q=0.5")
    assert page_of(browser).root["lang"] == "fa"
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in browser.headers["Vary"].split(",")}


def test_an_unknown_language_or_question(project_server: Server) -> None:
    assert page_of(project_server.get("/questions?lang=xx", HTML)).root["lang"] == "en"
    assert project_server.get("/questions/no-such", HTML).status == 404


def test_the_same_page_is_not_sent_twice(project_server: Server) -> None:
    path = "/questions/15-soft-power-in-azerbaijan?lang=en"
    first = project_server.get(path, HTML)
    tag = first.headers["ETag"]
    again = project_server.get(path, HTML, If_None_Match=tag)
    assert (again.status, again.text) == (304, "")
    other = project_server.get(path.replace("en", "fa"), HTML, If_None_Match=tag)
    assert other.status == 200


def test_only_a_single_language_is_exchanged() -> None:
    both = [
        question for question in QUESTIONS.values() if query_in(question, "fa") == query_in(question, "en")
    ]
    for question in both:
        languages = set(re.findall(r'LANG\(\?\w+\)\s*=\s*"(\w+)"', question.query))
        assert len(languages) != 1, question.name


def test_cells_of_every_kind() -> None:
    claim, thing = f"{BASE}claim/x/1", f"{BASE}state/iran"
    results = {
        "head": {"vars": ["claim", "state", "claims", "date", "standing", "label", "other"]},
        "results": {
            "bindings": [
                {
                    "claim": {"type": "uri", "value": claim},
                    "state": {"type": "uri", "value": thing},
                    "claims": {"type": "literal", "value": "1824", "datatype": XSD + "integer"},
                    "date": {"type": "literal", "value": "1992-05"},
                    "standing": {"type": "literal", "value": "uncontested"},
                    "label": {"type": "literal", "value": "Баку", "xml:lang": "ru"},
                }
            ]
        },
    }
    assert iris_of(results) == [claim, thing]
    assert f"<{claim}> <{thing}>" in labels_query([claim, thing])
    known = {thing: ReaderLabels("ایران"), claim: ReaderLabels("", "بازگویی")}
    (row,) = answer_table(results, known, "fa", BASE).rows
    assert [cell.text for cell in row] == ["x/1", "ایران", "۱٬۸۲۴", "مه ۱۹۹۲", "بی‌معارض", "Баку", "–"]
    assert [cell.href for cell in row][:3] == ["/claim/x/1", "/state/iran", None]
    assert (row[0].title, row[0].claim, row[5].language) == ("بازگویی", True, "ru")


def test_what_else_the_address_says_makes_no_other_page(project_server: Server) -> None:
    path = "/questions/15-soft-power-in-azerbaijan"
    plain = project_server.get(f"{path}?lang=en", HTML)
    padded = project_server.get(f"{path}?x={'y' * 3000}&lang=en", HTML)
    assert (padded.headers["ETag"], padded.text) == (plain.headers["ETag"], plain.text)
