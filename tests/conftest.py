"""Fixtures for all tests, each kept in the module of its subject."""

from __future__ import annotations

from tests.corpus_fixtures import tiny
from tests.endpoint_fixtures import server, small_store

__all__ = ["server", "small_store", "tiny"]
