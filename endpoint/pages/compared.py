"""The page of a comparison: a clash of claims, or what several say alike; its sides and their claims."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from araxes.endpoint.pages.claim_lines import ClaimLine, lines_of
from araxes.endpoint.pages.named_queries import Term
from araxes.endpoint.pages.statements import claim_notes, sentence
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
from araxes.ontology.namespaces import AX
from araxes.validation.disagreement.words_of_time import date_in_words

_PARTS = ("record", "sides", "disputes")
_CORROBORATION = AX + "Corroboration"


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says.

    Attributes:
        parts: its statement as a sentence.
        denied: whether it denies the statement.
        degree: how far it says it, if a word tells.
        claims: that say so.
    """

    parts: tuple[NamedThing, ...]
    denied: bool
    degree: NamedThing | None
    claims: list[ClaimLine]


def queries(asked: Asked) -> Queries:
    """What the page asks."""
    thing: dict[str, Term] = {"thing": asked.thing}
    return {f"compared-{name}": filled(f"compared-{name}", thing) for name in _PARTS}


def show(told: Told) -> str:
    """The page."""
    record = told.rows("compared-record")
    first: Row = record[0] if record else {}
    alike = first.get("kind", {}).get("value") == _CORROBORATION
    return render_template(
        "compared.html",
        told=told,
        sentence=told.thing(),
        alike=alike,
        kind=_named(told, first, "kind"),
        strength=_named(told, first, "strength"),
        overlap=date_in_words(first["overlap"]["value"], told.asked.language) if "overlap" in first else "",
        voices=_number(first, "voices"),
        origins=_number(first, "origins"),
        shared=[
            told.named(iri)
            for iri in dict.fromkeys(row["shared"]["value"] for row in record if "shared" in row)
        ],
        sides=_sides(told),
        disputes=[told.named(row["dispute"]["value"]) for row in told.rows("compared-disputes")],
        formats=data_formats(),
    )


def _named(told: Told, row: Row, name: str) -> NamedThing | None:
    return told.named(row[name]["value"]) if name in row else None


def _number(row: Row, name: str) -> int:
    return int(row[name]["value"]) if name in row else 0


def _sides(told: Told) -> list[Side]:
    """The sides in the order of their numbers, which are not padded."""
    found: dict[str, list[Row]] = {}
    for row in told.rows("compared-sides"):
        found.setdefault(row["side"]["value"], []).append(row)
    notes = claim_notes(told)
    return [
        Side(
            _said(told, rows[0]),
            rows[0].get("denied", {}).get("value") == "true",
            _named(told, rows[0], "degree"),
            lines_of(rows, notes),
        )
        for _, rows in sorted(found.items(), key=lambda entry: (len(entry[0]), entry[0]))
    ]


def _said(told: Told, row: Row) -> tuple[NamedThing, ...]:
    return sentence(told, row["subject"], row["relation"]["value"], row["object"])


PAGE = ThingPage("compared", "compared-is", queries, show)
