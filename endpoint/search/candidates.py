"""Candidates for the queries of a batch (§4 and §5 of the Reconciliation Service API 0.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from araxes.endpoint.search.common_words import is_titled
from araxes.endpoint.search.folding import fold
from araxes.endpoint.search.identifiers import entities_identified
from araxes.endpoint.search.indexed_entities import RANK_OF_DESCRIBED, RANKS_OF_PERSONS
from araxes.endpoint.search.name_matching import entities_named
from araxes.endpoint.search.names_index import Index
from araxes.endpoint.search.property_evidence import MOST_FOUND, evidence_of
from araxes.endpoint.search.reconciliation_requests import Query

MARGIN = 4.0
"""How far the second candidate must be behind for the first to be a match."""

_IDENTIFIED = 94.0
_WITHOUT_NAME = 50.0
_SUPPORT = {True: 10.0, False: 5.0}
"""What a property adds: one that identifies, and any other."""
_AGAINST = 15.0
_OTHER_KIND = 20.0
_BESIDE_ID = 80.0
_TITLED, _MOST_TITLED = 15.0, 93.0
"""What the title in a name says for persons."""
_DESCRIBED = 6.0
"""What a candidate of a kind without names, such as a situation or a work, is behind one that has a name."""


class Named(TypedDict):
    """An id with what it is called."""

    id: str
    name: str


class Feature(TypedDict):
    """A figure about a candidate."""

    id: str
    value: float


class Candidate(TypedDict):
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

    result: list[Candidate]


@dataclass(slots=True)
class _Standing:
    """How a candidate stands.

    Attributes:
        score: not yet cut at 100.
        name: likeness of its name alone, from 0 to 100.
        named: whether its name is certain.
        identified: whether an identifier says it is the one.
        doubted: whether something speaks against it.
    """

    score: float = 0.0
    name: float = 0.0
    named: bool = False
    identified: bool = False
    doubted: bool = False


def match_batch(index: Index, queries: Mapping[str, Query]) -> dict[str, Result]:
    """The results of a batch."""
    return {key: {"result": candidates(index, query)} for key, query in queries.items()}


def candidates(index: Index, query: Query) -> list[Candidate]:
    """The result of one query, best first."""
    standings = _by_name(index, query["query"])
    blank = not standings and not fold(query["query"])
    _by_properties(index, query, standings, blank)
    _by_type(index, query, standings)
    places = _places(index, standings, is_titled(fold(query["query"])))
    ranked = sorted(standings, key=lambda one: (-standings[one].score, places[one]))
    certain = bool(ranked) and _certain(ranked[0], standings)
    best = ranked[: query["limit"]]
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
            "id": places[number][2],
            "name": shown[number][0],
            "description": shown[number][1],
            "score": round(max(0.0, min(standings[number].score, 100.0)), 2),
            "match": certain and number == best[0],
            "type": types[number],
            "features": [{"id": "name", "value": round(standings[number].name, 2)}],
        }
        for number in best
    ]


def _places(index: Index, standings: dict[int, _Standing], titled: bool) -> dict[int, tuple[int, int, str]]:
    """Rank, how little is known, and id of each candidate; what its kind says of it is counted."""
    rows = index.rows(
        "SELECT number, rank, -known, id FROM entity WHERE number IN (SELECT value FROM json_each(?))",
        json.dumps(list(standings)),
    )
    places = {int(number): (int(rank), int(known), str(name)) for number, rank, known, name in rows}
    for number, standing in standings.items():
        if not (standing.named or standing.identified):
            rank = places[number][0]
            standing.score -= _DESCRIBED if rank == RANK_OF_DESCRIBED else 0.0
            if titled and rank in RANKS_OF_PERSONS:
                standing.score = max(standing.score, min(standing.score + _TITLED, _MOST_TITLED))
    return places


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


def _by_name(index: Index, text: str) -> dict[int, _Standing]:
    """Entities that the text names or identifies."""
    standings = {
        number: _Standing(likeness.score, likeness.score, likeness.certain)
        for number, likeness in entities_named(index, text).items()
    }
    identified = entities_identified(index, text)
    if identified:
        for standing in standings.values():
            standing.score, standing.named = min(standing.score, _BESIDE_ID), False
        for number in identified:
            standings[number] = _Standing(100.0, 100.0, identified=True)
    return standings


def _by_properties(index: Index, query: Query, standings: dict[int, _Standing], blank: bool) -> None:
    """Add what the properties say; where there is no name, they alone find candidates."""
    read = [evidence for asked in query["properties"] if (evidence := evidence_of(index, asked))]
    # What finds few goes first, since so many are looked at at most.
    found = sorted(dict.fromkeys(read), key=lambda each: (not each.identifies, each.name == "type"))
    for evidence in found:
        if evidence.identifies or (blank and len(standings) < MOST_FOUND):
            for number in evidence.supported(index, None):
                standings.setdefault(number, _Standing(0.0 if evidence.identifies else _WITHOUT_NAME))
    for evidence in found:
        supported = evidence.supported(index, standings.keys())
        for number in supported:
            standing = standings[number]
            standing.score += _SUPPORT[evidence.identifies]
            if evidence.identifies:
                standing.score = max(standing.score, _IDENTIFIED)
                standing.identified = True
        for number in evidence.contradicted(index, standings.keys() - supported):
            standings[number].score -= _AGAINST
            standings[number].doubted = True


def _by_type(index: Index, query: Query, standings: dict[int, _Standing]) -> None:
    """Leave out, or with "should" put behind, what is not of the types."""
    types = set(query["types"])
    if not types:
        return
    rows = index.rows(
        "SELECT entity, COUNT(DISTINCT above) FROM entity_type JOIN type_above USING (type) "
        "WHERE entity IN (SELECT value FROM json_each(?)) AND above IN (SELECT value FROM json_each(?)) "
        "GROUP BY entity",
        json.dumps(sorted(standings)),
        json.dumps(sorted(types)),
    )
    least = len(types) if query["strict"] == "all" else 1
    fitting = {int(number) for number, count in rows if int(count) >= least}
    for number in standings.keys() - fitting:
        if query["strict"] == "should":
            standings[number].score -= _OTHER_KIND
            standings[number].doubted = True
        else:
            del standings[number]


def _certain(best: int, standings: Mapping[int, _Standing]) -> bool:
    """Whether nobody need look: the name or an identifier is certain, and nothing else comes near."""
    first = standings[best]
    others = [standing for number, standing in standings.items() if number != best]
    if first.doubted or not (first.named or first.identified):
        return False
    if not first.named and any(other.named for other in others):
        return False  # the name says another one than the identifier
    return all(first.score - other.score >= MARGIN for other in others)
