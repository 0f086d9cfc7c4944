"""Misprints that a claim corrects and states all the same."""

from __future__ import annotations

from collections.abc import Iterator

from araxes.triples.authoring.corpus import as_list
from araxes.triples.authoring.findings import Finding
from araxes.triples.derived.corrections import says
from araxes.validation.gate.wording.worded_claim import WordedClaim

_NOT_STATED = frozenset({"MentionedStatement", "Qualification", "Denial"})

_Place = tuple[int, str]


def misprints(worded: WordedClaim) -> Iterator[Finding]:
    """Statements that say what is printed, in a claim that nowhere says what its correction says is meant."""
    for each in as_list(worded.claim.data.get("correction", [])):
        printed, meant = str(each["printedForm"]), str(each["correctedForm"])
        if not _places(worded, meant):
            for index, key in _places(worded, printed):
                message = f"`{key}` states what is printed («{printed}»), which the claim itself corrects"
                remedy = "state what is meant, or mention what is printed (`type: MentionedStatement`)"
                yield worded.finding("misprint-stated", message, remedy, "asserts", index, key)


def _places(worded: WordedClaim, form: str) -> list[_Place]:
    """Where statements of the claim say a form of words or a number."""
    return [
        (index, key)
        for index, statement in enumerate(worded.statements)
        if statement.get("type") not in _NOT_STATED
        for key in statement.keys() - {"id", "type"}
        if any(_says(worded, value, form) for value in as_list(statement[key]))
    ]


def _says(worded: WordedClaim, value: object, form: str) -> bool:
    record = worded.records.get(str(value))
    if record is None:
        return says(form, (), str(value))
    return says(form, record.data["label"].values())
