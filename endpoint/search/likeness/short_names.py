"""Abbreviations that people make of names: their initials."""

from __future__ import annotations

import re

from araxes.endpoint.search.likeness.common_words import is_little
from araxes.endpoint.search.likeness.folding import fold

_WORDS = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_AT_END = re.compile(r"(.*\S)\s*\(([^()]+)\)")
_SHORTEST, _LONGEST, _FEWEST_CAPITALS = 2, 7, 3
_AS_WRITTEN = re.compile(r"[^\W\d_]{2,7}")


def initials(text: str) -> set[str]:
    """The abbreviations of a name, folded: the initials of all its words, and of those with a capital letter.

    >>> sorted(initials("Baku–Tbilisi–Ceyhan pipeline"))
    ['btc', 'btcp']
    >>> initials("Организация Объединённых Наций") == {fold("ООН")}, initials("Iran")
    (True, set())
    """
    words = [word for word in _WORDS.findall(_BRACKETS.sub("", text)) if not is_little(fold(word))]
    capital = [word for word in words if word[0].isupper()]
    some = [words, capital] if len(capital) >= _FEWEST_CAPITALS else [words]
    found = {fold("".join(word[0] for word in each)) for each in some}
    return {short for short in found if _SHORTEST <= len(short) <= _LONGEST and short.isalpha()}


def abbreviation(text: str) -> str:
    """A text folded, if it is written like an abbreviation (USSR, U.S., ООН); else nothing.

    >>> abbreviation("U.S.S.R."), abbreviation("ООН") == fold("ООН")
    ('ussr', True)
    >>> abbreviation("Iran"), abbreviation("BAKU CITY")
    ('', '')
    """
    bare = text.strip().replace(".", "")
    return fold(bare) if _AS_WRITTEN.fullmatch(bare) and bare.isupper() else ""


def without_brackets(text: str) -> list[str]:
    """A name without what stands in brackets at its end, and that by itself; nothing if there are none.

    >>> without_brackets("National Assembly (Milli Majlis)"), without_brackets("Iran")
    (['National Assembly', 'Milli Majlis'], [])
    """
    found = _AT_END.fullmatch(text)
    return [found[1], found[2]] if found else []
