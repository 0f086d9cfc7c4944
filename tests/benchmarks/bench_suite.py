"""The endpoint beside its peers: ``python -m tests.benchmarks.bench_suite``; writes ``BENCHMARKS.md``.

Every server holds the same dataset and is asked the same queries by the same client, in turns, so that a busy
moment of the machine falls on all; what counts are the ratios. ``--session`` takes a quarter of an hour,
``--short`` two minutes and writes nothing; without either everything is asked, on larger datasets too.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from araxes.triples.stores.versioned_store import current, publish
from tests.benchmarks.suite import measuring, report
from tests.benchmarks.suite.data import claims_in, dumped, multiplied
from tests.benchmarks.suite.groups import queries
from tests.benchmarks.suite.measuring import Bounds, Times
from tests.benchmarks.suite.peers import PEERS, Araxes, Oxigraph, Peer, Virtuoso
from tests.benchmarks.suite.processes import memory

RESULTS = Path("build/bench/results.json")


@dataclass(frozen=True)
class Size:
    """How much is measured.

    Attributes:
        bounds: of each query on the corpus as it is.
        questions: competency questions asked; ``None``: all.
        clients: at once, for throughput.
        load_seconds: of each throughput.
        claims: sizes of the datasets made by copying.
        growth: bounds of each query on those.
        growing: servers that are filled with those.
        build: whether the corpus is also built from nothing.
        peers: all of them, or the few that start quickly.
    """

    bounds: Bounds
    questions: int | None
    clients: tuple[int, ...]
    load_seconds: int
    claims: tuple[int, ...]
    growth: Bounds
    growing: tuple[type[Peer], ...]
    build: bool
    peers: tuple[type[Peer], ...]


_THREE: tuple[type[Peer], ...] = (Oxigraph, Araxes, Virtuoso)
SIZES = {
    "short": Size(
        Bounds(5, 0.6, 5), 6, (1, 16), 2, (), Bounds(2, 1, 5), (), build=False, peers=(Oxigraph, Araxes)
    ),
    "session": Size(
        Bounds(30, 3.5, 3),
        20,
        (1, 4, 16, 64),
        2,
        (10_000,),
        Bounds(3, 1, 10),
        _THREE,
        build=True,
        peers=PEERS,
    ),
    "full": Size(
        Bounds(100, 30, 20),
        None,
        (1, 4, 16, 64),
        10,
        (10_000, 200_000),
        Bounds(10, 10, 60),
        _THREE,
        build=True,
        peers=PEERS,
    ),
}


def say(text: str) -> None:
    """Tell how it goes."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextlib.contextmanager
def started(kinds: tuple[type[Peer], ...], store: Path, dump: Path, folder: Path) -> Iterator[list[Peer]]:
    """Every server that can be started."""
    with contextlib.ExitStack() as stack:
        found = []
        for kind in kinds:
            if lacking := kind.missing():
                say(f"{kind.name}: not compared: {lacking}")
                continue
            peer = kind(store, dump, folder)
            stack.callback(peer.stop)
            try:
                peer.start()
            except (pytest.fail.Exception, subprocess.CalledProcessError) as error:
                say(f"{kind.name}: not compared: {error}")
                continue
            say(f"{peer.name}: ready after {peer.load_seconds:.1f} s")
            found.append(peer)
        yield found


def compared(size: Size, store: Path, dump: Path, folder: Path) -> dict[str, Any]:
    """Everything on the corpus as it is."""
    with started(size.peers, store, dump, folder) as peers:
        result: dict[str, Any] = {
            "peers": [peer.name for peer in peers],
            "versions": {peer.name: peer.version() for peer in peers},
            "load": {peer.name: peer.load_seconds for peer in peers},
            "idle": {peer.name: memory(peer.pid) for peer in peers},
            "queries": measuring.serial(peers, queries(size.questions), size.bounds, _shown),
        }
        result["used"] = {peer.name: memory(peer.pid) for peer in peers}
        result["throughput"] = _throughput(peers, size) if measuring.wrk_version() else []
        return result


