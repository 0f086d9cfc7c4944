"""Candidates for the queries of a batch (§4 and §5 of the Reconciliation Service API 0.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypedDict

from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.likeness.common_words import is_titled
from araxes.endpoint.search.likeness.folding import fold
from araxes.endpoint.search.reconciliation.candidate_standings import (
    by_name,
    certain,
    of_types,
    placed,
    ranked,
    weigh,
)
from araxes.endpoint.search.reconciliation.property_evidence import evidence_of
from araxes.endpoint.search.reconciliation.requests import Query


class Named(TypedDict):
    """An id with what it is called."""

    id: str
    name: str


class Feature(TypedDict):
    """A figure about a candidate."""

    id: str
    value: float


class ScoredCandidate(TypedDict):
    """A candidate of §5.

    Attributes:
        match: whether it is certain enough to be taken without being looked at.
    """

    id: str
    name: str
    description: str
    score: float
    match: bool
    type: list[Named]
    features: list[Feature]


class Result(TypedDict):
    """The candidates for one query, best first."""

    result: list[ScoredCandidate]


def match_batch(index: Index, queries: Mapping[str, Query]) -> dict[str, Result]:
    """The results of a batch."""
    return {key: {"result": candidates(index, query)} for key, query in queries.items()}


def candidates(index: Index, query: Query) -> list[ScoredCandidate]:
    """The result of one query, best first."""
    standings = by_name(index, query["query"])
    blank = not standings and not fold(query["query"])
    read = [evidence for asked in query["properties"] if (evidence := evidence_of(index, asked))]
    weigh(index, dict.fromkeys(read), standings, blank)
    of_types(index, set(query["types"]), query["strict"], standings)
    places = placed(index, standings, is_titled(fold(query["query"])))
    ordered = ranked(standings, places)
    match = bool(ordered) and certain(ordered[0], standings)
    best = ordered[: query["limit"]]
    shown = {
        int(number): (str(label), str(description))
        for number, label, description in index.rows(
            "SELECT number, label, description FROM entity WHERE number IN (SELECT value FROM json_each(?))",
            json.dumps(best),
        )
    }
    types = types_of(index, best)
    return [
        {
            "id": places[number].id,
            "name": shown[number][0],
            "description": shown[number][1],
            "score": standings[number].shown,
            "match": match and number == best[0],
            "type": types[number],
            "features": [{"id": "name", "value": round(standings[number].name, 2)}],
        }
        for number in best
    ]


def types_of(index: Index, entities: Sequence[int]) -> dict[int, list[Named]]:
    """The classes of entities."""
    rows = index.rows(
        "SELECT entity, type, COALESCE(label, type) FROM entity_type LEFT JOIN type ON id = type "
        "WHERE entity IN (SELECT value FROM json_each(?)) ORDER BY entity, type",
        json.dumps(entities),
    )
    found: dict[int, list[Named]] = {number: [] for number in entities}
    for number, kind, label in rows:
        found[int(number)].append({"id": str(kind), "name": str(label)})
    return found
