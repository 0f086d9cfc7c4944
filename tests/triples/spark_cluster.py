"""A Spark cluster on the loopback: a master and its workers, begun by PySpark's own programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

_DEPLOY = "org.apache.spark.deploy"
_PATIENCE = 120
_STARTED = re.compile(r"Starting Spark master at (spark://127\.0\.0\.1:\d+)")
_JOINED = re.compile(r"Successfully registered with master")


def needs_spark() -> None:
    """Leave a test out where PySpark or Java is missing."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """A master with so many workers of one processor each; gives its address.

    Args:
        folder: where they write.
        workers: how many.
    """
    with ExitStack() as running:
        log = folder / "master.log"
        running.enter_context(_program(["master.Master"], log))
        address = _waited(log, _STARTED)
        for number in range(workers):
            own = folder / f"worker-{number}"
            options = ["--cores", "1", "--memory", "1500m", "--work-dir", str(own)]
            log = folder / f"worker-{number}.log"
            running.enter_context(_program(["worker.Worker", *options, address], log))
            _waited(log, _JOINED)
        yield address


@contextmanager
def _program(arguments: list[str], log: Path) -> Iterator[None]:
    import pyspark

    home = Path(pyspark.__file__).parent
    name, *others = arguments
    command = [str(home / "bin" / "spark-class"), f"{_DEPLOY}.{name}", "--host", "127.0.0.1", "--port", "0"]
    environment = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--webui-port", "0", *others], stdout=out, stderr=out, env=environment
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


def _waited(log: Path, pattern: re.Pattern[str]) -> str:
    """What a program writes when it is ready."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if found := pattern.search(log.read_text("utf-8", "replace")):
            return found[found.re.groups]
        time.sleep(0.2)
    raise AssertionError(f"no {pattern.pattern!r} in {log}:\n{log.read_text('utf-8', 'replace')[-2000:]}")
