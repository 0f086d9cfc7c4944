"""Pages of disputes, sources, comparisons and theories: what they say, in both languages, to anybody."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from araxes.endpoint.pages.lanes import DatedSpan, lanes
from araxes.endpoint.pages.source import merged
from araxes.endpoint.pages.words import words
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.test_pages import Page, page_of

HTML = "text/html"
HOSTILE = (
    '"><script>alert(1)</script>',
    "x> } DROP ALL { <y",
    "} UNION { ?s ?p ?o",
    "state/ardal> ?p ?o } LIMIT 1 #",
    "-1",
    "1e9",
    "9" * 400,
    "\u202e\x00",
    "http://" + "a" * 500,
    "javascript:alert(1)",
    "//evil.example",
    "۲",
)
FIELDS = {
    "/disputes": ("source", "holder", "actor", "topic", "kind", "page"),
    "/compare": ("a", "b", "page_a", "page_b"),
    "/theories": ("page",),
    "/source/p": ("holder", "work", "page"),
    "/dispute/d": ("page",),
    "/theory/t": ("source", "page"),
}


def read(server: Server, path: str) -> Page:
    return page_of(server.get(path, HTML))


def words_of(page: Page) -> str:
    return " ".join(page.text.split())


# --- disputes


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dispute_sets_its_answers_face_to_face(reading_server: Server, language: str) -> None:
    page = read(reading_server, f"/dispute/d?lang={language}")
    assert page.root["dir"] == ("rtl" if language == "fa" else "ltr")
    text = words_of(page)
    asked, answers, settles = {
        "en": ("Who supports whom?", ("Ardal does.", "Borla does."), "A treaty."),
        "fa": ("چه کسی پشتیبان کیست؟", ("اردال.", "بورلا."), "یک پیمان."),
    }[language]
    assert asked in text
    assert all(answer in text for answer in answers)
    assert settles in text
    assert {"/claim/p/2", "/claim/q/2", "/source/p", "/source/q", "/person/h"} <= set(page.links)
    assert any(link.startswith("/cite?iri=") and "dispute%2Fd" in link for link in page.links)


def test_a_dispute_tells_whose_voice_it_is_and_when(reading_server: Server) -> None:
    reply = reading_server.get("/dispute/d?lang=en", HTML)
    text = words_of(page_of(reply))
    assert "Hela Voice, as reported and rejected in Report Q" in text
    assert "the author's own view" in text
    assert "1995" in text
    assert reply.text.count("<rect ") == 2, "one bar for each dated claim"
    assert "2005: Hela says that Borla supports Ardal." in reply.text
    persian = reading_server.get("/dispute/d?lang=fa", HTML).text
    places = [float(x) for x in re.findall(r'<rect x="([\d.]+)"', reply.text + persian)]
    assert places[0] < places[1], "in English time runs to the right"
    assert places[2] > places[3], "in Persian to the left"


def test_clashes_and_their_kind_are_beneath(reading_server: Server) -> None:
    page = read(reading_server, "/dispute/d?lang=en")
    assert "One against the other" in page.text
    assert "role conflict" in page.text


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("actor", "state/ardal", True),
        ("actor", BASE + "state/borla", True),
        ("actor", "person/h", False),
        ("source", "source/p", True),
        ("source", "source/none", False),
        ("holder", "person/h", True),
        ("holder", "person/w", False),
        ("kind", "ontology/RoleConflict", True),
        ("kind", "ontology/OtherKind", False),
        ("topic", "state/ardal", True),
        ("page", "2", False),
    ],
)
def test_the_list_is_filtered(reading_server: Server, field: str, value: str, found: bool) -> None:
    page = read(reading_server, f"/disputes?lang=en&{field}={quote(value, safe='')}")
    assert ("/dispute/d" in page.links) == found
    if found:
        assert "Ardal does. (1)" in words_of(page)


def test_filters_keep_in_the_other_language(reading_server: Server) -> None:
    page = read(reading_server, "/disputes?lang=en&actor=state%2Fardal&unknown=1")
    assert "/disputes?actor=state%2Fardal&lang=fa" in page.links


# --- sources


def test_a_source_tells_its_claims_in_the_order_of_the_text(reading_server: Server) -> None:
    page = read(reading_server, "/source/p?lang=en")
    claims = [link for link in page.links if link.startswith("/claim/")]
    assert list(dict.fromkeys(claims)) == ["/claim/p/2", "/claim/p/3", "/claim/p/1"]
    text = words_of(page)
    assert "Long Writer, W. (2020). باران." in text
    assert "3 claims stand on 35 % of the text (1,000 characters)." in text
    assert "Theory of Tests" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_stands_beside_the_others(reading_server: Server, language: str) -> None:
    page = read(reading_server, f"/source/p?lang={language}")
    assert "/compare?a=source%2Fp&b=source%2Fq" in page.links
    assert "/dispute/d" in page.links
    other = read(reading_server, f"/source/q?lang={language}")
    assert "?holder=person%2Fh#claims" in other.links


def test_a_source_shows_only_what_is_chosen(reading_server: Server) -> None:
    page = read(reading_server, "/source/q?holder=person/h&lang=en")
    assert {link for link in page.links if link.startswith("/claim/")} == {"/claim/q/2"}


def test_spans_are_merged() -> None:
    assert merged([]) == []
    assert merged([(3, 5), (0, 10), (10, 12), (20, 21)]) == [(0, 12), (20, 21)]


# --- comparisons


def test_two_sources_side_by_side(reading_server: Server) -> None:
    page = read(reading_server, "/compare?a=source/p&b=source/q&lang=en")
    text = words_of(page)
    clash, rest = text.split("Where they clash ")[1].split("What both say")
    clash, contrast = clash.split(words("en")["disputes"]["tabs"]["Contrast"])
    assert "How near are they?" in contrast
    assert "How near are they?" not in clash
    both, one, two = rest.split("Said only by")
    assert "Who supports whom?" in clash
    assert clash.index("Ardal does.") < clash.index("Borla does.")
    assert both.count("allied with") == 1, "a symmetric relation counts once, whichever way it is told"
    assert "P says allied." in both
    assert "Q says allied too." in both
    assert "supports" not in both
    assert "Ardal supports Borla" in one
    assert "Borla supports Ardal" in two
    assert "allied with" not in one + two


def test_holders_are_compared_like_sources(reading_server: Server) -> None:
    page = read(reading_server, "/compare?a=person/h&b=source/p&lang=en")
    assert "/dispute/d" in page.links
    assert "one claim" in words_of(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/pair?a=state/ardal&b=state/borla", "/state/ardal?"])
def test_accounts_that_differ_stand_beside_disputes(reading_server: Server, path: str, language: str) -> None:
    page = read(reading_server, f"{path}&lang={language}")
    text = words_of(page)
    assert text.index("Who supports" if language == "en" else "چه کسی") < text.index(
        words(language)["disputes"]["tabs"]["Contrast"]
    )
    assert {"/dispute/e", "/disputes?standing=ontology%2FContrast&actor=state%2Fardal"} & set(page.links)


@pytest.mark.parametrize(
    ("asked", "status", "near"),
    [
        ("a=source/none&b=source/q", 404, ""),
        ("a=source/q&b=source/pp", 404, ""),
        ("a=state/ardal&b=source/q", 404, ""),
        ("a=person/hh", 404, "/person/h"),
        ("a=%3Cx%3E", 400, ""),
    ],
)
def test_what_cannot_be_compared_is_told(reading_server: Server, asked: str, status: int, near: str) -> None:
    reply = reading_server.get(f"/compare?{asked}", HTML)
    assert reply.status == status
    assert not near or near in Page(reply.text).links


@pytest.mark.parametrize("asked", ["", "a=source/p", "a=source/p&b=source/p"])
def test_a_comparison_without_two_is_a_form(reading_server: Server, asked: str) -> None:
    page = read(reading_server, f"/compare?lang=en&{asked}")
    assert "Paper <P>" in page.text
    assert "/dispute/d" not in page.links


# --- theories


@pytest.mark.parametrize("language", LANGUAGES)
def test_theories(reading_server: Server, language: str) -> None:
    page = read(reading_server, f"/theories?lang={language}")
    assert {"/theory/t", "/theory/u"} <= set(page.links)
    theory = read(reading_server, f"/theory/t?lang={language}")
    assert {"/source/p", "/claim/p/2", "/concept/part"} <= set(theory.links)
    assert "?source=source%2Fp#claims" in theory.links


# --- whatever is asked


@pytest.mark.parametrize("path", sorted(FIELDS))
def test_no_field_breaks_a_page(reading_server: Server, path: str) -> None:
    for field in FIELDS[path]:
        for text in HOSTILE:
            reply = reading_server.get(f"{path}?{field}={quote(text, safe='')}", HTML)
            told = {200, 400, 404} if (path, field) in {("/compare", "a"), ("/compare", "b")} else {200}
            assert reply.status in told, (field, text, reply.text[:300])
            assert "<script>alert" not in reply.text
            assert not [link for link in Page(reply.text).links if link.startswith(("//", "javascript"))]


@pytest.mark.parametrize("path", sorted(FIELDS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_well_formed_and_kept(reading_server: Server, path: str, language: str) -> None:
    first = reading_server.get(f"{path}?lang={language}", HTML)
    page = page_of(first)
    assert len(page.ids) == len(set(page.ids))
    assert page.root["lang"] == language
    assert 'style="' not in first.text, "the policy of pages allows no style in attributes"
    again = reading_server.get(f"{path}?lang={language}", HTML, If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("path", ["/disputes", "/compare", "/theories"])
def test_a_dataset_without_claims_has_the_lists_too(server: Server, path: str) -> None:
    for language in LANGUAGES:
        assert page_of(server.get(f"{path}?lang={language}", HTML)).root["lang"] == language


def test_the_start_page_leads_to_the_liveliest_questions(reading_server: Server) -> None:
    for language in LANGUAGES:
        page = read(reading_server, f"/?lang={language}")
        assert {"/dispute/d", "/disputes", "/compare", "/theories", "/cite"} <= set(page.links)


# --- drawings


def test_lanes_of_time() -> None:
    spans = [
        ("a", [DatedSpan(1990, 1999, "x"), DatedSpan(None, 1994, "y")]),
        ("b", [DatedSpan(2000, None, "z")]),
        ("c", []),
    ]
    found = lanes(spans, turned=False)
    assert found is not None
    assert [lane.name for lane in found.lanes] == ["a", "b"]
    for lane in found.lanes:
        for bar in lane.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= 1000.1
    turned = lanes(spans, turned=True)
    assert turned is not None
    for lane, other in zip(found.lanes, turned.lanes, strict=True):
        for bar, mirrored in zip(lane.bars, other.bars, strict=True):
            assert mirrored.x == pytest.approx(1000 - bar.x - bar.width, abs=0.2)
    assert lanes([("a", [DatedSpan(1990, 1990, "x")])], turned=False) is None


# --- the shipped corpus


def test_every_dispute_and_source_has_its_page(project_server: Server) -> None:
    either = "{ ?x a ax:PointAtIssue } UNION { ?x ax:sourceAuthor ?author }"
    query = f"PREFIX ax: <{AX}> SELECT DISTINCT ?x {{ {either} }}"
    things = [row["x"]["value"] for row in project_server.query(query).json()["results"]["bindings"]]
    assert len(things) > 10
    for iri in things:
        path = "/" + iri.removeprefix(BASE)
        for language in LANGUAGES:
            page = read(project_server, f"{path}?lang={language}")
            assert [link for link in page.links if link.startswith(BASE)] == []
            assert any(link.startswith("/claim/") for link in page.links), path
            assert any(link.startswith("/cite?") for link in page.links), path
