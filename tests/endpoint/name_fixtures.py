"""The index of the whole project's names, and short ways to ask it."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest

from araxes.endpoint.search.index.names_index import Index, build_index
from araxes.endpoint.search.reconciliation.candidates import candidates
from araxes.endpoint.search.reconciliation.requests import parse_batch


@pytest.fixture(scope="session")
def names(project: ox.Store) -> Index:
    """The index of the whole project."""
    return build_index(project)


def found(names: Index, query: str | None = None, **members: Any) -> list[dict[str, Any]]:
    """The candidates for a query."""
    asked = members if query is None else {"query": query, **members}
    return [dict(one) for one in candidates(names, parse_batch(json.dumps({"q": asked}))["q"])]
