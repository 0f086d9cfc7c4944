"""What no source gives is said where a reader looks: for two things, of a measure, and under an answer."""

from __future__ import annotations

import re

import pytest

from araxes.endpoint.pages.answer_tables import AnswerTable, Cell
from araxes.endpoint.pages.silence import ungiven
from araxes.endpoint.pages.words import words
from araxes.ontology.languages import LANGUAGES
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.test_entity_pages import flat, page


def _answer(*rows: tuple[str, ...], names: tuple[str, ...] = ("what", "from", "to")) -> AnswerTable:
    return AnswerTable(names, tuple(tuple(map(Cell, row)) for row in rows), names)


def test_an_answer_tells_which_figures_it_has_for_others_only() -> None:
    found = ungiven(
        _answer(("Trade", "Borla", "Ardal"), ("Aid", "Ardal", "Borla"), ("Aid", "Ardal", "Cumra"))
    )
    assert [(each.what, each.given, each.missing) for each in found] == [
        ("Trade", ("Ardal–Borla",), ("Ardal–Cumra",))
    ]


def test_a_figure_with_somebody_in_its_name_is_missed_for_no_others() -> None:
    assert ungiven(_answer(("Oil to Borla", "Ardal", "Borla"), ("Line", "Ardal", "Cumra")))[0].what == "Line"


def test_an_answer_between_no_two_says_nothing_of_the_kind() -> None:
    assert ungiven(_answer(("Trade", "1"), names=("what", "figure"))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_measure_says_for_whom_it_is_given_and_for_no_others(things_server: Server, language: str) -> None:
    spoken = words(language)["silence"]
    text = flat(page(things_server, "/measure/barter", language))
    told = text.split(spoken["measured"])[1].split(spoken["no_other"])[0]
    for name in ("Ardal", "Borla", "Source One") if language == "en" else ("اردل", "برلا", "منبع یک"):
        assert name in told
    assert spoken["measured"] not in flat(page(things_server, "/state/ardal", language)), "it is no measure"


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_are_missing_what_one_of_them_has_with_others(things_server: Server, language: str) -> None:
    spoken = words(language)["silence"]["note"]
    assert spoken in flat(page(things_server, "/pair?a=state/borla&b=state/cumra", language))
    assert spoken not in flat(page(things_server, "/pair?a=state/cumra&b=state/dorin", language))
    assert spoken not in flat(page(things_server, "/pair?a=state/ardal&b=state/borla", language))


@pytest.mark.parametrize("path", ["/", "/pictures/network", "/pictures/matrix", "/state/iran"])
def test_pairs_are_led_to(project_server: Server, path: str) -> None:
    found = page(project_server, path)
    assert any(link == "/pair" or link.startswith("/pair?") for link in found.links)
    assert "/pair" in found.links


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_order_is_no_figure_that_is_missing(project_server: Server, language: str) -> None:
    """A place in an order (what came first, who ranks where) is nobody else's figure."""
    found = project_server.query(
        """PREFIX ax: <https://w3id.org/araxes/ontology/> SELECT DISTINCT ?measure {
        GRAPH ?claim { ?figure ax:measure ?measure ; ax:rank ?rank }
        FILTER NOT EXISTS { GRAPH ?other {
          ?any ax:measure ?measure ; ax:value|ax:lowerValue|ax:upperValue ?amount } } }"""
    ).json()["results"]["bindings"]
    orders = {"/" + row["measure"]["value"].partition("/araxes/")[2] for row in found}
    assert "/measure/chronological-order" in orders
    for pair in ("a=state/israel&b=state/azerbaijan", "a=state/iran&b=state/israel"):
        text = project_server.get(f"/pair?{pair}&lang={language}", "text/html").text
        told = text.partition('<p class="silence">')[2].partition("</p>")[0]
        assert told
        assert not orders & set(re.findall(r'href="([^"#]+)"', told))
