"""Values of properties for a table (§7 of the Reconciliation Service API 0.2), and what a preview shows."""

from __future__ import annotations

from typing import TypedDict

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.search.index.indexed_terms import LANGUAGES
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.matching.identifiers import local_id
from araxes.endpoint.search.reconciliation.candidates import Named, types_of
from araxes.endpoint.search.reconciliation.request_members import SPECIFICATION
from araxes.endpoint.search.reconciliation.requests import Extension

Cell = dict[str, str | int | float]
"""A value: ``{"id", "name"}`` of an entity, or one of ``str``, ``int``, ``float`` and ``date``."""


class Extended(TypedDict):
    """The answer to an extension."""

    meta: list[Named]
    rows: dict[str, dict[str, list[Cell]]]


class Preview(TypedDict):
    """What a preview shows of an entity.

    Attributes:
        labels: language → label.
        types: what it is, in words.
        wikidata: ids of items.
    """

    id: str
    name: str
    labels: dict[str, str]
    types: list[str]
    wikidata: list[str]


def extend(index: Index, asked: Extension) -> Extended:
    """Values of properties for ids; an id that is nothing's has none.

    Raises:
        HttpProblem: 400, a property is unknown.
    """
    names = list(dict.fromkeys(asked["properties"]))
    meta: list[Named] = [{"id": name, "name": check_property(index, name)} for name in names]
    return {
        "meta": meta,
        "rows": {one: _row(index, one, names) for one in dict.fromkeys(asked["ids"])},
    }


def propose(index: Index, kind: str, most: int) -> list[Named]:
    """Properties that entities of a class have: labels, then the most used first; of all without a class.

    Args:
        index: where to look.
        kind: id of a class, or nothing.
        most: how many at most.
    """
    if kind:
        query = (
            "SELECT id, label, property_type.uses FROM property_type JOIN property ON id = property "
            "WHERE type = ? ORDER BY 3 DESC, id"
        )
        rows = index.rows(query, kind)
    else:
        rows = index.rows("SELECT id, label, uses FROM property WHERE uses > 0 ORDER BY 3 DESC, id")
    order = {f"label_{tag}": place for place, tag in enumerate(LANGUAGES)}
    ordered = sorted(rows, key=lambda row: order.get(str(row[0]), len(order)))
    return [{"id": str(name), "name": str(label)} for name, label, _ in ordered[:most]]


def preview(index: Index, name: str) -> Preview:
    """What a preview shows.

    Raises:
        HttpProblem: 404, there is no such entity.
    """
    found = index.rows("SELECT number, id, label FROM entity WHERE id = ?", local_id(name))
    if not found:
        raise HttpProblem(
            404, "not-found", f"no entity {name[:80]!r}", "take ids from an answer of /reconcile"
        )
    number, own, label = found[0]
    labels = index.rows("SELECT language, text FROM label WHERE entity = ?", int(number))
    items = index.rows(
        "SELECT text FROM value WHERE entity = ? AND property = 'wikidata' ORDER BY text", int(number)
    )
    return {
        "id": str(own),
        "name": str(label),
        "labels": {str(tag): str(text) for tag, text in labels},
        "types": [kind["name"] for kind in types_of(index, [int(number)])[int(number)]],
        "wikidata": [str(row[0]) for row in items],
    }


def check_property(index: Index, name: str) -> str:
    """What a property is called in English.

    Raises:
        HttpProblem: 400, there is none.
    """
    found = index.rows("SELECT label FROM property WHERE id = ?", name)
    if not found:
        raise HttpProblem(
            400,
            "reconciliation",
            f"extend.properties: there is no property {name[:80]!r}",
            "take ids from /reconcile/suggest/property or /reconcile/propose",
            see=SPECIFICATION,
        )
    return str(found[0][0])


def number_of(index: Index, one: str) -> int:
    """The number of the entity of which a text is the id or IRI; 0 if there is none."""
    found = index.rows("SELECT number FROM entity WHERE id = ?", local_id(one))
    return int(found[0][0]) if found else 0


def _row(index: Index, one: str, names: list[str]) -> dict[str, list[Cell]]:
    number = number_of(index, one)
    return {name: _cells(index, number, name) for name in names}


def _cells(index: Index, number: int, name: str) -> list[Cell]:
    """The values of one property of an entity."""
    if name == "type":
        # Classes are no entities, so they are no ids here.
        return [{"str": kind["name"]} for kind in types_of(index, [number])[number]]
    if name.startswith("label_"):
        query = "SELECT text FROM label WHERE entity = ? AND language = ?"
        return [{"str": str(row[0])} for row in index.rows(query, number, name.removeprefix("label_"))]
    query = "SELECT kind, text, shown FROM value WHERE entity = ? AND property = ? ORDER BY position"
    # One text in two languages is one cell, since cells have none.
    rows = dict.fromkeys(index.rows(query, number, name))
    return [_cell(str(kind), str(text), str(shown)) for kind, text, shown in rows]


def _cell(kind: str, text: str, shown: str) -> Cell:
    if kind == "id":
        return {"id": text, "name": shown}
    if kind == "int":
        return {"int": int(text)}
    if kind == "float":
        return {"float": float(text)}
    return {kind: text if kind == "date" else shown}
