"""Claims that point at a thing without a statement about it: they cite it, or are read as an answer."""

from __future__ import annotations

from dataclasses import dataclass

from araxes.endpoint.pages.claim_lines import ClaimLine, lines_of
from araxes.endpoint.pages.statements import claim_notes
from araxes.endpoint.pages.thing_pages import Row, Told

SHOWN = 20
"""Claims of a kind that are shown at once; the others are folded."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """Claims that point at the thing in one way.

    Attributes:
        way: key of ``[entity.pointing]`` in the words.
        first: claims shown at once.
        rest: the others.
    """

    way: str
    first: list[ClaimLine]
    rest: list[ClaimLine]


def pointing(told: Told) -> list[Pointing]:
    """The claims by the way in which they point at the thing, in the order of the query."""
    rows: dict[str, list[Row]] = {}
    for row in told.rows("entity-pointing"):
        rows.setdefault(row["way"]["value"].rpartition("/")[2], []).append(row)
    notes = claim_notes(told)
    found = []
    for way, listed in rows.items():
        lines = lines_of(listed, notes)
        found.append(Pointing(way, lines[:SHOWN], lines[SHOWN:]))
    return found
