"""Work on queries of others in a thread with much stack: the engine recurses into nested groups."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

_STACK = 256 << 20
"""Bytes, as those that answer queries have; only what is used counts."""

Made = TypeVar("Made")


def with_room(work: Callable[[], Made]) -> Made:
    """What some work makes, or raises, done in a thread with much stack."""
    done: Future[Made] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    usual = threading.stack_size(_STACK)
    try:
        worker = threading.Thread(target=run)
        worker.start()
    finally:
        threading.stack_size(usual)
    worker.join()
    return done.result()
