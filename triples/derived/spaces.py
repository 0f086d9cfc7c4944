"""Namespaces of corpora in a dataset: how the IRIs begin of what somebody described."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from araxes.ontology.modules_at_work import space_of
from araxes.ontology.namespaces import AX, BASE, VOID

URI_SPACE = ox.NamedNode(VOID + "uriSpace")
"""The property by which a corpus says how the IRIs of what it describes begin (https://www.w3.org/TR/void/)."""


def term_spaces(quads: Iterable[ox.Quad]) -> tuple[str, ...]:
    """How the IRIs of terms begin, in a dataset: those of our ontology, and of corpora's modules.

    >>> term_spaces([])
    ('https://w3id.org/araxes/ontology/',)
    """
    return (AX, *(space_of(space) for space in own_spaces(quads) if space != BASE))


def term_name(iri: str, spaces: tuple[str, ...] = (AX,)) -> str:
    """The local name of a term; empty for anything else.

    >>> term_name("https://w3id.org/araxes/ontology/supports"), term_name("https://example.org/x")
    ('supports', '')
    """
    return next((iri.removeprefix(space) for space in spaces if iri.startswith(space)), "")


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
