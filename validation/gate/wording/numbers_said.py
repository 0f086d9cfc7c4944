"""Numbers in a sentence, in digits of either script and in words."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from araxes.ontology.spelling import plain
from araxes.validation.gate.wording.cues import words_pattern
from araxes.validation.gate.wording.numbers_in_words import numbers_in_words

NUMBERS = Path(__file__).parent / "numbers.tsv"
"""Words of number: word, language, value, and whether it multiplies what stands before it."""

_FIGURE = re.compile(r"\d{1,3}(?:[,٬،]\d{3})+(?:[.٫]\d+)?|\d+(?:[.٫]\d+)?")
_GROUPED = re.compile(r"(?<=\d)(?:[\u00a0\u2009\u202f](?=\d{3}(?!\d))| (?=000(?!\d)))")
"""What parts groups of three digits, where it is no comma."""

_JOINING = (" and ", " و ")
_SHORT_UNITS = {"k": Decimal(1000), "mn": Decimal(10) ** 6, "bn": Decimal(10) ** 9, "tn": Decimal(10) ** 12}
_SHORT = re.compile(r" ?(?:k|mn|bn|tn)(?!\w)")
_SEPARATORS = re.compile("[,٬،]")


def figures_in(text: str, language: str) -> set[Decimal]:
    """What is written in digits, with the thousand or million after it; what is added up, added up.

    >>> figures_in("۳ میلیارد و ۱۰۰ میلیون دلار در ۱۹۹۲", "fa") == {Decimal(3_100_000_000), Decimal(1992)}
    True
    """
    return {number.value for number in _sums(_multiplied(text, language, _figures))}


def numbers_in(text: str, language: str) -> set[Decimal]:
    """All that is written in digits or in words, with and without what multiplies it or is added to it.

    >>> Decimal(4_000_000_000) in numbers_in("over four billion dollars", "en")
    True
    >>> Decimal(80) in numbers_in("four fifths of its power", "en")
    True
    """
    found: set[Decimal] = set()
    for numbers in (_figures, _words_of_number):
        listed = list(_multiplied(text, language, numbers))
        found |= {number.value for number in (*listed, *_sums(listed))} | {each.bare for each in listed}
    return found | set(numbers_in_words(text, language))


@dataclass(frozen=True)
class _Number:
    """A number in a text.

    Attributes:
        value: with what multiplies it.
        bare: without.
        joined: whether "and" joins it to the next.
    """

    value: Decimal
    bare: Decimal
    joined: bool


def _multiplied(
    text: str, language: str, numbers: Callable[[str, str], Iterator[tuple[Decimal, int]]]
) -> Iterator[_Number]:
    """Each number of a text, times the thousand or million after it."""
    table = _table(language)
    spelled = plain(_GROUPED.sub("", text))
    for bare, end in numbers(spelled, language):
        after = table.words.match(spelled, end + 1) or _SHORT.match(spelled, end)
        unit = after.group().strip() if after else ""
        multiplied = unit in table.multipliers or unit in _SHORT_UNITS
        factor = _SHORT_UNITS.get(unit) or table.values[unit] if multiplied else Decimal(1)
        rest = spelled[after.end() :] if after and multiplied else ""
        yield _Number(bare * factor, bare, rest.startswith(_JOINING))


def _sums(numbers: Iterable[_Number]) -> list[_Number]:
    """Numbers in which millions that are joined to the thousand millions before them are added to them."""
    found: list[_Number] = []
    for number in numbers:
        if found and found[-1].joined and number.value < found[-1].value:
            found[-1] = replace(number, value=found[-1].value + number.value)
        else:
            found.append(number)
    return found


def _figures(spelled: str, _: str) -> Iterator[tuple[Decimal, int]]:
    for match in _FIGURE.finditer(spelled):
        yield Decimal(_SEPARATORS.sub("", match.group()).replace("٫", ".")), match.end()


def _words_of_number(spelled: str, language: str) -> Iterator[tuple[Decimal, int]]:
    table = _table(language)
    for match in table.words.finditer(spelled):
        yield table.values[match.group()], match.end()


@dataclass(frozen=True)
class _Table:
    """What finds the words of number of a language, their values, and those that multiply."""

    words: re.Pattern[str]
    values: dict[str, Decimal]
    multipliers: frozenset[str]


@cache
def _table(language: str) -> _Table:
    values, multipliers = {}, set()
    with NUMBERS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["language"] == language:
                values[plain(row["word"])] = Decimal(row["value"])
                if row["multiplies"]:
                    multipliers.add(plain(row["word"]))
    return _Table(words_pattern(values), values, frozenset(multipliers))
