"""Time and memory of validation as it grows: ``python -m tests.benchmarks.bench_validation [TIMES …]``.

The corpus is made from the model: at 1× it has as many sources and claims as the project, at 10× ten
times as many. Memory is that of all processes together, what they share counted once, sampled ten times
a second. Processor time tells growth also on a machine that does something else.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from araxes.triples.authoring.corpus import ENTITIES
from tests.triples.synthetic import write_sources

SOURCES, CLAIMS = 5, 365
"""Sources at 1×, and claims of each."""


@dataclass(frozen=True)
class Run:
    """One run: seconds on the clock and on processors, and the most memory of all its processes, in MiB."""

    seconds: float
    cpu: float
    memory: int


def memory(group: int) -> int:
    """KiB that the processes of a group hold now, what they share counted once (``Pss``)."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[2]) == group:
                lines = (folder / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, ValueError, IndexError):
            continue  # it has ended meanwhile
    return total


def validate(sources: Path, cache: Path, jobs: int) -> Run:
    """Run ``araxes validate``.

    Raises:
        SystemExit: it found something, so that the figures would mean nothing.
    """
    code = "from araxes.endpoint.cli.main import main; main()"
    options = ["--entities", str(ENTITIES), "--annotations", str(sources), "--cache", str(cache)]
    start, used = time.monotonic(), _cpu()
    process = subprocess.Popen(
        [sys.executable, "-c", code, "validate", *options, "--jobs", str(jobs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, memory(process.pid))
        time.sleep(0.1)
    seconds = time.monotonic() - start
    if process.returncode:
        raise SystemExit(f"the imagined corpus is not valid:\n{process.communicate()[0][:3000]}")
    return Run(seconds, _cpu() - used, peak >> 10)


def _cpu() -> float:
    """Processor seconds of all processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main(scales: list[int]) -> None:
    """Print a table in Markdown."""
    out = sys.stdout.write
    out("| claims | one process | CPU for 1,000 | memory | two processes | memory | one source changed |\n")
    out("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
    for scale in scales:
        with tempfile.TemporaryDirectory() as folder:
            sources = Path(folder) / "sources"
            write_sources(sources, SOURCES * scale, CLAIMS)
            claims = SOURCES * scale * CLAIMS
            one = validate(sources, Path(folder) / "one", 1)
            two = validate(sources, Path(folder) / "two", 2)
            changed = sources / "imagined-0001.yaml"
            changed.write_text(changed.read_text("utf-8").replace("number 1.", "the first."), "utf-8")
            again = validate(sources, Path(folder) / "two", 2)
        out(
            f"| {claims:,} | {one.seconds:.1f} s | {one.cpu * 1000 / claims:.2f} s | {one.memory} MiB "
            f"| {two.seconds:.1f} s | {two.memory} MiB | {again.seconds:.1f} s |\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [1, 10, 100])
