"""The pages of things and of two things: who says what of them, in both languages, a part at a time."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from araxes.endpoint.pages.entity import SIZE
from araxes.endpoint.pages.entity_time import FEWEST
from araxes.endpoint.pages.figures import large
from araxes.endpoint.pages.words import words
from araxes.ontology.languages import LANGUAGES
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.test_pages import Page, page_of
from tests.endpoint.thing_fixtures import DIGEST, MANY
from tests.endpoint.tool_fixtures import rows

HTML = "text/html"


def page(server: Server, path: str, language: str = "en") -> Page:
    mark = "&" if "?" in path else "?"
    return page_of(server.get(f"{path}{mark}lang={language}", HTML))


def flat(found: Page) -> str:
    """The text of a page in one line."""
    return " ".join(found.text.split())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Ardal", "state", "Ardal helps Borla", "helps in English.", "Source One", "1992 to 1994")),
        ("fa", ("اردل", "دولت", "اردل یاری می‌دهد به برلا", "helps به فارسی.", "منبع یک", "۱۹۹۲ تا ۱۹۹۴")),
    ],
)
def test_a_statement_says_who_where_and_when(
    things_server: Server, language: str, said: tuple[str, ...]
) -> None:
    text = flat(page(things_server, "/state/ardal", language))
    assert [each for each in said if each not in text] == []
    assert len(re.findall(r"https?://w3id\.org/araxes/ontology", text)) == 0, "terms have their labels"


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_and_identifiers(things_server: Server, language: str) -> None:
    found = page(things_server, "/state/ardal", language)
    text = flat(found)
    for name in ("Ardal", "اردل", "Ардал", "Ardaland", "Q990", "990"):
        assert name in text
    assert "http://www.wikidata.org/entity/Q990" in found.links


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_statement_shows_how_it_stands(things_server: Server, language: str) -> None:
    spoken = words(language)["statement"]
    text = flat(page(things_server, "/state/ardal", language))
    for mark in ("denied", "reported", "predicted"):
        assert spoken["marks"][mark] in text
    assert spoken["dispute"] in text
    assert spoken["uncontested"] in text
    assert "/dispute/d" in page(things_server, "/state/ardal", language).links
    cumra = flat(page(things_server, "/state/cumra", language))
    assert spoken["uncontested"] in cumra
    assert spoken["dispute"] not in cumra


def test_a_label_holds_the_place_of_its_object(things_server: Server) -> None:
    assert "Ardal fights Borla for good" in flat(page(things_server, "/state/ardal"))
    assert "اردل با برلا می‌جنگد" in flat(page(things_server, "/state/ardal", "fa"))


def test_what_is_chosen_alone_is_shown(things_server: Server) -> None:
    def lines(query: str) -> list[str]:
        return re.findall(r"(\w+) in English\.", page(things_server, f"/state/ardal?{query}").text)

    assert set(lines("")) >= {"helps", "denies", "foretells", "alone", "markup"}
    assert set(lines("holder=person/writer")) == {"denies"}
    assert set(lines("polarity=ontology/Cooperative")) == {"helps"}
    assert set(lines("year=1993")) == set(lines("from=1993&to=1993")) == {"helps"}
    assert set(lines("from=1994&to=2010")) == {"helps", "denies"}
    assert set(lines("from=1995")) == {"denies"}
    assert set(lines("to=2000")) == {"helps"}
    assert set(lines("relation=ontology/fights&role=subject")) == {"foretells", "sides"}
    assert set(lines("relation=ontology/helps&role=object")) == {"denies", "alone"}
    assert lines("year=1812") == []
    for language in LANGUAGES:
        nothing = flat(page(things_server, "/state/ardal?year=1812", language))
        assert words(language)["entity"]["nothing_chosen"] in nothing


def test_long_lists_come_in_pages(things_server: Server) -> None:
    seen: list[str] = []
    for number in range(1, MANY // SIZE + 2):
        found = page(things_server, f"/state/eshan?page={number}")
        here = re.findall(r"many(\d+) in English", found.text)
        assert len(here) <= SIZE
        seen += here
    assert sorted(seen, key=int) == [str(number) for number in range(MANY)]
    assert "۱ تا ۴۰ از ۹۵" in flat(page(things_server, "/state/eshan", "fa"))


def test_what_follows_is_shown_when_asked_for(things_server: Server) -> None:
    assert "Ardal ax:knows Cumra" not in flat(page(things_server, "/state/ardal"))
    assert "Ardal ax:knows Cumra" in flat(page(things_server, "/state/ardal?show=inferred"))


def test_what_is_no_claim_or_half_of_one_breaks_no_page(things_server: Server) -> None:
    text = flat(page(things_server, "/state/cumra"))
    assert "Cumra fights" in text
    assert "elsewhere" not in text
    assert page(things_server, "/pair?a=state/cumra&b=state/dorin").links
    assert things_server.get("/claim/bare", HTML).status == 200


def test_markup_in_labels_is_text(things_server: Server) -> None:
    reply = things_server.get("/state/dorin", HTML)
    assert "<i>Dorin" not in reply.text
    assert '<i>Dorin</i> & "Sons"' in page_of(reply).text


# --- two things


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_directions(things_server: Server, language: str) -> None:
    found = page(things_server, "/pair?a=state/ardal&b=state/borla", language)
    text = flat(found)
    assert {"/claim/helps", "/claim/denies", "/claim/foretells", "/dispute/d"} <= set(found.links)
    there, back = text.index("helps"), text.index("denies")
    assert there < back
    assert words(language)["statement"]["marks"]["denied"] in text
    assert ("1,200" if language == "en" else "۱٬۲۰۰") in text
    mirrored = page(things_server, "/pair?a=state/borla&b=state/ardal", language)
    assert {link for link in mirrored.links if "/claim/" in link} == {
        link for link in found.links if "/claim/" in link
    }


def test_times_and_polarities_lead_to_their_claims(things_server: Server) -> None:
    found = page(things_server, "/pair?a=state/ardal&b=state/borla")
    assert "1990s" in found.text
    (cell,) = [link for link in found.links if "Cooperative" in link and "from=1990" in link]
    narrowed = page(things_server, "/pair" + cell.partition("#")[0])
    assert "/claim/helps" in narrowed.links
    assert "/claim/denies" not in narrowed.links


PERSIAN_YEAR = {
    "en": "1371 Solar Hijri (21 March 1992 to 20 March 1993)",
    "fa": "۱۳۷۱ (۲۱ مارس ۱۹۹۲ تا ۲۰ مارس ۱۹۹۳ میلادی)",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_dated_within_a_claim_has_the_time_of_these_dates(
    things_server: Server, language: str
) -> None:
    pair = "/pair?a=state/dorin&b=state/borla"
    text = flat(page(things_server, pair, language))
    spoken = words(language)
    decade = spoken["pair"]["decade_name"].format(decade="1990" if language == "en" else "۱۹۹۰")
    assert decade in text
    assert spoken["pair"]["no_time"] not in text
    assert f"{PERSIAN_YEAR[language]} ({spoken['statement']['basis']['DatedStatements']})" in text
    for times, there in (("from=1990&to=1999", True), ("from=1994", False), ("to=1991", False)):
        assert ("/claim/meets" in page(things_server, f"{pair}&{times}").links) == there, times
    for year, there in (("1993", True), ("1994", False)):
        assert ("/claim/meets" in page(things_server, f"/state/dorin?year={year}").links) == there, year


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/event/fair", "/claim/meets"])
def test_a_date_is_told_in_the_calendar_of_its_text_too(
    things_server: Server, path: str, language: str
) -> None:
    assert PERSIAN_YEAR[language] in flat(page(things_server, path, language))


@pytest.mark.parametrize("text", ["NaN", "INF", "x", "", "1e999999", "1e-999999", "-0.5", "9" * 25])
def test_no_number_is_too_odd_to_be_shown(text: str) -> None:
    assert len(large(text, "fa")) < 60
    assert (large("-2500000", "en"), large("1000001", "en")) == ("-2.5 million", "1,000,001")


@pytest.mark.parametrize("language", LANGUAGES)
def test_silence_is_told(things_server: Server, language: str) -> None:
    spoken = words(language)["pair"]
    text = flat(page(things_server, "/pair?a=state/borla&b=state/cumra", language))
    assert spoken["silent"] in text
    assert ("Barter" if language == "en" else "مبادله") in text, "others have a figure"
    assert "claim/" not in re.sub(r"queries|query", "", text)


def test_unknown_or_missing_things_of_a_pair(things_server: Server) -> None:
    assert things_server.get("/pair?a=state/ardal&b=state/nobody", HTML).status == 404
    assert things_server.get("/pair?a=state/ardal&b=state/ardal", HTML).status == 404
    near = things_server.get("/pair?a=state/ardal&b=state/borlo", HTML)
    assert (near.status, 'href="/state/borla"' in near.text) == (404, True)
    assert things_server.get("/pair?a=state/ardal&b=%3C%3E", HTML).status == 400
    choice = page(things_server, "/pair")
    assert "/pair?a=state%2Fardal&b=state%2Fborla" in choice.links


# --- the real corpus


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["state/iran", "event/nagorno-karabakh-conflict", "person/ilham-aliyev", "measure/trade-turnover"]
)
def test_pages_of_the_corpus(project_server: Server, path: str, language: str) -> None:
    reply = project_server.get(f"/{path}?lang={language}", HTML)
    found = page_of(reply)
    assert len(found.ids) == len(set(found.ids))
    assert not [link for link in found.links if link.startswith("https://w3id.org/araxes/")]
    assert any(link.startswith("/claim/") for link in found.links)
    assert len(reply.body) < 200_000
    unnamed = set(re.findall(r"\b(?:ax|state|event|person|claim|source):[\w-]+", found.text))
    assert unnamed == set(), "what has a label is called by it"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_of_trade_is_told_as_such(project_server: Server, language: str) -> None:
    found = page(project_server, "/pair?a=state/iran&b=state/azerbaijan", language)
    spoken = words(language)["pair"]
    told = flat(found).split(words(language)["silence"]["note"])[0]
    assert spoken["times"] not in told, "near the top"
    assert ("Trade turnover" if language == "en" else "حجم تجارت") in told
    for nonsense in ("Distance", "فاصله", "Oil exports to Israel"):
        assert nonsense not in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "way", "claim"),
    [("/work/book", "citesAsEvidence", "/claim/helps"), ("/option/war", "readAs", "/claim/foretells")],
)
def test_claims_that_cite_it_or_are_read_as_it(
    things_server: Server, path: str, way: str, claim: str, language: str
) -> None:
    found = page(things_server, path, language)
    said = words(language)["entity"]
    assert said["pointing"][way] in flat(found)
    assert said["nothing_stated"] in flat(found)
    assert said["nothing"] not in flat(found)
    assert claim in found.links


@pytest.mark.parametrize("language", LANGUAGES)
def test_digests_keep_their_digits_and_days_are_told(things_server: Server, language: str) -> None:
    assert DIGEST in flat(page(things_server, "/work/book", language))
    day = {"en": "1 May 1992", "fa": "۱ مه ۱۹۹۲"}[language]
    text = flat(page(things_server, "/option/war", language))
    assert day in text
    assert "00:00" not in text
    assert "۰۰:۰۰" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_dated_events_are_drawn_and_lead_to_the_time_line(project_server: Server, language: str) -> None:
    text = project_server.get(f"/state/iran?lang={language}", HTML).text
    section = text.partition('id="time"')[2].partition("</section>")[0]
    bars = re.findall(r"<rect [^>]*><title>([^<]+)</title>", section)
    listed = re.findall(r'<li><a href="(/event/[^"]+)"', section)
    assert len(bars) == len(listed) >= FEWEST
    assert "/pictures/timeline?actor=state%2Firan" in section
    assert "/pictures/network?actor=state%2Firan&amp;actors=all" in text
    drawn = project_server.get(f"/pictures/timeline?actor=state/iran&lang={language}", HTML).text
    assert [event for event in listed if f'href="{event}"' not in drawn] == []


def test_pictures_know_what_they_were_led_to_from(project_server: Server) -> None:
    """Also where it is none of the states that the form lists; and nothing else is drawn."""
    text = project_server.get("/pictures/network?actor=organization/nato&actors=all&lang=en", HTML).text
    assert re.search(r'<option value="organization/nato" selected>', text)
    rows = re.findall(r"<tr><th.*?</tr>", text.partition('id="table"')[2], re.S)[1:]
    assert rows
    assert all("/organization/nato" in row for row in rows)


def test_few_events_make_no_picture(things_server: Server) -> None:
    assert 'id="time"' not in things_server.get("/state/ardal?lang=en", HTML).text


def test_an_event_leads_to_the_disputes_of_the_claims_that_tell_of_it(
    project_server: Server, project: ox.Store
) -> None:
    pairs = rows(
        project,
        "SELECT DISTINCT ?event ?dispute { ?dispute a ax:Dispute ; ax:comparedClaim ?claim . "
        "GRAPH ?claim { ?event ?p ?o } ?event a/rdfs:subClassOf* ax:Event "
        "FILTER (!CONTAINS(STR(?event), '#')) } ORDER BY ?event ?dispute LIMIT 12",
    )
    assert pairs
    for event, dispute in pairs:
        page = project_server.get(event.removeprefix("https://w3id.org/araxes"), "text/html").text
        assert f'href="{dispute.removeprefix("https://w3id.org/araxes")}"' in page, event
