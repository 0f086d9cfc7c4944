"""The endpoint and validation beside their peers, in one run: ``python -m tests.benchmarks.bench_peers``.

Every server holds the project's dataset and is asked the same queries by the same client, in turns, so
that a busy moment of the machine falls on all. What counts are the ratios. Peers are those found in the
folder that ``ARAXES_PEERS`` names (``make bench`` fills one): the Oxigraph server, whose engine is also
ours, so that the ratio is the price of isolation; and rdflib-endpoint, over oxrdflib.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from araxes.triples.authoring.corpus import ENTITIES, SOURCES
from araxes.triples.stores.versioned_store import current, publish
from araxes.validation.gate.check_corpus import check_corpus
from araxes.validation.gate.shacl import data_graph, shapes_graph
from araxes.validation.published import published_dataset
from araxes.validation.questions import read_questions
from tests.endpoint.endpoint_fixtures import CHEAP, JSON, WHOLE, Server

ROUNDS = 15
"""How often each single query is asked of each server."""

PATIENCE = 20
"""Seconds after which a peer is asked nothing more."""

EVERYTHING = "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"


def ask(url: str, query: str) -> tuple[float, int]:
    """Seconds until the whole answer is here, and its number of rows.

    Raises:
        OSError: there is no answer.
    """
    headers = {"Content-Type": "application/sparql-query", "Accept": JSON}
    begin = time.monotonic()
    request = urllib.request.Request(url, query.encode(), headers)
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        body = answer.read()
    return time.monotonic() - begin, len(json.loads(body)["results"]["bindings"])


@dataclass(frozen=True)
class Asked:
    """A server: its query address, and how to stop it."""

    url: str
    stop: Callable[[], object]


def started(command: list[str], url: str) -> Asked:
    """A server of somebody else, from its first answer on.

    Raises:
        SystemExit: it does not answer within a minute.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            ask(url, CHEAP)
            return Asked(url, process.kill)
        except OSError:
            time.sleep(0.2)
    process.kill()
    raise SystemExit(f"{command[0]} does not answer at {url}")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def servers(store: Path, folder: Path) -> Iterator[tuple[str, Asked]]:
    """Every server that can be started, with its name, ours first."""
    ours = Server(store)
    ours.wait_ready(WHOLE, 20)
    yield "Araxes", Asked(ours.endpoint, ours.stop)
    dump = folder / "dataset.nq"
    held = ox.Store.read_only(str(current(store).path))
    dump.write_bytes(ox.serialize(held, format=ox.RdfFormat.N_QUADS) or b"")
    port = free_port()
    if program := peer("oxigraph"):
        place = str(folder / "oxigraph")
        subprocess.run([program, "load", "-l", place, "-f", str(dump)], check=True, capture_output=True)
        command = [program, "serve-read-only", "-l", place, "-b", f"127.0.0.1:{port}"]
        yield "Oxigraph server", started(command, f"http://127.0.0.1:{port}/query")
    port = free_port()
    if program := peer("rdflib-endpoint"):
        address = ["--host", "127.0.0.1", "--port", str(port)]
        command = [program, "serve", *address, "--store", "Oxigraph", str(dump)]
        yield "rdflib-endpoint", started(command, f"http://127.0.0.1:{port}/")


def peer(name: str) -> str | None:
    """Where a peer's program is; its absence is said."""
    program = shutil.which(name, path=os.environ.get("ARAXES_PEERS", ""))
    if program is None:
        sys.stdout.write(f"{name}: not compared, since ARAXES_PEERS names no folder that holds it\n")
    return program


def in_turns(found: dict[str, Asked], query: str, rounds: int) -> dict[str, tuple[float, int]]:
    """Median of seconds, and rows, of one query by server; who gives no answer in time is stopped."""
    times: dict[str, list[float]] = {name: [] for name in found}
    rows = dict.fromkeys(found, 0)
    for turn in range(rounds):
        for name in list(times):
            try:
                seconds, rows[name] = ask(found[name].url, f"{query}\n# {turn} {time.monotonic_ns()}")
                times[name].append(seconds)
            except OSError:
                found[name].stop()
                del times[name]
    return {name: (statistics.median(measured), rows[name]) for name, measured in times.items()}


