"""Counters for Prometheus (text format 0.0.4)."""

from __future__ import annotations

import threading
from collections import Counter

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)

HELP = {
    "araxes_requests_total": ("counter", "Requests answered, by route, method and status."),
    "araxes_request_seconds": ("histogram", "Time until an answer was ready, by route."),
    "araxes_errors_total": ("counter", "Errors, by code."),
    "araxes_limits_total": ("counter", "Limits exceeded, by setting."),
    "araxes_cache_total": ("counter", "Looks into the result cache, by outcome."),
    "araxes_not_modified_total": ("counter", "Answers 304."),
    "araxes_evaluators": ("gauge", "Evaluators, by state."),
    "araxes_queue": ("gauge", "Requests waiting for an evaluator."),
    "araxes_evaluators_total": ("counter", "Evaluators, by what happened to them."),
    "araxes_spool_bytes": ("gauge", "Bytes of answers on their way."),
    "araxes_store_quads": ("gauge", "Quads served, with digest and version."),
    "araxes_store_switches_total": ("counter", "Times another store version was taken up."),
}
"""Name → kind and help, everything that is ever reported."""


class Metrics:
    """Counts from any thread."""

    def __init__(self) -> None:
        """Start at zero."""
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, tuple[tuple[str, str], ...]]] = Counter()
        self._times: dict[str, list[float]] = {}

    def count(self, name: str, **labels: str) -> None:
        """Add one."""
        with self._lock:
            self._counts[name, tuple(sorted(labels.items()))] += 1

    def observe(self, route: str, seconds: float) -> None:
        """Add a duration."""
        with self._lock:
            row = self._times.setdefault(route, [0.0] * (len(_BUCKETS) + 2))
            for index, bound in enumerate(_BUCKETS):
                if seconds <= bound:
                    row[index] += 1
            row[-2] += 1
            row[-1] += seconds

    def text(self, gauges: list[tuple[str, dict[str, str], float]]) -> str:
        """Everything, with gauges taken just now."""
        with self._lock:
            rows = [(name, dict(labels), float(value)) for (name, labels), value in self._counts.items()]
            times = {route: list(row) for route, row in self._times.items()}
        rows += gauges
        lines = []
        for name, (kind, text) in HELP.items():
            lines += [f"# HELP {name} {text}", f"# TYPE {name} {kind}"]
            lines += [_line(found, labels, value) for found, labels, value in rows if found == name]
            if kind == "histogram":
                lines += _histogram(name, times)
        return "\n".join(lines) + "\n"


def _histogram(name: str, times: dict[str, list[float]]) -> list[str]:
    lines = []
    for route, row in times.items():
        bounds = [*map(str, _BUCKETS), "+Inf"]
        for bound, value in zip(bounds, row, strict=False):
            lines.append(_line(name + "_bucket", {"route": route, "le": bound}, value))
        lines += [
            _line(name + "_sum", {"route": route}, row[-1]),
            _line(name + "_count", {"route": route}, row[-2]),
        ]
    return lines


def _line(name: str, labels: dict[str, str], value: float) -> str:
    inside = ",".join(f'{key}="{_escape(text)}"' for key, text in labels.items())
    number = int(value) if value == int(value) else value
    return f"{name}{{{inside}}} {number}" if inside else f"{name} {number}"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
