"""Requests of the Reconciliation Service API 0.2, checked and bounded before anything is done for them.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. Plain functions from the
text of a field to typed JSON data; what is wrong is a :class:`~araxes.endpoint.errors.HttpProblem` that names
the member.
"""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn, TypedDict

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.search.folding import LONGEST_NAME
from araxes.ontology.namespaces import AX

SPECIFICATION = "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"

MOST_QUERIES = 100
"""Queries of one batch (``batchSize`` of the manifest), and ids of one extension."""

MOST_PROPERTIES = 20
"""Properties of one query or extension."""

MOST_VALUES = 20
"""Values of one property of a query, and types of a query."""

MOST_VALUES_AT_ONCE = 2000
"""Values of properties in a whole batch."""

MOST_CANDIDATES = 25
"""Candidates for one query; a larger ``limit`` gives as many."""

DEFAULT_CANDIDATES = 6
LONGEST_FIELD = 1 << 18
"""Code points of a field; a batch as OpenRefine sends it has a few thousand."""

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
    queries = _object("queries", text)
    if len(queries) > MOST_QUERIES:
        raise _too_many("queries", len(queries), MOST_QUERIES)
    batch = {key: _query(f"queries.{_short(key)}", query) for key, query in queries.items()}
    values = sum(len(one["values"]) for query in batch.values() for one in query["properties"])
    if values > MOST_VALUES_AT_ONCE:
        raise _too_many("queries: values of properties", values, MOST_VALUES_AT_ONCE)
    return batch


def parse_extension(text: str) -> Extension:
    """The ids and properties of an extension (§7).

    Raises:
        HttpProblem: 400 with the member that is wrong, 413 with the limit that is exceeded.
    """
    asked = _object("extend", text)
    ids, properties = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        _wrong("extend.ids", "it is no list of strings", 'send {"ids": ["state/iran"], "properties": […]}')
    if not isinstance(properties, list) or not all(
        isinstance(one, dict) and isinstance(one.get("id"), str) and one["id"] for one in properties
    ):
        _wrong("extend.properties", "it is no list of objects with an id", 'send [{"id": "capital"}]')
    if len(ids) > MOST_QUERIES:
        raise _too_many("extend.ids", len(ids), MOST_QUERIES)
    if len(properties) > MOST_PROPERTIES:
        raise _too_many("extend.properties", len(properties), MOST_PROPERTIES)
    if any(one.get("settings") for one in properties):
        _wrong("extend.properties", "a property has settings", "no property here has any: leave them out")
    return {"ids": ids, "properties": [one["id"].removeprefix(AX) for one in properties]}


def parse_number(name: str, text: str, default: int, least: int = 0) -> int:
    """A whole number of a query string, such as ``limit`` or ``cursor``.

    Raises:
        HttpProblem: 400, it is none, or too small.

    >>> parse_number("cursor", "20", 0), parse_number("cursor", "", 0)
    (20, 0)
    """
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) >= least):
        _wrong(name, "it is no whole number that fits", f"send a whole number from {least} to 999999")
    return int(text)


def _query(where: str, query: Any) -> Query:
    if not isinstance(query, dict):
        _wrong(where, "it is no object", 'send {"query": "Iran"}')
    unknown = sorted(set(query) - set(_MEMBERS))
    if unknown:
        _wrong(f"{where}.{_short(unknown[0])}", "it is unknown", f"members are {', '.join(_MEMBERS)}")
    name = query.get("query", "")
    if not isinstance(name, str):
        _wrong(f"{where}.query", "it is no string", "send the name as a string")
    properties = query.get("properties", [])
    if not isinstance(properties, list):
        _wrong(f"{where}.properties", "it is no list", 'send [{"pid": "wikidata", "v": "Q794"}]')
    if len(properties) > MOST_PROPERTIES:
        raise _too_many(f"{where}.properties", len(properties), MOST_PROPERTIES)
    if "query" not in query and not properties:
        _wrong(where, "it has neither query nor properties", "give a query, which may be blank")
    strict = query.get("type_strict", "any")
    if strict not in _STRICTNESS:
        _wrong(f"{where}.type_strict", "it is unknown", f"use one of {', '.join(_STRICTNESS)}")
    return {
        "query": name,
        "types": _types(f"{where}.type", query.get("type")),
        "strict": strict,
        "limit": _limit(f"{where}.limit", query.get("limit", DEFAULT_CANDIDATES)),
        "properties": [
            _property(f"{where}.properties[{number}]", one) for number, one in enumerate(properties)
        ],
    }


