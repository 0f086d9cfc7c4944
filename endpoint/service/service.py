"""The service behind the routes: admits, evaluates, and turns every failure into a problem."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from araxes.endpoint.engines.embedded.admission import (
    Admission,
    GoneError,
    QueueFullError,
    Ticket,
    WaitTooLongError,
)
from araxes.endpoint.engines.embedded.federation_relay import check_endpoint
from araxes.endpoint.engines.embedded.pool import NoEvaluatorError, Pool
from araxes.endpoint.engines.embedded.reply_problems import problem_of
from araxes.endpoint.engines.embedded.spool import Answer, Spool, SpoolFullError
from araxes.endpoint.errors import Problem, limit_problem
from araxes.endpoint.service.etags import ResultCache
from araxes.endpoint.service.metrics import Metrics
from araxes.endpoint.service.rate_limit import RateLimiter, client_key
from araxes.endpoint.settings import Settings
from araxes.triples.stores.versions import StoreVersion

_log = logging.getLogger("araxes.service")
_TRIES = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """A complete answer.

    Attributes:
        reply: the evaluator's, with ``kind`` and ``format``.
        answer: the file, positioned at its start; whoever gets it closes it.
        version: the store version that was asked.
    """

    reply: dict[str, Any]
    answer: Answer
    version: StoreVersion


class Service:
    """Everything the routes share. Thread-safe."""

    def __init__(self, settings: Settings) -> None:
        """Open the spool and find the store.

        Raises:
            NoStoreError: there is no store.
            RefusedError: the federation list holds something that is no endpoint.
        """
        self.settings = settings
        allowed = tuple(check_endpoint(iri) for iri in settings.texts("federation"))
        root = Path(settings.text("store"))
        places = settings.integer("evaluators")
        size = places + settings.integer("long_queries") + settings.integer("spares")
        self.pool = Pool(root, settings, size=size)
        # Its places are few: a federated query waits on others most of its time.
        self.federated = Pool(root, settings, size=2, allowed=allowed) if allowed else None
        self.admission = Admission(
            places,
            settings.integer("queue"),
            settings.number("long_after"),
            settings.integer("long_queries"),
            settings.integer("spares"),
        )
        self.spool = Spool(settings.text("spool_dir"), settings.size("spool_size"))
        self.rate = RateLimiter(settings.number("rate"), settings.integer("rate_burst"))
        self.cache = ResultCache(settings.size("cache_size"))
        self.metrics = Metrics()
        self.started = time.time()

    def start(self) -> None:
        """Start the evaluators.

        Raises:
            NoEvaluatorError: they do not become ready.
        """
        self.pool.start()
        if self.federated:
            try:
                self.federated.start()
            except NoEvaluatorError as error:
                raise NoEvaluatorError(
                    f"federation needs evaluators in a network namespace of their own: {error.message}",
                    "allow unprivileged user namespaces here, or leave the setting federation empty",
                ) from error
        for layer, state in self.pool.layers.items():
            if state != "on":
                _log.error(
                    "PROTECTION MISSING: the system does not confine evaluators (%s): %s", layer, state
                )

    def stop(self) -> None:
        """End the evaluators."""
        self.pool.stop()
        if self.federated:
            self.federated.stop()

    def check_rate(self, address: str) -> None:
        """Count a query of a client.

        Raises:
            Problem: 429, the client sends too many.
        """
        seconds = self.rate.wait(client_key(address))
        if seconds:
            raise limit_problem(
                429, "rate", "this client sends queries too fast", self.settings.limit("rate"), seconds
            )

    def evaluate(self, job: dict[str, Any], *, client: str, gone: Callable[[], bool]) -> Outcome:
        """Have a job answered completely.

        Args:
            job: see :mod:`araxes.endpoint.engines.embedded.run_job`.
            client: address, for fairness.
            gone: whether the client has disconnected.

        Raises:
            Problem: whatever went wrong.
        """
        limits = self.settings
        try:
            ticket = self.admission.enter(client_key(client), limits.number("queue_wait"), gone)
        except QueueFullError as error:
            raise limit_problem(503, "queue-full", error.message, limits.limit("queue"), 2) from error
        except WaitTooLongError as error:
            raise limit_problem(503, "queue-wait", error.message, limits.limit("queue_wait"), 5) from error
        except GoneError as error:
            raise Problem(503, "gone", error.message) from error
        try:
            answer = self.spool.open()
        except SpoolFullError as error:
            self.admission.leave(ticket)
            raise limit_problem(503, "spool-full", error.message, limits.limit("spool_size"), 5) from error
        try:
            reply, version = self._run(job, answer, ticket, gone)
            if "error" in reply:
                raise problem_of(reply, job, limits)
            answer.rewind()
        except BaseException:
            answer.close()
            raise
        finally:
            self.admission.leave(ticket)
        return Outcome(reply, answer, version)

    def _run(
        self, job: dict[str, Any], answer: Answer, ticket: Ticket, gone: Callable[[], bool]
    ) -> tuple[dict[str, Any], StoreVersion]:
        pool = self._pool_for(job)

        def watch() -> str:
            if gone():
                return "gone"
            # Without a warm evaluator for the next in line, stopping this one would help nobody yet.
            return "displaced" if pool.ready() > keep and self.admission.overstays(ticket) else ""

        # The last warm evaluator is for whoever has none.
        keep = 0 if ticket.newcomer or pool is self.federated else min(1, self.settings.integer("spares"))
        for _ in range(_TRIES):
            try:
                process = pool.take(self.settings.number("queue_wait"), keep)
            except NoEvaluatorError as error:
                raise Problem(
                    503, "no-evaluator", error.message, "try again in a moment", headers={"Retry-After": "2"}
                ) from error
            version = process.version
            timeout = self.settings.number("timeout")
            reply = pool.run(process, job, answer, timeout=timeout, watch=watch)
            # An evaluator that was killed while idle never saw the job: the next one gets it.
            if reply.get("error") != "stale":
                break
        return reply, version

    def _pool_for(self, job: dict[str, Any]) -> Pool:
        """Evaluators that can reach the gateway only get queries that may need it."""
        if self.federated and "SERVICE" in job.get("query", "").upper():
            return self.federated
        return self.pool

    def gauges(self) -> list[tuple[str, dict[str, str], float]]:
        """What ``/metrics`` adds to the counters."""
        running, waiting = self.admission.counts()
        version = self.pool.version
        counters = self.pool.counters
        labels = {"digest": version.digest, "version": version.name}
        happened = ("started", "killed", "crashed", "recycled")
        return [
            ("araxes_evaluators", {"state": "busy"}, running),
            ("araxes_evaluators", {"state": "ready"}, self.pool.ready()),
            ("araxes_queue", {}, waiting),
            *(("araxes_evaluators_total", {"event": name}, getattr(counters, name)) for name in happened),
            ("araxes_spool_bytes", {}, self.spool.used()),
            ("araxes_store_quads", labels, version.quads),
            ("araxes_store_switches_total", {}, counters.switched),
        ]

    def health(self) -> dict[str, Any]:
        """What ``/health`` says."""
        running, waiting = self.admission.counts()
        ready = self.pool.ready()
        version = self.pool.version
        layers = dict(self.pool.layers)
        return {
            "status": "ok" if ready or running else "unavailable",
            "live": True,
            "ready": bool(ready or running),
            "dataset": {
                "digest": version.digest,
                "version": version.name,
                "label": version.label,
                "quads": version.quads,
                "graphs": version.graphs,
                "built": version.built,
                "origin": version.origin,
            },
            "evaluators": {"ready": ready, "busy": running, "waiting": waiting},
            "protection": {"confinement": layers, "service": "allow-listed" if self.federated else "refused"},
            "uptime": round(time.time() - self.started, 1),
        }
