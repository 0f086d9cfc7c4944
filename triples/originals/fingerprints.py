"""Fingerprints of passages: enough to find a passage in somebody's own copy, too little to read it off.

Texts are folded to their letters and digits, so that line breaks, hyphenation, spaces, joiners, vowel signs,
punctuation, tatweel and the letters that keyboards mix up make no difference; nor does the order of alef and
lam within a word, since readers of PDF take the two out of their ligature the wrong way round. Of the folded
passage are recorded its length, one number of 52 bits for the whole, and one of 24 bits for each piece of 24
characters. Pieces do not overlap, so no character can be tried alone; a passage of less than two pieces is
taken with what stands around it, since few letters could be guessed and stand anywhere. The same is computed
in browsers by ``endpoint/pages/static/own-copy.js``.

Whoever guesses a passage can confirm the guess, as its SHA-256, which is public anyway, allows; whoever
guesses a piece of 24 characters is told so by 24 bits, and once in 16.8 million guesses wrongly.
"""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from araxes.triples.authoring.corpus_layers import is_waited_for
from araxes.triples.authoring.findings import Finding, Place, quoted
from araxes.triples.authoring.yaml_lines import read_text

FILE = "fingerprints.json"
"""Name of the file, in the folder of a corpus and beside a store."""

PIECE = 24
"""Folded characters of a piece."""

SHORTEST = 2 * PIECE
"""Folded characters that are taken at least."""

