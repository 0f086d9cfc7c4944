"""Texts in which what typesetters, keyboards and copying change makes no difference, with the way back.

Folded are quotation marks, dashes, letters and digits of Arabic and Persian, joiners, vowel signs, ligatures
and other compatibility characters (Unicode NFKD), white space and line breaks. White space counts only
between two letters or digits, and between two letters of Arabic script not even there. A hyphen with white
space after it inside a word may be a hyphenation: it stands for itself and for nothing. Case is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

SOFT = "\x01"
"""In a folded text: a hyphen that may be a hyphenation."""

_QUOTATION = dict.fromkeys("\"'`´‘’‚‛“”„‟«»‹›′″‵‶〝〞＂＇ʼ", '"')
_DASHES = dict.fromkeys("-‐‑‒–—―−﹘﹣－", "-")
_LETTERS = {"ي": "ی", "ى": "ی", "ك": "ک", "ڪ": "ک", "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه", "ٱ": "ا"}
_DIGITS = dict(zip("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2, strict=True))
_ALIKE = _QUOTATION | _DASHES | _LETTERS | _DIGITS | {"¬": "", "٬": ",", "٫": "."}
_VOWEL_SIGNS = re.compile("[\u064b-\u0652\u0654-\u065f\u0670]")
_INVISIBLE = re.compile("[\u00ad\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_JOINING = "\u200c\u200d\u0640"
_HYPHENATION = re.compile(r"(?<=[^\W\d_])[-‐\u00ad¬]\s+(?=[^\W\d_])")
_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3\u06fa-\u06ff\u0653]")


@lru_cache(1 << 12)
def _fold_character(character: str) -> str:
    """What a character is compared as: nothing, one character or several.

    >>> _fold_character("ﬁ"), _fold_character("ي") == "ی", _fold_character("\\u200c")
    ('fi', True, '')
    """
    if character.isspace():
        return " "
    if character in _ALIKE:
        return _ALIKE[character]
    found = "".join(
        _ALIKE.get(part, " " if part.isspace() else part) for part in unicodedata.normalize("NFKD", character)
    )
    return _VOWEL_SIGNS.sub("", _INVISIBLE.sub("", found))


@lru_cache(1 << 12)
def is_wordlike(character: str) -> bool:
    """Whether a character is a part of words: a letter, a digit, a mark on one, or a joiner."""
    return bool(character) and (
        character.isalnum() or character in _JOINING or unicodedata.category(character).startswith("M")
    )


@dataclass(frozen=True)
class FoldedText:
    """A text as it is compared.

    Attributes:
        text: the text as it stands.
    """

    text: str

    @property
    def folded(self) -> str:
        """The folded characters."""
        return self._both[0]

    @property
    def places(self) -> list[int]:
        """For each folded character the offset of the one in the text that it comes from."""
        return self._both[1]

    @cached_property
    def _both(self) -> tuple[str, list[int]]:
        characters: list[str] = []
        places: list[int] = []
        space = -1
        for character, place in _characters(self.text):
            if character == " ":
                space = place if characters else -1
                continue
            if characters and character == characters[-1] == '"':
                continue
            if space >= 0 and _divides(characters[-1], character):
                characters.append(" ")
                places.append(space)
            space = -1
            characters.append(character)
            places.append(place)
        return "".join(characters), places

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text some folded characters come from: first offset, and one past the last.

        Args:
            start: the first folded character.
            end: one past the last, more than ``start``.
        """
        first, last = self.places[start], self.places[end - 1] + 1
        while last < len(self.text) and _VOWEL_SIGNS.match(self.text[last]):
            last += 1
        return first, last


def _characters(text: str) -> Iterator[tuple[str, int]]:
    """The folded characters of a text, each with the offset it comes from."""
    soft = {found.start(): found.end() for found in _HYPHENATION.finditer(text)}
    place = 0
    while place < len(text):
        if place in soft:
            yield SOFT, place
            place = soft[place]
            continue
        for character in _fold_character(text[place]):
            yield character, place
        place += 1


def _divides(before: str, after: str) -> bool:
    """Whether white space between two characters tells anything."""
    if not (is_wordlike(before) and is_wordlike(after)):
        return False
    return not (_ARABIC.match(before) and _ARABIC.match(after))
