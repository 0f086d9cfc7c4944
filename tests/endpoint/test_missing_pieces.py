"""What a refused query lacks is named."""

from __future__ import annotations

import contextlib

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.validation.sparql_syntax.missing_pieces import missing_group
from araxes.validation.sparql_syntax.syntax_position import find_mistake
from araxes.validation.sparql_syntax.unclosed_pieces import missing_bracket, unclosed_text
from tests.endpoint.endpoint_fixtures import Server


@pytest.mark.parametrize(
    ("query", "words", "place"),
    [
        ("SELECT * {\n  ?s ?p ?o", ['a "}" is missing', 'the "{" there', "(line 1, column 10)"], (2, 11)),
        ("SELECT * { ?s ?p ?o .", ['a "}" is missing'], (1, 22)),
        ("ASK { { ?s ?p ?o }", ['a "}" is missing', "(line 1, column 5)"], (1, 19)),
        (
            "ASK { ?s ?p ?o . OPTIONAL { ?s a ?t",
            ['a "}" is missing', "and 1 more before it", "column 27"],
            (1, 36),
        ),
        ("ASK { ?s ?p ?o FILTER(?o > 1 }", ['a ")" is missing', "(line 1, column 22)"], (1, 30)),
        ("ASK { ?s ?p [ a ?t }", ['a "]" is missing', "(line 1, column 13)"], (1, 20)),
        ('ASK { ?s ?p "}" # }\n', ['a "}" is missing', "(line 1, column 5)"], (1, 20)),
        ("ASK { ?s ?p ?o } }", ['this "}" closes nothing'], (1, 18)),
        (
            "SELECT (COUNT(?s AS ?n) { ?s ?p ?o }",
            ["unexpected AS", 'a ")" is missing', "column 14)"],
            (1, 18),
        ),
        ("SELECT (COUNT(?s) AS ?n { ?s ?p ?o }", ['a ")" is missing', "column 8)"], (1, 25)),
        ("SELECT (IF(?a,1,2 AS ?x) {}", ['a ")" is missing', "column 11)"], (1, 19)),
        ("SELECT (STR(STR(STR(?a AS ?x) {}", ['a ")" is missing', "and 2 more before it"], (1, 24)),
        ("SELECT * { BIND((1+2 AS ?x) }", ['a ")" is missing', "column 17)"], (1, 22)),
        ("SELECT * { ?s (<a:b>|<c:d> ?o }", ['a ")" is missing', "column 15)"], (1, 28)),
        ("SELECT * { VALUES (?x ?y { (1 2) } }", ['a ")" is missing', "column 19)"], (1, 26)),
        ("SELECT ?s { ?s ?p ?o } ORDER BY DESC(?s LIMIT 3", ['a ")" is missing', "column 37)"], (1, 41)),
        ("ASK { FILTER(REGEX(?o, 'a') OPTIONAL { ?s ?q ?r } }", ['a ")" is missing', "column 13)"], (1, 29)),
        ("CONSTRUCT { ?s ?p ?o WHERE { ?s ?p ?o } }", ['a "}" is missing', "column 11)"], (1, 22)),
        ("SELECT * { ?s ?p ?o LIMIT 5", ['a "}" is missing', "column 10)"], (1, 21)),
        ("SELECT * { ?s ?p ?o ] }", ['this "]" closes nothing'], (1, 21)),
        ("SELECT * { ?s ?p ?o ) }", ['this ")" closes nothing'], (1, 21)),
        ("ASK { ?s ?p ?o FILTER REGEX(?o, 'a')) }", ['this ")" closes nothing'], (1, 37)),
        ("SELECT (COUNT(?o)) AS ?n) { ?s ?p ?o }", ['this ")" is one too many'], (1, 18)),
        ("SELECT * { ?s ?p (1 2 ] }", ['a ")" belongs here'], (1, 23)),
        ("SELECT * { ?s ?p [ a 1 } }", ['a "]" belongs here'], (1, 24)),
        ("SELECT * WHERE { ?s ?p ?o } LIMIT", ["expected a number"], (1, 34)),
    ],
)
def test_a_missing_bracket_is_named(
    server: Server, query: str, words: list[str], place: tuple[int, int]
) -> None:
    problem = server.post(query).json()
    assert (problem["line"], problem["column"]) == place
    for word in words:
        assert word in problem["detail"]


