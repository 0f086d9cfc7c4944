"""What of an original no passage covers: an aid for annotators, never a verdict."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from araxes.triples.authoring.sound_corpus import SoundCorpus, SoundRecord
from araxes.triples.originals.passages import Original

_DIGITS = re.compile(r"\d[\d.,/٫٬]*")
_WORD = re.compile(r"[\w‌]+")
_SHORTEST_NAME = 4


@dataclass(frozen=True)
class Coverage:
    """How far the passages of a source's claims reach.

    Attributes:
        claims: number of claims of the source.
        share: covered characters among those that are not white space, 0 to 1.
        digits: line and text of figures outside every passage.
        names: line and text of known names outside every passage.
    """

    claims: int
    share: float
    digits: list[tuple[int, str]]
    names: list[tuple[int, str]]


def coverage(corpus: SoundCorpus, original: Original) -> Coverage:
    """Compare one original with the passages of its claims."""
    claims = [claim for claim in corpus.claims if claim.source == original.source]
    covered = bytearray(len(original.text))
    for claim in claims:
        for start, end, _ in claim.spans():
            covered[start:end] = b"\1" * (min(end, len(covered)) - start)
    text = original.text
    visible = [index for index, character in enumerate(text) if not character.isspace()]
    newlines = [index for index, character in enumerate(text) if character == "\n"]

    def line(offset: int) -> int:
        return bisect_right(newlines, offset - 1) + 1

    digits = [(line(m.start()), m.group()) for m in _DIGITS.finditer(text) if not covered[m.start()]]
    names = [
        (line(m.start()), " ".join(m.group().split()))
        for m in _name_pattern(corpus.entities).finditer(text)
        if not covered[m.start()]
    ]
    share = sum(covered[index] for index in visible) / max(len(visible), 1)
    return Coverage(len(claims), share, digits, names)


def _name_pattern(entities: Iterable[SoundRecord]) -> re.Pattern[str]:
    """Labels of all entities, longest first, in the spelling variants of Arabic and Persian keyboards."""
    names: set[str] = set()
    for entity in entities:
        names.update(entity.data["label"].values())
        names.update(text for texts in entity.data.get("altLabel", {}).values() for text in texts)
    kept = sorted((name for name in names if len(name) >= _SHORTEST_NAME), key=len, reverse=True)
    spelled = filter(None, map(_variants, kept))
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled) or '(?!)'})(?!\w)")


def _variants(name: str) -> str:
    pattern = r"[\s‌]*".join(re.escape(word) for word in _WORD.findall(name.replace("‌", " ")))
    return pattern.replace("ی", "[یيى]").replace("ک", "[کك]")
