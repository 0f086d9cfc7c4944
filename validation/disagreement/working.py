"""Working facts: what SPARQL cannot work out by itself, added to the store in which rules are asked."""

from __future__ import annotations

import pyoxigraph as ox

from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH

WORKING = "https://w3id.org/araxes/working/"
"""Namespace of the working facts; they never leave the store."""

Graph = ox.NamedNode | ox.DefaultGraph


def fact(subject: str, name: str, value: ox.NamedNode | ox.Literal, graph: Graph | None = None) -> ox.Quad:
    """One working fact, of the default graph unless another is named.

    Args:
        subject: an IRI.
        name: local name of the property.
        value: what it says.
        graph: such as the claim in which alone it is so.
    """
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(WORKING + name), value, graph or DEFAULT_GRAPH)
