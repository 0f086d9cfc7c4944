"""Counts of a dataset, taken once when it is published.

They feed the service description (VoID, https://www.w3.org/TR/void/), ``araxes
info`` and the health page, so that none of these costs a query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_VERSION = ox.NamedNode("http://www.w3.org/2002/07/owl#versionIRI")
_PREFERRED_PREFIX = ox.NamedNode("http://purl.org/vocab/vann/preferredNamespacePrefix")
_PREFERRED_NAMESPACE = ox.NamedNode("http://purl.org/vocab/vann/preferredNamespaceUri")

LISTED = 1000
"""At most so many named graphs are listed by IRI; all are counted."""


def statistics(quads: Iterable[ox.Quad]) -> dict[str, Any]:
    """Count a dataset in one pass.

    Returns a dictionary that JSON can hold, its keys sorted:
    ``default`` (triples of the default graph), ``triples`` (distinct, over all graphs),
    ``subjects``, ``objects`` (distinct), ``classes`` and ``properties`` (IRI → number of
    instances or triples), ``named`` (the first :data:`LISTED` graph IRIs → triples),
    ``versions`` (``owl:versionIRI`` values) and ``prefixes`` (by the VANN vocabulary).

    >>> from pyoxigraph import NamedNode, Quad
    >>> node = NamedNode("http://example.org/a")
    >>> statistics([Quad(node, node, node)])["default"]
    1
    """
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    graphs: Counter[str] = Counter()
    subjects: set[Any] = set()
    objects: set[Any] = set()
    triples: set[ox.Triple] = set()
    versions: set[str] = set()
    prefixes: dict[str, dict[str, str]] = {}
    default = 0
    for quad in quads:
        graph = quad.graph_name
        if isinstance(graph, ox.DefaultGraph):
            default += 1
        else:
            graphs[graph.value] += 1
        if quad.triple in triples:
            continue
        triples.add(quad.triple)
        subjects.add(quad.subject)
        objects.add(quad.object)
        properties[quad.predicate.value] += 1
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            classes[quad.object.value] += 1
        elif quad.predicate == _VERSION and isinstance(quad.object, ox.NamedNode):
            versions.add(quad.object.value)
        elif quad.predicate in (_PREFERRED_PREFIX, _PREFERRED_NAMESPACE):
            prefixes.setdefault(str(quad.subject), {})[quad.predicate.value] = getattr(
                quad.object, "value", ""
            )
    return {
        "default": default,
        "triples": len(triples),
        "subjects": len(subjects),
        "objects": len(objects),
        "classes": dict(sorted(classes.items())),
        "properties": dict(sorted(properties.items())),
        "named": dict(sorted(graphs.items())[:LISTED]),
        "versions": sorted(versions),
        "prefixes": _prefixes(prefixes),
    }


def _prefixes(declared: dict[str, dict[str, str]]) -> dict[str, str]:
    """Pairs of prefix and namespace that one subject declares together."""
    pairs = (
        (entry.get(_PREFERRED_PREFIX.value), entry.get(_PREFERRED_NAMESPACE.value))
        for entry in declared.values()
    )
    return dict(sorted((prefix, namespace) for prefix, namespace in pairs if prefix and namespace))
