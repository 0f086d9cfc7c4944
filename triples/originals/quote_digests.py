"""Whether a text that somebody holds is a passage of which only place and digest are recorded.

A digest tells equal from unequal and nothing else. So the text is tried as it stands, at every place in it,
then with white space and letters written in the ways in which copies differ: spaces for line breaks, Persian
for Arabic letters, composed for decomposed ones. What only such a spelling matches was altered in copying.
What nothing matches was altered otherwise or is no passage of the claim: nobody can tell without the text.
"""

from __future__ import annotations

import hashlib
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from hashlib import _Hash

LONGEST_QUOTATION = 4000
"""Code points of a text that are tried."""

_BUDGET = 200_000_000
"""What trying may cost in one call, in steps of about a nanosecond."""

_STEP = 1_000
"""Cost of hashing something, beside one for each byte."""

_GAPS = (
    ("\n",),
    ("  ", "\n\n", "\n ", " \n"),
    ("   ", " \n\n", "\n\n ", " \n "),
    ("    ", " \n\n ", "\n\n  "),
    *((" " * width,) for width in range(5, 11)),
)
"""White space between two words of a printed text other than one space, by width."""

_PALETTES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("\n",),),
    ((), ("\n\n",)),
    ((), ("\n\n",), (" \n\n", "\n\n ")),
    ((), ("  ",), ("   ",), ("    ",)),
    (("\n",), ("  ", "\n\n")),
    _GAPS,
)
"""Gaps that are tried together: most texts break their lines in one way, or are only spaced."""

_MOST_ODD = 12
_QUOTES = "\"'“”„«»‹›‘’ \n\t\r"
_ARABIC = str.maketrans("یک", "يك")
_PERSIAN = str.maketrans("يىك", "ییک")

Verdict = Literal["found", "found-altered", "cannot-tell"]
Change = Literal["white-space", "letters", "quotation-marks"]


