"""An engine elsewhere that is down, slow or out of its mind; what is told of it, and what never is."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.main import main
from araxes.endpoint.engines.remote.breaker import Breaker
from araxes.endpoint.engines.remote.credentials import VARIABLE, Credentials, read_credentials
from araxes.endpoint.engines.remote.graph_clauses import burden
from araxes.endpoint.service.service import Service
from araxes.endpoint.settings import SettingsError, load_settings
from araxes.ontology.errors import InputError, NoStoreError
from tests.endpoint.endpoint_fixtures import CHEAP, FEW, JSON, Server, serving
from tests.endpoint.engine_fixtures import free_port, oxigraph_server

SECRET = "correct-horse-battery"

Behaviour = Callable[["Handler", str], None]


class Handler(BaseHTTPRequestHandler):
    """Passes on to a real engine what the app asks at its start, and otherwise does as it is told."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        engine: ScriptedEngine = self.server.scripted  # type: ignore[attr-defined]
        engine.connections.add(self.client_address)
        engine.seen.append(self.headers.get("Authorization", ""))
        query = parse_qs(body)["query"][0]
        if query == "ASK {}" or query.startswith(("SELECT (COUNT(*) AS ?n) { ", "SELECT ?g (COUNT(*)")):
            self.whole(engine.inspection(query))
        else:
            engine.behaviour(self, query)

    def whole(self, content: bytes, media_type: str = JSON, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class ScriptedEngine:
    """A server that says it holds the small dataset."""

    def __init__(self, counts: tuple[int, int]) -> None:
        self.counts = counts
        self.behaviour: Behaviour = fine
        self.connections: set[object] = set()
        self.seen: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.scripted = self  # type: ignore[attr-defined]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/sparql"

    def inspection(self, query: str) -> bytes:
        if query == "ASK {}":
            return b'{"head":{},"boolean":true}'
        if query.startswith("SELECT ?g"):
            graphs = re.findall("<([^>]+)>", query)
            row = '{"g":{"type":"uri","value":"%s"},"n":{"type":"literal","value":"1"}}'
            rows = ",".join(row % iri for iri in graphs)
            return f'{{"head":{{"vars":["g","n"]}},"results":{{"bindings":[{rows}]}}}}'.encode()
        number = self.counts["GRAPH" in query]
        return (
            b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"%d"}}]}}' % number
        )


def row(value: str = "x") -> bytes:
    return (
        b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"%s"}}]}}'
        % value.encode()
    )


def fine(handler: Handler, query: str) -> None:
    handler.whole(row())


def silent(handler: Handler, query: str) -> None:
    handler.connection.settimeout(30)
    with contextlib.suppress(OSError):
        handler.connection.recv(1)  # until its client closes
    handler.server.scripted.left.set()  # type: ignore[attr-defined]


