"""What every picture is: rows that it draws, the same rows as a table, and what can be chosen."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from araxes.endpoint.engines.jobs import HERE
from araxes.endpoint.pages.named_queries import Term
from araxes.endpoint.pages.thing_pages import Asked, NamedThing, Queries, Row, Told
from araxes.endpoint.pages.words import words
from araxes.triples.derived.sort_keys import sort_key

Cell = NamedThing | int | str
"""What a cell of the table shows."""

LAST_YEAR = 2999

POLARITIES = ("Cooperative", "Neutral", "Conflictual")
"""Polarities of claims, in the order of legends."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of one answer.

    Attributes:
        specification: of Vega-Lite or Vega; empty where there is nothing to draw.
        columns: keys of the table's columns, in the words of the picture.
        rows: of the table: one for each thing that is drawn.
        more: whether there is more than is shown.
        beside: further lines below the picture: a key of its words, and things that belong there.
    """

    specification: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: bool = False
    beside: tuple[tuple[str, tuple[NamedThing, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class PictureChoice:
    """A field of the form.

    Attributes:
        name: of the field.
        options: value, text, whether it is chosen; none for a year that is typed.
        value: what was typed.
    """

    name: str
    options: tuple[tuple[str, str, bool], ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class PictureKind:
    """A kind of picture.

    Attributes:
        name: in its address, and of its words.
        fields: of the address that it knows.
        queries: what it asks.
        draw: makes the picture.
        lists: queries whose solutions can be chosen: field → query and variable.
    """

    name: str
    fields: tuple[str, ...]
    queries: Callable[[Asked], Queries]
    draw: Callable[[Told], Drawn]
    lists: Mapping[str, tuple[str, str]]

    def choices(self, told: Told) -> list[PictureChoice]:
        """The fields of the form, with what was chosen."""
        return [self._choice(told, name) for name in self.fields]

    def _choice(self, told: Told, name: str) -> PictureChoice:
        chosen = told.asked.fields.get(name, "")
        said = words(told.asked.language)["pictures"]
        if name in self.lists:
            query, variable = self.lists[name]
            space = told.asked.namespace
            found = [told.named(row[variable]["value"]) for row in told.rows(query)]
            node = told.asked.node(name)
            if node and told.has_label(node.value) and all(thing.iri != node.value for thing in found):
                found.append(told.named(node.value))  # led here from the page of something that is not listed
            named = [(thing.iri.removeprefix(space), thing.text) for thing in found]
            named.sort(key=lambda option: sort_key(option[1]))
        elif name == "polarity":
            named = [(f"ontology/{each}", said["polarities"][each]) for each in POLARITIES]
        elif name in ("actors", "view"):
            named = list(said[name].items())[1:]
        else:
            return PictureChoice(name, value=chosen)
        options = [("", said[name]["default"] if name in ("actors", "view") else said["any"], not chosen)]
        return PictureChoice(name, (*options, *((value, text, value == chosen) for value, text in named)))


def places(asked: Asked) -> dict[str, Term]:
    """The filters that are chosen, as terms for the places of queries."""
    found: dict[str, Term] = {}
    for name in ("source", "relation", "polarity", "actor"):
        if node := asked.node(name):
            found[name] = node
    for name in ("since", "until"):
        if year := asked.number(name, LAST_YEAR):
            found[name] = ox.Literal(year)
    return found


def link(address: str | None) -> str:
    """Where a mark leads, as a specification has it; empty for nowhere."""
    return HERE + address if address and address.startswith("/") else address or ""


def count(row: Row, name: str = "number") -> int:
    """A number in a solution."""
    return int(row[name]["value"])


def polarity_of(row: Row) -> str:
    """The polarity in a solution, by its local name; empty where none is said."""
    name = row.get("polarity", {}).get("value", "").rpartition("/")[2]
    return name if name in POLARITIES else ""


def polarity_word(name: str, language: str) -> str:
    """A polarity in words."""
    said: str = words(language)["pictures"]["polarities"][name or "unsaid"]
    return said


def encoded(specification: Mapping[str, Any]) -> str:
    """A specification as it is sent: its schema first, so that the renderer knows which language it is."""
    ordered = {"$schema": specification["$schema"], **specification}
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":"))


def turned(things: Sequence[Any], language: str) -> list[Any]:
    """A sequence from the side at which reading begins to where pictures count from: the left."""
    return list(reversed(things)) if language in ("fa", "ar", "he") else list(things)
