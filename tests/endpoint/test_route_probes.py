"""Every route under hostile requests of every kind, alone, in crowds and by clients that leave."""

from __future__ import annotations

import contextlib
import json
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.endpoint.http.app import create_app
from araxes.endpoint.service.published_files import BESIDE
from araxes.endpoint.service.service import Service
from araxes.endpoint.settings import load_settings
from araxes.endpoint.sparql.protocol import percent_decoded
from araxes.ontology.module_files import module_files
from araxes.ontology.namespaces import AX, BASE, RDF, RDFS
from araxes.triples.stores.versions import publish
from tests.endpoint.endpoint_fixtures import FORM, WHOLE, Reply, Server, serving, small_dataset, within
from tests.endpoint.route_probes import KINDS, PAGE, RIGHT, WAYS, Request, Way

pytestmark = pytest.mark.timed

FLAGS = ("--timeout", "1.5", "--memory", "256", "--result-size", "16", "--long-after", "0.3")
ELSEWHERE = "127.0.0.9"
FIRST, LAST = "Abar Bakur Davit Ellada Ferhad Garni Hrazdan Ilis", "abad shen kert iran van dag chay kend"


@pytest.fixture(scope="module")
def names_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the ontology and three thousand names."""
    dataset = small_dataset()
    for path in module_files():
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            dataset.add(quad)
    draw = random.Random(7)
    for number in range(3000):
        place = ox.NamedNode(f"{BASE}place/p{number}")
        name = f"{draw.choice(FIRST.split())}{draw.choice(LAST.split())} {number}"
        dataset.add(ox.Quad(place, ox.NamedNode(RDF + "type"), ox.NamedNode(AX + "Place")))
        dataset.add(ox.Quad(place, ox.NamedNode(RDFS + "label"), ox.Literal(name, language="en")))
    root = tmp_path_factory.mktemp("names") / "store"
    publish(dataset, root, origin="load", beside=BESIDE)
    return root


@pytest.fixture(scope="module")
def target(names_store: Path) -> Iterator[Server]:
    """A server with tight limits."""
    with serving(names_store, *FLAGS) as running:
        running.wait_ready(WHOLE, 20)
        yield running


def send(server: Server, request: Request, source: str = "127.0.0.1") -> Reply:
    return server.request(request.method, request.path, request.body, dict(request.headers), source=source)


class Visitor(threading.Thread):
    """Somebody else, elsewhere, who asks cheap things all the time."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self._server = server
        self._done = threading.Event()
        self.times: list[float] = []
        self.failures: list[str] = []

    def run(self) -> None:
        while not self._done.is_set():
            try:
                self.times.append(self._server.cheap(ELSEWHERE))
                health = self._server.request("GET", "/health", source=ELSEWHERE)
                self.times.append(health.seconds)
                if health.status != 200:
                    self.failures.append(health.text)
            except (AssertionError, OSError) as error:
                self.failures.append(repr(error)[:300])
            self._done.wait(0.1)

    def __enter__(self) -> Visitor:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()

    def check(self) -> None:
        """Everybody else was served, and soon."""
        assert not self.failures, self.failures[:3]
        assert self.times
        assert max(self.times) < within(1), max(self.times)


def check(reply: Reply, request: Request) -> None:
    asked = f"{request.method} {request.path[:80]} {str(request.headers)[:80]}"
    shown = f"{asked} → {reply.status} {reply.text[:300]}"
    # An engine may end with a query; nothing else is a 500.
    assert reply.status in RIGHT or b"engine-crash" in reply.body, shown
    if reply.body and reply.status >= 400 and reply.type == "application/problem+json":
        assert reply.code, shown
    assert "X-Injected" not in reply.headers, shown
    assert b"root:" not in reply.body, shown
    if reply.type in (PAGE, "image/svg+xml"):
        assert b"<script>" not in reply.body, shown
    assert b"Traceback" not in reply.body, shown


def every_rule(store: Path) -> set[str]:
    app = create_app(Service(load_settings({"store": str(store)})))
    return {rule.rule for rule in app.url_map.iter_rules()}


def test_every_route_has_its_probes(small_store: Path) -> None:
    rules = [way.rule for way in WAYS]
    assert len(rules) == len(set(rules))
    assert every_rule(small_store) == set(rules), (
        "give each route of the application a row in route_probes.py"
    )


