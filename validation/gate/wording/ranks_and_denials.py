"""Numbers of rank that the sentence does not give, and denials that deny more than the sentence."""

from __future__ import annotations

from collections.abc import Iterator

from araxes.triples.authoring.findings import Finding
from araxes.validation.gate.wording.cues import cues_in
from araxes.validation.gate.wording.worded_claim import WordedClaim

_QUALIFIERS = frozenset({"degree", "condition", "accordingTo"})


def share_as_rank(worded: WordedClaim) -> Iterator[Finding]:
    """A number of rank where the sentence has a share, a majority or "among the first", and no ordinal."""
    share = _word(worded, "share")
    if share and any("rank" in statement for statement in worded.statements) and not _word(worded, "ordinal"):
        message = f"a rank is given where the paraphrase has «{share}»"
        remedy = 'write a share as `value` and `unit: Percent`, "among the largest" as `degree: AmongMain`'
        yield worded.finding("share-as-rank", message, remedy, "asserts")


def denial_too_wide(worded: WordedClaim) -> Iterator[Finding]:
    """A denial of the whole predicate where the sentence says "not always", "not only", "not well"."""
    word = _word(worded, "limited-denial")
    denied = any(statement.get("type") == "Denial" for statement in worded.statements)
    if word and denied and worded.names.isdisjoint(_QUALIFIERS):
        message = f"the paraphrase denies with a limit («{word}»), the statements without"
        remedy = "affirm the statement with a Qualification of `degree: NotAlways` (NotOnly, Poorly, Partly)"
        yield worded.finding("denial-too-wide", message, remedy, "asserts")


def _word(worded: WordedClaim, kind: str) -> str:
    """The first cue of a kind in either sentence, or an empty string."""
    for language in worded.languages:
        for found in cues_in(worded.sentence(language), language, [kind]):
            return found.word
    return ""