@pytest.mark.parametrize(
    ("query", "words", "place"),
    [
        ('ASK { ?s ?p "abc }', "the string that begins here is never closed", (1, 13)),
        ("ASK { ?s ?p 'abc }", "the string that begins here is never closed", (1, 13)),
        ('ASK { ?s ?p """abc }', 'never closed: """ is missing', (1, 13)),
        ("ASK { ?s ?p '''abc' }", "never closed: ''' is missing", (1, 13)),
        ("ASK {\n VALUES ?x { 'a' 'b } }", "the string that begins here is never closed", (2, 18)),
        ('ASK { FILTER(STRLEN("a) > 1) }', "the string that begins here is never closed", (1, 21)),
        ('ASK { ?s ?p "a\nb" }', "between three quotes", (1, 13)),
        ('ASK { ?s ?p "it"s" }', "a string is not closed", (1, 13)),
        ("ASK { ?s <http://a ?o }", "the IRI that begins here is never closed", (1, 10)),
        ("ASK { ?s ?p <http://a }", "the IRI that begins here is never closed", (1, 13)),
        ("ASK { <http://a ?p ?o . ?s ?p <a:b> }", "the IRI that begins here is never closed", (1, 7)),
        ("PREFIX x: <http://a\nASK { ?s ?p ?o }", "the IRI that begins here is never closed", (1, 11)),
        ("ASK { ?s ?p 'x'^^<http://a }", "the IRI that begins here is never closed", (1, 18)),
        ("ASK { FILTER(?o IN (<http://a)) }", "the IRI that begins here is never closed", (1, 21)),
        ("ASK { ?s ?p <http://a b> }", "holds a space", (1, 13)),
    ],
)
def test_strings_and_iris_that_never_close_are_named_where_they_begin(
    server: Server, query: str, words: str, place: tuple[int, int]
) -> None:
    problem = server.post(query).json()
    assert (problem["line"], problem["column"]) == place
    assert words in problem["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(?a ?b) }",
        "ASK { FILTER(?a ?b)",
        "ASK { FILTER(?a > ) }",
        "SELECT (COUNT(?s) ?n) { ?s ?p ?o }",
        "ASK { ?s ?p ?o FILTR(?o > 1) }",
        "ASK { ?s ?p ?o ?q }",
        "ASK { ?s ?p ?o UNION { ?s ?q ?r } }",
        "ASK { FILTER(?o < ) }",
    ],
)
def test_other_mistakes_are_not_taken_for_brackets(query: str) -> None:
    mistake = find_mistake(query)
    assert mistake is not None
    assert missing_bracket(query, mistake) is None
    assert unclosed_text(query, mistake) is None


