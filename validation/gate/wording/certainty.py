"""Hedges and stress in words against a claim's certainty: in the paraphrase and in the passage.

``araxes validate`` looks at the paraphrases. The passages are looked at by ``araxes verify``, which has the
originals; so what validation finds depends on nothing outside the corpus.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from araxes.ontology.languages import LANGUAGES
from araxes.triples.authoring.corpus import Record
from araxes.triples.authoring.findings import Finding
from araxes.triples.originals.annotated_files import spans_of
from araxes.validation.gate.wording.cues import cues_in
from araxes.validation.gate.wording.worded_claim import WordedClaim

FITTING = {
    "hedge": frozenset({"ModerateCertainty", "LowCertainty"}),
    "stress": frozenset({"AbsoluteCertainty"}),
}
"""Kind of cue → certainties of what is worded so."""

UNFITTING = {
    "hedge": frozenset({"HighCertainty", "AbsoluteCertainty"}),
    "stress": frozenset({"HighCertainty"}),
}
"""Kind of cue → certainties that contradict it; what is stressed and hedged at once may be called hedged."""

_SCRIPTS = {"en": re.compile("[A-Za-z]"), "fa": re.compile("[\u0600-\u06ff]")}
_VERBS = {"hedge": "hedges", "stress": "stresses"}
_REMEDIES = {
    "hedge": "write `certainty: ModerateCertainty` or LowCertainty, or leave out what is hedged",
    "stress": "write `certainty: AbsoluteCertainty`, or leave out what is stressed",
}


def certainty_of_paraphrase(worded: WordedClaim) -> Iterator[Finding]:
    """A hedge or stress in the paraphrase that `certainty` does not tell.

    Where the claim has a correction, the doubt may be the curator's: nothing is said then.
    """
    if "correction" in worded.claim.data:
        return
    for kind in FITTING:
        words = [word for name in worded.languages for word in _words(worded.sentence(name), name, kind)]
        yield from _misfit(worded, kind, words, "the paraphrase")


def certainty_of_passages(claims: Iterable[Record], text: str) -> Iterator[Finding]:
    """Hedges and stress in the text of one source that the certainty of none of the claims on it tells.

    Args:
        claims: the claims of the source, checked or not.
        text: its original.
    """
    listed = list(claims)
    for kind, fitting in FITTING.items():
        fit = [claim for claim in listed if claim.data.get("certainty") in fitting]
        told = [span for claim in fit for span in spans_of(claim)]
        for claim in listed:
            words = [
                word
                for span in spans_of(claim)
                if not any(one.start < span.end and span.start < one.end for one in told)
                for name in LANGUAGES
                for word in _words(text[span.start : span.end], name, kind)
            ]
            yield from _misfit(WordedClaim(claim, {}), kind, words, "the passage")


def _words(text: str, language: str, kind: str) -> list[str]:
    if language in _SCRIPTS and not _SCRIPTS[language].search(text):
        return []
    return [found.word for found in cues_in(text, language, [kind])]


def _misfit(worded: WordedClaim, kind: str, words: list[str], where: str) -> Iterator[Finding]:
    certainty = worded.claim.data.get("certainty")  # where it is missing, a shape asks for it
    ability = kind == "hedge" and worded.claim.data.get("modality") == "Ability"  # "may" of what can be
    if words and certainty in UNFITTING[kind] and not ability:
        message = f"{where} {_VERBS[kind]} («{words[0]}»), and the certainty is {certainty}"
        yield worded.finding(f"{kind}-without-certainty", message, _REMEDIES[kind], "certainty")
