"""TOML that anybody may have written: what the reader of the standard library cannot carry is told, too."""

from __future__ import annotations

import tomllib
from typing import Any

DEEPEST = 50
"""So many tables and lists may stand within each other."""


def parse_toml(text: str) -> dict[str, Any]:
    """The contents of a TOML file.

    Raises:
        ValueError: it is no TOML, or nested deeper than :data:`DEEPEST`; the line stands in the message.

    >>> parse_toml("a = 1")
    {'a': 1}
    >>> parse_toml("a = " + "[" * 3000)
    Traceback (most recent call last):
        ...
    ValueError: lists and tables stand too deep within each other (at line 1)
    """
    try:
        found = tomllib.loads(text)
    except RecursionError:
        raise _too_deep(text) from None
    if _depth(found) > DEEPEST:
        raise _too_deep(text)
    return found


def _depth(value: object) -> int:
    """Levels of lists and tables, counted without recursion."""
    depth, level = 0, [value]
    while level := [each for each in level if isinstance(each, dict | list)]:
        depth += 1
        level = [inner for each in level for inner in (each.values() if isinstance(each, dict) else each)]
    return depth


def _too_deep(text: str) -> ValueError:
    """What to tell, with the line that has most brackets or dots."""
    marks = [sum(map(line.count, "[{.")) for line in text.splitlines()]
    line = marks.index(max(marks)) + 1
    return ValueError(f"lists and tables stand too deep within each other (at line {line})")
