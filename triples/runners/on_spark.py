"""Work on Apache Spark: in this machine's processors (``local[2]``) or on a cluster (``spark://host:7077``).

Spark sends what is shared once to each worker (a broadcast), hands out sources, and brings facts of one
matter together from wherever they were made (a shuffle). The same functions run there as in one process.
Workers need the same Python with this package of the same version; nothing else is sent to them.
"""

from __future__ import annotations

import os
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from araxes.ontology.errors import InputError
from araxes.ontology.modules_at_work import modules_in_use, use_modules
from araxes.triples.runners.runner import TOGETHER, A, B, C, Decide, Facts, S

if TYPE_CHECKING:
    from pyspark import SparkContext

_LOOPBACK = ("local", "spark://127.0.0.1:", "spark://localhost:")
_MASTER = re.compile(r"local(\[(\d+|\*)\])?|spark://[^\s/]+|yarn|k8s://\S+")
_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
}
_A_PROCESSOR = 2
"""Parts for each processor, so that one that holds a large matter keeps the others waiting less."""


class OnSpark:
    """Work on the cluster of a context."""

    def __init__(self, context: SparkContext) -> None:
        """Take over an open context; :func:`on_spark` opens one."""
        self._context = context

    def each(self, work: Callable[[S, A], B], items: Sequence[A], shared: S) -> Iterator[tuple[A, B]]:
        """Each item with what a function makes of it, when all are done.

        Raises:
            InputError: Spark gave up.
        """
        if not items:
            return
        with _explained():
            sent, modules = self._context.broadcast(shared), modules_in_use()

        def made(item: A) -> B:
            use_modules(modules)
            return work(sent.value, item)

        with _explained():
            done = self._context.parallelize(list(items), len(items)).map(made).collect()
        sent.destroy()
        yield from zip(items, done, strict=True)

    def by_matter(
        self, facts: Facts[S, A, B], decide: Decide[S, B, C], sources: Sequence[A], shared: S, claims: int
    ) -> list[C]:
        """What is decided of all parts.

        Raises:
            InputError: Spark gave up.
        """
        if not sources:
            return []
        with _explained():
            sent, modules = self._context.broadcast(shared), modules_in_use()
        parts = max(_A_PROCESSOR * self._context.defaultParallelism, 1 + claims // TOGETHER)

        def taken(source: A) -> list[tuple[int, B]]:
            use_modules(modules)
            return list(facts(sent.value, source, parts))

        def decided(part: tuple[int, Any]) -> list[C]:
            use_modules(modules)
            return list(decide(sent.value, list(part[1])))

        with _explained():
            keyed = self._context.parallelize(list(sources), len(sources)).flatMap(taken)
            found = keyed.groupByKey(parts, partitionFunc=int).flatMap(decided).collect()
        sent.destroy()
        return found


@contextmanager
def on_spark(master: str) -> Iterator[OnSpark]:
    """Open Spark, and end it when all is done.

    Args:
        master: ``local[2]`` for two processors of this machine, or ``spark://host:7077``.

    Raises:
        InputError: that is no master, or Spark is not installed, or cannot be begun.
    """
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")  # not used here
    if not _MASTER.fullmatch(master):
        raise InputError(
            f"--spark: {master[:80]!r} is no master of Spark",
            "write local[2], or spark://HOST:7077 for a cluster",
        )
    try:
        from pyspark import SparkConf, SparkContext  # noqa: PLC0415 - an extra that few install
    except ImportError as error:
        raise InputError(
            "--spark needs PySpark, which is not installed", "install it: pip install 'araxes[spark]'"
        ) from error
    # Workers of this machine are asked to use this Python, whatever is first on the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = SparkConf().setMaster(master).setAppName("araxes").setAll(list(_QUIET.items()))
    if master.startswith(_LOOPBACK):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1")
    with _explained():
        context = SparkContext(conf=conf)
    try:
        yield OnSpark(context)
    finally:
        context.stop()


@contextmanager
def _explained() -> Iterator[None]:
    """What Spark and its Java say when they fail, in one line."""
    from py4j.protocol import Py4JError  # noqa: PLC0415 - comes with PySpark
    from pyspark.errors import PySparkException  # noqa: PLC0415 - as above

    try:
        yield
    except (PySparkException, Py4JError, OSError) as error:
        told = [line.strip() for line in str(error).splitlines() if line.strip()]
        reason = next((line for line in reversed(told) if "Error:" in line or "Exception:" in line), "")
        raise InputError(
            f"Spark gave up: {(reason or told[0] if told else type(error).__name__)[:300]}",
            "Spark needs Java 17 or later (JAVA_HOME), a master that can be reached, and workers with the "
            "same version of araxes; without --spark this machine does the work",
        ) from error
