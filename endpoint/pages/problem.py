"""What went wrong, for readers: in the language of the page, with its place in a query."""

from __future__ import annotations

from dataclasses import dataclass, field

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.pages.words import detail_words, error_words

_WIDEST = 100
"""Code points of a line that are shown on either side of the place."""

_BEFORE = 2
"""Lines before the place."""


@dataclass(frozen=True, slots=True)
class QueryPlace:
    """A place in a query.

    Attributes:
        line: its line, from 1.
        column: its column, in code points from 1.
        before: numbers and texts of lines before it.
        left: what stands before it in its line.
        marked: what stands there.
        right: what stands behind it.
    """

    line: int
    column: int
    before: tuple[tuple[int, str], ...]
    left: str
    marked: str
    right: str

    @property
    def indent(self) -> str:
        """White space as wide as what stands before the place."""
        return "".join(letter if letter == "\t" else " " for letter in self.left)


@dataclass(slots=True)
class ShownProblem:
    """A problem as a page shows it.

    Attributes:
        status: HTTP status.
        title: its standard phrase, for statuses without words.
        message: what is wrong, in English.
        meaning: the same in the language of the page where that is another.
        remedy: what to do, in the language of the page.
        original: message and remedy in English on a page in another language.
        members: what else is known: names and values.
        place: where in a query.
        prefixes: lines that declare missing prefixes.
        prefixed: address of the query with these lines.
    """

    status: int
    title: str
    message: str
    meaning: str = ""
    remedy: str = ""
    original: tuple[str, ...] = ()
    members: tuple[tuple[str, str | list[str]], ...] = ()
    place: QueryPlace | None = None
    prefixes: str = field(default="")
    prefixed: str = field(default="")

    @property
    def title_key(self) -> str:
        """The name of the title among the words."""
        return str(self.status)


def problem_shown(problem: HttpProblem, request_id: str, language: str, query: str = "") -> ShownProblem:
    """A problem in the language of a page.

    Args:
        problem: what is wrong.
        request_id: by which the log has more.
        language: of the page.
        query: that it is about, if any.
    """
    meaning, remedy = error_words(problem.code, language)
    detail, advice = detail_words(problem.message, language), detail_words(problem.remedy, language)
    original = () if detail else tuple(filter(None, (problem.message, problem.remedy)))
    line, column = problem.members.get("line"), problem.members.get("column")
    members = {"code": problem.code, **problem.members, "request": request_id}
    shown = {name: _flat(value) for name, value in members.items() if name not in ("line", "column")}
    return ShownProblem(
        problem.status,
        problem.title,
        problem.message,
        detail or meaning,
        advice or (remedy if meaning else problem.remedy),
        original if meaning else (),
        tuple(shown.items()),
        place_in(query, line, column) if query and line and column else None,
    )


def _flat(value: object) -> str | list[str]:
    if isinstance(value, dict):
        return ", ".join(f"{name} {entry}" for name, entry in value.items())
    return [str(entry) for entry in value] if isinstance(value, list | tuple) else str(value)


def place_in(query: str, line: int, column: int) -> QueryPlace | None:
    """A place in a text with what stands around it; ``None`` if there is no such line.

    >>> place_in("ASK {\\n ?s ? }", 2, 5).marked
    '?'
    """
    lines = query.split("\n")
    if not 0 < line <= len(lines):
        return None
    text, at = lines[line - 1].rstrip("\r"), column - 1
    end = at + 1
    if text[at:end].isalnum():
        while end < len(text) and (text[end].isalnum() or text[end] in "_-:"):
            end += 1
    first = max(0, line - 1 - _BEFORE)
    before = tuple((number + 1, lines[number][: 2 * _WIDEST]) for number in range(first, line - 1))
    start = max(0, at - _WIDEST)
    left = ("…" if start else "") + text[start:at]
    right = text[end : end + _WIDEST] + ("…" if len(text) > end + _WIDEST else "")
    return QueryPlace(line, column, before, left, text[at:end] or " ", right)
