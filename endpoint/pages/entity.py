"""The page of a thing that claims are about: its names, what is said of it by whom, what is in dispute."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from babel import Locale, UnknownLocaleError
from flask import render_template

from araxes.endpoint.pages.entity_time import FEWEST, entity_time, picture_of
from araxes.endpoint.pages.figures import figures
from araxes.endpoint.pages.named_queries import Term
from araxes.endpoint.pages.paging import MOST_PAGES, address, pair_address, part
from araxes.endpoint.pages.pointing import pointing
from araxes.endpoint.pages.silence import measured
from araxes.endpoint.pages.statements import StatementLine, end, rows_and_lines, sentence
from araxes.endpoint.pages.thing_pages import (
    TYPE,
    Asked,
    NamedThing,
    Queries,
    Row,
    ThingPage,
    Told,
    data_formats,
    filled,
)
from araxes.endpoint.pages.words import words
from araxes.ontology.namespaces import local_name

SIZE = 40
"""Statements on a page (the LIMIT of ``entity-statements.rq``)."""

FIELDS = ("source", "holder", "from", "to", "year", "relation", "role", "polarity", "page", "show")
"""Fields of the address: what to show of all that is said; ``year`` is one from which and to which."""

_ROLES = {"subject": False, "object": True}
_LAST_YEAR = 2999
_WHOLE = (
    "names",
    "kinds",
    "identifiers",
    "disputes",
    "standings",
    "figures",
    "related",
    "record",
    "measured",
    "pointing",
    "events",
)
_LINKS = (
    (re.compile(r"http://www\.wikidata\.org/entity/(Q\d+)"), "Wikidata"),
    (re.compile(r"https://sws\.geonames\.org/(\d+)/?"), "GeoNames"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter.

    Attributes:
        name: what it is called.
        number: how many statements it leaves; of holders, how many claims they make.
        href: address that chooses it.
        chosen: whether it is chosen now.
    """

    name: NamedThing
    number: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation in which the thing stands.

    Attributes:
        parts: the relation as a sentence with the thing and a gap.
        turned: whether the thing stands behind the relation.
        choice: to see only this.
    """

    parts: tuple[NamedThing, ...]
    turned: bool
    choice: Choice


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """Lines of one relation.

    Attributes:
        parts: as in ``Relation``.
        lines: the statements.
    """

    parts: tuple[NamedThing, ...]
    lines: tuple[StatementLine, ...]


def queries(asked: Asked) -> Queries:
    """What the page asks."""
    thing: dict[str, Term] = {"thing": asked.thing}
    speech = ox.Literal(asked.language)
    found = {
        f"entity-{name}": filled(f"entity-{name}", thing | ({"language": speech} if name == "kinds" else {}))
        for name in _WHOLE
    }
    chosen = _places(asked)
    some = {name: chosen[name] for name in ("holder", "from", "to") if name in chosen}
    if asked.fields.get("show") == "inferred":
        found["entity-inferred"] = filled("entity-inferred", thing)
    found["entity-holders"] = filled("entity-holders", thing)
    found["entity-relations"] = filled("entity-relations", thing | some)
    offset = ((asked.number("page", MOST_PAGES) or 1) - 1) * SIZE
    found["entity-statements"] = filled("entity-statements", thing | chosen, offset)
    return found


def _places(asked: Asked) -> dict[str, Term]:
    """The filters that are chosen, as terms."""
    found: dict[str, Term] = {}
    for name in ("source", "holder", "relation", "polarity"):
        if node := asked.node(name):
            found[name] = node
    for name in ("from", "to"):
        if year := asked.number(name if name in asked.fields else "year", _LAST_YEAR):
            found[name] = ox.Literal(year)
    role = _ROLES.get(asked.fields.get("role", ""))
    if role is not None:
        found["turned"] = ox.Literal(role)
    return found


def _fields(asked: Asked) -> dict[str, str]:
    """The fields as the page's own form has them: one year is a span of one."""
    fields = {name: value for name, value in asked.fields.items() if name != "year"}
    year = asked.fields.get("year", "")
    return {"from": year, "to": year} | fields if year else fields


