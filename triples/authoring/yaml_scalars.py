"""What a scalar of a YAML file stands for, and scalars that every reader of YAML takes for something else.

Plain scalars are read as in YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema) as far as authors can
mean them: dates, ``yes`` and ``12:30`` are text. Tags are of no use in these files, and refused.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

_TAG = "tag:yaml.org,2002:"
_TAGS = {
    yaml.MappingNode: {f"{_TAG}map"},
    yaml.SequenceNode: {f"{_TAG}seq"},
}
_BASED = re.compile(r"[-+]?0[xob][0-9a-fA-F_]+")
_NUMERAL = re.compile(r"[-+]?[0-9][0-9_]*")
LONGEST = 1000
"""So many digits a number may have: decimals of the store have far fewer."""


def scalar_value(node: Any) -> str | int | float | bool | None:
    """The Python value of a scalar node."""
    kind, value = node.tag.removeprefix(_TAG), node.value
    if kind == "null":
        return None
    if kind == "bool" and value.lower() in {"true", "false"}:
        return bool(value.lower() == "true")
    try:
        if kind == "int" and len(value) <= LONGEST:
            return int(value)
        if kind == "float":
            return float(value)
    except ValueError:
        return str(value)
    return str(value)


def odd_node(node: Any) -> tuple[str, str] | None:
    """What is wrong with the tag or the number of a node, and what to do; of most nodes nothing."""
    allowed = _TAGS.get(type(node))
    if allowed is not None:
        return None if node.tag in allowed else _tagged(node.tag)
    if node.tag == f"{_TAG}str":
        return None
    if node.tag not in _implicit(node.value):
        return _tagged(node.tag)
    if node.tag == f"{_TAG}int":
        return _odd_number(node.value)
    return None


def _implicit(value: str) -> set[str]:
    """The tags that a plain scalar may get by its looks."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(value[:1], [])
    return {tag for tag, looks in resolvers if looks.match(value)}


def _tagged(tag: str) -> tuple[str, str]:
    short = f"!!{tag.removeprefix(_TAG)}" if tag.startswith(_TAG) else tag
    return f"has the tag {short[:60]}, which says nothing here", "leave the tag out; put text in quotes"


def _odd_number(value: str) -> tuple[str, str] | None:
    if len(value) > LONGEST and _NUMERAL.fullmatch(value):
        return (
            f"is a number of {len(value):,} characters",
            "write the number that is meant, or quotes round text",
        )
    if _BASED.fullmatch(value):
        return f"{value[:60]} is a number of another base, which not every reader of YAML knows", (
            "write it in decimals, or in quotes if it is text"
        )
    return None
