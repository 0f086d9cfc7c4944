"""The document about one IRI: what the store says of it, for linked data.

It holds the default graph's statements about the IRI, about blank nodes below it and about
fragments of it (``IRI#…``); and, if the IRI names a graph, that graph. A claim's statements
stay in their graph: formats without named graphs leave them out rather than
make them look uncontested.
"""

from __future__ import annotations

import difflib
import time
from typing import IO, Any

import pyoxigraph as ox

from araxes.endpoint.sparql.formats import GRAPHS
from araxes.ontology.namespaces import AX, PREFIXES

_DEFAULT = ox.DefaultGraph()
_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_PARAPHRASE = ox.NamedNode(AX + "paraphrase")
_MOST_INCOMING = 100
_MOST_LABELS = 2000
_SEARCH_TIME = 0.3


def document(store: ox.Store, job: dict[str, Any], output: IO[bytes]) -> dict[str, Any]:
    """Write the document.

    Args:
        store: opened read-only.
        job: ``iri``; ``formats`` with a format each for "claim" (the IRI names a graph) and
            "resource"; ``prefixes``; ``namespace``, within which other IRIs are suggested.
        output: where the document goes; for "html" nothing is written and the reply holds ``page``.
    """
    node = ox.NamedNode(job["iri"])
    about = _about(store, node)
    is_graph = store.contains_named_graph(node)
    if not about and not is_graph:
        return {
            "error": "no-resource",
            "message": f"nothing is known of {node.value}",
            "suggestions": _suggestions(store, node.value, job["namespace"]),
        }
    inside = list(store.quads_for_pattern(None, None, None, node)) if is_graph else []
    name = job["formats"]["claim" if is_graph else "resource"]
    reply: dict[str, Any] = {"kind": "claim" if is_graph else "resource", "format": name}
    if name is None:
        return {"error": "not-acceptable", "message": "no acceptable format", "kind": reply["kind"]}
    if name == "html":
        reply["page"] = _page(store, node, about, inside)
        return reply
    rdf_format = GRAPHS[name]
    quads: list[Any] = [*about, *inside] if rdf_format.supports_datasets else [quad.triple for quad in about]
    text = "\n".join(map(str, quads))
    prefixes = {prefix: iri for prefix, iri in job["prefixes"].items() if "<" + iri in text}
    ox.serialize(quads, output, format=rdf_format, prefixes=prefixes)
    return reply


def _about(store: ox.Store, node: ox.NamedNode) -> list[ox.Quad]:
    """The default graph's quads with the node, its blank nodes and its fragments as subjects."""
    found: list[ox.Quad] = []
    pointing = (quad.subject for quad in store.quads_for_pattern(None, None, node, _DEFAULT))
    waiting: list[ox.NamedNode | ox.BlankNode] = [node]
    waiting += [
        subject
        for subject in pointing
        if isinstance(subject, ox.NamedNode) and subject.value.startswith(node.value + "#")
    ]
    seen = set()
    while waiting:
        subject = waiting.pop()
        if subject in seen:
            continue
        seen.add(subject)
        for quad in store.quads_for_pattern(subject, None, None, _DEFAULT):
            found.append(quad)
            term = quad.object
            below = isinstance(term, ox.BlankNode) or (
                isinstance(term, ox.NamedNode) and term.value.startswith(node.value + "#")
            )
            if below and not isinstance(term, ox.Literal | ox.Triple):
                waiting.append(term)
    return sorted(found, key=str)


class _Terms:
    """Terms as JSON, IRIs with their labels, each looked up once."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._labels: dict[str, list[list[str]]] = {}

    def __call__(self, term: Any) -> dict[str, Any]:
        if isinstance(term, ox.NamedNode):
            if term.value not in self._labels and len(self._labels) < _MOST_LABELS:
                self._labels[term.value] = self._look_up(term)
            return {
                "iri": term.value,
                "name": prefixed(term.value),
                "labels": self._labels.get(term.value, []),
            }
        if isinstance(term, ox.Literal):
            return {"text": term.value, "language": term.language or "", "datatype": term.datatype.value}
        return {"text": str(term), "language": "", "datatype": ""}

    def _look_up(self, node: ox.NamedNode) -> list[list[str]]:
        """Language and text of labels, else of paraphrases; only English and Persian where it has these."""
        for predicate in (_LABEL, _PARAPHRASE):
            objects = [quad.object for quad in self._store.quads_for_pattern(node, predicate, None, _DEFAULT)]
            found = [[term.language or "", term.value] for term in objects if isinstance(term, ox.Literal)]
            if found:
                both = [entry for entry in found if entry[0] in {"en", "fa"}]
                return sorted(both or found)
        return []


def prefixed(iri: str) -> str:
    """An IRI by the longest known prefix, or as it is.

    >>> prefixed("http://www.w3.org/2000/01/rdf-schema#label")
    'rdfs:label'
    """
    fitting = [(len(space), name) for name, space in PREFIXES.items() if iri.startswith(space)]
    if not fitting:
        return iri
    length, name = max(fitting)
    return f"{name}:{iri[length:]}"


def _page(store: ox.Store, node: ox.NamedNode, about: list[ox.Quad], inside: list[ox.Quad]) -> dict[str, Any]:
    """What the HTML page shows, ready for JSON."""
    shown = _Terms(store)

    def rows(quads: list[ox.Quad]) -> list[list[dict[str, Any]]]:
        return [[shown(quad.subject), shown(quad.predicate), shown(quad.object)] for quad in quads]

    claimed = []
    for quad in store.quads_for_pattern(node, None, None, None):
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name != node:
            claimed.append([shown(quad.predicate), shown(quad.object), shown(quad.graph_name)])
            if len(claimed) == _MOST_INCOMING:
                break
    incoming: list[list[dict[str, Any] | None]] = []
    more = False
    for quad in store.quads_for_pattern(None, None, node, None):
        if len(incoming) == _MOST_INCOMING:
            more = True
            break
        graph = quad.graph_name
        incoming.append(
            [
                shown(quad.subject),
                shown(quad.predicate),
                shown(graph) if isinstance(graph, ox.NamedNode) else None,
            ]
        )
    return {
        "node": shown(node),
        "about": rows(about),
        "inside": rows(inside),
        "claimed": claimed,
        "incoming": incoming,
        "more": more,
    }


def _suggestions(store: ox.Store, iri: str, namespace: str) -> list[str]:
    """IRIs that resemble one nobody knows; the search is cut off after a moment."""
    end = time.monotonic() + _SEARCH_TIME
    candidates: set[str] = set()
    for quad in store.quads_for_pattern(None, None, None, _DEFAULT):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(namespace):
            candidates.add(quad.subject.value)
        if time.monotonic() > end:
            break
    tail = iri.rpartition("/")[0] + "/"
    near = sorted(
        (entry for entry in candidates if entry.startswith(tail)),
        key=lambda entry: abs(len(entry) - len(iri)),
    )
    return difflib.get_close_matches(iri, near[:500] or sorted(candidates)[:2000], n=5, cutoff=0.7)
