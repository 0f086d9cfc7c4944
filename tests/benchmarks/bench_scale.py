"""Work in parts as corpora grow: ``python -m tests.benchmarks.bench_scale [CLAIMS …] [--runs NAME …]``.

Corpora are made from the model. Each run is a process of its own, in which sources are checked, all is put
together, and matters are decided: in one process, in two, or on a cluster of one or of two Spark workers of
one processor each. Time in parts is what the runner took, without its start; a cluster does one small job
before. Processor time is that of this process and those that it begot; executors of Spark are not among them.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from araxes.triples.authoring.corpus import ENTITIES
from araxes.triples.dataset import canonical_nquads
from araxes.triples.runners.on_spark import on_spark
from araxes.triples.runners.processes import InProcesses
from araxes.triples.runners.runner import IN_PROCESS, A, B, C, Decide, Facts, Runner, S
from araxes.triples.stores.canonical_form import digest_of
from araxes.validation.gate.check_corpus import check_corpus
from araxes.validation.published import published_dataset
from tests.triples.spark_cluster import cluster
from tests.triples.synthetic import write_sources

A_SOURCE = 250
"""Claims of each source."""

RUNS = ("one process", "two processes", "one Spark worker", "two Spark workers")
"""What is measured."""


class Timed:
    """A runner with a watch."""

    def __init__(self, runner: Runner) -> None:
        """Take the runner; its start is over."""
        self._runner = runner
        self.seconds: dict[str, float] = {"each": 0.0, "by matter": 0.0}

    def each(self, work: Callable[[S, A], B], items: Sequence[A], shared: S) -> Iterator[tuple[A, B]]:
        """As the runner, with the time it took."""
        start = time.monotonic()
        done = list(self._runner.each(work, items, shared))
        self.seconds["each"] += time.monotonic() - start
        yield from done

    def by_matter(
        self, facts: Facts[S, A, B], decide: Decide[S, B, C], sources: Sequence[A], shared: S, claims: int
    ) -> list[C]:
        """As the runner, with the time it took."""
        start = time.monotonic()
        found = self._runner.by_matter(facts, decide, sources, shared, claims)
        self.seconds["by matter"] += time.monotonic() - start
        return found


@contextmanager
def opened(name: str, folder: Path) -> Iterator[Runner]:
    """A runner by its name in :data:`RUNS`, warm."""
    if "Spark" not in name:
        yield IN_PROCESS if name == RUNS[0] else InProcesses(2)
        return
    with cluster(folder, 1 if name == RUNS[2] else 2) as master, on_spark(master) as runner:
        list(runner.each(_nothing, range(8), 0))
        yield runner


def _nothing(_: int, item: int) -> int:
    time.sleep(0.5)  # long enough that every worker gets some
    return item


def run(name: str, sources: Path) -> dict[str, Any]:
    """One run, in this process."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, opened(name, Path(folder)) as runner:
        timed = Timed(runner)
        checked = check_corpus(sources.parent / "entities", sources, lambda _: None, runner=timed)
        if not checked.report.conforms:
            raise SystemExit(f"the imagined corpus is not valid: {checked.report.findings[:3]}")
        made = published_dataset(checked.described(), timed)
        lines = canonical_nquads(made.dataset).splitlines(keepends=True)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        **timed.seconds,
        "all": time.monotonic() - start,
        "cpu": sum(each.ru_utime + each.ru_stime for each in used),
        "memory": used[0].ru_maxrss >> 10,
        "quads": len(lines),
        "digest": digest_of(lines)[:12],
    }


def main(counts: list[int], names: list[str]) -> None:
    """Print a table in Markdown, a line for each run as soon as it is done."""
    head = "claims | where | checks, s | matters, s | all, s | processor, s | memory, MiB | quads | digest"
    print(f"| {head} |\n|{' --- |' * (head.count('|') + 1)}", flush=True)  # noqa: T201 - its purpose
    for claims in counts:
        with tempfile.TemporaryDirectory() as folder:
            # Without the shipped mappings, which speak of shipped sources, too.
            shutil.copytree(ENTITIES, Path(folder) / "entities")
            sources = Path(folder) / "sources"
            write_sources(sources, -(-claims // A_SOURCE), min(A_SOURCE, claims))
            for name in names:
                command = [sys.executable, "-m", __spec__.name, "--run", name, str(sources)]
                told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
                found = json.loads(told.splitlines()[-1])
                cells = [f"{claims:,}", name]
                cells += [f"{found[key]:.1f}" for key in ("each", "by matter", "all", "cpu")]
                cells += [f"{found['memory']:,}", f"{found['quads']:,}", found["digest"]]
                print(f"| {' | '.join(cells)} |", flush=True)  # noqa: T201 - its purpose


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", nargs="*", type=int, default=[2_500, 10_000])
    parser.add_argument("--runs", nargs="+", choices=RUNS, default=list(RUNS))
    parser.add_argument("--run", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        print(json.dumps(run(given.run[0], Path(given.run[1]))))  # noqa: T201 - its purpose
    else:
        main(given.claims, given.runs)
