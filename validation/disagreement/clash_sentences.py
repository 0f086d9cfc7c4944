"""Disagreements and corroborations in words, put together from the labels of their terms."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from araxes.ontology.namespaces import AX
from araxes.triples.derived.claim_graphs import ClaimGraph, Triple
from araxes.triples.labels import Words, in_digits, plain_value
from araxes.validation.disagreement.clashes import ABOUT_TIME, Case
from araxes.validation.disagreement.words_of_time import date_in_words

_SHOWN = 3
"""So many holders of one side are named; the others are counted."""

_AND = {"en": (", ", " and "), "fa": ("، ", " و ")}
_OTHERS = {"en": "{} others", "fa": "{} صاحب دیگر"}
_SAYS = {"en": "{} – “{}”", "fa": "{} – «{}»"}
_DENIES = {"en": "{} – not “{}”", "fa": "{} – نه «{}»"}
_UNDATED = {"en": " (times not given)", "fa": " (بی‌ذکر زمان)"}
_JOIN = {"en": "; ", "fa": "؛ "}
_ON = {"en": "{} to “{}”", "fa": "{} به «{}»"}
_RESPONDS = AX + "respondsTo"


def compared_words(dataset: Iterable[ox.Quad]) -> Words:
    """The labels of the default graph, and those that claims give to nodes of their own."""
    return Words(
        quad
        for quad in dataset
        if isinstance(quad.graph_name, ox.DefaultGraph)
        or (isinstance(quad.subject, ox.NamedNode) and "#" in quad.subject.value)
    )


def sentence(case: Case, words: Words, claims: dict[str, ClaimGraph], language: str) -> str:
    """One sentence that says who states what.

    Args:
        case: the case.
        words: what things are called (:func:`compared_words`).
        claims: the claims by IRI.
        language: ``en`` or ``fa``.
    """
    sides = []
    for statement, members in sorted(case.sides.items()):
        holders = sorted({holder for member in members for holder in claims[member].holders})
        pattern = (_DENIES if statement.denied else _SAYS)[language]
        voices = listed([words.name(holder, language) for holder in holders], language)
        said = _said(statement.triple, words, language, dated=case.kind in ABOUT_TIME)
        if statement.degree:
            said = f"{said} ({words.name(AX + statement.degree, language)})"
        sides.append(pattern.format(voices, said))
    kind = words.name(AX + case.kind, language)
    for question in sorted({each.triple[2] for each in case.sides if each.triple[1] == _RESPONDS}):
        kind = _ON[language].format(kind, words.name(question.strip("<>"), language))
    time = "" if case.dated else _UNDATED[language]
    text = f"{kind}: {_JOIN[language].join(sides)}{time}."
    return text[0].upper() + text[1:]


def _said(triple: Triple, words: Words, language: str, *, dated: bool) -> str:
    """A statement in words, dates as people say them; of an answer to a question the answer alone."""
    if dated and triple[2].startswith('"'):
        triple = (*triple[:2], str(ox.Literal(date_in_words(plain_value(triple[2]), language))))
    if triple[1] == _RESPONDS:
        return words.name(triple[0].strip("<>"), language)
    return words.statement(triple, language, apart=True)


def listed(names: Iterable[str], language: str) -> str:
    """Names as a list in words; long lists are cut."""
    given = sorted(set(names))
    if len(given) > _SHOWN + 1:
        count = in_digits(str(len(given) - _SHOWN), language)
        given = [*given[:_SHOWN], _OTHERS[language].format(count)]
    comma, last = _AND[language]
    return comma.join(given[:-1]) + (last if len(given) > 1 else "") + given[-1]
