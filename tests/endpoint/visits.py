"""What others see of an attack, judged by what a busy machine cannot flip.

A server that an attack holds up is held up each time; a machine stands still now and then. So an attack
during which somebody waited is made again, at a fresh server that has kept nothing of the first time, and
others have been held up only if somebody waited each time.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.endpoint.endpoint_fixtures import WHOLE, Server, within

TIMES = 4
"""So often must an attack hold somebody up."""

LONGEST = 30.0
"""Nobody may wait so long (s), not even once."""


class Visits:
    """What others than the attacker saw while one attack went on."""

    def __init__(self) -> None:
        self.count = 0
        self.longest = 0.0
        self.late: list[str] = []

    def failed(self, what: str) -> None:
        """Somebody was not served."""
        self.count += 1
        self.late.append(what[:300])

    def took(self, seconds: float, soon: float = 1) -> None:
        """Something was done, after so many seconds; after how many it should be, on an idle machine."""
        self.count += 1
        self.longest = max(self.longest, seconds)
        if seconds > within(soon):
            self.late.append(f"{seconds:.2f} s, not {soon}")

    def cheap(self, server: Server, source: str = "127.0.0.1", soon: float = 1) -> None:
        """Ask what no cache answers."""
        try:
            self.took(server.cheap(source), soon)
        except (AssertionError, OSError) as error:
            self.failed(repr(error))

    def healthy(self, server: Server, source: str = "127.0.0.1", soon: float = 1) -> None:
        """Ask how the server is."""
        try:
            reply = server.request("GET", "/health", source=source)
        except OSError as error:
            self.failed(repr(error))
            return
        self.took(reply.seconds, soon)
        if reply.status != 200:
            self.failed(reply.text)

    @contextlib.contextmanager
    def all_the_time(self, server: Server, source: str) -> Iterator[None]:
        """Let somebody ask cheap things until the end of the block, at least once."""
        done = threading.Event()

        def visit() -> None:
            while True:
                self.cheap(server, source)
                self.healthy(server, source)
                if done.wait(0.1):
                    return

        visitor = threading.Thread(target=visit, daemon=True)
        visitor.start()
        try:
            yield
        finally:
            done.set()
            visitor.join()


def ready(server: Server) -> None:
    """Wait until all evaluators of a server with default numbers of them are there."""
    server.wait_ready(WHOLE, 120)


class Target:
    """A server to attack, and another like it whenever an attack is made again.

    Args:
        store: root of its store.
        flags: its settings.
        prepared: what is done with it before it is attacked.
    """

    def __init__(self, store: Path, *flags: str, prepared: Callable[[Server], object] = ready) -> None:
        self._store, self._flags = store, flags
        self._prepared = prepared
        self.server = self._start()

    def _start(self) -> Server:
        server = Server(self._store, *self._flags)
        try:
            self._prepared(server)
        except BaseException:
            server.stop()
            raise
        return server

    def renew(self) -> None:
        """End the server and start another."""
        self.server.stop()
        self.server = self._start()

    def __enter__(self) -> Target:
        return self

    def __exit__(self, *_: object) -> None:
        self.server.stop()


def unhindered(target: Target | Server, attack: Callable[[Server, Visits], None]) -> None:
    """Attack a server; nobody else may be held up.

    Args:
        target: what is attacked. A bare server is attacked again itself, where it can have kept nothing.
        attack: attacks a server and notes what others see; what it asserts itself must hold the first time.
    """
    seen = []
    for time in range(TIMES):
        if time and isinstance(target, Target):
            target.renew()
        visits = Visits()
        attack(target.server if isinstance(target, Target) else target, visits)
        assert visits.count
        assert visits.longest < LONGEST, f"somebody waited {visits.longest:.1f} s"
        if not visits.late:
            return
        seen.append(visits.late[:3])
    pytest.fail(f"others were held up each time: {seen}")


def soon(measure: Callable[[], float], seconds: float) -> None:
    """What is measured (s) of a state that lasts must be less at least once."""
    found: list[float] = []
    while not found or min(found) > within(seconds):
        assert len(found) < TIMES, found
        found.append(measure())
        assert found[-1] < LONGEST
