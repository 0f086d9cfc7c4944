"""A Wikidata-shaped dataset made of facts from public data files, in Wikidata's own RDF.

``tests/data/wikidata-extract.tsv`` has item, property, value, kind, qualifiers and the public file that has
it. Here that becomes truthy statements (``wdt:``) and full ones (``p:``, ``ps:``, ``pq:``) with a reference
(``prov:wasDerivedFrom``, ``pr:P854``), as in https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

FACTS = Path(__file__).parents[1] / "data" / "wikidata-extract.tsv"

WD = "http://www.wikidata.org/entity/"
PROP = "http://www.wikidata.org/prop/"
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
DERIVED = ox.NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
RANK = ox.NamedNode("http://wikiba.se/ontology#rank")
NORMAL = ox.NamedNode("http://wikiba.se/ontology#NormalRank")
_TIME = ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")
_POINT = ox.NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral")


def year(text: str) -> ox.Literal:
    """The first moment of a year, as Wikidata exports times of that precision."""
    number = int(text)
    return ox.Literal(f"{'-' if number < 0 else ''}{abs(number):04d}-01-01T00:00:00Z", datatype=_TIME)


def value(row: dict[str, str]) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """The RDF term of a fact."""
    text = row["value"]
    if row["kind"] == "item":
        return ox.NamedNode(WD + text)
    if row["kind"] == "unknown":
        return ox.BlankNode()
    if row["kind"] == "year":
        return year(text)
    if row["kind"] == "coordinates":
        latitude, longitude = text.split(",")
        return ox.Literal(f"Point({longitude} {latitude})", datatype=_POINT)
    return ox.Literal(text)


def extract() -> Iterator[ox.Quad]:
    """The whole dataset."""
    with FACTS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            item = ox.NamedNode(WD + row["item"])
            if row["property"] == "label":
                yield ox.Quad(item, LABEL, ox.Literal(row["value"], language=row["kind"]))
            else:
                yield from _statement(item, row)


def _statement(item: ox.NamedNode, row: dict[str, str]) -> Iterator[ox.Quad]:
    name, term = row["property"], value(row)
    digest = hashlib.sha256("\t".join(row.values()).encode()).hexdigest()[:32]
    statement = ox.NamedNode(f"{WD}statement/{row['item']}-{digest}")
    yield ox.Quad(item, ox.NamedNode(f"{PROP}direct/{name}"), term)
    yield ox.Quad(item, ox.NamedNode(PROP + name), statement)
    yield ox.Quad(statement, ox.NamedNode(f"{PROP}statement/{name}"), term)
    yield ox.Quad(statement, RANK, NORMAL)
    for qualifier in filter(None, row["qualifiers"].split(" ")):
        key, _, text = qualifier.partition("=")
        yield ox.Quad(statement, ox.NamedNode(f"{PROP}qualifier/{key}"), year(text))
    reference = ox.NamedNode(
        f"http://www.wikidata.org/reference/{hashlib.sha256(row['source'].encode()).hexdigest()[:40]}"
    )
    yield ox.Quad(statement, DERIVED, reference)
    yield ox.Quad(reference, ox.NamedNode(f"{PROP}reference/P854"), ox.NamedNode(row["source"]))
