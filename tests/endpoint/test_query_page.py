"""The query page: form, result, errors with their place, and hints where nothing is found."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from araxes.endpoint.engines.embedded.query_hints import query_hints
from araxes.endpoint.error_codes import ERROR_CODES
from araxes.endpoint.pages.hints import hint_texts
from araxes.endpoint.pages.problem import place_in
from araxes.endpoint.pages.words import error_words, words
from araxes.endpoint.search.index.names_index import build_index
from araxes.endpoint.sparql.query_patterns import query_patterns
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE
from araxes.validation.questions import read_questions
from tests.endpoint.endpoint_fixtures import NAMESPACE, Server, small_dataset
from tests.endpoint.test_pages import page_of

HTML = "text/html"
AX = (
    f"PREFIX ax: <{NAMESPACE}ontology/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
    " PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
)


def form_of(text: str) -> str:
    """The query that stands in the form."""
    (found,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", text, re.DOTALL)
    return unescape(found)


def columns_of(text: str) -> list[str]:
    return re.findall(r'<th scope="col"><bdi>(.*?)</bdi>', text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_offers_every_question_and_prefix(server: Server, language: str) -> None:
    page = server.get(f"/sparql?lang={language}", HTML)
    assert page_of(page).root["lang"] == language
    for question in read_questions():
        assert f'<option value="{question.name}"' in page.text
        assert question.text[language] in unescape(page.text)
    assert f"PREFIX ax: &lt;{NAMESPACE}ontology/&gt;" in page.text
    assert words(language)["query"]["title"] in page.text
    assert all(f'<option value="{name}"' in page.text for name in ("csv", "json", "turtle"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_stands_in_the_form_and_is_not_asked(server: Server, language: str) -> None:
    name = next(iter(read_questions())).name
    page = server.get(f"/sparql?example={name}&lang={language}", HTML)
    assert "SELECT" in form_of(page.text)
    assert f'<option value="{name}" selected>' in page.text
    assert 'id="result"' not in page.text
    assert server.get(f"/sparql?example={name}").type == "text/turtle"


def test_columns_stand_in_the_order_of_the_query(server: Server) -> None:
    data = "?z ?b ?a . ?a ?c ?m"
    assert columns_of(server.query(f"SELECT * {{ {data} }} LIMIT 1", HTML).text) == ["z", "b", "a", "c", "m"]
    assert columns_of(server.query(f"SELECT ?m ?a {{ {data} }} LIMIT 1", HTML).text) == ["m", "a"]


def test_results_lead_to_this_server_by_their_labels(server: Server) -> None:
    query = AX + "SELECT ?s ?holder ?claim { GRAPH ?claim { ?s ax:recognizes ?o } ?claim ax:holder ?holder }"
    english, persian = (server.query(query, HTML, lang=language).text for language in LANGUAGES)
    assert '<a href="/state/iran" title="https://w3id.org/araxes/state/iran"><bdi>Iran</bdi></a>' in english
    assert ">ایران</bdi></a>" in persian
    assert 'href="/claim/s/1"' in english and 'href="/source/s#author"' in english
    links = [
        link for link in page_of(server.query(query, HTML)).links if "query=" in link and "format=" in link
    ]
    formats = {parse_qs(urlsplit(link).query)["format"][0] for link in links}
    assert formats == {"csv", "json", "html"}
    for link in links:
        assert server.get(link.removeprefix(server.base)).status == 200


def test_long_results_say_that_there_is_more(server: Server) -> None:
    page = server.query("SELECT ?s ?o { ?s ?p ?o } LIMIT 1001", HTML).text
    assert page.count("<tr>") == 1001  # with the head
    assert "The first 1000 rows" in page
    whole = server.query("SELECT ?s { ?s ?p ?o } LIMIT 1000", HTML).text
    assert "The first" not in whole and ">1000 rows<" in whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_keep_the_query_and_mark_the_place(server: Server, language: str) -> None:
    query = "SELECT * {\n  ?s ?p <script>alert(1)</script>\n}\n"
    page = server.query(query, HTML, lang=language)
    assert (page.status, page.type) == (400, HTML)
    assert form_of(page.text) == query
    assert f'lang="{language}"' in page.text
    line = int(re.findall(r'data-line="(\d+)"', page.text)[0])
    assert line == 2
    assert re.search(r'<pre class="place"[^>]*>.*<mark>.+</mark>.*▲', page.text, re.DOTALL)
    assert "<script>alert" not in page.text
    for other in (
        server.query("DELETE WHERE { ?s ?p ?o }", HTML, lang=language),
        server.query("SELECT * { SERVICE <http://e.org/> {} }", HTML, lang=language),
        server.query("SELECT * { ?s ?p ?o }", HTML, format="nothing", lang=language),
    ):
        assert other.status in (400, 403)
        assert form_of(other.text)
        assert words(language)["problem"]["titles"][str(other.status)] in other.text


def test_missing_prefixes_are_one_click_away(server: Server) -> None:
    page = server.query("SELECT * { ?s a ax:State }", HTML)
    (link,) = [link for link in re.findall(r'href="(/sparql\?query=[^"]*)"', page.text) if "PREFIX" in link]
    again = server.get(unescape(link), HTML)
    assert again.status == 200
    assert "Azerbaijan" in again.text


def test_every_error_is_said_in_every_language() -> None:
    for language in LANGUAGES[1:]:
        missing = [entry.code for entry in ERROR_CODES if not all(error_words(entry.code, language))]
        assert missing == []
    statuses = {str(status) for entry in ERROR_CODES for status in entry.statuses}
    assert statuses - words("en")["problem"]["titles"].keys() == set()


def test_machines_get_what_they_got(server: Server) -> None:
    query = "SELECT * { ?z ?b ?a } LIMIT 1"
    assert server.query(query).json()["head"]["vars"] == ["a", "b", "z"]
    assert server.query("SELECT", "application/json").code == "syntax"
    empty = server.query("SELECT ?x { ?x <a:b> <a:c> }")
    assert empty.json() == {"head": {"vars": ["x"]}, "results": {"bindings": []}}


def test_a_place_is_shown_with_what_stands_around_it() -> None:
    place = place_in("ASK {\n ?سلام ?p hasNoPrefix }", 2, 11)
    assert place is not None
    assert (place.left, place.marked, place.right) == (" ?سلام ?p ", "hasNoPrefix", " }")
    assert place.before == ((1, "ASK {"),)
    assert place_in("ASK", 7, 1) is None
    wide = place_in("x" * 5000 + "!" + "y" * 5000, 1, 5001)
    assert wide is not None and len(wide.left) < 200 and len(wide.right) < 200


# --- hints


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = ox.Store()
    made.extend(small_dataset())
    iran = "<https://w3id.org/araxes/state/iran>"
    made.update(
        f"PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
        f' INSERT DATA {{ {iran} <{BASE}ontology/earliest> "1992-05-01T00:00:00Z"^^xsd:dateTime ;'
        f' <{BASE}ontology/date> "1992-05" }}'
    )
    return made


def hints_on(store: ox.Store, query: str) -> dict[str, str]:
    """Names and texts of the hints on a query that finds nothing."""
    assert not list(store.query(AX + query))  # type: ignore[arg-type]
    found = query_hints(store, build_index(store), AX + query, NAMESPACE)
    return dict(zip((name for name, _ in found), hint_texts(found, "en"), strict=True))


CASES = (
    (
        "SELECT * { ?s a <https://w3id.org/araxes/state/irann> }",
        "unknown",
        "https://w3id.org/araxes/state/iran>",
    ),
    ("SELECT * { ?s a ax:NothingAlikeQqqq }", "unlike", "NothingAlikeQqqq"),
    ("SELECT * { ?a ax:recognizes ?b }", "claimed_once", "GRAPH ?claim { ?a ax:recognizes ?b }"),
    ("SELECT * { GRAPH ?g { ?c ax:holder ?h } }", "outside", "?c ax:holder ?h"),
    ('SELECT * { ?s rdfs:label "Iran" }', "language", '"Iran"@en'),
    ('SELECT * { ?s rdfs:label ?l FILTER (?l = "ایران") }', "language", '"ایران"@fa'),
    ('SELECT * { ?s rdfs:label ?l FILTER ("Iran" = ?l) }', "language", '"Iran"@en'),
    ('SELECT * { VALUES ?l { "Iran" } ?s rdfs:label ?l }', "language", '"Iran"@en'),
    ('SELECT * { ?s rdfs:label "Iran"@fa }', "language", '"Iran"@en'),
    ('SELECT * { ?s ax:earliest ?d FILTER (?d > "1991") }', "time", '"1991-01-01T00:00:00Z"^^xsd:dateTime'),
    (
        'SELECT * { ?s ax:earliest ?d FILTER (?d >= "1991-02-03"^^xsd:date) }',
        "time",
        '"1991-02-03T00:00:00Z"^^xsd:dateTime',
    ),
    ('SELECT * { ?s ax:date ?d FILTER (?d > "1991-02-03"^^xsd:date) }', "edtf", '"1991-02-03"'),
)


@pytest.mark.parametrize(("query", "name", "text"), CASES, ids=[case[0][9:60] for case in CASES])
def test_hints_name_the_likely_reason(store: ox.Store, query: str, name: str, text: str) -> None:
    found = hints_on(store, query)
    assert text in found[name]
    assert list(found)[-1] == "silence"


def test_sound_queries_get_no_other_hints(store: ox.Store) -> None:
    for query in (
        'SELECT * { ?s rdfs:label "Iran"@en ; ax:date "1066" }',
        "SELECT * { GRAPH ?g { ?a ax:recognizes ?a } }",
        'SELECT * { ?s rdfs:label ?l FILTER (STR(?l) = "Nowhere") }',
        'SELECT * { ?s ax:earliest ?d FILTER (?d > "2092-05-01T00:00:00Z"^^xsd:dateTime) }',
    ):
        assert set(hints_on(store, query)) <= {"silence", "graph"}, query


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_and_tools_hint_in_the_same_words(server: Server, language: str) -> None:
    query = AX + 'SELECT * { ?a ax:recognizes ?b . ?a rdfs:label "Iran" }'
    page = server.query(query, HTML, lang=language)
    read = re.sub(
        r"<[^>]*>", "", unescape(re.findall(r'<ul class="hints">(.*?)</ul>', page.text, re.DOTALL)[0])
    )
    for name in ("claimed_once", "language", "silence"):
        said = re.sub(r"{.*", "", words(language)["hints"][name]).replace("`", "")
        assert said in read
    asked = server.query(AX + "ASK { ?a ax:recognizes ?b }", HTML, lang=language)
    assert 'class="hints"' in asked.text


def test_patterns_are_read_off_odd_queries() -> None:
    for query in (
        "",
        "}",
        "{{{",
        "SELECT",
        "ASK { GRAPH",
        "ASK { VALUES",
        "ASK { FILTER (",
        "]" * 9,
    ):
        assert query_patterns(query).patterns == []
    deep = "ASK " + "{" * 5000 + "}" * 5000
    assert query_hints(ox.Store(), None, deep, NAMESPACE) == [("silence", {})]
    nested = query_patterns(
        "ASK { ?s <a:p> [ <a:q> ?v ; <a:r> 1 ] . ?s <a:t>/<a:u> ?w . OPTIONAL { ?s <a:o> 2 } }"
    )
    assert [pattern.text for pattern in nested.patterns] == ["[] <a:q> ?v", "[] <a:r> 1"]
