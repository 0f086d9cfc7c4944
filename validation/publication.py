"""The gate before publication: shapes and hygiene queries over one dataset."""

from __future__ import annotations

import pyoxigraph as ox

from araxes.validation.hygiene import hygiene_findings
from araxes.validation.shacl import Finding, data_graph, validate_graph


def examine(dataset: ox.Dataset) -> list[Finding]:
    """Everything that shapes and hygiene queries find, sorted; a ``violation`` stops publication."""
    store = ox.Store()
    store.bulk_extend(dataset)
    return sorted({*validate_graph(data_graph(dataset)), *hygiene_findings(store)})
