"""The queries behind the pages: each a file that anybody can run, with places for what a page is about.

A query is ``queries/NAME.rq``, headed by comment lines ``# en:`` and ``# fa:`` that say what it asks. A place
is written ``$name``, which to SPARQL is a variable: as it stands the query asks about everything; with the
place filled in, about one thing. A line that ends in ``# if $name`` is left out unless that place is filled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.languages import LANGUAGES
from araxes.triples.authoring.headed_queries import read_headed_queries

FOLDER = Path(__file__).parent / "queries"
"""Folder of the queries."""

Term = ox.NamedNode | ox.Literal
"""What can be put into a place."""

_PLACE = re.compile(r"\$([a-z_]+)")
_OFFSET = re.compile(r"\bOFFSET 0\b")
_CONDITION = re.compile(r"^(.*?)[ ]+# if \$([a-z_]+)\n", re.MULTILINE)


@dataclass(frozen=True)
class NamedQuery:
    """One query.

    Attributes:
        name: file name without extension.
        title: what it asks, by language.
        text: SPARQL, without the lines at its head.
        places: names of its places.
    """

    name: str
    title: Mapping[str, str]
    text: str
    places: frozenset[str]

    def filled(self, places: Mapping[str, Term], offset: int = 0) -> str:
        """The query about something.

        Args:
            places: what to put into places; those not given stay variables.
            offset: solutions to leave out, for a query that says ``OFFSET 0``.

        Raises:
            ValueError: the query has no such place, or no offset.
        """
        if unknown := places.keys() - self.places:
            raise ValueError(f"query {self.name} has no ${min(unknown)}")
        text = _CONDITION.sub(lambda found: f"{found[1]}\n" if found[2] in places else "", self.text)
        text = _PLACE.sub(lambda found: str(places.get(found[1], found[0])), text)
        if not offset:
            return text
        if not _OFFSET.search(text):
            raise ValueError(f"query {self.name} has no pages")
        return _OFFSET.sub(f"OFFSET {int(offset)}", text)


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """All queries of the pages by name.

    Raises:
        FileNotFoundError: there is none.
        ValueError: one does not say what it asks.
    """
    found = {}
    for each in read_headed_queries(FOLDER, LANGUAGES):
        lines = each.query.splitlines(keepends=True)
        text = "".join(lines[len(each.header) :])
        found[each.path.stem] = NamedQuery(each.path.stem, each.header, text, frozenset(_PLACE.findall(text)))
    return found
