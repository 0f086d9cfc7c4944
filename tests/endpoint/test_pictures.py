"""Pictures: each says the same as its table, in both languages, to anybody, whatever is asked for."""

from __future__ import annotations

import io
import re
from collections import Counter
from html import unescape
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest

from araxes.endpoint.engines.embedded import drawing
from araxes.endpoint.engines.jobs import DrawJob
from araxes.endpoint.engines.replies import Answered, Cause, Failed
from araxes.endpoint.pages.frame import digits
from araxes.endpoint.pages.pictures.pages import KINDS
from araxes.endpoint.pages.pictures.picture import encoded
from araxes.endpoint.pages.pictures.style import COLOURS, DASHES, VEGA_LITE, frame
from araxes.endpoint.pages.words import words
from araxes.ontology.languages import LANGUAGES
from tests.endpoint.endpoint_fixtures import NAMESPACE, Reply, Server
from tests.endpoint.test_pages import page_of
from tests.endpoint.test_reading_pages import HOSTILE

HTML = "text/html"
SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"


def table_of(text: str) -> list[list[str]]:
    """The rows of the table of a page, as plain texts."""
    body = text.split('<table class="drawn stacked">')[1].split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    return [
        [
            unescape(re.sub(r"<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)
    ]


def asked(server: Server, address: str, accept: str | None = None) -> Reply:
    """An answer; a machine on which much else is done may need more tries than one."""
    for _ in range(8):
        reply = server.get(address, accept)
        if reply.status not in (503, 504):
            break
    return reply


def drawn(server: Server, address: str) -> ET.Element:
    reply = asked(server, address)
    assert reply.status == 200, reply.text
    assert reply.type == "image/svg+xml"
    return ET.fromstring(reply.body)


def said(picture: ET.Element) -> Counter[str]:
    """What the marks of a picture say that are links, each as often as it is drawn."""
    return Counter(
        mark.attrib["aria-label"]
        for link in picture.iter(SVG + "a")
        for mark in link.iter()
        if mark.get("aria-label")
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", KINDS)
def test_a_page_shows_picture_table_form_and_downloads(
    project_server: Server, name: str, language: str
) -> None:
    reply = asked(project_server, f"/pictures/{name}?lang={language}", HTML)
    page = page_of(reply)
    assert page.root["dir"] == ("rtl" if language == "fa" else "ltr")
    assert len(table_of(reply.text)) >= 10
    for field in KINDS[name].fields:
        assert f'name="{field}"' in reply.text
    for ending in ("svg", "png"):
        assert f"/pictures/{name}.{ending}?lang={language}" in page.links
    assert all(f"/pictures/{other}" in page.links for other in KINDS if other != name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_network_draws_what_its_table_says(project_server: Server, language: str) -> None:
    rows = table_of(asked(project_server, f"/pictures/network?lang={language}", HTML).text)
    marks = said(drawn(project_server, f"/pictures/network.svg?lang={language}"))
    lines = {digits(f"{one} → {two}: {how}, {number}", language) for one, two, how, number in rows}
    assert lines <= set(marks)
    actors = {end for row in rows for end in row[:2]}
    assert len(marks) == len(lines) + len(actors)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_matrix_draws_what_its_table_says(project_server: Server, language: str) -> None:
    rows = table_of(asked(project_server, f"/pictures/matrix?lang={language}", HTML).text)
    marks = said(drawn(project_server, f"/pictures/matrix.svg?lang={language}"))
    squares = {f"{one} – {two}, {decade}, {how}: {number}" for one, two, decade, how, number in rows}
    assert squares == set(marks)


def test_the_matrix_counts_as_the_page_of_two_does(project_server: Server) -> None:
    rows = table_of(asked(project_server, "/pictures/matrix?actor=state/iran&lang=en", HTML).text)
    two = asked(project_server, "/pair?a=state/iran&b=state/azerbaijan&lang=en", HTML).text
    line = re.search(r"<tr><th scope=\"row\">1990s</th>(.*?)</tr>", two)
    assert line
    cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", line[1])]
    told = {row[3]: row[4] for row in rows if set(row[:2]) == {"Iran", "Azerbaijan"} and row[2] == "1990s"}
    assert told == dict(zip(("conflictual", "neutral", "cooperative"), cells, strict=False))


def test_pairs_are_counted_by_the_polarity_of_relations_as_in_the_network(project_server: Server) -> None:
    two = {"Iran", "Israel"}
    rows = table_of(asked(project_server, "/pictures/network?lang=en", HTML).text)
    network = Counter({row[2]: 0 for row in rows})
    for row in rows:
        network[row[2]] += int(row[3]) if set(row[:2]) == two else 0
    assert (network["cooperative"], network["conflictual"] > 0) == (0, True)
    matrix = table_of(asked(project_server, "/pictures/matrix?actor=state/iran&lang=en", HTML).text)
    assert {row[3] for row in matrix if set(row[:2]) == two} <= {"conflictual", "neutral"}
    pair = "/pair?a=state/iran&b=state/israel&lang=en&polarity=ontology/"
    said = words("en")["pair"]["nothing_chosen"].partition("{")[0]
    assert asked(project_server, pair + "Cooperative", HTML).text.count(said) == 2
    hostile = asked(project_server, pair + "Conflictual", HTML).text
    assert said not in hostile
    towards = hostile.partition('id="there"')[2].partition('id="shared"')[0]
    assert 'class="mark conflictual"' in towards
    assert 'class="mark cooperative"' not in towards
    threat = "/state/israel?lang=en&relation=ontology/perceivesThreatFrom&polarity=ontology/"
    assert 'class="statement' not in asked(project_server, threat + "Cooperative", HTML).text


def test_who_is_related_to_both_ties_them_to_nothing(project_server: Server) -> None:
    query = """PREFIX ax: <https://w3id.org/araxes/ontology/> SELECT DISTINCT ?one ?two ?claim {
      GRAPH ?claim { ?third ax:hasTenseRelationsWith ?one, ?two }
      ?third a ax:State . FILTER (STR(?one) < STR(?two))
      FILTER NOT EXISTS { GRAPH ?claim { ?one ?p ?two } } FILTER NOT EXISTS { GRAPH ?claim { ?two ?p ?one } }
    } LIMIT 1"""
    (row,) = project_server.query(query).json()["results"]["bindings"]
    one, two, claim = (row[name]["value"].removeprefix(NAMESPACE) for name in ("one", "two", "claim"))
    text = asked(project_server, f"/pair?a={one}&b={two}&lang=en", HTML).text
    shared = text.partition('id="shared"')[2].partition("</section>")[0]
    near = text.partition('id="near"')[2].partition("</section>")[0]
    assert f'/{claim}"' not in shared
    assert f'/{claim}"' in near


def test_claims_without_a_time_of_their_own_are_in_no_decade_and_counted(project_server: Server) -> None:
    text = asked(project_server, "/pictures/matrix?lang=en", HTML).text
    beside = text.split(words("en")["pictures"]["matrix"]["timeless"])[1].split("</p>")[0]
    assert re.search(r"Azerbaijan – Iran: [1-9][0-9]*", re.sub(r"<[^>]+>", "", beside))


def test_topics_and_events_are_drawn_as_often_as_their_tables_have_them(project_server: Server) -> None:
    topics = table_of(asked(project_server, "/pictures/topics?lang=en", HTML).text)
    marks = said(drawn(project_server, "/pictures/topics.svg?lang=en"))
    assert {f"{source}, {topic}: {number}" for source, topic, number in topics} == set(marks)
    events = table_of(asked(project_server, "/pictures/timeline?lang=en", HTML).text)
    shown = said(drawn(project_server, "/pictures/timeline.svg?lang=en"))
    assert {f"{event}: {when}" for event, when, _ in events} == set(shown)


def test_the_map_draws_places_and_outlines_and_says_whose_they_are(project_server: Server) -> None:
    reply = asked(project_server, "/pictures/map?view=wide&lang=en", HTML)
    rows = table_of(reply.text)
    marks = said(drawn(project_server, "/pictures/map.svg?view=wide&lang=en"))
    assert {f"{row[0]}: {row[4]}" for row in rows} >= set(marks)
    assert len(marks) >= 20
    assert all(row[5] in {"Who’s On First", "Natural Earth"} for row in rows)
    assert "no layer of disputed borders" in reply.text
    assert "Nagorno-Karabakh" in reply.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_names_what_it_lacks_and_shows_the_states_of_which_most_is_said(
    project_server: Server, language: str
) -> None:
    picture = drawn(project_server, f"/pictures/map.svg?lang={language}")
    text = "".join(picture.itertext())
    assert words(language)["pictures"]["map"]["missing"] in text
    names = ("Nagorno-Karabakh", "Iran", "Türkiye", "Azerbaijan", "Baku")
    for name in names if language == "en" else ("قره‌باغ کوهستانی", "ایران", "ترکیه", "باکو"):
        assert name in text
    page = asked(project_server, f"/pictures/map?lang={language}", HTML).text
    said = words(language)["pictures"]["map"]
    twice = page.split(said["unplaced"])[1].split("</p>")[0]
    assert ("Nagorno-Karabakh<" if language == "en" else "قره‌باغ کوهستانی<") not in twice


def test_every_format_of_every_picture_can_be_had(project_server: Server) -> None:
    for name in KINDS:
        reply = asked(project_server, f"/pictures/{name}.png?lang=fa")
        assert (reply.status, reply.type) == (200, "image/png")
        assert reply.body.startswith(b"\x89PNG\r\n")
        tag = str(reply.headers["ETag"])
        assert project_server.get(f"/pictures/{name}.png?lang=fa", if_none_match=tag).status == 304


@pytest.mark.parametrize(
    ("field", "value", "fits"),
    [
        ("polarity", "ontology/Conflictual", lambda row: row[2] == "conflictual"),
        ("relation", "ontology/alliedWith", lambda row: True),
        ("source", "source/irna-2019", lambda row: True),
        ("since", "2015", lambda row: True),
        ("until", "1990", lambda row: True),
    ],
)
def test_a_choice_narrows_the_network(project_server: Server, field: str, value: str, fits: object) -> None:
    def total(address: str) -> int:
        reply = asked(project_server, address, HTML)
        assert reply.status == 200
        if '<table class="drawn stacked">' not in reply.text:
            return 0
        rows = table_of(reply.text)
        assert "?" not in address or all(fits(row) for row in rows)  # type: ignore[operator]
        return sum(int(row[3]) for row in rows)

    chosen = total(f"/pictures/network?{urlencode({field: value, 'lang': 'en'})}")
    assert chosen < total("/pictures/network")


def test_marks_are_links_to_pages_that_are_there(project_server: Server) -> None:
    picture = drawn(project_server, "/pictures/network.svg?lang=en")
    links = sorted({link.get(LINK) or link.get("href") or "" for link in picture.iter(SVG + "a")})
    assert any(link.startswith("/pair?") for link in links)
    assert any(link.startswith("/state/") for link in links)
    assert not [link for link in links if not link.startswith("/")]
    for link in (links[0], links[-1]):
        assert asked(project_server, link, HTML).status == 200


def test_nothing_to_draw_is_said_and_no_picture(project_server: Server) -> None:
    page = asked(project_server, "/pictures/network?since=2900&lang=en", HTML)
    assert "nothing to draw" in page.text
    assert "<img" not in page.text
    assert asked(project_server, "/pictures/network.svg?since=2900").status == 404
    for unknown in ("/pictures/nothing", "/pictures/network.gif", "/pictures/network.svg.png"):
        assert project_server.get(unknown).status == 404


@pytest.mark.parametrize("name", KINDS)
def test_hostile_choices_are_answered(project_server: Server, name: str) -> None:
    for value in HOSTILE:
        every = urlencode(dict.fromkeys(KINDS[name].fields, value))
        reply = asked(project_server, f"/pictures/{name}?{every}", HTML)
        assert reply.status in (200, 400), (value, reply.text[:300])
        assert "<script>alert" not in reply.text


def test_a_dataset_without_claims_has_no_pictures(server: Server) -> None:
    assert server.get("/pictures", HTML).status == 404


def test_persian_is_written_from_the_right_in_its_digits(project_server: Server) -> None:
    for name in KINDS:
        reply = asked(project_server, f"/pictures/{name}.svg?lang=fa")
        picture = ET.fromstring(reply.body)
        assert picture.get("direction") == "ltr"  # places are the specification's, not the page's
        assert picture.get("{http://www.w3.org/XML/1998/namespace}lang") == "fa"
        texts = ["".join(text.itertext()) for text in picture.iter(SVG + "text")]
        assert any("ایران" in text or "باکو" in text for text in texts), name
        assert not [text for text in texts if re.search("[0-9]", text)], name


def picture_of(text: str, kind: str = "png") -> bytes:
    """A text drawn."""
    specification = frame(VEGA_LITE, "fa") | {
        "data": {"values": [{"a": text}]},
        "mark": {"type": "text", "fontSize": 30},
        "encoding": {"text": {"field": "a"}},
    }
    output = io.BytesIO()
    reply = drawing.draw(DrawJob(encoded(specification), "t", "fa", kind), drawing.read_outlines(), output)
    assert isinstance(reply, Answered)
    return output.getvalue()


def test_persian_letters_join_in_png() -> None:
    # U+200C keeps letters apart: if they did not join without it, both pictures would be the same.
    assert picture_of("ببب") != picture_of("ب\u200cب\u200cب")
    assert picture_of("ببب") == picture_of("ببب")


def test_no_text_of_a_dataset_becomes_outlines() -> None:
    assert "@outlines" in picture_of('"values":"@outlines"', "svg").decode()


def test_without_a_renderer_that_is_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "vl_convert", None)
    monkeypatch.setattr(drawing, "ABSENCE", "no wheel")
    reply = drawing.draw(DrawJob("{}", "t", "en", "svg"), "", io.BytesIO())
    assert isinstance(reply, Failed)
    assert reply.cause == Cause.EVALUATION
    assert "no wheel" in reply.message


def test_polarities_are_told_apart_without_colour() -> None:
    assert len({tuple(dash) for dash in DASHES.values()}) == len(DASHES) == len(COLOURS)
