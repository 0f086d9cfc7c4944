"""Disagreements and corroborations in words, put together from the labels of their terms."""

from __future__ import annotations

from collections.abc import Iterable

from araxes.ontology.namespaces import AX
from araxes.triples.derived.claim_graphs import ClaimGraph, Triple
from araxes.triples.labels import Words, in_digits
from araxes.validation.disagreement.clashes import Case

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


def sentence(case: Case, words: Words, claims: dict[str, ClaimGraph], language: str) -> str:
    """One sentence that says who states what.

    Args:
        case: the case.
        words: the labels of the default graph.
        claims: the claims by IRI.
        language: ``en`` or ``fa``.
    """
    sides = []
    for statement, members in sorted(case.sides.items()):
        holders = sorted({holder for member in members for holder in claims[member].holders})
        pattern = (_DENIES if statement.denied else _SAYS)[language]
        voices = listed([words.name(holder, language) for holder in holders], language)
        said = _said(statement.triple, words, language)
        if statement.degree:
            said = f"{said} ({words.name(AX + statement.degree, language)})"
        sides.append(pattern.format(voices, said))
    kind = words.name(AX + case.kind, language)
    for question in sorted({each.triple[2] for each in case.sides if each.triple[1] == _RESPONDS}):
        kind = _ON[language].format(kind, words.name(question.strip("<>"), language))
    time = "" if case.dated else _UNDATED[language]
    text = f"{kind}: {_JOIN[language].join(sides)}{time}."
    return text[0].upper() + text[1:]


def _said(triple: Triple, words: Words, language: str) -> str:
    """A statement in words; of an answer to a question the answer alone."""
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
