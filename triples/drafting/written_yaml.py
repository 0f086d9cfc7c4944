"""Records written as the project writes its YAML: one key a line, statements and labels in one line each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:[-/][A-Za-z0-9_]+)*(?:#[a-z0-9-]+)?")
_NOT_WORDS = re.compile("true|false|null|yes|no|on|off|y|n", re.IGNORECASE)
_WIDEST = 100
_TEXTS = ("paraphrase", "sourceText", "sourceAuthor")
_BLOCKS = ("label", "altLabel", "definition", "curatorNote", "title")


def scalar(value: object) -> str:
    """One value: ids and terms as they are, other texts in double quotes.

    >>> print(scalar("state/iran"), scalar("#c"), scalar(4.5), scalar("no"))
    state/iran "#c" 4.5 "no"
    """
    if isinstance(value, str):
        if _PLAIN.fullmatch(value) and not _NOT_WORDS.fullmatch(value):
            return value
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def in_one_line(value: Any) -> str:
    """A value in flow style.

    >>> in_one_line({"id": "state/iran", "recognizes": ["state/armenia", "state/georgia"]})
    '{id: state/iran, recognizes: [state/armenia, state/georgia]}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {in_one_line(each)}" for key, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(in_one_line, value)) + "]"
    return scalar(value)


def record(data: Mapping[str, Any]) -> str:
    """A record as an item of a list.

    >>> print(record({"id": "state/x", "type": "State", "label": {"en": "New X"}}), end="")
    - id: state/x
      type: State
      label: {en: "New X"}
    """
    return _indented("\n".join(_entry(key, value) for key, value in data.items()), "- ")


def mapping(key: str, data: Mapping[str, Any]) -> str:
    """A record as the value of a key."""
    lines = "\n".join(_entry(name, value) for name, value in data.items())
    return f"{key}:\n{_indented(lines, '  ')}"


def records(found: Iterable[Mapping[str, Any]]) -> str:
    """A list of records."""
    return "".join(map(record, found))


def _indented(lines: str, first: str) -> str:
    head, *rest = lines.split("\n")
    return "\n".join([first + head, *(f"  {line}" for line in rest)]) + "\n"


def _entry(key: str, value: Any) -> str:
    short = f"{key}: {in_one_line(value)}"
    if isinstance(value, Mapping) and value and (key in _TEXTS or (key in _BLOCKS and len(short) > _WIDEST)):
        return "\n".join(
            [f"{key}:", *(f"  {scalar(name)}: {in_one_line(each)}" for name, each in value.items())]
        )
    several = isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value)
    if several:
        return "\n".join([f"{key}:", *(f"- {in_one_line(each)}" for each in value)])
    return short
