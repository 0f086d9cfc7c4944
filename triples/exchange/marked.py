"""What a program of annotation marks in a text, and what its user says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from araxes.ontology.errors import InputError

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
    """An annotation with its words and, where they stand in the text more than once, those around them.

    Args:
        marked: an annotation, which is changed.
        original: the text that was annotated; if there is none, nothing is done.

    Raises:
        InputError: its position lies outside of the text.
    """
    if original and isinstance(marked.start, int) and isinstance(marked.end, int):
        if not 0 <= marked.start < marked.end <= len(original):
            what = f"the positions {marked.start} to {marked.end} lie outside of the text"
            raise InputError(what, "annotations by position need the very text that was annotated")
        there = original[marked.start : marked.end]
        if not marked.quote or marked.quote == there:
            marked.quote = there
            if original.count(there) > 1:
                marked.before = original[max(0, marked.start - _AROUND) : marked.start]
                marked.after = original[marked.end : marked.end + _AROUND]
    return marked
