"""Things and statements in words, in English and Persian, put together from labels."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, RDF, RDFS, local_name

_TYPE = ox.NamedNode(RDF + "type")
_LABEL = ox.NamedNode(RDFS + "label")
_PARAPHRASE = ox.NamedNode(AX + "paraphrase")
_IS_A = {"en": "is a", "fa": "از نوعِ"}
_NOT = {"en": "denied: ", "fa": "انکارشده: "}
_THING = {"en": "node", "fa": "گره"}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""What RDF statements are made of."""


class Words:
    """Statements in words, put together from labels."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        """Read the labels of all graphs."""
        self._labels: dict[tuple[str, str], str] = {}
        self.learn(quads)

    def learn(self, statements: Iterable[ox.Quad | ox.Triple]) -> None:
        """Read the labels that statements give."""
        for each in statements:
            if each.predicate == _LABEL and isinstance(each.object, ox.Literal) and each.object.language:
                key = (str(each.subject), each.object.language)
                self._labels[key] = min(each.object.value, self._labels.get(key, each.object.value))

    def name(self, term: Term, language: str) -> str:
        """What a term is called."""
        if isinstance(term, ox.Literal):
            return term.value
        if term == _TYPE:
            return _IS_A[language]
        iri = getattr(term, "value", str(term))
        return self.label(term, language) or local_name(iri).removeprefix(BASE)

    def label(self, term: Term, language: str) -> str:
        """The label of a thing, or an empty string."""
        return self._labels.get((str(term), language), "")

    def statement(self, parts: tuple[Term, Term, Term], language: str, denied: bool = False) -> ox.Literal:
        """A statement in one language."""
        text = " – ".join(self.name(part, language) for part in parts)
        return ox.Literal((_NOT[language] if denied else "") + text, language=language)


def made_labels(things: Iterable[Term], quads: Iterable[ox.Quad], words: Words) -> Iterator[ox.Triple]:
    """Labels for the things that have none: tools for ontologies show a thing by its label.

    A claim is called by its paraphrase, anything else by its kind; the end of the IRI, in brackets,
    tells namesakes apart.

    Args:
        things: individuals.
        quads: the dataset, which says what they are.
        words: the labels that there are.
    """
    kinds: dict[str, set[Term]] = defaultdict(set)
    paraphrases: dict[tuple[str, str], str] = {}
    for quad in quads:
        if quad.predicate == _TYPE:
            kinds[str(quad.subject)].add(quad.object)
        elif quad.predicate == _PARAPHRASE and isinstance(quad.object, ox.Literal):
            paraphrases[str(quad.subject), quad.object.language or ""] = quad.object.value
    for thing in things:
        for language in LANGUAGES:
            if isinstance(thing, ox.NamedNode) and not words.label(thing, language):
                kind = _kind(kinds[str(thing)], words, language)
                name = paraphrases.get((str(thing), language), kind)
                short = thing.value.removeprefix(BASE).removeprefix("claim/")
                yield ox.Triple(thing, _LABEL, ox.Literal(f"{name} ({short})", language=language))


def _kind(kinds: set[Term], words: Words, language: str) -> str:
    """The label of a class that a thing belongs to, or the end of its IRI."""
    named = sorted(filter(None, (words.label(kind, language) for kind in kinds)))
    ends = sorted(re.split("[/#]", kind.value)[-1] for kind in kinds if isinstance(kind, ox.NamedNode))
    return next(iter(named + ends), _THING[language])
