"""Counts of a dataset, taken once when it is published.

They feed the service description (VoID, https://www.w3.org/TR/void/), ``araxes
info`` and the health page, so that none of these costs a query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from araxes.ontology.namespaces import INFERRED
from araxes.triples.stores.schema_partitions import schema_partitions

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
    instances or triples), ``partitions`` (of all that is not inferred, by
    :func:`~araxes.triples.stores.schema_partitions.schema_partitions`), ``named`` (the first
    :data:`LISTED` graph IRIs, or ``_:`` and label, → triples), ``versions`` (``owl:versionIRI`` values)
    and ``prefixes`` (by the VANN vocabulary).

    >>> from pyoxigraph import NamedNode, Quad
    >>> node = NamedNode("http://example.org/a")
    >>> statistics([Quad(node, node, node)])["default"]
    1
    """
    counts = _Counts()
    for quad in quads:
        counts.add(quad)
    return {
        "default": counts.default,
        "triples": len(counts.triples),
        "subjects": len(counts.subjects),
        "objects": len(counts.objects),
        "classes": dict(sorted(counts.classes.items())),
        "properties": dict(sorted(counts.properties.items())),
        "named": dict(sorted(counts.graphs.items())[:LISTED]),
        "partitions": schema_partitions(counts.stated),
        "versions": sorted(counts.versions),
        "prefixes": _prefixes(counts.prefixes),
    }


@dataclass(slots=True)
class _Counts:
    """Counts under way."""

    default: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    graphs: Counter[str] = field(default_factory=Counter)
    subjects: set[Any] = field(default_factory=set)
    objects: set[Any] = field(default_factory=set)
    triples: set[ox.Triple] = field(default_factory=set)
    stated: set[ox.Triple] = field(default_factory=set)
    versions: set[str] = field(default_factory=set)
    prefixes: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, quad: ox.Quad) -> None:
        """Count a quad; its triple only once, whatever the number of graphs that hold it."""
        if isinstance(quad.graph_name, ox.DefaultGraph):
            self.default += 1
        else:
            name = quad.graph_name
            self.graphs[name.value if isinstance(name, ox.NamedNode) else str(name)] += 1
        triple = quad.triple
        # Roles that follow from a relation would give every actor every property of every role.
        if not str(quad.graph_name).endswith(f"{INFERRED}>"):
            self.stated.add(triple)
        if triple in self.triples:
            return
        self.triples.add(triple)
        self.subjects.add(quad.subject)
        self.objects.add(quad.object)
        self.properties[quad.predicate.value] += 1
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            self.classes[quad.object.value] += 1
        elif quad.predicate == _VERSION and isinstance(quad.object, ox.NamedNode):
            self.versions.add(quad.object.value)
        elif quad.predicate in (_PREFERRED_PREFIX, _PREFERRED_NAMESPACE):
            declared = self.prefixes.setdefault(str(quad.subject), {})
            declared[quad.predicate.value] = getattr(quad.object, "value", "")


def _prefixes(declared: dict[str, dict[str, str]]) -> dict[str, str]:
    """Pairs of prefix and namespace that one subject declares together."""
    pairs = (
        (entry.get(_PREFERRED_PREFIX.value), entry.get(_PREFERRED_NAMESPACE.value))
        for entry in declared.values()
    )
    return dict(sorted((prefix, namespace) for prefix, namespace in pairs if prefix and namespace))
