"""Namespaces of corpora in a dataset: how the IRIs begin of what somebody described."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from araxes.ontology.namespaces import BASE, VOID

URI_SPACE = ox.NamedNode(VOID + "uriSpace")
"""The property by which a corpus says how the IRIs of what it describes begin (https://www.w3.org/TR/void/)."""


def own_spaces(quads: Iterable[ox.Quad]) -> tuple[str, ...]:
    """How the IRIs begin that the corpora of a dataset describe, and those of the project itself.

    >>> own_spaces([])
    ('https://w3id.org/araxes/',)
    """
    found = {
        quad.object.value
        for quad in quads
        if quad.predicate == URI_SPACE and isinstance(quad.object, ox.Literal)
    }
    return (BASE, *sorted(found - {BASE}))
