"""The servers that are compared, each filled with the same dataset, and started anew when it hangs."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from araxes.endpoint.engines.remote.dialects import STAND_IN, VIRTUOSO
from araxes.endpoint.engines.remote.graph_clauses import with_own_graphs
from tests.endpoint.endpoint_fixtures import WHOLE, Server
from tests.endpoint.engine_fixtures import EngineServer as Running
from tests.endpoint.engine_fixtures import answering, free_port, oxigraph_program, virtuoso_server

_QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Peer(ABC):
    """A server with the dataset.

    Attributes:
        name: in tables.
        load_seconds: from N-Quads, or a store, to the first answer.
        goes_on: whether it may work on when nobody waits any more.
        graphs: of the protocol's default graph, for engines that need one named.
    """

    name = ""
    goes_on = True
    graphs: tuple[str, ...] = ()

    def __init__(self, store: Path, dump: Path, folder: Path) -> None:
        """Nothing is started yet."""
        self.store = store
        self.dump = dump
        self.folder = folder / self.name.replace(" ", "-").replace("'", "")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.load_seconds = 0.0
        self.url = ""
        self._stack = contextlib.ExitStack()
        self.pid = 0

    @classmethod
    def missing(cls) -> str:
        """What is not here; empty: it can be started."""
        return ""

    @classmethod
    def version(cls) -> str:
        """Of the program."""
        return ""

    def start(self) -> None:
        """Fill it and have it answer."""
        begin = time.monotonic()
        self.url, self.pid = self._stack.enter_context(self._running())
        self.load_seconds = self.load_seconds or time.monotonic() - begin

    def stop(self) -> None:
        """End it."""
        self._stack.close()

    def restart(self) -> None:
        """End it whatever it does, and have it answer again."""
        self.stop()
        self._stack = contextlib.ExitStack()
        self.start()

    def text(self, query: str) -> str:
        """A query in this engine's terms."""
        return query

    @abstractmethod
    def _running(self) -> contextlib.AbstractContextManager[tuple[str, int]]:
        """Query address and process, while it runs."""


@contextlib.contextmanager
def _process(command: list[str], url: str, seconds: float = 120, **options: Any) -> Iterator[tuple[str, int]]:
    process = subprocess.Popen(command, **{**_QUIET, **options})
    try:
        answering(Running(url, "", None, process), seconds)  # type: ignore[arg-type]
        yield url, process.pid
    finally:
        process.kill()
        process.wait()


class Araxes(Peer):
    """Ours, over its own store."""

    name = "Araxes"
    goes_on = False

    @contextlib.contextmanager
    def _running(self) -> Iterator[tuple[str, int]]:
        server = Server(self.store, *self._flags())
        try:
            server.wait_ready(WHOLE, 60)
            yield server.endpoint, server.process.pid
        finally:
            server.stop()

    def _flags(self) -> tuple[str, ...]:
        return ()


class Oxigraph(Peer):
    """The engine that is ours, behind its own server."""

    name = "Oxigraph's server"

    @classmethod
    def version(cls) -> str:
        command = [oxigraph_program(), "--version"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1]

    @contextlib.contextmanager
    def _running(self) -> Iterator[tuple[str, int]]:
        place = self.folder / "db"
        if not place.exists():
            command = [oxigraph_program(), "load", "-l", str(place), "-f", str(self.dump)]
            subprocess.run(command, check=True, **_QUIET)
        port = free_port()
        command = [oxigraph_program(), "serve-read-only", "-l", str(place), "-b", f"127.0.0.1:{port}"]
        with _process(command, f"http://127.0.0.1:{port}/query") as found:
            yield found


class AraxesBefore(Araxes):
    """Ours, in front of an Oxigraph server of its own."""

    name = "Araxes, remote engine"
    goes_on = True

    @contextlib.contextmanager
    def _running(self) -> Iterator[tuple[str, int]]:
        behind = Oxigraph(self.store, self.dump, self.folder)
        behind.start()
        self._behind = behind.url
        try:
            with super()._running() as found:
                yield found
        finally:
            behind.stop()

    def _flags(self) -> tuple[str, ...]:
        return ("--engine", self._behind)


