"""Cue words: words of a sentence that say what kind of thing its claim must say too.

``cues.tsv`` has one cue a line: the cue, its language, its kind, phrases in which it does not count, a note.
A cue that begins with ``^`` counts at the beginning of a text only; ``#`` stands for digits, ``*`` for any
ending, ``…`` for whatever stands between within the sentence. Spellings that Persian keyboards mix up count
alike: Arabic and Persian letters, a non-joiner or a space or nothing at all, signs of vowels.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from araxes.ontology.spelling import NON_JOINER, plain

CUES = Path(__file__).parent / "cues.tsv"
"""The table of cue words."""

COLUMNS = ("cue", "language", "kind", "except", "note")
"""Its columns."""


_SIGNS = {
    " ": rf"[ {NON_JOINER}]",
    NON_JOINER: rf"[ {NON_JOINER}]?",
    "…": "[^.;:]*?",
    "#": r"\d+",
    "*": rf"[\w{NON_JOINER}]*",
}
"""Signs of the table → what they stand for."""


@dataclass(frozen=True)
class FoundCue:
    """A cue in a sentence.

    Attributes:
        kind: the cue's kind.
        word: the words of the sentence that are it.
    """

    kind: str
    word: str


def cues_in(text: str, language: str, kinds: Iterable[str] | None = None) -> Iterator[FoundCue]:
    """The cues of some or all kinds in a sentence, in order of kind and place.

    >>> [found.kind for found in cues_in("The only way is up.", "en")]
    ['only']
    >>> list(cues_in("Not only Iran objects.", "en", ["only"]))
    []
    """
    table, spelled = _patterns(language), plain(text)
    for kind in table if kinds is None else kinds:
        if kind in table:
            wanted, unwanted = table[kind]
            for match in wanted.finditer(unwanted.sub("¦", spelled)):
                yield FoundCue(kind, match.group())


@cache
def _patterns(language: str) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Of each kind: what finds its cues, and what finds the phrases in which they do not count."""
    cues: dict[str, list[str]] = defaultdict(list)
    phrases: dict[str, list[str]] = defaultdict(list)
    with CUES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["language"] == language:
                cues[row["kind"]].append(row["cue"])
                phrases[row["kind"]] += filter(None, row["except"].split("|"))
    return {kind: (words_pattern(cues[kind]), words_pattern(phrases[kind])) for kind in cues}


def words_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """What finds whole words in a :func:`plain` text, the longest first."""
    listed = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(_pattern, listed)) or "(?!)")


def _pattern(words: str) -> str:
    start = r"^[«\"“'(]*" if words.startswith("^") else rf"(?<![\w{NON_JOINER}])"
    spelled = plain(words.removeprefix("^")).replace(" … ", "…")
    parts = re.split(rf"([ {NON_JOINER}…#*])", spelled)
    return start + "".join(_SIGNS.get(part) or re.escape(part) for part in parts) + rf"(?![\w{NON_JOINER}])"
