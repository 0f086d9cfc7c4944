"""The project's own dataset, built and served once for all tests that ask it something."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.endpoint.service.published_files import BESIDE
from araxes.triples.authoring.corpus import ENTITIES, SOURCES
from araxes.triples.stores.versions import publish
from araxes.validation.gate.check_corpus import check_corpus
from araxes.validation.gate.kept_results import Results
from araxes.validation.published import Published, published_dataset
from tests.endpoint.endpoint_fixtures import Server


@pytest.fixture(scope="session")
def project_published() -> Published:
    """What `araxes build` publishes of the project, with its claims and cases; no test changes it."""
    kept = Results(Path(os.environ["ARAXES_CACHE"]))
    jobs = os.cpu_count() or 1
    return published_dataset(
        check_corpus(ENTITIES, SOURCES, lambda _: None, jobs=jobs, results=kept).described()
    )


@pytest.fixture(scope="session")
def project_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Root of a store with the project's dataset as `araxes build` publishes it, made once for all."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    root = shared / "project-store"
    with (shared / "project-store.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "current").exists():
            made: Published = request.getfixturevalue("project_published")
            publish(ox.Dataset(made.dataset), root, origin="build", beside=BESIDE)
    return root


@pytest.fixture(scope="session")
def project_dataset(project: ox.Store) -> ox.Dataset:
    """The project's dataset in memory; no test changes it."""
    return ox.Dataset(project)


@pytest.fixture(scope="session")
def project(project_store: Path) -> ox.Store:
    """The project's dataset, for queries."""
    return ox.Store.read_only(str((project_store / "current").resolve() / "db"))


@pytest.fixture(scope="session")
def project_server(project_store: Path) -> Iterator[Server]:
    """A server over the project's dataset."""
    server = Server(project_store)
    yield server
    server.stop()