class RdflibEndpoint(Peer):
    """rdflib-endpoint, over oxrdflib."""

    name = "rdflib-endpoint"

    @classmethod
    def _program(cls) -> str | None:
        return shutil.which(cls.name, path=os.environ.get("ARAXES_PEERS", ""))

    @classmethod
    def missing(cls) -> str:
        return "" if cls._program() else "ARAXES_PEERS names no folder that holds rdflib-endpoint"

    @classmethod
    def version(cls) -> str:
        beside = Path(cls._program() or "").with_name("python")
        code = "import importlib.metadata as m; print(m.version('rdflib-endpoint'))"
        told = subprocess.run([str(beside), "-c", code], capture_output=True, text=True, check=False)
        return told.stdout.strip()

    @contextlib.contextmanager
    def _running(self) -> Iterator[tuple[str, int]]:
        port = free_port()
        address = ["--host", "127.0.0.1", "--port", str(port)]
        command = [self._program() or "", "serve", *address, "--store", "Oxigraph", str(self.dump)]
        with _process(command, f"http://127.0.0.1:{port}/", 300) as found:
            yield found


class Virtuoso(Peer):
    """Virtuoso 7; its queries are rewritten as the app does, to be about the same default graph."""

    name = "Virtuoso"
    graphs = (STAND_IN,)

    @classmethod
    def missing(cls) -> str:
        return "" if shutil.which("virtuoso-t") and shutil.which("isql-vt") else "virtuoso-t is not installed"

    @classmethod
    def version(cls) -> str:
        told = subprocess.run(["virtuoso-t", "--version"], capture_output=True, text=True, check=False)
        return next((word for word in (told.stdout + told.stderr).split() if word.count(".") >= 2), "")

    @contextlib.contextmanager
    def _running(self) -> Iterator[tuple[str, int]]:
        place = self.folder / str(time.monotonic_ns())
        with virtuoso_server(place, buffers=100_000) as server:
            mine = place / "dump.nq"
            shutil.copy(self.dump, mine)
            load = f"DB.DBA.TTLP(file_open('{mine}'), '', '{STAND_IN}', 512); checkpoint;"
            address = [f"127.0.0.1:{server.sql}", "dba", "dba"]
            subprocess.run(["isql-vt", *address, f"exec={load}"], check=True, **_QUIET)
            yield server.query, server.process.pid

    def text(self, query: str) -> str:
        variables: list[str] = []
        with contextlib.suppress(SyntaxError, RuntimeError):
            found = ox.Store().query(query)
            if isinstance(found, ox.QuerySolutions):
                variables = [each.value for each in found.variables]
        return with_own_graphs(query, VIRTUOSO, variables)[0]


class Comunica(Peer):
    """Comunica's server over the N-Quads, which it fetches from here."""

    name = "Comunica"

    @classmethod
    def _program(cls) -> Path:
        return Path(os.environ.get("ARAXES_NODE_MODULES", "")) / ".bin" / "comunica-sparql-http"

    @classmethod
    def missing(cls) -> str:
        return "" if cls._program().is_file() else "ARAXES_NODE_MODULES names no folder with Comunica"

    @classmethod
    def version(cls) -> str:
        package = cls._program().resolve().parent.parent / "package.json"
        lines = package.read_text().splitlines() if package.is_file() else []
        return next((line.split('"')[3] for line in lines if '"version"' in line), "")

    @contextlib.contextmanager
    def _running(self) -> Iterator[tuple[str, int]]:
        handler = functools.partial(_Quiet, directory=str(self.dump.parent))
        files = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=files.serve_forever, daemon=True).start()
        port = free_port()
        source = f"http://127.0.0.1:{files.server_port}/{self.dump.name}"
        command = [str(self._program()), source, "-p", str(port), "-t", "60", "-w", "1"]
        try:
            with _process(command, f"http://127.0.0.1:{port}/sparql", 300) as found:
                yield found
        finally:
            files.shutdown()
            files.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


PEERS: tuple[type[Peer], ...] = (Oxigraph, Araxes, AraxesBefore, Virtuoso, RdflibEndpoint, Comunica)
"""The first is what all are compared with."""
