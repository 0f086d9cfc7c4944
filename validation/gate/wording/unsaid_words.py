"""Words of degree, exclusivity and condition in a paraphrase that no statement of the claim carries."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from araxes.triples.authoring.findings import Finding
from araxes.validation.gate.wording.cues import FoundCue, cues_in
from araxes.validation.gate.wording.worded_claim import WordedClaim

KINDS = Path(__file__).parent / "kinds.tsv"
"""The table of kinds: what in a claim carries a word of each kind, what is wrong without it, what to do."""


@dataclass(frozen=True)
class WordKind:
    """A kind of word and what carries it.

    Attributes:
        name: as in ``cues.tsv``.
        met_by: keys and values of which one must stand in the claim.
        message: what is wrong if none does.
        remedy: what to do about it.
    """

    name: str
    met_by: frozenset[str]
    message: str
    remedy: str


@cache
def kinds() -> tuple[WordKind, ...]:
    """Every kind of word that a statement must carry."""
    with KINDS.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return tuple(WordKind(name, frozenset(met.split()), *texts) for name, met, *texts in rows)


def unsaid_words(worded: WordedClaim) -> Iterator[Finding]:
    """One finding for each kind of word that the sentences have and the statements lack.

    A word that stands in the label of one of the claim's things is carried by that thing.
    """
    for kind in kinds():
        if worded.names.isdisjoint(kind.met_by) and not _in_labels(worded, kind.name):
            word = _first_word(worded, kind.name)
            if word:
                message = f"{kind.message} («{word}»)"
                yield worded.finding("unsaid-" + kind.name, message, kind.remedy, "paraphrase")


def _first_word(worded: WordedClaim, kind: str) -> str:
    found: list[FoundCue] = []
    for language in worded.languages:
        found += cues_in(worded.sentence(language), language, [kind])
    return found[0].word if found else ""


def _in_labels(worded: WordedClaim, kind: str) -> bool:
    return any(
        any(cues_in(label, language, [kind]))
        for language in worded.languages
        for label in worded.labels(language)
    )
