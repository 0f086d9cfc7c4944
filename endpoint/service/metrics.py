"""What Prometheus is told: counters of this process, and the state of the service at the moment it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

_BUCKETS = (0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


@dataclass(frozen=True, slots=True)
class Levels:
    """The state of the service at one moment.

    Attributes:
        busy: evaluations running.
        ready: jobs that the engine could begin at once.
        waiting: requests waiting for an evaluation.
        events: event → how often it happened to evaluators.
        switches: how often another store version was taken up.
        spool_used: bytes of answers on their way.
        spool_reserved: bytes that count against the spool's budget.
        quads: quads served.
        digest: of the dataset served.
        version: its name.
    """

    busy: int
    ready: int
    waiting: int
    events: Mapping[str, int]
    switches: int
    spool_used: int
    spool_reserved: int
    quads: int
    digest: str
    version: str


class Metrics:
    """Counters, to be raised from any thread, in a registry of their own."""

    def __init__(self, levels: Callable[[], Levels]) -> None:
        """Start at zero; ``levels`` is asked whenever Prometheus asks."""
        # A second series beside every counter, of no use here. The library has no types for this.
        cast("Callable[[], None]", disable_created_metrics)()
        self._registry = registry = CollectorRegistry()
        labels = ("route", "method", "status")
        self.requests = Counter("araxes_requests", "Requests answered.", labels, registry=registry)
        self.seconds = Histogram(
            "araxes_request_seconds",
            "Time until an answer was ready.",
            ("route",),
            buckets=_BUCKETS,
            registry=registry,
        )
        self.errors = Counter("araxes_errors", "Errors, by code.", ("code",), registry=registry)
        self.limits = Counter("araxes_limits", "Limits exceeded, by setting.", ("limit",), registry=registry)
        self.cache = Counter("araxes_cache", "Looks into the result cache.", ("outcome",), registry=registry)
        self.not_modified = Counter("araxes_not_modified", "Answers 304.", registry=registry)
        registry.register(_State(levels))
        ProcessCollector(registry=registry)

    def exposed(self, accept: str) -> tuple[bytes, str]:
        """Everything, in the format that an Accept header asks for, with its content type.

        That is OpenMetrics or the text format of Prometheus, the latter if nothing is understood.
        """
        try:
            encoder, content_type = choose_encoder(accept)
        except (ValueError, TypeError):  # a version that is no number
            encoder, content_type = choose_encoder("")
        return encoder(self._registry), content_type


class _State(Collector):
    """Turns levels into metrics."""

    def __init__(self, levels: Callable[[], Levels]) -> None:
        self._levels = levels

    def describe(self) -> list[Metric]:
        """Nothing: there are no levels before the service has started."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The levels of this moment."""
        now = self._levels()
        evaluators = GaugeMetricFamily("araxes_evaluators", "Evaluators, by state.", labels=("state",))
        evaluators.add_metric(("busy",), now.busy)
        evaluators.add_metric(("ready",), now.ready)
        yield evaluators
        yield GaugeMetricFamily("araxes_queue", "Requests waiting for an evaluation.", now.waiting)
        # In the text format this and the states above would have one name without "_events".
        events = CounterMetricFamily(
            "araxes_evaluator_events", "Evaluators, by what happened to them.", labels=("event",)
        )
        for name, number in now.events.items():
            events.add_metric((name,), number)
        yield events
        yield GaugeMetricFamily("araxes_spool_bytes", "Bytes of answers on their way.", now.spool_used)
        yield GaugeMetricFamily(
            "araxes_spool_reserved_bytes", "Bytes that count against the spool's budget.", now.spool_reserved
        )
        quads = GaugeMetricFamily(
            "araxes_store_quads", "Quads served, with digest and version.", labels=("digest", "version")
        )
        quads.add_metric((now.digest, now.version), now.quads)
        yield quads
        yield CounterMetricFamily(
            "araxes_store_switches", "Times another store version was taken up.", now.switches
        )
