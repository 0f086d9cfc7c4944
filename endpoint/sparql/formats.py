"""The media types this service speaks, by name and by preference."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from araxes.ontology.namespaces import FORMATS


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an answer.

    Attributes:
        name: for ``?format=`` and ``--format``.
        media_types: the standard one first, then what else clients ask for.
        suffix: file extension, without the dot.
        label: for people.
        iri: its name in service descriptions, if it has one (https://www.w3.org/ns/formats/).
        aliases: further names.
        quads: whether it can hold named graphs.
        rdf12: whether there is a version 1.2 of it that is written here.
    """

    name: str
    media_types: tuple[str, ...]
    suffix: str
    label: str
    iri: str = ""
    aliases: tuple[str, ...] = ()
    quads: bool = False
    rdf12: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All names ``?format=`` knows it by."""
        return (self.name, *self.aliases, *self.media_types)


SOLUTION_FORMATS: tuple[Format, ...] = (
    Format(
        "json",
        ("application/sparql-results+json", "application/json", "text/json"),
        "srj",
        "SPARQL results JSON",
        FORMATS + "SPARQL_Results_JSON",
        ("srj", "sparql-results+json"),
        rdf12=True,
    ),
    Format(
        "xml",
        ("application/sparql-results+xml", "application/xml", "text/xml"),
        "srx",
        "SPARQL results XML",
        FORMATS + "SPARQL_Results_XML",
        ("srx", "sparql-results+xml"),
        rdf12=True,
    ),
    Format("csv", ("text/csv",), "csv", "CSV", FORMATS + "SPARQL_Results_CSV"),
    Format("tsv", ("text/tab-separated-values",), "tsv", "TSV", FORMATS + "SPARQL_Results_TSV", rdf12=True),
    Format("html", ("text/html",), "html", "HTML table"),
)
"""For SELECT and ASK, the preferred first."""

GRAPH_FORMATS: tuple[Format, ...] = (
    Format(
        "turtle",
        ("text/turtle", "application/x-turtle"),
        "ttl",
        "Turtle",
        FORMATS + "Turtle",
        ("ttl",),
        rdf12=True,
    ),
    Format(
        "nt",
        ("application/n-triples", "text/plain"),
        "nt",
        "N-Triples",
        FORMATS + "N-Triples",
        ("ntriples",),
        rdf12=True,
    ),
    Format(
        "jsonld",
        ("application/ld+json", "application/json"),
        "jsonld",
        "JSON-LD",
        FORMATS + "JSON-LD",
        ("json-ld", "json"),
        quads=True,
    ),
    Format(
        "rdfxml",
        ("application/rdf+xml", "application/xml", "text/xml"),
        "rdf",
        "RDF/XML",
        FORMATS + "RDF_XML",
        ("rdf", "rdf/xml", "rdf+xml", "xml"),
        rdf12=True,
    ),
    Format(
        "trig",
        ("application/trig", "application/x-trig"),
        "trig",
        "TriG",
        FORMATS + "TriG",
        quads=True,
        rdf12=True,
    ),
    Format(
        "nq",
        ("application/n-quads", "text/x-nquads"),
        "nq",
        "N-Quads",
        FORMATS + "N-Quads",
        ("nquads",),
        quads=True,
        rdf12=True,
    ),
    Format("n3", ("text/n3", "text/rdf+n3"), "n3", "N3", FORMATS + "N3"),
    Format("html", ("text/html",), "html", "HTML page"),
)
"""For CONSTRUCT, DESCRIBE and documents, the preferred first."""

RESULTS: dict[str, ox.QueryResultsFormat] = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
"""Names the engine writes itself."""

GRAPHS: dict[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "n3": ox.RdfFormat.N3,
}
"""Names the engine writes itself."""


def find(name: str, formats: tuple[Format, ...]) -> Format | None:
    """The format of a name, alias or media type, whatever its case.

    >>> find("TTL", GRAPH_FORMATS).label
    'Turtle'
    """
    wanted = name.strip().lower()
    return next((entry for entry in formats if wanted in entry.names), None)


XML = frozenset({"xml", "rdfxml"})
"""Names of the formats that cannot carry every character (XML 1.0) or every predicate (RDF/XML)."""


RDF11 = frozenset({"jsonld", "n3"})
"""Names of the formats that cannot carry what RDF 1.2 adds: triple terms and, N3, base directions."""


_VERSION = "; version="


def versioned(media_type: str, version: str) -> str:
    """A media type that names a version of RDF; an empty one is RDF 1.1, which needs no name.

    >>> versioned("text/turtle", "1.2"), versioned("text/turtle", "")
    ('text/turtle; version=1.2', 'text/turtle')
    """
    return media_type + _VERSION + version if version else media_type


def version_in(media_type: str) -> str:
    """The version of RDF that such a media type names.

    >>> version_in("text/turtle; version=1.2"), version_in("text/turtle")
    ('1.2', '')
    """
    return media_type.partition(_VERSION)[2]


def content_type(media_type: str) -> str:
    """With the charset where the type is textual without saying which (RFC 6657, Turtle §5).

    >>> content_type("text/csv"), content_type("application/rdf+xml")
    ('text/csv; charset=utf-8', 'application/rdf+xml')
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
