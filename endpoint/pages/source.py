"""The page of a source: what it argues from, whom it tells of, how it stands to others, its claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from flask import render_template

from araxes.endpoint.pages.citations.cite_page import cite_address
from araxes.endpoint.pages.citations.facts import Facts
from araxes.endpoint.pages.citations.items import work_item
from araxes.endpoint.pages.citations.references import PREFERRED, reference
from araxes.endpoint.pages.claim_lines import ClaimLine, lines_of, number_in
from araxes.endpoint.pages.compare import compare_address
from araxes.endpoint.pages.named_queries import Term
from araxes.endpoint.pages.paging import MOST_PAGES, address, part
from araxes.endpoint.pages.statements import claim_notes, end
from araxes.endpoint.pages.thing_pages import (
    Asked,
    NamedThing,
    Queries,
    ThingPage,
    Told,
    data_formats,
    filled,
)
from araxes.ontology.namespaces import DCTERMS, local_name

SIZE = 40
"""Claims on a page (the LIMIT of ``source-claims.rq``)."""

FILTERS = ("holder", "work")
"""Fields of the address: whose views, or claims with which evidence."""

_WHOLE = (
    *("reference", "extent", "passages", "holders", "works"),
    *("clashes", "within", "alike", "disputed"),
)
_ORDER = (
    *("asks", "proposesHypothesis", "usesTheory", "usesMethod"),
    *("examines", "horizon", "originatesIn", "curatorNote"),
)
"""What is told of the source, in this order."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody or something with a number of claims.

    Attributes:
        name: who or what.
        number: of claims.
        shared: views that the author shares.
        rejected: views that the author rejects.
        href: address that lists the claims.
        chosen: whether these are listed now.
    """

    name: NamedThing
    number: int
    shared: int
    rejected: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """How another source stands to this one.

    Attributes:
        name: the other.
        alike: what both say alike: corroborations.
        disputes: questions on which they stand against each other.
        compare: address of both side by side.
    """

    name: NamedThing
    alike: int
    disputes: tuple[NamedThing, ...]
    compare: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim at its place in the text.

    Attributes:
        line: the claim.
        first: offset of its first character.
        last: offset behind its last.
    """

    line: ClaimLine
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class CoveredShare:
    """How much of the text claims stand on.

    Attributes:
        characters: of the text.
        covered: characters within passages.
        bars: place and width of each stretch, in thousandths of the text, from the side where reading begins.
        here: the same of the claims on this page; ``None`` where there are none.
    """

    characters: int
    covered: int
    bars: tuple[tuple[float, float], ...]
    here: tuple[float, float] | None


def queries(asked: Asked) -> Queries:
    """What the page asks."""
    thing: dict[str, Term] = {"thing": asked.thing}
    chosen = thing | {name: node for name in FILTERS if (node := asked.node(name))}
    offset = ((asked.number("page", MOST_PAGES) or 1) - 1) * SIZE
    return {
        "source-about": filled("source-about", thing | {"language": ox.Literal(asked.language)}),
        **{f"source-{name}": filled(f"source-{name}", thing) for name in _WHOLE},
        "source-number": filled("source-number", chosen),
        "source-claims": filled("source-claims", chosen, offset),
    }


def show(told: Told) -> str:
    """The page."""
    rest = {name: value for name, value in told.asked.fields.items() if name != "page"}
    placed = _placed(told)
    total = number_in(told, "source-number", "number")
    return render_template(
        "source.html",
        told=told,
        thing=told.thing(),
        reference=_reference(told),
        cite=cite_address({"iri": told.asked.iri}),
        titles=_titles(told),
        about=_about(told),
        claims=number_in(told, "source-extent", "claims"),
        coverage=_coverage(told, placed),
        holders=_counted(told, "holder", "source-holders"),
        works=_counted(told, "work", "source-works"),
        others=_others(told),
        within=[told.named(row["dispute"]["value"]) for row in told.rows("source-within")],
        placed=placed,
        chosen=[told.named(node.value) for name in FILTERS if (node := told.asked.node(name))],
        page=part(rest, told.asked.number("page", MOST_PAGES), SIZE, total),
        formats=data_formats(),
    )


