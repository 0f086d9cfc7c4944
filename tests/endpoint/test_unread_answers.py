"""Clients that ask and do not take: they lose their own places, nobody else is kept out."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.endpoint.endpoint_fixtures import WHOLE, Server, serving
from tests.endpoint.visits import Target, Visits, unhindered

pytestmark = pytest.mark.timed

LARGE = "SELECT * { ?a <http://example.org/next> ?b . ?c <http://example.org/text> ?d } LIMIT 26000"
"""About 3 MB as CSV: more than the system's buffers hold, little enough to be kept in the result cache."""

CONNECTIONS = 60

Attack = Callable[[socket.socket, int], None]


def _get(query: str, more: str = "") -> bytes:
    path = f"/sparql?format=csv&query={quote(query, safe='')}"
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode()


def cached(connection: socket.socket, number: int) -> None:
    """All ask for the same."""
    connection.sendall(_get(LARGE))


def fresh(connection: socket.socket, number: int) -> None:
    """All ask for something else."""
    connection.sendall(_get(f"{LARGE} # {number}"))


def pipelined(connection: socket.socket, number: int) -> None:
    """Twenty requests at once."""
    connection.sendall(_get(LARGE) * 20)


def half_open(connection: socket.socket, number: int) -> None:
    """Nothing is sent."""


def headers_dripped(connection: socket.socket, number: int) -> None:
    """A request that never ends; what drips is added by the loop of the test."""
    connection.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n")


def body_dripped(connection: socket.socket, number: int) -> None:
    """The same with a body."""
    connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")


def keeping_alive(connection: socket.socket, number: int) -> None:
    """A small answer is taken, the connection stays."""
    connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
    connection.recv(1 << 16)


def _drip(connection: socket.socket) -> None:
    connection.sendall(b"X")


def _trickle(connection: socket.socket) -> None:
    connection.setblocking(False)
    connection.recv(100)


KINDS: dict[str, tuple[Attack, Callable[[socket.socket], None] | None]] = {
    "cached": (cached, None),
    "fresh": (fresh, None),
    "pipelined": (pipelined, None),
    "cached, trickling": (cached, _trickle),
    "fresh, trickling": (fresh, _trickle),
    "pipelined, trickling": (pipelined, _trickle),
    "half open": (half_open, None),
    "headers dripped": (headers_dripped, _drip),
    "body dripped": (body_dripped, _drip),
    "keeping alive": (keeping_alive, None),
}


@contextlib.contextmanager
def crowd(
    server: Server, attack: Attack, size: int, source: str = "127.0.0.1"
) -> Iterator[list[socket.socket]]:
    """So many connections from one address; those that the server has closed already are left out."""
    with contextlib.ExitStack() as stack:
        held = []
        for number in range(size):
            connection = socket.socket()
            stack.enter_context(connection)
            # A small window, so that the system's buffers take little.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.bind((source, 0))
            connection.settimeout(10)
            with contextlib.suppress(OSError):
                connection.connect(("127.0.0.1", server.port))
                attack(connection, number)
                held.append(connection)
        yield held


@pytest.fixture(scope="module")
def target(small_store: Path) -> Iterator[Target]:
    flags = ("--connections", str(CONNECTIONS), "--timeout", "5")
    with Target(small_store, *flags, prepared=large) as running:
        yield running


def large(server: Server) -> None:
    """All evaluators are there, and the large answer is kept."""
    server.wait_ready(WHOLE, 120)
    assert len(server.query(LARGE, "text/csv").body) > 2_500_000


def reserved(server: Server) -> float:
    lines = server.request("GET", "/metrics", source="127.0.0.9").text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("araxes_spool_reserved_bytes "))


@pytest.mark.parametrize("kind", KINDS)
def test_one_address_keeps_nobody_out(target: Target, kind: str) -> None:
    send, further = KINDS[kind]

    def attack(server: Server, visits: Visits) -> None:
        with crowd(server, send, CONNECTIONS + 10) as held:
            end = time.monotonic() + 2
            while time.monotonic() < end or visits.count < 10:
                for connection in held if further else []:
                    with contextlib.suppress(OSError):
                        further(connection)  # type: ignore[misc]
                for source in ("127.0.0.2", "127.0.0.3"):
                    visits.cheap(server, source, 3)
            whole = server.request("GET", _get(LARGE).split()[1].decode(), source="127.0.0.4")
            assert (whole.status, len(whole.body)) == (200, int(whole.headers["Content-Length"]))
            visits.healthy(server, "127.0.0.5", 3)
        visits.cheap(server, soon=3)

    unhindered(target, attack)


def test_the_default_number_of_connections(small_store: Path) -> None:
    def attack(server: Server, visits: Visits) -> None:
        with crowd(server, cached, 505):
            for number in range(5):
                visits.cheap(server, "127.0.0.3" if number == 4 else "127.0.0.2", 3)

    with Target(small_store, prepared=large) as target:
        unhindered(target, attack)


def test_the_same_address_gets_in_as_well(target: Target) -> None:
    """Whoever shares an address with an attacker takes the place of one of his connections."""

    def attack(server: Server, visits: Visits) -> None:
        with crowd(server, cached, CONNECTIONS + 10):
            time.sleep(2.5)  # an attacker's connections are slow by then, new ones are not
            for _ in range(5):
                visits.cheap(server, soon=3)

    unhindered(target, attack)


