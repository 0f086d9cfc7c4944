"""Suggestions while somebody types (§6 of the Reconciliation Service API 0.2)."""

from __future__ import annotations

import json
from typing import TypedDict

from araxes.endpoint.search.candidates import Named, types_of
from araxes.endpoint.search.folding import LONGEST_PREFIX, fold, joined
from araxes.endpoint.search.identifiers import entities_identified, local_id
from araxes.endpoint.search.name_matching import entities_named
from araxes.endpoint.search.names_index import Index
from araxes.ontology.namespaces import AX

MOST_SUGGESTIONS = 20
_LAST = "\U0010ffff"

_BEGINNING = """
SELECT entity, MIN(LENGTH(joined)) FROM name WHERE INSTR(tails, '|' || ?)
GROUP BY entity ORDER BY 2 LIMIT 1000"""

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
    ordered = _likely(index, prefix)
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


def likely_entities(index: Index, prefix: str) -> list[tuple[str, float]]:
    """The ids of the same entities with scores: from 100 they are named or begun, below they resemble."""
    return [(str(name), score) for _, _, name, _, _, score in _likely(index, prefix)]


def _likely(index: Index, prefix: str) -> list[tuple[int, int, str, str, str, float]]:
    """Number, rank, id, label, description and score of entities, the likeliest first."""
    scores = {number: one.score for number, one in entities_named(index, prefix).items()}
    begun = joined(fold(prefix))[:LONGEST_PREFIX]
    if begun:
        rows = index.rows(_BEGINNING, begun)
        scores |= {int(number): 200.0 - int(length) / 10 for number, length in rows}
    own = local_id(prefix)
    if own:
        rows = index.rows("SELECT number FROM entity WHERE id >= ? AND id < ? LIMIT 100", own, own + _LAST)
        scores |= {int(row[0]): 300.0 for row in rows}
    scores |= dict.fromkeys(entities_identified(index, prefix), 400.0)
    rows = index.rows(
        "SELECT number, rank, id, label, description FROM entity "
        "WHERE number IN (SELECT value FROM json_each(?))",
        json.dumps(sorted(scores)),
    )
    found = (
        (int(number), int(rank), str(name), str(label), str(text), scores[int(number)])
        for number, rank, name, label, text in rows
    )
    return sorted(found, key=lambda row: (-row[5], row[1], row[2]))


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
