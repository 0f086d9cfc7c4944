"""Federation: closed by default; open only to exact IRIs, checked addresses, without redirects."""

from __future__ import annotations

import contextlib
import http.server
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from araxes.endpoint.engines.embedded.endpoint_call import RefusedError, check_endpoint, public_addresses
from tests.endpoint.endpoint_fixtures import WHOLE, Server, serving
from tests.endpoint.scripted_endpoint import (
    NONSENSE,
    SLOW,
    TOO_LARGE,
    UNUSABLE,
    XML_NONSENSE,
    XML_RESULTS,
    Script,
    answer,
    deaf_port,
    endpoint,
    sends,
    unused_port,
)
from tests.endpoint.visits import soon
from tests.requirements_helper import missing

_ANSWER = (
    b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"http://other/thing"}}]}}'
)


class _Other(http.server.BaseHTTPRequestHandler):
    """Another endpoint, on loopback."""

    seen: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        self.seen.append(f"{self.path} {body}")
        if self.path == "/redirect":
            self.send_response(302)
            self.send_header("Location", "/sparql")
            self.end_headers()
            return
        data = b"x" * (2 << 20) if self.path == "/huge" else _ANSWER
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(data)

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def other() -> Iterator[str]:
    service = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Other)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{service.server_address[1]}"
    service.shutdown()


@contextlib.contextmanager
def federating(store: Path, *flags: str) -> Iterator[Server]:
    """A server with federation, where the system allows its evaluators a network namespace."""
    try:
        with serving(store, *flags) as running:
            yield running
    except pytest.fail.Exception as error:
        if "namespace" in str(error):
            missing("a network namespace", "allow unprivileged user namespaces")
        raise


@pytest.fixture(scope="module")
def federated(small_store: Path, other: str) -> Iterator[Server]:
    allowed = [f"{other}/{name}" for name in ("sparql", "redirect", "huge", "query?key=1")]
    flags = [part for iri in allowed for part in ("--federation", iri)]
    flags += ["--federation-private", "true", "--timeout", "5", "--federation-size", "1"]
    with federating(small_store, *flags) as running:
        yield running


def _service(iri: str, silent: bool = False) -> str:
    return f"SELECT * {{ SERVICE {'SILENT ' if silent else ''}<{iri}> {{ ?x ?p ?o }} }}"


def test_an_allowed_endpoint_is_asked(federated: Server, other: str) -> None:
    _Other.seen.clear()
    reply = federated.post(_service(f"{other}/sparql"))
    assert reply.status == 200, reply.text
    assert reply.json()["results"]["bindings"][0]["x"]["value"] == "http://other/thing"
    assert reply.headers["ETag"] is None
    assert "?x ?p ?o" in _Other.seen[0]
    prefixed = f"PREFIX o: <{other}/> SELECT * {{ SERVICE o:sparql {{ ?x ?p ?o }} ?s a ?c }}"
    assert len(federated.post(prefixed).json()["results"]["bindings"]) > 1
    assert federated.post(_service(f"{other}/query?key=1")).status == 200
    assert _Other.seen[-1].startswith("/query?key=1")


@pytest.mark.parametrize("path", ["/other", "/sparql/", "/sparql?x=1", "/sparql#x", "", "/Sparql"])
def test_only_the_exact_iri(federated: Server, other: str, path: str) -> None:
    _Other.seen.clear()
    for silent in (False, True):
        reply = federated.post(_service(other + path, silent))
        assert (reply.status, reply.code) == (403, "federation")
        assert f"{other}/sparql" in reply.json()["remedy"]
    assert _Other.seen == []


def test_variables_are_refused_even_so(federated: Server, other: str) -> None:
    query = f"SELECT * {{ BIND(<{other}/sparql> AS ?e) SERVICE ?e {{ ?x ?p ?o }} }}"
    assert federated.post(query).status == 403


_CODES = {"redirect": "service-answer", "huge": "service-size"}


def test_redirects_are_not_followed_and_sizes_are_bounded(federated: Server, other: str) -> None:
    for path in ("redirect", "huge"):
        _Other.seen.clear()
        reply = federated.post(_service(f"{other}/{path}"))
        assert (reply.status, reply.code) == (502, _CODES[path])
        assert reply.json()["endpoints"] == [f"{other}/{path}"]
        assert federated.post(_service(f"{other}/{path}", silent=True)).status == 200
        assert all(seen.startswith(f"/{path}") for seen in _Other.seen)


def test_the_gateway_cannot_be_asked_for_anything_else(federated: Server, other: str) -> None:
    """Even a query that names the gateway's own address is refused before it is evaluated."""
    assert federated.post("SELECT * { SERVICE <http://127.0.0.1:1/0> { ?x ?p ?o } }").status == 403


def test_queries_without_service_use_evaluators_without_network(federated: Server) -> None:
    soon(federated.cheap, 1)
    assert federated.health()["protection"]["service"] == "allow-listed"
    assert "BasicFederatedQuery" in federated.get("/sparql").text


def test_private_addresses_are_refused_unless_stated(small_store: Path, other: str) -> None:
    _Other.seen.clear()
    with federating(small_store, "--federation", f"{other}/sparql") as server:
        reply = server.post(_service(f"{other}/sparql"))
        assert (reply.status, reply.code) == (502, "service-unreachable")
        assert "not public" in reply.json()["detail"]
        assert "127.0.0.1" not in reply.json()["detail"].replace(f"{other}/sparql", "")
    assert _Other.seen == []


@dataclass(frozen=True)
class _Bad:
    """An endpoint that cannot be used, and what the sender of a query is told."""

    iri: str
    status: int
    code: str


