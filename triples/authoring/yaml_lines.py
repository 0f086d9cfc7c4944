"""YAML files read with the line of every node, so that a problem can say where it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from araxes.triples.authoring.problems import Problem

Key = tuple[str | int, ...]
"""Path of a node in a document: mapping keys and list indexes from the root."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Document:
    """A parsed YAML file.

    Attributes:
        path: the file.
        data: mappings, lists, strings, integers, floats, booleans and ``None``.
        lines: path of each node → its 1-based line; a mapping entry has the line of its key.
    """

    path: Path
    data: Any
    lines: dict[Key, int]

    def line(self, key: Key) -> int:
        """Line of a node, or of the nearest node above it that has one."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)


def read_document(path: Path, before: str = "") -> tuple[Document | None, list[Problem]]:
    """Parse a file.

    Dates stay strings, and only ``true`` and ``false`` are booleans, as in YAML 1.2.

    Args:
        path: the file.
        before: read only what stands before this top-level key.

    Returns:
        The document, or ``None`` with the reasons why there is none; problems such as a
        repeated key leave the document usable.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        return None, [Problem(path, 0, "", f"cannot be read: {error.strerror}", "check the file")]
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        message = f"is not UTF-8 (byte {error.start})"
        return None, [Problem(path, line, "", message, "save the file with the encoding UTF-8")]
    if before:
        text = text.partition(f"\n{before}:")[0]
    if not text.strip():
        return None, [Problem(path, 0, "", "is blank", "fill it or delete it")]
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        return None, [_syntax_problem(path, error)]
    if root is None:
        return None, [Problem(path, 0, "", "holds only comments", "fill it or delete it")]
    lines: dict[Key, int] = {}
    problems: list[Problem] = []
    data = _build(root, (), lines, problems, path)
    return Document(path, data, lines), problems


def _syntax_problem(path: Path, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    column = f" at column {mark.column + 1}" if mark else ""
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Problem(
        path, line, "", f"malformed YAML{column}: {what}", "check indentation, quotes and colons there"
    )


def _build(node: Any, key: Key, lines: dict[Key, int], problems: list[Problem], path: Path) -> Any:
    lines.setdefault(key, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for name_node, value in node.value:
            name = str(name_node.value)
            line = name_node.start_mark.line + 1
            if name in result:
                message = f"the key {name!r} stands twice"
                problems.append(Problem(path, line, "", message, "keep one of them"))
            lines[(*key, name)] = line
            result[name] = _build(value, (*key, name), lines, problems, path)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*key, index), lines, problems, path) for index, item in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: Any) -> str | int | float | bool | None:
    kind, value = node.tag.removeprefix(_TAG), node.value
    if kind == "null":
        return None
    if kind == "bool" and value.lower() in {"true", "false"}:
        return bool(value.lower() == "true")
    try:
        if kind == "int":
            return int(value)
        if kind == "float":
            return float(value)
    except ValueError:
        return str(value)
    return str(value)
