"""The project's own dataset, built and served once for all tests that ask it something."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.endpoint.service.published_files import BESIDE
from araxes.triples.authoring.corpus import ENTITIES, SOURCES
from araxes.triples.stores.versions import publish
from araxes.validation.gate.check_corpus import inspect_corpus
from araxes.validation.gate.kept_results import Results
from tests.endpoint.endpoint_fixtures import Server


@pytest.fixture(scope="session")
def project_dataset() -> ox.Dataset:
    """The project's dataset as `araxes build` publishes it; no test changes it."""
    found = inspect_corpus(
        ENTITIES, SOURCES, lambda _: None, results=Results(Path(os.environ["ARAXES_CACHE"]))
    )
    assert found.report.conforms, found.report.entries
    return found.dataset()[0]


@pytest.fixture(scope="session")
def project_store(project_dataset: ox.Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Root of a store that holds the project's dataset."""
    root = tmp_path_factory.mktemp("project") / "store"
    publish(ox.Dataset(project_dataset), root, origin="build", beside=BESIDE)
    return root


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
