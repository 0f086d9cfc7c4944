"""What is wrong with a query that the engine refused, in words and with its place."""

from __future__ import annotations

import re

from araxes.endpoint.engines.replies import LONGEST_MESSAGE, Cause, Failed
from araxes.endpoint.sparql.missing_pieces import missing_group
from araxes.endpoint.sparql.syntax_position import find_mistake
from araxes.endpoint.sparql.tokens import scan, tokens
from araxes.endpoint.sparql.unclosed_pieces import missing_bracket, unclosed_text

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1, in code points.

    >>> position("a\\nbc", 3)
    (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def syntax_failure(error: SyntaxError, query: str) -> Failed:
    """What the engine's refusal of a query means."""
    if not query.strip():
        return Failed(Cause.SYNTAX, "the query is empty", 1, 1)
    message = str(error.msg)
    found = _POSITION.match(message)
    if scan(query[:10_000]).is_update:
        return Failed(Cause.UPDATE, "the query is a SPARQL Update request")
    if not found:
        return Failed(Cause.SYNTAX, message[:LONGEST_MESSAGE])
    told = _mistake_told(query) or _undeclared_told(query)
    if told is not None:
        return told
    lack = missing_group(query)
    if lack is not None:
        return Failed(Cause.SYNTAX, lack.message, *position(query, lack.offset))
    return Failed(Cause.SYNTAX, _readable(found[3]), int(found[1]), int(found[2]))


def _mistake_told(query: str) -> Failed | None:
    """Where the grammar breaks; the engine often names the end of the query instead."""
    mistake = find_mistake(query)
    if mistake is None:
        return None
    text = unclosed_text(query, mistake)
    if text is not None:
        return Failed(Cause.SYNTAX, text.message, *position(query, text.offset))
    what = f"unexpected {mistake.found}" if mistake.found else "the query ends too early"
    lack = missing_bracket(query, mistake)
    if lack is None:
        words = f"{what}; expected {' or '.join(mistake.expected)}"
    else:
        line, column = position(query, lack.offset)
        words = f"{what}; {lack.message} (line {line}, column {column})"
    return Failed(Cause.SYNTAX, words, *position(query, mistake.offset))


def _undeclared_told(query: str) -> Failed | None:
    undeclared = _undeclared(query)
    if not undeclared:
        return None
    names = ", ".join(f"{name}:" for name in undeclared)
    words = f"{'prefixes' if len(undeclared) > 1 else 'prefix'} without a declaration: {names}"
    line, column = position(query, min(undeclared.values()))
    return Failed(Cause.SYNTAX, words, line, column, undeclared=tuple(undeclared))


def _readable(message: str) -> str:
    """The parser's message without character classes.

    >>> _readable("expected one of \\"{\\", FROM, ['A' ..= 'Z' | 'a' ..= 'z'], [_]")
    'expected one of "{", FROM'
    """
    if not message.startswith("expected"):
        return message[:LONGEST_MESSAGE]
    short = re.sub(r"\[(?:'(?:\\.|[^'\\])[^']*'|[^\]'])*\]", "", message)
    items = [item.strip() for item in short.removeprefix("expected").removeprefix(" one of").split(", ")]
    kept = [item for item in items if item]
    sentences = [item for item in kept if " " in item and not item.startswith('"')]
    if sentences:
        return "; ".join(sentences)[:LONGEST_MESSAGE]
    if not kept:
        return (
            "not allowed here, though the grammar is right: perhaps a variable that BIND or AS sets twice, "
            "one selected without being grouped, or a blank node label used in two groups"
        )
    return f"expected {'one of ' if len(kept) > 1 else ''}{', '.join(kept)}"[:LONGEST_MESSAGE]


def _undeclared(query: str) -> dict[str, int]:
    """Prefixes used without a declaration and where first: the most frequent mistake."""
    if len(query) > 100_000:
        return {}
    declared = scan(query).prefixes
    used: dict[str, int] = {}
    previous = ""
    for token in tokens(query):
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and previous.upper() != "PREFIX" and prefix not in declared:
            used.setdefault(prefix, token.start)
        previous = token.text
    return dict(list(used.items())[:20])
