"""The spool: one budget that holds whatever is written, fair between clients."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from araxes.endpoint.engines.embedded import spool as spool_module
from araxes.endpoint.engines.embedded.spool import Spool, SpooledAnswer, SpoolFullError
from tests.endpoint.endpoint_fixtures import serving


def sent(spool: Spool, client: str, size: int, drops: list[str]) -> SpooledAnswer:
    """A complete answer that its client does not take."""
    answer = spool.open(size, client)
    answer.write(b"x" * size)
    answer.complete()

    def drop() -> None:
        drops.append(client)
        threading.Thread(target=answer.close).start()

    answer.taken_by(drop)
    return answer


def test_room_is_reserved_before_anything_is_written(tmp_path: Path) -> None:
    spool = Spool(str(tmp_path), 100)
    with spool.open(60) as first:
        assert (spool.used(), spool.reserved()) == (0, 60)
        with pytest.raises(SpoolFullError):
            spool.open(41)
        first.write(b"x" * 10)
        first.complete()
        assert (spool.used(), spool.reserved()) == (10, 10)
        with spool.open(90):
            assert spool.reserved() == 100
    assert (spool.used(), spool.reserved()) == (0, 0)
    spool.open(100).close()


def test_nothing_is_left_behind_and_no_name_is_seen(tmp_path: Path) -> None:
    spool = Spool(str(tmp_path), 100)
    answer = spool.open(100)
    answer.write(b"abc")
    assert list(tmp_path.iterdir()) == []
    assert not os.get_inheritable(answer.fileno())
    answer.close()
    answer.close()
    assert (spool.reserved(), answer.size) == (0, 0)


def test_a_writer_by_descriptor_and_the_reader_here_see_one_file(tmp_path: Path) -> None:
    answer = Spool(str(tmp_path), 100).open(100)
    copy = os.dup(answer.fileno())
    os.write(copy, b"from elsewhere")
    os.close(copy)
    answer.complete()
    assert (answer.read(4), answer.read(), answer.content()) == (b"from", b" elsewhere", b"from elsewhere")
    assert (answer.size, answer.reserved) == (14, 14)


def test_the_slowest_answer_of_the_largest_holder_goes_first(tmp_path: Path) -> None:
    spool, drops = Spool(str(tmp_path), 100), list[str]()
    large = [sent(spool, "large", 20, drops) for _ in range(3)]
    small = sent(spool, "small", 20, drops)
    for answer in (large[0], large[2], small):
        answer.read(15)
        answer.read(1)
    with spool.open(30, "newcomer", longest=5):
        assert drops == ["large"]
        assert large[1].size == 0
        assert large[0].size == large[2].size == small.size == 20


def test_whoever_has_most_is_told_to_take_it(tmp_path: Path) -> None:
    spool, drops = Spool(str(tmp_path), 100), list[str]()
    for _ in range(4):
        sent(spool, "large", 25, drops)
    with pytest.raises(SpoolFullError, match="must take"):
        spool.open(10, "large", longest=60)
    assert drops == []


def test_nobody_loses_an_answer_to_one_who_would_have_more(tmp_path: Path) -> None:
    spool, drops = Spool(str(tmp_path), 100), list[str]()
    for client in "abcd":
        sent(spool, client, 25, drops)
    with pytest.raises(SpoolFullError, match="as many answers as it may"):
        spool.open(25, "newcomer", longest=0.3)
    assert drops == []


def test_an_answer_that_nobody_takes_goes_for_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool_module, "_STALLED", 0.2)
    for asking in ("newcomer", "a"):
        spool, drops = Spool(str(tmp_path), 100), list[str]()
        taken = sent(spool, "b", 40, drops)
        sent(spool, "a", 60, drops)
        stop = time.monotonic() + 0.4
        while time.monotonic() < stop:
            taken.read(1)
            time.sleep(0.02)
        with spool.open(50, asking, longest=5):
            assert drops == ["a"]


def test_evaluations_are_waited_for(tmp_path: Path) -> None:
    spool = Spool(str(tmp_path), 100)
    under_way = spool.open(100, "a")
    threading.Timer(0.2, under_way.complete).start()
    for client in ("a", "b"):
        spool.open(40, client, longest=5)
    with pytest.raises(SpoolFullError):
        spool.open(40, "a", longest=0.2)


def test_of_those_who_wait_whoever_has_least_comes_first(tmp_path: Path) -> None:
    spool = Spool(str(tmp_path), 100)
    first, _second = spool.open(60, "large"), spool.open(40, "large")
    order: list[str] = []

    def wait(client: str) -> None:
        with contextlib.suppress(SpoolFullError):
            spool.open(60, client, longest=20)
            order.append(client)

    threads = []
    for client in ("large", "large", "newcomer"):
        threads.append(threading.Thread(target=wait, args=(client,), daemon=True))
        threads[-1].start()
        time.sleep(0.2)
    first.close()
    threads[-1].join(20)
    assert order == ["newcomer"]


def test_the_last_room_is_for_a_client_with_nothing_under_evaluation(tmp_path: Path) -> None:
    spool = Spool(str(tmp_path), 100, 25)
    running = [spool.open(25, "greedy") for _ in range(3)]
    with pytest.raises(SpoolFullError):
        spool.open(25, "greedy", longest=0.2)
    with pytest.raises(SpoolFullError):
        spool.open(1, "greedy", longest=0.2)
    with spool.open(25, "newcomer") as last:
        assert spool.reserved() == 100
        with pytest.raises(SpoolFullError):
            spool.open(1, "third", longest=0.2)
        last.complete()
        # What is complete is of the size that it is: the newcomer is the one who has nothing under way.
        spool.open(25, "newcomer").close()
    running[0].complete()
    with spool.open(25, "greedy"), spool.open(25, "newcomer"):
        assert spool.reserved() == 100


def test_whoever_may_not_enter_keeps_nobody_waiting(tmp_path: Path) -> None:
    """A client with the smaller share waits behind the last room; one with a larger share may take it."""
    spool, drops = Spool(str(tmp_path), 100, 20), list[str]()
    sent(spool, "larger", 50, drops)
    spool.open(20, "smaller")

    def wait() -> None:
        with pytest.raises(SpoolFullError):
            spool.open(20, "smaller", longest=1.5)

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    time.sleep(0.3)
    spool.open(20, "larger", longest=1).close()
    assert waiting.is_alive()
    waiting.join(20)
    assert drops == []


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_evaluations_of_one_client_leave_room_to_others(small_store: Path) -> None:
    with (
        serving(small_store, "--spool-size", "64", "--result-size", "32", "--timeout", "8") as server,
        ThreadPoolExecutor(5) as pool,
    ):
        endless = [pool.submit(server.post, ENDLESS, source="127.0.0.41") for _ in range(5)]
        while server.health()["evaluators"]["busy"] < 5:
            time.sleep(0.02)
        for _ in range(3):
            server.cheap("127.0.0.42")
        assert not any(one.done() for one in endless)
        for one in endless:
            assert one.result().code in ("timeout", "spool-full")


def test_the_budget_holds_under_many_hands(tmp_path: Path) -> None:
    spool, drops, worst = Spool(str(tmp_path), 1000), list[str](), [0]
    done = threading.Event()

    def use(client: str) -> None:
        for number in range(60):
            try:
                answer = spool.open(50 + number, client, longest=2)
            except SpoolFullError:
                continue
            answer.write(b"x" * (50 + number))
            answer.complete()
            answer.taken_by(lambda answer=answer: threading.Thread(target=answer.close).start())  # type: ignore[misc]
            if number % 3:
                answer.close()

    def watch() -> None:
        while not done.is_set():
            worst[0] = max(worst[0], spool.reserved(), spool.used())

    watcher = threading.Thread(target=watch)
    watcher.start()
    threads = [threading.Thread(target=use, args=(f"client {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    watcher.join()
    assert 0 < worst[0] <= 1000
    assert drops == []
