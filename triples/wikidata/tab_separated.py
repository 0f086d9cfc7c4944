"""Tab-separated tables as programs leave them: read where that is exact, refused by its cause where not.

Spreadsheets put quotation marks round cells, tabs after the last cell, a byte order mark at the beginning and
``CR LF`` at the end of lines; a checkout on Windows does the last. All of this is read. A file whose cells
stand between semicolons or commas is refused: it is no longer such a table, whoever reads it next.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from araxes.triples.authoring.findings import Finding, Place, quoted
from araxes.triples.authoring.yaml_lines import read_text, unfit_character

_LINE_END = re.compile("\r\n?")
_SAVED = "save it as text separated by tabs (.tsv, UTF-8), not as CSV"
_BETWEEN = {";": "semicolons", ",": "commas"}


@dataclass(frozen=True)
class Line:
    """One row of a table.

    Attributes:
        number: 1-based line on which it begins.
        cells: their texts.
    """

    number: int
    cells: tuple[str, ...]


def read_lines(path: Path) -> tuple[list[str], list[Finding]]:
    """The lines of a table, their ends removed, and why they cannot be had."""
    text, findings = read_text(path)
    if findings:
        return [], findings
    if not text.strip():
        return [], [Finding(Place(path), "", "is blank", "fill it or delete it")]
    if wrong := unfit_character(text, path):
        return [], [wrong]
    return _LINE_END.sub("\n", text).split("\n"), []


def metadata_of(lines: list[str]) -> list[str]:
    """The lines at the head of a table that begin with ``#``, without it, as the author wrote them."""
    found = []
    for line in lines:
        plain = line.rstrip("\t")
        if plain.startswith('"#') and plain.endswith('"'):
            plain = plain[1:-1].replace('""', '"')
        if not plain.startswith("#"):
            break
        found.append(plain[1:])
    return found


def read_rows(
    path: Path, lines: list[str], head: int, columns: tuple[str, ...], more: tuple[str, ...] = ()
) -> Iterator[Line | Finding]:
    """The rows under the header line number ``head``, and what is wrong with them.

    Args:
        path: the file.
        lines: its lines.
        head: number of the line with the names of the columns.
        columns: these, in this order.
        more: further columns that may follow, all or none; without them their cells are empty.
    """
    rows = list(_rows(path, lines, head))
    if not rows or isinstance(rows[0], Finding) or rows[0].cells[: len(columns)] != columns:
        yield rows[0] if rows and isinstance(rows[0], Finding) else _no_columns(path, lines, head, columns)
        return
    extra = tuple(cell for cell in rows[0].cells[len(columns) :] if cell)
    if extra not in ((), more):
        yield _no_columns(path, lines, head, columns)
        return
    width, missing = len(columns) + len(extra), ("",) * (len(more) - len(extra))
    for row in rows[1:]:
        fitted = row if isinstance(row, Finding) else _fitted(path, row, width)
        yield fitted if isinstance(fitted, Finding) else Line(fitted.number, (*fitted.cells, *missing))


def _rows(path: Path, lines: list[str], head: int) -> Iterator[Line | Finding]:
    reader = csv.reader((line + "\n" for line in lines[head - 1 :]), delimiter="\t", strict=True)
    before = head - 1
    try:
        for cells in reader:
            if any(cells):
                yield Line(before + 1, tuple(cells))
            before = head - 1 + reader.line_num
    except csv.Error as error:
        message = f"a cell begins with a quotation mark that is not closed rightly ({error})"
        remedy = "write the mark twice and one more round the whole cell, or leave it out"
        yield Finding(Place(path, before + 1), "", message, remedy)


def _no_columns(path: Path, lines: list[str], head: int, columns: tuple[str, ...]) -> Finding:
    place = Place(path, head)
    line = lines[head - 1] if head <= len(lines) else ""
    for mark, name in _BETWEEN.items():
        cells = [cell.strip('"') for cell in line.rstrip(mark).split(mark)]
        if "\t" not in line and len(set(cells) & set(columns)) > 1:
            message = f"its cells are separated by {name}, as a spreadsheet saves CSV"
            return Finding(place, "", message, _SAVED)
    remedy = f"separated by tabs: {' '.join(columns)}"
    message = f"the columns are not those of this table{_differing(line, columns)}"
    return Finding(place, "", message, remedy)


def _differing(line: str, columns: tuple[str, ...]) -> str:
    """The first column that is another than it should be, in words; empty where none is like them."""
    cells = [cell.strip('"') for cell in line.rstrip("\t").split("\t")]
    if not set(cells) & set(columns):
        return ""
    for number, (found, wanted) in enumerate(zip_longest(cells, columns, fillvalue=""), start=1):
        if found != wanted and wanted:
            return f": column {number} is {quoted(found) if found else 'missing'}, and {wanted} is wanted"
    return f": {quoted(cells[len(columns)])} follows the last of them"


def _fitted(path: Path, row: Line, width: int) -> Line | Finding:
    """A row without the tabs that follow its last cell."""
    if len(row.cells) >= width and not any(row.cells[width:]):
        return Line(row.number, row.cells[:width])
    message = f"has {len(row.cells)} cells instead of {width}"
    return Finding(Place(path, row.number), row.cells[0], message, "separate the cells by single tabs")
