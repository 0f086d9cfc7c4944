"""The token scan that finds SERVICE, checked against the engine where both can speak."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import cast

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.validation.sparql_syntax.tokens import scan, tokens

HIDDEN = [
    "ASK { SERVICE <http://h/> {} }",
    "ASK { service<http://h/>{} }",
    "ASK { SERVICE SILENT <http://h/> {} }",
    "ASK { SERVICE ?x {} }",
    "ASK { BIND(<http://h/> AS ?x) SERVICE $x {} }",
    "ASK { { SELECT * { SERVICE <http://h/> {} } } }",
    "ASK { FILTER EXISTS { SERVICE <http://h/> {} } }",
    "ASK { OPTIONAL { GRAPH ?g { SERVICE <http://h/> {} } } }",
    "PREFIX h: <http://h> ASK { SERVICE h: {} }",
    "PREFIX : <http://h/> ASK { SERVICE:x {} }",
    "PREFIX : <http://h/> PREFIX SERVICE: <http://s/> ASK { SERVICE:x {} }",
    "ASK { ?s ?p trueSERVICE<http://h/>{} }",
    "ASK { ?s ?p 1SERVICE<http://h/>{} }",
    "ASK { ?s ?p 'x'@enSERVICE <http://h/>{} . SERVICE <http://h/> {} }",
    "ASK { # SERVICE\nSERVICE # x\n<http://h/> {} }",
    "ASK { SERVICE <http://h/\\u0061> {} }",
    "BASE <http://h/> ASK { SERVICE <a> {} }",
    'ASK { ?s ?p "\\"" . SERVICE <http://h/> {} }',
    "ASK { ?s ?p '''a''b''' . SERVICE <http://h/> {} }",
    'ASK { ?s ?p "" . SERVICE <http://h/> {} . ?s ?p "" }',
    "ASK { FILTER(?a < 1 && ?b > 2) SERVICE <http://h/> {} }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://h/> {?s ?p ?o} }",
    "DESCRIBE ?s { SERVICE <http://h/> {?s ?p ?o} }",
    "ASK { SERVICE <http://h/> { SERVICE <http://i/> {} } }",
]

HARMLESS = [
    'ASK { ?service $SERVICE "SERVICE <http://h/> {}" }',
    "ASK { ?s ?p '''SERVICE <http://h/> {} ''\n''' }",
    'ASK { ?s ?p """a" SERVICE <http://h/> {}""" }',
    "ASK { <http://h/SERVICE> <urn:service> ?o } # SERVICE <http://h/> {}",
    "PREFIX service: <http://s/> ASK { service:SERVICE ?p service:x . ?s service:y ex:SERVICE }",
    "PREFIX e: <http://s/> ASK { e:service ?p e:a-SERVICE }",
    'ASK { ?s ?p "\\u0022 SERVICE <http://h/> {}" }',
    "ASK { _:service ?p 'x'@en-service }",
]


@pytest.mark.parametrize("query", HIDDEN)
def test_every_call_is_found(query: str) -> None:
    assert scan(query).services


@pytest.mark.parametrize("query", HARMLESS)
def test_words_in_other_tokens_are_no_calls(query: str) -> None:
    assert not scan(query).services


@pytest.mark.parametrize(
    ("query", "iri"),
    [
        ("ASK { SERVICE <http://h/\\u0061> {} }", "http://h/a"),
        ("PREFIX h: <http://h/> ASK { SERVICE SILENT h:sparql {} }", "http://h/sparql"),
        ("PREFIX h: <http://h/> ASK { SERVICE h:a\\/b {} }", "http://h/a/b"),
        ("ASK { SERVICE ?x {} }", None),
        ("ASK { SERVICE h:x {} }", None),
    ],
)
def test_the_endpoint_is_read(query: str, iri: str | None) -> None:
    assert scan(query).services[0].iri == iri


_WORDS = """SERVICE service <http://127.0.0.1:9/> SILENT { } ?s ?p 1 true " ' \"\"\" ''' a : s: # . ; , [ ]
( ) @en _:b \\ \\u0053 < > ^^ FILTER OPTIONAL UNION GRAPH BIND VALUES EXISTS MINUS - service:x x:service"""
_PIECES = st.sampled_from([*_WORDS.split(), "\n", " "])


@given(st.lists(_PIECES, max_size=14))
def test_what_the_engine_would_call_is_found(pieces: list[str]) -> None:
    """The engine refuses port 9 with words of its own: it then tried to call, so the scan must see it."""
    query = (
        "PREFIX : <http://127.0.0.1:9/> PREFIX s: <http://127.0.0.1:9/> SELECT * { " + "".join(pieces) + " }"
    )
    try:
        list(cast("ox.QuerySolutions", ox.Store().query(query)))
    except OSError:
        assert scan(query).services, query
    except (SyntaxError, ValueError, RuntimeError, TypeError):
        return


