"""Literals in the form in which the store holds and serves them.

The engine keeps numbers, truth values, dates and durations as values: ``"1.10"^^xsd:decimal`` is served as
``1.1``, each type derived from ``xsd:integer`` as ``xsd:integer``, ``"P12M"^^xsd:duration`` as ``P1Y``. In
RDF such literals are different terms (https://www.w3.org/TR/rdf11-concepts/#section-Graph-Literal), so what
is counted, digested and exported has to be what the store serves. What becomes of one is asked of the engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from araxes.ontology.namespaces import RDF, XSD

_PLAIN = frozenset({XSD + "string", RDF + "langString", RDF + "dirLangString"})
_NODE = ox.NamedNode("urn:x")


def changed_literals(quads: Iterable[ox.Quad]) -> dict[ox.Literal, ox.Literal]:
    """The distinct literals of a dataset that the store holds in another form: as given → as stored.

    >>> ten = ox.Literal("010", datatype=ox.NamedNode(XSD + "byte"))
    >>> str(changed_literals([ox.Quad(_NODE, _NODE, ten)])[ten])
    '"10"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    given: set[ox.Literal] = set()
    for quad in quads:
        _collect(quad.object, given)
    ordered = list(given)
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:{number}"), _NODE, literal) for number, literal in enumerate(ordered)
    )
    stored = {int(quad.subject.value[4:]): quad.object for quad in store}
    pairs = ((literal, stored[number]) for number, literal in enumerate(ordered))
    return {literal: found for literal, found in pairs if literal != found}


def _collect(term: Any, found: set[ox.Literal]) -> None:
    """Gather the literals of a term that may be held as values; triple terms have literals inside."""
    if isinstance(term, ox.Literal):
        if term.datatype.value not in _PLAIN:
            found.add(term)
    elif isinstance(term, ox.Triple):
        _collect(term.object, found)


def as_stored(quads: Iterable[ox.Quad], changed: dict[ox.Literal, ox.Literal]) -> ox.Dataset:
    """A dataset with the changed literals in the form of the store; statements that become equal are one.

    Args:
        quads: the dataset.
        changed: of :func:`changed_literals`.
    """
    return ox.Dataset(
        ox.Quad(quad.subject, quad.predicate, _stored(quad.object, changed), quad.graph_name)
        if isinstance(quad.object, ox.Triple) or quad.object in changed
        else quad
        for quad in quads
    )


def _stored(term: Any, changed: dict[ox.Literal, ox.Literal]) -> Any:
    if isinstance(term, ox.Triple):
        return ox.Triple(term.subject, term.predicate, _stored(term.object, changed))
    return changed.get(term, term)
