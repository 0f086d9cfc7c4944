"""Words that are no slips of typing, whatever they resemble: names of countries, as CLDR has them.

Nobody who writes «بحرین» (Bahrain) means «بحران» (crisis). The names are read in the server's own process;
evaluators get the words of one search.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from araxes.endpoint.search.likeness.folding import text_words
from araxes.endpoint.search.text.query_words import LONGEST_QUERY

_LANGUAGES = ("en", "fa", "az", "tr", "ru", "ar")
"""Languages in which names are typed here."""

_ADJECTIVES = ("i", "is", "n", "ns", "an", "ans", "ian", "ians", "ese", "ی", "ها", "یها")
"""What makes an adjective or its plural of a name: Kuwaiti, Algerian, کویتی."""

_SHORTEST = 3
"""Letters of a name of which adjectives are made; the first word of a longer name has one more at least."""

_Name = tuple[str, ...]


def country_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded, that name a country, alone or together, or are made of a name.

    >>> country_words("Iran and Bahrain"), country_words("کرهٔ جنوبی و بحران"), country_words("Saudi, Kuwaiti")
    (('iran', 'bahrain'), ('کره', 'جنوبی'), ('saudi', 'kuwaiti'))
    """
    words = text_words(text[:LONGEST_QUERY])
    found: dict[str, None] = {}
    for place, word in enumerate(words):
        for name in _names().get(word, ()):
            if tuple(words[place : place + len(name)]) == name:
                found |= dict.fromkeys(name)
        if _begins_a_name(word) or _of_a_country(word):
            found[word] = None
    return tuple(found)


def _begins_a_name(word: str) -> bool:
    """Whether a word is the first of a country's name, as in "Saudi"."""
    return len(word) > _SHORTEST and word in _names()


def _of_a_country(word: str) -> bool:
    """Whether a word is made of a country's name of one word, as "Kuwaiti" is."""
    stems = (word.removesuffix(end) for end in _ADJECTIVES if word.endswith(end))
    return any(len(stem) >= _SHORTEST and (stem,) in _names().get(stem, ()) for stem in stems)


@cache
def _names() -> Mapping[str, list[_Name]]:
    """First word of a name → names."""
    from babel import Locale  # noqa: PLC0415 - evaluators import this room and do without

    names: dict[str, list[_Name]] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            folded = tuple(text_words(name))
            if code.isalpha() and folded:  # numbers are those of continents and regions
                names.setdefault(folded[0], []).append(folded)
    return names