_ANEW = "remove it, or write it anew with `araxes fingerprints`"
_MODULI = (67_108_859, 67_108_837)
_BASES = (1_000_003, 8_675_309)
_BITS = (1 << 24) - 1
_ALIKE = str.maketrans("يىېكڪةەھہٱ۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "یییککهههها01234567890123456789")
_ALEF, _LAM = "\u0627", "\u0644"
_TATWEEL = "\u0640"
_NEEDED = 0.3
"""Share of a passage's pieces that must stand in order for it to be found altered; two at least."""

_DRIFT = 0.2
"""How far pieces may have moved against each other, as a share of the passage."""

Verdict = Literal["found", "altered", "not found"]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is recorded of a passage.

    Attributes:
        length: folded characters, with what is taken around it.
        whole: two numbers for all of them.
        start: the first that is of the passage itself.
        inner: how many are.
        pieces: a number for each piece of :data:`PIECE` characters; what is left at the end has none.
    """

    length: int
    whole: tuple[int, int]
    start: int
    inner: int
    pieces: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage in a copy.

    Attributes:
        verdict: whether it stands there.
        start: code point of the copy where it begins; -1 if it was not found.
        end: one past its last.
    """

    verdict: Verdict
    start: int = -1
    end: int = -1


@lru_cache(1 << 13)
def _fold(character: str) -> str:
    """Letters and digits of a character, in lower case.

    >>> _fold("ﬁ"), _fold("ي") == "ی", _fold("-"), _fold("İ"), _fold("\u0640")
    ('fi', True, '', 'i', '')
    """
    parts = unicodedata.normalize("NFKD", character.lower()).translate(_ALIKE)
    return "".join(part for part in parts if unicodedata.category(part)[0] in "LN" and part != _TATWEEL)


@lru_cache(1 << 13)
def _is_joining(character: str) -> bool:
    """Whether a character that is no letter stands within words: a mark, a joiner, a tatweel."""
    return unicodedata.category(character) in ("Mn", "Me", "Cf", "Lm")


class OwnCopy:
    """A text in which passages are looked for by their fingerprints."""

    def __init__(self, text: str) -> None:
        """Fold it, with the way back, and number its pieces."""
        self._places: list[int] = []
        folded: list[str] = []
        lams = 0  # that end the word so far
        for place, character in enumerate(text):
            letters = _fold(character)
            self._places.extend([place] * len(letters))
            for letter in letters:
                folded.insert(len(folded) - (lams if letter == _ALEF else 0), letter)
                lams = lams + (letter == _LAM) if letter in _ALEF + _LAM else 0
            if not letters and not _is_joining(character):
                lams = 0
        self.folded = "".join(folded)
        self._sums = [_sums(self.folded, place) for place in range(2)]
        self._pieces: dict[int, list[int]] | None = None

    def fingerprint(self, start: int, end: int) -> Fingerprint:
        """That of a passage of this text, between two of its code points."""
        first, last = bisect_left(self._places, start), bisect_left(self._places, end)
        begin, stop = self._widened(first, last)
        pieces = tuple(map(self._piece, range(begin, stop - PIECE + 1, PIECE)))
        length = stop - begin
        return Fingerprint(length, self._whole(begin, length), first - begin, last - first, pieces)

    def _widened(self, first: int, last: int) -> tuple[int, int]:
        """A part of the folded text, with as much around it as makes it long enough."""
        missing = max(0, SHORTEST - (last - first))
        begin = max(0, min(first - missing // 2, len(self.folded) - SHORTEST))
        return min(begin, first), max(last, min(len(self.folded), begin + SHORTEST))

    def look_for(self, print_: Fingerprint) -> FoundPassage:
        """Where the passage of a fingerprint stands, if it does."""
        for start in self._candidates(print_):
            if self._whole(start, print_.length) == print_.whole:
                begin = start + print_.start
                return self._found("found", begin, begin + print_.inner)
        return self._altered(print_)

    def _candidates(self, print_: Fingerprint) -> Iterable[int]:
        last = len(self.folded) - print_.length
        if not print_.length or last < 0:
            return ()
        if not print_.pieces:
            return range(last + 1)
        return [start for start in self._where(print_.pieces[0]) if start <= last]

    def _altered(self, print_: Fingerprint) -> FoundPassage:
        """The place where most pieces stand as far from each other as in the passage, more or less."""
        begins = sorted(
            (place - number * PIECE, number, place)
            for number, piece in enumerate(print_.pieces)
            for place in self._where(piece)
        )
        width, needed = max(PIECE, _DRIFT * print_.length), max(2.0, _NEEDED * len(print_.pieces))
        best: tuple[int, int, int] = (0, 0, 0)
        for first, (begin, _, _) in enumerate(begins):
            last = bisect_right(begins, (begin + width, len(print_.pieces), len(self.folded)))
            near = begins[first:last]
            number = len({piece for _, piece, _ in near})
            if number > best[0]:
                places = [place for _, _, place in near]
                best = (number, min(places), max(places) + PIECE)
        if best[0] < needed:
            return FoundPassage("not found")
        return self._found("altered", best[1], best[2])

    def _found(self, verdict: Verdict, start: int, end: int) -> FoundPassage:
        if start == end:  # a passage without a letter
            place = self._places[min(start, len(self._places) - 1)]
            return FoundPassage(verdict, place, place)
        return FoundPassage(verdict, self._places[start], self._places[end - 1] + 1)

    def _where(self, piece: int) -> list[int]:
        if self._pieces is None:
            self._pieces = defaultdict(list)
            for place in range(len(self.folded) - PIECE + 1):
                self._pieces[self._piece(place)].append(place)
        return self._pieces.get(piece, [])

    def _piece(self, place: int) -> int:
        return self._hash(0, place, PIECE) & _BITS

    def _whole(self, start: int, length: int) -> tuple[int, int]:
        return self._hash(0, start, length), self._hash(1, start, length)

    def _hash(self, which: int, start: int, length: int) -> int:
        sums, modulus = self._sums[which], _MODULI[which]
        return (sums[start + length] - sums[start] * _power(which, length)) % modulus


@lru_cache(1 << 14)
def _power(which: int, exponent: int) -> int:
    return pow(_BASES[which], exponent, _MODULI[which])


def _sums(text: str, which: int) -> list[int]:
    """Of each beginning of a text: its characters as digits of a number, by a modulus."""
    base, modulus, total, sums = _BASES[which], _MODULI[which], 0, [0]
    for character in text:
        total = (total * base + ord(character) + 1) % modulus
        sums.append(total)
    return sums


def numbers(each: Fingerprint) -> list[int]:
    """A fingerprint as files hold it."""
    return [each.length, *each.whole, each.start, each.inner, *each.pieces]


def key_of(sha256: str, start: int) -> str:
    """What a fingerprint is filed under: the digest of its passage and where that begins in the original."""
    return f"{sha256}@{start}"


def written(prints: Mapping[str, Fingerprint]) -> str:
    """Fingerprints by :func:`key_of` of their passages, as JSON with a line for each."""
    lines = [
        f"{json.dumps(digest)}: {json.dumps(numbers(each), separators=(',', ':'))}"
        for digest, each in sorted(prints.items())
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def numbers_in(path: Path) -> tuple[dict[str, list[int]], list[Finding]]:
    """The numbers of such a file by the key of their passage, and what is wrong with it.

    Args:
        path: the file; one that is not there holds none.
    """
    if is_waited_for(path):
        return {}, [Finding(Place(path), "", "is a pipe or device", _ANEW)]
    text, findings = read_text(path) if path.exists() else ("{}", [])
    if findings:
        return {}, findings
    try:
        found = json.loads(text)
    except (RecursionError, ValueError) as error:
        why = getattr(error, "msg", "nested too deep" if isinstance(error, RecursionError) else str(error))
        return {}, [Finding(Place(path, getattr(error, "lineno", 0)), "", f"is no JSON: {why}", _ANEW)]
    wrong = list(_malformed(found, text, path))
    return ({}, wrong) if wrong else (found, [])


def _malformed(found: Any, text: str, path: Path) -> Iterator[Finding]:
    """What is no fingerprint in a file of JSON, of several only the first."""
    if not isinstance(found, dict):
        yield Finding(Place(path, 1), "", "is no JSON object of fingerprints", _ANEW)
        return
    wrong = next((key for key, value in found.items() if not _are_numbers(value)), None)
    if wrong is not None:
        line = text.count("\n", 0, max(0, text.find(json.dumps(wrong)))) + 1
        message = f"{quoted(wrong)} has no fingerprint, which is a list of five or more whole numbers"
        yield Finding(Place(path, line), "", message, _ANEW)


def _are_numbers(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 4 and all(type(each) is int for each in value)


def read(text: str) -> dict[str, Fingerprint]:
    """The fingerprints of such a file.

    >>> prints = {"ab": Fingerprint(50, (1, 2), 9, 30, (3, 4))}
    >>> read(written(prints)) == prints
    True

    Raises:
        ValueError: it has another form.
    """
    try:
        return {
            digest: Fingerprint(length, (one, two), start, inner, tuple(pieces))
            for digest, (length, one, two, start, inner, *pieces) in json.loads(text).items()
        }
    except (AttributeError, TypeError) as error:
        raise ValueError(f"no fingerprints: {error}") from error