def _shown(asked: Any, found: dict[str, Times]) -> None:
    times = [
        f"{name} {times.failure or f'{1000 * measuring.percentile(times.seconds, 0.5):.1f} ms'}"
        for name, times in found.items()
    ]
    say(f"{asked.group}: {asked.name}: {', '.join(times)}")


def _throughput(peers: list[Peer], size: Size) -> list[dict[str, Any]]:
    rows = []
    for fresh in (True, False):
        for clients in size.clients:
            for peer in peers:
                found = measuring.load(peer, clients, size.load_seconds, fresh=fresh)
                rows.append({"peer": peer.name, "clients": clients, "fresh": fresh, **found})
                kind = "fresh" if fresh else "repeated"
                told = f"{found['rate']:.0f} a second, {found['failed']:.0f} failed"
                say(f"{clients} clients, {kind}: {peer.name}: {told}")
    return rows


def grown(size: Size, dump: Path, folder: Path) -> list[dict[str, Any]]:
    """Some queries of each group on datasets of other sizes, the corpus itself first."""
    if not size.claims:
        return []
    chosen = [each for each in queries(8) if each.group != "large answers"]
    rows = []
    for claims in (0, *size.claims):
        place = folder / f"claims-{claims}"
        place.mkdir()
        larger = place / "dump.nq"
        count = multiplied(dump, larger, claims) if claims else multiplied(dump, larger, claims_in(dump))
        begin = time.monotonic()
        store = place / "store"
        publish(ox.parse(larger.open("rb"), format=ox.RdfFormat.N_QUADS), store, origin="load")
        seconds = time.monotonic() - begin
        quads = current(store).quads
        say(f"{count:,} claims, {quads:,} quads, published in {seconds:.1f} s")
        with started(size.growing, store, larger, place) as peers:
            found = measuring.serial(peers, chosen, size.growth, _shown)
            used = {peer.name: memory(peer.pid) for peer in peers}
            loads = {peer.name: peer.load_seconds for peer in peers}
        rows.append(
            {
                "claims": count,
                "quads": quads,
                "publish": seconds,
                "queries": found,
                "used": used,
                "load": loads,
            }
        )
        shutil.rmtree(place)
    return rows


def built(folder: Path) -> float:
    """Seconds of building the corpus from nothing."""
    program = "from araxes.endpoint.cli.main import main; main()"
    begin = time.monotonic()
    flags = ["--store", str(folder / "built"), "--cache", str(folder / "kept")]
    subprocess.run([sys.executable, "-c", program, "build", *flags], check=True, capture_output=True)
    return time.monotonic() - begin


def machine() -> dict[str, Any]:
    """What it was measured on."""
    model = ""
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "")
    return {
        "processors": os.cpu_count(),
        "model": model,
        "python": platform.python_version(),
        "kernel": platform.release(),
        "load": os.getloadavg()[0],
        "wrk": measuring.wrk_version(),
    }


def main() -> None:
    """Measure, and write the report unless it is short."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no server is left behind
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_const", dest="size", const="short", default="full")
    parser.add_argument("--session", action="store_const", dest="size", const="session")
    parser.add_argument("--store", type=Path, default=Path(".araxes/store"))
    chosen = parser.parse_args()
    size, begin = SIZES[chosen.size], time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dump = folder / "dump.nq"
        quads = dumped(chosen.store, dump)
        result: dict[str, Any] = {"size": chosen.size, "machine": machine(), "quads": quads}
        result |= {"claims": claims_in(dump), "graphs": current(chosen.store).graphs}
        # Built first: what can fail at once must not fail when the hours are over.
        result["build"] = built(folder) if size.build else None
        result |= compared(size, chosen.store, dump, folder)
        result["growth"] = grown(size, dump, folder)
    result["minutes"] = (time.monotonic() - begin) / 60
    result["machine"]["load after"] = os.getloadavg()[0]
    say("")
    say(report.ratios_table(result))
    if chosen.size != "short":
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(json.dumps(result), "utf-8")
        report.write(result)


if __name__ == "__main__":
    main()
