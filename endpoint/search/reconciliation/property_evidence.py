"""What the properties of a query say for and against candidates.

An identifier or a kind that an entity has and that differs counts against it; any other statement only counts
for it, since the sources do not say everything. What cannot be compared says nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from araxes.endpoint.search.index.indexed_terms import IDENTIFIERS
from araxes.endpoint.search.index.indexed_values import literal_key
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.likeness.folding import fold, joined
from araxes.endpoint.search.matching.identifiers import entities_identified, normal
from araxes.endpoint.search.reconciliation.requests import PropertyValue

_AMONG = " AND entity IN (SELECT value FROM json_each(?))"
_HOLD = "SELECT DISTINCT entity FROM evidence WHERE property = ? AND key IN (SELECT value FROM json_each(?))"
_HAVE = """
SELECT DISTINCT entity FROM evidence WHERE property = ? AND entity IN (SELECT value FROM json_each(?))"""
_KINDS = """
SELECT DISTINCT entity FROM type_above JOIN entity_type USING (type)
WHERE above IN (SELECT value FROM json_each(?))"""
_CALLED = "SELECT DISTINCT id FROM entity JOIN name ON name.entity = entity.number WHERE name.joined = ?"
_MOST_MEANT = 50
MOST_FOUND = 500
"""Entities that a property finds at most, where there is no name."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A property of a query that can be compared.

    Attributes:
        name: the property's id.
        keys: what its values can mean, as the index has it.
    """

    name: str
    keys: tuple[str, ...]

    @property
    def identifies(self) -> bool:
        """Whether the property alone decides."""
        return self.name in IDENTIFIERS

    def supported(self, index: Index, among: Iterable[int] | None) -> set[int]:
        """Entities that have one of the values.

        Args:
            index: where to look.
            among: only these; ``None`` looks at all, and finds so many at most.
        """
        kinds = self.name == "type"
        query = _KINDS if kinds else _HOLD
        values = [json.dumps(self.keys)] if kinds else [self.name, json.dumps(self.keys)]
        if among is None:
            return _entities(index, f"{query} LIMIT {MOST_FOUND}", *values)
        return _entities(index, query + _AMONG, *values, json.dumps(sorted(among)))

    def contradicted(self, index: Index, among: set[int]) -> set[int]:
        """Those of some entities, none of them supported, that the property counts against."""
        if self.name == "type":
            return among  # every entity says what it is
        if not self.identifies:
            return set()
        return _entities(index, _HAVE, self.name, json.dumps(sorted(among)))


def evidence_of(index: Index, asked: PropertyValue) -> Evidence | None:
    """A property of a query, or ``None`` if nothing in it can be compared."""
    name, values = asked["pid"], asked["values"]
    keys: set[str] = set()
    for value in values:
        if name in IDENTIFIERS:
            keys.add(normal(name, value))
        elif name == "type":
            keys.update(classes_meant(index, value))
        else:
            keys |= _keys(index, name, value)
    keys.discard("")
    return Evidence(name, tuple(sorted(keys))) if keys else None


def classes_meant(index: Index, text: str) -> list[str]:
    """Classes that a text names: by id, IRI (its namespace is cut off) or label."""
    name = text.rpartition("/")[2] if "://" in text else text
    folded = fold(name)
    if not folded:
        return []
    query = "SELECT id FROM type WHERE id = ? OR INSTR(folded, '|' || ? || '|') ORDER BY id"
    return [str(row[0]) for row in index.rows(query, name, folded)]


def _keys(index: Index, name: str, value: str) -> set[str]:
    """The forms of a value that the index may hold: as a literal, and as each entity it can mean."""
    folded = fold(value)
    numbers = entities_identified(index, value)
    if numbers:
        query = "SELECT id FROM entity WHERE number IN (SELECT value FROM json_each(?))"
        rows = index.rows(query, json.dumps(numbers))
    else:
        rows = index.rows(f"{_CALLED} LIMIT {_MOST_MEANT}", joined(folded)) if folded else []
    return {literal_key(name, value), folded, *(f"={row[0]}" for row in rows)}


def _entities(index: Index, query: str, *values: str) -> set[int]:
    return {int(row[0]) for row in index.rows(query, *values)}
