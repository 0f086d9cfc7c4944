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
from araxes.validation.gate.check_corpus import check_corpus
from araxes.validation.gate.kept_results import Results
from araxes.validation.published import Published, published_dataset
from tests.endpoint.endpoint_fixtures import Server


@pytest.fixture(scope="session")
def project_published() -> Published:
    """The project's dataset as `araxes build` publishes it, with its claims and cases; no test changes it."""
    kept = Results(Path(os.environ["ARAXES_CACHE"]))
    return published_dataset(check_corpus(ENTITIES, SOURCES, lambda _: None, results=kept).described())


@pytest.fixture(scope="session")
def project_dataset(project_published: Published) -> ox.Dataset:
    """The dataset alone."""
    return project_published.dataset


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
