"""``/compare``: two sources or holders side by side: where they clash, what both say, what only one says.

A claim is of a source that it stands in, and of whoever holds it. A statement counts for both where each
makes it in some claim, in either direction if its relation is symmetric; matters, types and nodes of one
claim are left out, as in :mod:`araxes.validation.disagreement.two_parties`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import render_template

from araxes.endpoint.pages.claim_lines import number_in
from araxes.endpoint.pages.named_queries import Term
from araxes.endpoint.pages.paging import MOST_PAGES, address
from araxes.endpoint.pages.statements import ClaimNote, claim_notes, object_of, sentence
from araxes.endpoint.pages.thing_pages import Asked, NamedThing, Queries, Row, ThingPage, Told, filled
from araxes.ontology.namespaces import AX

SIZE = 20
"""Statements of one alone on a page (the LIMIT of ``compare-only.rq``)."""

SIDES = ("a", "b")


@dataclass(frozen=True, slots=True)
class PartyChoice:
    """A source or holder that can be chosen.

    Attributes:
        value: of the field.
        name: what it is called.
        number: of claims.
    """

    value: str
    name: NamedThing
    number: int


@dataclass(frozen=True, slots=True)
class ComparedStatement:
    """A statement of one or both.

    Attributes:
        parts: the sentence.
        notes: one claim of each that makes it.
        numbers: how many claims of each.
    """

    parts: tuple[NamedThing, ...]
    notes: tuple[ClaimNote, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ComparedClash:
    """A question on which the two stand against each other.

    Attributes:
        question: its name and page.
        answers: of each, with the number of claims.
    """

    question: NamedThing
    answers: tuple[list[tuple[NamedThing, int]], list[tuple[NamedThing, int]]]


@dataclass(frozen=True, slots=True)
class Alone:
    """What only one says.

    Attributes:
        name: who.
        lines: statements of this page.
        before: address of the page before, if there is one.
        after: likewise.
    """

    name: NamedThing
    lines: list[ComparedStatement]
    before: str | None
    after: str | None


def compare_address(one: str, two: str, namespace: str) -> str:
    """The address of two side by side.

    >>> compare_address("https://w3id.org/araxes/source/a", "http://b/", "https://w3id.org/araxes/")
    '/compare?a=source%2Fa&b=http%3A%2F%2Fb%2F'
    """
    return "/compare?" + urlencode({"a": one.removeprefix(namespace), "b": two.removeprefix(namespace)})


def queries(asked: Asked) -> Queries:
    """What the page asks: of the two, if two are given; else only who may be chosen."""
    found = {"compare-parties": filled("compare-parties", {})}
    places: dict[str, Term] = {name: node for name in SIDES if (node := asked.node(name))}
    if len(places) < len(SIDES) or places["a"] == places["b"]:
        return found
    turned = {"a": places["b"], "b": places["a"]}
    whole = ("numbers", "clashes", "answers", "both")
    return {
        **found,
        **{f"compare-{name}": filled(f"compare-{name}", places) for name in whole},
        "compare-only": filled("compare-only", places, _offset(asked, "a")),
        "compare-only-b": filled("compare-only", turned, _offset(asked, "b")),
    }


def _offset(asked: Asked, side: str) -> int:
    return ((asked.number(f"page_{side}", MOST_PAGES) or 1) - 1) * SIZE


def show(told: Told) -> str:
    """The page."""
    nodes = [told.asked.node(name) for name in SIDES]
    whole = "compare-both" in told.answers
    return render_template(
        "compare.html",
        told=told,
        fields=told.asked.fields,
        parties=_parties(told),
        names=[told.named(node.value) for node in nodes if node is not None] if whole else [],
        numbers=[number_in(told, "compare-numbers", f"of_{side}") for side in SIDES] if whole else [],
        same=None not in nodes and nodes[0] == nodes[1],
        clashes={name: _clashes(told, name) for name in ("Dispute", "Contrast")} if whole else {},
        both=_both(told) if whole else [],
        alone=[_alone(told, side) for side in SIDES] if whole else [],
    )


def _parties(told: Told) -> tuple[list[PartyChoice], list[PartyChoice]]:
    """Sources and holders."""
    found: tuple[list[PartyChoice], list[PartyChoice]] = ([], [])
    for row in told.rows("compare-parties"):
        iri = row["party"]["value"]
        party = PartyChoice(
            iri.removeprefix(told.asked.namespace), told.named(iri), int(row["number"]["value"])
        )
        found[row["written"]["value"] != "true"].append(party)
    return found


def _clashes(told: Told, standing: str) -> list[ComparedClash]:
    """The disputes or the contrasts of the two."""
    answers: dict[str, tuple[list[tuple[NamedThing, int]], list[tuple[NamedThing, int]]]] = defaultdict(
        lambda: ([], [])
    )
    for row in told.rows("compare-answers"):
        given = (told.named(row["position"]["value"]), int(row["number"]["value"]))
        answers[row["dispute"]["value"]][row["of_a"]["value"] != "true"].append(given)
    return [
        ComparedClash(told.named(row["dispute"]["value"]), answers[row["dispute"]["value"]])
        for row in told.rows("compare-clashes")
        if row["standing"]["value"] == AX + standing
    ]


def _both(told: Told) -> list[ComparedStatement]:
    notes = claim_notes(told)
    pairs: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in told.rows("compare-both"):
        subject, relation, value = (row[each]["value"] for each in ("subject", "relation", "object"))
        turned = row["symmetric"]["value"] == "true" and (value, relation, subject) in pairs
        if not turned:
            pairs[subject, relation, value].append(row)
    return [_statement(told, rows, notes) for rows in pairs.values()]


def _alone(told: Told, side: str) -> Alone:
    name = "compare-only" if side == "a" else "compare-only-b"
    rows, notes = told.rows(name), claim_notes(told)
    field, fields = f"page_{side}", told.asked.fields
    here = told.asked.number(field, MOST_PAGES) or 1
    node = told.asked.node(side)
    return Alone(
        told.named(node.value if node else ""),
        [_statement(told, [row], notes) for row in rows],
        address(fields, **{field: here - 1 if here > 2 else None}) if here > 1 else None,
        address(fields, **{field: here + 1}) if len(rows) == SIZE and here < MOST_PAGES else None,
    )


def _statement(told: Told, rows: list[Row], notes: Mapping[str, ClaimNote]) -> ComparedStatement:
    """A statement, with a solution for each who makes it."""
    once = {row["claim"]["value"]: row for row in reversed(rows)}  # a source may tell what the other says
    known = [row for iri, row in reversed(once.items()) if iri in notes]
    return ComparedStatement(
        sentence(told, rows[0]["subject"], rows[0]["relation"]["value"], object_of(told, rows[0])),
        tuple(notes[row["claim"]["value"]] for row in known),
        tuple(int(row["number"]["value"]) for row in known),
    )


PAGE = ThingPage("compare", "compare-are", queries, show, (*SIDES, "page_a", "page_b"))