def show(told: Told) -> str:
    """The page."""
    fields = _fields(told.asked)
    rest = {name: value for name, value in fields.items() if name not in ("page", "show")}
    return render_template(
        "entity.html",
        told=told,
        thing=told.thing(),
        names=_names(told),
        kinds=_kinds(told),
        identifiers=_identifiers(told),
        disputes=_disputes(told),
        standings=_standings(told),
        relations=_relations(told, rest),
        groups=_groups(told),
        page=part(rest, told.asked.number("page", MOST_PAGES), SIZE, _fitting(told)),
        filters={name: _options(told, name) for name in ("source", "holder", "polarity")},
        fields=fields,
        filtered=bool(rest),
        narrowed="relation" in rest,
        figures=figures(told, "entity-figures"),
        measured=measured(told),
        pairs=_pairs(told),
        pointing=pointing(told),
        time=entity_time(told, told.thing().text),
        network=picture_of(told, "network", actors="all")
        if len(told.rows("entity-related")) >= FEWEST
        else "",
        inferred=_inferred(told),
        infer=address(fields, show="inferred") if fields.get("show") != "inferred" else "",
        record=_record(told),
        formats=data_formats(),
    )


def _disputes(told: Told) -> list[tuple[NamedThing, bool]]:
    """The questions, and whether the thing is what a side speaks of."""
    return [
        (told.named(row["dispute"]["value"]), row["first"]["value"] == "true")
        for row in told.rows("entity-disputes")
    ]


def _standings(told: Told) -> list[tuple[str, int, str]]:
    """Kinds of points at issue that are no disputes, their number, and the list of them."""
    own, space = told.asked.iri.removeprefix(told.asked.namespace), told.asked.namespace
    found = []
    for row in told.rows("entity-standings"):
        standing = row["standing"]["value"]
        narrowed = "actor" if row["actor"]["value"] == "true" else "topic"
        listed = "/disputes" + address({"standing": standing.removeprefix(space), narrowed: own})
        found.append((local_name(standing), int(row["number"]["value"]), listed))
    return found


def _inferred(told: Told) -> list[tuple[tuple[NamedThing, ...], int]]:
    """Sentences that follow, and from how many claims; nothing unless they were asked for."""
    if "entity-inferred" not in told.queries:
        return []
    return [
        (
            sentence(told, row["subject"], row["relation"]["value"], row["object"]),
            int(row["number"]["value"]),
        )
        for row in told.rows("entity-inferred")
    ]


Record = list[tuple[NamedThing, NamedThing]]
"""Properties and values."""


def _record(told: Told) -> list[Record]:
    """What is recorded of the thing itself, and then of each of its mappings, which need not name it."""
    found: dict[str, Record] = {told.asked.iri: []}
    for row in told.rows("entity-record"):
        value = row["value"]["value"]
        if value != told.asked.iri and row["property"]["value"] != TYPE:
            shown = told.named(row["property"]["value"]), end(told, row["value"], row["property"]["value"])
            found.setdefault(row["about"]["value"], []).append(shown)
    return [listed for listed in found.values() if listed]


def _names(told: Told) -> list[tuple[str, str, tuple[str, ...]]]:
    """Language, its name in the language of the page, and the names in it; the page's own language first."""
    found: dict[str, list[str]] = {}
    order = {"en": 1, "fa": 2} | {told.asked.language: 0}
    rows = sorted(told.rows("entity-names"), key=lambda row: row["main"]["value"] != "true")
    for row in rows:
        listed = found.setdefault(row["name"].get("xml:lang", ""), [])
        if row["name"]["value"] not in listed:
            listed.append(row["name"]["value"])
    return [
        (tag, _language_name(tag, told.asked.language), tuple(found[tag]))
        for tag in sorted(found, key=lambda tag: (order.get(tag, 3), tag))
    ]


def _language_name(tag: str, language: str) -> str:
    """What a language is called in another; its tag where nobody knows it."""
    try:
        found = Locale.parse(tag, sep="-").get_display_name(words(language)["locale"])
    except (ValueError, UnknownLocaleError):
        found = None
    return found or str(words(language)["languages"].get(tag, tag))


def _kinds(told: Told) -> list[tuple[NamedThing, str]]:
    return [
        (told.named(row["kind"]["value"]), row.get("definition", {}).get("value", ""))
        for row in told.rows("entity-kinds")
    ]


