"""Evaluators die, clients leave, limits bite: the sender learns it, nobody else does."""

from __future__ import annotations

import contextlib
import os
import platform
import resource
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from araxes.endpoint.engines.embedded import sandbox
from araxes.endpoint.pages.query import MOST_ROWS
from araxes.triples.stores.versioned_store import publish
from tests.endpoint.endpoint_fixtures import FEW, WHOLE, Server, serving, small_dataset
from tests.endpoint.visits import Visits, soon, unhindered

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def _busy(server: Server) -> int:
    found: int = server.health()["evaluators"]["busy"]
    return found


def _until(seconds: float, condition: object) -> float:
    begin = time.monotonic()
    while not condition():  # type: ignore[operator]
        assert time.monotonic() - begin < seconds
        time.sleep(0.02)
    return time.monotonic() - begin


def _cpu(pid: int) -> int:
    with contextlib.suppress(OSError):
        return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return 0


def test_kill_9_of_an_evaluator_during_a_query(server: Server) -> None:
    with ThreadPoolExecutor(1) as pool:
        server.wait_ready(WHOLE, 120)
        before = {pid: _cpu(pid) for pid in server.evaluators()}
        asked = pool.submit(server.post, ENDLESS + "# killed")

        def working() -> list[int]:
            return [pid for pid, spent in before.items() if _cpu(pid) > spent + 5]

        _until(60, working)
        os.kill(working()[0], signal.SIGKILL)
        assert (asked.result().status, asked.result().code) == (500, "engine-crash")
    soon(server.cheap, 1)


@pytest.mark.timed
def test_kill_9_of_all_evaluators(server: Server) -> None:
    def attack(server: Server, visits: Visits) -> None:
        for pid in server.evaluators():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        visits.cheap(server, soon=1.5)
        server.wait_ready(WHOLE, 120)

    unhindered(server, attack)


def test_timeout(small_store: Path) -> None:
    with serving(small_store, *FEW, "--timeout", "3") as server:
        reply = server.post(ENDLESS)
    assert (reply.status, reply.code) == (504, "timeout")
    assert reply.json()["limit"] == {"name": "timeout", "value": 3.0, "unit": "seconds"}
    assert "ARAXES_TIMEOUT" in reply.json()["remedy"]
    assert int(reply.headers["Retry-After"]) > 0
    assert 2.9 < reply.seconds < 30  # it would never end


def test_memory(server: Server) -> None:
    binds = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    reply = server.post(f'SELECT ?x40 {{ BIND("xxxxxxxx" AS ?x0) {binds} }}')
    assert (reply.status, reply.code) == (503, "memory")
    assert reply.json()["limit"]["name"] == "memory"


def test_result_size(small_store: Path) -> None:
    with serving(small_store, *FEW, "--result-size", "4", "--timeout", "60") as server:
        reply = server.post("SELECT * { ?a ?b ?c . ?d ?e ?f }", timeout=120)
        assert (reply.status, reply.code) == (413, "result-size")
        assert reply.json()["limit"] == {"name": "result_size", "value": 4, "unit": "MiB"}
        html = server.post("SELECT * { ?a ?b ?c . ?d ?e ?f }", "text/html", timeout=120)
        assert html.status == 200  # a page shows so many rows and says that there are more
        assert 100 < html.text.count("<tr>") <= MOST_ROWS + 1


def test_a_large_answer_arrives_whole(server: Server) -> None:
    query = "SELECT * { ?a <http://example.org/next> ?b . ?c <http://example.org/text> ?d } LIMIT 60000"
    reply = server.post(query, "text/csv")
    assert reply.status == 200
    assert int(reply.headers["Content-Length"]) == len(reply.body) > 2_000_000
    assert reply.text.count("\n") >= 60_000
    _until(60, lambda: b"araxes_spool_bytes 0.0" in server.get("/metrics").body)


def test_a_client_that_leaves_frees_its_evaluator(server: Server) -> None:
    body = (ENDLESS + "# leaving").encode()
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"

    def leave(server: Server, visits: Visits) -> None:
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            _until(60, lambda: _busy(server) == 1)
        visits.took(_until(60, lambda: _busy(server) == 0), 3)  # long before its time is over

    unhindered(server, leave)


