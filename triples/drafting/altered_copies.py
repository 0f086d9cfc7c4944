"""Claims in another copy of a source: found there, found altered, or not found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from araxes.triples.drafting.folded_text import FoldedText
from araxes.triples.drafting.quote_search import Span, find_quote, line_of, nearest
from araxes.triples.originals.annotated_files import RecordedSpan
from araxes.triples.originals.fingerprints import Fingerprint, FoundPassage, OwnCopy, key_of


@dataclass(frozen=True)
class ComparedClaim:
    """The passages of one claim in another copy.

    Attributes:
        verdict: ``found``, ``altered`` or ``not found``, the worst of its passages.
        places: where they are in the copy.
        lines: of it, on which they begin, from 1.
        instead: words of the source with what the copy has instead.
    """

    verdict: str
    places: tuple[Span, ...]
    lines: tuple[int, ...]
    instead: tuple[tuple[str, str], ...]


VERDICTS = ("found", "altered", "not found")
"""From best to worst."""


class ComparedCopy:
    """A source beside another copy of it."""

    def __init__(self, text: str, readings: Sequence[str]) -> None:
        """Fold both.

        Args:
            text: the original.
            readings: the texts that the copy may be meant to hold, the likeliest first.
        """
        self._original = OwnCopy(text)
        self._text = text
        self._folded = [FoldedText(each) for each in readings]
        self._letters = [OwnCopy(each) for each in readings]

    def claim(self, passages: Sequence[Span]) -> ComparedClaim:
        """Look for the passages of a claim.

        A passage is found by its words, or else by its letters and digits alone, as browsers find it.

        Args:
            passages: where they are in the original.
        """
        verdict, instead = VERDICTS[0], list[tuple[str, str]]()
        places, lines = list[Span](), list[int]()
        for start, end in passages:
            found = self._found(start, end)
            if found is None:
                near = nearest(self._folded[0], self._text[start:end])
                verdict = max(verdict, VERDICTS[1 if near else 2], key=VERDICTS.index)
                if near is None:
                    continue
                instead += near.instead
                found = self._folded[0], (near.start, near.end)
            places.append(found[1])
            lines.append(line_of(found[0].text, found[1][0]))
        return ComparedClaim(
            verdict if passages else VERDICTS[2], tuple(places), tuple(lines), tuple(instead)
        )

    def _found(self, start: int, end: int) -> tuple[FoldedText, Span] | None:
        """The reading in which a passage stands, and where."""
        words = self._text[start:end]
        if not words:
            return None
        for reading in self._folded:
            found = find_quote(reading, words)
            if found:
                return reading, _closest(found, start, len(self._text), len(reading.text))
        print_ = self._original.fingerprint(start, end)
        if not print_.inner:
            return None
        for reading, letters in zip(self._folded, self._letters, strict=True):
            place = letters.look_for(print_)
            if place.verdict == VERDICTS[0]:
                return reading, (place.start, place.end)
        return None


class FingerprintedCopy:
    """A copy of a source whose original is not at hand, looked through by fingerprints as browsers do."""

    def __init__(self, prints: Mapping[str, Fingerprint], readings: Sequence[str]) -> None:
        """Fold it.

        Args:
            prints: by :func:`~araxes.triples.originals.fingerprints.key_of`.
            readings: the texts that the copy may be meant to hold, the likeliest first.
        """
        self._prints = prints
        self._readings = readings
        self._letters = [OwnCopy(each) for each in readings]

    def claim(self, passages: Sequence[RecordedSpan]) -> ComparedClaim:
        """Look for the passages of a claim; one without a fingerprint is not found."""
        verdicts, places, lines = list[str](), list[Span](), list[int]()
        for span in passages:
            print_ = self._prints.get(key_of(span.sha256, span.start))
            text, found = self._best(print_) if print_ else ("", FoundPassage("not found"))
            verdicts.append(found.verdict)
            if found.start >= 0:
                places.append((found.start, found.end))
                lines.append(line_of(text, found.start))
        worst = max(verdicts, key=VERDICTS.index, default=VERDICTS[2])
        return ComparedClaim(worst, tuple(places), tuple(lines), ())

    def _best(self, print_: Fingerprint) -> tuple[str, FoundPassage]:
        """The reading in which a passage stands best, and where."""
        looked = [
            (text, letters.look_for(print_))
            for text, letters in zip(self._readings, self._letters, strict=True)
        ]
        return min(looked, key=lambda each: VERDICTS.index(each[1].verdict))


def _closest(found: Sequence[Span], start: int, length: int, other: int) -> Span:
    """Of several places the one that stands, in proportion, where the passage stands in the original."""
    return min(found, key=lambda span: abs(span[0] / max(other, 1) - start / max(length, 1)))
