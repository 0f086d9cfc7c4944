"""Abuse: every probe is answered properly, and the next visitor is served within a second."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.endpoint.abuse_probes import RAW, Probe, probes
from tests.endpoint.endpoint_fixtures import WHOLE, Reply, Server
from tests.endpoint.visits import Target, Visits, soon, unhindered

pytestmark = pytest.mark.timed


class Trap(threading.Thread):
    """A listener on loopback that counts who comes; nobody may."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.visitors = 0

    def run(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.visitors += 1
                connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    listener = Trap()
    listener.start()
    yield listener
    listener.close()


@pytest.fixture(scope="module")
def target(small_store: Path) -> Iterator[Target]:
    """A server with tight limits, so that the tests are quick."""
    flags = ("--timeout", "1.5", "--memory", "128", "--result-size", "8", "--long-after", "0.3")
    with Target(small_store, *flags) as running:
        yield running


_NAMES = [probe.name for probe in probes(0)]


@pytest.mark.parametrize("name", _NAMES)
def test_probe(target: Target, trap: Trap, name: str) -> None:
    probe: Probe = next(found for found in probes(trap.port) if found.name == name)

    def attack(server: Server, visits: Visits) -> None:
        with visits.all_the_time(server, "127.0.0.1"):
            reply = probe.send(server)
        if reply.status == 504 not in probe.statuses:
            visits.failed(f"the probe itself: {reply.text}")
        else:
            check(probe, reply)
        visits.cheap(server)

    unhindered(target, attack)
    assert trap.visitors == 0


def check(probe: Probe, reply: Reply) -> None:
    assert reply.status in probe.statuses, reply.text[:500]
    if reply.status >= 400 and reply.type != "text/html":
        assert reply.code
        assert not probe.codes or reply.code in probe.codes
    assert "X-Injected" not in reply.headers
    assert b"root:" not in reply.body
    assert b"<script>" not in reply.body


@pytest.mark.parametrize("name", RAW)
def test_bytes_that_are_no_request(target: Target, name: str) -> None:
    answer = target.server.raw(RAW[name], timeout=1.5)
    assert b"smuggled" not in answer
    if answer:
        assert answer.startswith(b"HTTP/1.")
        status = int(answer.split()[1])
        assert status < 500 or status == 501
        if status >= 400:
            assert b"application/problem+json" in answer
    soon(target.server.cheap, 1)


def test_crash_is_healed_within_a_second(target: Target) -> None:
    def attack(server: Server, visits: Visits) -> None:
        server.wait_ready(WHOLE, 120)
        for _ in range(3):
            assert server.post("ASK " + "{" * 200_000 + "}" * 200_000).status == 500
        visits.took(server.wait_ready(WHOLE, 120))

    unhindered(target, attack)


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } # "


def test_many_endless_queries_at_once_leave_room(target: Target) -> None:
    def attack(server: Server, visits: Visits) -> None:
        with ThreadPoolExecutor(24) as pool:
            asked = [pool.submit(server.post, f"{ENDLESS}{number}") for number in range(24)]
            time.sleep(0.1)
            while not all(one.done() for one in asked):
                # Another visitor, from another address: the queue is fair between addresses.
                visits.cheap(server, "127.0.0.2")
                visits.healthy(server)
                time.sleep(0.05)
        assert {one.result().status for one in asked} <= {503, 504}
        visits.cheap(server)

    unhindered(target, attack)


def test_a_few_endless_queries_do_not_touch_others_of_the_same_address(target: Target) -> None:
    def attack(server: Server, visits: Visits) -> None:
        server.wait_ready(WHOLE, 120)
        with ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(server.post, f"{ENDLESS}same {number}") for number in range(8)]
            time.sleep(0.4)
            while not all(one.done() for one in asked):
                visits.cheap(server)

    unhindered(target, attack)


def test_a_full_queue_answers_at_once_and_health_lives(small_store: Path) -> None:
    flags = (
        "--evaluators",
        "1",
        "--long-queries",
        "1",
        "--queue",
        "2",
        "--timeout",
        "1",
        "--long-after",
        "5",
        "--spares",
        "0",
    )

    def attack(server: Server, visits: Visits) -> None:
        with ThreadPoolExecutor(6) as pool:
            asked = [pool.submit(server.post, f"{ENDLESS}{number}") for number in range(6)]
            time.sleep(0.5)
            visits.healthy(server, soon=0.5)
            visits.took(server.get("/metrics").seconds, 0.5)
        replies = [one.result() for one in asked]
        full = [reply for reply in replies if reply.status == 503 and reply.code == "queue-full"]
        assert len(full) >= 3
        for reply in full:
            assert reply.headers["Retry-After"]
            visits.took(reply.seconds)
        assert full[0].json()["limit"] == {"name": "queue", "value": 2, "unit": "requests"}

    with Target(small_store, *flags, prepared=Server.health) as target:
        unhindered(target, attack)


def test_slow_senders_are_cut_off_and_hold_nobody_up(small_store: Path) -> None:
    def attack(server: Server, visits: Visits) -> None:
        drips = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(80)]
        for drip in drips:
            with contextlib.suppress(OSError):
                drip.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n")
        visits.cheap(server)
        end = time.monotonic() + 3
        while time.monotonic() < end:
            for drip in drips:
                with contextlib.suppress(OSError):
                    drip.sendall(b"X")
            visits.cheap(server)
            time.sleep(0.2)
        for drip in drips:
            drip.settimeout(2)
            with contextlib.suppress(OSError):
                drip.recv(1)
            drip.close()

    with Target(small_store, "--request-time", "1", "--connections", "40") as target:
        unhindered(target, attack)


def test_slow_readers_hold_nobody_up(target: Target) -> None:
    query = "SELECT * { ?s ?p ?o . ?a <http://example.org/next> ?b } LIMIT 40000"

    def attack(server: Server, visits: Visits) -> None:
        with contextlib.ExitStack() as stack:
            for number in range(20):
                reader = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
                body = f"{query} # {number}".encode()
                head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
                reader.sendall(head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
            for _ in range(10):
                visits.cheap(server, "127.0.0.2")
                time.sleep(0.1)
        visits.cheap(server)

    unhindered(target, attack)


def test_the_reason_reaches_a_client_that_still_sends(target: Target) -> None:
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", target.server.port), 10) as connection:
            connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n")
            for _ in range(300):
                connection.sendall(b"x" * 100_000)
            assert b" 413 " in connection.recv(1 << 16)
