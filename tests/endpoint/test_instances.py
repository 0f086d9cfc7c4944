"""Instances of the app without a state of their own, behind nginx and Varnish, as in endpoint/deploy."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.endpoint.endpoint_fixtures import CHEAP, FEW, JSON, Server, serving
from tests.endpoint.engine_fixtures import EngineServer, free_port
from tests.requirements_helper import require_tool

DEPLOY = Path(__file__).resolve().parents[2] / "endpoint" / "deploy"


@dataclass
class Front:
    """A proxy, and the instances behind it."""

    port: int
    instances: list[Server]

    def get(
        self, query: str, accept: str = JSON, source: str = "127.0.0.1", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, 60, source_address=(source, 0))
        with contextlib.closing(connection):
            path = "/sparql?" + urlencode({"query": query})
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, headers={"Accept": accept, **named})
            reply = connection.getresponse()
            return reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()

    def asked(self) -> list[int]:
        """Queries that each instance has answered."""
        counts = []
        for instance in self.instances:
            if instance.process.poll() is None:
                text = instance.get("/metrics").text
                found = re.findall(r'_requests_total\{[^}]*route="/sparql"[^}]*\} ([0-9.]+)', text)
                counts.append(int(sum(map(float, found))))
        return counts


@contextlib.contextmanager
def _proxy(kind: str, ports: list[int], folder: Path) -> Iterator[int]:
    port = free_port()
    if kind == "nginx":
        program = require_tool("nginx", "apt-get install nginx-light")
        text, name = (DEPLOY / "nginx.conf").read_text(), folder / "nginx.conf"
        user = ["user root;"] if os.geteuid() == 0 else []
        command = [program, "-p", str(folder), "-c", str(name), "-g", " ".join(["daemon off;", *user])]
    else:
        program = require_tool("varnishd", "apt-get install varnish")
        require_tool("gcc", "apt-get install gcc")  # Varnish compiles its configuration
        text, name = (DEPLOY / "varnish.vcl").read_text(), folder / "varnish.vcl"
        command = [program, "-F", "-f", str(name), "-a", f"127.0.0.1:{port}", "-s", "malloc,32m"]
        command += ["-n", str(folder / "work"), "-j", "none"]
    for number, instance in enumerate(ports, 1):
        text = text.replace(f"500{number}", str(instance))
    name.write_text(text.replace("127.0.0.1:8080", f"127.0.0.1:{port}"))
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        _listening(port, process, folder)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _listening(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, 5)
            connection.request("GET", "/health/live")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    pytest.fail(f"the proxy does not answer:\n{(folder / 'output').read_text()}")


@pytest.fixture(scope="module", params=["nginx", "varnish"])
def front(
    request: pytest.FixtureRequest,
    small_store: Path,
    small_oxigraph: EngineServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp(request.param)
    copy = folder / "beside"  # an instance needs no database
    shutil.copytree(small_store, copy, symlinks=True, ignore=shutil.ignore_patterns("db"))
    flags = (*FEW, "--engine", small_oxigraph.query, "--trusted-proxy", "127.0.0.1", "--log-format", "json")
    with contextlib.ExitStack() as stack:
        instances = [stack.enter_context(serving(copy, *flags)) for _ in range(2)]
        port = stack.enter_context(_proxy(request.param, [each.port for each in instances], folder))
        yield Front(port, instances)


def fresh() -> str:
    return f"{CHEAP} # {time.monotonic_ns()}"


def test_every_instance_answers_alike_and_each_has_its_share(front: Front) -> None:
    before = front.asked()
    for _ in range(8):
        status, _, body = front.get(fresh())
        assert (status, b"state/" in body) == (200, True)
    assert all(after > count for after, count in zip(front.asked(), before, strict=True))
    query = fresh()
    path = "/sparql?" + urlencode({"query": query})
    # Relative IRIs of a query are read against the address that was asked.
    alike = {
        instance.get(path, JSON, Host="data.example.org").headers["ETag"] for instance in front.instances
    }
    assert len(alike) == 1


def test_a_repeated_answer_comes_from_the_shared_cache_and_is_asked_after_by_its_etag(front: Front) -> None:
    query = fresh()
    first = front.get(query)
    before = sum(front.asked())
    again = [front.get(query) for _ in range(5)]
    assert {reply[2] for reply in again} == {first[2]}
    assert any(reply[1]["x-cache"] == "HIT" for reply in again)
    assert sum(front.asked()) < before + 5
    time.sleep(1.2)
    assert front.get(query)[2] == first[2]
    assert front.get(query, If_None_Match=first[1]["etag"])[0] == 304


def test_formats_are_kept_apart_and_problems_are_not_kept(front: Front) -> None:
    query = fresh()
    assert front.get(query)[1]["content-type"].startswith(JSON)
    assert front.get(query, "text/csv")[1]["content-type"].startswith("text/csv")
    assert front.get(query)[1]["content-type"].startswith(JSON)
    wrong = [front.get("SELECT * {") for _ in range(3)]
    assert [(reply[0], reply[1]["x-cache"] == "HIT") for reply in wrong] == [(400, False)] * 3
    ids = {reply[1]["x-request-id"] for reply in wrong}
    assert len(ids) == 3
    random = {front.get("SELECT (RAND() AS ?r) {}")[2] for _ in range(3)}
    assert len(random) == 3


def test_instances_know_the_client_behind_the_proxy(front: Front) -> None:
    front.get(fresh(), source="127.0.0.7", X_Forwarded_For="9.9.9.9")
    told = "".join(instance.log.read_text() for instance in front.instances)
    assert ("127.0.0.7" in told, "9.9.9.9" in told) == (True, False)


def test_an_instance_that_goes_costs_nobody_an_answer(front: Front) -> None:
    front.instances[0].process.kill()
    front.instances[0].process.wait()
    assert [front.get(fresh())[0] for _ in range(12)] == [200] * 12
