"""Values of properties for a table (draft of the Reconciliation Service API 1.0, *Data Extension*)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict

from araxes.endpoint.search.index.indexed_values import NO_LANGUAGE, UNKNOWN, IndexedValue
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.reconciliation.candidates import types_of
from araxes.endpoint.search.reconciliation.draft_requests import ANY_LANGUAGE, DraftExtension, WantedProperty
from araxes.endpoint.search.reconciliation.draft_texts import (
    Direction,
    SaidNamed,
    Texts,
    Wording,
    described,
    direction,
    named,
)
from araxes.endpoint.search.reconciliation.property_values import check_property, number_of, propose


class SaidText(TypedDict):
    """A value that is a text."""

    str: str
    lang: str
    dir: Direction


class WholeNumber(TypedDict):
    """A value that is a whole number."""

    int: int


class Fraction(TypedDict):
    """A value that is a number."""

    float: float


class Time(TypedDict):
    """A value that is a point in time (ISO 8601)."""

    date: str


SaidValue = SaidNamed | SaidText | WholeNumber | Fraction | Time


class RowProperty(TypedDict):
    """The values of one property in a row."""

    id: str
    values: list[SaidValue]


class TableRow(TypedDict):
    """What is known of one id, property by property as they were asked for."""

    id: str
    properties: list[RowProperty]


class ExtendedTable(TypedDict):
    """The answer to a data extension query."""

    meta: list[SaidNamed]
    rows: list[TableRow]


class ProposedProperties(TypedDict, total=False):
    """Properties that are worth a column."""

    type: str
    limit: int
    properties: list[SaidNamed]


def extend_table(index: Index, asked: DraftExtension, texts: Texts) -> ExtendedTable:
    """Values of properties for ids, row by row as they were asked for; an id that is nothing's has none.

    Raises:
        HttpProblem: 400, a property is unknown.
    """
    for column in asked.columns:
        check_property(index, column.property)
    rows = {one: _row(index, number_of(index, one), asked.columns, texts) for one in dict.fromkeys(asked.ids)}
    return {
        "meta": [named(column.property, texts.term(column.property)) for column in asked.columns],
        "rows": [{"id": one, "properties": rows[one]} for one in asked.ids],
    }


def propose_properties(index: Index, kind: str, most: int, texts: Texts) -> ProposedProperties:
    """Properties that entities of a class have, the most useful first.

    Args:
        index: where to look.
        kind: id of a class; empty for all entities.
        most: how many at most; 0 for all.
        texts: what they are called.
    """
    every = len(index.rows("SELECT 1 FROM property"))
    found: ProposedProperties = {
        "type": kind,
        "properties": [
            described(one["id"], texts.term(one["id"]), texts.term(one["id"]).definition)
            for one in propose(index, kind, most or every)
        ],
    }
    if most:
        found["limit"] = most
    return found


def _row(index: Index, number: int, columns: Iterable[WantedProperty], texts: Texts) -> list[RowProperty]:
    return [{"id": column.property, "values": _values(index, number, column, texts)} for column in columns]


def _values(index: Index, number: int, column: WantedProperty, texts: Texts) -> list[SaidValue]:
    cells = [cell for cell in _cells(index, number, column.property) if _is_wanted(cell, column.language)]
    texts.entities(thing for cell in cells for thing in cell.things.split())
    return [_value(cell, column, texts) for cell in cells[: column.most or None]]


def _cells(index: Index, number: int, name: str) -> Sequence[IndexedValue]:
    """The values of one property of an entity."""
    if name == "type":
        # Classes are no entities, so they are no ids here.
        kinds = types_of(index, [number])[number]
        return [IndexedValue("str", kind["name"], kind["name"], "en", kind["id"]) for kind in kinds]
    if name.startswith("label_"):
        tag = name.removeprefix("label_")
        rows = index.rows("SELECT text FROM label WHERE entity = ? AND language = ?", number, tag)
        return [IndexedValue("str", str(row[0]), str(row[0]), tag) for row in rows]
    rows = index.rows(
        "SELECT kind, text, shown, language, things, period FROM value "
        "WHERE entity = ? AND property = ? ORDER BY position",
        number,
        name,
    )
    return [IndexedValue(*map(str, row)) for row in rows]


def _is_wanted(cell: IndexedValue, language: str) -> bool:
    """Whether a value is no text in another language than the one that is wanted."""
    of_none = cell.language in (UNKNOWN, NO_LANGUAGE)
    return language == ANY_LANGUAGE or bool(cell.things) or of_none or cell.language == language


def _value(cell: IndexedValue, column: WantedProperty, texts: Texts) -> SaidValue:
    if cell.kind == "int":
        return {"int": int(cell.text)}
    if cell.kind == "float":
        return {"float": float(cell.text)}
    if cell.kind == "date":
        return {"date": cell.text}
    language = "" if column.language == ANY_LANGUAGE else column.language
    made = texts.of_things(cell.things.split(), language)
    said = Wording(made.language, made.text + cell.period) if made else Wording(cell.language, cell.shown)
    if cell.kind == "id" and column.content == "id":
        return named(cell.text, said)
    return {"str": said.text, "lang": said.language, "dir": direction(said.language)}
