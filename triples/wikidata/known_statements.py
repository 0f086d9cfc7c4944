"""Which statements of a batch Wikidata has already, as far as an extract of it shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from araxes.triples.wikidata.quickstatements import Command

COLUMNS = ("item", "property", "value", "extract")
"""Columns of the report."""

EXTRACT_COLUMNS = ("item", "property", "value")
"""Columns that an extract has, in any order; values are items (``Q43``) or as commands write them."""


def known_rows(commands: Iterable[Command], extract: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """A row for each command: whether the extract has it.

    Args:
        commands: the statements of a batch.
        extract: rows with :data:`EXTRACT_COLUMNS`.
    """
    values: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in extract:
        values[row["item"], row["property"]].add(row["value"])
    return [
        dict(zip(COLUMNS, (each.item, each.property, each.value, _told(each, values)), strict=True))
        for each in commands
    ]


def _told(command: Command, values: Mapping[tuple[str, str], set[str]]) -> str:
    """What the extract says of a statement."""
    others = values.get((command.item, command.property), set())
    if command.value in others:
        return "has it"
    if others:
        return "has only " + ", ".join(sorted(others))
    return "says nothing of it"
