"""The words of a name that is looked for, and the names of the index that have some of them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from araxes.endpoint.search.index.indexed_entities import DERIVED, RANK_OF_DESCRIBED
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.likeness.common_words import telling_words
from araxes.endpoint.search.likeness.folding import pieces, sounds
from araxes.endpoint.search.likeness.word_likeness import MOST_WORDS

_SHORTEST_SOUND = 3
_ENDING = re.compile(r"(?<=\w)['’]\w{1,5}\b")
_LONGEST_PART = 4

_WITH_WORDS = """
SELECT name FROM word
WHERE word IN (SELECT value FROM json_each(?)) OR sound IN (SELECT value FROM json_each(?))
GROUP BY name ORDER BY SUM(weight + part) DESC, name LIMIT ?"""

_NAMED = """
SELECT joined, MIN(label) FROM name JOIN entity ON entity.number = entity
WHERE joined IN (SELECT value FROM json_each(?)) AND hidden < ? AND rank < ?
GROUP BY joined HAVING COUNT(DISTINCT entity) = 1"""

_PAIRS = "SELECT joined, parts FROM pair WHERE joined IN (SELECT value FROM json_each(?))"

_WEIGHTS = "SELECT word, MAX(weight) FROM word WHERE word IN (SELECT value FROM json_each(?)) GROUP BY word"


def told_words(index: Index, parts: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """The words of a name with what each tells; one that no name has tells most.

    Args:
        index: where to look.
        parts: of the name, folded; two Persian ones may be written together.
    """
    rows = index.rows(_PAIRS, json.dumps(list(parts)))
    pairs = {str(written): str(apart) for written, apart in rows}
    words = telling_words(" ".join(pairs.get(part, part) for part in parts))[:MOST_WORDS]
    weights = {str(word): float(weight) for word, weight in index.rows(_WEIGHTS, json.dumps(words))}
    return tuple((word, weights.get(word, 1.0)) for word in words)


def in_english(index: Index, text: str) -> list[str]:
    """The parts of a name, in which names of known things stand in English; nothing if there are none.

    «Ermənistan ordusu» is "Armenia ordusu" then, and the army of Armenia needs no name in Azerbaijani.
    """
    parts = pieces(_ENDING.sub("", text))[:MOST_WORDS]
    spans = {
        "".join(parts[start:end]): (start, end)
        for start in range(len(parts))
        for end in range(start + 1, min(start + _LONGEST_PART, len(parts)) + 1)
    }
    rows = index.rows(_NAMED, json.dumps(list(spans)), DERIVED, RANK_OF_DESCRIBED)
    known = sorted((-len(str(part)), spans[str(part)], str(label)) for part, label in rows)
    replaced: dict[int, list[str]] = {}
    for _, (start, end), label in known:
        if not replaced.keys() & range(start, end):
            replaced |= {place: pieces(label) if place == start else [] for place in range(start, end)}
    if not replaced or len(replaced) == len(parts):
        return []
    return [word for place, part in enumerate(parts) for word in replaced.get(place, [part])]


def names_with_words(index: Index, told: Sequence[tuple[str, float]], most: int) -> list[int]:
    """The names that have most of some words, as they are written or sound.

    Args:
        index: where to look.
        told: the words, each with what it tells.
        most: how many names at most.
    """
    words = [word for word, _ in told]
    heard = [sound for word in words if len(sound := sounds(word)) >= _SHORTEST_SOUND]
    rows = index.rows(_WITH_WORDS, json.dumps(words), json.dumps(heard), most)
    return [int(number) for (number,) in rows]