@pytest.fixture(scope="module")
def bad() -> Iterator[dict[str, _Bad]]:
    """By name; each treats every connection alike."""
    with contextlib.ExitStack() as stack:

        def bad(script: Script, status: int, code: str) -> _Bad:
            return _Bad(stack.enter_context(endpoint(script)).iri, status, code)

        unused = f"http://127.0.0.1:{unused_port()}/sparql"
        plain = stack.enter_context(endpoint(sends(answer())))
        found = {
            "nobody listens": _Bad(unused, 502, "service-unreachable"),
            "an unknown name": _Bad("http://nobody.invalid/sparql", 502, "service-unreachable"),
            "no encryption": _Bad(unused.replace("http:", "https:"), 502, "service-unreachable"),
            "one after the other": _Bad(f"http://localhost:{plain.port}/sparql", 200, ""),
            "deaf": _Bad(
                f"http://127.0.0.1:{stack.enter_context(deaf_port())}/sparql", 504, "service-timeout"
            ),
        }
        found |= {name: bad(script, 502, "service-answer") for name, script in UNUSABLE.items()}
        found |= {
            f"nonsense: {name}": bad(sends(answer(body)), 502, "service-answer")
            for name, body in NONSENSE.items()
        }
        found |= {
            f"nonsense in XML: {name}": bad(sends(answer(body, XML_RESULTS)), 502, "service-answer")
            for name, body in XML_NONSENSE.items()
        }
        found |= {name: bad(script, 502, "service-size") for name, script in TOO_LARGE.items()}
        found |= {name: bad(script, 504, "service-timeout") for name, script in SLOW.items()}
        yield found


@pytest.fixture(scope="module")
def surrounded(small_store: Path, bad: dict[str, _Bad]) -> Iterator[Server]:
    """A server that may call all of them."""
    flags = [part for entry in bad.values() for part in ("--federation", entry.iri)]
    flags += ["--federation-private", "true", "--federation-time", "0.5", "--federation-size", "1"]
    with federating(small_store, *flags) as running:
        yield running


def test_a_failed_call_is_told_in_our_words(surrounded: Server, bad: dict[str, _Bad]) -> None:
    wrong = []
    for name, entry in bad.items():
        reply = surrounded.post(_service(entry.iri))
        told = (reply.status, reply.code if entry.code else "")
        if told != (entry.status, entry.code) or reply.seconds > 15:
            wrong.append((name, told, reply.seconds, reply.text))
        if entry.code:
            assert reply.json()["endpoints"] == [entry.iri]
            assert entry.iri in reply.json()["detail"]
            # Nothing of the relay: its port, its words, its pages.
            assert set(re.findall(r"127\.0\.0\.1:\d+", reply.text)) <= {entry.iri.split("/")[2]}
            assert "araxes-service-call" not in reply.text
            assert "<!DOCTYPE" not in reply.text
    assert wrong == []
    soon(surrounded.cheap, 1)


def test_silent_calls_go_on_without_it(surrounded: Server, bad: dict[str, _Bad]) -> None:
    """Federated Query §2: one solution without bindings."""
    wrong = {}
    for name, entry in bad.items():
        reply = surrounded.post(_service(entry.iri, silent=True))
        if entry.code and (reply.status != 200 or reply.json()["results"]["bindings"] != [{}]):
            wrong[name] = reply.text
    assert wrong == {}


def test_another_failure_is_not_blamed_on_a_call(surrounded: Server, bad: dict[str, _Bad]) -> None:
    query = f"SELECT * {{ SERVICE SILENT <{bad['a page'].iri}> {{ ?x ?p ?o }} BIND(<a:b>(?x) AS ?y) }}"
    reply = surrounded.post(query)
    assert (reply.status, reply.code) == (400, "evaluation")


def test_no_thread_is_left_of_a_call_whose_client_has_gone(surrounded: Server, bad: dict[str, _Bad]) -> None:
    surrounded.wait_ready(WHOLE, 120)
    assert surrounded.post(_service(bad["a page"].iri)).status == 502
    time.sleep(0.5)
    before = _threads(surrounded)
    query = _service(bad["silent"].iri).encode()
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", surrounded.port)) as client:
            client.sendall(head + f"Content-Length: {len(query)}\r\n\r\n".encode() + query)
            time.sleep(0.1)
    _until(60, lambda: _threads(surrounded) <= before)


def _threads(server: Server) -> int:
    return len(list(Path(f"/proc/{server.process.pid}/task").iterdir()))


def _until(seconds: float, condition: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


_INSIDE = """127.0.0.1 10.0.0.1 192.168.1.1 172.16.0.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1
255.255.255.255 ::1 :: fe80::1 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254
2002:7f00:1:: 64:ff9b::7f00:1 2001:0:4136:e378:8000:63bf:3fff:fdd2"""


@pytest.mark.parametrize("address", _INSIDE.split())
def test_addresses_that_are_not_public(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80)),
        (family, socket.SOCK_STREAM, 6, "", (address, 80)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(RefusedError):
        public_addresses("example.org", 80, private=False)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "224.0.0.1", "0.0.0.0"]
)
def test_link_local_is_refused_even_where_private_is_allowed(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    found = [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(RefusedError):
        public_addresses("example.org", 80, private=True)


def test_public_addresses_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert public_addresses("example.org", 80, private=False) == ["93.184.216.34"]


@pytest.mark.parametrize(
    "iri",
    [
        "",
        "ftp://e/",
        "http://",
        "http://user:pw@e/",
        "http://e/#x",
        "http://e/ x",
        "//e/",
        "file:///etc/passwd",
    ],
)
def test_what_cannot_be_listed(iri: str) -> None:
    with pytest.raises(RefusedError):
        check_endpoint(iri)
