"""Terms of the ontology by name or label, in any of its languages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import RDFS, SKOS, Graph, Literal, URIRef

from araxes.ontology.loading import load_ontology
from araxes.ontology.modules_at_work import per_ontology
from araxes.ontology.namespaces import AX, BASE
from araxes.ontology.spelling import NON_JOINER, plain
from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.authoring.findings import near_words
from araxes.triples.authoring.json_schema import statement_properties

KINDS = ("property", "class", "individual")
"""Kinds of terms that are looked up."""

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class Term:
    """A term with its words.

    Attributes:
        name: local name.
        kind: one of :data:`KINDS`.
        labels: language → label.
        definitions: language → definition.
    """

    name: str
    kind: str
    labels: dict[str, str]
    definitions: dict[str, str]


def spelled(text: str) -> str:
    """A name or label as it is compared: humps and non-joiners divide words.

    >>> spelled("hasTenseRelationsWith") == spelled("Has tense relations with")
    True
    """
    return plain(_HUMP.sub(" ", text.replace(NON_JOINER, " ").replace("-", " ").replace("_", " ")))


class Terms:
    """The terms that an author may write."""

    def __init__(self, words: Vocabulary, graph: Graph) -> None:
        """Read their labels.

        Args:
            words: the vocabulary.
            graph: the ontology, which has the labels.
        """
        self.words = words
        names = {
            "property": sorted(statement_properties(words)),
            "class": sorted(words.classes.keys() - words.follows_only),
            "individual": sorted([*words.individuals, *words.scheme_values]),
        }
        self._terms = {(kind, name): _term(graph, kind, name) for kind in KINDS for name in names[kind]}
        self._called: dict[tuple[str, str], list[str]] = defaultdict(list)
        for (kind, name), term in self._terms.items():
            for text in {spelled(name.rpartition("/")[2]), *map(spelled, term.labels.values())}:
                self._called[kind, text].append(name)

    def named(self, kind: str, text: str) -> list[str]:
        """The terms of a kind that have some name or label; several only where a label is shared.

        >>> terms().named("property", "Has tense relations with")
        ['hasTenseRelationsWith']
        """
        if (kind, text) in self._terms:
            return [text]
        return self._called.get((kind, spelled(text)), [])

    def term(self, kind: str, name: str) -> Term:
        """A term.

        Raises:
            KeyError: there is none.
        """
        return self._terms[kind, name]

    def all(self, kind: str) -> list[Term]:
        """Every term of a kind, in order of name."""
        return [term for (each, _), term in self._terms.items() if each == kind]

    def like(self, kind: str, text: str) -> list[str]:
        """Terms of a kind that resemble a text, in their names, labels and definitions; at most five."""
        known = {called: names[0] for (each, called), names in self._called.items() if each == kind}
        near = [known[called] for called in near_words(spelled(text), known)]
        needed = _stems(spelled(text))
        scores = {
            term.name: 3 * max(len(needed & _stems(label)) for label in [spelled(term.name), *labels])
            + len(needed & _stems(spelled(" ".join(term.definitions.values()))))
            for (each, _), term in self._terms.items()
            if each == kind
            for labels in [[spelled(label) for label in term.labels.values()]]
        }
        ranked = sorted((name for name in scores if scores[name]), key=lambda name: (-scores[name], name))
        return list(dict.fromkeys([*near, *ranked]))[:5]


def _stems(text: str) -> set[str]:
    """The beginnings of the words that tell something."""
    return {word[:_STEM] for word in text.split() if len(word) > 2 and word not in _LITTLE}


_LITTLE = frozenset(
    {"has", "have", "had", "was", "are", "the", "with", "from", "for", "and", "its", "that", "this"}
    | {"است", "های", "این", "که", "برای"}
)
_STEM = 6
"""So many letters of a word are compared, for the sake of its endings."""


def _term(graph: Graph, kind: str, name: str) -> Term:
    iri = URIRef((BASE if "/" in name else AX) + name)
    return Term(name, kind, _texts(graph, iri, RDFS.label), _texts(graph, iri, SKOS.definition))


def _texts(graph: Graph, iri: URIRef, predicate: URIRef) -> dict[str, str]:
    found = (value for value in graph.objects(iri, predicate) if isinstance(value, Literal))
    return {str(value.language): str(value) for value in found if value.language}


@per_ontology
def terms() -> Terms:
    """The terms of the ontology on disk."""
    return Terms(vocabulary(), load_ontology())


def fits(kinds: Iterable[str], wanted: Iterable[str], words: Vocabulary) -> bool:
    """Whether a thing of some classes can stand where some class is wanted; true where nothing is known.

    >>> fits(["State"], ["Actor"], vocabulary()), fits(["Region"], ["Actor"], vocabulary())
    (True, False)
    """
    above = {each for kind in kinds for each in words.classes.get(kind, ())}
    named = set(wanted)
    return not above or not named or bool(above & named)
