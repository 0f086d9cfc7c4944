"""The claims that the rows of a table make, by a mapping.

Three things that tables are often read wrongly about:

* A value that is missing says nothing: no claim is made of it, and none of its denial.
* What is in force when the data end has not ended: its period stays open, as far as the source can see.
* A row about a thing that nobody describes is refused, or passed over and counted; it is never guessed at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from araxes.triples.authoring.corpus import Record, as_list, strings
from araxes.triples.authoring.dates_and_calendars import edtf_bounds
from araxes.triples.authoring.findings import Finding, did_you_mean, quoted
from araxes.triples.authoring.yaml_lines import Key
from araxes.triples.originals.passages import slice_digest
from araxes.triples.tables.rows import Row
from araxes.triples.tables.table_mappings import CODES, TableMapping
from araxes.triples.tables.template_checks import FIELD, template_findings, values_of_no_row

_TEXTS = frozenset({"paraphrase", "label", "altLabel", "definition", "curatorNote", "manner", "title"})


class _NothingSaidError(Exception):
    """A value is missing, so that nothing can be said with it."""


class _UnknownThingError(Exception):
    """A value names a thing that no corpus describes."""


class _WrongDateError(Exception):
    """A row gives a date that no calendar has, or two that cannot stand together."""

    def __init__(self, key: Key, message: str) -> None:
        super().__init__(message)
        self.key, self.message = key, message


@dataclass
class Made:
    """What a table comes to.

    Attributes:
        claims: in the order of the rows.
        templates: of each claim the number of its template.
        of_no_row: what templates ask for that no row has, in words.
        entities: records made of rows, each once.
        entity_templates: of each record the number of its template.
        differing: ids of records that rows describe differently.
        findings: what is wrong.
        rows: how many rows there are.
        passed_over: what is not known, with the number of rows that name it.
        unsaid: columns for whose missing values claims were not made, with their number.
    """

    claims: list[dict[str, Any]] = field(default_factory=list)
    templates: list[int] = field(default_factory=list)
    of_no_row: list[str] = field(default_factory=list)
    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    entity_templates: dict[str, int] = field(default_factory=dict)
    differing: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    rows: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
    unsaid: Counter[str] = field(default_factory=Counter)


class CodedThings:
    """Entities by their codes."""

    def __init__(self, entities: Iterable[Record]) -> None:
        """Read the codes of entities."""
        self.records = {record.id: record for record in entities}
        self._ids: dict[tuple[str, str], list[str]] = defaultdict(list)
        for record in self.records.values():
            for code in CODES:
                for value in as_list(record.data.get(code, [])):
                    self._ids[code, str(value)].append(record.id)

    def coded(self, code: str, value: str) -> list[str]:
        """Ids of the things that have a code; numbers may be padded with zeros."""
        plain = value.lstrip("0") or value
        return self._ids.get((code, value)) or self._ids.get((code, plain), [])

    def label(self, name: str, language: str) -> str:
        """What a thing is called in a language, else in another, else its id."""
        record = self.records.get(name)
        labels = record.data.get("label", {}) if record else {}
        return str(labels.get(language) or next(iter(labels.values()), name))


def claims_of(mapping: TableMapping, text: str, rows: Iterable[Row], entities: Iterable[Record]) -> Made:
    """The claims of all rows.

    Args:
        mapping: what the columns stand for.
        text: the table.
        rows: its rows.
        entities: the things that are known.
    """
    made, known = Made(), CodedThings(entities)
    listed = list(rows)
    columns = {name for row in listed[:1] for name in row.cells}
    for column, key in mapping.columns():
        if listed and column not in columns:
            remedy = did_you_mean(column, columns, f"the columns are {', '.join(sorted(columns))}")
            made.findings.append(
                mapping.document.finding(f"no column is called {quoted(column)}", remedy, key)
            )
    made.findings += template_findings(mapping, columns, known.records)
    made.of_no_row += values_of_no_row(mapping, listed)
    for row in () if made.findings else listed:
        made.rows += 1
        _take(row, mapping, text, known, made)
    return made


def _take(row: Row, mapping: TableMapping, text: str, known: CodedThings, made: Made) -> None:
    values = RowValues(row, mapping, known)
    claims: list[dict[str, Any]] = []
    for index, template in enumerate(mapping.claims):
        where = template.get("where", {})
        if missing := [column for column in where if values.missing(column)]:
            made.unsaid.update(missing)
            continue
        if not values.fits(where):
            continue
        try:
            claim = values.filled(
                {key: each for key, each in template.items() if key not in {"where", "period"}}
            )
            period = values.period(template["period"]) if "period" in template else None
        except _NothingSaidError as missing:
            made.unsaid[str(missing)] += 1
        except _WrongDateError as wrong:
            _tell_date(row, mapping, wrong, made)
        except _UnknownThingError as unknown:
            made.passed_over[str(unknown)] += 1
            if not mapping.pass_over:
                _refuse(row, mapping, index, str(unknown), made)
        else:
            claims.append(_claim(claim, period, row, len(claims) + 1, mapping, text))
            made.templates.append(index)
    made.claims += claims
    named = set(strings([claim["asserts"] for claim in claims]))
    for index, template in enumerate(mapping.entities):
        if values.fits(template.get("where", {})):
            _keep_entity(row, mapping, index, values, named, made)


def _tell_date(row: Row, mapping: TableMapping, wrong: _WrongDateError, made: Made) -> None:
    remedy = (
        "correct the table; or, if a value stands for an unknown date, list it under `missing:`"
        if wrong.key[0] == "dates"
        else "correct the table, or which dates and values the period is made of"
    )
    found = mapping.document.finding(f"row {row.number}: {wrong.message}", remedy, wrong.key)
    if found not in made.findings:  # several templates may use it
        made.findings.append(found)


def _refuse(row: Row, mapping: TableMapping, index: int, unknown: str, made: Made) -> None:
    if made.passed_over[unknown] == 1:  # told once, however many rows name it
        remedy = "describe it in entities/ with its code, or write `others: passed over`"
        message = f"row {row.number}: no thing is known with {unknown}"
        made.findings.append(mapping.document.finding(message, remedy, ("claims", index)))


def _keep_entity(
    row: Row, mapping: TableMapping, index: int, values: RowValues, named: set[str], made: Made
) -> None:
    """Keep a record that a row makes, if a claim of the row names it; two of one id must say the same."""
    template = mapping.entities[index]
    try:
        record = values.filled({key: each for key, each in template.items() if key != "where"})
    except (_NothingSaidError, _UnknownThingError, _WrongDateError):
        return  # the claims of the row tell it
    if record.get("id") not in named:
        return
    first = made.entities.setdefault(record["id"], record)
    made.entity_templates.setdefault(record["id"], index)
    if first != record and record["id"] not in made.differing:
        made.differing.add(record["id"])
        key = next(key for key in {**first, **record} if first.get(key) != record.get(key))
        message = (
            f"row {row.number}: {quoted(record['id'])} is described otherwise than in a row before ({key})"
        )
        remedy = "correct the table, or make the id of what tells the two apart"
        made.findings.append(mapping.document.finding(message, remedy, ("entities", index)))


def _claim(
    claim: dict[str, Any], period: str | None, row: Row, number: int, mapping: TableMapping, text: str
) -> dict[str, Any]:
    name = mapping.source.removeprefix("source/")
    found = {
        "id": f"claim/{name}/row-{row.number}-{number}",
        "type": "FactualClaim",
        "holder": f"{mapping.source}#author",
        "modality": "Asserted",
        "certainty": "HighCertainty",
        **claim,
    }
    if period:
        found["period"] = period
    elif "periodBasis" not in found:
        found["periodBasis"] = "InheritedHorizon"
    asserts = found.pop("asserts", [])
    paraphrase = found.pop("paraphrase", {})
    digest = slice_digest(text, row.start, row.end)
    passage = {"start": row.start, "end": row.end, "sha256": digest, "row": row.number}
    return {**found, "paraphrase": paraphrase, "passage": passage, "asserts": asserts}


class RowValues:
    """What the fields of templates stand for in one row."""

    def __init__(self, row: Row, mapping: TableMapping, known: CodedThings) -> None:
        """Look at a row by a mapping."""
        self._row, self._mapping, self._known = row, mapping, known

    def missing(self, column: str) -> bool:
        """Whether a column says nothing in this row."""
        return self._row.cells[column] in self._mapping.missing

    def fits(self, where: Mapping[str, Any]) -> bool:
        """Whether columns have the values that are wanted; what is missing has none."""
        return all(
            not self.missing(column) and self._row.cells[column] in [str(each) for each in as_list(wanted)]
            for column, wanted in where.items()
        )

    def filled(self, template: Any, language: str = "") -> Any:
        """A template with its fields filled: ids of things in statements, labels in texts of a language."""
        if isinstance(template, dict):
            return {
                key: self.filled(value, key if language == "?" else "?" if key in _TEXTS else language)
                for key, value in template.items()
            }
        if isinstance(template, list):
            return [self.filled(each, language) for each in template]
        if not isinstance(template, str):
            return template
        alone = FIELD.fullmatch(template)
        if alone and not language:
            return self._value(alone[1])
        return FIELD.sub(lambda found: self._text(found[1], language), template)

    def _value(self, name: str) -> Any:
        if name in self._mapping.things:
            return self._thing(name)
        if name in self._mapping.periods:
            return self.period(name)
        if name in self._mapping.dates:
            return self.date(name)
        cell = self._cell(name)
        if name not in self._mapping.numbers:
            return cell
        try:
            number = Decimal(cell)
        except InvalidOperation:
            raise _NothingSaidError(f"{name} (no number: {cell})") from None
        return int(number) if number == number.to_integral_value() else float(number)

    def _text(self, name: str, language: str) -> str:
        value = self._value(name)
        if name in self._mapping.things and language:
            return self._known.label(value, language)
        return " ".join(str(value).split())

    def _cell(self, column: str) -> str:
        if column not in self._row.cells:
            raise _NothingSaidError(f"{column} (no such column)")
        if self.missing(column):
            raise _NothingSaidError(column)
        return self._row.cells[column]

    def _thing(self, name: str) -> str:
        thing = self._mapping.things[name]
        value = self._cell(thing["column"])
        if value in thing.get("names", {}):
            return str(thing["names"][value])
        code = thing.get("code")
        if not code:
            raise _UnknownThingError(f"the name {quoted(value)} of {thing['column']}")
        found = self._known.coded(code, value)
        if len(found) != 1:
            several = f" ({' and '.join(found)})" if found else ""
            raise _UnknownThingError(f"{code} {quoted(value)}{several}")
        return found[0]

    def date(self, name: str) -> str:
        """A date in EDTF, to the day, the month or the year, as far as its parts are given.

        Raises:
            _NothingSaidError: not even the year is.
            _WrongDateError: the calendar has no such date.
        """
        found = self._dated(name, self._mapping.dates[name])
        try:
            edtf_bounds(found)
        except ValueError as error:
            message = f"{name} is {quoted(found)}, no date: {error}"
            raise _WrongDateError(("dates", name), message) from None
        return found

    def _dated(self, name: str, parts: Mapping[str, str]) -> str:
        if "column" in parts:
            return self._cell(parts["column"])
        year = self._cell(parts["year"])
        if year.isdecimal() and len(year) < 3:
            raise _WrongDateError(("dates", name), f"{name} has the year {quoted(year)}, of which century?")
        date = f"{self._whole(parts['year']):04}"
        given = [part for part in ("month", "day") if part in parts and not self.missing(parts[part])]
        if given == ["day"] and "month" in parts:
            raise _WrongDateError(("dates", name), f"{name} has a day, and no month")
        return date + "".join(f"-{self._whole(parts[part]):02}" for part in given)

    def _whole(self, column: str) -> int:
        cell = self._cell(column)
        try:
            return int(cell)
        except ValueError:
            raise _NothingSaidError(f"{column} (no number: {cell})") from None

    def period(self, name: str) -> str | None:
        """A period in EDTF; open where the data begin or end before it does; none if open on both sides.

        Raises:
            _NothingSaidError: an end that is not open is missing.
            _WrongDateError: it ends before it begins, or an open end has a date.
        """
        period = self._mapping.periods[name]
        ends = []
        for end, opening in (("from", "openFrom"), ("to", "openTo")):
            opened = bool(period.get(opening)) and self.fits(period[opening])
            if opened and (given := self._given(period[end])):
                flags = " and ".join(f"{column} {self._row.cells[column]}" for column in period[opening])
                message = f"{period[end]} is {given}, though {flags} says that it is open"
                raise _WrongDateError(("periods", name, opening), message)
            ends.append(".." if opened else self.date(period[end]))
        if ends == ["..", ".."]:
            return None
        found = "/".join(dict.fromkeys(ends))
        try:
            edtf_bounds(found)
        except ValueError as error:
            raise _WrongDateError(("periods", name), f"{name}: {error}") from None
        return found

    def _given(self, name: str) -> str:
        """A date, if the row has it."""
        try:
            return self.date(name)
        except (_NothingSaidError, _WrongDateError):
            return ""
