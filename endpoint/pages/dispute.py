"""The page of a dispute: the question, its answers face to face, when they hold, and the clashes beneath."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from flask import render_template

from araxes.endpoint.pages.citations.cite_page import cite_address
from araxes.endpoint.pages.claim_lines import ClaimLine, Voices, lines_of, voices
from araxes.endpoint.pages.dates import years_of
from araxes.endpoint.pages.frame import direction
from araxes.endpoint.pages.lanes import DatedSpan, Lanes, lanes, year_of
from araxes.endpoint.pages.named_queries import Term
from araxes.endpoint.pages.statements import claim_notes
from araxes.endpoint.pages.thing_pages import (
    Asked,
    NamedThing,
    Queries,
    Row,
    ThingPage,
    Told,
    data_formats,
    filled,
)
from araxes.ontology.namespaces import local_name
from araxes.validation.disagreement.words_of_time import date_in_words

SHOWN = 3
"""Claims of an answer that are shown at once; the others are folded."""

_DATED = frozenset({"StatedPeriod", "DatedStatements"})
"""What a period must rest on to be drawn: a horizon is a bound, no date."""


@dataclass(frozen=True, slots=True)
class ShownPosition:
    """An answer with those who give it.

    Attributes:
        name: the answer.
        number: claims that give it.
        voices: who speaks, in which source, in how many claims.
        first: claims shown at once.
        rest: the others, as far as they are read.
    """

    name: NamedThing
    number: int
    voices: list[Voices]
    first: list[ClaimLine]
    rest: list[ClaimLine]


@dataclass(frozen=True, slots=True)
class Clash:
    """A clash beneath a dispute.

    Attributes:
        name: what stands against what.
        kind: of clash.
        strength: how firm it is.
        overlap: the time in common in words, or nothing.
    """

    name: NamedThing
    kind: NamedThing
    strength: NamedThing
    overlap: str


def queries(asked: Asked) -> Queries:
    """What the page asks."""
    thing: dict[str, Term] = {"thing": asked.thing}
    spoken = thing | {"language": ox.Literal(asked.language)}
    found = {
        f"dispute-{name}": filled(f"dispute-{name}", thing)
        for name in ("number", "positions", "shown", "clashes", "alike")
    }
    return {"dispute-about": filled("dispute-about", spoken), **found}


def show(told: Told) -> str:
    """The page."""
    positions = _positions(told)
    claims = {line.note.name.iri for position in positions for line in (*position.first, *position.rest)}
    sources = {each.source.iri for position in positions for each in position.voices}
    clashes = _clashes(told)
    about = told.rows("dispute-about")
    return render_template(
        "dispute.html",
        told=told,
        question=told.thing(),
        kind=told.named(about[0]["kind"]["value"]) if about else None,
        disputed=bool(about) and local_name(about[0]["kind"]["value"]) == "Dispute",
        strength=told.named(about[0]["strength"]["value"]) if about else None,
        settles=about[0].get("settles", {}).get("value", "") if about else "",
        remark=about[0].get("remark", {}).get("value", "") if about else "",
        positions=positions,
        claims=len(claims),
        sources=len(sources),
        clashes=clashes,
        kinds=Counter(clash.kind for clash in clashes).most_common(),
        alike=_alike(told, {position.name.iri: position.name for position in positions}),
        lanes=_lanes(told, positions),
        cite=cite_address({"iri": told.asked.iri}),
        formats=data_formats(),
    )


def _positions(told: Told) -> list[ShownPosition]:
    """The answers, those of the most claims first."""
    notes = claim_notes(told)
    chosen = {(row["position"]["value"], row["claim"]["value"]) for row in told.rows("dispute-shown")}
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in told.rows("dispute-positions"):
        rows[row["position"]["value"]].append(row)
    numbers = {row["position"]["value"]: int(row["number"]["value"]) for row in told.rows("dispute-number")}
    found = []
    for iri, number in numbers.items():
        every = lines_of(rows[iri], notes)
        first = [line for line in every if (iri, line.note.name.iri) in chosen][:SHOWN]
        rest = [line for line in every if line not in first]
        found.append(ShownPosition(told.named(iri), number, voices(every), first, rest))
    return found


def _clashes(told: Told) -> list[Clash]:
    return [
        Clash(
            told.named(row["clash"]["value"]),
            told.named(row["kind"]["value"]),
            told.named(row["strength"]["value"]),
            date_in_words(row["overlap"]["value"], told.asked.language) if "overlap" in row else "",
        )
        for row in told.rows("dispute-clashes")
    ]


def _alike(told: Told, answers: Mapping[str, NamedThing]) -> list[tuple[NamedThing, NamedThing, int, int]]:
    """What is said alike, under which answer, by how many voices, from how many origins."""
    return [
        (
            told.named(row["alike"]["value"]),
            answers[row["position"]["value"]],
            int(row["voices"]["value"]),
            int(row["origins"]["value"]),
        )
        for row in told.rows("dispute-alike")
        if row["position"]["value"] in answers
    ]


def _lanes(told: Told, positions: list[ShownPosition]) -> Lanes | None:
    """The dated claims of each answer, drawn over the years."""
    years = {
        row["claim"]["value"]: (year_of(row, "earliest"), year_of(row, "latest"))
        if "earliest" in row or "latest" in row
        else years_of(told, row["claim"]["value"])
        for row in told.rows("dispute-positions")
    }
    named = []
    for position in positions:
        dated = [
            line
            for line in (*position.first, *position.rest)
            if line.note.basis in _DATED and any(years.get(line.note.name.iri, ()))
        ]
        spans = [
            DatedSpan(*years[line.note.name.iri], f"{line.note.when}: {line.note.name.text}")
            for line in dated
        ]
        named.append((position.name.text, spans))
    return lanes(named, direction(told.asked.language) == "rtl")


PAGE = ThingPage("dispute", "dispute-is", queries, show)
