"""Slips of typing: words of the dataset at one letter from what was typed, or heard like it, or two."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from araxes.endpoint.search.index.text_index import (
    LONGEST_CORRECTED,
    SHORTEST_CORRECTED,
    TextIndex,
    one_left_out,
)
from araxes.endpoint.search.likeness.folding import dice, grams, heard, is_arabic, sounds
from araxes.endpoint.search.text.query_words import QueryTerm

_KNOWN = "SELECT 1 FROM text WHERE text MATCH ? LIMIT 1"
_TOLD = """
SELECT 1 FROM text WHERE text MATCH ?1
AND rowid BETWEEN (SELECT MIN(first) FROM span WHERE kind IN ('name', 'claim'))
AND (SELECT MAX(last) FROM span WHERE kind IN ('name', 'claim')) LIMIT 1"""
_NEAR = """
SELECT DISTINCT word.folded, word.uses FROM slip JOIN word USING (folded)
WHERE slip.left IN (SELECT value FROM json_each(?)) AND ABS(LENGTH(word.folded) - ?) <= 1"""
_ALIKE = """
SELECT folded, uses FROM word
WHERE sound IN (SELECT value FROM json_each(?)) AND LENGTH(sound) >= 2 ORDER BY uses DESC LIMIT 400"""

_SHORTEST_PART = 3
"""Letters of the shortest of two words that were typed as one."""

_LEAST_HEARD = 0.5
"""Letter groups that two words must share: consonants alone also join words of which nothing is alike."""

_WEAK = "vh"
"""Consonants that some transliterations write and others leave out."""

_MIXED = {"f": "v", "v": "f", "h": "k", "k": "h"}
"""Consonants of different classes that stand for one letter in different transliterations."""


def corrected(index: TextIndex, terms: Sequence[QueryTerm], proper: Sequence[str] = ()) -> list[QueryTerm]:
    """The terms of a query, those that nothing holds replaced by the likeliest word that something does.

    Args:
        index: of the dataset's texts.
        terms: as they were typed.
        proper: words that stay as they are.
    """
    known = [term.word in proper or bool(index.rows(_KNOWN, term.match())) for term in terms]
    found = [
        term if term.word in proper else _also_near(index, term) if is_known else _replaced(index, term)
        for term, is_known in zip(terms, known, strict=True)
    ]
    for place in range(len(terms) - 1):
        one, other = terms[place], terms[place + 1]
        if not (known[place] and known[place + 1]) and (both := _together(index, one.word, other.word)):
            found[place], found[place + 1] = replace(one, word=both), replace(other, word=both)
    return found


def _also_near(index: TextIndex, term: QueryTerm) -> QueryTerm:
    """A term that neither a name nor a claim holds, with the word that they have for it."""
    if index.rows(_TOLD, term.match()):
        return term
    near = _one_slip_away(index, term.word)
    return replace(term, others=(*term.others, near)) if near and near[0] == term.word[0] else term


def _replaced(index: TextIndex, term: QueryTerm) -> QueryTerm:
    """A term that nothing holds: as two words, else as the nearest word."""
    if two := _two_words(index, term.word):
        return replace(term, others=(*term.others, two))
    return replace(term, word=_nearest(index, term.word) or term.word)


def _two_words(index: TextIndex, word: str) -> str:
    """Two words that were typed as one and stand beside each other somewhere; else nothing."""
    if len(word) > LONGEST_CORRECTED:
        return ""
    for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        two = f"{word[:place]} {word[place:]}"
        if index.rows(_KNOWN, f'"{two}"'):
            return two
    return ""


def _together(index: TextIndex, one: str, other: str) -> str:
    """The word that two neighbours sound like when they are written together; else nothing."""
    if is_arabic(one) or is_arabic(other) or len(one + other) > LONGEST_CORRECTED:
        return ""
    return _heard_alike(index, one + other)


def _nearest(index: TextIndex, word: str) -> str:
    """The most used word at one slip's distance, else one that sounds alike; else nothing."""
    if not SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED or word.isdecimal():
        return ""
    return _one_slip_away(index, word) or _heard_alike(index, word)


def _one_slip_away(index: TextIndex, word: str) -> str:
    if not SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED or word.isdecimal():
        return ""
    near = index.rows(_NEAR, json.dumps(list(one_left_out(word)), ensure_ascii=False), len(word))
    found = [(str(other), int(uses)) for other, uses in near if _one_slip(word, str(other))]
    # A slip at the first letter is rare.
    return max(found, key=lambda one: (one[0][0] == word[0], one[1], one[0]))[0] if found else ""


def _heard_alike(index: TextIndex, word: str) -> str:
    """The word that is heard most alike among those with the same consonants, or nearly the same."""
    sound = sounds(word)
    for wanted in ([sound] if len(sound) > 2 else [], list(_near_sounds(sound))):
        rows = index.rows(_ALIKE, json.dumps(wanted, ensure_ascii=False))
        alike = [
            (other.isascii() == word.isascii(), likeness, int(uses), other)
            for other, uses in ((str(row[0]), row[1]) for row in rows)
            if (likeness := heard_likeness(word, other)) >= _LEAST_HEARD
        ]
        if alike:
            return max(alike)[-1]
    return ""


def heard_likeness(one: str, other: str) -> float:
    """How alike two words are heard, from 0 to 1; whatever their scripts, as long as these write vowels.

    >>> heard_likeness("aliyof", "aliyev") >= 0.5, heard_likeness("airbases", "ერების") < 0.5
    (True, True)
    """
    return dice(grams(heard(one), 2), grams(heard(other), 2))


def _near_sounds(sound: str) -> Iterator[str]:
    """Consonants that other transliterations of the same name would give.

    >>> "nvrs" in set(_near_sounds("nrs")), "lv" in set(_near_sounds("lf"))
    (True, True)
    """
    for place in range(len(sound) + 1):
        before, after = sound[:place], sound[place:]
        yield from (before + weak + after for weak in _WEAK)
        if after and after[0] in _WEAK:
            yield before + after[1:]
        if after and after[0] in _MIXED:
            yield before + _MIXED[after[0]] + after[1:]


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
