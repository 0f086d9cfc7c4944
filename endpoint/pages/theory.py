"""The corpus through its theories: all of them, and each with its parts, claims and how sources apply it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from araxes.endpoint.pages.citations.cite_page import cite_address
from araxes.endpoint.pages.claim_lines import ClaimLine, lines_of, number_in
from araxes.endpoint.pages.named_queries import Term
from araxes.endpoint.pages.paging import MOST_PAGES, address, part
from araxes.endpoint.pages.statements import StatementLine, by_relation, claim_notes, lines
from araxes.endpoint.pages.thing_pages import (
    Asked,
    NamedThing,
    Queries,
    ThingPage,
    Told,
    data_formats,
    filled,
)
from araxes.ontology.namespaces import AX

_FIRST = frozenset({AX + "hasComponent"})
"""Relations that are told before others: what it consists of."""

SIZE = 40
"""Claims on a page (the LIMIT of ``theory-claims.rq``)."""


@dataclass(frozen=True, slots=True)
class ListedTheory:
    """A theory in the list.

    Attributes:
        name: its name and page.
        sources: that say they use it.
        claims: that argue by it.
        about: claims that say something of it.
    """

    name: NamedThing
    sources: int
    claims: int
    about: int


@dataclass(frozen=True, slots=True)
class Applied:
    """How a source applies a theory.

    Attributes:
        source: its name and page.
        uses: whether it says that it uses it.
        claims: that argue by it.
        about: claims that speak of it.
        href: address that lists the claims.
        chosen: whether these are listed now.
    """

    source: NamedThing
    uses: bool
    claims: int
    about: int
    href: str
    chosen: bool


def queries(asked: Asked) -> Queries:
    """What the page of a theory asks."""
    thing: dict[str, Term] = {"thing": asked.thing}
    source = asked.node("source")
    chosen = thing | ({"source": source} if source else {})
    offset = ((asked.number("page", MOST_PAGES) or 1) - 1) * SIZE
    return {
        **{f"theory-{name}": filled(f"theory-{name}", thing) for name in ("sources", "parts", "holders")},
        "theory-number": filled("theory-number", chosen),
        "theory-claims": filled("theory-claims", chosen, offset),
    }


def show(told: Told) -> str:
    """The page of a theory."""
    rest = {name: value for name, value in told.asked.fields.items() if name != "page"}
    node = told.asked.node("source")
    total = number_in(told, "theory-number", "number")
    return render_template(
        "theory.html",
        told=told,
        thing=told.thing(),
        cite=cite_address({"iri": told.asked.iri}),
        sources=_sources(told),
        holders=[
            (told.named(row["holder"]["value"]), int(row["number"]["value"]))
            for row in told.rows("theory-holders")
        ],
        parts=_parts(told),
        groups=_groups(told),
        chosen=told.named(node.value) if node else None,
        page=part(rest, told.asked.number("page", MOST_PAGES), SIZE, total),
        formats=data_formats(),
    )


def _sources(told: Told) -> list[Applied]:
    node = told.asked.node("source")
    return [
        Applied(
            told.named(row["source"]["value"]),
            row["uses"]["value"] == "1",
            int(row["claims"]["value"]),
            int(row["about"]["value"]),
            address({"source": row["source"]["value"].removeprefix(told.asked.namespace)}),
            node is not None and node.value == row["source"]["value"],
        )
        for row in told.rows("theory-sources")
        if "source" in row
    ]


def _parts(told: Told) -> list[tuple[NamedThing, list[StatementLine]]]:
    """What claims say of the theory, by relation."""
    found = by_relation(lines(told, "theory-parts"))
    order = sorted(found, key=lambda relation: (relation not in _FIRST, relation))
    return [(told.named(relation), found[relation]) for relation in order]


def _groups(told: Told) -> list[tuple[NamedThing, list[ClaimLine]]]:
    """The claims that argue by it, by source."""
    found: dict[str, list[ClaimLine]] = {}
    for line in lines_of(told.rows("theory-claims"), claim_notes(told)):
        found.setdefault(line.note.source.iri, []).append(line)
    return [(told.named(source), listed) for source, listed in found.items()]


def list_queries(asked: Asked) -> Queries:
    """What the list of theories asks."""
    return {"theories": filled("theories", {})}


def show_list(told: Told) -> str:
    """The list of theories: those that are argued by, then those that are only spoken of."""
    listed = [
        ListedTheory(
            told.named(row["theory"]["value"]),
            *(int(row[name]["value"]) if name in row else 0 for name in ("sources", "claims", "about")),
        )
        for row in told.rows("theories")
    ]
    return render_template(
        "theories.html",
        told=told,
        applied=[theory for theory in listed if theory.sources or theory.claims],
        mentioned=[theory for theory in listed if not (theory.sources or theory.claims)],
    )


PAGE = ThingPage("theory", "theory-is", queries, show, ("source", "page"))
LIST = ThingPage("theories", "whole", list_queries, show_list)
