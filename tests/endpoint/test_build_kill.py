"""Killing a build at any moment leaves the old store serving."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox

from araxes.triples.stores.versions import current
from tests.triples.corpus_fixtures import TinyCorpus

KILLS = 12


def build(tiny: TinyCorpus, store: Path) -> subprocess.Popen[bytes]:
    """Start a build."""
    code = "from araxes.endpoint.cli.main import main; main()"
    folders = ["--entities", str(tiny.entity_folder), "--annotations", str(tiny.source_folder)]
    command = [sys.executable, "-c", code, "build", "--fresh", "--store", str(store), *folders]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_killed_build_leaves_the_old_store(tiny: TinyCorpus, tmp_path: Path) -> None:
    store = tmp_path / "store"
    start = time.monotonic()
    assert build(tiny, store).wait() == 0
    duration = time.monotonic() - start
    digest = current(store).digest
    tiny.claims.pop()
    tiny.write()
    chance = random.Random(20261120)
    killed = 0
    for _ in range(KILLS):
        process = build(tiny, store)
        time.sleep(chance.uniform(0.3, 1.0) * duration)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        version = current(store)
        served = ox.Store.read_only(str(version.path))
        assert len(list(served.named_graphs())) == version.graphs
        if version.digest != digest:
            break  # this one got through before it was killed
    assert killed, "every build was done before it could be killed: nothing was tested"
    assert build(tiny, store).wait() == 0
    served = ox.Store.read_only(str(current(store).path))
    claims = [graph.value for graph in served.named_graphs() if "#" not in str(graph.value)]
    assert len(claims) == 2, "the last build is not what is served"
    assert not list((store / "versions").glob(".building-*")), "remains of killed builds were not cleared"
