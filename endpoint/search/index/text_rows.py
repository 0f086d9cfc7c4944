"""What the full-text index holds: one row a thing that a reader may look for, taken from a store."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

import pyoxigraph as ox

from araxes.endpoint.search.index.indexed_entities import Entities, read_entities
from araxes.endpoint.search.index.indexed_terms import IndexedTerms, read_terms
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, DCTERMS, OWL
from araxes.ontology.oxigraph_terms import (
    ALT_LABEL,
    CLAIM_SOURCE,
    DEFAULT_GRAPH,
    DEFINITION,
    LABEL,
    PARAPHRASE,
    RDF_TYPE,
)
from araxes.triples.derived.spaces import URI_SPACE, term_name, term_spaces

SearchKind = Literal["name", "claim", "dispute", "question", "term"]
"""Kinds of things that are found."""

KINDS: tuple[SearchKind, ...] = get_args(SearchKind)
"""The same, in the order in which they are shown."""

_HOLDER = ox.NamedNode(AX + "holder")
_POSITION = ox.NamedNode(AX + "hasDisputePosition")
_AUTHOR = ox.NamedNode(AX + "sourceAuthor")
_CREATOR = ox.NamedNode(DCTERMS + "creator")
_TERMS = ("Class", "ObjectProperty", "DatatypeProperty", "NamedIndividual")
Texts = Mapping[str, str]
"""Language → text."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """One thing that can be found.

    Attributes:
        kind: what it is.
        path: its address on this server, without the first slash; an IRI of another namespace as a whole.
        title: what it is called or what it says, by language.
        body: what else is shown of it, by language.
        note: what tells it apart, by language.
        names: by which it is found besides.
        mentions: claims that speak of it.
    """

    kind: SearchKind
    path: str
    title: Texts
    body: Texts = field(default_factory=dict)
    note: Texts = field(default_factory=dict)
    names: tuple[str, ...] = ()
    mentions: int = 0


def text_rows(store: ox.Store, read: Entities | None = None) -> Iterator[TextRow]:
    """Everything that can be found in a dataset, always in the same order.

    Args:
        store: holds the dataset.
        read: its entities, if they are read already.
    """
    entities = read or read_entities(store, read_terms(store))
    terms = entities.terms
    about = _entities_of_claims(store, entities)
    mentions = Counter(name for found in about.values() for name in found)
    yield from _name_rows(entities, terms, mentions)
    yield from _claim_rows(store, entities, about)
    yield from dispute_rows(store)
    yield from _term_rows(store)


def dispute_rows(store: ox.Store) -> Iterator[TextRow]:
    """Where claims clash: the one place that says which things are disputes and what they are called.

    They are the disputes of a dataset with their positions; where none are folded yet, its disagreements.
    """
    for node in _instances(store, "PointAtIssue") or _instances(store, "Disagreement"):
        positions = [
            _texts(store, quad.object, LABEL)
            for quad in store.quads_for_pattern(node, _POSITION, None, DEFAULT_GRAPH)
            if isinstance(quad.object, ox.NamedNode)
        ]
        body = {
            language: " – ".join(said)
            for language in LANGUAGES
            if (said := sorted(texts[language] for texts in positions if language in texts))
        }
        yield TextRow("dispute", node.value.removeprefix(BASE), _texts(store, node, LABEL), body)


def has_claims(store: ox.Store) -> bool:
    """Whether a dataset holds claims that are put into words."""
    return next(iter(store.quads_for_pattern(None, PARAPHRASE, None, DEFAULT_GRAPH)), None) is not None


def _name_rows(entities: Entities, terms: IndexedTerms, mentions: Mapping[str, int]) -> Iterator[TextRow]:
    for name, entity in entities.found.items():
        kinds = sorted(entity.types)
        note = {
            language: "، ".join(found) if language == "fa" else ", ".join(found)
            for language in LANGUAGES
            if (
                found := [
                    terms.classes[kind].labels.get(language, kind) for kind in kinds if kind in terms.classes
                ]
            )
        }
        title = {tag: entity.labels[tag] for tag in LANGUAGES if tag in entity.labels}
        others = dict.fromkeys(text for _, text in entity.names if text not in title.values())
        yield TextRow(
            "name", name, title or {"": entities.label(name)}, {}, note, tuple(others), mentions.get(name, 0)
        )


def _claim_rows(
    store: ox.Store, entities: Entities, about: Mapping[str, tuple[str, ...]]
) -> Iterator[TextRow]:
    for iri, found in about.items():
        claim = ox.NamedNode(iri)
        said = [
            _texts(store, quad.object, LABEL)
            for predicate in (_HOLDER, CLAIM_SOURCE)
            for quad in store.quads_for_pattern(claim, predicate, None, DEFAULT_GRAPH)
            if isinstance(quad.object, ox.NamedNode)
        ]
        note = {
            language: " · ".join(dict.fromkeys(texts[language] for texts in said if language in texts))
            for language in LANGUAGES
        }
        names = [text for name in found for _, text in entities.found[name].names]
        # By its source's title every claim of a source would be found, and by nothing that it says.
        for holder in _holders(store, claim):
            names += _texts(store, holder, LABEL).values()
        title = _texts(store, claim, PARAPHRASE)
        yield TextRow("claim", iri.removeprefix(BASE), title, {}, note, tuple(dict.fromkeys(names)))


def _holders(store: ox.Store, claim: ox.NamedNode) -> Iterator[ox.NamedNode]:
    """Who holds a claim; of a source's own authors, who are called after its title, those that it names."""
    for quad in store.quads_for_pattern(claim, _HOLDER, None, DEFAULT_GRAPH):
        holder = quad.object
        if not isinstance(holder, ox.NamedNode):
            continue
        own = next(iter(store.quads_for_pattern(None, _AUTHOR, holder, DEFAULT_GRAPH)), None) is not None
        people = store.quads_for_pattern(holder, _CREATOR, None, DEFAULT_GRAPH)
        named = (each.object for each in people) if own else iter((holder,))
        yield from (each for each in named if isinstance(each, ox.NamedNode))


