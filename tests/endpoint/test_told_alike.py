"""What several pages tell is told alike: versions, counts, names of languages, curation, marks of figures."""

from __future__ import annotations

import re

import pytest

from araxes.endpoint.pages.answer_order import Order, ordered
from araxes.endpoint.pages.claim import _guideline
from araxes.endpoint.pages.entity import _language_name
from araxes.endpoint.pages.words import words
from araxes.ontology.languages import LANGUAGES
from araxes.triples.stores.versioned_store import current
from tests.endpoint.endpoint_fixtures import Server

HTML = "text/html"


def shown(server: Server, path: str, language: str = "en") -> str:
    """A page as it is sent."""
    return server.get(f"{path}{'&' if '?' in path else '?'}lang={language}", HTML).text


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_version_is_told_in_one_form(project_server: Server, language: str) -> None:
    version = current(project_server.store).cited
    digest = version.rpartition("+")[2]
    for path in (
        "/",
        "/downloads",
        "/versions",
        "/cite",
        f"/versions/{current(project_server.store).digest}",
    ):
        text = plain(shown(project_server, path, language))
        assert version in text, path
        rest = text.replace(version, "").replace(current(project_server.store).digest, "")
        assert digest not in rest, path


def test_theories_are_counted_alike_in_their_list_and_on_their_pages(project_server: Server) -> None:
    line = r'<th scope="row"><a href="(/[^"]+)">.*?</tr>'
    number = r'data-column="Claims (?:that argue by it|about it)">(?:<a[^>]*>)?([0-9,–]+)'
    rows = list(re.finditer(line, shown(project_server, "/theories"), re.DOTALL))
    assert len(rows) > 3
    for row in rows:
        listed = [0 if text == "–" else int(text) for text in re.findall(number, row[0])]
        own = re.findall(number, shown(project_server, row[1]))
        sums = [sum(int(text) for text in own[start::2] if text != "–") for start in (0, 1)]
        assert sums == listed, row[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_a_name_is_called_by_its_name(project_server: Server, language: str) -> None:
    asked = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT DISTINCT ?tag {
      ?thing skos:hiddenLabel ?name BIND (LANG(?name) AS ?tag) }"""
    tags = {row["tag"]["value"] for row in project_server.query(asked).json()["results"]["bindings"]} - {""}
    assert {"azb", "tr"} <= tags
    assert [tag for tag in sorted(tags) if _language_name(tag, language) == tag] == []


def test_how_a_claim_was_made_is_told_in_persian(project_server: Server) -> None:
    text = shown(project_server, "/claim/irna-2019/050", "fa")
    curation = text.partition(words("fa")["claim"]["curation"])[2].partition("</details>")[0]
    assert _guideline("Araxes annotation guideline 1.0", "fa") in curation
    said = re.sub(r"<code.*?</code>", "", curation, flags=re.DOTALL)
    assert not re.search(r"[A-Za-z]{3}", plain(said))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_leads_to_ones_own_copy(project_server: Server, language: str) -> None:
    assert "/own-copy?source=" in shown(project_server, "/claim/irna-2019/050", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_of_figures_are_explained(project_server: Server, language: str) -> None:
    figures = words(language)["figures"]
    text = plain(shown(project_server, "/measure/oil-supply-share", language))
    assert figures["note"] in text
    ratio = "0.1667" if language == "en" else "۰٫۱۶۶۷"
    assert figures["ratio"].format(number=ratio) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_sorted_by_the_head_of_a_column(project_server: Server, language: str) -> None:
    path = "/questions/33-trade-and-energy"
    column = words(language)["questions"]

    def claims(text: str) -> list[str]:
        return re.findall(r'href="(/claim/[^"]+)"', text.partition("<tbody>")[2].partition("</tbody>")[0])

    whole = shown(project_server, path, language)
    heads = re.findall(r'<a class="sort" href="\?sort=([^"]+)"', whole)
    assert {"figure", "date", "claim"} <= set(heads)
    up, down = (shown(project_server, f"{path}?sort={sign}figure", language) for sign in ("", "-"))
    assert 'aria-sort="ascending"' in up
    assert 'href="?sort=-figure"' in up
    assert column["unsorted"] in down
    assert sorted(claims(up)) == sorted(claims(down)) == sorted(claims(whole))
    assert claims(up) not in (claims(whole), claims(down))
    assert claims(shown(project_server, f"{path}?sort=nothing", language)) == claims(whole)


def test_an_order_puts_numbers_by_size_and_what_is_missing_last() -> None:
    rows = [{"n": {"type": "literal", "value": text}} for text in ("10", "9", "-3", "b", "آ")] + [{}]
    results = {"head": {"vars": ["n"]}, "results": {"bindings": rows}}
    for down in (False, True):
        found = ordered(results, {}, Order("n", down))["results"]["bindings"]
        values = [row["n"]["value"] for row in found[:-1]]
        numbers = [value for value in values if value.lstrip("-").isdecimal()]
        assert numbers == (["10", "9", "-3"] if down else ["-3", "9", "10"])
        assert found[-1] == {}


def test_an_order_puts_dates_by_time_whatever_their_form() -> None:
    dates = ["2020", "1995/2020", "[..2012-07]", "2009~", "199X", "2012-07-05", "../1800"]
    results = {"results": {"bindings": [{"d": {"value": date}} for date in dates]}}
    found = ordered(results, {}, Order("d"))["results"]["bindings"]
    assert [row["d"]["value"] for row in found] == [
        "../1800", "199X", "1995/2020", "2009~", "[..2012-07]", "2012-07-05", "2020",
    ]  # fmt: skip