def dripping(handler: Handler, query: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(300):
            handler.wfile.write(b" ")
            time.sleep(0.1)
    handler.close_connection = True


def breaking(handler: Handler, query: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(row()[:40])
    handler.close_connection = True


def closing(handler: Handler, query: str) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def endless(handler: Handler, query: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.end_headers()
    handler.close_connection = True
    with contextlib.suppress(OSError):
        handler.wfile.write(row().rpartition(b"]")[0])
        while True:
            handler.wfile.write(b',{"s":{"type":"literal","value":"%s"}}' % (b"x" * 100_000))


def blank(handler: Handler, query: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.end_headers()
    handler.close_connection = True
    with contextlib.suppress(OSError):
        while True:
            handler.wfile.write(b" " * 100_000)


def status(code: int, words: str = "no") -> Behaviour:
    return lambda handler, _: handler.whole(words.encode(), "text/plain", code)


def content(data: bytes, media_type: str = JSON) -> Behaviour:
    return lambda handler, _: handler.whole(data, media_type)


@pytest.fixture(scope="module")
def engine() -> ScriptedEngine:
    made = ScriptedEngine((2014, 4))
    made.left = threading.Event()  # type: ignore[attr-defined]
    return made


@pytest.fixture(scope="module")
def app(
    engine: ScriptedEngine, small_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    key = tmp_path_factory.mktemp("key") / "credentials"
    key.write_text(f"ann:{SECRET}\n")
    flags = (*FEW, "--engine", engine.address, "--engine-credentials", str(key), "--timeout", "1.5")
    with serving(
        small_store, *flags, "--result-size", "1", "--spool-size", "16", "--log-level", "debug"
    ) as made:
        yield made


def up(app: Server) -> bool:
    return str(app.health()["engine"]["state"]) == "up"


def until(happened: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


WRONG = {
    "silent": (silent, 504, {"timeout", "engine-timeout"}),
    "a byte now and then": (dripping, 504, {"timeout", "engine-timeout"}),
    "breaks off": (breaking, 502, {"engine-answer"}),
    "closes at once": (closing, 502, {"engine-answer"}),
    "never ends": (endless, 413, {"result-size"}),
    "never begins": (blank, 502, {"engine-size"}),
    "a page": (content(b"<html>", "text/html"), 502, {"engine-answer"}),
    "no JSON": (content(b"{"), 502, {"engine-answer"}),
    "other JSON": (content(b'{"a": 1}'), 502, {"engine-answer"}),
    "a truth value for a table": (content(b'{"head":{},"boolean":true}'), 502, {"engine-answer"}),
    "no IRI": (content(row().replace(b'"literal"', b'"uri"')), 502, {"engine-answer"}),
    "status 500": (status(500), 502, {"engine-answer"}),
    "status 400": (status(400, "no such function"), 502, {"engine-answer"}),
    "busy": (status(503), 502, {"engine-unreachable"}),
    "its own clock": (status(504), 504, {"engine-timeout"}),
    "refuses us": (status(401, f"ann:{SECRET} is unknown"), 502, {"engine-answer"}),
    "leads elsewhere": (status(302), 502, {"engine-answer"}),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_engine_out_of_its_mind_is_a_problem_and_the_next_answer_is_right(
    name: str, app: Server, engine: ScriptedEngine
) -> None:
    behaviour, code, codes = WRONG[name]
    engine.behaviour = behaviour
    try:
        reply = app.post(f"{CHEAP} # {name}")
    finally:
        engine.behaviour = fine
    assert (reply.status, reply.code in codes) == (code, True), reply.text
    assert reply.json()["remedy"]
    assert SECRET not in reply.text
    until(lambda: up(app))
    again = app.post(f"{CHEAP} # after {name} {time.monotonic_ns()}")
    assert (again.status, again.json()["results"]["bindings"][0]["s"]["value"]) == (200, "x")


def test_connections_are_kept_and_credentials_are_sent_and_never_told(
    app: Server, engine: ScriptedEngine
) -> None:
    engine.behaviour = fine
    app.cheap()
    engine.connections.clear()
    for _ in range(10):
        app.cheap()
    assert len(engine.connections) <= 2
    assert set(engine.seen) == {Credentials("ann", SECRET).headers()["Authorization"]}
    told = app.log.read_text() + app.get("/health").text + app.get("/metrics").text + app.get("/").text
    assert SECRET not in told
    assert engine.seen[0].partition(" ")[2] not in told


def test_a_client_that_leaves_closes_the_call(app: Server, engine: ScriptedEngine) -> None:
    until(lambda: up(app))
    engine.behaviour, left = silent, engine.left  # type: ignore[attr-defined]
    left.clear()
    query = f"{CHEAP} # leaves"
    try:
        with socket.create_connection(("127.0.0.1", app.port)) as client:
            head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            client.sendall(f"{head}Content-Length: {len(query)}\r\n\r\n{query}".encode())
            time.sleep(0.3)
        assert left.wait(1.0)
    finally:
        engine.behaviour = fine


def test_what_an_engine_must_not_see_never_reaches_it(app: Server, engine: ScriptedEngine) -> None:
    asked: list[str] = []

    def noting(handler: Handler, query: str) -> None:
        asked.append(query)
        fine(handler, query)

    engine.behaviour = noting
    try:
        assert app.post("define get:soft 'replace' SELECT * {}").code == "syntax"
        assert app.post("SELECT (<bif:exec>('x') AS ?y) {}").code == "evaluation"
        assert app.post("INSERT DATA { <a:a> <a:b> 1 }").code == "update-as-query"
        assert app.post("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }").code == "federation"
        assert app.post("ASK " + "{" * 200 + "}" * 200).code == "too-complex"
        assert app.post(f"ASK {{ FILTER({'||'.join(['true'] * 6000)}) }}").code == "too-complex"
        assert asked == []
    finally:
        engine.behaviour = fine


def test_a_page_of_data_is_not_too_complex() -> None:
    things = " ".join(f"<https://w3id.org/araxes/event/{number}>" for number in range(3000))
    assert burden(f"SELECT * {{ VALUES ?x {{ {things} }} ?x ?p ?o }}") == ""


@pytest.mark.parametrize("counts", [(0, 0), (2018, 4), (2014, 5)])
def test_an_engine_with_another_dataset_is_not_served(counts: tuple[int, int], small_store: Path) -> None:
    other = ScriptedEngine(counts)
    with serving(small_store, *FEW, "--engine", other.address) as app:
        reply = app.post(CHEAP)
        assert (reply.status, reply.code) == (502, "engine-unreachable")
        assert "instead of 2,014 and 4" in reply.json()["detail"]
        assert app.get("/health").status == 503
        other.counts = (2014, 4)
        until(lambda: up(app))
        assert app.post(CHEAP).status == 200


def test_an_engine_that_goes_and_comes_back(small_store: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/query"
    with serving(small_store, *FEW, "--engine", address) as app:
        down = app.post(CHEAP)
        assert (down.status, down.code) == (502, "engine-unreachable")
        assert int(down.headers["Retry-After"]) >= 1
        health = app.get("/health")
        assert (health.status, health.json()["status"]) == (503, "unavailable")
        assert health.json()["engine"]["state"] == "down"
        assert app.get("/health/live").status == 200
        found = app.get("/reconcile/suggest/entity?prefix=ira")
        assert found.status == 200, "what lies beside the dataset needs no engine"
        for _ in range(2):
            with oxigraph_server(port) as server:
                server.fill(small_store)
                until(lambda: up(app))
                assert app.cheap() > 0
            until(lambda: app.post(f"{CHEAP} # {time.monotonic_ns()}").status == 502)


def test_a_dead_connection_costs_nobody_an_answer(small_store: Path) -> None:
    port = free_port()
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(oxigraph_server(port))
        first.fill(small_store)
        app = stack.enter_context(serving(small_store, *FEW, "--engine", first.query))
        app.cheap()
        first.stop()
        second = stack.enter_context(oxigraph_server(port))
        second.fill(small_store)
        app.cheap()  # on the connection that the first one had


# --- settings and credentials


def test_credentials_come_from_the_environment_or_a_file_and_are_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("ann:sesame\n")
    assert read_credentials(str(file), {}).headers() == {"Authorization": "Basic YW5uOnNlc2FtZQ=="}
    given = read_credentials(str(file), {VARIABLE: "Bearer token.1"})
    assert given.headers() == {"Authorization": "Bearer token.1"}
    assert "token" not in repr(given)
    assert read_credentials("", {}) == Credentials()
    for wrong in ("sesame-alone", ":sesame", "Bearer ", "a:b\nc"):
        with pytest.raises(InputError) as caught:
            read_credentials("", {VARIABLE: wrong})
        assert "sesame" not in str(caught.value)
    with pytest.raises(InputError, match="cannot be read"):
        read_credentials(str(tmp_path / "none"), {})


def test_an_address_with_a_password_is_refused_without_repeating_it(small_store: Path) -> None:
    for address in (f"http://ann:{SECRET}@h/sparql", f"http://ann:{SECRET}@h/ sparql", f"//ann:{SECRET}@h"):
        with pytest.raises(SettingsError) as caught:
            load_settings({"engine": address, "store": str(small_store)}, {})
        assert SECRET not in str(caught.value)
        for verb in (["serve", "--print-config"], ["publish"]):
            shown = CliRunner().invoke(main, [*verb, "--store", str(small_store), "--engine", address])
            assert (shown.exit_code, SECRET in shown.output) == (1, False)


def test_service_calls_of_a_remote_engine_cannot_be_allowed(small_store: Path) -> None:
    flags = {"engine": "http://h/sparql", "store": str(small_store), "federation": ("http://a.b/",)}
    with pytest.raises(SettingsError, match="federation"):
        Service(load_settings(flags, {}))


def test_without_what_lies_beside_the_dataset_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError):
        Service(load_settings({"engine": "http://h/sparql", "store": str(tmp_path)}, {}))


def test_the_breaker_opens_after_failures_in_a_row_and_probes_ever_more_seldom() -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(2):
        breaker.failed("no")
    breaker.succeeded()
    breaker.failed("no")
    assert not breaker.open
    breaker.failed("no")
    breaker.failed("gone")
    assert (breaker.open, breaker.reason, breaker.probe_due()) == (True, "gone", False)
    probes = []
    for _ in range(1000):
        now[0] += 0.25
        if breaker.probe_due():
            probes.append(now[0])
            breaker.failed("gone", certain=True)
    gaps = [later - earlier for earlier, later in pairwise(probes)]
    assert gaps == sorted(gaps)
    assert max(gaps) <= 30.25
    breaker.succeeded()
    assert not breaker.open
