"""Names matched against the entities of an index: candidates with scores, the certain ones told apart."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from araxes.endpoint.search.index.indexed_entities import DERIVED, comparable
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.likeness.folding import dice, fold, grams, is_arabic, joined, pieces, sounds
from araxes.endpoint.search.likeness.short_names import abbreviation
from araxes.endpoint.search.likeness.word_likeness import differ_in_number, shared_weight, weight_of
from araxes.endpoint.search.matching.asked_words import in_english, names_with_words, told_words

MOST_COMPARED = 80
"""Names that are compared closely, those with most letter groups in common first."""

_LEAST = 35.0
_SHORTEST_JOINED = 5
_MOST_DERIVED = 92.0
_OTHER_NUMBER = 70.0
_BY_LETTERS = 85.0
_LEAST_LETTERS = 0.15

_NUMBERED = """
SELECT number, entity, folded, joined, pieces, sound, hidden, words, weights FROM name
WHERE number IN (SELECT value FROM json_each(?))"""

_SAME = """
SELECT number, entity, folded, joined, pieces, sound, hidden, words, weights FROM name
WHERE sound = ? OR joined = ? ORDER BY number LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Name:
    """One name in the forms that are compared.

    Attributes:
        folded: its words.
        words: the same, each by itself.
        joined: without spaces.
        pieces: words, divided at non-joiners too.
        sound: its consonants.
        letters: number of letter groups.
        hidden: 0 if it is shown, 1 if it is only found by, 2 if it is a part of another.
        told: its words as they are compared, each with what it tells.
    """

    folded: str
    words: tuple[str, ...]
    joined: str
    pieces: tuple[str, ...]
    sound: str
    letters: int
    hidden: int = 0
    told: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are.

    Attributes:
        score: from 0 to 100.
        certain: they are one name, differently written at most; anything less is for people to judge.
    """

    score: float
    certain: bool = False


def entities_named(index: Index, text: str) -> dict[int, Likeness]:
    """Entity → its best name's likeness, for those that resemble a text at all."""
    folded = fold(text)
    if not folded:
        return {}
    letters, sound, solid, turned = grams(comparable(folded)), sounds(folded), joined(folded), _turned(text)
    parts = tuple(pieces(text))
    told, english = told_words(index, parts), told_words(index, in_english(index, text))
    wanted = Name(folded, tuple(folded.split()), solid, parts, sound, len(letters), told=told)
    shared = index.names_sharing(letters)
    numbers = {
        *_most_alike(index, shared, len(letters)),
        *names_with_words(index, told, MOST_COMPARED),
        *names_with_words(index, english, MOST_COMPARED),
    }
    alike = index.rows(_NUMBERED, json.dumps(sorted(numbers)))
    alike += index.rows(_SAME, sound if len(sound) > 1 else "", solid, MOST_COMPARED)
    if turned:
        alike += index.rows(_SAME, turned, turned, MOST_COMPARED)
    sound_letters = grams(sound, 2)
    found: dict[int, Likeness] = {}
    for number, entity, *row in alike:
        other = _name_in(row, index.letters[int(number)])
        likeness = _likeness(wanted, other, shared[int(number)], sound_letters)
        composed = 0.0 if differ_in_number(english, other.told) else 95 * shared_weight(english, other.told)
        if composed > likeness.score:
            likeness = Likeness(composed)
        if turned and other.joined == turned and likeness.score < _TURNED.score:
            likeness = _TURNED
        known = found.get(int(entity))
        if likeness.score > _LEAST and (known is None or likeness.score > known.score):
            found[int(entity)] = likeness
    for (entity,) in index.rows("SELECT entity FROM initials WHERE short = ?", abbreviation(text)):
        if int(entity) not in found or found[int(entity)].score < _INITIALS.score:
            found[int(entity)] = _INITIALS
    return found


_INITIALS = Likeness(90.0)
_TURNED = Likeness(97.0, certain=True)


def _most_alike(index: Index, shared: Mapping[int, int], letters: int) -> list[int]:
    """Those names that share most of their letter groups with a name of so many, and at least a quarter."""
    counts = index.letters
    alike = (
        (2 * count / (counts[number] + letters), -number)
        for number, count in shared.items()
        if count * 4 >= letters
    )
    return [-number for _, number in nlargest(MOST_COMPARED, alike)]


def _name_in(row: Sequence[str | int | float], letters: int) -> Name:
    """A name of the index."""
    folded, solid, parts, sound, hidden, told, weights = row
    words = tuple(str(folded).split())
    pairs = tuple(zip(str(told).split(), map(float, str(weights).split()), strict=True))
    pieced = tuple(str(parts).split())
    return Name(str(folded), words, str(solid), pieced, str(sound), letters, int(hidden), pairs)


def _turned(text: str) -> str:
    """A name of the form "Aliyev, Ilham" the other way round, joined; else nothing.

    >>> _turned("Aliyev, Ilham"), _turned("Baku, Ganja, Shusha"), _turned("Baku")
    ('ilhamaliyev', '', '')
    """
    parts = text.replace("،", ",").split(",")
    folded = [fold(part) for part in parts] if len(parts) == 2 else []
    return joined(folded[1] + folded[0]) if all(folded) and folded else ""


def _likeness(one: Name, other: Name, common: int, sound_letters: frozenset[str]) -> Likeness:
    """Compare two names, of which the number of common letter groups is known."""
    found = _whole_likeness(one, other, common, sound_letters)
    return Likeness(min(found.score, _MOST_DERIVED)) if other.hidden == DERIVED else found


def _whole_likeness(one: Name, other: Name, common: int, sound_letters: frozenset[str]) -> Likeness:
    if one.folded == other.folded:
        return Likeness(99.0 if other.hidden else 100.0, certain=True)
    if one.joined == other.joined:
        return Likeness(98.0, len(one.joined) >= _SHORTEST_JOINED)
    if len(one.words) == len(other.words) and sorted(one.words) == sorted(other.words):
        return Likeness(96.0)
    letters = 2 * common / (one.letters + other.letters)
    sound = dice(sound_letters, grams(other.sound, 2)) if one.sound and other.sound else 0.0
    score = _BY_LETTERS * (0.6 * letters + 0.4 * sound)
    if (
        one.sound == other.sound
        and len(one.sound) > 2
        and (letters > _LEAST_LETTERS or _scripts_differ(one, other))
    ):
        score = max(score, 84 + 12 * letters)
    score = max(score, 95 * shared_weight(one.told, other.told))
    if one.told and set(one.told) <= set(other.told):
        score = max(score, 60 + 35 * weight_of(one.told) / weight_of(other.told))
    if len(one.joined) <= len(other.joined) and _within(one, other):
        score = max(score, 60 + 35 * len(one.joined) / len(other.joined))
    if differ_in_number(one.told, other.told):
        score = min(_OTHER_NUMBER, score)
    return Likeness(min(score, 95.0))


def _scripts_differ(one: Name, other: Name) -> bool:
    return is_arabic(one.folded) != is_arabic(other.folded)


def _within(short: Name, long: Name) -> bool:
    """Whether all of a name's words are in another: as words, or written together in their order."""
    if all(word in long.words for word in short.words):
        return True
    reached = {0}
    for piece in long.pieces:
        reached |= {start + len(piece) for start in reached if short.joined.startswith(piece, start)}
    return len(short.joined) in reached