@pytest.mark.parametrize("kind", ["cached", "fresh", "pipelined"])
def test_the_spool_has_room_for_others_and_keeps_to_its_budget(small_store: Path, kind: str) -> None:
    flags = ("--spool-size", "24", "--result-size", "8", "--queue-wait", "5")

    def attack(server: Server, visits: Visits) -> None:
        with crowd(server, KINDS[kind][0], 20):
            for number in range(10):
                reply = server.post(f"{LARGE} # visit {number}", "text/csv", source="127.0.0.2")
                assert reply.status in (200, 503), reply.text
                if reply.status == 503:
                    visits.failed(reply.text)
                else:
                    assert len(reply.body) > 2_500_000
                assert reserved(server) <= 24 << 20
        visits.cheap(server, soon=3)

    with Target(small_store, *flags) as target:
        unhindered(target, attack)


def test_whoever_fills_the_spool_is_told(small_store: Path) -> None:
    with serving(small_store, "--spool-size", "10", "--result-size", "5") as server:
        server.wait_ready(WHOLE, 120)
        with crowd(server, fresh, 4):
            end = time.monotonic() + 60
            while server.health()["evaluators"]["busy"] or not 5 << 20 < reserved(server) < 8 << 20:
                assert time.monotonic() < end
                time.sleep(0.1)
            reply = server.post(f"{LARGE} # one more", "text/csv")
            assert (reply.status, reply.code) == (503, "spool-full")
            assert "must take" in reply.json()["detail"]
            assert reply.json()["limit"]["name"] == "spool_size"


@pytest.mark.parametrize("addresses", ["198.51.100.7", "2001:db8:1:2::{number:x}"])
def test_behind_a_proxy_the_real_client_counts(small_store: Path, addresses: str) -> None:
    flags = ("--trusted-proxy", "127.0.0.1", "--connections", str(CONNECTIONS))

    def through_proxy(connection: socket.socket, number: int) -> None:
        address = addresses.format(number=number + 1)
        connection.sendall(_get(LARGE, f"X-Forwarded-For: 10.0.0.1, {address}\r\n"))

    def attack(server: Server, visits: Visits) -> None:
        with crowd(server, through_proxy, CONNECTIONS + 10):
            for number in range(5):
                headers = {"X-Forwarded-For": f"203.0.113.{number}"}
                reply = server.request("GET", f"/sparql?query=ASK%7B%7D&x={number}", headers=headers)
                assert reply.status == 200
                visits.took(reply.seconds, 3)

    with Target(small_store, *flags, prepared=large) as target:
        unhindered(target, attack)


def _own_memory(server: Server) -> int:
    """MiB that the server's own process has written to and holds."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) >> 10


@pytest.mark.parametrize("kind", ["cached", "pipelined"])
def test_the_memory_of_a_crowd_goes_back(small_store: Path, kind: str) -> None:
    """One crowd after another: the server keeps no more than a tenth of a megabyte of each connection."""
    size = 490
    with serving(small_store) as server:
        large(server)
        before = _own_memory(server)
        for _ in range(2):
            with crowd(server, KINDS[kind][0], size):
                time.sleep(6)
            server.cheap("127.0.0.2")
        end = time.monotonic() + 30
        while (kept := _own_memory(server) - before) > size / 10 and time.monotonic() < end:
            time.sleep(1)
        assert kept <= size / 10


def test_an_answer_must_be_taken_at_some_pace(small_store: Path) -> None:
    def attack(server: Server, visits: Visits) -> None:
        size = len(server.query(LARGE, "text/csv").body)
        with (
            crowd(server, cached, 2, "127.0.0.2") as (stuck, trickling),
            crowd(server, cached, 1) as (steady,),
        ):
            # Slow, but not too slow: the whole answer.
            if _read_steadily(steady, trickling, size) < size:
                visits.failed("cut off")
            # The others were cut off long before.
            for connection in (stuck, trickling):
                connection.settimeout(5)
                assert len(Server.drain(connection)) < size
        visits.cheap(server, soon=3)

    with Target(small_store, "--send-time", "1", "--send-rate", "64") as target:
        unhindered(target, attack)


def _read_steadily(steady: socket.socket, trickling: socket.socket, size: int) -> int:
    """Take one answer at about 1 MiB a second, and a few bytes now and then of another."""
    got = 0
    trickling.setblocking(False)
    with contextlib.suppress(ConnectionError):
        while got < size and (piece := steady.recv(1 << 16)):
            got += len(piece)
            with contextlib.suppress(OSError):
                trickling.recv(10)
            time.sleep(0.06)
    return got


def test_an_answer_is_taken_before_the_next_request_begins(target: Target) -> None:
    """Otherwise a connection could collect answers, or hold the threads that have another for it."""
    server = target.server
    size = len(server.query(LARGE, "text/csv").body)
    with crowd(server, pipelined, 1) as (connection,):
        time.sleep(1)
        assert reserved(server) < 2 * 4 << 20
        connection.settimeout(30)
        data = bytearray()
        while len(data) < 20 * size:
            piece = connection.recv(1 << 20)
            assert piece
            data += piece
        assert data.count(b"HTTP/1.1 200 OK") == 20