@given(st.text(alphabet=st.sampled_from("aS:.<>\"'\\#?$_@{}[]() \n1-éس")))
def test_tokens_cover_the_text_in_order(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.start >= end
        assert text[token.start : token.end] == token.text
        end = token.end


@pytest.mark.parametrize(
    "piece",
    ['"', "''a", "a.", "<", '"""', '"a\n', '"""a\\', "a.b.c-", "{", "\\", "é.", "_:a.", "a:b.", "@a-"],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(number: int) -> float:
        """Of a processor, the least of three times, so that what else the machine does counts little."""
        spent = []
        for _ in range(3):
            begin = time.process_time()
            scan(piece * (number // len(piece)))
            spent.append(time.process_time() - begin)
        return min(spent)

    small, large = seconds(20_000), seconds(160_000)
    assert large < 0.3 + small * 24, (small, large)


_VOLATILE = ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()", "BNODE('a')"]
_AROUND = [
    "SELECT * {{ VALUES ?x {{ 1 }} }} ORDER BY{}",
    "SELECT * {{ VALUES ?x {{ 1 }} }} ORDER BY ?x {}",
    "SELECT ?x {{ VALUES ?x {{ 1 }} }} GROUP BY ?x HAVING{}",
    "SELECT ({} AS ?y) {{}}",
    "SELECT (1<2&&{}>0.5 AS ?y) {{}}",
    "SELECT * {{ VALUES (?a ?b) {{ (1 2) }} FILTER(?a<?b&&{}>?a) }}",
    "SELECT * {{ VALUES ?a {{ 1 }} FILTER(true||{}) }}",
    "SELECT * {{ BIND('''a''b'''AS ?a)BIND({}AS ?y) }}",
    "SELECT * {{ ?s ?p 1FILTER({}>0) }}",
    "SELECT * {{ FILTER NOT EXISTS{{ BIND({}AS ?y) }} }}",
    "SELECT (SAMPLE({})AS ?y) {{}}",
    "CONSTRUCT {{ ?s ?p ?y }} WHERE {{ ?s ?p ?o BIND({}AS ?y) }}",
]
_SPELLED: list[Callable[[str], str]] = [
    str,
    str.lower,
    str.title,
    lambda call: call.replace("(", " # a\n("),
    lambda call: call.replace("(", "\t(\r\n"),
]


@pytest.mark.parametrize("call", _VOLATILE)
@pytest.mark.parametrize("around", _AROUND)
def test_every_call_that_differs_each_time_is_noted(call: str, around: str) -> None:
    read = 0
    for spell in _SPELLED:
        query = around.format(spell(call))
        with contextlib.suppress(SyntaxError):
            ox.Store().query(query)
            read += 1
            assert call.partition("(")[0] in scan(query).volatile, query
    assert read >= 3


_CALLS = """RAND() rand ( ) BY ORDER < > <a:b> && ?x ?y 1 1.0 true ' " ''' # \\u0052AND() \\u0028 : a: a:x
AS FILTER BIND , + - * / = ! NOT IN EXISTS { } @en ^^ IF( _:b ; . COALESCE( STR("""


@given(st.lists(st.sampled_from([*_CALLS.split(), "\n", " ", "ORDER BY", "RAND()"]), max_size=12))
def test_what_the_engine_evaluates_anew_is_noted(pieces: list[str]) -> None:
    """Whatever the engine reads as a call of RAND gives another number each time."""
    query = "PREFIX : <a:> PREFIX a: <a:> SELECT (" + "".join(pieces) + " AS ?z) { VALUES ?x { 1 } }"
    try:
        answers = {str(list(cast("ox.QuerySolutions", ox.Store().query(query)))) for _ in range(3)}
    except (SyntaxError, ValueError, RuntimeError, TypeError, OSError):
        return
    assert len(answers) == 1 or scan(query).volatile, query


def test_what_changes_between_evaluations_is_noted() -> None:
    assert scan("SELECT (NOW() AS ?n) (rand() AS ?r) {}").volatile == {"NOW", "RAND"}
    assert not scan('ASK { <http://now/> ?p "RAND()" } # RAND()').volatile
    assert not scan('ASK { ?now ?p "NOW()" }').volatile
    assert scan("CONSTRUCT { ?s ?p [] } WHERE { ?s ?p ?o }").blank
    assert not scan("SELECT * { ?s ?p [] }").blank
    assert scan("# x\nPREFIX a: <b:> INSERT DATA {}").is_update
