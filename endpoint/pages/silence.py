"""What no source gives: measures of which others have a figure and two do not, so that silence is seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from araxes.endpoint.pages.answer_tables import AnswerTable
from araxes.endpoint.pages.paging import pair_address
from araxes.endpoint.pages.thing_pages import NamedThing, Told

_MOST_GIVEN = 3
_MOST_MEASURED = 60
"""Rows of ``entity-measured.rq``: beyond them nobody can say that there are no others."""

_DASH = "–"


@dataclass(frozen=True, slots=True)
class Given:
    """Two for whom a figure is given, and the address of their page."""

    one: NamedThing
    two: NamedThing
    href: str


@dataclass(frozen=True, slots=True)
class Silence:
    """A measure of which no claim gives a figure for the two, and for whom claims give one."""

    measure: NamedThing
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing, or two, of which sources give a figure of a measure.

    Attributes:
        ends: the one thing or the two.
        href: the page of the two.
        sources: that give it.
    """

    ends: tuple[NamedThing, ...]
    href: str | None
    sources: tuple[NamedThing, ...]


@dataclass(frozen=True, slots=True)
class Ungiven:
    """A figure in an answer: between whom it is given, and for which others of the answer it is not."""

    what: str
    given: tuple[str, ...]
    missing: tuple[str, ...]


def silence(told: Told, two: str) -> list[Silence]:
    """Measures of which there is a figure for one of two with somebody else, the most frequent first.

    Args:
        told: what ``pair-silence.rq`` was answered.
        two: IRI of the second of the two.
    """
    found: dict[str, dict[frozenset[str], Given]] = {}
    for row in told.rows("pair-silence"):
        measure, ends = row["measure"]["value"], (row["one"]["value"], row["two"]["value"])
        thirds = (told.named(iri).text for iri in ends if iri not in (told.asked.iri, two))
        # A measure with somebody else in its name cannot be given for the two.
        if not _names_any(told.named(measure).text, thirds):
            found.setdefault(measure, {}).setdefault(frozenset(ends), _given(told, *ends))
    return [
        Silence(told.named(iri), tuple(given.values())[:_MOST_GIVEN]) for iri, given in found.items() if given
    ]


def _given(told: Told, one: str, two: str) -> Given:
    space = told.asked.namespace
    return Given(
        told.named(one),
        told.named(two),
        pair_address(one.removeprefix(space), two.removeprefix(space)) + "#figures",
    )


def measured(told: Told) -> list[Measured]:
    """For whom sources give a figure of a measure; nothing where there are more than were asked for."""
    rows = told.rows("entity-measured")
    if len(rows) >= _MOST_MEASURED:
        return []
    found: dict[frozenset[str], tuple[tuple[str, ...], dict[str, None]]] = {}
    for row in rows:
        ends = tuple(row[name]["value"] for name in ("one", "two") if name in row)
        found.setdefault(frozenset(ends), (ends, {}))[1][row["source"]["value"]] = None
    return [
        Measured(
            tuple(told.named(iri) for iri in ends),
            _given(told, *ends).href if len(ends) > 1 else None,
            tuple(told.named(iri) for iri in sources),
        )
        for ends, sources in sorted(found.values(), key=lambda entry: -len(entry[0]))
    ]


def ungiven(table: AnswerTable) -> list[Ungiven]:
    """What an answer of figures between two leaves out, told from the answer itself.

    Only answers that have the columns ``what``, ``from`` and ``to`` say between whom a figure holds.
    """
    if not {"what", "from", "to"} <= set(table.variables):
        return []
    places = [table.variables.index(name) for name in ("what", "from", "to")]
    given: dict[str, dict[tuple[str, ...], None]] = {}
    for row in table.rows:
        what, *ends = (row[place].text for place in places)
        given.setdefault(what, {})[tuple(sorted(ends))] = None
    pairs = sorted({pair for found in given.values() for pair in found})
    ends_of_all = {end for pair in pairs for end in pair}
    return [
        Ungiven(what, tuple(map(_DASH.join, found)), tuple(map(_DASH.join, missing)))
        for what, found in given.items()
        if (
            missing := [
                pair for pair in pairs if pair not in found and not _names_any(what, ends_of_all - set(pair))
            ]
        )
    ]


def _names_any(text: str, names: Iterable[str]) -> bool:
    """Whether a text holds one of some names."""
    return any(name in text for name in names)
