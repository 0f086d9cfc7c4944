"""A real server over a small real store, and the little HTTP client the endpoint tests use."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from araxes.endpoint.service.published_files import BESIDE
from araxes.triples.stores.versioned_store import publish

NAMESPACE = "https://w3id.org/araxes/"
JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"
CHEAP = "SELECT ?s WHERE { ?s a <https://w3id.org/araxes/ontology/State> } LIMIT 1"

_ARAXES = "from araxes.endpoint.cli.main import main; main()"

WHOLE = 11
"""Evaluators of a server with default settings."""

FEW = ("--evaluators", "2", "--long-queries", "1", "--spares", "0")
"""Settings of a server that is asked one thing after another: each evaluator takes a while to start."""

DATA = """
@prefix ax: <https://w3id.org/araxes/ontology/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix e: <http://example.org/> .
<https://w3id.org/araxes/state/iran> a ax:State ; rdfs:label "Iran"@en, "ایران"@fa .
<https://w3id.org/araxes/state/azerbaijan> a ax:State ; rdfs:label "Azerbaijan"@en .
<https://w3id.org/araxes/claim/s/1> a ax:FactualClaim ;
  ax:holder <https://w3id.org/araxes/source/s#author> ; ax:passage [ ax:start 1 ; ax:end 3 ] .
<https://w3id.org/araxes/source/s> dcterms:creator <https://w3id.org/araxes/source/s#author> .
<https://w3id.org/araxes/source/s#author> rdfs:label "An Author" .
<https://w3id.org/araxes/event/nowruz-نوروز> rdfs:label "نوروز"@fa, "<script>alert(1)</script>" .
GRAPH <https://w3id.org/araxes/claim/s/1> {
  <https://w3id.org/araxes/state/iran> ax:recognizes <https://w3id.org/araxes/state/azerbaijan> }
GRAPH <http://kasei.us/data1> { <http://kasei.us/data1> a e:Data }
GRAPH <http://kasei.us/data2> { <http://kasei.us/data2> a e:Data }
GRAPH <http://kasei.us/data3> { <http://kasei.us/data3> a e:Data }
"""


def within(seconds: float) -> float:
    """A bound on time, for a machine that does nothing else; longer where its processors are in demand."""
    return seconds * min(4.0, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))


def small_dataset() -> ox.Dataset:
    """The hand-written quads, and enough more that products of them never end."""
    dataset = ox.Dataset(ox.parse(input=DATA, format=ox.RdfFormat.TRIG))
    knows = ox.NamedNode("http://example.org/next")
    for number in range(1000):
        one, two = (ox.NamedNode(f"http://example.org/n{index % 1000}") for index in (number, number + 1))
        dataset.add(ox.Quad(one, knows, two))
        dataset.add(ox.Quad(one, ox.NamedNode("http://example.org/text"), ox.Literal(f"text {number} " * 5)))
    return dataset


@dataclass(frozen=True)
class Reply:
    """A response that was read to its end."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def type(self) -> str:
        return str(self.headers.get("Content-Type", "")).partition(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The error code of a problem, after checking that it is one."""
        assert self.type == "application/problem+json", (self.status, self.type, self.text[:300])
        problem = self.json()
        assert problem["status"] == self.status
        assert problem["request"] == self.headers["X-Request-ID"]
        assert problem["detail"]
        return str(problem["code"])


class Server:
    """An ``araxes serve`` process of our own on a free port."""

    def __init__(self, store: Path, *flags: str) -> None:
        self.store = store
        self.log = store.parent / f"serve-{time.monotonic_ns()}.log"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ARAXES_")}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _ARAXES, "serve", "--store", str(store), "--port", "0", *flags],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment | {"PYTHONUNBUFFERED": "1"},
            )
        self.port = self._port()

    def _port(self) -> int:
        end = time.monotonic() + 120
        while time.monotonic() < end and self.process.poll() is None:
            for line in self.log.read_text("utf-8", "replace").splitlines():
                if line.startswith("SPARQL endpoint: "):
                    return int(line.rpartition(":")[2].partition("/")[0])
            time.sleep(0.02)
        self.process.kill()
        pytest.fail(f"the server did not start:\n{self.log.read_text('utf-8', 'replace')}")

    def stop(self) -> int:
        """End it gracefully; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def endpoint(self) -> str:
        return self.base + "/sparql"

    def request(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 60,
        source: str = "127.0.0.1",
    ) -> Reply:
        """One request on a connection of its own."""
        begin = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout, source_address=(source, 0))
        with contextlib.closing(connection):
            data = body.encode("utf-8") if isinstance(body, str) else body
            connection.request(method, path, data, headers or {})
            response = connection.getresponse()
            content = response.read()
        return Reply(response.status, response.headers, content, time.monotonic() - begin)

    def get(self, path: str, accept: str | None = None, **headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("GET", path, headers=named | ({"Accept": accept} if accept else {}))

    def query(self, query: str, accept: str = JSON, **fields: str) -> Reply:
        """A query by GET."""
        return self.get("/sparql?" + urlencode({"query": query, **fields}, quote_via=quote), accept)

    def post(self, query: str, accept: str = JSON, timeout: float = 60, source: str = "127.0.0.1") -> Reply:
        """A query as the body of a POST."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.request("POST", "/sparql", query, headers, timeout, source)

    def cheap(self, source: str = "127.0.0.1") -> float:
        """Ask a cheap query that no cache answers; the seconds it took."""
        reply = self.post(f"{CHEAP} # {time.monotonic_ns()}", source=source)
        assert reply.status == 200, reply.text
        assert len(reply.json()["results"]["bindings"]) == 1
        return reply.seconds

    def raw(self, data: bytes, timeout: float = 10) -> bytes:
        """Bytes on the wire, and all that comes back until the server closes or falls silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout) as connection:
            connection.sendall(data)
            return self.drain(connection)

    @staticmethod
    def drain(connection: socket.socket) -> bytes:
        pieces = []
        with contextlib.suppress(OSError):
            while piece := connection.recv(1 << 16):
                pieces.append(piece)
        return b"".join(pieces)

    def evaluators(self) -> list[int]:
        """Process ids of its evaluators."""
        found = Path(f"/proc/{self.process.pid}/task")
        children = " ".join((task / "children").read_text() for task in found.iterdir())
        return [int(pid) for pid in children.split()]

    def health(self) -> Any:
        return self.get("/health").json()

    def wait_ready(self, evaluators: int, seconds: float) -> float:
        """Wait until so many evaluators are warm; the seconds it took."""
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            if self.health()["evaluators"]["ready"] >= evaluators:
                return time.monotonic() - begin
            time.sleep(0.02)
        pytest.fail(f"the pool is not whole: {self.health()['evaluators']}")


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a store that no test changes."""
    root = tmp_path_factory.mktemp("small") / "store"
    publish(small_dataset(), root, origin="load", label="small", beside=BESIDE)
    return root


@contextlib.contextmanager
def serving(store: Path, *flags: str) -> Iterator[Server]:
    """A server that is stopped at the end."""
    server = Server(store, *flags)
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def server(small_store: Path) -> Iterator[Server]:
    """One server for all tests that do not change it; it gives a busy machine time."""
    with serving(small_store, "--timeout", "60", "--memory", "256", "--result-size", "32") as running:
        running.wait_ready(WHOLE, 120)
        yield running
