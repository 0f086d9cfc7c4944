"""Whatever a Host header says: it is usable in every address that is made from it, or refused."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.own_address import own_address
from tests.endpoint.endpoint_fixtures import Server

GOOD = {
    "a_b": "a_b",
    "_a-b_:8080": "_a-b_:8080",
    "Araxes.Example": "araxes.example",
    "araxes.example.": "araxes.example.",
    "x:": "x",
    "x:80": "x",
    "x:0443": "x:443",
    "x:65535": "x:65535",
    "xn--ls8h.la": "xn--ls8h.la",
    "XN--LS8H.la": "xn--ls8h.la",
    "xn--mgba3a4f16a.ir": "xn--mgba3a4f16a.ir",
    "xn--mgba3gch31f060k.example": "xn--mgba3gch31f060k.example",  # holds a zero-width non-joiner
    "xn--1ug.example": "xn--1ug.example",
    "10.0.0.7:5000": "10.0.0.7:5000",
    "[::1]": "[::1]",
    "[2001:DB8:0::1]:80": "[2001:db8::1]",
    "[::ffff:10.0.0.7]:5000": "[::ffff:a00:7]:5000",
    "a" * 63 + ".b": "a" * 63 + ".b",
}
BAD = [
    *("xn--", "xn--a", "xn--a.example", "a.xn--", "xn--abc-", "xn--99999999", "XN--A", "xn--a_b", "xn---"),
    *("x:65536", "x:99999", "x:100000", "x:y", "x:-1", "x:8 0", "[::1]:65536", "x:1:2", "::1"),
    *("a..b", ".", "..", ".a", "a..", "a" * 64, "b." * 127 + "ccc", ":80"),
    *("[", "[]", "[::1", "[::g]", "[1.2.3.4]", "[fe80::1%25eth0]", "[:::]", "[::1]x", "[12345::]"),
    *("a b", "a/b", "a\\b", "user@host", "a,b", "a%41", "e>x", "a?b", "a#b", "<a>", "é", "a\xa0"),
]
_EVERYWHERE = [
    "/sparql?query=" + quote("SELECT (<x> AS ?a) {}"),
    *(
        "/",
        "/sparql",
        "/state/iran",
        "/state/none",
        "/reconcile",
        "/.well-known/void",
        "/ontology",
        "/health",
    ),
]


def _address(host: str) -> str:
    return own_address({"wsgi.url_scheme": "http", "HTTP_HOST": host})


@pytest.mark.parametrize(("host", "shown"), GOOD.items())
def test_a_host_is_kept(host: str, shown: str) -> None:
    assert _address(host) == f"http://{shown}/"


@pytest.mark.parametrize("host", BAD)
def test_no_host_is_refused(host: str) -> None:
    with pytest.raises(HttpProblem) as caught:
        _address(host)
    assert (caught.value.status, caught.value.code) == (400, "host")


@given(st.one_of(st.text(max_size=80), st.from_regex(r"(xn--)?[a-z0-9._:\[\]-]{1,20}", fullmatch=True)))
@example("xn--a")
@example("")
def test_an_address_is_the_beginning_of_iris(host: str) -> None:
    environ = {"wsgi.url_scheme": "https", "HTTP_HOST": host, "SERVER_NAME": "::1", "SERVER_PORT": "5000"}
    try:
        address = own_address(environ)
    except HttpProblem as problem:
        assert problem.code == "host"
    else:
        assert ox.NamedNode(address + "x").value.startswith("https://")
        assert own_address({"wsgi.url_scheme": "https", "HTTP_HOST": address[8:-1]}) == address


@pytest.mark.parametrize("host", [*GOOD])
def test_every_route_is_answered_under_it(server: Server, host: str) -> None:
    base = f"http://{GOOD[host]}/"
    for path in _EVERYWHERE:
        reply = server.get(path, Host=host)
        assert reply.status == (404 if path in ("/state/none", "/ontology") else 200), (path, reply.text)
    answer = server.get(_EVERYWHERE[0], "text/csv", Host=host)
    assert answer.text.split() == ["a", base + "x"]
    assert f"<{base}sparql?" in answer.headers["Link"]
    assert server.get("/reconcile", Host=host).json()["view"]["url"].startswith(base)
    assert f"<{base}sparql>" in server.get("/.well-known/void", "application/n-triples", Host=host).text


@pytest.mark.parametrize("host", [host for host in BAD if host.isascii()])
def test_every_route_refuses_what_is_none(server: Server, host: str) -> None:
    for path in _EVERYWHERE:
        reply = server.get(path, Host=host)
        assert (reply.status, reply.code) == (400, "host"), path


def test_without_a_host_it_is_where_the_server_listens(server: Server) -> None:
    answer = server.raw(b"GET /reconcile HTTP/1.0\r\n\r\n").decode()
    assert f'"http://127.0.0.1:{server.port}/reconcile/about"' in answer