def _entities_of_claims(store: ox.Store, entities: Entities) -> dict[str, tuple[str, ...]]:
    """Claim → the entities that it speaks of; of all claims that are put into words."""
    claims = {
        quad.subject.value
        for quad in store.quads_for_pattern(None, PARAPHRASE, None, DEFAULT_GRAPH)
        if isinstance(quad.subject, ox.NamedNode)
    }
    found: dict[str, tuple[str, ...]] = {}
    for claim in sorted(claims):
        graph = ox.NamedNode(claim)
        names = {
            term.value.removeprefix(BASE)
            for quad in store.quads_for_pattern(None, None, None, graph)
            for term in (quad.subject, quad.object)
            if isinstance(term, ox.NamedNode)
        }
        found[claim] = tuple(sorted(names & entities.found.keys()))
    return found


def _term_rows(store: ox.Store) -> Iterator[TextRow]:
    """Classes, properties and individuals of the ontology."""
    spaces = term_spaces(store.quads_for_pattern(None, URI_SPACE, None, DEFAULT_GRAPH))
    nodes = {
        quad.subject
        for kind in _TERMS
        for quad in store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(OWL + kind), DEFAULT_GRAPH)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(spaces)
    }
    for node in sorted(nodes, key=lambda node: node.value):
        name = term_name(node.value, spaces)
        others = [
            quad.object.value
            for quad in store.quads_for_pattern(node, ALT_LABEL, None, DEFAULT_GRAPH)
            if isinstance(quad.object, ox.Literal)
        ]
        title = _texts(store, node, LABEL) or {"en": name}
        body = _texts(store, node, DEFINITION)
        yield TextRow("term", f"ontology/{name}", title, body, {}, (name, *sorted(others)))


def _instances(store: ox.Store, kind: str) -> list[ox.NamedNode]:
    quads = store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(AX + kind), DEFAULT_GRAPH)
    nodes = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    own = (node for node in nodes if node.value.startswith(BASE) and "#" not in node.value)
    return sorted(own, key=lambda node: node.value)


def _texts(store: ox.Store, node: ox.NamedNode, predicate: ox.NamedNode) -> dict[str, str]:
    """What is said of a node in the languages of the pages, else in any."""
    texts: dict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(node, predicate, None, DEFAULT_GRAPH):
        if isinstance(quad.object, ox.Literal):
            texts[quad.object.language or ""].append(quad.object.value)
    found = {tag: min(texts[tag]) for tag in LANGUAGES if tag in texts}
    return found or {tag: min(values) for tag, values in sorted(texts.items())[:1]}
