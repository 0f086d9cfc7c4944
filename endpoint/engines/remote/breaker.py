"""A circuit breaker: an engine that fails again and again is asked no more until it answers a probe."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES = 3
"""Failures in a row after which nobody else is sent there."""

LONGEST = 30.0
"""Seconds between probes at most."""

_FIRST = 0.5


class Breaker:
    """Closed while the engine answers. All methods may be called from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin closed."""
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._pause = _FIRST
        self._next = 0.0
        self.reason = ""
        self.opened = 0
        """How often it was opened."""

    @property
    def open(self) -> bool:
        """Whether the engine counts as gone."""
        return self._failures >= FAILURES

    def succeeded(self) -> None:
        """The engine has answered."""
        with self._lock:
            self._failures, self._pause, self.reason = 0, _FIRST, ""

    def failed(self, reason: str, *, certain: bool = False) -> None:
        """The engine has not answered as it should.

        Args:
            reason: in words for operators and visitors.
            certain: whether no further failure is needed to know that the next will fail too.
        """
        with self._lock:
            was = self.open
            self._failures = max(self._failures + 1, FAILURES if certain else 0)
            self.reason = reason
            if self.open and not was:
                self.opened += 1
                self._pause = _FIRST
                self._next = self._clock() + self._pause

    def probe_due(self) -> bool:
        """Whether it is time to ask whether the engine is back; each time the next comes later."""
        with self._lock:
            if not self.open or self._clock() < self._next:
                return False
            self._pause = min(LONGEST, 2 * self._pause)
            self._next = self._clock() + self._pause
            return True

    def wait(self) -> int:
        """Whole seconds until the next probe, at least one: what clients are told."""
        with self._lock:
            return max(1, round(self._next - self._clock() + 0.5))
