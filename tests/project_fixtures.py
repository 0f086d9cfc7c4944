"""The project's own dataset, built and served once for all tests that ask it something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.triples.dataset import build_dataset
from araxes.triples.store import publish
from tests.endpoint_fixtures import Server


@pytest.fixture(scope="session")
def project_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Root of a store that holds the project's dataset."""
    dataset, _ = build_dataset()
    root = tmp_path_factory.mktemp("project") / "store"
    publish(dataset, root, origin="build")
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
