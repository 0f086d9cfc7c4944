"""Rows of a table in a text file, each with its number and its place in the text.

Rows are numbered as RFC 7111 (https://www.rfc-editor.org/rfc/rfc7111) numbers them: from 1, the header
included.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from araxes.ontology.errors import InputError

DELIMITERS = (",", ";", "\t", "|")
"""What stands between the values of tables."""


@dataclass(frozen=True)
class Row:
    """One row.

    Attributes:
        number: by RFC 7111.
        start: its first code point in the text.
        end: one past its last, the line break left out.
        cells: value by column, as it stands there, without white space around it.
    """

    number: int
    start: int
    end: int
    cells: dict[str, str]


def read_rows(text: str, delimiter: str = ",") -> Iterator[Row]:
    """The rows of a table below its header; empty lines are passed over.

    A value in double quotes may hold line breaks (RFC 4180).

    Args:
        text: the table, its newlines untouched.
        delimiter: what stands between values.

    Raises:
        InputError: it has no header, names a column twice, or a row has other values than the header.
    """
    lines = _CountedLines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    header: list[str] = []
    number, start = 0, 0
    while True:
        try:
            values = [value.strip() for value in next(reader)]
        except StopIteration:
            break
        except csv.Error as error:
            raise InputError(f"row {number + 1}: {error}", "correct the quotes there") from error
        number += 1
        first, start = start, lines.read
        end = first + len(text[first:start].rstrip("\r\n"))
        if not any(values):
            continue
        if not header:
            header = _header([value.removeprefix("\ufeff") for value in values], number)
        elif len(values) != len(header):
            what = f"row {number} has {len(values)} values, the header {len(header)}"
            raise InputError(what, "give each row one value a column; is the delimiter the right one?")
        else:
            yield Row(number, first, end, dict(zip(header, values, strict=True)))
    if not header:
        raise InputError("the table is empty", "its first row names the columns")


def likelier_delimiter(text: str, delimiter: str) -> str:
    """What stands between the names of the header, if they are one name as they are read; else nothing.

    >>> likelier_delimiter("ccode1;ccode2;year", ",")
    ';'
    """
    header = next((line for line in text.splitlines() if line.strip()), "")
    if delimiter in header:
        return ""
    counts = {each: header.count(each) for each in DELIMITERS if each != delimiter}
    best = max(counts, key=lambda each: counts[each])
    return best if counts[best] else ""


class _CountedLines:
    """The lines of a text, and how many characters of it have been read."""

    def __init__(self, text: str) -> None:
        self.read = 0
        self._lines = iter(text.splitlines(keepends=True) if "\n" not in text else _lines(text))

    def __iter__(self) -> _CountedLines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.read += len(line)
        return line


def _lines(text: str) -> Iterator[str]:
    """Lines by line feeds alone: a value may hold other characters that break lines elsewhere."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _header(names: list[str], number: int) -> list[str]:
    twice = sorted({name for name in names if names.count(name) > 1 or not name})
    if twice:
        what = (
            f"row {number}: two columns are called {twice[0]!r}"
            if twice[0]
            else f"row {number}: a column has no name"
        )
        raise InputError(what, "name each column once, in the first row")
    return names