def test_the_end_of_the_server_is_the_end_of_its_evaluators(small_store: Path) -> None:
    server = Server(small_store)
    server.wait_ready(WHOLE, 120)
    body = ENDLESS.encode()
    client = socket.create_connection(("127.0.0.1", server.port))
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    client.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    _until(20, lambda: _busy(server) == 1)
    children = server.evaluators()
    assert children
    server.process.kill()
    server.process.wait()
    _until(20, lambda: not any(_cmdline(pid) for pid in children))
    client.close()


def _cmdline(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return b"araxes.endpoint.engines.embedded.child" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


_CONFINED = """
import os, socket, sys
from pathlib import Path
from araxes.endpoint.engines.embedded import sandbox
print(sandbox.confine(Path(sys.argv[1])))
open(sys.argv[1] + "/inside").read()
for attempt in (lambda: socket.socket(), lambda: socket.socketpair(), lambda: open("/etc/passwd"),
                lambda: open(sys.argv[1] + "/new", "w"), lambda: os.execv("/bin/true", ["true"]),
                lambda: os.listdir("/"), lambda: os.unlink(sys.argv[1] + "/inside")):
    try:
        attempt()
        print("ALLOWED")
    except OSError as error:
        print(type(error).__name__)
"""


def test_the_sandbox_takes_sockets_files_and_programs_away(tmp_path: Path) -> None:
    (tmp_path / "inside").write_text("x", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _CONFINED, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    layers, *attempts = done.stdout.splitlines()
    if "off" in layers:
        pytest.skip(f"this kernel lacks a layer: {layers}")
    assert attempts == ["PermissionError"] * 7


def test_without_a_layer_the_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Plan9")
    layers = sandbox.confine(tmp_path)
    assert all(state.startswith("off: ") for state in layers.values())


def test_health_tells_the_protection(server: Server) -> None:
    assert set(server.health()["protection"]["confinement"]) == {"files", "network"}


def test_full_spool_disk(small_store: Path, tmp_path: Path) -> None:
    """A file system of 1 MiB of our own, where mounting is allowed."""
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)],
            check=False,
            capture_output=True,
        ).returncode
    ):
        pytest.skip("mounting a small file system needs root")
    try:
        with serving(small_store, "--spool-dir", str(tmp_path)) as server:
            reply = server.post("SELECT * { ?a ?b ?c . ?d <http://example.org/next> ?f } LIMIT 100000")
            assert (reply.status, reply.code) == (503, "spool-full")
            assert reply.headers["Retry-After"]
            soon(server.cheap, 1)
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_rate_limit_per_client(small_store: Path) -> None:
    with serving(small_store, "--rate", "0.01", "--rate-burst", "3") as server:
        replies = [server.query(f"ASK {{}} # {number}") for number in range(5)]
        assert [reply.status for reply in replies] == [200, 200, 200, 429, 429]
        assert replies[-1].code == "rate"
        assert 90 <= int(replies[-1].headers["Retry-After"]) <= 100
        assert server.post("ASK {} # other", source="127.0.0.3").status == 200
        assert server.get("/health").status == 200


def _event(server: Server, name: str) -> int:
    lines = server.get("/metrics").text.splitlines()
    return next(int(float(line.split()[-1])) for line in lines if f'{{event="{name}"}}' in line)


def test_more_descriptors_than_select_knows(tmp_path: Path) -> None:
    publish(small_dataset(), tmp_path / "store", origin="load")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, before[1]), before[1]))  # the server inherits it
    try:
        with (
            serving(tmp_path / "store", "--connections", "1500", "--idle-time", "120") as server,
            contextlib.ExitStack() as stack,
        ):
            server.wait_ready(WHOLE, 120)
            for number in range(1200):
                source = (f"127.0.0.{2 + number // 100}", 0)
                held = socket.create_connection(("127.0.0.1", server.port), 10, source_address=source)
                stack.enter_context(held)
            _until(60, lambda: len(list(Path(f"/proc/{server.process.pid}/fd").iterdir())) > 1100)
            # The first evaluator of another version starts while the old ones hold the low numbers.
            publish(small_dataset(), tmp_path / "store", origin="load", label="next")
            _until(60, lambda: server.health()["dataset"]["label"] == "next")
            for _ in range(20):
                server.cheap()
            assert (_event(server, "crashed"), _event(server, "killed")) == (0, 0)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
