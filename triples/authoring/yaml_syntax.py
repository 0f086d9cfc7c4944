"""What is wrong with text that is no YAML: told where it begins, which is not where the parser gives up."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from araxes.triples.authoring.findings import Finding, Place

_COMMENT = re.compile(r"(?:^|\s)#")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_NEW_KEY = re.compile(r"\s*[\w'\"-]+\s*")
_NEW_ITEM = re.compile(r"\s*- |\S")
_CHECK = "check indentation, quotes and colons there; text with `: ` or ` #` in it goes in quotes"


def syntax_finding(path: Path, text: str, error: yaml.YAMLError) -> Finding:
    """Why a text cannot be parsed, at the line where a bracket, a quotation mark or a key is left open."""
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Finding(Place(path), "", f"malformed YAML: {what}", _CHECK)
    line, column = error.problem_mark.line + 1, error.problem_mark.column + 1
    if error.context_mark and error.context:
        begun = error.context_mark.line + 1
        lines = text.splitlines()
        if opened := _left_open(error.context, what, lines, begun, line, column - 1):
            return Finding(Place(path, opened[0]), "", f"malformed YAML: {opened[1]}", opened[2])
    return Finding(Place(path, line), "", f"malformed YAML at column {column}: {what}", _CHECK)


def _left_open(
    context: str, what: str, lines: list[str], begun: int, given_up: int, column: int
) -> tuple[int, str, str] | None:
    """Line, message and remedy of what was begun on one line and not ended when the parser gave up."""
    if "flow" in context:
        return _open_bracket(context, lines, begun, given_up, column)
    if "quoted scalar" in context and "end of stream" in what:
        return (
            begun,
            "the quotation mark is not closed",
            "close it, or write it twice if it stands in the text",
        )
    if "simple key" in context and "':'" in what:
        return begun, "a word stands alone, without a colon after it", "write it as `key: value`"
    return None


def _open_bracket(
    context: str, lines: list[str], begun: int, given_up: int, column: int
) -> tuple[int, str, str] | None:
    """The same of a list or mapping in brackets."""
    mark, closing = "{}" if "mapping" in context else "[]"
    last = min(given_up, len(lines))
    if "flow node" in context:  # its mark is where the parser gave up, not where the bracket stands
        begun = next((number for number in range(given_up - 1, 0, -1) if lines[number - 1].strip()), begun)
    for number in range(begun, last + 1):
        if _COMMENT.search(_QUOTED.sub("", lines[number - 1])):
            message = "a bracket is not closed; what follows the # of this line is a comment"
            return (
                number,
                message,
                'close it before the #, or write text with # in quotes, such as {id: "#1"}',
            )
    if given_up == begun or "flow node" in context:
        return None
    at = lines[given_up - 1] if given_up <= len(lines) else "x"
    if _NEW_ITEM.match(at):
        message = f"the {mark} is not closed; the parser gave up at line {given_up}"
        return begun, message, f"add the {closing}, or the comma that is missing"
    if _NEW_KEY.fullmatch(at[:column]):
        before = next(number for number in range(given_up - 1, 0, -1) if lines[number - 1].strip())
        return before, f"after this line a comma or the {closing} of line {begun} is missing", "add it"
    return None
