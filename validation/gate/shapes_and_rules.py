"""The gate before publication: shapes and hygiene queries over one dataset."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from araxes.triples.authoring.findings import Finding
from araxes.validation.gate.hygiene_rules import hygiene_findings
from araxes.validation.gate.shacl import (
    data_graph,
    described_graph,
    described_shapes,
    validate_graph,
)


def check_quads(quads: Iterable[ox.Quad]) -> list[Finding]:
    """Everything that shapes and hygiene queries find, sorted; a ``violation`` stops publication."""
    data = list(quads)
    store = ox.Store()
    store.bulk_extend(data)
    found = validate_graph(data_graph(data)) + validate_graph(described_graph(data), described_shapes())
    return sorted({*found, *hygiene_findings(store)})