@dataclass(frozen=True, slots=True)
class RecordedPassage:
    """A passage as the graph records it.

    Attributes:
        text: IRI of the text.
        start: first code point.
        end: one past the last.
        sha256: of the slice.
    """

    text: str
    start: int
    end: int
    sha256: str

    @property
    def length(self) -> int:
        """Code points."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class CheckedPassage:
    """What came of comparing a text with one passage.

    Attributes:
        passage: the passage.
        verdict: what can be said.
        changes: what was written otherwise in the text than in the passage.
        whole: whether the passage is the whole text; otherwise it stands within it.
    """

    passage: RecordedPassage
    verdict: Verdict
    changes: tuple[Change, ...] = ()
    whole: bool = True


@dataclass(slots=True)
class _Budget:
    """What may still be spent."""

    left: int = _BUDGET

    def spend(self, bytes_hashed: int) -> bool:
        """Pay for one hash; false when nothing is left."""
        self.left -= _STEP + bytes_hashed
        return self.left > 0


@dataclass(slots=True)
class _Spelling:
    """The text in one spelling of its letters."""

    text: str
    changes: tuple[Change, ...]
    words: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = self.text.split()


def check_quotation(text: str, passages: Iterable[RecordedPassage]) -> list[CheckedPassage]:
    """Compare a text with the passages of a claim.

    Args:
        text: what is held to be a passage, or to contain it; what is beyond a bound is not read.
        passages: of the claim, in any order.

    Returns:
        One result for each passage, in their order. Time is bounded whatever the text.

    >>> def digest(text): return hashlib.sha256(text.encode()).hexdigest()
    >>> there = RecordedPassage("t", 10, 23, digest("a line\\nbroken"))
    >>> [(each.verdict, each.changes) for each in check_quotation("a line broken", [there])]
    [('found-altered', ('white-space',))]
    """
    spellings = list(_spellings(text[:LONGEST_QUOTATION]))
    budget = _Budget()
    return [_checked(spellings, passage, budget) for passage in passages]


def shape(text: str, passage: RecordedPassage) -> Literal["shorter", "alike", "longer"]:
    """How long a text is beside a passage, white space aside, which copies change most.

    >>> shape("three words here", RecordedPassage("t", 0, 16, ""))
    'alike'
    """
    words = text[:LONGEST_QUOTATION].split()
    letters = sum(map(len, words))
    if letters + max(0, len(words) - 1) < passage.length * 0.9:
        return "shorter"
    return "longer" if letters > passage.length else "alike"


def _spellings(text: str) -> Iterator[_Spelling]:
    """The text as it stands, and as others write it, each once."""
    seen: set[str] = set()
    bare = text.strip(_QUOTES)
    for base, changes in ((text, ()), (bare, ("quotation-marks",) if bare != text.strip() else ())):
        for letters in (
            base,
            base.translate(_ARABIC),
            base.translate(_PERSIAN),
            unicodedata.normalize("NFC", base),
            unicodedata.normalize("NFD", base),
            base.replace("\u200c", " "),
            base.replace("\u200c", ""),
        ):
            if letters not in seen:
                seen.add(letters)
                other: tuple[Change, ...] = () if letters == base else ("letters",)
                yield _Spelling(letters, (*_as_changes(changes), *other))


def _as_changes(names: tuple[str, ...]) -> tuple[Change, ...]:
    return ("quotation-marks",) if names else ()


def _checked(spellings: list[_Spelling], passage: RecordedPassage, budget: _Budget) -> CheckedPassage:
    for spelling in spellings:
        if _stands_in(spelling.text, passage, budget):
            whole = len(spelling.text.strip()) == passage.length
            # A passage that stands within the text letter by letter is found, whatever is around it.
            changes = tuple(each for each in spelling.changes if each == "letters")
            return CheckedPassage(passage, "found-altered" if changes else "found", changes, whole)
    for spelling in spellings:
        if _with_other_gaps(spelling.words, passage, budget):
            return CheckedPassage(passage, "found-altered", (*spelling.changes, "white-space"))
    for spelling in spellings:
        if _within_with_other_gaps(spelling.words, passage, budget):
            return CheckedPassage(passage, "found-altered", (*spelling.changes, "white-space"), whole=False)
    return CheckedPassage(passage, "cannot-tell")


def _stands_in(text: str, passage: RecordedPassage, budget: _Budget) -> bool:
    """Whether the slice stands in a text as it is."""
    data = text.encode("utf-8", "replace")
    places = [0, *accumulate(len(character.encode("utf-8", "replace")) for character in text)]
    for start, end in zip(places, places[passage.length :], strict=False):
        if not budget.spend(end - start):
            return False
        if hashlib.sha256(data[start:end]).hexdigest() == passage.sha256:
            return True
    return False


@dataclass(slots=True)
class _GapFilling:
    """Words between which white space is tried until they have the digest of a passage.

    Attributes:
        words: in UTF-8.
        digest: that of the slice.
        gaps: that are tried beside one space, by width.
        budget: what it may cost.
        ends: for each word all words from there on, with one space before each.
    """

    words: list[bytes]
    digest: str
    gaps: tuple[tuple[str, ...], ...]
    budget: _Budget
    ends: list[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.ends = list(accumulate(reversed(self.words), lambda end, word: b" " + word + end, initial=b""))
        self.ends.reverse()

    def fits(self, odd: int, extra: int) -> bool:
        """Whether it fits with so many odd gaps, together so much wider than as many spaces."""
        return self._goes_on(hashlib.sha256(self.words[0]), 1, odd, extra)

    def _goes_on(self, begun: _Hash, first: int, odd: int, extra: int) -> bool:
        """The same from a word on; what was hashed before is shared between all ways that begin alike."""
        if not odd:
            end = self.ends[first]
            if extra or not self.budget.spend(len(end)):
                return False
            whole = begun.copy()
            whole.update(end)
            return whole.hexdigest() == self.digest
        widest = len(self.gaps) - 1
        plain = begun.copy()
        for place in range(first, len(self.words) - odd + 1):
            for wider in range(max(0, extra - (odd - 1) * widest), min(extra, widest) + 1):
                for gap in self.gaps[wider]:
                    if not self.budget.spend(0):
                        return False
                    hashed = plain.copy()
                    hashed.update(gap.encode() + self.words[place])
                    if self._goes_on(hashed, place + 1, odd - 1, extra - wider):
                        return True
            plain.update(b" " + self.words[place])
        return False


def _with_other_gaps(words: list[str], passage: RecordedPassage, budget: _Budget) -> bool:
    """Whether all words are the slice, with other white space between them."""
    extra = passage.length - sum(map(len, words)) - (len(words) - 1)
    if not words or extra < 0:
        return False
    encoded = [word.encode("utf-8", "replace") for word in words]
    for gaps in _PALETTES:
        # Each has its share, so that a dear one leaves something for the next.
        share = budget.left if gaps is _GAPS else budget.left // 3
        filling = _GapFilling(encoded, passage.sha256, gaps, _Budget(share))
        odds = range(min(len(words) - 1, _MOST_ODD) + 1)
        if any(filling.fits(odd, extra) for odd in odds if filling.budget.left > 0):
            return True
        budget.left -= share - max(filling.budget.left, 0) + len(words) * passage.length
    return False


def _within_with_other_gaps(words: list[str], passage: RecordedPassage, budget: _Budget) -> bool:
    """Whether neighbouring words are the slice with one space between them, or one gap otherwise."""
    ends = [0, *accumulate(len(word) + 1 for word in words)]
    for first in range(len(words)):
        # Widths with single spaces, from which one odd gap can still reach the passage's.
        low = bisect_left(ends, ends[first] + passage.length - len(_GAPS) + 2)
        high = bisect_right(ends, ends[first] + passage.length + 1)
        for last in range(max(low, first + 1), high):
            extra = passage.length - (ends[last] - ends[first] - 1)
            encoded = [word.encode("utf-8", "replace") for word in words[first:last]]
            filling = _GapFilling(encoded, passage.sha256, _GAPS, budget)
            budget.left -= len(encoded) * passage.length
            if any(filling.fits(odd, extra) for odd in ((1,) if extra else (0, 1)) if len(encoded) > odd):
                return True
            if budget.left < 0:
                return False
    return False
