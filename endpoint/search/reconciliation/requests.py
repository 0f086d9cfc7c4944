"""Requests of the Reconciliation Service API 0.2, checked and bounded before anything is done for them.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. Plain functions from the
text of a field to typed JSON data; what is wrong is a :class:`~araxes.endpoint.errors.HttpProblem` that names
the member.
"""

from __future__ import annotations

from typing import Any, TypedDict

from araxes.endpoint.search.reconciliation.request_members import (
    DEFAULT_CANDIDATES,
    MOST_PROPERTIES,
    MOST_QUERIES,
    MOST_VALUES,
    MOST_VALUES_AT_ONCE,
    candidate_limit,
    extension_members,
    json_object,
    short,
    too_many,
    value_text,
    wrong,
)
from araxes.ontology.namespaces import AX

_STRICTNESS = ("any", "all", "should")
_MEMBERS = ("query", "type", "type_strict", "limit", "properties")


class PropertyValue(TypedDict):
    """A property of a query.

    Attributes:
        pid: a property's id.
        values: texts to compare, none of them blank; numbers without a fraction are written without.
    """

    pid: str
    values: list[str]


class Query(TypedDict):
    """One query of a batch.

    Attributes:
        query: the name; may be blank.
        types: ids of classes.
        strict: "any" or "all" of the types are wanted, or one "should" be there.
        limit: candidates at most, from 1 to :data:`MOST_CANDIDATES`.
        properties: what else is known.
    """

    query: str
    types: list[str]
    strict: str
    limit: int
    properties: list[PropertyValue]


class Extension(TypedDict):
    """A request for values of properties.

    Attributes:
        ids: as they were sent; they need not exist.
        properties: ids of properties.
    """

    ids: list[str]
    properties: list[str]


def parse_batch(text: str) -> dict[str, Query]:
    """The queries of a batch (§4).

    Raises:
        HttpProblem: 400 with the member that is wrong, 413 with the limit that is exceeded.
    """
    queries = json_object("queries", text)
    if len(queries) > MOST_QUERIES:
        raise too_many("queries", len(queries), MOST_QUERIES)
    batch = {key: _query(f"queries.{short(key)}", query) for key, query in queries.items()}
    values = sum(len(one["values"]) for query in batch.values() for one in query["properties"])
    if values > MOST_VALUES_AT_ONCE:
        raise too_many("queries: values of properties", values, MOST_VALUES_AT_ONCE)
    return batch


def parse_extension(text: str) -> Extension:
    """The ids and properties of an extension (§7).

    Raises:
        HttpProblem: 400 with the member that is wrong, 413 with the limit that is exceeded.
    """
    ids, properties = extension_members(text)
    if any(one.get("settings") for one in properties):
        wrong("extend.properties", "a property has settings", "no property here has any: leave them out")
    return {"ids": ids, "properties": [one["id"].removeprefix(AX) for one in properties]}


def _query(where: str, query: Any) -> Query:
    if not isinstance(query, dict):
        wrong(where, "it is no object", 'send {"query": "Iran"}')
    unknown = sorted(set(query) - set(_MEMBERS))
    if unknown:
        wrong(f"{where}.{short(unknown[0])}", "it is unknown", f"members are {', '.join(_MEMBERS)}")
    name = query.get("query", "")
    if not isinstance(name, str):
        wrong(f"{where}.query", "it is no string", "send the name as a string")
    properties = query.get("properties", [])
    if not isinstance(properties, list):
        wrong(f"{where}.properties", "it is no list", 'send [{"pid": "wikidata", "v": "Q794"}]')
    if len(properties) > MOST_PROPERTIES:
        raise too_many(f"{where}.properties", len(properties), MOST_PROPERTIES)
    if "query" not in query and not properties:
        wrong(where, "it has neither query nor properties", "give a query, which may be blank")
    strict = query.get("type_strict", "any")
    if strict not in _STRICTNESS:
        wrong(f"{where}.type_strict", "it is unknown", f"use one of {', '.join(_STRICTNESS)}")
    return {
        "query": name,
        "types": _types(f"{where}.type", query.get("type")),
        "strict": strict,
        "limit": candidate_limit(f"{where}.limit", query.get("limit", DEFAULT_CANDIDATES)),
        "properties": [
            _property(f"{where}.properties[{number}]", one) for number, one in enumerate(properties)
        ],
    }


def _types(where: str, types: Any) -> list[str]:
    given = [] if types is None else types if isinstance(types, list) else [types]
    if not all(isinstance(name, str) for name in given):
        wrong(where, "it is no string and no list of strings", 'send "State" or ["State", "City"]')
    if len(given) > MOST_VALUES:
        raise too_many(where, len(given), MOST_VALUES)
    return [name.strip().removeprefix(AX) for name in given if name.strip()]


def _property(where: str, one: Any) -> PropertyValue:
    if not isinstance(one, dict) or not {"pid", "v"} <= one.keys():
        wrong(where, "it is no object with pid and v", 'send {"pid": "wikidata", "v": "Q794"}')
    pid, value = one["pid"], one["v"]
    if not isinstance(pid, str) or not pid:
        wrong(f"{where}.pid", "it is no string", "take ids from suggest/property")
    values = value if isinstance(value, list) else [value]
    if len(values) > MOST_VALUES:
        raise too_many(f"{where}.v", len(values), MOST_VALUES)
    texts = dict.fromkeys(value_text(f"{where}.v", each) for each in values)
    return {"pid": pid.removeprefix(AX), "values": [text for text in texts if text]}
