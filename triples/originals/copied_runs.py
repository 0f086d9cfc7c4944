"""Paraphrases that repeat a source word for word, which neither its rights nor good practice allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from araxes.ontology.spelling import NON_JOINER, plain
from araxes.triples.authoring.corpus import Record
from araxes.triples.originals.annotated_files import sentences_of

LONGEST_RUN = 10
"""So many words in a row a paraphrase may have in common with its source."""

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text in one spelling, parts of words that a non-joiner divides being words.

    >>> words("Non-aligned, 1992!")
    ['non', 'aligned', '1992']
    """
    return _WORD.findall(plain(text.replace(NON_JOINER, " ")))


@dataclass(frozen=True)
class SourceWords:
    """The words of a source, to look for copies of them."""

    text: str

    @cached_property
    def _runs(self) -> frozenset[tuple[str, ...]]:
        listed = words(self.text)
        return frozenset(zip(*(listed[place:] for place in range(LONGEST_RUN + 1)), strict=False))

    def copied(self, sentence: str) -> str:
        """The longest run of more than :data:`LONGEST_RUN` words that a sentence has from it; or nothing."""
        listed = words(sentence)
        longest: list[str] = []
        run: list[str] = []
        for place in range(len(listed) - LONGEST_RUN):
            window = tuple(listed[place : place + LONGEST_RUN + 1])
            if window in self._runs:
                run = [*run, window[-1]] if run else list(window)
                longest = max(longest, run, key=len)
            else:
                run = []
        return " ".join(longest)


def copies(claims: Iterator[Record] | list[Record], source: SourceWords) -> Iterator[tuple[Record, str, str]]:
    """Claims whose paraphrase copies its source: the claim, the language, and the words."""
    for claim in claims:
        for language, sentence in sentences_of(claim).items():
            if run := source.copied(sentence):
                yield claim, language, run
