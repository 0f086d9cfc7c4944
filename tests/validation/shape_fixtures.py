"""The tiny corpus as a dataset to be damaged, and what shapes and rules then find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, OWL, RDF, RDFS, SKOS, XSD
from araxes.validation.gate.hygiene_rules import hygiene_findings
from araxes.validation.gate.shacl import shape_findings
from tests.dataset_helper import dataset_of
from tests.triples.corpus_fixtures import ENTITIES, TinyCorpus, claims, curation, source

SHAPES = "https://w3id.org/araxes/shapes/"
CLAIM = ox.NamedNode(BASE + "claim/test/001")
MADE = ox.NamedNode(CLAIM.value + "#made")
DEFAULT = ox.DefaultGraph()
INTEGER = ox.NamedNode(XSD + "integer")
DECIMAL = ox.NamedNode(XSD + "decimal")

Change = Callable[[ox.Store], None]
Node = ox.NamedNode | ox.Literal


def iri(name: str) -> ox.NamedNode:
    """A thing of the corpus."""
    return ox.NamedNode(BASE + name)


def ax(name: str) -> ox.NamedNode:
    """A term of the ontology."""
    return ox.NamedNode(AX + name)


def number(text: str, datatype: ox.NamedNode = INTEGER) -> ox.Literal:
    """A number."""
    return ox.Literal(text, datatype=datatype)


def drop(subject: ox.NamedNode, predicate: str, value: Node | None = None) -> Change:
    """Remove statements, in every graph."""

    def change(store: ox.Store) -> None:
        found = list(store.quads_for_pattern(subject, ox.NamedNode(predicate), value, None))
        assert found, "nothing to drop"
        for quad in found:
            store.remove(quad)

    return change


def erase(*nodes: ox.NamedNode) -> Change:
    """Remove some things with every statement about them and to them."""

    def change(store: ox.Store) -> None:
        for each in nodes:
            found = [*store.quads_for_pattern(each, None, None), *store.quads_for_pattern(None, None, each)]
            assert found, "nothing to erase"
            for quad in found:
                store.remove(quad)

    return change


def add(subject: ox.NamedNode, predicate: str, value: Node, graph: ox.NamedNode | None = None) -> Change:
    """Add a statement."""
    return lambda store: store.add(ox.Quad(subject, ox.NamedNode(predicate), value, graph or DEFAULT))


def swap(subject: ox.NamedNode, predicate: str, value: Node, graph: ox.NamedNode | None = None) -> Change:
    """Replace the values of a property, in every graph or in one."""

    def change(store: ox.Store) -> None:
        found = list(store.quads_for_pattern(subject, ox.NamedNode(predicate), None, graph))
        assert found, "nothing to replace"
        for quad in found:
            store.remove(quad)
            store.add(ox.Quad(subject, quad.predicate, value, quad.graph_name))

    return change


def all_of(*changes: Change) -> Change:
    """Several changes."""

    def change(store: ox.Store) -> None:
        for each in changes:
            each(store)

    return change


def node(kind: str, **properties: Node | list[Node]) -> Change:
    """Add to the first claim a node of a class with some properties."""
    return all_of(
        add(MADE, RDF + "type", ax(kind), CLAIM),
        *(
            add(MADE, AX + name, value, CLAIM)
            for name, values in properties.items()
            for value in (values if isinstance(values, list) else [values])
        ),
    )


def thing(name: str, kind: str) -> Change:
    """Add the record of an entity."""
    return all_of(
        add(iri(name), RDF + "type", ax(kind)),
        add(iri(name), RDFS + "label", ox.Literal(name, language="en")),
        add(iri(name), RDFS + "label", ox.Literal("نام", language="fa")),
    )


def term(name: str, kind: str) -> Change:
    """Declare a term of the ontology, with all that a term must have."""
    texts = (
        add(ax(name), predicate, ox.Literal(text, language=language))
        for predicate in (RDFS + "label", SKOS + "definition", SKOS + "example")
        for text, language in ((f"a new {name}", "en"), (f"واژهٔ نوی {name}", "fa"))
    )
    return all_of(
        add(ax(name), RDF + "type", ox.NamedNode(OWL + kind)),
        add(ax(name), RDFS + "isDefinedBy", ax("module/actors")),
        *texts,
    )


@cache
def sound() -> tuple[ox.Quad, ...]:
    """The dataset of the tiny corpus, built once."""
    with TemporaryDirectory() as folder:
        entities: list[dict[str, object]] = [dict(entity) for entity in ENTITIES]
        tiny = TinyCorpus(Path(folder), entities, source(), curation(), claims()).write()
        return tuple(dataset_of(tiny.entity_folder, tiny.source_folder))


def declarations(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The data, and of the ontology only what its terms are: all that the shapes ask of it."""
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode):
            own = not quad.subject.value.startswith(AX)
            if own or quad.predicate.value == RDF + "type":
                yield quad


def fired(change: Change | None) -> set[str]:
    """Names of all shapes and rules that find something after a change, whatever its severity."""
    store = ox.Store()
    store.bulk_extend(sound())
    if change:
        change(store)
    quads = list(declarations(store))
    found = (*shape_findings(quads), *hygiene_findings(store))
    return {finding.shape.removeprefix(SHAPES) for finding in found}
