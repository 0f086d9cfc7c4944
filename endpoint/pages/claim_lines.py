"""Claims in lists: the paraphrase, whose view it is and how it is told, of what time, how surely."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from araxes.endpoint.pages.statements import ClaimNote
from araxes.endpoint.pages.thing_pages import NamedThing, Row, Told
from araxes.ontology.namespaces import local_name

_PLAIN = frozenset({"", "HighCertainty"})
"""Certainties that go without saying."""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim in a list.

    Attributes:
        note: on the claim.
        certainty: local name of how sure it is said; empty where nothing is to be said of it.
        disputes: questions in which it takes part, where the page shows them.
    """

    note: ClaimNote
    certainty: str = ""
    disputes: tuple[NamedThing, ...] = ()

    @property
    def voice(self) -> str:
        """Key of ``[claims.voices]`` in the words: in whose voice it is told."""
        if self.note.authors:
            return "own"
        return next((mark for mark in self.note.marks if mark in {"endorsed", "rejected"}), "reported")

    @property
    def marks(self) -> tuple[str, ...]:
        """Keys of ``[statement.marks]`` beside those that the voice tells."""
        return tuple(mark for mark in self.note.marks if mark not in {"reported", "endorsed", "rejected"})


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks in claims of one source.

    Attributes:
        source: which.
        own: claims in the authors' own voice.
        others: holders whose views it tells, each with the number of claims.
    """

    source: NamedThing
    own: int
    others: list[tuple[tuple[NamedThing, ...], int]]

    @property
    def number(self) -> int:
        """Claims of all."""
        return self.own + sum(number for _, number in self.others)


def certainty_of(row: Row) -> str:
    """The certainty that a solution gives, where it is to be told.

    >>> certainty_of({"certainty": {"value": "https://w3id.org/araxes/ontology/LowCertainty"}})
    'LowCertainty'
    """
    found = local_name(row["certainty"]["value"]) if "certainty" in row else ""
    return "" if found in _PLAIN else found


def number_in(told: Told, name: str, variable: str) -> int:
    """The number in the only solution of a query, 0 without one."""
    return next((int(row[variable]["value"]) for row in told.rows(name) if variable in row), 0)


def voices(lines: Iterable[ClaimLine]) -> list[Voices]:
    """Who speaks in claims, by source, those of the most claims first."""
    numbers: dict[NamedThing, Counter[tuple[NamedThing, ...]]] = defaultdict(Counter)
    for line in lines:
        numbers[line.note.source][() if line.note.authors else line.note.holders] += 1
    found = [
        Voices(
            source, counted.pop((), 0), sorted(counted.items(), key=lambda entry: (-entry[1], str(entry[0])))
        )
        for source, counted in numbers.items()
    ]
    return sorted(found, key=lambda each: (-each.number, each.source.text))


def lines_of(
    rows: Iterable[Row],
    notes: Mapping[str, ClaimNote],
    disputes: Mapping[str, tuple[NamedThing, ...]] | None = None,
) -> list[ClaimLine]:
    """Solutions that bind ``?claim``, and maybe ``?certainty``, as lines in their order, each claim once."""
    found = {row["claim"]["value"]: certainty_of(row) for row in rows if row["claim"]["value"] in notes}
    against = disputes or {}
    return [ClaimLine(notes[claim], certainty, against.get(claim, ())) for claim, certainty in found.items()]
