"""What a program of annotation marks in a text, and what its user says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from araxes.ontology.errors import InputError
from araxes.triples.drafting.folded_text import is_wordlike

_STATEMENT = re.compile(r"\s*([^|]+?)\s*\|\s*([^|]+?)\s*\|\s*([^|]+?)\s*")
_AROUND = 60


@dataclass
class Marked:
    """A stretch of a text that somebody has marked.

    Attributes:
        quote: its words.
        start: its first code point where only that is known, else nothing.
        end: one past its last, likewise.
        before: words before it.
        after: words after it.
        said: what is said of it, in words.
        statements: subject, property and object, by name.
    """

    quote: str = ""
    start: int | None = None
    end: int | None = None
    before: str = ""
    after: str = ""
    said: list[str] = field(default_factory=list)
    statements: list[tuple[str, str, str]] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Take what is said: lines with two bars are statements, all else is said in words."""
        for line in filter(None, (each.strip() for each in text.splitlines())):
            if found := _STATEMENT.fullmatch(line):
                self.statements.append((found[1], found[2], found[3]))
            else:
                self.said.append(line)


def placed(marked: Marked, original: str) -> Marked:
    """An annotation in whole words and, where they stand in the text more than once, with those around them.

    Args:
        marked: an annotation, which is changed: what begins or ends within a word is lengthened to whole
            words where the text is known, and what is known of its surroundings shortened to them.
        original: the text that was annotated, or empty.

    Raises:
        InputError: its position lies outside of the text.
    """
    place = _place(marked, original) if original else None
    if place is None:
        marked.before, marked.after = _shortened(marked.before, marked.after)
        return marked
    start, end = _whole_words(original, *place)
    marked.quote = original[start:end]
    marked.before, marked.after = _around(original, start, end, (marked.before, marked.after))
    return marked


def _place(marked: Marked, original: str) -> tuple[int, int] | None:
    """Where its words stand, if that can be told."""
    if isinstance(marked.start, int) and isinstance(marked.end, int):
        inside = 0 <= marked.start < marked.end <= len(original)
        if not inside and not marked.quote:
            what = f"the positions {marked.start} to {marked.end} lie outside of the text"
            raise InputError(what, "annotations by position need the very text that was annotated")
        if inside and marked.quote in ("", original[marked.start : marked.end]):
            return marked.start, marked.end
    for before, after in ((marked.before, marked.after), ("", "")):
        words = f"{before}{marked.quote}{after}"
        if marked.quote.strip() and original.count(words) == 1:
            start = original.index(words) + len(before)
            return start, start + len(marked.quote)
    return None


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without white space at its ends, lengthened to whole words.

    >>> _whole_words("trade by sea and land", 2, 11)
    (0, 12)
    """
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while _within_word(text, start):
        start -= 1
    while _within_word(text, end):
        end += 1
    return start, end


def _within_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and is_wordlike(text[place - 1]) and is_wordlike(text[place])


def _around(text: str, start: int, end: int, known: tuple[str, str]) -> tuple[str, str]:
    """Whole words around a stretch: as far as is known, or else as is needed to tell it from others."""
    several = text.count(text[start:end]) > 1
    before, after = (len(each) for each in known)
    if not before + after and several:
        before = after = _AROUND
    while before + after:
        first, last = max(0, start - before), min(len(text), end + after)
        low, high = _whole_words(text, first, last)
        if not several or text.count(text[low:high]) == 1 or (first, last) == (0, len(text)):
            return text[low:start], text[end:high]
        before, after = 2 * before + _AROUND, 2 * after + _AROUND
    return "", ""


def _shortened(before: str, after: str) -> tuple[str, str]:
    """What stands around, without words that may be cut, unless nothing else is there."""
    first, _, rest = before.partition(" ")
    kept, _, last = after.rpartition(" ")
    return (rest if rest.strip() and first else before), (kept if kept.strip() and last else after)
