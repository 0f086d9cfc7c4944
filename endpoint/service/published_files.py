"""What is made beside a store when it is published, so that serving it costs less and belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from araxes.endpoint.engines.embedded.run_job import REFERENCE_FILE
from araxes.endpoint.search.index import names_index, text_index
from araxes.endpoint.search.index.question_rows import index_writers
from araxes.endpoint.service.ontology_reference import OntologyReference, TermQuestion, to_json
from araxes.endpoint.service.version_changes import (
    CHANGES_FILE,
    CONTENTS_FILE,
    changes_writer,
    write_contents,
)
from araxes.ontology.diagrams import drawings
from araxes.ontology.namespaces import ONTOLOGY, OWL, XSD
from araxes.ontology.own_modules import modules_of_graph
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH, RDF_TYPE
from araxes.ontology.reference import reference_of
from araxes.ontology.reference_entries import entries_of
from araxes.ontology.turtle_form import KINDS
from araxes.triples.derived.spaces import URI_SPACE, term_spaces
from araxes.triples.stores import ontology_files
from araxes.triples.stores.ontology_files import keep_ontology_files
from araxes.validation.kept_questions import FILE as QUESTIONS_FILE
from araxes.validation.kept_questions import KeptQuestion, keeping_questions, kept_questions

_DECLARED = (*map(str, KINDS), OWL + "Ontology")


def write_reference(store: ox.Store, path: Path) -> None:
    """Write the reference of the ontology that a store's default graph holds.

    Args:
        store: opened; is only read.
        path: of the new file.

    Raises:
        OSError: the disk refused.
    """
    path.write_bytes(to_json(reference_in(store, kept_questions(path.parent))))


def reference_in(store: ox.Store, asked: Iterable[KeptQuestion] = ()) -> OntologyReference:
    """The reference of the ontology that a store's default graph holds.

    Args:
        store: opened; is only read.
        asked: the competency questions that its terms may serve.
    """
    graph = ontology_graph(store)
    own = modules_of_graph(graph)
    for module in own:
        graph.parse(data=module.working, format="nt")
    homes = {working: home for module in own for working, home in module.homes.items()}
    modules = reference_of(graph, homes) if len(graph) else {}
    if not modules:
        return OntologyReference({}, {}, {})
    known = entries_of(modules)
    questions: dict[str, tuple[TermQuestion, ...]] = {}
    for each in asked:
        asking = TermQuestion(each.question.text, each.question.query)
        for term in each.terms & known.keys():
            questions[term] = (*questions.get(term, ()), asking)
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

    def instances(kind: str) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Triple]:
        return (
            quad.subject
            for quad in store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(kind), DEFAULT_GRAPH)
        )

    spaces = (ONTOLOGY + "/", *term_spaces(store.quads_for_pattern(None, URI_SPACE, None, DEFAULT_GRAPH)))
    waiting: list[ox.NamedNode | ox.BlankNode] = [
        subject
        for kind in _DECLARED
        for subject in instances(kind)
        if isinstance(subject, ox.NamedNode) and f"{subject.value}/".startswith(spaces)
    ]
    if waiting:
        waiting += [node for node in instances(OWL + "AllDisjointClasses") if not isinstance(node, ox.Triple)]
    seen: set[ox.NamedNode | ox.BlankNode] = set()
    while waiting:
        subject = waiting.pop()
        if subject in seen:
            continue
        seen.add(subject)
        for quad in store.quads_for_pattern(subject, None, None, DEFAULT_GRAPH):
            yield quad
            if isinstance(quad.object, ox.BlankNode):
                waiting.append(quad.object)


def beside(asked: Sequence[KeptQuestion] | None = None) -> dict[str, Callable[[ox.Store, Path], None]]:
    """What is made beside each store that is published: name of a file or folder → its maker, in this order.

    Args:
        asked: the competency questions of the dataset; without them those of the shipped corpus.
    """
    names, texts = index_writers()
    return {
        QUESTIONS_FILE: keeping_questions(asked),  # first: the index and the reference read it
        REFERENCE_FILE: write_reference,
        names_index.FILE: names,
        text_index.FILE: texts,
        ontology_files.FOLDER: keep_ontology_files,
        CONTENTS_FILE: write_contents,
    }


BESIDE: Mapping[str, Callable[[ox.Store, Path], None]] = beside()
"""What is made beside a store of the shipped corpus alone."""


def beside_in(
    root: Path, asked: Sequence[KeptQuestion] | None = None
) -> Mapping[str, Callable[[ox.Store, Path], None]]:
    """What :func:`beside` makes, and what differs from the dataset that is current in ``root``."""
    return {**beside(asked), CHANGES_FILE: changes_writer(root)}
