"""Candidates for the queries of a batch (draft of the Reconciliation Service API 1.0, *Match Service*).

Scored as those of version 0.2 (:mod:`.candidate_standings`). What is not of the type is
left out. The language of a query decides between candidates of one score, and never makes a match.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NotRequired, TypedDict

from araxes.endpoint.search.index.indexed_values import UNKNOWN
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.index.undeclared_words import FEATURES, said
from araxes.endpoint.search.likeness.common_words import is_titled
from araxes.endpoint.search.likeness.folding import fold
from araxes.endpoint.search.reconciliation.candidate_standings import (
    AGAINST,
    Ground,
    Standing,
    Standings,
    by_name,
    certain,
    of_types,
    placed,
    ranked,
    weigh,
)
from araxes.endpoint.search.reconciliation.candidates import types_of
from araxes.endpoint.search.reconciliation.condition_grounds import ground_of, holding
from araxes.endpoint.search.reconciliation.draft_requests import Condition, DraftQuery
from araxes.endpoint.search.reconciliation.draft_texts import (
    Direction,
    SaidNamed,
    Texts,
    Wording,
    described,
    direction,
    named,
)


class SaidFeature(TypedDict):
    """A figure about a candidate, with what it is called."""

    id: str
    name: str
    lang: str
    dir: Direction
    value: float | bool


class DraftCandidate(TypedDict):
    """A candidate.

    Attributes:
        match: whether it is certain enough to be taken without being looked at.
    """

    id: str
    name: str
    description: NotRequired[str]
    lang: str
    dir: Direction
    score: float
    match: bool
    type: list[SaidNamed]
    features: list[SaidFeature]


class DraftResult(TypedDict):
    """The candidates for one query, best first."""

    candidates: list[DraftCandidate]


class DraftBatch(TypedDict):
    """The results of a batch, in the order of its queries."""

    results: list[DraftResult]


def match_queries(index: Index, queries: Iterable[DraftQuery], texts: Texts) -> DraftBatch:
    """The results of a batch."""
    return {"results": [{"candidates": draft_candidates(index, query, texts)} for query in queries]}


def draft_candidates(index: Index, query: DraftQuery, texts: Texts) -> list[DraftCandidate]:
    """The result of one query, best first."""
    names = [one for one in query.conditions if one.match_type == "name"]
    wanted = [one for one in names if one.quantifier != "none"]
    found = [_named(index, condition) for condition in wanted]
    standings = _best(found)
    written = [fold(value) for condition in wanted for value in condition.values]
    grounds = _weighed(index, query, standings, blank=not standings and not any(written))
    _against_names(index, [one for one in names if one.quantifier == "none"], standings)
    of_types(index, {query.type} - {""}, "any", standings)
    for condition, each in zip(wanted, found, strict=True):
        if condition.required:
            _keep(standings, each.keys())
    places = placed(index, standings, any(map(is_titled, written)))
    spoken = _spoken(index, wanted)
    ordered = ranked(standings, places, spoken)
    match = bool(ordered) and certain(ordered[0], standings)
    best = ordered[: query.limit]
    features = _features(index, grounds, best, ["type"] if query.type else [])
    if any(condition.language for condition in wanted):
        features = [("language", spoken), *features]
    ids = {number: places[number].id for number in best}
    shown = _CandidateTexts(texts, texts.entities(ids.values()), types_of_ids(index, best))
    return [
        shown.candidate(
            number,
            ids[number],
            standings[number],
            match=match and number == best[0],
            features=[
                *([("name", round(standings[number].name, 2))] if wanted else []),
                *((name, number in holders) for name, holders in features),
            ],
        )
        for number in best
    ]


def types_of_ids(index: Index, entities: Sequence[int]) -> dict[int, list[str]]:
    """The ids of the classes of entities."""
    return {number: [kind["id"] for kind in kinds] for number, kinds in types_of(index, entities).items()}


def description_of(types: Iterable[str], name: Wording, texts: Texts) -> str:
    """What kinds a thing is of, in the language of its name; nothing where they have no labels in it."""
    said_so = [texts.in_language(kind, name.language) for kind in types]
    return " · ".join(said_so) if all(said_so) else ""


class _CandidateTexts:
    """How the candidates of a query are shown."""

    def __init__(self, texts: Texts, names: dict[str, Wording], types: dict[int, list[str]]) -> None:
        self._texts, self._names, self._types = texts, names, types

    def candidate(
        self,
        number: int,
        name: str,
        standing: Standing,
        *,
        match: bool,
        features: Iterable[tuple[str, float | bool]],
    ) -> DraftCandidate:
        """One of them."""
        called, kinds = self._names.get(name, Wording(UNKNOWN, name)), self._types[number]
        return {
            **described(name, called, description_of(kinds, called, self._texts)),
            "score": standing.shown,
            "match": match,
            "type": [named(kind, self._texts.term(kind)) for kind in kinds],
            "features": [self._feature(each, value) for each, value in features],
        }

    def _feature(self, name: str, value: float | bool) -> SaidFeature:
        if name in FEATURES:
            language, text = said(FEATURES[name], self._texts.languages)
        else:
            called = self._texts.term(name)
            language, text = called.language, called.text
        return {"id": name, "name": text, "lang": language, "dir": direction(language), "value": value}


def _named(index: Index, condition: Condition) -> Standings:
    """Entities that a condition names: by the likeliest of its names, or with "all" by the least likely."""
    found = [by_name(index, value) for value in condition.values]
    if condition.quantifier != "all":
        return _best(found)
    shared = set(found[0]).intersection(*found[1:]) if found else set()
    return {number: min((each[number] for each in found), key=_likeness) for number in shared}


def _best(found: Iterable[Standings]) -> Standings:
    """Of several standings of an entity the best."""
    best: Standings = {}
    for standings in found:
        for number, standing in standings.items():
            if number not in best or _likeness(best[number]) < _likeness(standing):
                best[number] = standing
    return best


def _likeness(standing: Standing) -> tuple[bool, float, bool]:
    return standing.identified, standing.score, standing.named


def _weighed(index: Index, query: DraftQuery, standings: Standings, *, blank: bool) -> list[Ground]:
    """Count the conditions on properties and ids; those that are required leave others out."""
    conditions = sorted(
        (one for one in query.conditions if one.match_type != "name"), key=lambda one: not one.required
    )
    read = [(condition, ground_of(index, condition)) for condition in conditions]
    grounds = list(dict.fromkeys(ground for _, ground in read if ground is not None))
    weigh(index, grounds, standings, blank)
    for condition, ground in read:
        if condition.required and ground is not None:
            _keep(standings, holding(index, ground, set(standings)))
        elif condition.required and condition.quantifier != "none":
            standings.clear()
    return grounds


def _against_names(index: Index, conditions: Iterable[Condition], standings: Standings) -> None:
    """Count names that an entity is not to have; what merely resembles them is no bearer."""
    for condition in conditions:
        for value in condition.values:
            for number, standing in by_name(index, value).items():
                if number in standings and (standing.named or standing.identified):
                    if condition.required:
                        del standings[number]
                    else:
                        standings[number].score -= AGAINST
                        standings[number].doubted = True


def _keep(standings: Standings, kept: Iterable[int]) -> None:
    for number in standings.keys() - set(kept):
        del standings[number]


def _spoken(index: Index, conditions: Iterable[Condition]) -> set[int]:
    """Entities whose label in the language of a name is that name."""
    found: set[int] = set()
    for condition in conditions:
        tags = {condition.language, condition.language.partition("-")[0]} - {""}
        rows = index.rows(
            "SELECT entity FROM evidence WHERE property IN (SELECT value FROM json_each(?)) "
            "AND key IN (SELECT value FROM json_each(?))",
            json.dumps([f"label_{tag}" for tag in sorted(tags)]),
            json.dumps([fold(value) for value in condition.values]),
        )
        found.update(int(row[0]) for row in rows)
    return found


def _features(
    index: Index, grounds: Iterable[Ground], best: Sequence[int], given: Iterable[str]
) -> list[tuple[str, set[int]]]:
    """Id of each feature, and the candidates of which it is true; of several on one property all must be.

    Args:
        index: where to look.
        grounds: that were counted.
        best: the candidates.
        given: features that are true of all of them.
    """
    found = {name: set(best) for name in given}
    for ground in grounds:
        holders = holding(index, ground, set(best))
        found[ground.name] = found.get(ground.name, holders) & holders
    return list(found.items())
