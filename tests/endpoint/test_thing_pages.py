"""What pages of things rest on: queries that anybody can send, one job a page, addresses without abuse."""

from __future__ import annotations

import io
import json
import re
from urllib.parse import parse_qs, quote, urlsplit

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.endpoint.engines.embedded.page_job import PLACES, write_page
from araxes.endpoint.engines.jobs import PageJob
from araxes.endpoint.engines.replies import Cause, Failed
from araxes.endpoint.pages.kinds import PAGES
from araxes.endpoint.pages.named_queries import NamedQuery, named_queries
from araxes.endpoint.pages.paging import address, part
from araxes.endpoint.pages.pair import PAGE as PAIR
from araxes.endpoint.pages.thing_pages import Asked, page_job
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE
from tests.endpoint.endpoint_fixtures import Server
from tests.endpoint.test_pages import Page, page_of

HTML = "text/html"
THING = ox.NamedNode(BASE + "state/ardal")
HOSTILE = (
    "'",
    '"><script>alert(1)</script>',
    "x> } DROP ALL { <y",
    "} UNION { ?s ?p ?o",
    "state/ardal> ?p ?o } LIMIT 1 #",
    "۱۹۹۲",
    "-1",
    "1e9",
    "9" * 400,
    "\u202e\x00\ud7ff",
    "http://" + "a" * 500,
    "javascript:alert(1)",
    "//evil.example",
)


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_every_query_can_be_sent_as_it_stands_and_filled(name: str) -> None:
    query = named_queries()[name]
    places = dict.fromkeys(query.places - {place[1:] for place in PLACES}, THING)
    for text in (query.text, query.filled(places)):
        ox.Store().query(re.sub("|".join(map(re.escape, PLACES)), str(THING), text))
    assert all(query.title[language].strip() for language in LANGUAGES)
    assert re.search(r"\bASK\b|\bLIMIT \d+|VALUES|COUNT", query.text), "a page is bounded"


def test_what_fills_no_place_is_refused() -> None:
    query = NamedQuery(
        "x",
        {},
        "SELECT * { $thing ?p ?o\n FILTER (?o = $o) # if $o\n} LIMIT 2 OFFSET 0",
        frozenset({"thing", "o"}),
    )
    assert query.filled({"thing": THING}) == f"SELECT * {{ {THING} ?p ?o\n}} LIMIT 2 OFFSET 0"
    assert query.filled({"o": ox.Literal(3)}, 40).endswith(
        '(?o = "3"^^<http://www.w3.org/2001/XMLSchema#integer>)\n} LIMIT 2 OFFSET 40'
    )
    with pytest.raises(ValueError, match="no \\$other"):
        query.filled({"other": THING})
    with pytest.raises(ValueError, match="no pages"):
        NamedQuery("x", {}, "ASK {}", frozenset()).filled({}, 40)


@given(st.text(max_size=60), st.sampled_from(("source", "holder", "relation", "polarity", "b")))
def test_no_field_gets_out_of_its_place(text: str, name: str) -> None:
    for page in (*PAGES, PAIR):
        asked = Asked(
            BASE + "state/ardal", "en", BASE, {"b": "state/borla", "year": text, "page": text, name: text}
        )
        for query in page.queries(asked).values():
            ox.Store().query(query)


def test_the_first_page_that_fits_is_asked_and_then_what_its_answers_name() -> None:
    store = ox.Store()
    store.load(b"<a:a> <a:p> <a:b#c>, <a:d> . <a:d> <a:q> 1 .", format=ox.RdfFormat.TURTLE)
    sent: list[str] = []

    def ask(query: str) -> bytes:
        sent.append(query)
        found = store.query(query)
        out = io.BytesIO()
        assert not isinstance(found, ox.QueryTriples)
        found.serialize(out, format=ox.QueryResultsFormat.JSON)
        return out.getvalue()

    choices = (
        ("no", "ASK { <a:a> <a:none> ?x }", (), ""),
        ("yes", "ASK { <a:a> <a:p> ?x }", (("list", "SELECT ?claim { <a:a> <a:p> ?claim }"),), ""),
    )
    then = (
        ("all", "SELECT * { VALUES ?x { $things } }"),
        ("parts", "SELECT * { VALUES ?x { $parts } }"),
        ("claims", "SELECT * { VALUES ?x { $claims } }"),
    )
    out = io.BytesIO()
    write_page(PageJob("a:a", choices, then, ("a:extra",)), ask, None, out)
    found = json.loads(out.getvalue())
    values = {
        name: {row["x"]["value"] for row in found["answers"][name]["results"]["bindings"]} for name, _ in then
    }
    assert found["choice"] == "yes"
    assert values == {
        "all": {"a:a", "a:extra", "a:b#c", "a:d"},
        "parts": {"a:b#c"},
        "claims": {"a:b#c", "a:d"},
    }
    reply = write_page(PageJob("a:a", choices[:1]), ask, None, io.BytesIO())
    assert isinstance(reply, Failed)
    assert reply.cause is Cause.NO_RESOURCE


