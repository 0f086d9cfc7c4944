"""What a condition of a query speaks for and against (draft of the Reconciliation Service API 1.0).

``matchQuantifier`` and ``matchQualifier`` of a condition on a property or id, as grounds that
:func:`araxes.endpoint.search.reconciliation.candidate_standings.weigh` counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.likeness.folding import fold
from araxes.endpoint.search.matching.identifiers import entities_identified
from araxes.endpoint.search.reconciliation.candidate_standings import Ground
from araxes.endpoint.search.reconciliation.draft_requests import Condition
from araxes.endpoint.search.reconciliation.property_evidence import MOST_FOUND, Evidence, evidence_of

EXACT, WILDCARD = "ExactMatch", "WildcardMatch"
_LAST = "\U0010ffff"
_AMONG = " AND entity IN (SELECT value FROM json_each(?))"
_BEGIN = "SELECT DISTINCT entity FROM evidence WHERE property = ? AND key >= ? AND key < ?"
_TYPES = "SELECT DISTINCT entity FROM entity_type WHERE type IN (SELECT value FROM json_each(?))"
_LABELS = "SELECT entity FROM label WHERE language = ? AND text IN (SELECT value FROM json_each(?))"
_VALUES = """
SELECT DISTINCT entity FROM value WHERE property = ?
AND (text IN (SELECT value FROM json_each(?2)) OR shown IN (SELECT value FROM json_each(?2)))"""


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids of entities; an entity of another id is another one.

    Attributes:
        numbers: of the entities that are meant; may be none.
    """

    numbers: tuple[int, ...]
    name: str = "id"
    identifies: bool = True

    def supported(self, _: Index, among: Iterable[int] | None) -> set[int]:
        """See :class:`.candidate_standings.Ground`."""
        return set(self.numbers) if among is None else set(self.numbers).intersection(among)

    def contradicted(self, _: Index, among: set[int]) -> set[int]:
        """See :class:`.candidate_standings.Ground`."""
        return among


@dataclass(frozen=True, slots=True)
class Exact:
    """Values letter for letter.

    Attributes:
        folded: the same values in any spelling.
        values: as they were sent.
    """

    folded: Evidence
    values: tuple[str, ...]

    @property
    def name(self) -> str:
        """Id of the property."""
        return self.folded.name

    @property
    def identifies(self) -> bool:
        """Whether the property alone decides."""
        return self.folded.identifies

    def supported(self, index: Index, among: Iterable[int] | None) -> set[int]:
        """See :class:`.candidate_standings.Ground`."""
        found = self.folded.supported(index, among)
        values, numbers = json.dumps(self.values), json.dumps(sorted(found))
        if self.name == "type":
            rows = index.rows(_TYPES + _AMONG, values, numbers)
        elif self.name.startswith("label_"):
            rows = index.rows(_LABELS + _AMONG, self.name.removeprefix("label_"), values, numbers)
        else:
            rows = index.rows(_VALUES + _AMONG, self.name, values, numbers)
        return {int(row[0]) for row in rows}

    def contradicted(self, index: Index, among: set[int]) -> set[int]:
        """See :class:`.candidate_standings.Ground`."""
        return self.folded.contradicted(index, among)


@dataclass(frozen=True, slots=True)
class Beginning:
    """Texts that begin with one of some, in any spelling.

    Attributes:
        name: id of the property.
        beginnings: folded.
    """

    name: str
    beginnings: tuple[str, ...]
    identifies: bool = False

    def supported(self, index: Index, among: Iterable[int] | None) -> set[int]:
        """See :class:`.candidate_standings.Ground`."""
        found: set[int] = set()
        for begin in self.beginnings:
            values = [self.name, begin, begin + _LAST]
            if among is None and len(found) >= MOST_FOUND:
                break
            if among is None:
                rows = index.rows(f"{_BEGIN} LIMIT {MOST_FOUND}", *values)
            else:
                rows = index.rows(_BEGIN + _AMONG, *values, json.dumps(sorted(among)))
            found.update(int(row[0]) for row in rows)
        return found

    def contradicted(self, _: Index, among: set[int]) -> set[int]:
        """See :class:`.candidate_standings.Ground`; what another text says stands beside it."""
        return set()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Several grounds of one property at once.

    Attributes:
        parts: one at least.
    """

    parts: tuple[Ground, ...]

    @property
    def name(self) -> str:
        """Id of the property."""
        return self.parts[0].name

    @property
    def identifies(self) -> bool:
        """Whether the property alone decides."""
        return self.parts[0].identifies

    def supported(self, index: Index, among: Iterable[int] | None) -> set[int]:
        """See :class:`.candidate_standings.Ground`."""
        found = self.parts[0].supported(index, among)
        for part in self.parts[1:]:
            found = part.supported(index, found)
        return found

    def contradicted(self, index: Index, among: set[int]) -> set[int]:
        """See :class:`.candidate_standings.Ground`."""
        return set[int]().union(
            *(part.contradicted(index, among - part.supported(index, among)) for part in self.parts)
        )


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Not what a ground speaks for.

    Attributes:
        other: that ground.
    """

    other: Ground
    identifies: bool = False

    @property
    def name(self) -> str:
        """Id of the property."""
        return self.other.name

    def supported(self, _: Index, among: Iterable[int] | None) -> set[int]:
        """See :class:`.candidate_standings.Ground`; most entities lack most values."""
        return set()

    def contradicted(self, index: Index, among: set[int]) -> set[int]:
        """See :class:`.candidate_standings.Ground`."""
        return self.other.supported(index, among)


def ground_of(index: Index, condition: Condition) -> Ground | None:
    """What a condition on a property or id says; ``None`` if nothing in it can be compared."""
    if condition.quantifier == "all":
        parts = [_any_of(index, condition, [value]) for value in condition.values]
        found = [part for part in parts if part is not None]
        return AllOf(tuple(found)) if found and len(found) == len(parts) else None
    ground = _any_of(index, condition, condition.values)
    return NoneOf(ground) if ground is not None and condition.quantifier == "none" else ground


def holding(index: Index, ground: Ground, among: set[int]) -> set[int]:
    """Those of some entities for which a ground holds."""
    return (
        among - ground.contradicted(index, among)
        if isinstance(ground, NoneOf)
        else ground.supported(index, among)
    )


def qualifiers(in_words: bool) -> tuple[str, ...]:
    """How the values of a property can be matched.

    Args:
        in_words: whether they are texts.
    """
    return (EXACT, WILDCARD) if in_words else (EXACT,)


def _any_of(index: Index, condition: Condition, values: Sequence[str]) -> Ground | None:
    """One of some values; what is to be matched in a way that nobody knows here cannot be compared."""
    if condition.match_type == "id":
        if condition.qualifier or not values:
            return None
        return Ids(tuple(sorted({number for text in values for number in entities_identified(index, text)})))
    if condition.qualifier == WILDCARD:
        return _beginning(index, condition.property, values)
    evidence = evidence_of(index, {"pid": condition.property, "values": list(values)})
    if not condition.qualifier or evidence is None:
        return evidence
    return Exact(evidence, tuple(values)) if condition.qualifier == EXACT else None


def _beginning(index: Index, name: str, values: Sequence[str]) -> Beginning | None:
    in_words = index.rows("SELECT 1 FROM property WHERE id = ? AND in_words", name)
    begun = [fold(value[:-1]) for value in values if value.find("*") == len(value) - 1]
    return Beginning(name, tuple(begun)) if in_words and begun else None
