"""Suggestions while somebody types (§6 of the Reconciliation Service API 0.2)."""

from __future__ import annotations

from typing import TypedDict

from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.likeness.folding import fold
from araxes.endpoint.search.matching.likely_entities import likely_rows
from araxes.endpoint.search.reconciliation.candidates import Named, types_of
from araxes.ontology.namespaces import AX

MOST_SUGGESTIONS = 20

_TYPES = """
SELECT id, label FROM type WHERE INSTR(folded, '|' || ?1) OR INSTR(folded, ' ' || ?1)
ORDER BY INSTR(folded, '|' || ?1 || '|') = 0, id"""

_PROPERTIES = """
SELECT id, label, description FROM property WHERE INSTR(folded, '|' || ?1) OR INSTR(folded, ' ' || ?1)
ORDER BY INSTR(folded, '|' || ?1 || '|') = 0, uses DESC, id"""


class SuggestedEntity(TypedDict):
    """An entity with what tells namesakes apart."""

    id: str
    name: str
    description: str
    notable: list[Named]


class SuggestedType(TypedDict):
    """A class with those right above it."""

    id: str
    name: str
    broader: list[Named]


class SuggestedProperty(TypedDict):
    """A property with its definition."""

    id: str
    name: str
    description: str


def suggest_entities(index: Index, prefix: str, start: int = 0) -> list[SuggestedEntity]:
    """Entities for a prefix: the identified, names that begin with it, then those that resemble it.

    Args:
        index: where to look.
        prefix: of a name, in any spelling, or of an id; an IRI or Wikidata item as a whole.
        start: how many to leave out at the beginning.
    """
    ordered = likely_rows(index, prefix)
    shown = ordered[start : start + MOST_SUGGESTIONS]
    types = types_of(index, [int(row[0]) for row in shown])
    return [
        {
            "id": str(name),
            "name": str(label),
            "description": str(text),
            "notable": types[int(number)],
        }
        for number, _, name, label, text, _ in shown
    ]


def suggest_types(index: Index, prefix: str) -> list[SuggestedType]:
    """Classes of which a name or label, or a word of it, begins with a prefix."""
    rows = index.rows(_TYPES, _start(prefix.removeprefix(AX)))
    return [
        {"id": str(name), "name": str(label), "broader": _right_above(index, str(name))}
        for name, label in rows
    ]


def suggest_properties(index: Index, prefix: str) -> list[SuggestedProperty]:
    """Properties that refine a query or extend a table, the most used first."""
    return [
        {"id": str(name), "name": str(label), "description": str(text)}
        for name, label, text in index.rows(_PROPERTIES, _start(prefix.removeprefix(AX)))
    ]


def _start(prefix: str) -> str:
    """A prefix folded; what folds to nothing but is something finds nothing."""
    return fold(prefix) or ("\0" if prefix.strip() else "")


def _right_above(index: Index, name: str) -> list[Named]:
    rows = index.rows(
        "SELECT id, label FROM type JOIN type_above ON id = above "
        "WHERE type_above.type = ? AND steps = 1 ORDER BY id",
        name,
    )
    return [{"id": str(above), "name": str(label)} for above, label in rows]
