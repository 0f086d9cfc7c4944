"""Time and throughput of the endpoint: ``python -m tests.benchmarks.bench_endpoint``."""

from __future__ import annotations

import http.client
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyoxigraph as ox

from araxes.triples.stores.versioned_store import publish
from tests.endpoint.endpoint_fixtures import CHEAP, WHOLE, Server, small_dataset

_ROWS = 200_000


def _dataset() -> ox.Dataset:
    dataset = small_dataset()
    for number in range(_ROWS):
        subject = ox.NamedNode(f"http://example.org/row{number}")
        dataset.add(ox.Quad(subject, ox.NamedNode("http://example.org/row"), ox.Literal(str(number))))
    return dataset


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "store"
        begin = time.monotonic()
        publish(_dataset(), root, origin="load")
        out = sys.stdout.write
        out(f"publish {_ROWS:,} triples            {time.monotonic() - begin:.2f} s\n")
        begin = time.monotonic()
        server = Server(root)
        out(f"serve until it listens             {time.monotonic() - begin:.2f} s\n")
        try:
            server.wait_ready(WHOLE, 20)
            times = sorted(server.cheap() for _ in range(500))
            out(f"cheap query, median                {times[250] * 1000:.2f} ms\n")
            begin = time.monotonic()
            size = len(server.post("SELECT * { ?s <http://example.org/row> ?o }").body) >> 20
            out(f"{_ROWS:,} rows as JSON             {time.monotonic() - begin:.2f} s, {size} MiB\n")
            out(f"cheap queries on 4 connections     {_rate(server, 4):.0f} per second\n")
            out(f"the same query from the cache      {_rate(server, 4, cached=True):.0f} per second\n")
        finally:
            server.stop()


def _rate(server: Server, clients: int, *, cached: bool = False) -> float:
    """Requests a second on kept connections."""
    counts = [0] * clients
    end = time.monotonic() + 3

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        headers = {"Content-Type": "application/sparql-query"}
        while time.monotonic() < end:
            query = CHEAP if cached else f"{CHEAP} # {number} {counts[number]}"
            connection.request("POST", "/sparql", query, headers)
            connection.getresponse().read()
            counts[number] += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / 3


if __name__ == "__main__":
    main()
