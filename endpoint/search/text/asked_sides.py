"""On which side of a relation a question has the thing that it names.

"Whom does Iran threaten?" has Iran as the subject, "Who threatens Iran?" as the object. English tells it by
order, auxiliaries and "by"; Persian by what stands around the name. Where neither is plain, it is either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from araxes.endpoint.search.likeness.folding import fold, is_arabic
from araxes.endpoint.search.text.relation_words import Written

Side = Literal["subject", "object", "either"]
Span = tuple[int, int]
"""Place of the first word, and of the one past the last."""

_AUXILIARIES = frozenset(
    ("do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "can", "could", "will", "would")
)
_ARTICLES = frozenset(("the", "a", "an"))
_TO_OBJECT = frozenset(map(fold, ("به", "از", "با", "بر", "علیه", "برابر", "توسط", "سوی", "برای", "در")))
_PASSIVE = frozenset(map(fold, ("شود", "شوند", "شد", "شدند", "شده")))
_OBJECT_MARK = fold("را")
_OPENING = frozenset((fold("آیا"),))
_OF = "\u0650"
"""The vowel at the end of a Persian label that stands before the name of its object."""

_TURNED: dict[Side, Side] = {"subject": "object", "object": "subject", "either": "either"}


def sides_of(
    words: Sequence[Written], spans: Sequence[Span], relation: Sequence[int], label: str
) -> list[Side]:
    """The side of each name; of two, one is never on the side of the other.

    Args:
        words: of the question.
        spans: of the names.
        relation: places of the words that name the relation.
        label: of the relation, as it is written.
    """
    persian = is_arabic(fold(label))
    if persian:
        found = [_persian(words, span, relation, label) for span in spans]
    else:
        turned = _is_passive(words, spans) != ("by" in fold(label).split())
        active = [_english(words, span, relation, label) for span in spans]
        found = [_TURNED[side] if turned else side for side in active]
    if len(found) < 2 or {*found} == {"subject", "object"}:
        return found
    if "either" in found and {*found} != {"either"}:
        sure = next(side for side in found if side != "either")
        return [side if side != "either" else _TURNED[sure] for side in found]
    # English has the subject first; of two Persian names behind prepositions nothing is told.
    if persian and found[0] != "subject":
        return ["either", "either"]
    return ["object", "subject"] if not persian and turned else ["subject", "object"]


def _is_passive(words: Sequence[Written], spans: Sequence[Span]) -> bool:
    """Whether "by" stands in an English question, outside its names."""
    named = {place for start, end in spans for place in range(start, end)}
    return any(each.word == "by" and place not in named for place, each in enumerate(words))


def _english(words: Sequence[Written], span: Span, relation: Sequence[int], label: str) -> Side:
    start, end = span
    before = [each.word for each in words[:start] if each.word not in _ARTICLES]
    last = before[-1] if before else ""
    if words[end - 1].owns or last == "of":
        return "object" if label.rstrip(" …").endswith(" of") else "subject"
    if last in _AUXILIARIES or all(place >= end for place in relation):
        return "subject"
    return "object" if all(place < start for place in relation) else "either"


def _persian(words: Sequence[Written], span: Span, relation: Sequence[int], label: str) -> Side:
    start, end = span
    plain = [each.word for each in words]
    if _PASSIVE & set(plain):
        return "either"
    if start - 1 in relation:
        ends = label.rstrip(" …")
        if ends.endswith((_OF, "ۀ", "هٔ")):
            return "object"
        return "subject" if plain[start - 1] and ends.startswith("دارای") else "either"
    if (start and plain[start - 1] in _TO_OBJECT) or plain[end : end + 1] == [_OBJECT_MARK]:
        return "object"
    return "subject" if set(plain[:start]) <= _OPENING else "either"
