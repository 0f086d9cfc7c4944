"""REGEX and REPLACE in a query, said in the engine's dialect (:mod:`araxes.endpoint.sparql.xpath_regex`).

Constants are translated in the query's text, and what cannot be translated is refused with its place.
What is known only during the evaluation passes through functions of ours (:data:`FUNCTIONS`), which do
the same for each value; there, what cannot be translated is an error of that expression alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import pyoxigraph as ox

from araxes.endpoint.sparql.xml_answers import visible
from araxes.endpoint.sparql.xpath_regex import Regex, RegexProblem, translate
from araxes.endpoint.sparql.xpath_replacement import translate_replacement
from araxes.ontology.namespaces import XSD
from araxes.validation.sparql_syntax.tokens import Token, scan, tokens

_CALL = re.compile("REGEX|REPLACE", re.IGNORECASE)
_SPACE = "urn:x-araxes:regex:"
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_LONGEST_REPEATED = 200
_KEPT = 512
_TWO_DIGITS = re.compile(r"\$[0-9]{2}")


class RegexCallProblem(ValueError):  # noqa: N818 -- becomes a problem
    """A constant that cannot be translated.

    Attributes:
        message: what and where in the pattern, and what to write instead.
        offset: where in the query.
    """

    def __init__(self, message: str, offset: int) -> None:
        """Keep both."""
        super().__init__(message)
        self.message, self.offset = message, offset


@dataclass(frozen=True, slots=True)
class _Argument:
    """One argument of a call: its text and place, and its value if it is a string."""

    text: str
    start: int
    end: int
    value: str | None = None
    offsets: tuple[int, ...] = ()


_Edit = tuple[int, int, str]


def translate_calls(query: str) -> str:
    """The query with every call in the engine's dialect, to be evaluated with :data:`FUNCTIONS`.

    What stands in a group of SERVICE goes to others as it is: they have dialects of their own.

    Raises:
        RegexCallProblem: a constant cannot be translated.
    """
    if not _CALL.search(query):
        return query
    sequence = list(tokens(query))
    abroad = _abroad(query, sequence)
    edits: list[_Edit] = []
    for index, token in enumerate(sequence[:-1]):
        name = _called(token)
        if name and sequence[index + 1].text == "(" and index not in abroad:
            arguments = _arguments(query, sequence, index + 1)
            if name == "REGEX" and len(arguments) in (2, 3):
                edits += _regex_edits(arguments)
            elif name == "REPLACE" and len(arguments) in (3, 4):
                edits += _replace_edits(arguments)
    for start, end, text in sorted(edits, reverse=True):
        query = query[:start] + text + query[end:]
    return query


def _abroad(query: str, sequence: list[Token]) -> set[int]:
    """The indexes of the tokens within groups of SERVICE."""
    found: set[int] = set()
    for service in scan(query).services:
        depth = 0
        for index, token in enumerate(sequence):
            if token.start < service.end or index in found:
                continue
            mark = token.text if token.kind == "mark" else ""
            depth += (mark == "{") - (mark == "}")
            if depth <= 0:
                break
            found.add(index)
    return found


def _called(token: Token) -> str:
    """The function that a word calls; the engine needs no space before it."""
    upper = token.text.upper() if token.kind == "word" else ""
    return next((name for name in ("REGEX", "REPLACE") if upper.endswith(name)), "")


def _arguments(query: str, sequence: list[Token], opening: int) -> list[_Argument]:
    """The arguments between an opening parenthesis and its closing one; none if it is never closed."""
    found: list[_Argument] = []
    depth, first = 0, opening + 1
    for index in range(opening, len(sequence)):
        text = sequence[index].text if sequence[index].kind == "mark" else ""
        depth += (text in ("(", "{", "[") and text != "") - (text in (")", "}", "]") and text != "")
        if depth == 0 or (depth == 1 and text == ","):
            if index > first:
                found.append(_argument(query, sequence[first:index]))
            first = index + 1
        if depth == 0:
            return found
    return []


def _argument(query: str, part: list[Token]) -> _Argument:
    start, end = part[0].start, part[-1].end
    if len(part) == 1 and part[0].kind == "string":
        value, offsets = _decoded(part[0])
        return _Argument(part[0].text, start, end, value, offsets)
    return _Argument(query[start:end], start, end)


def _decoded(token: Token) -> tuple[str, tuple[int, ...]]:
    """The value of a string, and for each of its characters the offset in the query."""
    width = 3 if len(token.text) >= 6 and token.text[0] * 3 == token.text[:3] else 1
    inside = token.text[width:-width]
    value: list[str] = []
    offsets: list[int] = []
    at = 0
    while at < len(inside):
        match = _ESCAPE.match(inside, at)
        offsets.append(token.start + width + at)
        if match is None:
            value.append(inside[at])
            at += 1
        else:
            code = match[1] or match[2]
            number = int(code, 16) if code else 0
            value.append(
                (chr(number) if number < 0x110000 else "\ufffd") if code else _ESCAPES.get(match[3], match[3])
            )
            at = match.end()
    return "".join(value), (*offsets, token.end)


def _literal(text: str) -> str:
    """A string as SPARQL writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r") + '"'


def _told(problem: RegexProblem, argument: _Argument, what: str) -> RegexCallProblem:
    way = f": {problem.way}" if problem.way else ""
    shown = visible((argument.value or "")[:100])
    return RegexCallProblem(
        f'{what} "{shown}", character {problem.offset + 1}: {problem.message}{way}',
        argument.offsets[min(problem.offset, len(argument.offsets) - 1)],
    )


