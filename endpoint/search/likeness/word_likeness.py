"""How alike two names are word by word: rare words tell, common ones say little."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from araxes.endpoint.search.likeness.common_words import COMMON, DISPENSABLE, ORDINALS
from araxes.endpoint.search.likeness.folding import dice, grams, heard, is_arabic, sounds

MOST_WORDS = 12
"""Words of a name that are compared; longer ones are sentences, which nobody asks for by heart."""

_COMMON_WEIGHT = 0.75
_DISPENSABLE_WEIGHT = 0.35
_LEAST_WEIGHT = 0.05
_MOST_INFLECTED = 0.95
_SOUNDS_SAME = 0.8
_LEAST_ALIKE = 0.5
_SHORTEST_STEM = 4
_MOST_LONGER = 3
"""Letters that a word may have more or fewer than two that stand for it."""


def word_weight(word: str, uses: int, names: int) -> float:
    """What a word tells, from 0 to 1: the fewer of the names have it, the more.

    Args:
        word: translated.
        uses: how many names have it.
        names: how many there are.
    """
    rare = 1 - math.log1p(uses) / math.log1p(max(names, 1))
    part = (
        _DISPENSABLE_WEIGHT if word in DISPENSABLE else _COMMON_WEIGHT if word in COMMON - ORDINALS else 1.0
    )
    return round(max(_LEAST_WEIGHT, rare * part), 3)


def weight_of(words: Sequence[tuple[str, float]]) -> float:
    """What the words of a name tell together."""
    return sum(weight for _, weight in words)


def shared_weight(one: Sequence[tuple[str, float]], other: Sequence[tuple[str, float]]) -> float:
    """The part, from 0 to 1, of the weight of two names' words that stands in both.

    Args:
        one: words, each with its weight.
        other: likewise.
    """
    if not one or not other:
        return 0.0
    if _numbered(one) and _numbered(other) and _numbered(one) != _numbered(other):
        return 0.0
    total = weight_of(one) + weight_of(other)
    pairs = sorted(_alike(one, other), reverse=True)
    left, right, shared = set[int](), set[int](), 0.0
    for likeness, mine, theirs in pairs:
        if not left & mine and not right & theirs:
            left |= mine
            right |= theirs
            weights = sum(one[place][1] for place in mine) + sum(other[place][1] for place in theirs)
            shared += likeness * weights
    return shared / total if total else 0.0


def _numbered(words: Sequence[tuple[str, float]]) -> set[str]:
    return {word for word, _ in words} & ORDINALS


def differ_in_number(one: Sequence[tuple[str, float]], other: Sequence[tuple[str, float]]) -> bool:
    """Whether two names are of a first and a second thing, or of one with a number and one without."""
    return _numbered(one) != _numbered(other)


def _alike(
    one: Sequence[tuple[str, float]], other: Sequence[tuple[str, float]]
) -> Iterable[tuple[float, frozenset[int], frozenset[int]]]:
    """Likeness of words, and of a word and two neighbours that are written together, with their places."""
    ones, others = _with_neighbours(one), _with_neighbours(other)
    for mine, my_places in ones:
        for theirs, their_places in others:
            alone = len(my_places) == len(their_places) == 1
            if not alone and (
                len(my_places) == len(their_places) or abs(len(mine) - len(theirs)) > _MOST_LONGER
            ):
                continue
            if likeness := word_likeness(mine, theirs):
                yield likeness, my_places, their_places


def _with_neighbours(words: Sequence[tuple[str, float]]) -> list[tuple[str, frozenset[int]]]:
    single = [(word, frozenset((place,))) for place, (word, _) in enumerate(words)]
    pairs = [
        (words[place][0] + words[place + 1][0], frozenset((place, place + 1)))
        for place in range(len(words) - 1)
        if not {words[place][0], words[place + 1][0]} & COMMON
    ]
    return single + pairs


@lru_cache(1 << 16)
def word_likeness(one: str, other: str) -> float:
    """How alike two translated words are, from 0 to 1.

    >>> word_likeness("treaty", "treaty"), word_likeness("treaty", "war"), word_likeness("baku", "kars")
    (1.0, 0.0, 0.0)
    >>> word_likeness("armenian", "armenia"), round(word_likeness("xomeyni", "khomeini"), 2)
    (0.95, 0.95)
    """
    if one == other:
        return 1.0
    if one in COMMON or other in COMMON or one.isdecimal() or other.isdecimal():
        return 0.0
    mine, theirs, my_sound, their_sound = _heard(one), _heard(other), _sound(one), _sound(other)
    same_sound = my_sound == their_sound and len(my_sound) > 1
    if is_arabic(mine) != is_arabic(theirs):
        return _SOUNDS_SAME if same_sound else 0.0
    begun = next(
        (place for place, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b),
        min(len(mine), len(theirs)),
    )
    if begun >= _SHORTEST_STEM and begun >= 0.6 * max(len(mine), len(theirs)):
        return min(_MOST_INFLECTED, 0.1 + begun / max(len(mine), len(theirs)))
    letters = dice(_pairs_of_letters(mine), _pairs_of_letters(theirs))
    # "Aras" and "Rusiya" have their consonants in common too.
    if same_sound and letters > (0.2 if len(my_sound) > 2 else 0.4):
        return _SOUNDS_SAME + 0.15 * letters
    return letters if letters >= _LEAST_ALIKE else 0.0


@lru_cache(1 << 12)
def _pairs_of_letters(word: str) -> frozenset[str]:
    return grams(word, 2)


@lru_cache(1 << 14)
def _heard(word: str) -> str:
    return heard(word)


@lru_cache(1 << 14)
def _sound(word: str) -> str:
    return sounds(word)
