"""The prefixes of mapping tables, and cells that should be a prefix, a colon and a name: each mistake once.

A prefix that is wrong or missing in the ``curie_map`` makes every row with it unusable; it is told once,
where it is written or should be, and nothing else is said of those cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from araxes.ontology.namespaces import SKOS
from araxes.triples.authoring.findings import Finding, did_you_mean, quoted
from araxes.triples.authoring.told_once import also
from araxes.triples.wikidata.sssom_tables import PREDICATES, PREFIXES, MappingRow, MappingTable

CURIE_COLUMNS = ("subject_id", "predicate_id", "object_id", "mapping_justification", "author_id")
"""Columns of a mapping table whose cells are CURIEs (https://www.w3.org/TR/curie/)."""


_MATCHES = tuple(name.removeprefix(SKOS) for name in PREDICATES)


@dataclass
class Repeated:
    """Mistakes that several rows of a table share: each is told once, at the first of its rows.

    Attributes:
        bad: rows that have any.
    """

    bad: list[MappingRow] = field(default_factory=list)
    _rows: dict[tuple[str, str], list[MappingRow]] = field(default_factory=lambda: defaultdict(list))
    _said: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def add(self, row: MappingRow, message: str, remedy: str, *, kind: str = "", value: str = "") -> None:
        """A mistake of a row; the same message, or the same kind and value, is the same mistake."""
        key = (kind, value) if kind else (message, remedy)
        self.bad.append(row)
        self._rows[key].append(row)
        self._said.setdefault(key, (message, remedy))

    def findings(self) -> Iterator[Finding]:
        """One finding for each."""
        for key, rows in self._rows.items():
            message, remedy = self._said[key]
            yield rows[0].finding(message + also([row.line for row in rows]), remedy)


def curie_findings(table: MappingTable) -> Iterator[Finding]:
    """Cells of a mapping table that are no CURIE of its ``curie_map``, and prefixes that it lacks."""
    lacking: dict[str, list[MappingRow]] = defaultdict(list)
    repeated = Repeated()
    for row in table.rows:
        for column in CURIE_COLUMNS:
            prefix = _unknown_prefix(row, column)
            if prefix and column == "predicate_id" and row[column].partition(":")[2] not in _MATCHES:
                repeated.add(row, *no_match(row))  # no prefix would make it one
            elif prefix and prefix not in table.faulty:
                lacking[prefix].append(row)
            elif not prefix and not row.iri(column):
                repeated.add(row, *_no_curie(row, column), kind="no CURIE", value=_kind(row, column))
    yield from repeated.findings()
    for prefix, rows in lacking.items():
        unknown = f"the prefix {quoted(prefix)} is not in the curie_map"
        remedy = did_you_mean(prefix, table.prefixes, f"add it: {_line_of(prefix)}")
        if len({row.line for row in rows}) == 1:
            yield rows[0].finding(unknown, remedy)
        else:
            count = len({row.line for row in rows})
            message = f"{unknown}, but {count} rows have it, the first in line {rows[0].line}"
            yield table.finding(message, remedy, "curie_map")


def no_match(row: MappingRow) -> tuple[str, str]:
    """What to say of a predicate that no mapping has."""
    choices = ", ".join(f"skos:{name}" for name in _MATCHES)
    return f"unknown predicate {quoted(row['predicate_id'])}", f"use a SKOS match: {choices}"


def cell_findings(rows: Iterable[MappingRow], column: str, repeated: Repeated) -> Iterator[MappingRow]:
    """Of a table without a ``curie_map``, the rows whose cell is a CURIE; the others are mistakes."""
    for row in rows:
        prefix = _unknown_prefix(row, column)
        if prefix:
            remedy = did_you_mean(prefix, row.curies, f"use one of {', '.join(sorted(row.curies))}")
            unknown = f"the prefix {quoted(prefix)} is in no curie_map"
            repeated.add(row, unknown, remedy, kind="prefix", value=prefix)
        elif row.iri(column):
            yield row
        else:
            repeated.add(row, *_no_curie(row, column), kind="no CURIE", value=_kind(row, column))


def _unknown_prefix(row: MappingRow, column: str) -> str:
    """The prefix of a cell that has one that leads nowhere."""
    prefix, colon, local = row[column].partition(":")
    return prefix if colon and prefix not in row.curies and not local.startswith("//") else ""


def _no_curie(row: MappingRow, column: str) -> tuple[str, str]:
    """What is wrong with a cell that has no prefix at all, and what to do."""
    cell = row[column].strip().strip("<>")
    if not cell:
        return f"{column} is empty", "write a prefix of the curie_map, a colon and a name"
    if "://" in cell:
        return f"{column} is an IRI in full: {quoted(cell)}", f"write {_contracted(cell, row.curies)}"
    own = {"subject_id": "araxes", "author_id": "araxes"}.get(column)
    remedy = (
        f"write {own}:{cell}"
        if own and "/" in cell
        else "write a prefix of the curie_map and a colon before it"
    )
    return f"{column} has no prefix: {quoted(cell)}", remedy


def _kind(row: MappingRow, column: str) -> str:
    """What makes two such cells the same mistake: a whole column may be left without prefixes."""
    cell = row[column].strip()
    return f"{column} {'full' if '://' in cell else 'bare' if cell else row.line}"


def _contracted(iri: str, curies: dict[str, str]) -> str:
    """An IRI with the prefix whose namespace is the longest beginning of it."""
    fitting = [(len(namespace), prefix) for prefix, namespace in curies.items() if iri.startswith(namespace)]
    if not fitting:
        return "it with a prefix of the curie_map"
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def _line_of(prefix: str) -> str:
    return f"`#  {prefix}: {PREFIXES.get(prefix, 'http://…')}`"
