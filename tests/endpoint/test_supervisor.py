"""The thread that starts evaluators: the unforeseen does not end it; and if it ends, this is told."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from araxes.endpoint.engines.embedded.embedded_engine import EmbeddedEngine
from araxes.endpoint.engines.embedded.pool import Pool
from araxes.endpoint.http.app import create_app
from araxes.endpoint.service.service import Service
from araxes.endpoint.settings import load_settings
from araxes.triples.stores.versioned_store import publish
from tests.endpoint.endpoint_fixtures import small_dataset


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """Three real evaluators over a store of its own."""
    publish(small_dataset(), tmp_path, origin="load")
    flags = {"store": str(tmp_path), "evaluators": 1, "long_queries": 1, "spares": 1}
    running = Service(load_settings(flags, {}))
    running.start()
    try:
        until(lambda: running.engine.state().ready == 3)
        yield running
    finally:
        running.stop()


def _pool(service: Service) -> Pool:
    assert isinstance(service.engine, EmbeddedEngine)
    return service.engine._pool


def _health(service: Service, path: str = "/health") -> tuple[int, Any]:
    reply = create_app(service).test_client().get(path)
    return reply.status_code, reply.get_json()


@pytest.mark.parametrize("error", [RuntimeError, MemoryError, KeyError, ValueError, RecursionError])
def test_an_unforeseen_error_is_told_and_outlived(
    service: Service,
    error: type[Exception],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    pool = _pool(service)
    failed = threading.Event()

    def fail() -> None:
        failed.set()
        raise error("not foreseen")

    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(pool, "_follow", fail)
        assert failed.wait(60)
        until(lambda: "not foreseen" in caplog.text)
    until(lambda: _health(service)[1]["status"] == "ok")
    for process in list(pool._idle):
        process.kill()
    until(lambda: pool.ready() == 3)


def test_errors_without_end_are_a_failure_that_health_tells(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def fail() -> None:
            raise RuntimeError("again")

        patch.setattr(_pool(service), "_follow", fail)
        until(lambda: _health(service)[1]["status"] == "unsupervised")
        assert _health(service)[0] == 503
        assert _health(service, "/health/ready")[0] == 200  # there still are evaluators
    until(lambda: _health(service)[0] == 200)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_dead_supervisor_is_told(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def end() -> None:
        raise SystemExit

    monkeypatch.setattr(_pool(service), "_follow", end)
    until(lambda: _health(service)[1]["status"] == "unsupervised")
    assert _health(service)[0] == 503
    assert _health(service, "/health/live") == (503, {"live": False})


def test_a_store_without_link_is_told_once(
    service: Service, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    link = tmp_path / "current"
    target = link.readlink()
    with caplog.at_level(logging.ERROR):
        link.unlink()
        until(lambda: "cannot be followed" in caplog.text)
        time.sleep(1)
        link.symlink_to(target)
    assert caplog.text.count("cannot be followed") == 1
    assert _health(service)[1]["status"] == "ok"
