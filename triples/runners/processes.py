"""Work in several processes of this machine."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from araxes.ontology.errors import InputError
from araxes.ontology.modules_at_work import OwnModule, modules_in_use, use_modules
from araxes.triples.runners.runner import IN_PROCESS, TOGETHER, A, B, C, Decide, Facts, S, gathered

FEW = 5_000
"""So many claims are compared sooner than they are sent to other processes."""


class InProcesses:
    """As many processes as wanted, each taking the next item when it is done with one."""

    def __init__(self, jobs: int, few: int = FEW) -> None:
        """Take the number of processes, and of claims that are not worth sending to them."""
        self._jobs = jobs
        self._few = few

    def each(self, work: Callable[[S, A], B], items: Sequence[A], shared: S) -> Iterator[tuple[A, B]]:
        """Each item with what a function makes of it, as it is done.

        Raises:
            InputError: a process ended before it was done.
        """
        if len(items) < 2:
            yield from IN_PROCESS.each(work, items, shared)
            return
        with _pool(min(self._jobs, len(items)), shared) as pool:
            running = {pool.submit(_each, work, item): item for item in items}
            for done in as_completed(running):
                yield running[done], done.result()

    def by_matter(
        self, facts: Facts[S, A, B], decide: Decide[S, B, C], sources: Sequence[A], shared: S, claims: int
    ) -> list[C]:
        """What is decided of all parts.

        Raises:
            InputError: a process ended before it was done.
        """
        if claims <= self._few:
            return IN_PROCESS.by_matter(facts, decide, sources, shared, claims)
        parts = max(self._jobs, 1 + claims // TOGETHER)
        with _pool(self._jobs, shared) as pool:
            taken = [pool.submit(_facts, facts, source, parts) for source in sources]
            keyed = gathered(fact for done in taken for fact in done.result())
            decided = [pool.submit(_decided, decide, keyed.pop(part)) for part in sorted(keyed)]
            return [found for done in decided for found in done.result()]


@contextmanager
def _pool(jobs: int, shared: object) -> Iterator[ProcessPoolExecutor]:
    try:
        with ProcessPoolExecutor(
            jobs, _processes(), initializer=_prepare, initargs=(shared, modules_in_use())
        ) as pool:
            yield pool
    except BrokenProcessPool as error:
        raise InputError(
            "a process that worked for this one ended before it was done",
            "memory may have run out: use fewer --jobs",
        ) from error


def _processes() -> multiprocessing.context.BaseContext:
    """Forked where the system can: nothing here runs in threads, and what was read need not be sent."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else None)


_shared: list[Any] = []


def _prepare(shared: object, modules: tuple[OwnModule, ...]) -> None:
    _shared[:] = [shared]
    use_modules(modules)


def _each(work: Callable[[Any, A], B], item: A) -> B:
    return work(_shared[0], item)


def _facts(facts: Facts[Any, A, B], source: A, parts: int) -> list[tuple[int, B]]:
    return list(facts(_shared[0], source, parts))


def _decided(decide: Decide[Any, B, C], part: list[B]) -> Iterable[C]:
    return list(decide(_shared[0], part))
