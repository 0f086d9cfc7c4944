"""The project's own dataset, built and served once for all tests that ask it something."""

from __future__ import annotations

import fcntl
import functools
import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.endpoint.cli.compare import stored
from araxes.endpoint.service.published_files import BESIDE
from araxes.triples.authoring.corpus import ENTITIES, SOURCES
from araxes.triples.runners.processes import InProcesses
from araxes.triples.stores.versioned_store import publish
from araxes.validation.gate.check_corpus import check_corpus
from araxes.validation.gate.kept_results import Results
from araxes.validation.published import Published, published_dataset
from tests.endpoint.endpoint_fixtures import Server

_FOUND = "found.pickle"
"""Beside the store: claims and cases, as they were when its dataset was made."""


@pytest.fixture(scope="session")
def project_published(project_store: Path, project_dataset: ox.Dataset) -> Published:
    """What `araxes build` publishes of the project, with its claims and cases; no test changes it."""
    claims, cases = pickle.loads((project_store / _FOUND).read_bytes())
    return Published(project_dataset, claims, cases)


@pytest.fixture(scope="session")
def project_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Root of a store with the project's dataset as `araxes build` publishes it, made once for all.

    It is checked in units, by several processes.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    root = shared / "project-store"
    with (shared / "project-store.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "current").exists():
            kept, jobs = Results(Path(os.environ["ARAXES_CACHE"])), max(2, os.cpu_count() or 1)
            checked = check_corpus(ENTITIES, SOURCES, lambda _: None, runner=InProcesses(jobs), results=kept)
            made = published_dataset(checked.described())
            root.mkdir(exist_ok=True)
            (root / _FOUND).write_bytes(pickle.dumps((made.claims, made.cases)))
            publish(made.dataset, root, origin="build", beside=BESIDE)
    return root


@pytest.fixture(scope="session")
def project_dataset(project: ox.Store) -> ox.Dataset:
    """The project's dataset in memory; no test changes it."""
    return ox.Dataset(project)


@pytest.fixture(scope="session")
def project(project_store: Path) -> ox.Store:
    """The project's dataset, for queries."""
    return ox.Store.read_only(str((project_store / "current").resolve() / "db"))


_stored_once = functools.cache(stored)


@pytest.fixture
def compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the verbs that compare claims read a store and compare its claims the first time only."""
    for module in ("compare", "disputes"):
        monkeypatch.setattr(f"araxes.endpoint.cli.{module}.stored", _stored_once)


@pytest.fixture(scope="session")
def project_server(project_store: Path) -> Iterator[Server]:
    """A server over the project's dataset."""
    server = Server(project_store)
    yield server
    server.stop()
