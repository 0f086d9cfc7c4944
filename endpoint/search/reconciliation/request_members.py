"""Members of a reconciliation request, checked and bounded: what all versions of the API have in common.

What is wrong is a :class:`~araxes.endpoint.errors.HttpProblem` that names the member.
"""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.search.likeness.folding import LONGEST_NAME

SPECIFICATION = "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"
"""Version 0.2."""

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
"""Code points of a field or body; a batch as OpenRefine sends it has a few thousand."""


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
        wrong(name, "it is no whole number that fits", f"send a whole number from {least} to 999999")
    return int(text)


def candidate_limit(where: str, limit: Any) -> int:
    """How many candidates are wanted, from 1 to :data:`MOST_CANDIDATES`.

    Raises:
        HttpProblem: 400, it is no positive whole number.
    """
    number = isinstance(limit, int | float) and not isinstance(limit, bool)
    if not number or not math.isfinite(limit) or limit < 1 or limit != int(limit):
        wrong(where, "it is no positive whole number", f"send one from 1 to {MOST_CANDIDATES}")
    return min(int(limit), MOST_CANDIDATES)


def value_text(where: str, value: Any) -> str:
    """A value as text to compare; empty when it tells nothing.

    >>> [value_text("", value) for value in ("Q794", 630, 630.0, {"id": "state/iran"}, None, " ", True)]
    ['Q794', '630', '630', 'state/iran', '', '', 'true']

    Raises:
        HttpProblem: 400, it is no value.
    """
    if isinstance(value, dict):
        value = value.get("id")
        if not isinstance(value, str):
            wrong(where, "it is an object without an id that is a string", 'send {"id": "state/iran"}')
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        if not math.isfinite(value):
            wrong(where, "it is no finite number", "send a number or a string")
        return str(int(value) if value == int(value) and abs(value) < 1e15 else value)[:LONGEST_NAME]
    if not isinstance(value, str):
        wrong(where, "it is a list within a list", "send a value or one list of values")
    text = value.strip()
    # No name, code or address is longer: it cannot be compared.
    return text if len(text) <= LONGEST_NAME else ""


def json_object(name: str, text: str) -> dict[str, Any]:
    """The JSON object of a field or body.

    Raises:
        HttpProblem: 400, it is none; 413, it is longer than :data:`LONGEST_FIELD`.
    """
    if len(text) > LONGEST_FIELD:
        raise too_many(name, len(text), LONGEST_FIELD)
    try:
        # A byte order mark is no part of the text (RFC 8259 §8.1).
        value = json.loads(text.removeprefix("\ufeff"), parse_constant=_constant, object_pairs_hook=_pairs)
        # A half of a surrogate pair cannot be sent back.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        wrong(name, f"it is no JSON: {_reason(error)}", "send the field as in the specification")
    if not isinstance(value, dict):
        wrong(name, "it is no JSON object", "send the field as in the specification")
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


def extension_members(text: str) -> tuple[list[str], list[dict[str, Any]]]:
    """The ids of a request for values, and its properties, each an object with an id.

    Raises:
        HttpProblem: 400 with the member that is wrong, 413 with the limit that is exceeded.
    """
    asked = json_object("extend", text)
    ids, properties = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        wrong("extend.ids", "it is no list of strings", 'send {"ids": ["state/iran"], "properties": […]}')
    if not isinstance(properties, list) or not all(
        isinstance(one, dict) and isinstance(one.get("id"), str) and one["id"] for one in properties
    ):
        wrong("extend.properties", "it is no list of objects with an id", 'send [{"id": "capital"}]')
    if len(ids) > MOST_QUERIES:
        raise too_many("extend.ids", len(ids), MOST_QUERIES)
    if len(properties) > MOST_PROPERTIES:
        raise too_many("extend.properties", len(properties), MOST_PROPERTIES)
    return ids, properties


def short(key: str) -> str:
    """A key as a message shows it."""
    return key if len(key) <= 40 else key[:40] + "…"


def wrong(where: str, what: str, remedy: str) -> NoReturn:
    """Refuse a member.

    Raises:
        HttpProblem: 400.
    """
    raise HttpProblem(400, "reconciliation", f"{where}: {what}", remedy, see=SPECIFICATION)


def too_many(where: str, number: int, most: int) -> HttpProblem:
    """The problem (413) that there are too many of something."""
    return HttpProblem(
        413,
        "reconciliation-size",
        f"{where}: {number} are more than the {most} that are answered at once",
        "send them in parts: batchSize of the manifest says how many queries",
        see=SPECIFICATION,
    )
