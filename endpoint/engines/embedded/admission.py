"""Who may evaluate, who waits, who is sent away.

A fixed number of places; whoever finds none waits in a bounded queue that is fair between
client addresses: the next place goes to the waiting client with the fewest queries under
evaluation, and of these to the one that had the least time of evaluators lately. A full queue
takes a newcomer by sending away the latest request of the client that has most of them waiting
and under evaluation, or of as many had the most time lately; and a client with nothing under
evaluation may take a place beyond the number, of which there are as many as spare evaluators.
So one client that floods the service fills only its own share, and many that keep asking for much
stand behind whoever asks for little.

A query that runs long moves to one of a few places of its own, so that places for quick
queries stay free; one that finds none there gives way when others wait
(see :meth:`Admission.overstays`).
"""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from araxes.ontology.errors import AraxesError

_HALF_LIFE = 60.0
"""Seconds after which half of the time that a client had counts no more."""

_MOST_CLIENTS = 4096
"""Clients whose time is remembered; beyond, the half with the least is forgotten."""


class QueueFullError(AraxesError):
    """The queue is full, or this request was displaced from it."""


class WaitTooLongError(AraxesError):
    """The longest wait in the queue has passed."""


class GoneError(AraxesError):
    """The client went away."""


@dataclass(eq=False, slots=True)
class Ticket:
    """One request's place, or its wait for one."""

    client: str
    state: str = "waiting"  # waiting, running, displaced, done
    started: float = 0.0
    newcomer: bool = False
    event: threading.Event = field(default_factory=threading.Event)


class Admission:
    """Places, queue and fairness. All methods may be called from any thread."""

    def __init__(
        self, places: int, queue: int, long_after: float, long_places: int, reserve: int = 0
    ) -> None:
        """Set the limits.

        Args:
            places: quick evaluations at the same time.
            queue: requests that may wait.
            long_after: seconds after which an evaluation counts as long.
            long_places: long evaluations beside them, which nobody stops before their time limit.
            reserve: places for clients that have nothing under evaluation.
        """
        self._reserve = reserve
        self._places = places
        self._queue = queue
        self._long_after = long_after
        self._long_places = long_places
        self._lock = threading.Lock()
        self._waiting: list[Ticket] = []
        self._running: list[Ticket] = []
        self._spent: dict[str, tuple[float, float]] = {}  # client → seconds, as of a time

    def enter(self, client: str, longest: float, gone: Callable[[], bool]) -> Ticket:
        """Wait for a place.

        Args:
            client: whose request it is.
            longest: seconds to wait at most.
            gone: tells whether the client has disconnected.

        Raises:
            QueueFullError: no room to wait.
            WaitTooLongError: waited ``longest`` seconds.
            GoneError: the client disconnected.
        """
        ticket = Ticket(client)
        with self._lock:
            self._make_room(client)
            self._waiting.append(ticket)
            self._grant()
        end = time.monotonic() + longest
        while not ticket.event.wait(min(0.1, max(0.001, end - time.monotonic()))):
            with self._lock:
                self._grant()  # time alone moves long queries out of the way
            if gone():
                self._give_up(ticket, GoneError("the client went away"))
            if time.monotonic() >= end:
                self._give_up(ticket, WaitTooLongError("no evaluator became free in time"))
        if ticket.state == "displaced":
            raise QueueFullError("the queue is full, and this client had more of the service than others")
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give the place back."""
        with self._lock:
            ticket.state = "done"
            if ticket in self._running:
                self._running.remove(ticket)
                self._remember(ticket)
            self._grant()

    def overstays(self, ticket: Ticket) -> bool:
        """Whether a running evaluation must give way.

        It must when others wait, more evaluations run long than there are places for, and this
        one is the latest of them, or belongs to the client with most of them.
        """
        now = time.monotonic()
        if now - ticket.started < self._long_after:
            return False
        with self._lock:
            if not self._waiting:
                return False
            long = self._long(now)
            if len(long) <= self._long_places:
                return False
            shares = Counter(entry.client for entry in long)
            return ticket is max(long, key=lambda entry: (shares[entry.client], entry.started))

    def counts(self) -> tuple[int, int]:
        """Evaluations running, requests waiting."""
        with self._lock:
            return len(self._running), len(self._waiting)

    def _long(self, now: float) -> list[Ticket]:
        return [entry for entry in self._running if now - entry.started >= self._long_after]

    def _free(self) -> int:
        """Places for quick queries that nobody holds."""
        aside = min(len(self._long(time.monotonic())), self._long_places)
        return self._places - (len(self._running) - aside - self._newcomers())

    def _newcomers(self) -> int:
        return sum(entry.newcomer for entry in self._running)

    def _make_room(self, client: str) -> None:
        free = self._free()
        if len(self._waiting) < self._queue + max(free, 0):
            return
        requests = Counter(entry.client for entry in (*self._waiting, *self._running))
        used = self._used()
        weights = [(requests[entry.client], used(entry.client)) for entry in self._waiting]
        if not weights or (requests[client] + 1, used(client)) >= max(weights):
            raise QueueFullError("as many requests wait as may")
        latest = len(weights) - 1 - weights[::-1].index(max(weights))
        displaced = self._waiting.pop(latest)
        displaced.state = "displaced"
        displaced.event.set()

    def _used(self) -> Callable[[str], int]:
        """A function from a client to the whole seconds that its evaluations took lately, the running too.

        Whole seconds, so that among those who ask for little whoever came first is first.
        """
        now = time.monotonic()
        under_way: dict[str, float] = defaultdict(float)
        for entry in self._running:
            under_way[entry.client] += now - entry.started

        def used(client: str) -> int:
            return int(self._left(client, now) + under_way.get(client, 0.0))

        return used

    def _left(self, client: str, now: float) -> float:
        """What is left of the seconds that a client had."""
        seconds, stamp = self._spent.get(client, (0.0, now))
        return float(seconds * 0.5 ** ((now - stamp) / _HALF_LIFE))

    def _remember(self, ticket: Ticket) -> None:
        """Count the time of an evaluation that has ended."""
        now = time.monotonic()
        self._spent[ticket.client] = (self._left(ticket.client, now) + now - ticket.started, now)
        if len(self._spent) > _MOST_CLIENTS:
            most = sorted(self._spent, key=lambda client: self._left(client, now), reverse=True)
            self._spent = {client: self._spent[client] for client in most[: _MOST_CLIENTS // 2]}

    def _grant(self) -> None:
        while self._waiting:
            shares, used = Counter(entry.client for entry in self._running), self._used()
            ticket = min(self._waiting, key=lambda entry: (shares[entry.client], used(entry.client)))
            ticket.newcomer = self._free() <= 0
            if ticket.newcomer and (shares[ticket.client] or self._newcomers() >= self._reserve):
                return
            self._waiting.remove(ticket)
            ticket.state = "running"
            ticket.started = time.monotonic()
            self._running.append(ticket)
            ticket.event.set()

    def _give_up(self, ticket: Ticket, error: AraxesError) -> None:
        with self._lock:
            if ticket.state == "running":  # granted in the meantime: hand it on
                self._running.remove(ticket)
                self._grant()
            elif ticket in self._waiting:
                self._waiting.remove(ticket)
            ticket.state = "done"
        raise error
