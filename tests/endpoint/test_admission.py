"""Who gets a place, who waits, who is sent away: fair between clients, however many ask for much."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

import pytest

from araxes.endpoint.engines.embedded import admission as admission_module
from araxes.endpoint.engines.embedded.admission import Admission, QueueFullError, Ticket


class Queue:
    """Requests that wait in threads of their own, in the order in which they were made."""

    def __init__(self, admission: Admission, pool: ThreadPoolExecutor) -> None:
        self.admission = admission
        self.pool = pool
        self.ended = threading.Event()

    def ask(self, client: str) -> Future[Ticket]:
        before = self._tickets()
        asked = self.pool.submit(self.admission.enter, client, 60, self.ended.is_set)
        while self._tickets() == before and not asked.done():
            time.sleep(0.001)
        return asked

    def _tickets(self) -> list[Ticket]:
        return [*self.admission._waiting, *self.admission._running]


@contextmanager
def queue(places: int, room: int, reserve: int = 0) -> Iterator[Queue]:
    with ThreadPoolExecutor(32) as pool:
        made = Queue(Admission(places, room, 60, 0, reserve), pool)
        try:
            yield made
        finally:
            made.ended.set()


def refused(asked: Future[Ticket]) -> bool:
    return isinstance(asked.exception(10), QueueFullError)


def spend(queue: Queue, client: str, seconds: float) -> None:
    """Let a client have had so much time of an evaluator."""
    ticket = queue.ask(client).result(10)
    ticket.started -= seconds
    queue.admission.leave(ticket)


def test_a_waiter_with_one_under_evaluation_gives_way_to_a_client_with_none() -> None:
    with queue(2, 2) as line:
        running = [line.ask(client).result(10) for client in ("a", "b")]
        waiting = [line.ask(client) for client in ("a", "b")]
        newcomer = line.ask("c")
        sent_away, kept = wait(waiting, 10, FIRST_COMPLETED)
        assert (len(sent_away), len(kept)) == (1, 1)
        first = sent_away.pop()
        assert refused(first)
        assert not newcomer.done()
        line.admission.leave(running[waiting.index(first)])
        assert newcomer.result(10).client == "c"
        assert line.ask("d").done() is False
        assert refused(line.ask("d")) is True


def test_many_who_keep_asking_for_much_stand_behind_whoever_did_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with queue(1, 8) as line:
        heavy = [f"heavy {number}" for number in range(9)]
        monkeypatch.setattr(admission_module, "_HALF_LIFE", 1e9)
        for client in heavy:
            spend(line, client, 1000.5)
        running = line.ask(heavy[0]).result(10)
        waiting = [line.ask(client) for client in heavy[1:]]
        newcomers = [line.ask(f"light {number}") for number in range(3)]
        assert [refused(one) for one in waiting[-3:]] == [True] * 3
        assert not any(one.done() for one in (*waiting[:-3], *newcomers))
        assert refused(line.ask(heavy[8]))
        for newcomer in newcomers:  # they come first, in the order in which they came
            line.admission.leave(running)
            running = newcomer.result(10)
        line.admission.leave(running)
        assert waiting[0].result(10).client == heavy[1]


def test_who_asks_for_as_much_as_all_others_is_refused_when_the_queue_is_full() -> None:
    with queue(1, 2) as line:
        line.ask("a").result(10)
        waiting = [line.ask(client) for client in ("b", "c")]
        assert refused(line.ask("d"))
        assert refused(line.ask("b"))
        assert not any(one.done() for one in waiting)


def test_one_client_floods_only_its_own_share() -> None:
    with queue(1, 4) as line:
        spend(line, "flood", 100)
        running = line.ask("flood").result(10)
        flood = [line.ask("flood") for _ in range(4)]
        assert refused(line.ask("flood"))
        others = [line.ask(client) for client in ("a", "b")]
        assert [refused(one) for one in flood[2:]] == [True, True]
        line.admission.leave(running)
        assert others[0].result(10).client == "a"


def test_time_is_forgotten_and_so_are_most_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission_module, "_MOST_CLIENTS", 10)
    with queue(1, 1) as line:
        for number in range(40):
            spend(line, f"client {number}", number)
        assert len(line.admission._spent) <= 10
        assert "client 39" in line.admission._spent
        monkeypatch.setattr(admission_module, "_HALF_LIFE", 1e-6)
        running = line.ask("x").result(10)
        waiting = line.ask("client 39")
        assert refused(line.ask("client 0"))  # what both had counts no more, so whoever came first stays
        line.admission.leave(running)
        assert waiting.result(10).client == "client 39"
