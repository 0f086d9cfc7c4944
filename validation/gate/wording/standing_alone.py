"""Sentences that point outside themselves: a paraphrase must be readable without its neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from araxes.triples.authoring.findings import Finding
from araxes.validation.gate.wording.cues import cues_in
from araxes.validation.gate.wording.worded_claim import WordedClaim


def standing_alone(worded: WordedClaim) -> Iterator[Finding]:
    """A word in a paraphrase that points to something outside it."""
    for language in worded.languages:
        for found in cues_in(worded.sentence(language), language, ["outside"]):
            message = f"the paraphrase in {language} points outside itself («{found.word}»)"
            remedy = "name what is meant, or leave the word out"
            yield worded.finding("points-outside", message, remedy, "paraphrase", language)
            break
