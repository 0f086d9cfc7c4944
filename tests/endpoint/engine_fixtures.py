"""Servers of others that hold a dataset of ours, for the tests of remote engines."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from araxes.endpoint.engines.remote.credentials import Credentials
from araxes.endpoint.engines.remote.publishing import GraphStore, publish_to
from araxes.triples.stores.versioned_store import current
from tests.requirements_helper import missing, require_tool

_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 50
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 40
KeepAliveTimeout = 10
MaxKeepAlives = 40
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 100000000
"""


@dataclass(frozen=True)
class EngineServer:
    """A server: where it is asked and filled, with what credentials, its process, and its port for SQL."""

    query: str
    store: str
    credentials: Credentials
    process: subprocess.Popen[bytes]
    sql: int = 0

    def fill(self, root: Path) -> None:
        """Bring the current version of a store there."""
        publish_to(current(root), GraphStore(self.store, self.credentials), (), lambda _: None)

    def stop(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def oxigraph_program() -> str:
    """The Oxigraph server of this environment."""
    beside = Path(sys.executable).with_name("oxigraph")
    if not beside.is_file():
        missing("the Oxigraph server", "pip install oxigraph")
    return str(beside)


@contextlib.contextmanager
def oxigraph_server(port: int | None = None) -> Iterator[EngineServer]:
    """An Oxigraph server without data."""
    port = port or free_port()
    command = [oxigraph_program(), "serve", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    server = EngineServer(base + "/query", base + "/store", Credentials(), process)
    try:
        answering(server)
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def virtuoso_server(folder: Path, buffers: int = 20_000) -> Iterator[EngineServer]:
    """A Virtuoso without data, on ports of its own."""
    program = require_tool("virtuoso-t", "apt-get install virtuoso-opensource-7-bin")
    folder.mkdir(parents=True, exist_ok=True)
    port, sql = free_port(), free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(_INI.format(folder=folder, port=port, sql=sql, buffers=buffers, dirty=buffers * 3 // 4))
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            [program, "+configfile", str(ini), "+foreground"], stdout=output, stderr=output, cwd=folder
        )
    base = f"http://127.0.0.1:{port}"
    store = base + "/sparql-graph-crud-auth"
    server = EngineServer(base + "/sparql", store, Credentials("dba", "dba"), process, sql)
    try:
        answering(server)
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def answering(server: EngineServer, seconds: float = 120) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.query}?query=ASK%7B%7D", timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{server.query} does not answer: exit code {server.process.poll()}")


@pytest.fixture(scope="module")
def small_oxigraph(small_store: Path) -> Iterator[EngineServer]:
    """An Oxigraph server with the small dataset, which no test changes.

    It ends with its module: an endless query goes on in it after the client has left, whatever its
    ``--timeout-s``, and would take a processor from all later tests.
    """
    with oxigraph_server() as server:
        server.fill(small_store)
        yield server


@pytest.fixture(scope="session")
def small_virtuoso(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineServer]:
    """A Virtuoso with the small dataset, which no test changes."""
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso") / os.urandom(4).hex()) as server:
        server.fill(small_store)
        yield server
