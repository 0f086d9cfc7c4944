"""The ontology's classes and properties, as the index of names holds them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from araxes.endpoint.search.index.undeclared_words import (
    IDENTIFIER_NAMES,
    LANGUAGE_NAMES,
    OWN_PROPERTIES,
    Words,
)
from araxes.endpoint.search.likeness.folding import fold
from araxes.ontology.namespaces import OWL, RDFS, WIKIDATA
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH, DEFINITION, LABEL, RDF_TYPE
from araxes.triples.derived.spaces import URI_SPACE, term_name, term_spaces

Row = tuple[str | int | float | bytes, ...]
"""A row of a table."""

NUMBERS: Final = "I"
"""Type code of the numbers in a BLOB."""

_NAMESPACES = {"wikidata": WIKIDATA, "geonames": "https://sws.geonames.org/"}
IDENTIFIERS = {name: (names["en"], _NAMESPACES.get(name, "")) for name, names in IDENTIFIER_NAMES.items()}
"""Properties that identify: name, and the namespace of the identifiers (of our own properties none)."""

LANGUAGES = {tag: names["en"] for tag, names in LANGUAGE_NAMES.items()}
"""Names of languages, in the order in which labels are offered."""

APPARATUS = frozenset(
    {
        *("Claim", "Comparison", "Correction", "Curation", "Curator", "DisputePosition", "PointAtIssue"),
        *("Inference", "SourceText"),
    }
)
"""Classes, with those below, of records about the corpus: nothing that a table is matched against."""

_KEPT_BACK = frozenset({"contentDigest", "curatorNote"})
_ABOVE = ox.NamedNode(RDFS + "subClassOf")


@dataclass(slots=True)
class IndexedTerm:
    """A class, property or individual of the ontology: its texts by language."""

    labels: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)

    @property
    def definition(self) -> str:
        """What it means, in English."""
        return self.definitions.get("en", "")

    def folded(self, name: str) -> str:
        """All that it is called, each between bars, for a search by prefix."""
        texts = {fold(name), *map(fold, self.labels.values())}
        return "|" + "|".join(sorted(texts - {""})) + "|"


@dataclass(slots=True)
class Uses:
    """How often properties are used, altogether and by entities of a class.

    Attributes:
        languages: those of labels.
        texts: properties that have a text as a value.
    """

    all: Counter[str] = field(default_factory=Counter)
    by_type: Counter[tuple[str, str]] = field(default_factory=Counter)
    languages: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)


@dataclass(slots=True)
class IndexedTerms:
    """Classes with those above, properties, and individuals of the ontology.

    Attributes:
        called: IRI of whatever the ontology has a label for → that label in English.
        individuals: what is neither class nor property.
        names: IRI of a term → its name.
    """

    classes: dict[str, IndexedTerm]
    properties: dict[str, IndexedTerm]
    above: dict[str, dict[str, int]]
    called: dict[str, str]
    individuals: dict[str, IndexedTerm]
    names: dict[str, str]

    def is_apparatus(self, types: Iterable[str]) -> bool:
        """Whether one of the classes is of records about the corpus."""
        return any(APPARATUS & self.above.get(name, {name: 0}).keys() for name in types)

    def label(self, name: str) -> str:
        """What a class is called in English."""
        term = self.classes.get(name)
        return term.labels.get("en", name) if term else name

    def tables(self, uses: Uses) -> Iterator[tuple[str, Iterable[Row]]]:
        """Table → its rows."""
        yield (
            "type",
            (
                (name, self.label(name), term.labels.get("fa", ""), term.folded(name))
                for name, term in self.classes.items()
                if not self.is_apparatus([name])
            ),
        )
        yield (
            "type_above",
            (
                (name, above, steps)
                for name, found in self.above.items()
                if not self.is_apparatus([name])
                for above, steps in found.items()
            ),
        )
        yield "property", self._properties(uses)
        yield "term_text", self._texts(uses)
        yield (
            "property_type",
            ((kind, name, number) for (kind, name), number in uses.by_type.items() if name not in _KEPT_BACK),
        )

    def _properties(self, uses: Uses) -> Iterator[Row]:
        undeclared = {name: IndexedTerm() for name in uses.all}
        for name, term in (undeclared | self.properties | _own_properties(uses)).items():
            if name not in _KEPT_BACK:
                ontology = self.properties.get(name)
                called = self.individuals.get(name, term)
                folded = called.folded(name) + (ontology.folded(name) if ontology else "")
                label = term.labels.get("en", name)
                definition = ontology.definition if ontology else ""
                in_words = int(name.startswith("label_") or (name in uses.texts and name not in IDENTIFIERS))
                yield (name, label, definition, folded, uses.all[name], in_words)

    def _texts(self, uses: Uses) -> Iterator[Row]:
        """Labels and definitions of all terms, in each language."""
        for name, term in (self.individuals | self.classes | self.properties | _own_properties(uses)).items():
            definitions = self.properties.get(name, term).definitions
            for language, label in term.labels.items():
                yield (name, language, label, definitions.get(language, ""))


def _own_properties(uses: Uses) -> dict[str, IndexedTerm]:
    """Properties that the ontology does not declare, or not by that name."""
    labels: dict[str, Words] = {
        f"label_{tag}": {
            "en": f"{LANGUAGES.get(tag, tag)} label",
            "fa": f"برچسب {LANGUAGE_NAMES.get(tag, {}).get('fa', tag)}",
        }
        for tag in uses.languages
    }
    every = {**labels, **OWN_PROPERTIES, **IDENTIFIER_NAMES}
    return {name: IndexedTerm(dict(names)) for name, names in every.items()}


def read_terms(store: ox.Store) -> IndexedTerms:
    """The terms of the ontology that a store holds."""
    found: dict[str, dict[str, IndexedTerm]] = {"class": {}, "property": {}}
    spaces = term_spaces(store.quads_for_pattern(None, URI_SPACE, None, DEFAULT_GRAPH))
    kinds = (("Class", "class"), ("ObjectProperty", "property"), ("DatatypeProperty", "property"))
    for owl, kind in kinds:
        for quad in store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(OWL + owl), DEFAULT_GRAPH):
            if isinstance(quad.subject, ox.NamedNode) and (name := term_name(quad.subject.value, spaces)):
                found[kind][name] = _term(store, quad.subject)
    direct: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, _ABOVE, None, DEFAULT_GRAPH):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            above = term_name(quad.object.value, spaces)
            if above:
                direct[term_name(quad.subject.value, spaces) or quad.subject.value].add(above)
    labelled = {
        quad.subject
        for quad in store.quads_for_pattern(None, LABEL, None, DEFAULT_GRAPH)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(spaces)
    }
    names = {node.value: term_name(node.value, spaces) for node in labelled}
    terms = {node.value: _term(store, node) for node in labelled}
    called = {iri: term.labels["en"] for iri, term in terms.items() if "en" in term.labels}
    declared = found["class"].keys() | found["property"].keys()
    others = {names[iri]: term for iri, term in terms.items() if names[iri] not in declared}
    every = {name: _all_above(name, direct) for name in found["class"]}
    return IndexedTerms(found["class"], found["property"], every, called, others, names)


def _term(store: ox.Store, node: ox.NamedNode) -> IndexedTerm:
    texts = {
        predicate: {
            quad.object.language or "": quad.object.value
            for quad in store.quads_for_pattern(node, predicate, None, DEFAULT_GRAPH)
            if isinstance(quad.object, ox.Literal)
        }
        for predicate in (LABEL, DEFINITION)
    }
    return IndexedTerm(texts[LABEL], texts[DEFINITION])


def _all_above(name: str, direct: dict[str, set[str]]) -> dict[str, int]:
    """A class and those above it, each with how many steps it is away."""
    found, waiting = {name: 0}, [name]
    while waiting:
        below = waiting.pop(0)
        for above in direct[below] - found.keys():
            found[above] = found[below] + 1
            waiting.append(above)
    return found
