"""Which hostile probes reach a remote engine: ``python -m tests.benchmarks.bench_remote_wall``.

Every probe of a query goes through the app to a real engine. When the app has answered, the engine's
processor time is watched: if it goes on working, the wall of the app has only freed the visitor, not the
engine. The table is kept in ``endpoint/engines/remote/open_probes.toml``, from which the README's is made.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from araxes.endpoint.engines.remote import differences
from araxes.endpoint.service.published_files import BESIDE
from araxes.triples.stores.versioned_store import publish
from tests.endpoint.abuse_probes import _ENGINE as PROBES
from tests.endpoint.abuse_probes import Probe
from tests.endpoint.endpoint_fixtures import serving, small_dataset
from tests.endpoint.engine_fixtures import EngineServer, oxigraph_server, virtuoso_server

KEPT = Path(differences.__file__).with_name("open_probes.toml")
TIMEOUT = 8.0
SAMPLES = 15
"""Looks at an engine's threads; if most find one with something to do, the engine goes on."""

_PLACES = ("--evaluators", "2", "--long-queries", "1", "--spares", "1")

HELD, GOES_ON, ENDED = "held", "goes on", "ended"


def at_work(pid: int) -> bool:
    """Whether a thread of a process has something to do at this moment, however few processors there are."""
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                if (task / "stat").read_text().rpartition(")")[2].split()[0] == "R":
                    return True
    return False


def outcome(engine: EngineServer) -> str:
    """What an engine does after the app has answered."""
    time.sleep(0.5)  # what it only puts away is no work that lasts
    busy = 0
    for _ in range(SAMPLES):
        time.sleep(0.1)
        busy += at_work(engine.process.pid)
    if engine.process.poll() is not None:
        return ENDED
    return GOES_ON if busy > SAMPLES // 2 else HELD


@contextlib.contextmanager
def _fresh(kind: str, root: Path, folder: Path) -> Iterator[EngineServer]:
    made = oxigraph_server() if kind == "Oxigraph" else virtuoso_server(folder)
    with made as engine:
        engine.fill(root)
        yield engine


def walled(kind: str, probes: list[Probe], root: Path, tell: Callable[[str], object]) -> dict[str, str]:
    """Outcome of each probe; an engine that goes on or has ended is replaced."""
    found: dict[str, str] = {}
    left = list(probes)
    while left:
        with tempfile.TemporaryDirectory() as folder, _fresh(kind, root, Path(folder) / "v") as engine:
            flags = ("--engine", engine.query, "--timeout", str(TIMEOUT), "--memory", "256")
            with serving(root, *_PLACES, *flags, "--result-size", "32", "--stop-time", "1") as app:
                app.wait_ready(2, 240)
                while left:
                    probe = left.pop(0)
                    reply = probe.send(app)
                    found[probe.name] = outcome(engine)
                    tell(f"{kind}: {probe.name}: {reply.status}, {found[probe.name]}\n")
                    if found[probe.name] != HELD:
                        break
    return found


def kept() -> dict[str, dict[str, str]]:
    """The table as it is."""
    return tomllib.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}


def write(tables: dict[str, dict[str, str]]) -> None:
    """Write the table, in the order of the probes."""
    lines = ["# Written by python -m tests.benchmarks.bench_remote_wall.", ""]
    for kind, found in tables.items():
        rows = [f'"{probe.name}" = "{found[probe.name]}"' for probe in PROBES if probe.name in found]
        lines += [f"[{kind}]", *rows, ""]
    KEPT.write_text("\n".join(lines), "utf-8")


def main() -> None:
    """Try all, and write the table; with ``--resume`` only what it lacks."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no server is left behind
    tables = kept() if "--resume" in sys.argv else {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "store"
        publish(small_dataset(), root, origin="load", beside=BESIDE)
        for kind in ("Oxigraph", "Virtuoso"):
            left = [probe for probe in PROBES if probe.name not in tables.get(kind, {})]
            tables[kind] = tables.get(kind, {}) | walled(kind, left, root, sys.stdout.write)
            write(tables)


if __name__ == "__main__":
    main()
