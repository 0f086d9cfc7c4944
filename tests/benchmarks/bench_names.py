"""Time and memory of name matching: ``python -m tests.benchmarks.bench_names [STORE]``.

Asks the index of a published dataset in this process, so that nothing but matching is measured: batches as
OpenRefine sends them, and the dearest that the bounds of a request allow. Seconds are of the processor.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox

from araxes.endpoint.search.index.names_index import FILE, Index, open_index, write_index
from araxes.endpoint.search.reconciliation.candidates import match_batch
from araxes.endpoint.search.reconciliation.request_members import LONGEST_FIELD, MOST_QUERIES
from araxes.endpoint.search.reconciliation.requests import parse_batch
from araxes.triples.stores.versioned_store import current, root_path

SPELLINGS = Path(__file__).parents[1] / "data" / "spellings.tsv"
ROUNDS = 10
Make = Callable[[int], dict[str, Any]]


def resident() -> float:
    """MiB of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4 / 1024


def seconds(index: Index, batch: dict[str, Any]) -> float:
    """Processor time of checking and matching a batch."""
    start = time.process_time()
    match_batch(index, parse_batch(json.dumps(batch, ensure_ascii=False)))
    return time.process_time() - start


def made(store: Path, path: Path) -> float:
    """Make the index; the processor time it took."""
    start = time.process_time()
    write_index(ox.Store.read_only(str(store)), path)
    return time.process_time() - start


def honest() -> Iterator[dict[str, Any]]:
    """Batches of ten names with two properties."""
    with SPELLINGS.open(encoding="utf-8", newline="") as lines:
        names = [row["spelling"] for row in csv.DictReader(lines, delimiter="\t")]
    properties = [{"pid": "cowCode", "v": "630"}, {"pid": "wikidata", "v": "Q794"}]
    for start in range(0, len(names) - 9, 10):
        yield {f"q{n}": {"query": names[start + n], "properties": properties} for n in range(10)}


def dearest(index: Index) -> Iterator[tuple[str, dict[str, Any]]]:
    """Batches as large as they may be, each dear in its own way."""
    chance = random.Random(1)
    letters = " ".join(
        str(row[0]) for row in index.rows("SELECT folded FROM name ORDER BY LENGTH(folded) DESC")
    )

    def name(length: int) -> str:
        start = chance.randrange(len(letters) - length)
        return letters[start : start + length]

    def values(pid: str, make: Callable[[], str]) -> list[dict[str, Any]]:
        return [{"pid": pid, "v": [make() for _ in range(20)]}]

    kinds: dict[str, Make] = {
        "names of 490 letters": lambda _: {"query": name(490)},
        "no name, 20 kinds": lambda _: {
            "query": "",
            "limit": 25,
            "properties": values("type", lambda: "Event"),
        },
        "names and 20 identifiers": lambda n: {
            "query": name(490),
            "properties": values("wikidata", lambda: f"Q{chance.randrange(1, 10**6)}"),
        },
        "names and 20 capitals": lambda _: {
            "query": name(100),
            "properties": values("capital", lambda: name(100)),
        },
        "combining marks": lambda _: {"query": "e" + "\u0301" * 499},
        "ligatures of 18 letters": lambda n: {
            "query": "\ufdfa" * 27,
            "properties": values("label_fa", lambda: "\ufdfa" * chance.randrange(20, 27)),
        },
    }
    for title, make in kinds.items():
        batch: dict[str, Any] = {}
        while len(batch) < MOST_QUERIES:
            batch[f"q{len(batch)}"] = make(len(batch))
            if len(json.dumps(batch, ensure_ascii=False)) > LONGEST_FIELD:
                batch.popitem()
                break
        yield f"{title} ({len(batch)} queries)", batch


def main() -> None:
    """Print the figures."""
    version = current(root_path(sys.argv[1] if len(sys.argv) > 1 else None))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        # In a process of its own, so that the memory of the making does not count.
        with ProcessPoolExecutor(1) as other:
            click.echo(f"made in {other.submit(made, version.path, path).result():.2f} s", nl=False)
        click.echo(f", {path.stat().st_size / 2**20:.1f} MiB")
        before, start = resident(), time.perf_counter()
        index = open_index(path)
        assert index is not None
        click.echo(f"opened in {(time.perf_counter() - start) * 1000:.2f} ms")
        times = sorted(seconds(index, batch) for _ in range(ROUNDS) for batch in honest())
        click.echo(
            f"10 names, 2 properties: median {times[len(times) // 2] * 1000:.0f} ms, "
            f"95 % {times[len(times) * 95 // 100] * 1000:.0f} ms, slowest {times[-1] * 1000:.0f} ms"
        )
        for title, batch in dearest(index):
            click.echo(f"{title}: {seconds(index, batch):.2f} s")
        click.echo(f"memory: {resident() - before:.0f} MiB")


if __name__ == "__main__":
    main()