def _types(where: str, types: Any) -> list[str]:
    given = [] if types is None else types if isinstance(types, list) else [types]
    if not all(isinstance(name, str) for name in given):
        _wrong(where, "it is no string and no list of strings", 'send "State" or ["State", "City"]')
    if len(given) > MOST_VALUES:
        raise _too_many(where, len(given), MOST_VALUES)
    return [name.strip().removeprefix(AX) for name in given if name.strip()]


def _limit(where: str, limit: Any) -> int:
    number = isinstance(limit, int | float) and not isinstance(limit, bool)
    if not number or not math.isfinite(limit) or limit < 1 or limit != int(limit):
        _wrong(where, "it is no positive whole number", f"send one from 1 to {MOST_CANDIDATES}")
    return min(int(limit), MOST_CANDIDATES)


def _property(where: str, one: Any) -> PropertyValue:
    if not isinstance(one, dict) or not {"pid", "v"} <= one.keys():
        _wrong(where, "it is no object with pid and v", 'send {"pid": "wikidata", "v": "Q794"}')
    pid, value = one["pid"], one["v"]
    if not isinstance(pid, str) or not pid:
        _wrong(f"{where}.pid", "it is no string", "take ids from suggest/property")
    values = value if isinstance(value, list) else [value]
    if len(values) > MOST_VALUES:
        raise _too_many(f"{where}.v", len(values), MOST_VALUES)
    texts = dict.fromkeys(_value(f"{where}.v", each) for each in values)
    return {"pid": pid.removeprefix(AX), "values": [text for text in texts if text]}


def _value(where: str, value: Any) -> str:
    """A value as text to compare; empty when it tells nothing.

    >>> [_value("", value) for value in ("Q794", 630, 630.0, {"id": "state/iran"}, None, " ", True)]
    ['Q794', '630', '630', 'state/iran', '', '', 'true']
    """
    if isinstance(value, dict):
        value = value.get("id")
        if not isinstance(value, str):
            _wrong(where, "it is an object without an id that is a string", 'send {"id": "state/iran"}')
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        if not math.isfinite(value):
            _wrong(where, "it is no finite number", "send a number or a string")
        return str(int(value) if value == int(value) and abs(value) < 1e15 else value)[:LONGEST_NAME]
    if not isinstance(value, str):
        _wrong(where, "it is a list within a list", "send a value or one list of values")
    text = value.strip()
    # No name, code or address is longer: it cannot be compared.
    return text if len(text) <= LONGEST_NAME else ""


def _object(name: str, text: str) -> dict[str, Any]:
    """The JSON object of a field."""
    if len(text) > LONGEST_FIELD:
        raise _too_many(name, len(text), LONGEST_FIELD)
    try:
        # A byte order mark is no part of the text (RFC 8259 §8.1).
        value = json.loads(text.removeprefix("\ufeff"), parse_constant=_constant, object_pairs_hook=_pairs)
        # A half of a surrogate pair cannot be sent back.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        _wrong(name, f"it is no JSON: {_reason(error)}", "send the field as in the specification")
    if not isinstance(value, dict):
        _wrong(name, "it is no JSON object", "send the field as in the specification")
    return value


def _reason(error: Exception) -> str:
    """Why a text is no JSON; a character that cannot be seen or told from another is named."""
    if isinstance(error, json.JSONDecodeError):
        found = error.doc[error.pos : error.pos + 1]
        plain = found.isascii() and (found.isprintable() or found.isspace())
        return str(error) if plain or not found else f"{error}; there stands U+{ord(found):04X}"
    return str(error) if isinstance(error, _NoJSON) else "it cannot be read"


class _NoJSON(ValueError):  # noqa: N818 -- never leaves this module
    """Python reads it, JSON does not have it."""


def _constant(name: str) -> NoReturn:
    raise _NoJSON(f"{name} is no number of JSON")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _NoJSON("an object has one key twice")
    return made


def _short(key: str) -> str:
    return key if len(key) <= 40 else key[:40] + "…"


def _wrong(where: str, what: str, remedy: str) -> NoReturn:
    raise HttpProblem(400, "reconciliation", f"{where}: {what}", remedy, see=SPECIFICATION)


def _too_many(where: str, number: int, most: int) -> HttpProblem:
    return HttpProblem(
        413,
        "reconciliation-size",
        f"{where}: {number} are more than the {most} that are answered at once",
        "send them in parts: batchSize of the manifest says how many queries",
        see=SPECIFICATION,
    )
