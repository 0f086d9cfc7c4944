"""Conformance to the SPARQL 1.1 Protocol, written from the standard, over HTTP against a real server.

The names follow the W3C's protocol tests; those that update are answered by a refusal, because
this service is read-only (§2.2: a service may offer query operations only).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from araxes.endpoint.sparql.formats import GRAPH_FORMATS
from tests.endpoint.endpoint_fixtures import FORM, Reply, Server

_D1, _D2, _D3 = (f"http://kasei.us/data{number}" for number in (1, 2, 3))
_ASK_DEFAULT = f"ASK {{ <{_D1}> a ?type . <{_D2}> a ?type }}"
_ASK_NAMED = f"ASK {{ GRAPH ?g1 {{ <{_D1}> a ?type }} GRAPH ?g2 {{ <{_D2}> a ?type }} }}"
_ASK_FULL = f"ASK {{ <{_D3}> a ?type GRAPH ?g1 {{ <{_D1}> a ?type }} GRAPH ?g2 {{ <{_D2}> a ?type }} }}"
_ASK_FROM = f"ASK FROM <{_D3}> {{ GRAPH ?g1 {{ <{_D1}> a ?type }} GRAPH ?g2 {{ <{_D2}> a ?type }} }}"


def _fields(**lists: list[str]) -> str:
    return "&".join(
        f"{name.replace('_', '-')}={quote(value, safe='')}"
        for name, values in lists.items()
        for value in values
    )


def _true(reply: Reply) -> None:
    assert reply.status == 200, reply.text
    assert reply.type in ("application/sparql-results+json", "application/sparql-results+xml")
    assert reply.json()["boolean"] is True


def _ask(server: Server, how: str, query: str, fields: str = "", path: str = "/sparql/") -> Reply:
    """One query in one of the three ways of §2.1."""
    if how == "get":
        return server.request("GET", f"{path}?query={quote(query, safe='')}&{fields}")
    if how == "form":
        body = f"query={quote(query, safe='')}&{fields}"
        return server.request("POST", path, body, {"Content-Type": FORM})
    if how == "form, dataset in the URL":
        return server.request("POST", f"{path}?{fields}", f"query={quote(query)}", {"Content-Type": FORM})
    return server.request("POST", f"{path}?{fields}", query, {"Content-Type": "application/sparql-query"})


_WAYS = pytest.mark.parametrize("how", ["get", "form", "form, dataset in the URL", "direct"])


@_WAYS
@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_query(server: Server, how: str, path: str) -> None:
    _true(_ask(server, how, "ASK {}", path=path))


@_WAYS
def test_query_dataset_default_graphs(server: Server, how: str) -> None:
    _true(_ask(server, how, _ASK_DEFAULT, _fields(default_graph_uri=[_D1, _D2])))
    assert not _ask(server, how, _ASK_DEFAULT, _fields(default_graph_uri=[_D1])).json()["boolean"]


@_WAYS
def test_query_dataset_named_graphs(server: Server, how: str) -> None:
    _true(_ask(server, how, _ASK_NAMED, _fields(named_graph_uri=[_D1, _D2])))
    assert not _ask(server, how, _ASK_NAMED, _fields(named_graph_uri=[_D1, _D3])).json()["boolean"]
    # With named graphs alone the default graph is empty.
    assert not _ask(server, how, "ASK { ?s ?p ?o }", _fields(named_graph_uri=[_D1])).json()["boolean"]


@_WAYS
def test_query_dataset_full(server: Server, how: str) -> None:
    _true(_ask(server, how, _ASK_FULL, _fields(default_graph_uri=[_D3], named_graph_uri=[_D1, _D2])))


@_WAYS
def test_query_multiple_dataset_the_protocol_wins(server: Server, how: str) -> None:
    _true(_ask(server, how, _ASK_FROM, _fields(named_graph_uri=[_D1, _D2])))
    overridden = (
        f"ASK FROM <{_D1}> FROM NAMED <{_D1}> {{ {{ <{_D1}> a ?t }} UNION {{ GRAPH ?g {{ ?s a ?t }} }} }}"
    )
    assert not _ask(server, how, overridden, _fields(default_graph_uri=[_D2])).json()["boolean"]


def test_without_a_dataset_the_query_or_the_service_decides(server: Server) -> None:
    _true(_ask(server, "get", f"ASK FROM <{_D1}> {{ <{_D1}> a ?type }}"))
    _true(_ask(server, "get", f"ASK FROM NAMED <{_D1}> {{ GRAPH <{_D1}> {{ ?s a ?type }} }}"))
    # The default graph is not the union of the others.
    assert not _ask(server, "get", f"ASK {{ <{_D1}> a ?type }}").json()["boolean"]


def test_graphs_nobody_knows_are_empty(server: Server) -> None:
    for fields in (
        _fields(default_graph_uri=["http://e/no"]),
        _fields(named_graph_uri=["file:///etc/passwd"]),
    ):
        assert _ask(server, "get", "ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", fields).json() == {
            "head": {},
            "boolean": False,
        }


_GRAPH_TYPES = [entry.media_types[0] for entry in GRAPH_FORMATS if entry.name != "html"]
_SELECT, _CONSTRUCT = "SELECT (1 AS ?value) {}", "CONSTRUCT { <a:s> <a:p> 1 } WHERE {}"


@pytest.mark.parametrize("accept", ["json", "xml"])
def test_query_content_type_ask(server: Server, accept: str) -> None:
    reply = server.query("ASK {}", f"application/sparql-results+{accept}")
    assert reply.type == f"application/sparql-results+{accept}"
    if accept == "xml":
        found = ET.fromstring(reply.text).find("{http://www.w3.org/2005/sparql-results#}boolean")
        assert found is not None
        assert found.text == "true"


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("application/sparql-results+json", '"value":"1"'),
        ("application/sparql-results+xml", "<literal"),
        ("text/csv", "value\r\n1\r\n"),
        ("text/tab-separated-values", "?value\n1\n"),
    ],
)
def test_query_content_type_select(server: Server, media_type: str, content: str) -> None:
    reply = server.query(_SELECT, media_type)
    assert (reply.status, reply.type) == (200, media_type)
    assert content in reply.text


@pytest.mark.parametrize("query", [_CONSTRUCT, "DESCRIBE <https://w3id.org/araxes/state/iran>"])
@pytest.mark.parametrize("media_type", _GRAPH_TYPES)
def test_query_content_type_construct_and_describe(server: Server, query: str, media_type: str) -> None:
    reply = server.query(query, media_type)
    assert (reply.status, reply.type) == (200, media_type)
    rdf_format = ox.RdfFormat.from_media_type(media_type)
    assert rdf_format is not None
    assert len(list(ox.parse(input=reply.body, format=rdf_format))) >= 1


def test_defaults_when_nothing_is_asked_for(server: Server) -> None:
    assert server.request("GET", "/sparql?query=ASK%7B%7D").type == "application/sparql-results+json"
    assert server.request("GET", f"/sparql?query={quote(_CONSTRUCT)}").type == "text/turtle"


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("PUT", "/sparql/?query=ASK%20%7B%7D", {"Content-Type": FORM}, "", 405),
        ("DELETE", "/sparql?query=ASK%20%7B%7D", {}, None, 405),
        ("GET", "/sparql/?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", {}, None, 400),
        ("POST", "/sparql/", {"Content-Type": "text/plain"}, "ASK {}", 415),
        ("POST", "/sparql/", {}, "query=ASK%20%7B%7D", 415),
        ("POST", "/sparql/", {}, "ASK {}", 415),
        ("POST", "/sparql/", {"Content-Type": "application/sparql-query; charset=UTF-16"}, "A\0S\0K\0", 400),
        ("GET", "/sparql/?query=ASK%20%7B", {}, None, 400),
        ("GET", "/sparql/?update=CLEAR%20ALL", {}, None, 403),
        ("POST", "/sparql/", {"Content-Type": FORM}, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", 403),
        ("POST", "/sparql/", {"Content-Type": "application/sparql-update"}, "CLEAR ALL", 403),
        ("POST", "/sparql/", {"Content-Type": "text/plain"}, "CLEAR NAMED", 415),
        ("POST", "/sparql/", {"Content-Type": "application/sparql-query"}, "CLEAR NAMED", 400),
    ],
)
def test_bad_requests(
    server: Server, method: str, path: str, headers: dict[str, str], body: str | None, status: int
) -> None:
    reply = server.request(method, path, body, headers)
    assert reply.status == status
    assert reply.code
    if status == 405:
        assert "POST" in reply.headers["Allow"]


def test_base_iri_and_utf8(server: Server) -> None:
    reply = server.query('BASE <http://e/> SELECT (IRI("سلام") AS ?x) {}')
    assert reply.json()["results"]["bindings"][0]["x"]["value"] == "http://e/سلام"
    assert server.query('ASK { FILTER(STRLEN("نوروز𐎠") = 6) }').json()["boolean"] is True


@_WAYS
def test_relative_iris_are_those_of_the_endpoint(server: Server, how: str) -> None:
    """Without BASE a query is read against the service's address (RFC 3986 §5.1.3)."""
    query = "ASK { BIND(<test> AS ?x) FILTER(isIRI(?x) && STR(?x) = '" + server.base + "/test') }"
    for path in ("/sparql", "/sparql/"):
        _true(_ask(server, how, query, path=path))
    _true(_ask(server, how, f"PREFIX : <#> ASK {{ FILTER(STR(:a) = '{server.endpoint}#a') }}"))
    _true(_ask(server, how, "BASE <http://e/> ASK { FILTER(STR(<a>) = 'http://e/a') }"))


def test_answers_of_one_address_are_not_those_of_another(server: Server) -> None:
    path = "/sparql?query=" + quote("SELECT (STR(<x>) AS ?x) {}")
    replies = [server.get(path, "text/csv", Host=host) for host in ("a.example", "b.example", "a.example")]
    assert [reply.text.split()[1] for reply in replies] == [f"http://{host}.example/x" for host in "aba"]
    assert len({reply.headers["ETag"] for reply in replies}) == 2
