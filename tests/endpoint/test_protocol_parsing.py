"""The SPARQL Protocol's requests, with no server: hand-picked and property-based."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.sparql.protocol import (
    DIRECT,
    FORM,
    QueryRequest,
    RawRequest,
    parse_content_type,
    parse_fields,
    parse_graph_request,
    parse_request,
)

_TEXT = st.text(alphabet=st.characters(codec="utf-8"))


@given(_TEXT)
def test_a_query_arrives_as_it_was_in_all_three_ways(query: str) -> None:
    expected = QueryRequest(query)
    for encode in (quote, quote_plus):
        data = b"query=" + encode(query, safe="").encode()
        assert parse_request(RawRequest("GET", data)) == expected
        assert parse_request(RawRequest("POST", b"", FORM, data)) == expected
    assert parse_request(RawRequest("POST", b"", DIRECT, query.encode())) == expected


@given(st.lists(st.tuples(_TEXT, _TEXT)))
def test_fields_survive_encoding_once(fields: list[tuple[str, str]]) -> None:
    data = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in fields)
    assert parse_fields(data.encode(), "x") == fields


@given(
    st.binary(max_size=200),
    st.sampled_from(["GET", "POST", "PUT", "HEAD"]),
    st.text(max_size=40),
    st.binary(),
)
def test_nothing_but_problems_is_raised(
    query_string: bytes, method: str, content_type: str, body: bytes
) -> None:
    try:
        parse_request(RawRequest(method, query_string, content_type, body))
    except HttpProblem as problem:
        assert 400 <= problem.status < 500
        assert problem.message


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (RawRequest("GET", b"query=ASK%7B%7D&query=ASK%7B%7D"), 400, "several-queries"),
        (RawRequest("POST", b"query=ASK%7B%7D", DIRECT, b"ASK{}"), 400, "several-queries"),
        (RawRequest("POST", b"query=ASK%7B%7D", FORM, b"query=ASK%7B%7D"), 400, "several-queries"),
        (RawRequest("GET", b"query=%FF"), 400, "not-utf-8"),
        (RawRequest("POST", b"", DIRECT, b"\xff\xfe"), 400, "not-utf-8"),
        (RawRequest("POST", b"", DIRECT + ";charset=UTF-16", "ASK {}".encode("utf-16")), 400, "charset"),
        (RawRequest("POST", b"", FORM, b"x=1"), 400, "no-query"),
        (RawRequest("POST", b"", FORM, b""), 400, "no-query"),
        (RawRequest("POST", b"", "", b"ASK {}"), 415, "media-type"),
        (RawRequest("POST", b"", "text/plain", b"ASK {}"), 415, "media-type"),
        (RawRequest("POST", b"", "multipart/form-data; boundary=x", b"--x--"), 415, "media-type"),
        (RawRequest("POST", b"", DIRECT, b"ASK {}", "gzip"), 415, "content-encoding"),
        (RawRequest("POST", b"", "application/sparql-update", b"CLEAR ALL"), 403, "update-refused"),
        (RawRequest("POST", b"", FORM, b"update=CLEAR+ALL"), 403, "update-refused"),
        (RawRequest("POST", b"", FORM, b"query=ASK%7B%7D&update=CLEAR+ALL"), 403, "update-refused"),
        (RawRequest("GET", b"update=CLEAR+ALL"), 403, "update-refused"),
        (RawRequest("PUT", b"query=ASK%7B%7D"), 405, "method"),
        (RawRequest("PATCH"), 405, "method"),
        (RawRequest("GET", b"query=ASK%7B%7D&default-graph-uri=relative"), 400, "graph-iri"),
        (RawRequest("GET", b"query=ASK%7B%7D&named-graph-uri="), 400, "graph-iri"),
        (RawRequest("GET", b"query=ASK%7B%7D&named-graph-uri=a:b%20c"), 400, "graph-iri"),
        (RawRequest("GET", b"query=ASK%7B%7D&format=nonsense"), 400, "format"),
        (RawRequest("GET", b"&a" * 20_000), 400, "too-many-fields"),
        (RawRequest("GET", b"a=%" + b"%4" * 2_000), 400, "percent-codes"),
    ],
)
def test_refusals(raw: RawRequest, status: int, code: str) -> None:
    with pytest.raises(HttpProblem) as caught:
        parse_request(raw)
    assert (caught.value.status, caught.value.code) == (status, code)


def test_no_query_is_a_question_about_the_service() -> None:
    assert parse_request(RawRequest("GET")) is None
    assert parse_request(RawRequest("HEAD", b"format=turtle")) is None


def test_the_dataset_is_read_from_url_and_form_alike() -> None:
    expected = QueryRequest("ASK{}", ("http://e/1", "http://e/2"), ("http://e/3",))
    fields = b"default-graph-uri=http://e/1&default-graph-uri=http%3A%2F%2Fe%2F2&named-graph-uri=http://e/3"
    assert parse_request(RawRequest("GET", b"query=ASK%7B%7D&" + fields)) == expected
    assert parse_request(RawRequest("POST", fields, FORM, b"query=ASK%7B%7D")) == expected
    assert parse_request(RawRequest("POST", b"", FORM, b"query=ASK%7B%7D&" + fields)) == expected
    assert parse_request(RawRequest("POST", fields, DIRECT + ' ; charset="utf-8"', b"ASK{}")) == expected


def test_clients_give_several_spellings_of_a_format() -> None:
    found = parse_request(
        RawRequest("GET", b"query=x&format=json-ld&format=application/ld%2Bjson,application/x&format=")
    )
    assert found is not None
    assert found.format == "json-ld"
    found = parse_request(RawRequest("GET", b"query=x&format=application/unknown,text/csv"))
    assert found is not None
    assert found.format == "text/csv"


def test_percent_decoding_happens_once() -> None:
    found = parse_request(RawRequest("GET", b"query=%2525+%2B"))
    assert found is not None
    assert found.query == "%25 +"


@given(st.text(max_size=60))
def test_content_types_never_break_it(header: str) -> None:
    media_type, _ = parse_content_type(header)
    assert media_type == media_type.strip().lower()


def test_graph_selection() -> None:
    assert parse_graph_request(b"default") is None
    assert parse_graph_request(b"default=") is None
    assert parse_graph_request(b"graph=http%3A%2F%2Fe%2F") == "http://e/"
    for query_string in (b"", b"default&graph=http://e/", b"graph=a:b&graph=a:c", b"graph=x"):
        with pytest.raises(HttpProblem):
            parse_graph_request(query_string)


_SELECT = b"SELECT * { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("content_type", "url", "body", "status", "words"),
    [
        ("", b"query=ASK%7B%7D", b"", 415, "in the URL of a POST"),
        ("application/json", b"query=ASK%7B%7D", b"{}", 415, "in the URL of a POST"),
        ("", b"", _SELECT, 415, "without Content-Type"),
        (FORM, b"query=ASK%7B%7D", b"query=", 400, "1 in the URL, 1 in the body"),
        (DIRECT, b"query=ASK%7B%7D", b"ASK {}", 400, "1 in the URL, 1 in the body"),
        (DIRECT, b"", b"query=ASK%20%7B%7D", 400, "the body is a form"),
        (DIRECT, b"", b"default-graph-uri=http://e/&query=ASK{}", 400, "the body is a form"),
        (FORM, b"", _SELECT, 400, "the body is no form"),
        (FORM, b"", b"PREFIX a: <b:>\nASK { ?s ?p 'x=y' }", 400, "the body is no form"),
        (FORM, b"", b"ASK{?s?p?o}", 400, "the body is no form"),
        (FORM, b"", b"q=ASK%7B%7D", 400, "no field 'query'"),
        (FORM, b"", b"", 400, "no field 'query'"),
    ],
)
def test_slips_in_posting_are_named(
    content_type: str, url: bytes, body: bytes, status: int, words: str
) -> None:
    with pytest.raises(HttpProblem) as caught:
        parse_request(RawRequest("POST", url, content_type, body))
    assert caught.value.status == status
    assert words in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("content_type", "url", "body", "query"),
    [
        (FORM, b"query=ASK%7B%7D", b"", "ASK{}"),
        (FORM, b"query=ASK%7B%7D", b"format=json", "ASK{}"),
        (FORM, b"", b"query=ASK {}", "ASK {}"),
        (FORM, b"", b"format=json&query=ASK { ?s ?p 1 }", "ASK { ?s ?p 1 }"),
        (DIRECT, b"format=json", b"SELECT ?query { FILTER(?query=1) }", "SELECT ?query { FILTER(?query=1) }"),
    ],
)
def test_what_can_be_read_is_read(content_type: str, url: bytes, body: bytes, query: str) -> None:
    found = parse_request(RawRequest("POST", url, content_type, body))
    assert found is not None
    assert found.query == query