def test_a_page_is_one_job_whatever_it_shows() -> None:
    asked = {page.name: Asked(THING.value, "fa", BASE, {"source": "source/one"}) for page in PAGES}
    job = page_job(asked, PAGES, THING.value)
    assert [choice[0] for choice in job.choices] == [page.name for page in PAGES]
    assert BASE + "source/one" in job.about
    assert all("$" not in query for _, test, queries, _ in job.choices for query in (test,))


def test_long_lists_have_pages() -> None:
    assert address({"a": "x", "page": "3"}, page=None) == "?a=x"
    middle = part({"a": "x"}, 2, 40, 95)
    assert (middle.first, middle.last, middle.before, middle.after) == (41, 80, "?a=x", "?a=x&page=3")
    last = part({}, 3, 40, 95)
    assert (last.first, last.last, last.before, last.after) == (81, 95, "?page=2", None)
    assert part({}, None, 40, 0).first == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_fields_are_harmless(things_server: Server, text: str) -> None:
    value = quote(text.encode("utf-8", "surrogatepass"))
    for path in (
        f"/state/ardal?source={value}&holder={value}&year={value}&relation={value}&role={value}&page={value}",
        f"/state/ardal?polarity={value}&show={value}&lang={value}",
        f"/pair?a=state/ardal&b=state/borla&polarity={value}&from={value}&to={value}&page={value}",
        f"/pair?a={value}&b=state/borla",
        f"/claim/helps?page={value}",
    ):
        reply = things_server.get(path, HTML)
        assert reply.status in {200, 400, 404}, (path, reply.text)
        assert "<script>alert" not in reply.text
        assert not [link for link in Page(reply.text).links if link.startswith(("javascript:", "//"))]


@pytest.mark.parametrize(
    "path",
    [
        "/state/ardal?year=13e",
        "/state/ardal?from=2010-2020",
        "/pair?a=state/ardal&b=state/borla&from=abc",
        "/pair?a=state/ardal&b=state/borla&to=19999",
        "/pictures/network?since=then",
    ],
)
def test_what_is_no_year_is_told(things_server: Server, path: str) -> None:
    for language, word in (("en", "is no year"), ("fa", "سال نیست")):
        reply = things_server.get(f"{path}&lang={language}", HTML)
        assert reply.status == 400
        assert word in reply.text


def test_years_in_any_digits(things_server: Server) -> None:
    one, other = (
        things_server.get(f"/state/ardal?lang=en&year={quote(year)}", HTML) for year in ("1993", "۱۹۹۳")
    )
    assert (one.status, one.text) == (200, other.text)


def test_every_page_links_the_queries_behind_it_and_they_answer(things_server: Server) -> None:
    for path in ("/state/ardal", "/claim/helps", "/pair?a=state/ardal&b=state/borla", "/pair"):
        page = page_of(things_server.get(path, HTML))
        queries = [link for link in page.links if link.startswith("/sparql?query=")]
        assert queries, path
        for link in queries:
            (query,) = parse_qs(urlsplit(link).query)["query"]
            assert things_server.query(query).status == 200, query


def test_a_page_is_the_same_until_its_dataset_changes(things_server: Server) -> None:
    first = things_server.get("/state/ardal?lang=en&source=source/one", HTML)
    again = things_server.get("/state/ardal?lang=en&source=source/one&nobody=knows", HTML)
    assert (first.headers["ETag"], first.text) == (again.headers["ETag"], again.text)
    known = things_server.get(
        "/state/ardal?lang=en&source=source/one", HTML, If_None_Match=first.headers["ETag"]
    )
    assert (known.status, known.body) == (304, b"")
    other = things_server.get("/state/ardal?lang=en", HTML)
    assert other.headers["ETag"] != first.headers["ETag"]
    assert "Accept" in first.headers["Vary"]


def test_data_of_a_thing_is_negotiated_as_before(things_server: Server) -> None:
    turtle = things_server.get("/state/ardal", "text/turtle")
    assert turtle.type == "text/turtle"
    assert "Ardal" in turtle.text
    assert things_server.get("/state/nobody", HTML).status == 404
    term = page_of(things_server.get("/source/one", HTML))
    assert "Source One" in term.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_language_keeps_what_was_chosen(things_server: Server, language: str) -> None:
    (other,) = set(LANGUAGES) - {language}
    page = page_of(things_server.get(f"/state/ardal?role=subject&nobody=knows&lang={language}", HTML))
    assert page.root["lang"] == language
    assert f"/state/ardal?role=subject&lang={other}" in page.links
