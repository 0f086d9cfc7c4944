"""The engine of this machine: pools of confined processes over the local store."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from araxes.endpoint.engines.embedded.child_process import WORKSHOP, EvaluatorProcess, StartError
from araxes.endpoint.engines.embedded.endpoint_call import check_endpoint
from araxes.endpoint.engines.embedded.pool import WORKSHOP_WAIT, Pool
from araxes.endpoint.engines.engine import (
    AnswerFile,
    Conditions,
    EngineState,
    EngineUnavailableError,
    Evaluation,
)
from araxes.endpoint.engines.jobs import DrawJob, FileJob, Job, QueryJob
from araxes.endpoint.engines.replies import Cause
from araxes.endpoint.settings import Settings, SettingsError
from araxes.triples.stores.versioned_store import StoreVersion, datasets

_log = logging.getLogger("araxes.engine")
_FEDERATED = 2
"""Evaluators for federated queries: they wait for others most of their time."""


def _check_originals(settings: Settings) -> None:
    """See that what may be shown is there.

    Raises:
        SettingsError: it is not.
    """
    folder = settings.text("originals")
    if settings["show_passages"] and not (folder and Path(folder).is_dir()):
        raise SettingsError(
            f"show_passages is on, but originals = {folder!r} is no folder",
            "name the folder of the original texts, or leave show_passages off",
        )


class EmbeddedEngine:
    """See :class:`~araxes.endpoint.engines.engine.Engine`."""

    def __init__(self, settings: Settings) -> None:
        """Find the store.

        Raises:
            NoStoreError: there is none.
            RefusedError: the federation list holds something that is no endpoint.
            SettingsError: passages may be shown, but there is no folder of originals.
        """
        self._settings = settings
        _check_originals(settings)
        allowed = tuple(check_endpoint(iri) for iri in settings.texts("federation"))
        self._root = root = Path(settings.text("store"))
        self._kept: tuple[int, Sequence[StoreVersion]] = (-1, ())
        size = sum(settings.integer(name) for name in ("evaluators", "long_queries", "spares"))
        self._pool = Pool(root, settings, size=size)
        self._federated = Pool(root, settings, size=_FEDERATED, allowed=allowed) if allowed else None
        # Whoever needs no picture and no file need not wait for it or give it memory: it begins when asked.
        self._workshop = Pool(root, settings, size=1, program=WORKSHOP)

    @property
    def dataset(self) -> StoreVersion:
        """The version that new jobs are evaluated on."""
        return self._pool.version

    @property
    def federates(self) -> bool:
        """Whether SERVICE reaches any endpoint."""
        return self._federated is not None

    def start(self) -> None:
        """Start the evaluators.

        Raises:
            EngineUnavailableError: they do not become ready.
        """
        self._pool.start()
        if self._federated:
            try:
                self._federated.start()
            except EngineUnavailableError as error:
                raise EngineUnavailableError(
                    f"federation needs evaluators in a network namespace of their own: {error.message}",
                    "allow unprivileged user namespaces here, or leave the setting federation empty",
                ) from error
        for layer, state in self._pool.layers.items():
            if state != "on":
                _log.error(
                    "PROTECTION MISSING: the system does not confine evaluators (%s): %s", layer, state
                )

    def stop(self) -> None:
        """End the evaluators."""
        self._pool.stop()
        self._workshop.stop()
        if self._federated:
            self._federated.stop()

    def kept(self) -> Sequence[StoreVersion]:
        """The datasets in the store's root; looked for again when one came or went."""
        changed = (self._root / "versions").stat().st_mtime_ns
        if self._kept[0] != changed:
            self._kept = (changed, datasets(self._root))
        return self._kept[1]

    def evaluate(
        self, job: Job, answer: AnswerFile, conditions: Conditions, dataset: StoreVersion | None = None
    ) -> Evaluation:
        """Have an evaluator do a job.

        Raises:
            EngineUnavailableError: no evaluator was to be had.
        """
        pool = self._pool_for(job)
        # The last warm evaluator is for whoever has none.
        keep = (
            0 if conditions.newcomer or pool is not self._pool else min(1, self._settings.integer("spares"))
        )
        if dataset is not None and dataset.digest != self.dataset.digest:
            return self._replayed(job, answer, conditions.timeout, pool.watch(conditions, keep), dataset)
        if pool is self._workshop:
            conditions = dataclasses.replace(conditions, wait=max(conditions.wait, WORKSHOP_WAIT))
        return pool.evaluate(job, answer, conditions, keep)

    def _replayed(
        self,
        job: Job,
        answer: AnswerFile,
        timeout: float,
        watch: Callable[[], Cause | None],
        version: StoreVersion,
    ) -> Evaluation:
        """Have a job done on a dataset of the past, by an evaluator that is started for it alone.

        Whoever asks the past is rare, and admission bounds how many do so at once; the thread that starts
        the process waits for it, so that the process ends with its server.

        Raises:
            EngineUnavailableError: it did not start, say because the dataset was deleted just now.
        """
        try:
            process = EvaluatorProcess(version, self._settings, ())
        except (StartError, OSError) as error:
            raise EngineUnavailableError(
                f"no evaluator for dataset {version.digest[:12]}: {error}"
            ) from error
        try:
            return Evaluation(process.run(job, answer.fileno(), timeout, watch).reply, version)
        finally:
            process.kill()

    def _pool_for(self, job: Job) -> Pool:
        """The workshop makes things; evaluators that can reach the relay only get what may need it."""
        if isinstance(job, DrawJob | FileJob):
            self._workshop.begin()
            return self._workshop
        if self._federated and isinstance(job, QueryJob) and "SERVICE" in job.query.upper():
            return self._federated
        return self._pool

    def state(self) -> EngineState:
        """Counts of the pool's evaluators."""
        events = dataclasses.asdict(self._pool.counters)
        switches = events.pop("switched")
        supervised = all(pool.supervised() for pool in (self._pool, self._federated) if pool)
        return EngineState(self._pool.ready(), events, switches, dict(self._pool.layers), supervised)