def _constant(pattern: _Argument, flags: _Argument | None) -> Regex | None:
    """The translated pattern, if it and its flags are constants.

    Raises:
        RegexCallProblem: it cannot be translated, or is too much for the engine.
    """
    if pattern.value is None or (flags is not None and flags.value is None):
        return None
    given = flags.value if flags is not None and flags.value is not None else ""
    try:
        translate("", given)
    except RegexProblem as problem:
        assert flags is not None  # noqa: S101 -- no flags cannot be wrong
        raise _told(problem, flags, "the flags") from problem
    try:
        regex = translate(pattern.value, given)
    except RegexProblem as problem:
        raise _told(problem, pattern, "the regular expression") from problem
    if not _compiles(regex.text, regex.flags):
        too_much = RegexProblem("the engine finds it too large", 0, "ask for smaller counts")
        raise _told(too_much, pattern, "the regular expression")
    return regex


def _regex_edits(arguments: list[_Argument]) -> list[_Edit]:
    pattern, flags = arguments[1], arguments[2] if len(arguments) == 3 else None
    return _pattern_edits(pattern, flags, _constant(pattern, flags), "pattern")


def _pattern_edits(
    pattern: _Argument, flags: _Argument | None, regex: Regex | None, function: str
) -> list[_Edit]:
    if regex is not None:
        edits = [(pattern.start, pattern.end, _literal(regex.text))]
        return edits + ([(flags.start, flags.end, _literal(regex.flags))] if flags is not None else [])
    given = flags.text if flags is not None else '""'
    edits = [
        (pattern.start, pattern.start, f"<{_SPACE}{function}>("),
        (pattern.end, pattern.end, f", {given})"),
    ]
    if flags is not None:
        edits += [(flags.start, flags.start, f"<{_SPACE}flags>("), (flags.end, flags.end, ")")]
    return edits


def _replace_edits(arguments: list[_Argument]) -> list[_Edit]:
    pattern, replacement = arguments[1], arguments[2]
    flags = arguments[3] if len(arguments) == 4 else None
    regex = _constant(pattern, flags)
    if regex is not None and regex.empty:
        empty = RegexProblem(
            "it matches the empty string, which REPLACE does not allow", 0, "use + for *, or {1,}"
        )
        raise _told(empty, pattern, "the regular expression")
    edits = _pattern_edits(pattern, flags, regex, "filled")
    known = flags is None or flags.value is not None
    if regex is None and known and not _TWO_DIGITS.search(replacement.value or "$10"):
        # Numbers of one digit name a group or nothing, so it is the same whatever the pattern.
        literal = flags is not None and "q" in (flags.value or "")
        regex = Regex("", "", 9, empty=False, literal=literal)
    if regex is not None and replacement.value is not None:
        try:
            text = _literal(translate_replacement(replacement.value, regex))
        except RegexProblem as problem:
            raise _told(problem, replacement, "the replacement") from problem
        return [*edits, (replacement.start, replacement.end, text)]
    # The replacement depends on the pattern, which is then said a second time.
    given = flags.text if flags is not None else '""'
    if len(pattern.text) + len(given) > _LONGEST_REPEATED or _CALL.search(pattern.text + given):
        raise RegexCallProblem(
            "this pattern is computed in place, and so is the replacement or what it refers to: "
            "bind the pattern to a variable first, with BIND(… AS ?pattern)",
            pattern.start,
        )
    return [
        *edits,
        (replacement.start, replacement.start, f"<{_SPACE}replacement>("),
        (replacement.end, replacement.end, f", {pattern.text}, {given})"),
    ]


@lru_cache(maxsize=_KEPT)
def _compiles(text: str, flags: str) -> bool:
    """Whether the engine takes a pattern."""
    query = f'SELECT (REGEX("", {_literal(text)}, "{flags}") AS ?x) {{}}'
    rows = cast("ox.QuerySolutions", ox.Store().query(query))
    return any(row["x"] is not None for row in rows)


@lru_cache(maxsize=_KEPT)
def _translated(pattern: str, flags: str) -> Regex | None:
    try:
        return translate(pattern, flags)
    except RegexProblem:
        return None


def _strings(terms: tuple[object, ...]) -> list[str] | None:
    """The values of plain strings; ``None`` if a term is something else."""
    plain = [term for term in terms if isinstance(term, ox.Literal) and term.datatype == _STRING]
    return [term.value for term in plain] if len(plain) == len(terms) else None


_STRING = ox.NamedNode(XSD + "string")


def _pattern(*terms: object) -> ox.Literal | None:
    given = _strings(terms)
    regex = _translated(*given) if given is not None and len(given) == 2 else None
    return ox.Literal(regex.text) if regex is not None else None


def _filled(*terms: object) -> ox.Literal | None:
    """The same for REPLACE, whose pattern must not match the empty string."""
    given = _strings(terms)
    regex = _translated(*given) if given is not None and len(given) == 2 else None
    return ox.Literal(regex.text) if regex is not None and not regex.empty else None


def _flags(*terms: object) -> ox.Literal | None:
    given = _strings(terms)
    regex = _translated("", given[0]) if given is not None and len(given) == 1 else None
    return ox.Literal(regex.flags) if regex is not None else None


def _replacement(*terms: object) -> ox.Literal | None:
    given = _strings(terms)
    if given is None or len(given) != 3:
        return None
    regex = _translated(given[1], given[2])
    try:
        return ox.Literal(translate_replacement(given[0], regex)) if regex is not None else None
    except RegexProblem:
        return None


FUNCTIONS: dict[ox.NamedNode, Callable[..., ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]] = {
    ox.NamedNode(_SPACE + "pattern"): _pattern,
    ox.NamedNode(_SPACE + "filled"): _filled,
    ox.NamedNode(_SPACE + "flags"): _flags,
    ox.NamedNode(_SPACE + "replacement"): _replacement,
}
"""What a translated query calls."""
