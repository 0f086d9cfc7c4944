"""In what engines differ, as far as the app makes up for it; every row of the README's table is tested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from araxes.ontology.namespaces import OWL

STAND_IN = "urn:x-araxes:default-graph"
"""The named graph that holds the default graph where an engine has none of its own."""

NOWHERE = "urn:x-araxes:no-graph"
"""A graph that no engine holds: the default graph of a request that names none."""

RESULTS_TYPES = ("application/sparql-results+json", "application/sparql-results+xml;q=0.9")
GRAPH_TYPES = ("application/n-triples", "text/turtle;q=0.9", "application/rdf+xml;q=0.5")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine has to be asked.

    Attributes:
        name: of the kind of engine.
        results: Accept for solutions and truth values.
        graph: Accept for graphs.
        stand_in: IRI of the graph that plays the default graph; empty: the engine has one.
        others: graphs of the engine's own, which no query is to see.
    """

    name: str
    results: str
    graph: str
    stand_in: str = ""
    others: tuple[str, ...] = ()

    def to_wire(self) -> dict[str, object]:
        """As a JSON object."""
        return {
            "name": self.name,
            "results": self.results,
            "graph": self.graph,
            "stand_in": self.stand_in,
            "others": list(self.others),
        }


def from_wire(message: Mapping[str, Any]) -> Dialect:
    """The dialect of such an object.

    >>> from_wire(VIRTUOSO.to_wire()) == VIRTUOSO
    True
    """
    return Dialect(**{**message, "others": tuple(message["others"])})


STANDARD = Dialect("standard", ", ".join(RESULTS_TYPES), ", ".join(GRAPH_TYPES))
"""SPARQL 1.1 with a default graph that is not the union of the named ones."""

VIRTUOSO = Dialect(
    # Its JSON has truth values as numbers, and no truth value as the answer to ASK.
    "virtuoso",
    "application/sparql-results+xml",
    "text/turtle, application/rdf+xml;q=0.5",
    STAND_IN,
    (
        "http://www.openlinksw.com/schemas/virtrdf#",
        "http://localuriqaserver/sparql",
        "http://www.w3.org/ns/ldp#",
        OWL,
        "http://localhost:8890/DAV/",
        "http://localhost:8890/sparql",
    ),
)
"""Virtuoso 7: bare patterns see all graphs, and no graph is the default one."""


def dialect_of(server: str) -> Dialect:
    """The dialect of whoever calls itself so in the header Server.

    >>> dialect_of("Virtuoso/07.20.3229 (Linux)").name, dialect_of("").name
    ('virtuoso', 'standard')
    """
    return VIRTUOSO if server.lower().startswith("virtuoso") else STANDARD
