"""Mappings of tables: which things, dates and claims the columns of each row stand for, written as YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from araxes.triples.authoring.findings import Finding, corpus_error, did_you_mean, quoted
from araxes.triples.authoring.kinds_of_files import of_another_kind
from araxes.triples.authoring.yaml_lines import Document, Key, read_document

CODES = ("cowCode", "gwCode", "iso3166Alpha3")
"""Properties by which a column may name things."""

_TEXT = {"type": "string", "minLength": 1}
_COLUMN = {"type": "string", "minLength": 1}
_TEMPLATES = {"type": "array", "items": {"type": "object"}, "minItems": 1}


def _named(of: dict[str, Any], *needed: str) -> dict[str, Any]:
    inner = {"type": "object", "properties": of, "required": list(needed), "additionalProperties": False}
    return {"type": "object", "additionalProperties": inner, "propertyNames": {"pattern": "^[A-Za-z]\\w*$"}}


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "source": {"type": ["object", "string"]},
        "curation": {"type": "array", "items": {"type": "object"}},
        "table": _TEXT,
        "delimiter": {"type": "string", "minLength": 1, "maxLength": 1},
        "missing": {"type": "array", "items": {"type": "string"}},
        "others": {"enum": ["refused", "passed over"]},
        "things": _named(
            {"column": _COLUMN, "code": {"enum": list(CODES)}, "names": {"type": "object"}}, "column"
        ),
        "dates": _named({"column": _COLUMN, "year": _COLUMN, "month": _COLUMN, "day": _COLUMN}),
        "periods": _named(
            {"from": _TEXT, "to": _TEXT, "openFrom": {"type": "object"}, "openTo": {"type": "object"}},
            "from", "to",
        ),
        "numbers": {"type": "array", "items": _COLUMN},
        "entities": _TEMPLATES,
        "claims": _TEMPLATES,
    },
    "required": ["source", "table", "claims"],
    "additionalProperties": False,
}  # fmt: skip
"""JSON Schema of a mapping."""


@dataclass(frozen=True)
class TableMapping:
    """What a mapping says.

    Attributes:
        document: the file.
        source: id of the source.
        head: its description, or none if it is described elsewhere.
        curation: readings that it describes.
        table: file name of the table among the originals.
        delimiter: what stands between values.
        missing: values that say that nothing is known.
        pass_over: whether rows about things that no corpus describes are left out; else they are refused.
        things: name → column, and code or table of names by which its values are things.
        dates: name → columns of a date or of its parts.
        periods: name → names of two dates, and the columns' values that leave an end open.
        numbers: columns whose values are numbers in statements.
        entities: records to be made of each row, once each.
        claims: claims to be made of each row.
    """

    document: Document
    source: str
    table: str
    head: dict[str, Any] | None = None
    curation: list[dict[str, Any]] = field(default_factory=list)
    delimiter: str = ","
    missing: frozenset[str] = frozenset({""})
    pass_over: bool = False
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    dates: dict[str, dict[str, str]] = field(default_factory=dict)
    periods: dict[str, dict[str, Any]] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    entities: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)

    def columns(self) -> Iterator[tuple[str, Key]]:
        """Every column that it names, with the place in the file."""
        for name, thing in self.things.items():
            yield thing["column"], ("things", name, "column")
        for name, parts in self.dates.items():
            for part, column in parts.items():
                yield column, ("dates", name, part)
        for index, column in enumerate(self.numbers):
            yield column, ("numbers", index)
        for name, period in self.periods.items():
            for end in ("openFrom", "openTo"):
                for column in period.get(end, {}):
                    yield column, ("periods", name, end)
        for key, templates in (("claims", self.claims), ("entities", self.entities)):
            for index, template in enumerate(templates):
                for column in template.get("where", {}):
                    yield column, (key, index, "where")


def read_mapping(path: Path) -> TableMapping:
    """Read a mapping.

    Raises:
        CorpusError: it is not written as it should be; everything that is wrong is told with its line.
    """
    document, findings = read_document(path)
    if document is not None:
        findings = [*findings, *_wrong(document)]
    if document is None or findings:
        raise corpus_error(findings)
    data = document.data
    head = data["source"] if isinstance(data["source"], dict) else None
    return TableMapping(
        document,
        str(head.get("id")) if head else data["source"],
        data["table"],
        head,
        data.get("curation", []),
        data.get("delimiter", ","),
        frozenset(data.get("missing", ())) | {""},
        data.get("others") == "passed over",
        data.get("things", {}),
        data.get("dates", {}),
        data.get("periods", {}),
        frozenset(data.get("numbers", ())),
        data.get("entities", []),
        data["claims"],
    )


_SEE = 'see "A table as a source" in triples/AUTHORING.md'

_FORMS = {
    "missing": 'write a list, each in quotes: `missing: ["{0}"]`',
    "numbers": "write a list: `numbers: [{0}]`",
    "openFrom": "write the column and the values that leave it open: `openFrom: {{column: [{0}]}}`",
    "openTo": "write the column and the values that leave it open: `openTo: {{column: [{0}]}}`",
}
"""Key → what to write instead of a value of another kind."""

_KINDS = {"string": "a text", "object": "a mapping", "array": "a list", "integer": "a number"}


def _explained(error: ValidationError) -> tuple[str, str]:
    """What is wrong with a value of a mapping, and what to do."""
    name = next((str(part) for part in reversed(error.path) if isinstance(part, str)), "the mapping")
    value: Any = error.instance
    wanted: Any = error.validator_value
    if name == "delimiter" and isinstance(value, str):
        tab = value.casefold() in {"tab", "\\t", "tsv"}
        written = 'write "\\t", in double quotes' if tab else "write the one character, such as"
        return f"delimiter: {quoted(value)} is more than one character", written + ' ";"' * (not tab)
    if error.validator == "required":
        lacking = next(each for each in wanted if each not in value)
        return f"{name} has no `{lacking}:`", _SEE
    if error.validator == "enum":
        return f"{name}: {quoted(value)} is none of its values", f"use {', '.join(map(str, wanted))}"
    if error.validator == "minItems":
        return (
            f"{name} is an empty list",
            "write one item for each kind of claim or thing, or leave the key out",
        )
    if error.validator == "type":
        kinds = [_KINDS.get(each, each) for each in ([wanted] if isinstance(wanted, str) else wanted)]
        number = isinstance(value, (int, float)) and "a text" in kinds
        remedy = f'write "{value}", in quotes' if number else _FORMS.get(name, "").format(value) or _SEE
        return f"{name}: {quoted(value)[:60]} is not {' or '.join(kinds)}", remedy
    return f"{name}: {error.message[:200]}", _SEE


def _wrong(document: Document) -> Iterator[Finding]:
    if (other := of_another_kind(document, "mapping")) and "things" not in document.data:
        yield other
        return
    errors = sorted(Draft202012Validator(SCHEMA).iter_errors(document.data), key=lambda each: str(each.path))
    for error in errors:
        if error.validator == "additionalProperties" and isinstance(error.schema, dict):
            for name in sorted(error.instance.keys() - error.schema.get("properties", {}).keys()):
                known = list(error.schema.get("properties", {}))
                hint = did_you_mean(name, known, f"the keys are {', '.join(known)}")
                yield document.finding(f"unknown key {quoted(name)}", hint, (*error.path, name))
        else:
            yield document.finding(*_explained(error), tuple(error.path))
    if errors:
        return
    known_dates = document.data.get("dates", {})
    for name, period in document.data.get("periods", {}).items():
        for end in ("from", "to"):
            if period[end] not in known_dates:
                remedy = did_you_mean(period[end], known_dates, "name it below `dates:`")
                yield document.finding(
                    f"no date is called {quoted(period[end])}", remedy, ("periods", name, end)
                )
    periods = document.data.get("periods", {})
    for index, template in enumerate(document.data["claims"]):
        name = template.get("period")
        if name is not None and name not in periods:
            remedy = did_you_mean(str(name), periods, "name it below `periods:`")
            yield document.finding(f"no period is called {quoted(name)}", remedy, ("claims", index, "period"))
