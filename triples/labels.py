"""What things are called and what is said of them: the one dictionary, and the one wording of a statement."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, RDFS, SKOS, local_name
from araxes.ontology.oxigraph_terms import LABEL, RDF_TYPE

_PARAPHRASE = AX + "paraphrase"
_IS_A = {"en": "is a", "fa": "از نوعِ"}
_NOT = {"en": "denied: ", "fa": "انکارشده: "}
_THING = {"en": "node", "fa": "گره"}
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""What RDF statements are made of."""


class Description:
    """The default graph as a dictionary: subject → predicate → literals and IRIs."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        """Read the quads of the default graph."""
        self._values: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for quad in quads:
            subject, value = quad.subject, quad.object
            if not isinstance(quad.graph_name, ox.DefaultGraph) or not isinstance(subject, ox.NamedNode):
                continue
            if isinstance(value, ox.NamedNode | ox.Literal):
                self._values[subject.value][quad.predicate.value].append(value)

    def subjects(self, predicate: str) -> list[str]:
        """The things that have a property, sorted."""
        return sorted(iri for iri, values in self._values.items() if predicate in values)

    def all(self, subject: str, predicate: str, language: str | None = None) -> list[str]:
        """Values, sorted; only those of a language if one is given."""
        found = self._values.get(subject, {}).get(predicate, [])
        return sorted(v.value for v in found if language is None or getattr(v, "language", None) == language)

    def languages(self, subject: str, predicate: str) -> list[str]:
        """The languages of values: those of the pages first."""
        found = {getattr(v, "language", None) or "" for v in self._values.get(subject, {}).get(predicate, [])}
        return sorted(found - {""}, key=lambda tag: (LANGUAGES.index(tag) if tag in LANGUAGES else 9, tag))

    def one(self, subject: str, predicate: str, language: str | None = None) -> str:
        """The first value, or an empty string."""
        return next(iter(self.all(subject, predicate, language)), "")


def names_by_iri(quads: Iterable[ox.Quad]) -> dict[str, list[str]]:
    """Whatever is called something in the default graph, with all its names: labels first, those of the pages
    before others."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for quad in quads:
        order = (RDFS + "label", SKOS + "altLabel")
        if not isinstance(quad.graph_name, ox.DefaultGraph) or quad.predicate.value not in order:
            continue
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            tag = quad.object.language
            rank = LANGUAGES.index(tag) if tag in LANGUAGES else len(LANGUAGES)
            place = 10 * order.index(quad.predicate.value) + rank
            found[quad.subject.value].append((place, quad.object.value))
    return {iri: [text for _, text in sorted(names)] for iri, names in found.items()}


class Words:
    """Things and statements in words, put together from labels."""

    def __init__(self, statements: Iterable[ox.Quad | ox.Triple]) -> None:
        """Read the labels that statements give."""
        self._labels: dict[tuple[str, str], str] = {}
        self._other: dict[str, str] = {}
        self.learn(statements)

    def learn(self, statements: Iterable[ox.Quad | ox.Triple]) -> None:
        """Read further labels; of several in one language the first in order of characters counts."""
        for each in statements:
            if each.predicate != LABEL or not isinstance(each.object, ox.Literal):
                continue
            if isinstance(each.subject, ox.NamedNode) and each.object.language:
                key = (each.subject.value, each.object.language)
                self._labels[key] = min(each.object.value, self._labels.get(key, each.object.value))
                self._other.setdefault(each.subject.value, each.object.value)

    def label(self, iri: str, language: str) -> str:
        """The label of a thing, or an empty string."""
        return self._labels.get((iri, language), "")

    def name(self, iri: str, language: str) -> str:
        """What a thing is called: its label, else that of another language, else the end of its IRI."""
        labels = (self.label(iri, each) for each in (language, *LANGUAGES))
        return next(filter(None, labels), self._other.get(iri) or local_name(iri).removeprefix(BASE))

    def statement(
        self, triple: tuple[str, str, str], language: str, denied: bool = False, apart: bool = False
    ) -> str:
        """A statement as a sentence; the label of a property may hold the place of the object as ``…``.

        Args:
            triple: subject and object in N-Triples form, the property's bare IRI between them.
            language: one of :data:`~araxes.ontology.languages.LANGUAGES`.
            denied: whether it is denied.
            apart: with dashes between the parts: labels of properties have no verb, or one in the singular.
        """
        subject, predicate, value = triple
        one, two = self._end(subject, language), self._end(value, language)
        relation = _IS_A[language] if predicate == RDF_TYPE.value else self.name(predicate, language)
        if value.startswith('"'):
            text = f"{one} – {relation}: {two}"
        elif "…" in relation:
            text = f"{one} {relation.replace('…', two)}"
        else:
            text = (" – " if apart else " ").join((one, relation, two))
        return _NOT[language] + text if denied else text

    def _end(self, term: str, language: str) -> str:
        if term.startswith("<"):
            return self.name(term[1:-1], language)
        return in_digits(plain_value(term), language)


def plain_value(term: str) -> str:
    """The lexical form of a literal in N-Triples form.

    >>> plain_value('"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    '2.5'
    """
    if not term.startswith('"'):
        return term
    return re.sub(r'\\([nrt"\\])', lambda found: _ESCAPES[found[1]], term[1 : term.rindex('"')])


def in_digits(text: str, language: str) -> str:
    """A text with the digits of a language."""
    return text.translate(_PERSIAN_DIGITS) if language == "fa" else text


def made_labels(
    things: Iterable[Term], quads: Iterable[ox.Quad], about: Description, words: Words
) -> Iterator[ox.Triple]:
    """Labels for the things that have none: tools for ontologies show a thing by its label.

    A claim is called by its paraphrase, anything else by its kind; the end of the IRI, in brackets,
    tells namesakes apart.

    Args:
        things: individuals.
        quads: the dataset, which says what they are.
        about: its default graph.
        words: the labels that there are.
    """
    kinds: dict[str, set[Term]] = defaultdict(set)
    for quad in quads:
        if quad.predicate == RDF_TYPE:
            kinds[str(quad.subject)].add(quad.object)
    for thing in things:
        for language in LANGUAGES:
            if isinstance(thing, ox.NamedNode) and not words.label(thing.value, language):
                kind = _kind(kinds[str(thing)], words, language)
                name = about.one(thing.value, _PARAPHRASE, language) or kind
                short = thing.value.removeprefix(BASE).removeprefix("claim/")
                yield ox.Triple(thing, LABEL, ox.Literal(f"{name} ({short})", language=language))


def _kind(kinds: set[Term], words: Words, language: str) -> str:
    """The label of a class that a thing belongs to, or the end of its IRI."""
    iris = [kind.value for kind in kinds if isinstance(kind, ox.NamedNode)]
    named = sorted(filter(None, (words.label(iri, language) for iri in iris)))
    ends = sorted(re.split("[/#]", iri)[-1] for iri in iris)
    return next(iter(named + ends), _THING[language])
