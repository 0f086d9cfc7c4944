"""Fixtures for all tests, each kept in the module of its subject."""

from __future__ import annotations

from tests.corpus_fixtures import tiny
from tests.endpoint_fixtures import server, small_store
from tests.project_fixtures import project, project_server, project_store

__all__ = ["project", "project_server", "project_store", "server", "small_store", "tiny"]
