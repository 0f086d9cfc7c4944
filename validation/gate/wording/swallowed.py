"""Situations that swallow their claim's sentence: nothing else is said, and no other claim names them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from araxes.ontology.namespaces import BASE
from araxes.triples.authoring.corpus import as_list
from araxes.triples.authoring.findings import Finding
from araxes.validation.gate.wording.worded_claim import WordedClaim

SWALLOWS = "situation-swallows"
"""Name of the check; its findings have the situation's IRI as value."""

_SITUATION = "situation/"
_BESIDE = frozenset({"id", "type", "label", "altLabel"})
_TIES = frozenset({"influences", "situationOf", "componentOf", "concerns"})


def swallowed(worded: WordedClaim) -> Iterator[Finding]:
    """The situations of a claim that says nothing but that they have to do with something.

    Whether another claim names them is not looked at here: see :func:`named_once`.
    """
    own = [name for name in situations(worded) if name in worded.records]
    if all(_says_little(statement, own) for statement in worded.statements):
        for name in own:
            message = f"{name}, which no other claim names, is tied by weak properties alone"
            remedy = 'say with properties what its label says (AUTHORING.md, "swallowed sentence")'
            yield replace(worded.finding(SWALLOWS, message, remedy, "asserts"), value=f"<{BASE}{name}>")


def situations(worded: WordedClaim) -> list[str]:
    """The situations that a claim names, sorted."""
    return sorted(name for name in worded.names if name.startswith(_SITUATION))


def named_once(finding: Finding, claims_of: Mapping[str, Collection[str]]) -> bool:
    """Whether a finding is to be told: its situation, if it is about one, is named by one claim.

    Args:
        finding: any finding.
        claims_of: situation → the claims that name it.
    """
    return finding.shape != SWALLOWS or len(claims_of[finding.value.strip("<>").removeprefix(BASE)]) < 2


def _says_little(statement: dict[str, Any], own: Collection[str]) -> bool:
    """Whether a statement only ties one of some situations to something, by a weak property."""
    tied = [value for key in _TIES & statement.keys() for value in as_list(statement[key])]
    return statement.keys() <= _TIES | _BESIDE and (statement.get("id") in own or set(tied) <= set(own))