def _facts(told: Told) -> Facts:
    return Facts(
        (row["s"]["value"], row["p"]["value"], row["o"]["value"], row["o"].get("xml:lang", ""))
        for row in told.rows("source-reference")
    )


def _reference(told: Told) -> str:
    """How the source is cited, in the usual style of the language."""
    language = told.asked.language
    return reference(work_item(_facts(told), told.asked.iri, language), PREFERRED[language], language)


def _titles(told: Told) -> list[tuple[str, str]]:
    """Titles as printed, each with its language, that of the text first."""
    facts = _facts(told)
    own = facts.one(told.asked.iri, DCTERMS + "language")
    titles = facts.texts(told.asked.iri, DCTERMS + "title")
    return sorted(titles.items(), key=lambda title: (title[0] != own, title[0] != told.asked.language))


def _about(told: Told) -> list[tuple[str, list[NamedThing]]]:
    """Key of ``[source.about]`` in the words, and the values."""
    found: dict[str, list[NamedThing]] = defaultdict(list)
    for row in told.rows("source-about"):
        found[local_name(row["property"]["value"])].append(end(told, row["value"], row["property"]["value"]))
    return [(name, found[name]) for name in _ORDER if name in found]


def _counted(told: Told, variable: str, name: str) -> list[Counted]:
    node = told.asked.node(variable)
    return [
        Counted(
            told.named(row[variable]["value"]),
            int(row["number"]["value"]),
            int(row["shared"]["value"]) if "shared" in row else 0,
            int(row["rejected"]["value"]) if "rejected" in row else 0,
            address({variable: row[variable]["value"].removeprefix(told.asked.namespace)}),
            node is not None and node.value == row[variable]["value"],
        )
        for row in told.rows(name)
    ]


def _others(told: Told) -> list[Beside]:
    """The other sources that say the same or the contrary."""
    alike = {row["other"]["value"]: int(row["number"]["value"]) for row in told.rows("source-alike")}
    against: dict[str, list[str]] = defaultdict(list)
    for row in told.rows("source-clashes"):
        against[row["other"]["value"]].append(row["dispute"]["value"])
    others = sorted({*alike, *against}, key=lambda iri: (-len(against[iri]), -alike.get(iri, 0), iri))
    return [
        Beside(
            told.named(iri),
            alike.get(iri, 0),
            tuple(map(told.named, against[iri])),
            compare_address(told.asked.iri, iri, told.asked.namespace),
        )
        for iri in others
    ]


def _placed(told: Told) -> list[Placed]:
    """The claims of this page in the order of the text."""
    disputes: dict[str, tuple[NamedThing, ...]] = defaultdict(tuple)
    for row in told.rows("source-disputed"):
        disputes[row["disputed"]["value"]] += (told.named(row["dispute"]["value"]),)
    rows = told.rows("source-claims")
    places = {row["claim"]["value"]: (int(row["first"]["value"]), int(row["last"]["value"])) for row in rows}
    return [Placed(line, *places[line.note.name.iri]) for line in lines_of(rows, claim_notes(told), disputes)]


def _coverage(told: Told, placed: Iterable[Placed]) -> CoveredShare | None:
    """The coverage of the text; ``None`` where its length is unknown."""
    characters = number_in(told, "source-extent", "characters")
    if not characters:
        return None
    rows = told.rows("source-passages")
    spans = merged((int(row["start"]["value"]), int(row["end"]["value"])) for row in rows)
    here = [(each.first, each.last) for each in placed]
    turned = told.asked.language == "fa"

    def bar(first: int, last: int) -> tuple[float, float]:
        width = max(0.5, (last - first) / characters * 1000)
        x = first / characters * 1000
        return round(1000 - x - width if turned else x, 2), round(width, 2)

    return CoveredShare(
        characters,
        sum(last - first for first, last in spans),
        tuple(bar(first, last) for first, last in spans),
        bar(min(first for first, _ in here), max(last for _, last in here)) if here else None,
    )


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch or overlap joined.

    >>> merged([(5, 9), (0, 3), (3, 4), (6, 7)])
    [(0, 4), (5, 9)]
    """
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


PAGE = ThingPage("source", "source-is", queries, show, (*FILTERS, "page"))
