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

from araxes.ontology.namespaces import INFERRED, OWL, RDF, VANN
from araxes.triples.stores.schema_partitions import schema_partitions

_TYPE = RDF + "type"
_VERSION = OWL + "versionIRI"
_PREFERRED_PREFIX = VANN + "preferredNamespacePrefix"
_PREFERRED_NAMESPACE = VANN + "preferredNamespaceUri"

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
        # Each term of a quad is made anew when it is asked for: once is enough.
        triple, graph = quad.triple, quad.graph_name
        name = ""
        if isinstance(graph, ox.DefaultGraph):
            self.default += 1
        else:
            name = graph.value if isinstance(graph, ox.NamedNode) else str(graph)
            self.graphs[name] += 1
        # Roles that follow from a relation would give every actor every property of every role.
        if not name.endswith(INFERRED):
            self.stated.add(triple)
        if triple in self.triples:
            return
        self.triples.add(triple)
        subject, iri, value = triple.subject, triple.predicate.value, triple.object
        self.subjects.add(subject)
        self.objects.add(value)
        self.properties[iri] += 1
        if iri == _TYPE and isinstance(value, ox.NamedNode):
            self.classes[value.value] += 1
        elif iri == _VERSION and isinstance(value, ox.NamedNode):
            self.versions.add(value.value)
        elif iri in (_PREFERRED_PREFIX, _PREFERRED_NAMESPACE):
            self.prefixes.setdefault(str(subject), {})[iri] = getattr(value, "value", "")


def _prefixes(declared: dict[str, dict[str, str]]) -> dict[str, str]:
    """Pairs of prefix and namespace that one subject declares together."""
    pairs = ((entry.get(_PREFERRED_PREFIX), entry.get(_PREFERRED_NAMESPACE)) for entry in declared.values())
    return dict(sorted((prefix, namespace) for prefix, namespace in pairs if prefix and namespace))
