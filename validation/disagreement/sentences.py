"""Disagreements and corroborations in words, put together from the labels of their terms."""

from __future__ import annotations

from collections.abc import Iterable

from araxes.ontology.namespaces import AX, BASE, RDFS
from araxes.triples.derived.claim_graphs import ClaimGraph, Triple
from araxes.triples.exports.claim_tables import Description
from araxes.validation.disagreement.clashes import Case, Statement

_SHOWN = 3
"""So many holders of one side are named; the others are counted."""

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_AND = {"en": (", ", " and "), "fa": ("، ", " و ")}
_OTHERS = {"en": "{} others", "fa": "{} صاحب دیگر"}
_SAYS = {"en": "{} – “{}”", "fa": "{} – «{}»"}
_DENIES = {"en": "{} – not “{}”", "fa": "{} – نه «{}»"}
_JOIN = {"en": "; ", "fa": "؛ "}


def sentence(case: Case, about: Description, claims: dict[str, ClaimGraph], language: str) -> str:
    """One sentence that says who states what.

    Args:
        case: the case.
        about: the default graph, for labels.
        claims: the claims by IRI.
        language: ``en`` or ``fa``.
    """
    sides = []
    for statement, members in sorted(case.sides.items()):
        holders = sorted({holder for member in members for holder in claims[member].holders})
        pattern = (_DENIES if statement.denied else _SAYS)[language]
        voices = listed([label(about, holder, language) for holder in holders], language)
        sides.append(pattern.format(voices, in_words(statement, about, language)))
    kind = label(about, AX + case.kind, language)
    text = f"{kind}: {_JOIN[language].join(sides)}."
    return text[0].upper() + text[1:]


def in_words(statement: Statement, about: Description, language: str) -> str:
    """A statement from the labels of its terms, without its denial."""
    return triple_in_words(statement.triple, about, language)


def triple_in_words(triple: Triple, about: Description, language: str) -> str:
    """Subject, property and object from their labels; a property's label may hold the object's place."""
    subject, predicate, value = triple
    one, two = _term(subject, about, language), _term(value, about, language)
    relation = label(about, predicate, language)
    if value.startswith('"'):
        return f"{one} – {relation}: {two}"
    return f"{one} {relation.replace('…', two)}" if "…" in relation else f"{one} {relation} {two}"


def label(about: Description, iri: str, language: str) -> str:
    """The label in a language, else any, else the IRI's end."""
    return (
        about.one(iri, RDFS + "label", language) or about.one(iri, RDFS + "label") or iri.removeprefix(BASE)
    )


def listed(names: Iterable[str], language: str) -> str:
    """Names as a list in words; long lists are cut."""
    given = sorted(set(names))
    if len(given) > _SHOWN + 1:
        count = _digits(str(len(given) - _SHOWN), language)
        given = [*given[:_SHOWN], _OTHERS[language].format(count)]
    comma, last = _AND[language]
    return comma.join(given[:-1]) + (last if len(given) > 1 else "") + given[-1]


def _term(term: str, about: Description, language: str) -> str:
    if term.startswith("<"):
        return label(about, term[1:-1], language)
    return _digits(plain_value(term), language)


def plain_value(term: str) -> str:
    """The lexical form of a literal in N-Triples form.

    >>> plain_value('"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    '2.5'
    """
    return term[1 : term.rindex('"')] if term.startswith('"') else term


def _digits(text: str, language: str) -> str:
    return text.translate(_PERSIAN_DIGITS) if language == "fa" else text
