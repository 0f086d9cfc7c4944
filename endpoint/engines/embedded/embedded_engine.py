"""The engine of this machine: pools of confined processes over the local store."""

from __future__ import annotations

import dataclasses
import logging
from pathlib import Path

from araxes.endpoint.engines.embedded.endpoint_call import check_endpoint
from araxes.endpoint.engines.embedded.pool import Pool
from araxes.endpoint.engines.engine import (
    AnswerFile,
    Conditions,
    EngineState,
    EngineUnavailableError,
    Evaluation,
)
from araxes.endpoint.engines.jobs import Job, QueryJob
from araxes.endpoint.settings import Settings, SettingsError
from araxes.triples.stores.versions import StoreVersion

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
        root = Path(settings.text("store"))
        size = sum(settings.integer(name) for name in ("evaluators", "long_queries", "spares"))
        self._pool = Pool(root, settings, size=size)
        self._federated = Pool(root, settings, size=_FEDERATED, allowed=allowed) if allowed else None

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
        if self._federated:
            self._federated.stop()

    def evaluate(self, job: Job, answer: AnswerFile, conditions: Conditions) -> Evaluation:
        """Have an evaluator do a job.

        Raises:
            EngineUnavailableError: no evaluator was to be had.
        """
        pool = self._pool_for(job)
        # The last warm evaluator is for whoever has none.
        keep = (
            0 if conditions.newcomer or pool is self._federated else min(1, self._settings.integer("spares"))
        )
        return pool.evaluate(job, answer, conditions, keep)

    def _pool_for(self, job: Job) -> Pool:
        """Evaluators that can reach the relay only get queries that may need it."""
        if self._federated and isinstance(job, QueryJob) and "SERVICE" in job.query.upper():
            return self._federated
        return self._pool

    def state(self) -> EngineState:
        """Counts of the pool's evaluators."""
        events = dataclasses.asdict(self._pool.counters)
        switches = events.pop("switched")
        supervised = all(pool.supervised() for pool in (self._pool, self._federated) if pool)
        return EngineState(self._pool.ready(), events, switches, dict(self._pool.layers), supervised)
