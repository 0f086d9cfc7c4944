"""What a refused query lacks is named."""

from __future__ import annotations

import contextlib

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.endpoint.sparql.missing_pieces import missing_bracket, missing_group
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
        ("SELECT (COUNT(?s AS ?n) { ?s ?p ?o }", ["unexpected AS"], (1, 18)),
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
    assert missing_bracket(query) is None


_PIECES = """
SELECT ?s ?o ( ) { } [ ] * COUNT( SUM( AS ?n GROUP BY HAVING ORDER LIMIT 1 . , WHERE "}" #
"""


@given(st.lists(st.sampled_from([*_PIECES.split(), " ", "\n"]), max_size=20))
def test_no_text_breaks_it_and_what_is_read_has_its_brackets(pieces: list[str]) -> None:
    query = " ".join(pieces)
    lack = missing_bracket(query)
    missing_group(query)
    with contextlib.suppress(SyntaxError, ValueError):
        ox.Store().query(query)
        assert lack is None