def endpoint_table(found: dict[str, Asked]) -> None:
    """One row for each task, with what each peer takes as a multiple of ours."""
    out = sys.stdout.write
    peers = [name for name in found if name != "Araxes"]
    out("| task | Araxes | " + " | ".join(f"{name} | ratio" for name in peers) + " |\n")
    out("| --- | ---: |" + " ---: | ---: |" * len(peers) + "\n")

    def row(task: str, results: list[dict[str, tuple[float, int]]]) -> None:
        ours = sum(result["Araxes"][0] for result in results)
        cells = []
        for name in peers:
            answered = [result for result in results if name in result]
            if len(answered) < len(results):
                cells.append(f"one not in {PATIENCE} s | –")
                continue
            total = sum(result[name][0] for result in results)
            alike = sum(result[name][1] == result["Araxes"][1] for result in results)
            other = "" if alike == len(results) else f" ({len(results) - alike} other answers)"
            cells.append(f"{total * 1000:.1f} ms{other} | {total / ours:.2f}")
        out(f"| {task} | {ours * 1000:.1f} ms | " + " | ".join(cells) + " |\n")

    row("a cheap query", [in_turns(found, CHEAP, 20 * ROUNDS)])
    everything = in_turns(found, EVERYTHING, 3)
    row(f"{everything['Araxes'][1]:,} rows as JSON", [everything])
    asked, results = dict(found), []
    for question in read_questions():
        results.append(in_turns(asked, question.query, 3))
        asked = {name: asked[name] for name in results[-1]}
    row(f"the {len(results)} competency questions", results)


def project_dataset() -> ox.Dataset:
    """The project's dataset as it is published."""
    return published_dataset(check_corpus(ENTITIES, SOURCES, lambda _: None).described()).dataset


def validation_table(folder: Path) -> None:
    """`araxes validate` beside pySHACL's own command over the same shapes and the same graph."""
    data, shapes = folder / "data.nt", folder / "shapes.ttl"
    dataset = project_dataset()
    data_graph(dataset).serialize(data, format="nt", encoding="utf-8")
    shapes_graph().serialize(shapes, format="turtle")
    ours = "from araxes.endpoint.cli.main import main; main()"
    cache = str(folder / "kept")
    tasks: dict[str, list[str]] = {
        "araxes validate --jobs 2": ["-c", ours, "validate", "--fresh", "--jobs", "2", "--cache", cache],
        "araxes validate --jobs 1": ["-c", ours, "validate", "--fresh", "--jobs", "1", "--cache", cache],
        "pyshacl (the shapes only)": ["-m", "pyshacl", "-s", str(shapes), "-df", "nt", "--", str(data)],
    }
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(3):
        for name, arguments in tasks.items():
            begin = time.monotonic()
            done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
            assert done.returncode in {0, 1}, done.stderr  # 1: pySHACL counts warnings as findings
            times[name].append(time.monotonic() - begin)
    first = statistics.median(times["araxes validate --jobs 2"])
    sys.stdout.write("\n| validation of the corpus | time | ratio |\n| --- | ---: | ---: |\n")
    for name, measured in times.items():
        middle = statistics.median(measured)
        sys.stdout.write(f"| {name} | {middle:.1f} s | {middle / first:.2f} |\n")


def main() -> None:
    """Print the tables in Markdown."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no server is left behind
    tables: list[Callable[[Path], None]] = [_endpoint, validation_table]
    for table in tables:
        with tempfile.TemporaryDirectory() as folder:
            table(Path(folder))


def _endpoint(folder: Path) -> None:
    store = folder / "store"
    publish(project_dataset(), store, origin="build")
    with ExitStack() as stack:
        found = {}
        for name, server in servers(store, folder):
            stack.callback(server.stop)
            found[name] = server
        endpoint_table(found)


if __name__ == "__main__":
    main()
