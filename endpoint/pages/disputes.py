"""``/disputes``: questions to which claims give different answers, the liveliest first.

Disputes are shown unless the field ``standing`` names another kind: contrasts, or inconsistencies of a text.

A question is the livelier the more different holders speak to it; among equals the one of more claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from flask import render_template

from araxes.endpoint.pages.claim_lines import number_in
from araxes.endpoint.pages.named_queries import Term
from araxes.endpoint.pages.paging import MOST_PAGES, part
from araxes.endpoint.pages.thing_pages import Asked, NamedThing, Queries, Row, ThingPage, Told, filled
from araxes.ontology.namespaces import AX, local_name
from araxes.validation.disagreement.points_at_issue import KINDS

SIZE = 20
"""Questions on a page (the LIMIT of ``disputes-listed.rq``)."""

STANDINGS = tuple(AX + kind for kind in KINDS)
"""Kinds of points at issue, in the order of the tabs; the first is shown where none is chosen."""

FILTERS = ("actor", "topic", "source", "holder", "kind")
"""Fields of the address: what to list."""

_LISTS = ("sources", "holders", "things", "kinds")


@dataclass(frozen=True, slots=True)
class DisputeChoice:
    """One value of a filter.

    Attributes:
        value: of the field.
        name: what it is called.
        number: of questions.
        chosen: whether it is chosen now.
    """

    value: str
    name: NamedThing
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class ListedDispute:
    """One question in the list.

    Attributes:
        question: its name and page.
        answers: each with the number of claims that give it, the most frequent first.
        strength: how firm the clash is.
        voices: different holders.
        claims: that take part.
        sources: in which they stand.
    """

    question: NamedThing
    answers: list[tuple[NamedThing, int]]
    strength: NamedThing
    voices: int
    claims: int
    sources: int


def places(asked: Asked, names: Iterable[str] = FILTERS) -> dict[str, Term]:
    """The filters that are chosen, as terms."""
    return {name: node for name in names if (node := asked.node(name))}


def standing_of(asked: Asked) -> str:
    """The kind of points at issue that is chosen: by its IRI, or by its path under this server."""
    node = asked.node("standing")
    return node.value if node is not None and node.value in STANDINGS else STANDINGS[0]


def queries(asked: Asked) -> Queries:
    """What the page asks."""
    standing: dict[str, Term] = {"standing": ox.NamedNode(standing_of(asked))}
    chosen = places(asked) | standing
    offset = ((asked.number("page", MOST_PAGES) or 1) - 1) * SIZE
    return {
        "disputes-listed": filled("disputes-listed", chosen, offset),
        "disputes-answers": filled("disputes-answers", chosen, offset),
        "disputes-number": filled("disputes-number", chosen),
        "disputes-standings": filled("disputes-standings", {}),
        **{f"disputes-{name}": filled(f"disputes-{name}", standing) for name in _LISTS},
    }


def show(told: Told) -> str:
    """The page."""
    fields = told.asked.fields
    rest = {name: value for name, value in fields.items() if name != "page"}
    things = told.rows("disputes-things")
    actors = [row for row in things if row["actor"]["value"] == "true"]
    topics = [row for row in things if row["actor"]["value"] != "true"]
    total = number_in(told, "disputes-number", "number")
    return render_template(
        "disputes.html",
        told=told,
        listed=listed(told),
        standings=_standings(told),
        standing=local_name(standing_of(told.asked)),
        filters={
            "actor": _choices(told, "actor", actors, "thing"),
            "topic": _choices(told, "topic", topics, "thing"),
            "source": _choices(told, "source", told.rows("disputes-sources"), "source"),
            "holder": _choices(told, "holder", told.rows("disputes-holders"), "holder"),
            "kind": _choices(told, "kind", told.rows("disputes-kinds"), "kind"),
        },
        filtered=bool(places(told.asked)),
        page=part(rest, told.asked.number("page", MOST_PAGES), SIZE, total),
    )


def _standings(told: Told) -> list[DisputeChoice]:
    """The kinds of points at issue, each with its number."""
    found = {row["standing"]["value"]: row["number"]["value"] for row in told.rows("disputes-standings")}
    chosen = standing_of(told.asked)
    return [
        DisputeChoice(iri.removeprefix(told.asked.namespace), told.named(iri), int(found[iri]), iri == chosen)
        for iri in STANDINGS
        if iri in found
    ]


def listed(told: Told) -> list[ListedDispute]:
    """The questions of ``disputes-listed`` with the answers of ``disputes-answers``."""
    answers: dict[str, list[tuple[NamedThing, int]]] = defaultdict(list)
    for row in told.rows("disputes-answers"):
        given = (told.named(row["position"]["value"]), int(row["number"]["value"]))
        answers[row["dispute"]["value"]].append(given)
    return [_listed(told, row, answers[row["dispute"]["value"]]) for row in told.rows("disputes-listed")]


def by_standing(told: Told, name: str) -> list[tuple[str, list[NamedThing]]]:
    """The points at issue of a query for ``?dispute ?standing`` by what they are, disputes first."""
    found = {
        standing: [
            told.named(row["dispute"]["value"])
            for row in told.rows(name)
            if row["standing"]["value"] == standing
        ]
        for standing in STANDINGS
    }
    return [(local_name(standing), points) for standing, points in found.items() if points]


def _listed(told: Told, row: Row, answers: list[tuple[NamedThing, int]]) -> ListedDispute:
    voices, claims, sources = (int(row[name]["value"]) for name in ("voices", "claims", "sources"))
    named = (told.named(row[name]["value"]) for name in ("dispute", "strength"))
    question, strength = named
    return ListedDispute(question, answers, strength, voices, claims, sources)


def _choices(told: Told, name: str, rows: list[Row], variable: str) -> list[DisputeChoice]:
    """The values of a filter; one that is chosen but leaves nothing is among them."""
    node = told.asked.node(name)
    numbers = {row[variable]["value"]: int(row["number"]["value"]) for row in rows}
    if node is not None:
        numbers.setdefault(node.value, 0)

    chosen = node.value if node is not None else ""
    return [
        DisputeChoice(iri.removeprefix(told.asked.namespace), told.named(iri), number, iri == chosen)
        for iri, number in numbers.items()
    ]


PAGE = ThingPage("disputes", "whole", queries, show, (*FILTERS, "standing", "page"))
