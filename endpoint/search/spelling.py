"""Slips of typing: words of the dataset that differ by one letter, or sound like what was typed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from araxes.endpoint.search.folding import sounds
from araxes.endpoint.search.query_words import QueryTerm
from araxes.endpoint.search.text_index import (
    LONGEST_CORRECTED,
    SHORTEST_CORRECTED,
    TextIndex,
    one_left_out,
)

_KNOWN = "SELECT 1 FROM text WHERE text MATCH ? LIMIT 1"
_NEAR = """
SELECT DISTINCT word.folded, word.uses FROM slip JOIN word USING (folded)
WHERE slip.left IN (SELECT value FROM json_each(?)) AND ABS(LENGTH(word.folded) - ?) <= 1"""
_ALIKE = "SELECT folded, uses FROM word WHERE sound = ? AND LENGTH(sound) >= 3"


def corrected(index: TextIndex, terms: Sequence[QueryTerm]) -> list[QueryTerm]:
    """The terms of a query, those that nothing holds replaced by the likeliest word that something does."""
    return [
        term
        if index.rows(_KNOWN, term.match())
        else replace(term, word=_nearest(index, term.word) or term.word)
        for term in terms
    ]


def _nearest(index: TextIndex, word: str) -> str:
    """The most used word at one slip's distance, else one that sounds the same; else nothing."""
    if not SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED or word.isdecimal():
        return ""
    near = index.rows(_NEAR, json.dumps(list(one_left_out(word)), ensure_ascii=False), len(word))
    found = [(str(other), int(uses)) for other, uses in near if _one_slip(word, str(other))]
    if not found:
        found = [(str(other), int(uses)) for other, uses in index.rows(_ALIKE, sounds(word))]
    # A slip at the first letter is rare.
    return max(found, key=lambda one: (one[0][0] == word[0], one[1], one[0]))[0] if found else ""


def _one_slip(one: str, other: str) -> bool:
    """Whether two words differ by a letter that is missing, added or another, or by two that changed places.

    >>> _one_slip("karabah", "karabakh"), _one_slip("iarn", "iran"), _one_slip("iran", "baku")
    (True, True, False)
    """
    start = next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None
    )
    if start is None:
        return abs(len(one) - len(other)) <= 1
    one, other = one[start:], other[start:]
    swapped = len(one) > 1 and one[1::-1] + one[2:] == other
    return one[1:] == other or one == other[1:] or one[1:] == other[1:] or swapped
