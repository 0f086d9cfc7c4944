"""The service behind the routes: admits, evaluates, and turns every failure into a problem."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from araxes.endpoint.engines.embedded.admission import (
    Admission,
    GoneError,
    QueueFullError,
    WaitTooLongError,
)
from araxes.endpoint.engines.embedded.embedded_engine import EmbeddedEngine
from araxes.endpoint.engines.embedded.spool import Spool, SpooledAnswer, SpoolFullError
from araxes.endpoint.engines.engine import Conditions, Engine, EngineUnavailableError, Evaluation
from araxes.endpoint.engines.jobs import Job, ReferenceJob
from araxes.endpoint.engines.remote.remote_engine import RemoteEngine
from araxes.endpoint.engines.replies import Answered, Failed
from araxes.endpoint.errors import HttpProblem, limit_problem
from araxes.endpoint.service.metrics import Levels, Metrics
from araxes.endpoint.service.ontology_reference import OntologyReference, from_json
from araxes.endpoint.service.rate_limit import RateLimiter, client_key
from araxes.endpoint.service.reply_problems import problem_of
from araxes.endpoint.service.result_cache import ResultCache
from araxes.endpoint.settings import Settings
from araxes.triples.stores.versioned_store import DIGEST, StoreVersion


@dataclass(frozen=True, slots=True)
class CompleteAnswer:
    """An answer that is there to its end.

    Attributes:
        reply: what the engine says of it.
        body: the file, positioned at its start; whoever gets it closes it.
        dataset: the version that was asked.
    """

    reply: Answered
    body: SpooledAnswer
    dataset: StoreVersion


def spool_problem(error: SpoolFullError, settings: Settings) -> HttpProblem:
    """What a full spool is to whoever asks for an answer."""
    return limit_problem(503, "spool-full", error.message, settings.limit("spool_size"), 5)


def _status(ready: bool, supervised: bool) -> str:
    """The state of the service in a word."""
    if not supervised:
        return "unsupervised"
    return "ok" if ready else "unavailable"


def _engine_of(settings: Settings) -> Engine:
    """The engine that the settings name."""
    if settings.text("engine"):
        return RemoteEngine(settings)
    return EmbeddedEngine(settings)


class Service:
    """Everything the routes share. Thread-safe."""

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        """Open the spool.

        Args:
            settings: limits and places.
            engine: what evaluates; by default the one that the settings name.

        Raises:
            NoStoreError: there is no store.
            RefusedError: the federation list holds something that is no endpoint.
        """
        self.settings = settings
        self.engine = engine or _engine_of(settings)
        self.admission = Admission(
            settings.integer("evaluators"),
            settings.integer("queue"),
            settings.number("long_after"),
            settings.integer("long_queries"),
            settings.integer("spares"),
        )
        self.spool = Spool(
            settings.text("spool_dir"), settings.size("spool_size"), settings.size("result_size")
        )
        self.rate = RateLimiter(settings.number("rate"), settings.integer("rate_burst"))
        self.cache = ResultCache(settings.size("cache_size"))
        self.metrics = Metrics(self.levels)
        self.started = time.time()
        self._lock = threading.Lock()
        self._reference: tuple[str, OntologyReference] | None = None

    @property
    def dataset(self) -> StoreVersion:
        """The version that is served."""
        return self.engine.dataset

    def start(self) -> None:
        """Start the engine.

        Raises:
            EngineUnavailableError: it does not become ready.
        """
        self.engine.start()

    def stop(self) -> None:
        """End the engine."""
        self.engine.stop()

    def check_rate(self, address: str) -> None:
        """Count a query of a client.

        Raises:
            HttpProblem: 429, the client sends too many.
        """
        seconds = self.rate.wait(client_key(address))
        if seconds:
            raise limit_problem(
                429, "rate", "this client sends queries too fast", self.settings.limit("rate"), seconds
            )

    def dataset_named(self, name: str) -> StoreVersion:
        """The dataset that a request names: by its SHA-256 or at least the first 12 digits of it.

        Raises:
            HttpProblem: 400, that is no digest; 404, no such dataset is kept.
        """
        found = DIGEST.fullmatch(name.strip().lower())
        if found is None:
            raise HttpProblem(
                400, "dataset", f"{name[:80]!r} names no dataset", "give its SHA-256, as /versions lists it"
            )
        if self.dataset.digest.startswith(found[1]):
            return self.dataset
        kept = self.engine.kept()
        for version in kept:
            if version.digest.startswith(found[1]):
                return version
        raise HttpProblem(
            404,
            "dataset",
            f"no dataset {found[1][:16]} is kept here",
            "take one of /versions, or leave out the field dataset to ask the present one",
            choices=[version.digest for version in kept],
        )

    def evaluate(
        self,
        job: Job,
        *,
        client: str,
        gone: Callable[[], bool],
        dataset: StoreVersion | None = None,
        timeout: float | None = None,
    ) -> CompleteAnswer:
        """Have a job answered completely.

        Args:
            job: what is asked.
            client: address, for fairness.
            gone: whether the client has disconnected.
            dataset: which is asked, if not the one that is served.
            timeout: seconds that it may take, where that is not the time of a query.

        Raises:
            HttpProblem: whatever went wrong.
        """
        limits = self.settings
        seconds = limits.number("timeout") if timeout is None else timeout
        try:
            ticket = self.admission.enter(client_key(client), limits.number("queue_wait"), gone)
        except QueueFullError as error:
            raise limit_problem(503, "queue-full", error.message, limits.limit("queue"), 2) from error
        except WaitTooLongError as error:
            raise limit_problem(503, "queue-wait", error.message, limits.limit("queue_wait"), 5) from error
        except GoneError as error:
            raise HttpProblem(503, "gone", error.message) from error
        try:
            answer = self.spool.open(
                limits.size("result_size"), client_key(client), limits.number("queue_wait")
            )
        except SpoolFullError as error:
            self.admission.leave(ticket)
            raise spool_problem(error, limits) from error
        try:
            conditions = Conditions(
                timeout=seconds,
                wait=limits.number("queue_wait"),
                newcomer=ticket.newcomer,
                gone=gone,
                overstays=lambda: self.admission.overstays(ticket),
            )
            evaluation = self._evaluated(job, answer, conditions, dataset)
            if isinstance(evaluation.reply, Failed):
                raise problem_of(evaluation.reply, limits)
            answer.complete()
        except BaseException:
            answer.close()
            raise
        finally:
            self.admission.leave(ticket)
        return CompleteAnswer(evaluation.reply, answer, evaluation.dataset)

    def reference(self, *, client: str, gone: Callable[[], bool]) -> tuple[str, OntologyReference]:
        """The digest of a dataset and the reference of its ontology, read once for each dataset.

        Raises:
            HttpProblem: it could not be had.
        """
        kept = self._reference
        if kept is not None and kept[0] == self.dataset.digest:
            return kept
        answer = self.evaluate(ReferenceJob(), client=client, gone=gone)
        # Whoever comes meanwhile waits for the one who reads.
        with answer.body, self._lock:
            if self._reference is None or self._reference[0] != answer.dataset.digest:
                self._reference = (answer.dataset.digest, from_json(answer.body.content()))
            return self._reference

    def _evaluated(
        self, job: Job, answer: SpooledAnswer, conditions: Conditions, dataset: StoreVersion | None
    ) -> Evaluation:
        try:
            return self.engine.evaluate(job, answer, conditions, dataset)
        except EngineUnavailableError as error:
            raise HttpProblem(
                503, "no-evaluator", error.message, "try again in a moment", headers={"Retry-After": "2"}
            ) from error

    def levels(self) -> Levels:
        """What ``/metrics`` says beside its counters."""
        running, waiting = self.admission.counts()
        version, state = self.dataset, self.engine.state()
        return Levels(
            busy=running,
            ready=state.ready,
            waiting=waiting,
            events=state.events,
            switches=state.switches,
            spool_used=self.spool.used(),
            spool_reserved=self.spool.reserved(),
            quads=version.quads,
            digest=version.digest,
            version=version.name,
        )

    def health(self) -> dict[str, Any]:
        """What ``/health`` says."""
        running, waiting = self.admission.counts()
        version, state = self.dataset, self.engine.state()
        ready = state.ready
        is_ready = bool(ready or running) and state.upstream.get("state") != "down"
        return {
            "status": _status(is_ready, state.supervised),
            "live": state.supervised,
            "ready": is_ready,
            "dataset": {
                "digest": version.digest,
                "version": version.name,
                "label": version.label,
                "quads": version.quads,
                "graphs": version.graphs,
                "built": version.built,
                "origin": version.origin,
            },
            "engine": dict(state.upstream) or {"state": "embedded"},
            "evaluators": {"ready": ready, "busy": running, "waiting": waiting},
            "protection": {
                "confinement": dict(state.confinement),
                "service": "allow-listed" if self.engine.federates else "refused",
            },
            "uptime": round(time.time() - self.started, 1),
        }
