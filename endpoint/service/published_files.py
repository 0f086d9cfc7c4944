"""What is made beside a store when it is published, so that serving it costs less and belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from araxes.endpoint.engines.embedded.run_job import REFERENCE_FILE
from araxes.endpoint.search import names_index, text_index
from araxes.endpoint.search.names_index import write_index
from araxes.endpoint.search.question_rows import write_text_index
from araxes.endpoint.service.ontology_reference import OntologyReference, TermQuestion, to_json
from araxes.endpoint.service.version_changes import (
    CHANGES_FILE,
    CONTENTS_FILE,
    changes_writer,
    write_contents,
)
from araxes.ontology.diagrams import drawings
from araxes.ontology.namespaces import ONTOLOGY, OWL, RDF, XSD
from araxes.ontology.reference import reference_of
from araxes.ontology.reference_entries import entries_of
from araxes.ontology.turtle_form import KINDS
from araxes.triples.stores import ontology_files
from araxes.triples.stores.ontology_files import keep_ontology_files
from araxes.validation.question_terms import questions_by_term

_DEFAULT = ox.DefaultGraph()
_DECLARED = (*map(str, KINDS), OWL + "Ontology")


def write_reference(store: ox.Store, path: Path) -> None:
    """Write the reference of the ontology that a store's default graph holds.

    Args:
        store: opened; is only read.
        path: of the new file.

    Raises:
        OSError: the disk refused.
    """
    path.write_bytes(to_json(reference_in(store)))


def reference_in(store: ox.Store) -> OntologyReference:
    """The reference of the ontology that a store's default graph holds."""
    graph = ontology_graph(store)
    modules = reference_of(graph) if len(graph) else {}
    if not modules:
        return OntologyReference({}, {}, {})
    known = entries_of(modules)
    questions = {
        term: tuple(TermQuestion(question.text, question.query) for question in found)
        for term, found in questions_by_term().items()
        if term in known
    }
    return OntologyReference(modules, questions, drawings(modules))


def ontology_graph(store: ox.Store) -> Graph:
    """The ontology of the project's namespace that a store's default graph holds."""
    graph = Graph()
    for quad in _ontology_quads(store):
        subject, value = _term(quad.subject), _term(quad.object)
        if subject is not None and value is not None:
            graph.add((subject, URIRef(quad.predicate.value), value))
    return graph


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node | None:
    """A term for rdflib, whatever a dataset holds; nothing for a triple."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        # Other datatypes tell a page nothing, and rdflib would complain of ill-formed values.
        return (
            Literal(term.value == "true") if term.datatype.value == XSD + "boolean" else Literal(term.value)
        )
    return None


def _ontology_quads(store: ox.Store) -> Iterator[ox.Quad]:
    """What is said of ontologies, of terms and of blank nodes below them; and which classes are disjoint."""
    rdf_type = ox.NamedNode(RDF + "type")

    def instances(kind: str) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Triple]:
        return (
            quad.subject for quad in store.quads_for_pattern(None, rdf_type, ox.NamedNode(kind), _DEFAULT)
        )

    waiting: list[ox.NamedNode | ox.BlankNode] = [
        subject
        for kind in _DECLARED
        for subject in instances(kind)
        if isinstance(subject, ox.NamedNode) and subject.value.startswith(ONTOLOGY + "/")
    ]
    if waiting:
        waiting += [node for node in instances(OWL + "AllDisjointClasses") if not isinstance(node, ox.Triple)]
    seen: set[ox.NamedNode | ox.BlankNode] = set()
    while waiting:
        subject = waiting.pop()
        if subject in seen:
            continue
        seen.add(subject)
        for quad in store.quads_for_pattern(subject, None, None, _DEFAULT):
            yield quad
            if isinstance(quad.object, ox.BlankNode):
                waiting.append(quad.object)


BESIDE: Mapping[str, Callable[[ox.Store, Path], None]] = {
    REFERENCE_FILE: write_reference,
    names_index.FILE: write_index,
    text_index.FILE: write_text_index,
    ontology_files.FOLDER: keep_ontology_files,
    CONTENTS_FILE: write_contents,
}
"""What is made beside each store that is published: name of a file or folder → its maker."""


def beside_in(root: Path) -> Mapping[str, Callable[[ox.Store, Path], None]]:
    """:data:`BESIDE`, and what differs from the dataset that is current in ``root``."""
    return {**BESIDE, CHANGES_FILE: changes_writer(root)}