@pytest.mark.parametrize(
    ("query", "words", "column"),
    [
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "add GROUP BY ?s", 8),
        ("SELECT (COUNT(?o) AS ?n) ?s { ?s ?p ?o }", "add GROUP BY ?s", 26),
        ("SELECT ?s ?p (sum(?o) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?s", "add GROUP BY ?s ?p", 11),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?p", "add GROUP BY ?p ?s", 8),
        ("SELECT ?x ?y (MAX(?o) AS ?m) { ?x ?y ?o } ORDER BY ?m LIMIT 3", "add GROUP BY ?x ?y", 8),
        ("SELECT (STR(?s) AS ?x) (MAX(?o) AS ?m) { ?s ?p ?o }", "add GROUP BY ?s", 13),
        ("SELECT ?a { { SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b } } }", "add GROUP BY ?a", 22),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "SELECT * cannot stand with GROUP BY", 8),
        ("SELECT ?s (GROUP_CONCAT(?o; separator=',') AS ?n) { ?s ?p ?o }", "add GROUP BY ?s", 8),
        ("SELECT ?s { ?s ?p ?o } HAVING (COUNT(*) > 1)", "add GROUP BY ?s", 8),
        ("SELECT ?s { ?s ?p ?o } HAVING COUNT(DISTINCT ?o) LIMIT 2", "add GROUP BY ?s", 8),
        ("SELECT ?s ?p { ?s ?p ?o } ORDER BY DESC(COUNT(?p))", "add GROUP BY ?s ?p", 8),
        ("SELECT ?s { ?s ?p ?o } ORDER BY ?s max(?o)", "add GROUP BY ?s", 8),
        ("SELECT ?a { { SELECT ?a { ?a ?p ?b } HAVING (SUM(?b) > 1) } }", "add GROUP BY ?a", 22),
        ("SELECT * { ?s ?p ?o } HAVING (COUNT(*) > 1)", "SELECT * cannot stand with aggregates", 8),
        ("SELECT ?s { ?s ?p ?o FILTER(COUNT(?o)>1) }", "HAVING of a SELECT, with GROUP BY ?s", 29),
        ("SELECT ?s { ?s ?p ?o OPTIONAL { FILTER(?o < AVG(?o)) } }", "AVG cannot stand in FILTER", 45),
        ("SELECT ?s { ?s ?p ?o BIND(COUNT(?o) AS ?n) }", "COUNT cannot stand in BIND", 27),
        ("ASK { ?s ?p ?o FILTER(COUNT(?o)>1) }", "COUNT cannot stand in FILTER", 23),
        ("ASK { ?s ?p ?o } GROUP BY ?s HAVING(COUNT(?o)>1)", "aggregates stand in a SELECT", 37),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } ORDER BY COUNT(?o)", "aggregates stand in a SELECT", 52),
        ("DESCRIBE ?s { ?s ?p ?o } HAVING(COUNT(?o)>1)", "aggregates stand in a SELECT", 33),
    ],
)
def test_a_missing_group_is_named(server: Server, query: str, words: str, column: int) -> None:
    problem = server.post(query).json()
    assert problem["status"] == 400
    assert words in problem["detail"]
    assert problem["column"] == column


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?x (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY (STR(?s) AS ?x) HAVING (?n > 1) ORDER BY ?x",
        "SELECT * { { SELECT ?s (MAX(?o) AS ?m) { ?s ?p ?o } GROUP BY ?s } }",
        "SELECT ?s ?o { ?s ?p ?o }",
        "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(*) > 1) ORDER BY MAX(?o)",
        "ASK { { SELECT ?s { ?s ?p ?o FILTER(?o > 1) } GROUP BY ?s HAVING (COUNT(*) > 1) } FILTER(?s = 1) }",
        "SELECT ?s { ?s ?p ?o FILTER EXISTS { SELECT (COUNT(?o) AS ?n) { ?s ?p ?o } } } ORDER BY ?s",
    ],
)
def test_what_is_right_lacks_nothing(query: str) -> None:
    ox.Store().query(query)
    assert missing_group(query) is None
    assert find_mistake(query) is None


_PIECES = """
SELECT ?s ?o ( ) { } [ ] * COUNT( SUM( AS ?n GROUP BY HAVING ORDER LIMIT 1 . , WHERE "}" ' < <a: #
"""


@given(st.lists(st.sampled_from([*_PIECES.split(), " ", "\n"]), max_size=20))
def test_no_text_breaks_it_and_what_is_read_has_its_brackets(pieces: list[str]) -> None:
    query = " ".join(pieces)
    mistake = find_mistake(query)
    if mistake is not None:
        missing_bracket(query, mistake)
        unclosed_text(query, mistake)
    missing_group(query)
    with contextlib.suppress(SyntaxError, ValueError):
        ox.Store().query(query)
        assert mistake is None