def test_every_probe_meets_its_route(small_store: Path) -> None:
    app = create_app(Service(load_settings({"store": str(small_store)})))
    adapter = app.url_map.bind("localhost")
    for way in WAYS:
        for path in way.paths:
            plain = path.replace("{}", "somebody").partition("?")[0]
            assert adapter.match(plain, way.asked().method, return_rule=True)[0].rule == way.rule


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.rule)
def test_hostile_requests(target: Server, way: Way, kind: str) -> None:
    with Visitor(target) as visitor:
        for request in KINDS[kind](way):
            check(send(target, request), request)
    visitor.check()


def crowd(server: Server, requests: list[Request], source: Callable[[int], str]) -> list[Reply]:
    """All at once, each on a connection of its own."""
    replies: list[Reply] = []
    lock = threading.Lock()

    def one(number: int, request: Request) -> None:
        reply = send(server, request, source(number))
        with lock:
            replies.append(reply)

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(requests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == len(requests)
    return replies


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.rule)
def test_a_crowd_at_one_route(target: Server, way: Way) -> None:
    requests = list(way.dear or (way.asked(),))
    asked = [requests[number % len(requests)] for number in range(49)]
    with Visitor(target) as visitor:
        for reply in crowd(target, asked, lambda _: "127.0.0.1"):
            check(reply, way.asked())
    visitor.check()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.rule)
def test_clients_that_leave(target: Server, way: Way) -> None:
    request = way.asked()
    head = f"{request.method} {request.path} HTTP/1.1\r\nHost: x\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in request.headers)
    head += f"Content-Length: {len(request.body or b'')}\r\n\r\n"
    with Visitor(target) as visitor:
        for number in range(60):
            data = head.encode() + (request.body or b"")
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", target.port), 10) as connection,
            ):
                # Some leave before they have said it all.
                connection.sendall(data if number % 3 else data[: len(data) // 2])
    visitor.check()
    end = time.monotonic() + within(5)
    while target.health()["evaluators"]["busy"]:
        assert time.monotonic() < end, "somebody still works for clients that left"
        time.sleep(0.05)


def _honest(number: int) -> Request:
    """A batch as OpenRefine sends it: ten names with two properties."""
    draw = random.Random(number)
    queries = {
        f"q{n}": {
            "query": f"{draw.choice(FIRST.split())}{draw.choice(LAST.split())} {draw.randrange(3000)}",
            "type": "Place",
            "limit": 3,
            "properties": [{"pid": "label_en", "v": f"Name {n}"}, {"pid": "wikidata", "v": f"Q{n}"}],
        }
        for n in range(10)
    }
    body = urlencode({"queries": json.dumps(queries)}).encode()
    return Request("POST", "/reconcile", body, (("Content-Type", FORM),))


def test_sixty_honest_batches_at_once(names_store: Path) -> None:
    with serving(names_store) as usual, Visitor(usual) as visitor:
        replies = crowd(usual, [_honest(number) for number in range(60)], lambda _: "127.0.0.1")
    visitor.check()
    answered = [reply for reply in replies if reply.status == 200]
    assert all(len(reply.json()) == 10 for reply in answered)
    # Whoever finds no place is told when to come again.
    refused = [reply for reply in replies if reply.status != 200]
    for reply in refused:
        assert (reply.status, bool(reply.headers["Retry-After"])) == (503, True), reply.text
    assert len(answered) >= 30


def test_first_requests_for_the_ontology_at_once(names_store: Path) -> None:
    with serving(names_store) as fresh:
        fresh.wait_ready(WHOLE, 20)
        first = Request("GET", "/ontology", headers=(("Accept", PAGE),))
        with Visitor(fresh) as visitor:
            replies = crowd(fresh, [first] * 20, lambda n: f"127.0.1.{n + 1}")
        visitor.check()
        assert [reply.status for reply in replies] == [200] * 20
        assert len({reply.body for reply in replies}) == 1
        assert max(reply.seconds for reply in replies) < within(3)


@given(st.binary(max_size=60) | st.text("%4fFxé\\\\+ ", max_size=40).map(str.encode))
def test_percent_codes_as_the_standard_library_reads_them(data: bytes) -> None:
    from urllib.parse import unquote_to_bytes

    assert percent_decoded(data) == unquote_to_bytes(data)
    assert percent_decoded(quote(data).encode()) == data
