"""All that can be seen of claims whose sentences and statements do not say the same; all of it warnings."""

from __future__ import annotations

from collections.abc import Iterator

from araxes.triples.authoring.findings import Finding
from araxes.validation.gate.wording.both_languages import both_languages
from araxes.validation.gate.wording.certainty import certainty_of_paraphrase
from araxes.validation.gate.wording.misprints import misprints
from araxes.validation.gate.wording.ranks_and_denials import denial_too_wide, share_as_rank
from araxes.validation.gate.wording.repeated_types import other_type
from araxes.validation.gate.wording.standing_alone import standing_alone
from araxes.validation.gate.wording.swallowed import swallowed
from araxes.validation.gate.wording.unsaid_words import unsaid_words
from araxes.validation.gate.wording.worded_claim import WordedClaim

CHECKS = (
    unsaid_words,
    certainty_of_paraphrase,
    both_languages,
    standing_alone,
    share_as_rank,
    denial_too_wide,
    swallowed,
    other_type,
    misprints,
)
"""The checks, each of one claim."""


def wording_findings(worded: WordedClaim) -> Iterator[Finding]:
    """All warnings about one claim."""
    for check in CHECKS:
        yield from check(worded)
