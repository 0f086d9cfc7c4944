"""What a refused query lacks, in words: a closing bracket, or GROUP BY.

The grammar's list of what could stand at the end of a query names everything but the one thing
that is missing; and that a selected variable must be grouped (SPARQL 1.1 §11.4) is no matter
of grammar at all. Both are read off the tokens.
"""

from __future__ import annotations

from dataclasses import dataclass

from araxes.endpoint.sparql.tokens import Token, tokens

_CLOSING = {"{": "}", "(": ")", "[": "]"}
_AGGREGATES = frozenset("COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT".split())  # noqa: SIM905 -- readable so
_AFTER_GROUP = frozenset({"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing, and the offset in the query that shows it."""

    message: str
    offset: int


def missing_bracket(query: str) -> Lack | None:
    """The first bracket that is closed wrongly, or the last that is never closed.

    >>> missing_bracket("SELECT * { ?s ?p ?o").message
    'a "}" is missing: the "{" there is never closed'
    >>> missing_bracket("ASK {}") is None
    True
    """
    opened: list[Token] = []
    for token in tokens(query):
        if token.kind != "mark" or token.text not in "{}()[]":
            continue
        if token.text in _CLOSING:
            opened.append(token)
        elif not opened:
            return Lack(f'this "{token.text}" closes nothing', token.start)
        elif _CLOSING[opened[-1].text] == token.text:
            opened.pop()
        else:
            opener = opened[-1]
            wanted = _CLOSING[opener.text]
            return Lack(f'a "{wanted}" is missing: the "{opener.text}" there is not closed', opener.start)
    if not opened:
        return None
    last = opened[-1]
    more = f", and {len(opened) - 1} more before it" if len(opened) > 1 else ""
    return Lack(
        f'a "{_CLOSING[last.text]}" is missing: the "{last.text}" there is never closed{more}', last.start
    )


def missing_group(query: str) -> Lack | None:
    """Variables that a SELECT with aggregates or GROUP BY selects without grouping them.

    >>> missing_group("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }").message
    '?s is selected beside an aggregate, but not grouped: add GROUP BY ?s'
    """
    sequence = list(tokens(query))
    for index, token in enumerate(sequence):
        if _is_word(token, "SELECT"):
            found = _ungrouped(sequence, index)
            if found is not None:
                return found
    return None


def _ungrouped(sequence: list[Token], start: int) -> Lack | None:
    """The same for the SELECT at one token."""
    selected: dict[str, int] = {}
    aliases: set[str] = set()
    at, depth, aggregate, inside = start + 1, 0, False, 0
    while at < len(sequence) and sequence[at].text != "{" and not _is_word(sequence[at], "WHERE"):
        token = sequence[at]
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "word" and token.text.upper() in _AGGREGATES:
            aggregate, inside = True, inside or depth + 1
        elif inside and depth < inside:
            inside = 0
        if token.kind == "variable":
            if _is_word(sequence[at - 1], "AS"):
                aliases.add(token.text[1:])
            elif not inside:
                selected.setdefault(token.text[1:], token.start)
        elif token.text == "*" and depth == 0 and not aliases and not selected:
            selected["*"] = token.start
        at += 1
    grouped, has_group = _grouped(sequence, at)
    names = {name: offset for name, offset in selected.items() if name not in grouped | aliases}
    if "*" in names and has_group:
        return Lack("SELECT * cannot stand with GROUP BY: name what is grouped", names["*"])
    names.pop("*", None)
    if not names or not (aggregate or has_group):
        return None
    shown = " ".join(f"?{name}" for name in names)
    verb = "is" if len(names) == 1 else "are"
    beside = "beside an aggregate" if aggregate else "with GROUP BY"
    whole = " ".join([*(f"?{name}" for name in sorted(grouped)), shown])
    return Lack(
        f"{shown} {verb} selected {beside}, but not grouped: add GROUP BY {whole}", min(names.values())
    )


def _grouped(sequence: list[Token], at: int) -> tuple[set[str], bool]:
    """The variables after GROUP BY, behind the pattern that begins at or after a token."""
    depth = 0
    while at < len(sequence):
        depth += (sequence[at].text == "{") - (sequence[at].text == "}")
        at += 1
        if depth <= 0 and sequence[at - 1].text == "}":
            break
    names: set[str] = set()
    if not (at < len(sequence) and _is_word(sequence[at], "GROUP")):
        return names, False
    level = 0
    for index in range(at + 1, len(sequence)):
        token = sequence[index]
        if token.text == "}" or (token.kind == "word" and token.text.upper() in _AFTER_GROUP):
            break
        level += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and (level == 0 or _is_word(sequence[index - 1], "AS")):
            names.add(token.text[1:])
    return names, True


def _is_word(token: Token, word: str) -> bool:
    return token.kind == "word" and token.text.upper() == word
