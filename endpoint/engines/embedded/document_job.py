"""The document about one IRI: what the store says of it, for linked data.

It holds the default graph's statements about the IRI, about blank nodes below it and about
fragments of it (``IRI#…``); and, if the IRI names a graph, that graph. A claim's statements
stay in their graph: formats without named graphs leave them out rather than
make them look uncontested. In RDF 1.2 every format can say them: as triple terms that the claim reifies.
"""

from __future__ import annotations

import itertools
from typing import IO, Any

import pyoxigraph as ox

from araxes.endpoint.engines.document_page import DocumentPage, ShownRow, ShownTerm, to_json
from araxes.endpoint.engines.jobs import DocumentJob
from araxes.endpoint.engines.replies import Answered, AnswerKind, Cause, Failed, Reply
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.matching.similar_iris import similar_iris
from araxes.endpoint.sparql.carried_answers import carried
from araxes.endpoint.sparql.formats import GRAPHS
from araxes.endpoint.sparql.prefixes import served_prefixes
from araxes.endpoint.sparql.rdf12 import VERSION, directed_statement, reifying
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import prefixed
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH, LABEL, PARAPHRASE

_MOST_INCOMING = 100
_MOST_LABELS = 2000
_MOST_ROWS = 2000
"""Statements about a node on its page; the RDF formats hold all."""

_MOST_NAMES = 10
"""Labels of one term on a page."""

_LONGEST_TEXT = 5000
"""Code points of a literal on a page."""


def write_document(store: ox.Store, names: Index | None, job: DocumentJob, output: IO[bytes]) -> Reply:
    """Write the document, or for "html" the parts of its page.

    Args:
        store: opened read-only.
        names: the index of names; without one nothing is suggested for an IRI that nobody knows.
        job: what to write about.
        output: where the document goes.
    """
    node = ox.NamedNode(job.iri)
    about = _about(store, node)
    is_graph = store.contains_named_graph(node)
    if not about and not is_graph:
        return Failed(
            Cause.NO_RESOURCE,
            f"nothing is known of {node.value}",
            suggestions=similar_iris(names, node.value, job.namespace) if names and job.suggest else (),
        )
    inside = list(store.quads_for_pattern(None, None, None, node)) if is_graph else []
    kind, name = (AnswerKind.CLAIM, job.claim) if is_graph else (AnswerKind.RESOURCE, job.resource)
    if name is None:
        return Failed(Cause.NOT_ACCEPTABLE, "no acceptable format", kind=kind)
    if name == "html":
        output.write(to_json(_page(store, node, about, inside)))
        return Answered(kind, name)
    rdf_format = GRAPHS[name]
    if job.versions[0 if is_graph else 1] == VERSION:
        about = [directed_statement(quad) for quad in (*about, *reifying(node, inside))]
        inside = [directed_statement(quad) for quad in inside]
    quads: list[Any] = [*about, *inside] if rdf_format.supports_datasets else [quad.triple for quad in about]
    text = "\n".join(map(str, quads))
    prefixes = {prefix: iri for prefix, iri in served_prefixes(job.namespace).items() if "<" + iri in text}
    with carried(output, name) as target:
        ox.serialize(quads, target, format=rdf_format, prefixes=prefixes)
    return Answered(kind, name)


def _about(store: ox.Store, node: ox.NamedNode) -> list[ox.Quad]:
    """The default graph's quads with the node, its blank nodes and its fragments as subjects."""
    found: list[ox.Quad] = []
    pointing = (quad.subject for quad in store.quads_for_pattern(None, None, node, DEFAULT_GRAPH))
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
        for quad in store.quads_for_pattern(subject, None, None, DEFAULT_GRAPH):
            found.append(quad)
            term = quad.object
            below = isinstance(term, ox.BlankNode) or (
                isinstance(term, ox.NamedNode) and term.value.startswith(node.value + "#")
            )
            if below and not isinstance(term, ox.Literal | ox.Triple):
                waiting.append(term)
    return sorted(found, key=str)


class _Shown:
    """ShownRow for a page, each looked up once."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._labels: dict[str, tuple[tuple[str, str], ...]] = {}

    def __call__(self, term: Any) -> ShownTerm:
        if isinstance(term, ox.NamedNode):
            if term.value not in self._labels and len(self._labels) < _MOST_LABELS:
                self._labels[term.value] = self._look_up(term)
            return ShownTerm(term.value, prefixed(term.value), self._labels.get(term.value, ()))
        if isinstance(term, ox.Literal):
            return ShownTerm(
                text=_cut(term.value), language=term.language or "", datatype=term.datatype.value
            )
        return ShownTerm(text=str(term))

    def _look_up(self, node: ox.NamedNode) -> tuple[tuple[str, str], ...]:
        """Language and text of labels, else of paraphrases; only English and Persian where it has these."""
        for predicate in (LABEL, PARAPHRASE):
            objects = [
                quad.object for quad in self._store.quads_for_pattern(node, predicate, None, DEFAULT_GRAPH)
            ]
            found = [(term.language or "", term.value) for term in objects if isinstance(term, ox.Literal)]
            if found:
                both = [entry for entry in found if entry[0] in LANGUAGES]
                return tuple((language, _cut(text)) for language, text in sorted(both or found)[:_MOST_NAMES])
        return ()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "…"


def _page(store: ox.Store, node: ox.NamedNode, about: list[ox.Quad], inside: list[ox.Quad]) -> DocumentPage:
    """What the HTML page shows. Whatever the dataset holds, a page stays readable."""
    shown = _Shown(store)
    claimed, incoming = _claimed(store, node), _incoming(store, node)
    bounds = (
        ("about", len(about), _MOST_ROWS),
        ("inside", len(inside), _MOST_ROWS),
        ("claimed", len(claimed), _MOST_INCOMING),
        ("incoming", len(incoming), _MOST_INCOMING),
    )

    def rows(quads: list[ox.Quad]) -> tuple[ShownRow, ...]:
        return tuple(
            (shown(quad.subject), shown(quad.predicate), shown(quad.object)) for quad in quads[:_MOST_ROWS]
        )

    def graph(quad: ox.Quad) -> ShownRow:
        return (shown(quad.graph_name),) if isinstance(quad.graph_name, ox.NamedNode) else ()

    return DocumentPage(
        node=shown(node),
        about=rows(about),
        inside=rows(inside),
        claimed=tuple(
            (shown(quad.predicate), shown(quad.object), *graph(quad)) for quad in claimed[:_MOST_INCOMING]
        ),
        incoming=tuple(
            (shown(quad.subject), shown(quad.predicate), *graph(quad)) for quad in incoming[:_MOST_INCOMING]
        ),
        shortened=tuple(name for name, number, most in bounds if number > most),
    )


def _claimed(store: ox.Store, node: ox.NamedNode) -> list[ox.Quad]:
    """What other graphs say of a node: one more than are shown, if there are so many."""
    quads = store.quads_for_pattern(node, None, None, None)
    outside = (
        quad for quad in quads if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name != node
    )
    return list(itertools.islice(outside, _MOST_INCOMING + 1))


def _incoming(store: ox.Store, node: ox.NamedNode) -> list[ox.Quad]:
    """What points to a node: one more than are shown, if there are so many."""
    return list(itertools.islice(store.quads_for_pattern(None, None, node, None), _MOST_INCOMING + 1))
