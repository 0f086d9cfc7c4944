"""What the dataset says of a thing that is to be cited: one query, and its answer as a dictionary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BIBO, CITO, DCTERMS, FOAF, OA, PRISM, RDF, RDFS, declared

MOST_ROWS = 20_000
"""Statements that are read at most; the claims of a dispute beyond them are not cited one by one."""

_PREFIXES = declared(
    ax=AX, bibo=BIBO, cito=CITO, dcterms=DCTERMS, foaf=FOAF, oa=OA, prism=PRISM, rdf=RDF, rdfs=RDFS
)
_QUERY = """SELECT DISTINCT ?s ?p ?o {
  { THING ?p ?o BIND(THING AS ?s) FILTER (?p IN (rdf:type, rdfs:label, ax:paraphrase, ax:source, ax:holder,
      ax:authorStance, ax:hasDisputePosition, ax:comparedSource, cito:citesAsEvidence, ax:passage)) }
  UNION { THING ax:passage ?passage . ?passage oa:hasSelector ?s . ?s ?p ?o
          FILTER (?p IN (oa:start, oa:end)) }
  UNION { THING ax:hasDisputePosition ?s . ?s ?p ?o
          FILTER (?p IN (rdfs:label, ax:comparedClaim, ax:representativeClaim)) }
  UNION { THING ax:hasDisputePosition/ax:representativeClaim ?s .
          ?s ax:paraphrase ?o BIND(ax:paraphrase AS ?p) }
  UNION { THING ax:hasDisputePosition/ax:representativeClaim ?s .
          ?s ax:passage/oa:hasSelector ?o . ?o oa:start ?start BIND(ax:passage AS ?p) }
  UNION { THING ax:hasDisputePosition/ax:representativeClaim/ax:passage/oa:hasSelector ?s . ?s ?p ?o
          FILTER (?p IN (oa:start, oa:end)) }
  UNION { THING ax:comparedClaim ?s . ?s ?p ?o
          FILTER (?p IN (ax:source, ax:holder, ax:authorStance)) }
  UNION { THING ax:holder ?s . ?s rdfs:label ?o BIND(rdfs:label AS ?p) }
  UNION { THING ax:comparedHolder ?s . ?s rdfs:label ?o BIND(rdfs:label AS ?p) }
  UNION { THING cito:citesAsEvidence ?s . ?s rdfs:label ?o BIND(rdfs:label AS ?p) }
WORKS
} ORDER BY ?s ?p ?o LIMIT LIMITED"""

_WORK = """  UNION { WAY ?source ax:sourceAuthor ?author BIND(?source AS ?s)
    ?source ?p ?o
    FILTER (?p IN (rdf:type, rdfs:label, dcterms:title, dcterms:language, ax:date, ax:dateSolarHijri,
      bibo:doi, bibo:volume, bibo:issue, bibo:pages, prism:publicationName, ax:sourceAuthor)) }
  UNION { WAY ?source ax:sourceAuthor ?s . ?s dcterms:creator ?o BIND(dcterms:creator AS ?p) }
  UNION { WAY ?source ax:sourceAuthor ?author . ?author dcterms:creator ?s . ?s ?p ?o
    FILTER (?p IN (rdf:type, rdfs:label, foaf:familyName)) }"""
_WAYS = ("VALUES ?source { THING }", "THING ax:source ?source .", "THING ax:comparedSource ?source .")
"""How the works are reached that a thing rests on: a source is one itself."""


def facts_query(iri: str) -> str:
    """Asks what a reference to a thing is made of.

    Args:
        iri: of the thing.

    Raises:
        ValueError: it is no IRI.
    """
    works = "\n".join(_WORK.replace("WAY", way) for way in _WAYS)
    query = _QUERY.replace("LIMITED", str(MOST_ROWS)).replace("WORKS", works)
    return _PREFIXES + query.replace("THING", str(ox.NamedNode(iri)))


class Facts:
    """Statements of the default graph by subject and property."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Keep subject, property, value and the value's language."""
        self._values: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for subject, predicate, value, language in rows:
            self._values[subject, predicate].append((value, language))

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return bool(self._values)

    def all(self, subject: str, predicate: str) -> list[str]:
        """Values, in the order of the answer."""
        return [value for value, _ in self._values.get((subject, predicate), ())]

    def one(self, subject: str, predicate: str) -> str:
        """The first value, or an empty string."""
        return next(iter(self.all(subject, predicate)), "")

    def subjects(self, predicate: str) -> list[str]:
        """What has a property."""
        return [subject for subject, named in self._values if named == predicate]

    def texts(self, subject: str, predicate: str) -> dict[str, str]:
        """The first text in each language; one without a language under ``""``."""
        found: dict[str, str] = {}
        for value, language in self._values.get((subject, predicate), ()):
            found.setdefault(language, value)
        return found


def facts_from(results: Mapping[str, Any]) -> Facts:
    """The answer to :func:`facts_query`, as SPARQL 1.1 JSON results."""
    return Facts(
        (row["s"]["value"], row["p"]["value"], row["o"]["value"], row["o"].get("xml:lang", ""))
        for row in results["results"]["bindings"]
    )
