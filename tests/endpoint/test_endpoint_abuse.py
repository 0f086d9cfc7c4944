"""Abuse: every probe is answered properly, and the next visitor is served within a second."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.endpoint.abuse_probes import RAW, Probe, probes
from tests.endpoint.endpoint_fixtures import WHOLE, Server, serving, within

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
def target(small_store: Path) -> Iterator[Server]:
    """A server with tight limits, so that the tests are quick."""
    flags = ("--timeout", "1.5", "--memory", "128", "--result-size", "8", "--long-after", "0.3")
    with serving(small_store, *flags) as running:
        running.wait_ready(WHOLE, 20)
        yield running


_NAMES = [probe.name for probe in probes(0)]


@pytest.mark.parametrize("name", _NAMES)
def test_probe(target: Server, trap: Trap, name: str) -> None:
    probe: Probe = next(found for found in probes(trap.port) if found.name == name)
    during: list[float] = []
    done = threading.Event()

    def visit() -> None:
        while not done.is_set():
            during.append(target.cheap())
            done.wait(0.2)

    visitor = threading.Thread(target=visit)
    visitor.start()
    try:
        reply = probe.send(target)
    finally:
        done.set()
        visitor.join()
    assert reply.status in probe.statuses, reply.text[:500]
    if reply.status >= 400 and reply.type != "text/html":
        assert reply.code
        assert not probe.codes or reply.code in probe.codes
    assert "X-Injected" not in reply.headers
    assert b"root:" not in reply.body
    assert b"<script>" not in reply.body
    assert during
    assert max(during) < within(1), during
    assert target.cheap() < within(1)
    assert trap.visitors == 0


@pytest.mark.parametrize("name", RAW)
def test_bytes_that_are_no_request(target: Server, name: str) -> None:
    begin = time.monotonic()
    answer = target.raw(RAW[name], timeout=1.5)
    assert time.monotonic() - begin < 5
    assert b"smuggled" not in answer
    if answer:
        assert answer.startswith(b"HTTP/1.")
        status = int(answer.split()[1])
        assert status < 500 or status == 501
        if status >= 400:
            assert b"application/problem+json" in answer
    assert target.cheap() < within(1)


def test_crash_is_healed_within_a_second(target: Server) -> None:
    target.wait_ready(WHOLE, 10)
    for _ in range(3):
        assert target.post("ASK " + "{" * 200_000 + "}" * 200_000).status == 500
    assert target.wait_ready(WHOLE, 5) < within(1)


def test_many_endless_queries_at_once_leave_room(target: Server) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } # "
    statuses: list[int] = []

    def attack(number: int) -> None:
        statuses.append(target.post(query + str(number)).status)

    threads = [threading.Thread(target=attack, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    slowest = 0.0
    while any(thread.is_alive() for thread in threads):
        # Another visitor, from another address: the queue is fair between addresses.
        slowest = max(slowest, target.cheap(source="127.0.0.2"))
        health = target.get("/health")
        assert health.status == 200
        assert health.seconds < within(1)
        time.sleep(0.05)
    assert slowest < within(1), slowest
    assert set(statuses) <= {503, 504}
    assert target.cheap() < within(1)


def test_a_few_endless_queries_do_not_touch_others_of_the_same_address(target: Server) -> None:
    target.wait_ready(WHOLE, 10)
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } # same "
    threads = [threading.Thread(target=target.post, args=(query + str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(0.4)
    slowest = 0.0
    while any(thread.is_alive() for thread in threads):
        slowest = max(slowest, target.cheap())
    assert slowest < within(1), slowest


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
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } # "
    with serving(small_store, *flags) as small:
        replies = []

        def attack(number: int) -> None:
            replies.append(small.post(query + str(number)))

        threads = [threading.Thread(target=attack, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        assert small.get("/health").seconds < within(0.5)
        assert small.get("/metrics").seconds < within(0.5)
        for thread in threads:
            thread.join()
        full = [reply for reply in replies if reply.status == 503 and reply.code == "queue-full"]
        assert len(full) >= 3
        assert all(reply.headers["Retry-After"] and reply.seconds < within(1) for reply in full)
        assert full[0].json()["limit"] == {"name": "queue", "value": 2, "unit": "requests"}


def test_slow_senders_are_cut_off_and_hold_nobody_up(small_store: Path) -> None:
    with serving(small_store, "--request-time", "1", "--connections", "40") as small:
        drips = [socket.create_connection(("127.0.0.1", small.port)) for _ in range(80)]
        for drip in drips:
            with contextlib.suppress(OSError):
                drip.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n")
        assert small.cheap() < within(1)
        end = time.monotonic() + 3
        while time.monotonic() < end:
            for drip in drips:
                with contextlib.suppress(OSError):
                    drip.sendall(b"X")
            assert small.cheap() < within(1)
            time.sleep(0.2)
        for drip in drips:
            drip.settimeout(2)
            with contextlib.suppress(OSError):
                drip.recv(1)
            drip.close()


def test_slow_readers_hold_nobody_up(target: Server) -> None:
    query = "SELECT * { ?s ?p ?o . ?a <http://example.org/next> ?b } LIMIT 40000"
    readers = []
    for number in range(20):
        reader = socket.create_connection(("127.0.0.1", target.port))
        body = f"{query} # {number}".encode()
        head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        reader.sendall(head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        readers.append(reader)
    for _ in range(10):
        assert target.cheap(source="127.0.0.2") < within(1)
        time.sleep(0.1)
    for reader in readers:
        reader.close()
    assert target.cheap() < within(1)


def test_the_reason_reaches_a_client_that_still_sends(target: Server) -> None:
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", target.port), 10) as connection:
            connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n")
            for _ in range(300):
                connection.sendall(b"x" * 100_000)
            assert b" 413 " in connection.recv(1 << 16)
