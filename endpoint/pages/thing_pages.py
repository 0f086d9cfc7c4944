"""What a page about something asks, and what it was told: the basis of every page with a kind of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from araxes.endpoint.engines.jobs import NamedQueries, PageChoice, PageJob
from araxes.endpoint.pages.named_queries import Term, named_queries
from araxes.endpoint.pages.words import elsewhere_label, words
from araxes.endpoint.sparql.formats import GRAPH_FORMATS
from araxes.endpoint.sparql.local_links import held_link, local_link
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, RDF, prefixed

Row = Mapping[str, Mapping[str, str]]
"""One solution in SPARQL 1.1 JSON: variable → term."""

Worked = TypeVar("Worked")

TYPE = RDF + "type"

LONGEST_FIELD = 400
"""Code points of a field of an address that a page looks at."""

AFTER = ("claims", "dates", "sides", "parts", "labels")
"""Queries about all that the others name: whose claims, their dates, disputes, kinds of parts, names."""


@dataclass(frozen=True, slots=True)
class NamedThing:
    """Something under its name.

    Attributes:
        iri: its IRI.
        text: its label in the language of the page, else in another, else a short form of its IRI.
        language: of the text; empty where it is none.
        href: where its page is; ``None`` for what has none.
    """

    iri: str
    text: str
    language: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see.

    Attributes:
        iri: of the thing.
        language: of the page.
        namespace: IRIs that begin so are pages of this server.
        fields: of the address, as far as the page knows them; never longer than ``LONGEST_FIELD``.
    """

    iri: str
    language: str
    namespace: str
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def thing(self) -> ox.NamedNode:
        """The thing as a term of queries."""
        return ox.NamedNode(self.iri)

    def node(self, name: str) -> ox.NamedNode | None:
        """The thing that a field names by its IRI, or by its path under this server."""
        text = self.fields.get(name, "")
        try:
            return (
                ox.NamedNode(text if "://" in text else self.namespace + text.lstrip("/")) if text else None
            )
        except ValueError:
            return None

    def number(self, name: str, most: int) -> int | None:
        """The whole number from 1 to ``most`` that a field holds."""
        text = self.fields.get(name, "")
        found = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
        return found if 0 < found <= most else None


Queries = Mapping[str, str]
"""Queries of a page by name, filled in."""


@dataclass(frozen=True, slots=True)
class ThingPage:
    """A kind of page.

    Attributes:
        name: of the page, the same for no other.
        test: name of the ASK query that tells whether it shows a thing; its places are ``$thing`` and, for
            things that fields of the address name, the names of these fields.
        queries: what it asks.
        show: writes it as HTML.
        fields: of the address that it knows; others do not count.
        passages: name of the query whose passages are cut out of the texts, where the operator allows it.
    """

    name: str
    test: str
    queries: Callable[[Asked], Queries]
    show: Callable[[Told], str]
    fields: tuple[str, ...] = ()
    passages: str = ""


@dataclass(frozen=True)
class Told:
    """What the queries of a page were answered.

    Attributes:
        asked: what the reader wants to see.
        queries: as they were sent, by name.
        answers: SPARQL 1.1 JSON results by name.
        texts: passages, one for each solution of the page's query for them; none where none may be shown.
    """

    asked: Asked
    queries: Queries
    answers: Mapping[str, Any]
    texts: Sequence[Mapping[str, str]] = ()

    def rows(self, name: str) -> list[Row]:
        """The solutions of a query."""
        found: list[Row] = self.answers[name]["results"]["bindings"]
        return found

    def once(self, name: str, work: Callable[[Told], Worked]) -> Worked:
        """What some work on the answers gives, done once.

        Args:
            name: of the work, the same for no other.
            work: what to do.
        """
        if name not in self._worked:
            self._worked[name] = work(self)
        found: Worked = self._worked[name]
        return found

    @cached_property
    def _worked(self) -> dict[str, Any]:
        return {}

    @cached_property
    def _labels(self) -> Mapping[str, tuple[str, str]]:
        """IRI → text and language, the first in order of the page's languages, then of characters."""
        order = {each: place for place, each in enumerate((self.asked.language, "", *LANGUAGES))}
        order[self.asked.language] = 0
        found: dict[str, tuple[int, str, str]] = {}
        for row in self.rows("labels"):
            language = row["label"].get("xml:lang", "")
            entry = (order.get(language, 9), row["label"]["value"], language)
            iri = row["thing"]["value"]
            found[iri] = min(entry, found.get(iri, entry))
        return {iri: (text, language) for iri, (_, text, language) in found.items()}

    def named(self, iri: str) -> NamedThing:
        """Something by its IRI."""
        text, language = self._labels.get(iri, ("", ""))
        if not text and iri == TYPE:
            text, language = words(self.asked.language)["statement"]["is_a"], self.asked.language
        if not text and (spoken := elsewhere_label(iri, self.asked.language)):
            text, language = spoken, self.asked.language
        text = text or prefixed(iri).removeprefix(BASE).removeprefix(AX)
        link = held_link if iri in self._labels else local_link
        return NamedThing(iri, text, language, link(iri, self.asked.namespace))

    def has_label(self, iri: str) -> bool:
        """Whether it is called something."""
        return iri in self._labels

    def thing(self) -> NamedThing:
        """What the page is about."""
        return self.named(self.asked.iri)

    def behind(self) -> list[tuple[str, str]]:
        """What each query asks, in the language of the page, and the address that asks it again."""
        titles = named_queries()
        return [
            (titles[name].title[self.asked.language], asked_again(query))
            for name, query in self.queries.items()
            if name in titles
        ]


def asked_again(query: str, name: str = "html") -> str:
    """The address under which this server answers a query."""
    return "/sparql?" + urlencode({"query": query, "format": name}, quote_via=quote)


def filled(name: str, places: Mapping[str, Term], offset: int = 0) -> str:
    """A named query about something; what is ``None`` is left open."""
    return named_queries()[name].filled(places, offset)


def data_formats() -> Iterable[str]:
    """Names of the formats in which the data of a thing can be had."""
    return [entry.name for entry in GRAPH_FORMATS if entry.name != "html"]


def after(asked: Asked, names: Iterable[str] = AFTER) -> NamedQueries:
    """The queries about everything that others name."""
    spoken = {"language": ox.Literal(asked.language)}
    found = named_queries()
    return tuple(
        (name, found[name].filled({key: spoken[key] for key in found[name].places & spoken.keys()}))
        for name in names
    )


def _tested(page: ThingPage, asked: Asked) -> dict[str, Term]:
    """What the places of a page's test are filled with: the thing, and things that fields name."""
    places = named_queries()[page.test].places
    nodes = {name: asked.thing if name == "thing" else asked.node(name) for name in places}
    return {name: node for name, node in nodes.items() if node is not None}


def page_job(asked: Mapping[str, Asked], pages: Iterable[ThingPage], iri: str) -> PageJob:
    """The job that answers the first page that fits.

    Args:
        asked: by page, with the fields that it knows.
        pages: in the order in which they are tried.
        iri: of the thing.
    """
    choices: list[PageChoice] = [
        (
            page.name,
            filled(page.test, _tested(page, asked[page.name])),
            tuple(page.queries(asked[page.name]).items()),
            page.passages,
        )
        for page in pages
    ]
    first = next(iter(asked.values()))
    nodes = {node.value for each in asked.values() for name in each.fields if (node := each.node(name))}
    return PageJob(iri, tuple(choices), after(first), tuple(sorted(nodes)))
