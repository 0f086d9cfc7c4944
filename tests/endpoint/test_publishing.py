"""``araxes publish``: a version goes into an engine whole, and is looked at there."""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import main
from araxes.endpoint.engines.remote import differences
from araxes.endpoint.engines.remote.credentials import VARIABLE, Credentials
from araxes.endpoint.engines.remote.publishing import GraphStore, publish_to
from araxes.endpoint.service.published_files import BESIDE
from araxes.triples.stores.versioned_store import current
from araxes.triples.stores.versioned_store import publish as publish_version
from tests.endpoint.endpoint_fixtures import FEW, Server, serving, small_dataset
from tests.endpoint.engine_fixtures import EngineServer, oxigraph_server, virtuoso_server


def published(store: Path, server: EngineServer, *more: str) -> Result:
    key = f"{server.credentials.user}:{server.credentials.secret}" if server.credentials.user else ""
    flags = ["--store", str(store), "--engine", server.query, *more]
    return CliRunner().invoke(main, ["publish", *flags], env={VARIABLE: key})


def graphs_of(app: Server) -> str:
    return app.query(f"SELECT ?g {{ GRAPH ?g {{}} }} # {time.monotonic_ns()}", "text/csv").text


def eventually(happened: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.1)


class _ByName(BaseHTTPRequestHandler):
    """Passes queries on to the server that holds the dataset of the path."""

    protocol_version = "HTTP/1.1"
    routes: ClassVar[dict[str, str]] = {}

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name: self.headers[name] for name in ("Content-Type", "Accept")}
        address = self.routes[self.path.split("/")[1]]
        with urllib.request.urlopen(urllib.request.Request(address, body, headers)) as answer:
            content = answer.read()
            self.send_response(200)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def named_datasets(routes: dict[str, str]) -> Iterator[str]:
    """The address of an engine with several datasets, with a place for the name."""
    handler = type("Named", (_ByName,), {"routes": routes})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{{dataset}}/sparql"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A store with another version of the small dataset: one graph less, one more."""
    dataset = small_dataset()
    gone, new = ox.NamedNode("http://kasei.us/data3"), ox.NamedNode("http://kasei.us/data4")
    for quad in list(dataset.quads_for_graph_name(gone)):
        dataset.remove(quad)
    dataset.add(ox.Quad(new, new, new, new))
    publish_version(dataset, tmp_path / "later", origin="load", beside=BESIDE)
    return tmp_path / "later"


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_publishing(kind: str, small_store: Path, later: Path, tmp_path: Path) -> None:
    made = oxigraph_server() if kind == "oxigraph" else virtuoso_server(tmp_path / "virtuoso")
    with made as server:
        nothing = published(small_store, server)
        assert (nothing.exit_code, "the engine holds 0 statements" in nothing.output) == (1, True)
        first = published(small_store, server, "--to", server.store)
        assert first.exit_code == 0, first.output
        assert current(small_store).digest in first.output
        second = published(later, server, "--to", server.store, "--beside", str(tmp_path / "beside"))
        assert second.exit_code == 0, second.output
        assert published(later, server).exit_code == 0
        assert published(small_store, server).exit_code == 1, "it is not there any more"
        assert not list((tmp_path / "beside").rglob("db"))
        with serving(tmp_path / "beside", *FEW, "--engine", server.query) as app:
            graphs = app.query("SELECT ?g { GRAPH ?g {} }", "text/csv").text
            assert ("data4" in graphs, "data3" in graphs) == (True, False)
            assert app.health()["dataset"]["digest"] == current(later).digest


def test_a_dataset_goes_graph_by_graph_where_it_cannot_go_whole(
    small_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GraphStore, "put_whole", lambda *_: False)
    with oxigraph_server() as server:
        store = GraphStore(server.store, Credentials())
        assert publish_to(current(small_store), store, (), lambda _: None) == "graph by graph"
        assert published(small_store, server).exit_code == 0


def test_an_engine_that_refuses_says_why(small_store: Path, small_virtuoso: EngineServer) -> None:
    key = {VARIABLE: "dba:not-the-password"}
    flags = ["--store", str(small_store), "--engine", small_virtuoso.query, "--to", small_virtuoso.store]
    refused = CliRunner().invoke(main, ["publish", *flags], env=key)
    assert (refused.exit_code, "not-the-password" in refused.output) == (1, False)
    assert "ARAXES_ENGINE_CREDENTIALS" in refused.output
    nobody = ["--store", str(small_store), "--engine", "http://127.0.0.1:9/q", "--to", "http://127.0.0.1:9/s"]
    gone = CliRunner().invoke(main, ["publish", *nobody])
    assert (gone.exit_code, "cannot be reached" in gone.output) == (1, True)


def test_versions_in_datasets_of_their_own(small_store: Path, later: Path, tmp_path: Path) -> None:
    """Two datasets of an engine, by name; the app goes over when its folder does."""
    one, two = (current(root).digest[:12] for root in (small_store, later))
    with oxigraph_server() as first, oxigraph_server() as second:
        routes = {one: first.query, two: second.query}
        for root, server in ((small_store, first), (later, second)):
            server.fill(root)
        with named_datasets(routes) as address:
            mine = tmp_path / "mine"
            shutil.copytree(small_store, mine, symlinks=True)
            with serving(mine, *FEW, "--engine", address) as app:
                assert "data3" in graphs_of(app)
                flags = ["--store", str(later), "--engine", address, "--beside", str(mine)]
                assert CliRunner().invoke(main, ["publish", *flags]).exit_code == 0
                eventually(lambda: "data4" in graphs_of(app))
                assert app.health()["dataset"]["digest"][:12] == two


def test_every_difference_between_engines_names_a_test() -> None:
    folder = Path(__file__).parent
    code = "".join(path.read_text("utf-8") for path in folder.glob("test_*.py"))
    for row in differences.DIFFERENCES:
        for name in row.test.split(", "):
            assert name.startswith("python -m ") or f"def {name}" in code, row
