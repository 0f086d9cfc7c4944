"""Suggestions while somebody types (draft of the Reconciliation Service API 1.0, *Suggest Services*)."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.index.undeclared_words import QUALIFIERS, said
from araxes.endpoint.search.matching.likely_entities import likely_entities
from araxes.endpoint.search.reconciliation.condition_grounds import qualifiers
from araxes.endpoint.search.reconciliation.draft_candidates import description_of, types_of_ids
from araxes.endpoint.search.reconciliation.draft_texts import (
    Direction,
    SaidNamed,
    Texts,
    described,
    direction,
    named,
)
from araxes.endpoint.search.reconciliation.suggestions import (
    MOST_SUGGESTIONS,
    suggest_properties,
    suggest_types,
)

MOST_ENTITIES = 100
"""Entities that are suggested at once; a larger ``limit`` gives as many."""


class SaidEntity(TypedDict):
    """An entity with some of its types."""

    id: str
    name: str
    description: NotRequired[str]
    lang: str
    dir: Direction
    notable: list[SaidNamed]


class SaidType(TypedDict):
    """A class with those right above it."""

    id: str
    name: str
    description: NotRequired[str]
    lang: str
    dir: Direction
    broader: list[SaidNamed]


class SaidProperty(TypedDict):
    """A property with the ways in which its values can be matched."""

    id: str
    name: str
    description: NotRequired[str]
    lang: str
    dir: Direction
    matchQualifiers: list[SaidNamed]


def draft_entities(index: Index, prefix: str, start: int, most: int, texts: Texts) -> list[SaidEntity]:
    """Entities for a prefix, the likeliest first; all for an empty one.

    Args:
        index: where to look.
        prefix: of a name, in any spelling, or of an id; an IRI or Wikidata item as a whole.
        start: how many to leave out at the beginning.
        most: how many at most; 0 for as many as usual.
        texts: what they are called.
    """
    number = min(most or MOST_SUGGESTIONS, MOST_ENTITIES)
    if prefix.strip():
        ids = [name for name, _ in likely_entities(index, prefix)][start : start + number]
    else:
        query = "SELECT id FROM entity ORDER BY rank, id LIMIT ? OFFSET ?"
        ids = [str(row[0]) for row in index.rows(query, number, start)]
    numbers = {one: _number(index, one) for one in ids}
    kinds, names = types_of_ids(index, list(numbers.values())), texts.entities(ids)
    return [
        {
            **described(one, names[one], description_of(kinds[numbers[one]], names[one], texts)),
            "notable": [named(kind, texts.term(kind)) for kind in kinds[numbers[one]]],
        }
        for one in ids
    ]


def draft_types(index: Index, prefix: str, start: int, most: int, texts: Texts) -> list[SaidType]:
    """Classes of which a name or label, or a word of it, begins with a prefix; all for an empty one."""
    found = suggest_types(index, prefix)
    return [
        {
            **described(one["id"], texts.term(one["id"]), texts.term(one["id"]).definition),
            "broader": [named(above["id"], texts.term(above["id"])) for above in one["broader"]],
        }
        for one in found[start : start + most if most else None]
    ]


def draft_properties(index: Index, prefix: str, start: int, most: int, texts: Texts) -> list[SaidProperty]:
    """Properties that refine a query or extend a table, the most used first; all for an empty prefix."""
    found = [one["id"] for one in suggest_properties(index, prefix)][start : start + most if most else None]
    in_words = {str(row[0]) for row in index.rows("SELECT id FROM property WHERE in_words")}
    return [
        {
            **described(one, texts.term(one), texts.term(one).definition),
            "matchQualifiers": [_qualifier(name, texts) for name in qualifiers(one in in_words)],
        }
        for one in found
    ]


def _qualifier(name: str, texts: Texts) -> SaidNamed:
    language, text = said(QUALIFIERS[name], texts.languages)
    return {"id": name, "name": text, "lang": language, "dir": direction(language)}


def _number(index: Index, name: str) -> int:
    return int(index.rows("SELECT number FROM entity WHERE id = ?", name)[0][0])
