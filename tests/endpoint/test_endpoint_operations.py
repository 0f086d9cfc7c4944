"""Operations: health, metrics, logs, store switches, graceful stop, chaos."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as openmetrics_families,
)
from prometheus_client.parser import text_string_to_metric_families as text_families

from araxes.endpoint.service.metrics import Levels, Metrics
from araxes.triples.stores.versioned_store import current, publish
from tests.endpoint.endpoint_fixtures import WHOLE, Server, serving, small_dataset, within
from tests.endpoint.visits import soon

_ARAXES = [sys.executable, "-c", "from araxes.endpoint.cli.main import main; main()"]


def _dataset(number: int) -> ox.Dataset:
    dataset = small_dataset()
    node = ox.NamedNode("http://example.org/version")
    dataset.add(ox.Quad(node, node, ox.Literal(str(number))))
    return dataset


def test_health(server: Server) -> None:
    health = server.health()
    assert health["live"] is health["ready"] is True
    assert health["dataset"]["digest"] == current(server.store).digest
    assert server.get("/health/live").json() == {"live": True}
    assert server.get("/health/ready").status == 200


_METRICS = {
    "araxes_requests": "counter",
    "araxes_request_seconds": "histogram",
    "araxes_errors": "counter",
    "araxes_limits": "counter",
    "araxes_cache": "counter",
    "araxes_not_modified": "counter",
    "araxes_evaluators": "gauge",
    "araxes_queue": "gauge",
    "araxes_evaluator_events": "counter",
    "araxes_spool_bytes": "gauge",
    "araxes_spool_reserved_bytes": "gauge",
    "araxes_store_quads": "gauge",
    "araxes_store_switches": "counter",
    "process_resident_memory_bytes": "gauge",
}


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "text/plain"),
        ("text/plain; version=0.0.4", "text/plain"),
        ("application/openmetrics-text; version=1.0.0, text/plain;q=0.5", "application/openmetrics-text"),
        ("application/openmetrics-text; version=nonsense", "text/plain"),
        ("application/openmetrics-text; version=2\xb2.0", "text/plain"),
        ("\xff, ;;;version=", "text/plain"),
    ],
)
def test_metrics_are_read_by_prometheus(server: Server, accept: str, media_type: str) -> None:
    server.query("ASK {")
    server.query("ASK {} # twice")
    server.query("ASK {} # twice")
    reply = server.get("/metrics", accept)
    assert (reply.status, reply.type) == (200, media_type)
    parse = openmetrics_families if "openmetrics" in media_type else text_families
    families = {family.name: family for family in parse(reply.text)}
    assert {name: families[name].type for name in _METRICS} == _METRICS
    values = {
        (sample.name, *sample.labels.values()): sample.value
        for family in families.values()
        for sample in family.samples
    }
    assert values["araxes_errors_total", "syntax"] >= 1
    assert values["araxes_cache_total", "hit"] >= 1
    version = current(server.store)
    assert values["araxes_store_quads", version.digest, version.name] == version.quads
    assert not any(name.endswith("_created") for name, *_ in values)


def test_counters_lose_nothing_among_threads() -> None:
    metrics = Metrics(lambda: Levels(0, 0, 0, {}, 0, 0, 0, 0, "", ""))

    def count() -> None:
        for _ in range(2000):
            metrics.errors.labels("x").inc()

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert b'araxes_errors_total{code="x"} 16000.0' in metrics.exposed("")[0]
    # A second service in the same process has counters of its own.
    assert b"16000" not in Metrics(lambda: Levels(0, 0, 0, {}, 0, 0, 0, 0, "", "")).exposed("")[0]


def test_logs_are_lines_with_request_ids_and_without_queries(small_store: Path) -> None:
    with serving(small_store, "--log-format", "json") as server:
        secret = "SELECT ('hunter2' AS ?x) {}"
        request_id = server.query(secret).headers["X-Request-ID"]
        server.get("/a%0d%0aFORGED")
        server.stop()
        lines = [line for line in server.log.read_text("utf-8").splitlines() if line.startswith("{")]
        entries = [json.loads(line) for line in lines]
    assert "hunter2" not in server.log.read_text("utf-8")
    assert any(entry.get("request") == request_id and entry["client"] == "127.0.0.1" for entry in entries)
    assert not any(line.startswith("FORGED") for line in server.log.read_text("utf-8").splitlines())


def test_graceful_stop_finishes_running_requests(small_store: Path) -> None:
    server = Server(small_store, "--timeout", "2")
    replies = []
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    thread = threading.Thread(target=lambda: replies.append(server.post(query)))
    thread.start()
    while not server.health()["evaluators"]["busy"]:
        time.sleep(0.05)
    server.process.send_signal(signal.SIGTERM)
    thread.join(10)
    assert replies[0].code == "timeout"
    assert server.process.wait(10) == 0


def test_stop_without_work_is_quick(small_store: Path) -> None:
    def stopped() -> float:
        server = Server(small_store)
        begin = time.monotonic()
        assert server.stop() == 0
        return time.monotonic() - begin

    soon(stopped, 4)


def test_no_store_and_used_port_are_told(tmp_path: Path, server: Server) -> None:
    for flags, code, words in (
        (["--store", str(tmp_path)], 3, "araxes load"),
        (["--store", str(server.store), "--port", str(server.port)], 1, "--port"),
        (["--store", str(server.store), "--timeout", "x"], 1, "no number"),
        (["--store", str(server.store), "--spool-dir", "/nonexistent"], 1, "--spool-dir"),
        (["--store", str(server.store), "--federation", "nonsense"], 1, "http"),
        (["--nonsense"], 2, "No such option"),
    ):
        done = subprocess.run(
            [*_ARAXES, "serve", *flags], capture_output=True, text=True, check=False, timeout=30
        )
        assert done.returncode == code, done.stderr
        assert words in done.stderr
        assert "Traceback" not in done.stderr


class _Load:
    """Clients that ask all the time and note every answer that is not right."""

    def __init__(self, server: Server, clients: int) -> None:
        self.server = server
        self.asked = 0
        self.wrong: list[str] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(clients)]

    def _ask(self, number: int) -> None:
        while not self._stop.is_set():
            self.asked += 1
            query = f"SELECT (COUNT(*) AS ?n) {{ ?s <http://example.org/next> ?o }} # {number}-{self.asked}"
            try:
                reply = self.server.post(query, source=f"127.0.0.{10 + number}")
                if reply.status != 200:
                    self.wrong.append(f"{reply.status} {reply.text[:200]}")
                elif reply.json()["results"]["bindings"][0]["n"]["value"] != "1000":
                    self.wrong.append(reply.text)
            except OSError as error:
                self.wrong.append(repr(error))

    def __enter__(self) -> _Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


@pytest.mark.timed
def test_switching_stores_under_load_fails_no_request(tmp_path: Path) -> None:
    publish(_dataset(0), tmp_path, origin="load")
    with serving(tmp_path) as server:
        server.wait_ready(WHOLE, 120)
        seen = set()
        with _Load(server, 4) as load:
            for number in range(1, 6):
                made = publish(_dataset(number), tmp_path, origin="load")
                end = time.monotonic() + 60
                while server.health()["dataset"]["digest"] != made.digest:
                    assert time.monotonic() < end, "the server did not switch"
                    time.sleep(0.05)
                answer = server.query("SELECT ?o { <http://example.org/version> ?p ?o }")
                seen.add(answer.json()["results"]["bindings"][0]["o"]["value"])
                assert answer.headers["Araxes-Dataset"] == f"sha256:{made.digest}"
            while load.asked <= 50:
                time.sleep(0.05)
        assert load.wrong == []
        assert seen == {"1", "2", "3", "4", "5"}


def test_a_broken_link_leaves_the_old_store_serving(tmp_path: Path) -> None:
    publish(_dataset(0), tmp_path, origin="load")
    with serving(tmp_path) as server:
        target = (tmp_path / "current").readlink()
        (tmp_path / "current").unlink()
        (tmp_path / "current").symlink_to("versions/none")
        time.sleep(0.6)
        soon(server.cheap, 1)
        (tmp_path / "current").unlink()
        (tmp_path / "current").symlink_to(target)
        soon(server.cheap, 1)


@pytest.mark.timed
def test_chaos(tmp_path: Path) -> None:
    """Evaluators killed at random and stores swapped under load, with a fixed seed and bounded in time."""
    dice = random.Random(20261120)
    publish(_dataset(0), tmp_path, origin="load")
    with serving(tmp_path, "--timeout", "2") as server:
        server.wait_ready(WHOLE, 120)
        kills = 0
        with _Load(server, 3) as load:
            end = time.monotonic() + float(os.environ.get("ARAXES_CHAOS_SECONDS", "6"))
            while time.monotonic() < end or load.asked <= 30:
                pids = server.evaluators()
                if pids:
                    try:
                        os.kill(dice.choice(pids), signal.SIGKILL)
                        kills += 1
                    except ProcessLookupError:
                        continue
                if dice.random() < 0.1:
                    publish(_dataset(kills), tmp_path, origin="load")
                time.sleep(dice.uniform(0.05, 0.3))
        # Only queries whose own evaluator was killed may fail, and they say so.
        assert all("engine-crash" in wrong for wrong in load.wrong), load.wrong
        assert len(load.wrong) <= kills
        server.wait_ready(WHOLE, 120)
        soon(server.cheap, 1)


@pytest.mark.timed
def test_soak(server: Server) -> None:
    """Many requests on few connections; memory of the server stays where it was."""
    server.wait_ready(WHOLE, 120)

    def resident() -> int:
        return int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1]) * 4096

    count = int(os.environ.get("ARAXES_SOAK_REQUESTS", "1500"))
    for number in range(200):
        server.post(f"ASK {{}} # {number}")
    before, seconds = resident(), []
    for number in range(count):
        reply = server.post(f"SELECT * {{ ?s ?p ?o }} LIMIT 3 # {number}")
        assert reply.status == 200
        seconds.append(reply.seconds)
    assert resident() - before < 40 << 20
    # Most are quick, at the end as at the beginning.
    first, last = (statistics.median(part) for part in (seconds[: count // 3], seconds[-count // 3 :]))
    assert max(first, last) < within(0.5), (first, last)


def test_half_open_and_pipelined_connections(server: Server) -> None:
    head = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n"
    with socket.create_connection(("127.0.0.1", server.port), 5) as connection:
        connection.sendall((head + b"\r\n") * 2 + head + b"Connection: close\r\n\r\n")
        assert server.drain(connection).count(b'{"head":{},"boolean":true}') == 3
