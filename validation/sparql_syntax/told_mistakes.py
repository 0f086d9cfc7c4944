"""What is wrong with a query that does not parse, in words and with its place."""

from __future__ import annotations

from dataclasses import dataclass

from araxes.validation.sparql_syntax.missing_pieces import missing_group
from araxes.validation.sparql_syntax.syntax_position import find_mistake
from araxes.validation.sparql_syntax.tokens import scan, tokens
from araxes.validation.sparql_syntax.unclosed_pieces import missing_bracket, unclosed_text


@dataclass(frozen=True, slots=True)
class ToldMistake:
    """A mistake.

    Attributes:
        message: what is wrong.
        offset: where, in the query.
        undeclared: prefixes without a declaration.
    """

    message: str
    offset: int
    undeclared: tuple[str, ...] = ()


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1, in code points.

    >>> position("a\\nbc", 3)
    (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def told_mistake(query: str) -> ToldMistake | None:
    """What can be told of a query that does not parse: the grammar, prefixes, GROUP BY; else nothing.

    >>> told_mistake("SELECT * { ?s ax:holder ?o }").message
    'prefix without a declaration: ax:'
    """
    if told := _of_grammar(query) or _of_prefixes(query):
        return told
    lack = missing_group(query)
    return ToldMistake(lack.message, lack.offset) if lack else None


def _of_grammar(query: str) -> ToldMistake | None:
    """Where the grammar breaks; the engine often names the end of the query instead."""
    mistake = find_mistake(query)
    if mistake is None:
        return None
    text = unclosed_text(query, mistake)
    if text is not None:
        return ToldMistake(text.message, text.offset)
    what = f"unexpected {mistake.found}" if mistake.found else "the query ends too early"
    lack = missing_bracket(query, mistake)
    if lack is None:
        return ToldMistake(f"{what}; expected {' or '.join(mistake.expected)}", mistake.offset)
    line, column = position(query, lack.offset)
    return ToldMistake(f"{what}; {lack.message} (line {line}, column {column})", mistake.offset)


def _of_prefixes(query: str) -> ToldMistake | None:
    undeclared = _undeclared(query)
    if not undeclared:
        return None
    names = ", ".join(f"{name}:" for name in undeclared)
    words = f"{'prefixes' if len(undeclared) > 1 else 'prefix'} without a declaration: {names}"
    return ToldMistake(words, min(undeclared.values()), tuple(undeclared))


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
