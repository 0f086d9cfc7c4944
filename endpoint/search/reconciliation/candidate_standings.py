"""How candidates stand: what names, identifiers, properties and types say for and against each.

The same for all versions of the Reconciliation Service API: what differs is how a query says it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from araxes.endpoint.search.index.indexed_entities import RANK_OF_DESCRIBED, RANKS_OF_PERSONS
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.matching.identifiers import entities_identified
from araxes.endpoint.search.matching.name_matching import entities_named
from araxes.endpoint.search.reconciliation.property_evidence import MOST_FOUND

MARGIN = 4.0
"""How far the second candidate must be behind for the first to be a match."""

AGAINST = 15.0
"""What counts against a candidate that has another value."""

_IDENTIFIED = 94.0
_WITHOUT_NAME = 50.0
_SUPPORT = {True: 10.0, False: 5.0}
"""What a property adds: one that identifies, and any other."""
_OTHER_KIND = 20.0
_BESIDE_ID = 80.0
_TITLED, _MOST_TITLED = 15.0, 93.0
"""What the title in a name says for persons."""
_DESCRIBED = 6.0
"""What a candidate of a kind without names, such as a situation or a work, is behind one that has a name."""


@dataclass(slots=True)
class Standing:
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

    @property
    def shown(self) -> float:
        """The score from 0 to 100."""
        return round(max(0.0, min(self.score, 100.0)), 2)


Standings = dict[int, Standing]
"""By the number of the entity."""


class Ground(Protocol):
    """What speaks for some entities and against others."""

    @property
    def name(self) -> str:
        """Id of the property; or "id"."""

    @property
    def identifies(self) -> bool:
        """Whether it decides alone."""

    def supported(self, index: Index, among: Iterable[int] | None) -> set[int]:
        """Entities that it speaks for.

        Args:
            index: where to look.
            among: only these; ``None`` looks at all, and finds so many at most.
        """

    def contradicted(self, index: Index, among: set[int]) -> set[int]:
        """Those of some entities, none of them supported, that it speaks against."""


@dataclass(frozen=True, slots=True)
class CandidatePlace:
    """What orders candidates of one score.

    Attributes:
        rank: of its kind.
        known: how little is known of it.
        id: of the entity.
    """

    rank: int
    known: int
    id: str

    @property
    def order(self) -> tuple[int, int, str]:
        """Sorts the likelier first."""
        return self.rank, self.known, self.id


def by_name(index: Index, text: str) -> Standings:
    """Entities that a text names or identifies."""
    standings = {
        number: Standing(likeness.score, likeness.score, likeness.certain)
        for number, likeness in entities_named(index, text).items()
    }
    identified = entities_identified(index, text)
    if identified:
        for standing in standings.values():
            standing.score, standing.named = min(standing.score, _BESIDE_ID), False
        for number in identified:
            standings[number] = Standing(100.0, 100.0, identified=True)
    return standings


def weigh(index: Index, grounds: Iterable[Ground], standings: Standings, blank: bool) -> None:
    """Add what grounds say; where there is no name, they alone find candidates.

    Args:
        index: where to look.
        grounds: each once.
        standings: are changed.
        blank: whether there is no name.
    """
    # What finds few goes first, since so many are looked at at most.
    ordered = sorted(grounds, key=lambda each: (not each.identifies, each.name == "type"))
    for ground in ordered:
        if ground.identifies or (blank and len(standings) < MOST_FOUND):
            for number in ground.supported(index, None):
                standings.setdefault(number, Standing(0.0 if ground.identifies else _WITHOUT_NAME))
    for ground in ordered:
        supported = ground.supported(index, standings.keys())
        for number in supported:
            standing = standings[number]
            standing.score += _SUPPORT[ground.identifies]
            if ground.identifies:
                standing.score = max(standing.score, _IDENTIFIED)
                standing.identified = True
        for number in ground.contradicted(index, standings.keys() - supported):
            standings[number].score -= AGAINST
            standings[number].doubted = True


def of_types(index: Index, types: Set[str], strict: str, standings: Standings) -> None:
    """Leave out, or with "should" put behind, what is not of the types.

    Args:
        index: where to look.
        types: ids of classes; with none nothing is done.
        strict: "any", "all" or "should".
        standings: are changed.
    """
    if not types:
        return
    rows = index.rows(
        "SELECT entity, COUNT(DISTINCT above) FROM entity_type JOIN type_above USING (type) "
        "WHERE entity IN (SELECT value FROM json_each(?)) AND above IN (SELECT value FROM json_each(?)) "
        "GROUP BY entity",
        json.dumps(sorted(standings)),
        json.dumps(sorted(types)),
    )
    least = len(types) if strict == "all" else 1
    fitting = {int(number) for number, count in rows if int(count) >= least}
    for number in standings.keys() - fitting:
        if strict == "should":
            standings[number].score -= _OTHER_KIND
            standings[number].doubted = True
        else:
            del standings[number]


def placed(index: Index, standings: Standings, titled: bool) -> dict[int, CandidatePlace]:
    """The place of each candidate; what its kind says of it is counted.

    Args:
        index: where to look.
        standings: are changed.
        titled: whether the name that was asked for begins with a person's title.
    """
    rows = index.rows(
        "SELECT number, rank, -known, id FROM entity WHERE number IN (SELECT value FROM json_each(?))",
        json.dumps(list(standings)),
    )
    places = {
        int(number): CandidatePlace(int(rank), int(known), str(name)) for number, rank, known, name in rows
    }
    for number, standing in standings.items():
        if not (standing.named or standing.identified):
            rank = places[number].rank
            standing.score -= _DESCRIBED if rank == RANK_OF_DESCRIBED else 0.0
            if titled and rank in RANKS_OF_PERSONS:
                standing.score = max(standing.score, min(standing.score + _TITLED, _MOST_TITLED))
    return places


def ranked(
    standings: Standings, places: Mapping[int, CandidatePlace], first: Set[int] = frozenset()
) -> Sequence[int]:
    """The candidates, best first.

    Args:
        standings: of each.
        places: order those of one score.
        first: come before others of their score.
    """
    return sorted(standings, key=lambda one: (-standings[one].score, one not in first, places[one].order))


def certain(best: int, standings: Standings) -> bool:
    """Whether nobody need look: the name or an identifier is certain, and nothing else comes near."""
    first = standings[best]
    others = [standing for number, standing in standings.items() if number != best]
    if first.doubted or not (first.named or first.identified):
        return False
    if not first.named and any(other.named for other in others):
        return False  # the name says another one than the identifier
    return all(first.score - other.score >= MARGIN for other in others)
