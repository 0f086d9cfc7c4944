"""The gate before publication: shapes and hygiene queries over one dataset."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from araxes.validation.hygiene import hygiene_findings
from araxes.validation.shacl import Finding, data_graph, validate_graph


def examine(quads: Iterable[ox.Quad]) -> list[Finding]:
    """Everything that shapes and hygiene queries find, sorted; a ``violation`` stops publication."""
    data = list(quads)
    store = ox.Store()
    store.bulk_extend(data)
    return sorted({*validate_graph(data_graph(data)), *hygiene_findings(store)})
