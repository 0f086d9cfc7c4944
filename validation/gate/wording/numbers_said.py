"""Numbers in a sentence, in digits of either script and in words."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from araxes.ontology.spelling import plain
from araxes.validation.gate.wording.cues import words_pattern

NUMBERS = Path(__file__).parent / "numbers.tsv"
"""Words of number: word, language, value, and whether it multiplies what stands before it."""

_FIGURE = re.compile(r"\d{1,3}(?:[,٬،]\d{3})+(?:[.٫]\d+)?|\d+(?:[.٫]\d+)?")
_SEPARATORS = re.compile("[,٬،]")


def figures_in(text: str, language: str) -> set[Decimal]:
    """What is written in digits, with the thousand or million after it.

    >>> figures_in("۳٫۲ میلیارد دلار در ۱۹۹۲", "fa") == {Decimal(3_200_000_000), Decimal(1992)}
    True
    """
    return {value for value, _ in _multiplied(text, language, _figures)}


def numbers_in(text: str, language: str) -> set[Decimal]:
    """All that is written in digits or in words, with and without what multiplies it.

    >>> Decimal(4_000_000_000) in numbers_in("over four billion dollars", "en")
    True
    """
    return {
        value
        for numbers in (_figures, _words_of_number)
        for pair in _multiplied(text, language, numbers)
        for value in pair
    }


def _multiplied(
    text: str, language: str, numbers: Callable[[str, str], Iterator[tuple[Decimal, int]]]
) -> Iterator[tuple[Decimal, Decimal]]:
    """Each number of a text times what stands after it, and by itself."""
    table = _table(language)
    spelled = plain(text)
    for value, end in numbers(spelled, language):
        after = table.words.match(spelled, end + 1)
        factor = table.values[after.group()] if after and after.group() in table.multipliers else Decimal(1)
        yield value * factor, value


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
