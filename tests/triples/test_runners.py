"""Every runner gives the same results, and says what is wrong when it cannot."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from araxes.ontology.errors import InputError
from araxes.ontology.modules_at_work import OwnModule, modules_in_use, use_modules
from araxes.triples.runners.on_spark import on_spark
from araxes.triples.runners.processes import InProcesses
from araxes.triples.runners.runner import IN_PROCESS, InProcess, Runner, part_of
from tests.triples.spark_cluster import cluster, needs_spark

SOURCES = [("a", ["x", "y"]), ("b", ["y", "z", "x"]), ("c", ["w"])]
MODULE = OwnModule("own", "https://example.org/ontology/", frozenset(), "")


def facts(shared: str, source: tuple[str, list[str]], parts: int) -> Iterator[tuple[int, tuple[str, str]]]:
    name, matters = source
    for matter in matters:
        yield part_of(matter, parts), (matter, shared + name)


def together(shared: str, part: list[tuple[str, str]]) -> Iterator[str]:
    for matter in {matter for matter, _ in part}:
        who = sorted(name for each, name in part if each == matter)
        if len(who) > 1:
            yield f"{shared}{matter}: {' '.join(who)} {len(modules_in_use())}"


def named(shared: str, source: tuple[str, list[str]]) -> str:
    return f"{shared}{source[0]} {len(modules_in_use())}"


def failing(_: str, source: tuple[str, list[str]]) -> str:
    raise ValueError(f"nothing to be made of {source[0]}")


def dying(*_: object) -> str:
    os._exit(9)


def checked(runner: Runner) -> None:
    """Hold a runner to what all of them do."""
    use_modules([MODULE])
    done = runner.each(named, SOURCES, "-")
    assert sorted(name for _, name in done) == ["-a 1", "-b 1", "-c 1"]
    for claims in (3, 1_000_000):
        found = runner.by_matter(facts, together, SOURCES, "-", claims)
        assert sorted(found) == ["-x: -a -b 1", "-y: -a -b 1"]
    assert list(runner.each(named, [], "-")) == []
    assert runner.by_matter(facts, together, [], "-", 0) == []


@pytest.mark.parametrize("runner", [IN_PROCESS, InProcess(1), InProcesses(2), InProcesses(3, few=0)])
def test_all_runners_give_the_same(runner: Runner) -> None:
    checked(runner)


def test_spark_gives_the_same() -> None:
    needs_spark()
    with on_spark("local[2]") as runner:
        checked(runner)
        with pytest.raises(InputError, match=r"Spark gave up: .*nothing to be made of"):
            list(runner.each(failing, SOURCES, ""))


def test_spark_that_is_missing_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(InputError, match="PySpark, which is not installed") as raised, on_spark("local"):
        pass
    assert "araxes[spark]" in str(raised.value.remedy)


@pytest.mark.parametrize("master", ["", "nonsense", "local[two]", "http://127.0.0.1:7077", "spark://"])
def test_what_is_no_master_is_told_before_java_is_begun(master: str) -> None:
    with pytest.raises(InputError, match="is no master of Spark"), on_spark(master):
        pass


def test_a_cluster_that_is_gone_is_explained(tmp_path: Path) -> None:
    needs_spark()
    with cluster(tmp_path, workers=1) as master, on_spark(master) as runner:
        runner._context._jsc.stop()  # as when the master is lost: Java ends, Python is not told
        with pytest.raises(InputError, match="Spark gave up"):
            list(runner.each(named, SOURCES, ""))


def test_java_that_is_missing_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    needs_spark()
    from pyspark import SparkContext

    monkeypatch.setattr(SparkContext, "_gateway", None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InputError, match="Spark gave up") as raised, on_spark("local"):
        pass
    assert "JAVA_HOME" in str(raised.value.remedy)


def test_a_process_that_dies_is_explained() -> None:
    with pytest.raises(InputError, match="ended before it was done"), nullcontext():
        list(InProcesses(2).each(dying, SOURCES, ""))


def test_matters_go_to_the_same_part_everywhere_and_to_all_parts() -> None:
    parts = [part_of(f"<state/a> <state/{number}>", 16) for number in range(2_000)]
    assert part_of("<state/a> <state/b>", 1_000) == 871
    assert all(80 < parts.count(part) < 180 for part in range(16))
