"""Misprints that a claim corrects and states all the same."""

from __future__ import annotations

from collections.abc import Iterator

from araxes.ontology.languages import LANGUAGES
from araxes.triples.authoring.corpus import as_list
from araxes.triples.authoring.findings import Finding
from araxes.triples.derived.corrections import says
from araxes.validation.gate.wording.worded_claim import WordedClaim, names_of

_NOT_STATED = frozenset({"MentionedStatement", "Qualification", "Denial"})


def misprints(worded: WordedClaim) -> Iterator[Finding]:
    """A statement that says what is printed where the claim's correction says what is meant."""
    forms = [
        (str(each["printedForm"]), str(each["correctedForm"]))
        for each in as_list(worded.claim.data.get("correction", []))
    ]
    for index, statement in enumerate(worded.statements):
        for key in statement.keys() - {"id", "type"}:
            printed = _printed(worded, as_list(statement[key]), forms)
            if printed and statement.get("type") not in _NOT_STATED:
                message = f"`{key}` states what is printed («{printed}»), which the claim itself corrects"
                remedy = "state what is meant, or mention what is printed (`type: MentionedStatement`)"
                yield worded.finding("misprint-stated", message, remedy, "asserts", index, key)


def _printed(worded: WordedClaim, values: list[object], forms: list[tuple[str, str]]) -> str:
    """The printed form that one of the values says and the corrected one does not."""
    for value in values:
        for printed, meant in forms:
            if _says(worded, value, printed) and not _says(worded, value, meant):
                return printed
    return ""


def _says(worded: WordedClaim, value: object, form: str) -> bool:
    record = worded.records.get(str(value))
    if record is None:
        return says(form, (), str(value))
    return says(form, [name for language in LANGUAGES for name in names_of(record.data, language)])