def _identifiers(told: Told) -> list[tuple[str, str, str | None]]:
    """Whose identifier it is, the identifier, and where it leads."""
    found: list[tuple[str, str, str | None]] = []
    for row in told.rows("entity-identifiers"):
        value = row["value"]["value"]
        for pattern, name in _LINKS:
            if fit := pattern.fullmatch(value):
                found.append((name, fit[1], value))
                break
        else:
            leads = value if value.startswith(("http://", "https://")) else None
            found.append((told.named(row["property"]["value"]).text, value, leads))
    return found


def _fits(row: Row, places: Mapping[str, Term], leave: str = "") -> bool:
    """Whether a row of ``entity-relations`` is chosen, one filter aside."""
    return all(
        row.get(name, {}).get("value") == places[name].value
        for name in ("source", "relation", "polarity", "turned")
        if name in places and name != leave
    )


def _fitting(told: Told) -> int:
    """How many statements the filters leave."""
    places = _places(told.asked)
    return sum(int(row["number"]["value"]) for row in told.rows("entity-relations") if _fits(row, places))


def _relations(told: Told, fields: Mapping[str, str]) -> list[Relation]:
    """The relations, the thing's own first, the most frequent before others."""
    places = {name: term for name, term in _places(told.asked).items() if name not in ("relation", "turned")}
    numbers: Counter[tuple[bool, str]] = Counter()
    for row in told.rows("entity-relations"):
        if _fits(row, places):
            numbers[row["turned"]["value"] == "true", row["relation"]["value"]] += int(row["number"]["value"])
    order = sorted(numbers.items(), key=lambda entry: (entry[0][0], -entry[1], told.named(entry[0][1]).text))
    chosen = (fields.get("role", ""), told.asked.node("relation"))
    return [
        Relation(
            _frame(told, iri, turned),
            turned,
            Choice(
                told.named(iri),
                number,
                address(
                    fields,
                    relation=iri.removeprefix(told.asked.namespace),
                    role="object" if turned else "subject",
                ),
                (("object" if turned else "subject"), ox.NamedNode(iri)) == chosen,
            ),
        )
        for (turned, iri), number in order
    ]


def _frame(told: Told, iri: str, turned: bool) -> tuple[NamedThing, ...]:
    """A relation as a sentence about the thing that leaves the other end open."""
    gap = {"type": "literal", "value": "…"}
    thing = {"type": "uri", "value": told.asked.iri}
    return sentence(told, gap, iri, thing) if turned else sentence(told, thing, iri, gap)


def _groups(told: Told) -> list[RelationGroup]:
    """The statements of this page by relation."""
    found: dict[tuple[bool, str], list[StatementLine]] = {}
    for row, line in rows_and_lines(told, "entity-statements"):
        found.setdefault((row["turned"]["value"] == "true", line.relation), []).append(line)
    return [
        RelationGroup(_frame(told, iri, turned), tuple(listed)) for (turned, iri), listed in found.items()
    ]


def _options(told: Told, name: str) -> list[Choice]:
    """The values of a filter that is a list to choose from."""
    if name == "holder":
        numbers = Counter(
            {row["holder"]["value"]: int(row["number"]["value"]) for row in told.rows("entity-holders")}
        )
    else:
        places, numbers = _places(told.asked), Counter()
        for row in told.rows("entity-relations"):
            if name in row and _fits(row, places, leave=name):
                numbers[row[name]["value"]] += int(row["number"]["value"])
    node = told.asked.node(name)
    if node is not None and node.value not in numbers:
        numbers[node.value] = 0
    return [
        Choice(
            told.named(iri),
            number,
            iri.removeprefix(told.asked.namespace),
            node is not None and node.value == iri,
        )
        for iri, number in numbers.most_common()
    ]


def _pairs(told: Told) -> list[tuple[NamedThing, str, int]]:
    """Actors that claims connect it with, the page of the two, and the number of claims."""
    own = told.asked.iri.removeprefix(told.asked.namespace)
    return [
        (
            told.named(row["other"]["value"]),
            pair_address(own, row["other"]["value"].removeprefix(told.asked.namespace)),
            int(row["number"]["value"]),
        )
        for row in told.rows("entity-related")
        if row["other"]["value"] != told.asked.iri
    ]


PAGE = ThingPage("entity", "entity-is", queries, show, FIELDS)
