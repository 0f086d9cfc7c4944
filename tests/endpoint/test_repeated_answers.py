"""Queries that were answered before: the same answer as the whole way gives, sooner, and never an old one."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from araxes.endpoint.http.repeated_answers import KEPT, RepeatedAnswers
from araxes.endpoint.service.published_files import BESIDE
from araxes.endpoint.service.service import Service
from araxes.endpoint.settings import load_settings
from araxes.triples.stores.versioned_store import publish
from tests.endpoint.endpoint_fixtures import JSON, WHOLE, Reply, Server, serving, small_dataset

QUERY = "SELECT * { ?s <http://example.org/next> ?o } ORDER BY ?s LIMIT 3"
GRAPH = "CONSTRUCT WHERE { <http://example.org/n1> ?p ?o }"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def without(small_store: Path) -> Iterator[Server]:
    """A server that keeps no answers: every request goes the whole way."""
    with serving(small_store, "--cache-size", "0") as running:
        running.wait_ready(WHOLE, 20)
        yield running


def asked(query: str, more: str = "") -> str:
    return f"/sparql?query={quote(query)}{more}"


def counted(server: Server, pattern: str) -> float:
    lines = server.get("/metrics").text.splitlines()
    return sum(float(line.split()[-1]) for line in lines if re.match(pattern, line))


def known(reply: Reply) -> tuple[int, bytes, dict[str, str]]:
    """All that must be equal."""
    own = ("x-request-id", "date")
    return reply.status, reply.body, {k: v for k, v in reply.headers.items() if k.lower() not in own}


REQUESTS: dict[str, tuple[str, str, str | None, dict[str, str]]] = {
    "plain": ("GET", asked(QUERY), None, {"Accept": JSON}),
    "no accept": ("GET", asked(QUERY), None, {}),
    "csv": ("GET", asked(QUERY), None, {"Accept": "text/csv"}),
    "format": ("GET", asked(QUERY, "&format=xml"), None, {"Accept": JSON}),
    "graph": ("GET", asked(GRAPH), None, {"Accept": "text/turtle"}),
    "graph as triples": ("GET", asked(GRAPH), None, {"Accept": "application/n-triples"}),
    "dataset": ("GET", asked(QUERY, "&default-graph-uri=http://example.org/g"), None, {"Accept": JSON}),
    "slash": ("GET", asked(QUERY).replace("?", "/?"), None, {"Accept": JSON}),
    "origin": ("GET", asked(QUERY), None, {"Accept": JSON, "Origin": "https://example.org"}),
    "other host": ("GET", asked(QUERY), None, {"Accept": JSON, "Host": "araxes.example:81"}),
    "forwarded": ("GET", asked(QUERY), None, {"Accept": JSON, "X-Forwarded-Host": "elsewhere.example"}),
    "post": ("POST", "/sparql", QUERY, {"Content-Type": "application/sparql-query", "Accept": JSON}),
    "post, other": ("POST", "/sparql", GRAPH, {"Content-Type": "application/sparql-query", "Accept": JSON}),
    "form": ("POST", "/sparql", "query=" + quote(QUERY), {"Content-Type": FORM, "Accept": JSON}),
    "head": ("HEAD", asked(QUERY), None, {"Accept": JSON}),
    "syntax error": ("GET", asked("SELECT"), None, {"Accept": JSON}),
    "update": ("GET", "/sparql?update=CLEAR%20ALL", None, {"Accept": JSON}),
    "not acceptable": ("GET", asked(QUERY), None, {"Accept": "image/png"}),
    "page": ("GET", asked(QUERY), None, {"Accept": "text/html"}),
    "description": ("GET", "/sparql", None, {"Accept": "text/turtle"}),
    "other route": ("GET", "/questions", None, {"Accept": "text/html"}),
    "volatile": ("GET", asked("SELECT (1 AS ?one) { FILTER (NOW() > 0) }"), None, {"Accept": JSON}),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_a_repeated_answer_is_the_one_that_the_whole_way_gives(
    server: Server, without: Server, name: str
) -> None:
    method, path, body, headers = REQUESTS[name]
    # Links name the port, so both have to be asked under one name.
    headers = {"Host": "araxes.example", **headers}
    right = known(without.request(method, path, body, headers))
    replies = [server.request(method, path, body, headers) for _ in range(3)]
    if right[0] >= 400:  # a problem names its request
        assert {reply.status for reply in replies} == {right[0]}
        assert len({reply.json()["request"] for reply in replies}) == 3
        return
    assert [known(reply) for reply in replies] == [right] * 3
    assert len({reply.headers["X-Request-ID"] for reply in replies}) == 3


def test_a_client_that_has_the_answer_is_told_so_again(server: Server) -> None:
    tag = server.query(QUERY).headers["ETag"]
    for given, status in ((tag, 304), (f'"other", W/{tag}', 304), ('"other"', 200)):
        for _ in range(3):
            reply = server.request("GET", asked(QUERY), headers={"Accept": JSON, "If-None-Match": given})
            assert (reply.status, reply.headers["ETag"]) == (status, tag)
            assert bool(reply.body) == (status == 200)


def test_repeated_answers_are_counted_and_logged(server: Server) -> None:
    path = asked(QUERY + " # counted")
    for _ in range(3):  # evaluated, from the cache, from in front of Flask
        assert server.get(path, JSON).status == 200
    route = r'araxes_requests_total\{method="GET",route="/sparql",status="200"\}'
    figures = (route, r'araxes_cache_total\{outcome="hit"\}', r"araxes_request_seconds_count\{route=./sparql")
    before = [counted(server, figure) for figure in figures]
    last = [server.get(path, JSON) for _ in range(5)][-1]
    assert [counted(server, figure) for figure in figures] == [number + 5 for number in before]
    line = next(line for line in server.log.read_text().splitlines() if last.headers["X-Request-ID"] in line)
    assert f"GET /sparql 200 request={last.headers['X-Request-ID']} client=127.0.0.1" in line
    assert f"bytes={len(last.body)}" in line


def test_another_dataset_gives_another_answer(tmp_path: Path) -> None:
    root = tmp_path / "store"
    publish(small_dataset(), root, origin="load", beside=BESIDE)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with serving(root) as server:
        server.wait_ready(WHOLE, 20)
        first = [server.query(count) for _ in range(4)]
        dataset = small_dataset()
        node = ox.NamedNode("http://example.org/new")
        dataset.add(ox.Quad(node, node, node))
        version = publish(dataset, root, origin="load", beside=BESIDE)
        while server.health()["dataset"]["digest"] != version.digest:
            pass
        second = [server.query(count) for _ in range(4)]
    numbers = [int(reply.json()["results"]["bindings"][0]["n"]["value"]) for reply in first + second]
    assert numbers == [numbers[0]] * 4 + [numbers[0] + 1] * 4
    assert {reply.headers["Araxes-Dataset"] for reply in second} == {f"sha256:{version.digest}"}
    assert second[0].headers["ETag"] != first[0].headers["ETag"]


def test_pipelined_requests_are_answered_in_order(server: Server) -> None:
    """Some known, some fresh, some wrong, sent in one piece and read afterwards."""
    for _ in range(3):
        server.get(asked(QUERY), JSON)
    paths = []
    for number in range(30):
        paths.append(asked(QUERY))
        paths.append(asked(f"SELECT ({number} AS ?number) {{}}"))
        paths.append(asked("SELECT"))
    head = f"Host: 127.0.0.1:{server.port}\r\nAccept: {JSON}\r\n"
    pieces = [f"GET {path} HTTP/1.1\r\n{head}\r\n" for path in paths]
    pieces[-1] = pieces[-1].removesuffix("\r\n") + "Connection: close\r\n\r\n"
    data = "".join(pieces)
    with socket.create_connection(("127.0.0.1", server.port), 20) as connection:
        connection.sendall(data.encode())
        answer = server.drain(connection)
    states = re.findall(rb"HTTP/1.1 (\d+)", answer)
    assert states == [b"200", b"200", b"400"] * 30
    assert re.findall(rb'"value":"(\d+)"', answer) == [str(number).encode() for number in range(30)]


@pytest.mark.parametrize(
    ("version", "connection", "stays"),
    [
        ("1.1", "keep-alive", True),
        ("1.1", "close", False),
        ("1.0", "close", False),
        ("1.0", "keep-alive", True),
    ],
)
def test_connections_stay_or_close_as_asked(
    server: Server, version: str, connection: str, stays: bool
) -> None:
    for _ in range(3):
        server.get(asked(QUERY), JSON)
    request = (
        f"GET {asked(QUERY)} HTTP/{version}\r\nHost: 127.0.0.1:{server.port}\r\nAccept: {JSON}\r\n"
        f"Connection: {connection}\r\n\r\n"
    ).encode()
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", server.port), 10) as held:
            for _ in range(3 if stays else 1):
                held.sendall(request)
                head = b""
                while b"\r\n\r\n" not in head:
                    head += held.recv(1 << 16)
                length = int(re.search(rb"Content-Length: (\d+)", head)[1])  # type: ignore[index]
                body = head.partition(b"\r\n\r\n")[2]
                while len(body) < length:
                    body += held.recv(1 << 16)
                assert head.startswith(f"HTTP/{version} 200".encode())
                assert len(body) == length
            held.settimeout(0.3 if stays else 10)
            if stays:
                with pytest.raises(TimeoutError):
                    held.recv(1)
            else:
                assert held.recv(1) == b""


def test_known_answers_come_while_every_place_is_taken(small_store: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    flags = ("--evaluators", "1", "--long-queries", "1", "--queue", "0", "--timeout", "20")
    with serving(small_store, *flags) as server:
        server.wait_ready(1, 20)
        for _ in range(3):
            assert server.get(asked(QUERY), JSON).status == 200
        path = asked(endless)
        taken = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(3)]
        for connection in taken:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: {JSON}\r\n\r\n".encode())
        while server.get(asked(QUERY + " # fresh"), JSON).status != 503:
            pass
        assert [server.get(asked(QUERY), JSON).status for _ in range(20)] == [200] * 20
        for connection in taken:
            connection.close()


def environment(path: str, query: str, **headers: str) -> dict[str, object]:
    own = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "wsgi.url_scheme": "http"}
    return {**own, "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", **headers}


@pytest.fixture
def layer(small_store: Path) -> RepeatedAnswers:
    """In front of an application that says of everything that it may be repeated."""
    service = Service(load_settings({"store": str(small_store)}))

    def application(environ: dict[str, object], start_response: object) -> list[bytes]:
        environ[KEPT] = None
        start_response("304 NOT MODIFIED", [("Araxes-Dataset", f"sha256:{service.dataset.digest}")])  # type: ignore[operator]
        return [b""]

    return RepeatedAnswers(application, service)


def ask(layer: RepeatedAnswers, path: str, query: str, **headers: str) -> bool:
    """Whether it was known, after asking."""
    environ = environment(path, query, **headers)
    found = layer.find(environ)
    if not found:
        list(layer(environ, lambda *_: lambda _: None))
    return found


@pytest.mark.parametrize(
    "name",
    [
        "ACCEPT",
        "ACCEPT_LANGUAGE",
        "AUTHORIZATION",
        "COOKIE",
        "HOST",
        "IF_NONE_MATCH",
        "ORIGIN",
        "RANGE",
        "X_NEW",
    ],
)
def test_whatever_header_may_count_makes_another_request(layer: RepeatedAnswers, name: str) -> None:
    assert not ask(layer, "/sparql", "query=ASK{}")
    assert ask(layer, "/sparql", "query=ASK{}")
    assert not ask(layer, "/sparql", "query=ASK{}", **{f"HTTP_{name}": "1"})
    assert ask(layer, "/sparql", "query=ASK{}", **{f"HTTP_{name}": "1"})
    assert not ask(layer, "/sparql", "query=ASK{}", **{f"HTTP_{name}": "2"})


def test_parts_of_a_request_do_not_run_into_each_other(layer: RepeatedAnswers) -> None:
    assert not ask(layer, "/sparql", "query=ASK{}", HTTP_A="b", HTTP_C="d")
    assert not ask(layer, "/sparql", "query=ASK{}", HTTP_A="bHTTP_Cd")
    assert not ask(layer, "/sparql", "query=ASK{}", HTTP_X_FORWARDED_PROTO="https", REMOTE_ADDR="192.0.2.1")
    assert not ask(layer, "/sparql", "query=ASK{}", HTTP_X_FORWARDED_PROTO="https", REMOTE_ADDR="192.0.2.2")


def test_only_so_many_requests_are_remembered(layer: RepeatedAnswers) -> None:
    for number in range(3000):
        assert not ask(layer, "/sparql", f"query={number}")
    known = sum(layer.find(environment("/sparql", f"query={number}")) for number in range(3000))
    assert 1000 <= known < 2500
    assert not ask(layer, "/other", "a=b")
    assert not ask(layer, "/other", "a=b")
