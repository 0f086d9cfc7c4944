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
from araxes.triples.stores.versioned_store import publish
from tests.endpoint.endpoint_fixtures import FORM, Reply, Server, small_dataset
from tests.endpoint.probe_kinds import KINDS
from tests.endpoint.route_probes import PAGE, RIGHT, WAYS, Request, Way
from tests.endpoint.visits import Target, Visits, unhindered

pytestmark = pytest.mark.timed

FLAGS = (
    "--timeout",
    "1.5",
    "--queue-wait",
    "4",
    "--memory",
    "256",
    "--result-size",
    "16",
    "--long-after",
    "0.3",
)
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
def target(names_store: Path) -> Iterator[Target]:
    """A server with tight limits."""
    with Target(names_store, *FLAGS) as running:
        yield running


def send(server: Server, request: Request, source: str = "127.0.0.1") -> Reply:
    return server.request(request.method, request.path, request.body, dict(request.headers), source=source)


def check(reply: Reply, request: Request) -> None:
    asked = f"{request.method} {request.path[:80]} {str(request.headers)[:80]}"
    shown = f"{asked} → {reply.status} {reply.body[:300].decode('utf-8', 'replace')}"
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
def test_hostile_requests(target: Target, way: Way, kind: str) -> None:
    def attack(server: Server, visits: Visits) -> None:
        with visits.all_the_time(server, ELSEWHERE):
            for request in KINDS[kind](way):
                check(send(server, request), request)

    unhindered(target, attack)


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
def test_a_crowd_at_one_route(target: Target, way: Way) -> None:
    requests = list(way.dear or (way.asked(),))
    asked = [requests[number % len(requests)] for number in range(49)]

    def attack(server: Server, visits: Visits) -> None:
        with visits.all_the_time(server, ELSEWHERE):
            for reply in crowd(server, asked, lambda _: "127.0.0.1"):
                check(reply, way.asked())

    unhindered(target, attack)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.rule)
def test_clients_that_leave(target: Target, way: Way) -> None:
    request = way.asked()
    head = f"{request.method} {request.path} HTTP/1.1\r\nHost: x\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in request.headers)
    head += f"Content-Length: {len(request.body or b'')}\r\n\r\n"
    data = head.encode() + (request.body or b"")

    def attack(server: Server, visits: Visits) -> None:
        with visits.all_the_time(server, ELSEWHERE):
            for number in range(60):
                with (
                    contextlib.suppress(OSError),
                    socket.create_connection(("127.0.0.1", server.port), 10) as connection,
                ):
                    # Some leave before they have said it all.
                    connection.sendall(data if number % 3 else data[: len(data) // 2])

    unhindered(target, attack)
    end = time.monotonic() + 60
    while target.server.health()["evaluators"]["busy"]:
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
    def ask(server: Server, visits: Visits) -> None:
        with visits.all_the_time(server, ELSEWHERE):
            replies = crowd(server, [_honest(number) for number in range(60)], lambda _: "127.0.0.1")
        answered = [reply for reply in replies if reply.status == 200]
        assert all(len(reply.json()) == 10 for reply in answered)
        # Whoever finds no place is told when to come again.
        refused = [reply for reply in replies if reply.status != 200]
        for reply in refused:
            assert (reply.status, bool(reply.headers["Retry-After"])) == (503, True), reply.text
        if len(answered) < 30:
            visits.failed(f"{len(refused)} batches were refused")

    with Target(names_store) as usual:
        unhindered(usual, ask)


def test_first_requests_for_the_ontology_at_once(names_store: Path) -> None:
    first = Request("GET", "/ontology", headers=(("Accept", PAGE),))

    def ask(server: Server, visits: Visits) -> None:
        with visits.all_the_time(server, ELSEWHERE):
            replies = crowd(server, [first] * 20, lambda n: f"127.0.1.{n + 1}")
        assert [reply.status for reply in replies] == [200] * 20
        assert len({reply.body for reply in replies}) == 1
        for reply in replies:
            visits.took(reply.seconds, 3)

    with Target(names_store) as fresh:
        unhindered(fresh, ask)


@given(st.binary(max_size=60) | st.text("%4fFxé\\\\+ ", max_size=40).map(str.encode))
def test_percent_codes_as_the_standard_library_reads_them(data: bytes) -> None:
    from urllib.parse import unquote_to_bytes

    assert percent_decoded(data) == unquote_to_bytes(data)
    assert percent_decoded(quote(data).encode()) == data
