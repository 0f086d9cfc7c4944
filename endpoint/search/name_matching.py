"""Names matched against the entities of an index: candidates with scores, the certain ones told apart."""

from __future__ import annotations

import json
from dataclasses import dataclass

from araxes.endpoint.search.folding import fold, grams, joined, pieces, sounds
from araxes.endpoint.search.indexed_entities import comparable
from araxes.endpoint.search.names_index import Index

MOST_COMPARED = 200
"""Names that are compared closely, those with most letter groups in common first."""

_LEAST = 35.0
_SHORTEST_JOINED = 5

_ALIKE = """
SELECT name.entity, name.folded, name.joined, name.pieces, name.sound, name.grams, name.hidden, found.shared
FROM (SELECT name, COUNT(*) AS shared FROM gram WHERE gram IN (SELECT value FROM json_each(?))
      GROUP BY name HAVING COUNT(*) * 4 >= ?) AS found
JOIN name ON name.number = found.name
ORDER BY 2.0 * found.shared / (name.grams + ?) DESC, name.number LIMIT ?"""

_SAME_SOUND = """
SELECT entity, folded, joined, pieces, sound, grams, hidden, -1 FROM name WHERE sound = ? OR joined = ?
ORDER BY number LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Name:
    """One name in the forms that are compared.

    Attributes:
        folded: its words.
        joined: without spaces.
        pieces: words, divided at non-joiners too.
        sound: its consonants.
        letters: number of letter groups.
        hidden: whether it is found by and not shown.
    """

    folded: str
    joined: str
    pieces: tuple[str, ...]
    sound: str
    letters: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are.

    Attributes:
        score: from 0 to 100.
        certain: they are one name, differently written at most; anything less is for people to judge.
    """

    score: float
    certain: bool = False


def name_of(text: str) -> Name:
    """A text in the forms that are compared."""
    folded = fold(text)
    return Name(folded, joined(folded), tuple(pieces(text)), sounds(folded), len(grams(comparable(folded))))


def entities_named(index: Index, text: str) -> dict[int, Likeness]:
    """Entity → its best name's likeness, for those that resemble a text at all."""
    wanted = name_of(text)
    if not wanted.folded:
        return {}
    turned = _turned(text)
    letters = grams(comparable(wanted.folded))
    alike = index.rows(_ALIKE, json.dumps(sorted(letters)), len(letters), len(letters), MOST_COMPARED)
    sound = wanted.sound if len(wanted.sound) > 1 else ""
    alike += index.rows(_SAME_SOUND, sound, wanted.joined, MOST_COMPARED)
    if turned:
        alike += index.rows(_SAME_SOUND, turned, turned, MOST_COMPARED)
    sound_letters = grams(wanted.sound, 2)
    found: dict[int, Likeness] = {}
    for entity, *row in alike:
        folded, other_joined, other_pieces, other_sound, number, hidden, shared = row
        other = Name(
            str(folded), str(other_joined), tuple(str(other_pieces).split()), str(other_sound), int(number),
            bool(hidden),
        )  # fmt: skip
        common = int(shared) if int(shared) >= 0 else len(letters & grams(comparable(other.folded)))
        likeness = _likeness(wanted, other, common, sound_letters)
        if turned and other.joined == turned:
            likeness = max(likeness, Likeness(97.0, True), key=lambda one: one.score)
        known = found.get(int(entity))
        if likeness.score > _LEAST and (known is None or likeness.score > known.score):
            found[int(entity)] = likeness
    return found


def _turned(text: str) -> str:
    """A name of the form "Aliyev, Ilham" the other way round, joined; else nothing.

    >>> _turned("Aliyev, Ilham"), _turned("Baku, Ganja, Shusha"), _turned("Baku")
    ('ilhamaliyev', '', '')
    """
    parts = [fold(part) for part in text.replace("،", ",").split(",")] if len(text) < 500 else []
    return joined(parts[1] + parts[0]) if len(parts) == 2 and all(parts) else ""


def _likeness(one: Name, other: Name, common: int, sound_letters: frozenset[str]) -> Likeness:
    """Compare two names, of which the number of common letter groups is known."""
    if one.folded == other.folded:
        return Likeness(99.0 if other.hidden else 100.0, True)
    if one.joined == other.joined:
        return Likeness(98.0, len(one.joined) >= _SHORTEST_JOINED)
    if sorted(one.folded.split()) == sorted(other.folded.split()):
        return Likeness(96.0)
    letters = 2 * common / (one.letters + other.letters)
    sound = _dice(sound_letters, grams(other.sound, 2)) if one.sound and other.sound else 0.0
    score = 100 * (0.6 * letters + 0.4 * sound)
    if one.sound == other.sound and len(one.sound) > 2:
        score = max(score, 84 + 12 * letters)
    if _within(one, other) or _within(other, one):
        short, long = sorted((len(one.joined), len(other.joined)))
        score = max(score, 60 + 35 * short / long)
    return Likeness(min(score, 95.0))


def _within(short: Name, long: Name) -> bool:
    """Whether all of a name's words are in another: as words, or written together in their order."""
    if len(short.joined) > len(long.joined):
        return False
    if set(short.folded.split()) <= set(long.folded.split()):
        return True
    reached = {0}
    for piece in long.pieces:
        reached |= {start + len(piece) for start in reached if short.joined.startswith(piece, start)}
    return len(short.joined) in reached


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
