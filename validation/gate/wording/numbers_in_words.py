"""Numbers of several words: “twenty-five thousand”, «چهارصد و بیست هزار»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from araxes.ontology.spelling import plain

_ENGLISH = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_PERSIAN = "یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety", "بیست سی چهل پنجاه شصت هفتاد هشتاد نود"
_HUNDREDS = "صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد"


def _numbered(words: str, step: int = 1, first: int = 1) -> dict[str, int]:
    return {plain(word): step * number for number, word in enumerate(words.split(), start=first)}


_VALUES = {
    "en": _numbered(_ENGLISH) | _numbered(_TENS[0], 10, 2),
    "fa": _numbered(_PERSIAN) | _numbered(_TENS[1], 10, 2) | _numbered(_HUNDREDS, 100),
}
_LARGE = {
    "en": {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    "fa": {plain(word): 10**power for word, power in (("هزار", 3), ("میلیون", 6), ("میلیارد", 9))},
}
_AND = {"en": "and", "fa": plain("و")}
_WORD = re.compile(r"[^\W\d_]+")
_ORDINAL = {"en": re.compile(r"first|second|third|\w+(th|st|nd|rd)"), "fa": re.compile(r"\w+(م|مین)")}
_LEAST = 20
_CENTURIES = range(15, 21)
"""What years begin with, as in “nineteen ninety-four”."""


def numbers_in_words(text: str, language: str) -> Iterator[Decimal]:
    """The cardinal numbers from twenty on that a text says in words, as wholes.

    >>> list(numbers_in_words("about forty thousand men in twenty-five camps", "en"))
    [Decimal('40000'), Decimal('25')]
    >>> list(numbers_in_words("صد و بیست هزار نفر و سه شهر", "fa"))
    [Decimal('120000')]
    >>> list(numbers_in_words("in nineteen ninety-four", "en"))
    [Decimal('1994')]
    >>> list(numbers_in_words("the twenty-first century, two and three", "en"))
    []
    """
    if language not in _VALUES:
        return
    run = _NumberRun(language)
    for word in [*_WORD.findall(plain(text)), ""]:
        if run.takes(word):
            continue
        if run.said and not _ORDINAL[language].fullmatch(word) and run.value >= _LEAST:
            yield Decimal(run.value)
        run = _NumberRun(language)
        run.takes(word)


class _NumberRun:
    """Words one after the other that say one number."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._whole, self._part, self._last = 0, 0, 0
        self._joined = False
        self.said = False

    @property
    def value(self) -> int:
        """The number so far."""
        return self._whole + self._part

    def takes(self, word: str) -> bool:
        """Whether a word goes on with the number; it is added then."""
        values, large = _VALUES[self._language], _LARGE[self._language]
        if word == _AND[self._language]:
            joins = self.said and not self._joined
            self._joined = self._joined or joins
            return joins
        if word in large:
            self._whole += (self._part or 1) * large[word]
            self._part, self._last = 0, large[word]
        elif word == "hundred" and self._language == "en" and self._part < 100:
            self._part = (self._part or 1) * 100
            self._last = 100
        elif word in values and self.value == self._last in _CENTURIES and values[word] >= _LEAST:
            self._part, self._last = self._part * 100 + values[word], values[word]
        elif word in values and self._fits(values[word]):
            self._part += values[word]
            self._last = values[word]
        else:
            return False
        self.said, self._joined = True, False
        return True

    def _fits(self, value: int) -> bool:
        """Whether a smaller number may be added: units to tens, tens to hundreds, all to thousands."""
        if not self.said:
            return True
        round_ones = (1000, 100, 10) if self._last >= _LEAST else ()
        room = next((each for each in round_ones if self._last % each == 0), 0)
        return value < room and (self._joined or self._language == "en")
