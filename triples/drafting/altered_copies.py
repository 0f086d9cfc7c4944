"""Claims in another copy of a source: found there, found altered, or not found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from araxes.triples.drafting.folded_text import FoldedText
from araxes.triples.drafting.quotes import Span, find_quote, nearest


@dataclass(frozen=True)
class ComparedClaim:
    """The passages of one claim in another copy.

    Attributes:
        verdict: ``found``, ``altered`` or ``not found``, the worst of its passages.
        places: where they are in the copy.
        instead: words of the source with what the copy has instead.
    """

    verdict: str
    places: tuple[Span, ...]
    instead: tuple[tuple[str, str], ...]


VERDICTS = ("found", "altered", "not found")
"""From best to worst."""


def compare_copy(text: str, passages: Sequence[Span], copy: FoldedText) -> ComparedClaim:
    """Look for the passages of a claim in another copy of its source.

    Args:
        text: the original.
        passages: where they are in the original.
        copy: the other text.
    """
    verdict, places, instead = VERDICTS[0], list[Span](), list[tuple[str, str]]()
    for start, end in passages:
        words = text[start:end]
        found = find_quote(copy, words) if words else []
        if found:
            places.append(_closest(found, start, len(text), len(copy.text)))
            continue
        near = nearest(copy, words)
        verdict = max(verdict, VERDICTS[1 if near else 2], key=VERDICTS.index)
        if near:
            places.append((near.start, near.end))
            instead += near.instead
    return ComparedClaim(verdict if passages else VERDICTS[2], tuple(places), tuple(instead))


def _closest(found: Sequence[Span], start: int, length: int, other: int) -> Span:
    """Of several places the one that stands, in proportion, where the passage stands in the original."""
    return min(found, key=lambda span: abs(span[0] / max(other, 1) - start / max(length, 1)))
