"""What of an original no passage covers: an aid for annotators, never a verdict."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from araxes.ontology.spelling import NON_JOINER, plain
from araxes.triples.authoring.corpus import Record, strings
from araxes.triples.originals.annotated_files import RecordedSpan
from araxes.triples.originals.passages import Original

_DIGITS = re.compile(r"\d[\d.,/٫٬]*")
_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"[.!?؟;؛:]\s|\n\s*\n")
_WIDEST_GAP = 4
_SHORTEST_NAME = 4


@dataclass(frozen=True)
class Coverage:
    """How far the passages of a source's claims reach.

    Attributes:
        claims: number of claims of the source.
        share: covered characters among those that are not white space, 0 to 1.
        digits: line and text of figures outside every passage.
        names: line and text of known names outside every passage.
    """

    claims: int
    share: float
    digits: list[tuple[int, str]]
    names: list[tuple[int, str]]


def coverage(
    passages: Iterable[Iterable[RecordedSpan]], names: Iterable[str], original: Original
) -> Coverage:
    """Compare one original with the passages of its claims.

    Args:
        passages: those of each claim.
        names: what known things are called.
        original: the text.
    """
    claims = [list(spans) for spans in passages]
    covered = bytearray(len(original.text))
    for span in (span for spans in claims for span in spans):
        first, last = min(span.start, len(covered)), min(span.end, len(covered))
        covered[first:last] = b"\1" * (last - first)
    text = original.text
    visible = [index for index, character in enumerate(text) if not character.isspace()]
    newlines = [index for index, character in enumerate(text) if character == "\n"]

    def line(offset: int) -> int:
        return bisect_right(newlines, offset - 1) + 1

    digits = [(line(m.start()), m.group()) for m in _DIGITS.finditer(text) if not covered[m.start()]]
    uncovered = [
        (line(start), " ".join(text[start:end].split()))
        for start, end in found_names(text, names)
        if not covered[start]
    ]
    share = sum(covered[index] for index in visible) / max(len(visible), 1)
    return Coverage(len(claims), share, digits, uncovered)


def names_of_entities(entities: Iterable[Record]) -> set[str]:
    """All that entities are called, as far as their records are written as they should be."""
    found: set[str] = set()
    for entity in entities:
        for key in ("label", "altLabel"):
            found.update(strings(entity.data.get(key)))
    return found


def found_names(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where known names stand, the longest at each place, in the spelling of any keyboard."""
    known = _by_first_word(names)
    words = [
        (plain(match.group(), fold_case=False), match.start(), match.end())
        for match in _WORD.finditer(text.replace(NON_JOINER, " "))
    ]
    place = 0
    while place < len(words):
        found = next(
            (name for name in known.get(words[place][0], ()) if _stands(text, words, place, name)), ()
        )
        if found:
            yield words[place][1], words[place + len(found) - 1][2]
        place += max(len(found), 1)


def _by_first_word(names: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """The words of names by the first of them, names with most words first."""
    known: dict[str, set[tuple[str, ...]]] = {}
    for name in names:
        words = tuple(_WORD.findall(plain(name.replace(NON_JOINER, " "), fold_case=False)))
        if words and len(name) >= _SHORTEST_NAME:
            joined = "".join(words)
            for each in {words, (joined,)} if "\u0600" <= joined[0] <= "\u06ff" else {words}:
                known.setdefault(each[0], set()).add(each)
    return {first: sorted(found, key=lambda name: (-len(name), name)) for first, found in known.items()}


def _stands(text: str, words: Sequence[tuple[str, int, int]], place: int, name: tuple[str, ...]) -> bool:
    """Whether all words of a name stand from a place on, with no end of a sentence between them."""
    there = words[place : place + len(name)]
    if tuple(word for word, _, _ in there) != name:
        return False
    gaps = (text[one[2] : other[1]] for one, other in pairwise(there))
    return all(len(gap) <= _WIDEST_GAP and not _ENDS.search(gap) for gap in gaps)
