"""What is wrong with a query that the engine refused, in words and with its place."""

from __future__ import annotations

import re

from araxes.endpoint.engines.replies import LONGEST_MESSAGE, Cause, Failed
from araxes.validation.sparql_syntax.tokens import scan
from araxes.validation.sparql_syntax.told_mistakes import position, told_mistake

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


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
    told = told_mistake(query)
    if told is not None:
        place = position(query, told.offset)
        return Failed(Cause.SYNTAX, told.message, *place, undeclared=told.undeclared)
    return Failed(Cause.SYNTAX, _readable(found[3]), int(found[1]), int(found[2]))


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
