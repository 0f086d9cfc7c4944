"""The second engine: any SPARQL 1.1 Protocol endpoint, asked by the same confined evaluators as the first.

What was published beside the dataset (indexes, the reference of the ontology) lies in the local store's
folder, of which the database itself is not needed. Names and words are looked for there; everything else is
asked of the engine. Evaluators check queries before, and read and write the answers after; this process only
carries bytes.
"""

from __future__ import annotations

import dataclasses
import logging
import socket
from collections.abc import Sequence
from pathlib import Path

from araxes.endpoint.engines.embedded.child_process import WORKSHOP
from araxes.endpoint.engines.embedded.pool import WORKSHOP_WAIT, Pool
from araxes.endpoint.engines.engine import AnswerFile, Conditions, EngineState, Evaluation
from araxes.endpoint.engines.jobs import AskedJob, DrawJob, FileJob, Job, NamesJob, ReferenceJob, SearchJob
from araxes.endpoint.engines.remote.engine_relay import EngineRelay
from araxes.endpoint.engines.remote.upstream import Upstream
from araxes.endpoint.engines.replies import Cause, Failed
from araxes.endpoint.search.index import names_index, text_index
from araxes.endpoint.settings import Settings, SettingsError
from araxes.ontology.errors import NoStoreError
from araxes.triples.stores.versioned_store import StoreVersion

_log = logging.getLogger("araxes.engine")
_LOCAL = (NamesJob, SearchJob, AskedJob, ReferenceJob)
"""Jobs that need nothing but what lies beside the dataset."""


class RemoteEngine:
    """See :class:`~araxes.endpoint.engines.engine.Engine`."""

    def __init__(self, settings: Settings) -> None:
        """Find what lies beside the dataset.

        Raises:
            NoStoreError: there is nothing, or a part of it is missing.
            SettingsError: SERVICE is to be allowed.
            InputError: the credentials cannot be read.
        """
        if settings.texts("federation"):
            raise SettingsError(
                "federation is set, but with a remote engine nothing here could bound its SERVICE calls",
                "leave federation empty, or serve with the embedded engine",
            )
        self._settings = settings
        self._upstream = Upstream(settings)
        size = sum(settings.integer(name) for name in ("evaluators", "long_queries", "spares"))
        self._pool = Pool(Path(settings.text("store")), settings, size=size, relay=self._relay)
        # Pictures need nothing but what stands in their jobs; files the database, which may lie here as well.
        self._workshop = Pool(Path(settings.text("store")), settings, size=1, program=WORKSHOP)
        _check_beside(self._pool.version)

    @property
    def dataset(self) -> StoreVersion:
        """The version that new jobs are evaluated on."""
        return self._pool.version

    @property
    def federates(self) -> bool:
        """SERVICE reaches nothing."""
        return False

    def start(self) -> None:
        """Start the evaluators; an engine that is not there yet may come later.

        Raises:
            EngineUnavailableError: evaluators do not become ready.
        """
        self._upstream.probe(self.dataset)
        if self._upstream.breaker.open:
            _log.error(
                "the engine at %s: %s; it is asked again and again",
                self._upstream.place,
                self._upstream.breaker.reason,
            )
        self._upstream.watch(lambda: self.dataset)
        self._pool.start()

    def stop(self) -> None:
        """End the evaluators, and with them their calls."""
        self._pool.stop()
        self._workshop.stop()
        self._upstream.stop()

    def kept(self) -> Sequence[StoreVersion]:
        """The present dataset: the engine holds no other."""
        return (self.dataset,)

    def evaluate(
        self, job: Job, answer: AnswerFile, conditions: Conditions, dataset: StoreVersion | None = None
    ) -> Evaluation:
        """Have an evaluator do a job, or the workshop.

        Raises:
            EngineUnavailableError: none was to be had.
        """
        if dataset is not None and dataset.digest != self.dataset.digest:
            message = f"the engine does not hold dataset {dataset.digest[:12]}, only the present one"
            failed = Failed(Cause.BAD_REQUEST, message, remedy="leave out the field dataset")
            return Evaluation(failed, self.dataset)
        if isinstance(job, DrawJob | FileJob):
            self._workshop.begin()
            conditions = dataclasses.replace(conditions, wait=max(conditions.wait, WORKSHOP_WAIT))
            return self._workshop.evaluate(job, answer, conditions, 0)
        breaker = self._upstream.breaker
        if breaker.open and not isinstance(job, _LOCAL):
            failed = Failed(Cause.ENGINE_UNREACHABLE, breaker.reason, remedy=str(breaker.wait()))
            return Evaluation(failed, self.dataset)
        keep = 0 if conditions.newcomer else min(1, self._settings.integer("spares"))
        return self._pool.evaluate(job, answer, conditions, keep)

    def _relay(self, channel: socket.socket, version: StoreVersion) -> EngineRelay:
        return EngineRelay(channel, self._upstream, version)

    def state(self) -> EngineState:
        """Counts of the pool's evaluators, and whether the engine answers."""
        events = dataclasses.asdict(self._pool.counters)
        switches = events.pop("switched")
        events["engine_lost"] = self._upstream.breaker.opened
        upstream = self._upstream.state()
        ready = self._pool.ready() if upstream["state"] == "up" else 0
        return EngineState(
            ready, events, switches, dict(self._pool.layers), self._pool.supervised(), upstream
        )


def _check_beside(version: StoreVersion) -> None:
    """See that the indexes are there: without a database here they cannot be made.

    Raises:
        NoStoreError: one is missing.
    """
    folder = version.path.parent
    missing = [name for name in (names_index.FILE, text_index.FILE) if not (folder / name).is_file()]
    if missing:
        raise NoStoreError(
            f"beside the engine's dataset there is no {' and no '.join(missing)} in {folder}",
            "publish again where the dataset was built: araxes publish --to URL --beside FOLDER",
        )
