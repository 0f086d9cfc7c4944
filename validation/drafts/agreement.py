"""How far two annotations of one text agree: claims, holders, and the stretches of text that they point at.

Claims are paired one to one, best pairs first, if they overlap in the text and share a statement. F1 is that
of information retrieval (van Rijsbergen 1979), the careful annotation taken for the truth; the overlap of
passages is the size of the intersection over that of the union (Jaccard 1901), in code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from araxes.triples.authoring.corpus import Record, as_list
from araxes.triples.originals.annotated_files import spans_of

_BESIDE = frozenset({"id", "label", "manner"})

Fact = tuple[str, str, str]
"""What a statement says: subject, or the class of a node of the claim's own; property; value."""


@dataclass(frozen=True)
class ReadClaim:
    """What is compared of a claim.

    Attributes:
        id: its id.
        holders: who holds it.
        points: offsets that its passages cover.
        facts: what its statements say.
        modality: as what it is claimed.
    """

    id: str
    holders: frozenset[str]
    points: frozenset[int]
    facts: frozenset[Fact]
    modality: str


@dataclass(frozen=True)
class Agreement:
    """Two annotations compared.

    Attributes:
        careful: number of claims of the careful one.
        other: number of claims of the other.
        pairs: ids of the claims that are paired.
        same_holder: how many pairs agree on the holder.
        overlap: mean overlap of the passages of pairs, 0 to 1; 0 if there is none.
        characters: F1 of the code points that either points at.
        facts: F1 of what is said.
    """

    careful: int
    other: int
    pairs: tuple[tuple[str, str], ...]
    same_holder: int
    overlap: float
    characters: float
    facts: float

    @property
    def claims(self) -> float:
        """F1 of claims."""
        return f1(len(self.pairs), self.careful, self.other)

    @property
    def holders(self) -> float:
        """F1 of claims with their holders."""
        return f1(self.same_holder, self.careful, self.other)

    def lines(self) -> Iterator[str]:
        """The figures, for people."""
        yield f"claims: {self.careful} and {self.other}, {len(self.pairs)} paired, F1 {self.claims:.2f}"
        yield f"claims with their holders: {self.same_holder} agree, F1 {self.holders:.2f}"
        yield f"statements: F1 {self.facts:.2f}"
        yield f"passages of pairs: mean overlap {self.overlap:.2f}"
        yield f"characters of all passages: F1 {self.characters:.2f}"


def f1(common: int, one: int, other: int) -> float:
    """The harmonic mean of precision and recall.

    >>> f1(3, 4, 6), f1(0, 0, 0)
    (0.6, 0.0)
    """
    return 2 * common / (one + other) if one + other else 0.0


def read_claim(claim: Record) -> ReadClaim:
    """What is compared of a claim."""
    points = {point for span in spans_of(claim) for point in range(span.start, span.end)}
    statements = [item for item in as_list(claim.data.get("asserts", [])) if isinstance(item, dict)]
    return ReadClaim(
        claim.id,
        frozenset(map(str, as_list(claim.data.get("holder", [])))),
        frozenset(points),
        frozenset(fact for statement in statements for fact in _facts(statement)),
        str(claim.data.get("modality", "")),
    )


def _facts(statement: dict[str, Any]) -> Iterator[Fact]:
    named = str(statement.get("id", "#"))
    subject = f"a {statement.get('type', 'thing')}" if named.startswith("#") else named
    for key, values in statement.items():
        if key not in _BESIDE and not (key == "type" and not named.startswith("#")):
            yield from ((subject, key, str(value)) for value in as_list(values))


def agreement(careful: Iterable[Record], other: Iterable[Record]) -> Agreement:
    """Compare two annotations of one text.

    Args:
        careful: claims of the one that is taken for true.
        other: claims of the other.
    """
    first, second = [list(map(read_claim, claims)) for claims in (careful, other)]
    pairs = _pairs(first, second)
    overlaps = [_share(one.points, two.points) for one, two in pairs]
    points = [frozenset(point for claim in claims for point in claim.points) for claims in (first, second)]
    facts = [
        {(fact, claim.modality) for claim in claims for fact in claim.facts} for claims in (first, second)
    ]
    return Agreement(
        len(first),
        len(second),
        tuple((one.id, two.id) for one, two in pairs),
        sum(one.holders == two.holders for one, two in pairs),
        sum(overlaps) / len(overlaps) if overlaps else 0.0,
        f1(len(points[0] & points[1]), len(points[0]), len(points[1])),
        f1(len(facts[0] & facts[1]), len(facts[0]), len(facts[1])),
    )


def _pairs(first: Sequence[ReadClaim], second: Sequence[ReadClaim]) -> list[tuple[ReadClaim, ReadClaim]]:
    """Claims that are about one thing, best first; none twice."""
    ranked = sorted(
        (
            (-_share(one.points, two.points) - _share(one.facts, two.facts), place, other)
            for place, one in enumerate(first)
            for other, two in enumerate(second)
            if one.points & two.points and one.facts & two.facts and one.modality == two.modality
        ),
    )
    pairs, taken = [], set[tuple[str, int]]()
    for _, place, other in ranked:
        if not {("first", place), ("second", other)} & taken:
            taken |= {("first", place), ("second", other)}
            pairs.append((first[place], second[other]))
    return pairs


def _share(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Size of the intersection over that of the union."""
    return len(one & other) / len(one | other) if one or other else 0.0
