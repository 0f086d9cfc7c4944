"""Where mapped items are: ``coordinates.tsv``, its checks, and the geometries that it gives to entities.

One row for an item of Wikidata: latitude and longitude (WGS 84, in degrees, as the evidence writes them),
whether they are a point or the centroid of an area, and where item and position stand together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from araxes.ontology.namespaces import BASE, GEO, WIKIDATA
from araxes.ontology.oxigraph_terms import RDF_TYPE
from araxes.triples.authoring.findings import Finding, did_you_mean, quoted
from araxes.triples.wikidata.sssom_prefixes import Repeated, cell_findings
from araxes.triples.wikidata.sssom_tables import EVIDENCE, MappingRow

SF = "http://www.opengis.net/ont/sf#"

KINDS = ("point", "centroid")
"""What a position may be: of a place itself, or the middle of an area."""

POSITION_OF = BASE + "mappings/position-kind"
"""Property of a geometry: one of :data:`KINDS`."""

_DEGREES = re.compile(r"-?[0-9]{1,3}\.[0-9]{1,12}")
_BOUNDS = {"latitude": 90, "longitude": 180}


def check_coordinates(rows: Iterable[MappingRow]) -> Iterator[Finding]:
    """Positions that are none, of what is no item, without evidence, or given twice."""
    repeated = Repeated()
    seen: dict[str, MappingRow] = {}
    for row in cell_findings(list(rows), "object_id", repeated):
        first = seen.setdefault(row["object_id"], row)
        if not re.fullmatch(r"Q[1-9][0-9]*", row.iri("object_id").removeprefix(WIKIDATA)):
            repeated.add(
                row, f"{quoted(row['object_id'])} is no item of Wikidata", "copy it from the evidence"
            )
        elif first is not row:
            yield row.finding(
                f"{row['object_id']} has a position in line {first.line} already", "keep the better one"
            )
        elif wrong := _degrees(row):
            yield row.finding(
                f"{wrong} {quoted(row[wrong])} is no number of degrees", "copy it from the evidence"
            )
        elif row["kind"] not in KINDS:
            repeated.add(
                row,
                f"{quoted(row['kind'])} is no kind of position",
                did_you_mean(row["kind"], KINDS, f"use one of {', '.join(KINDS)}"),
            )
        elif not row["evidence"].strip():
            yield row.finding("the position has no evidence", "say where item and position stand together")
    yield from repeated.findings()


def _degrees(row: MappingRow) -> str:
    """The first column that holds no number of degrees; empty where both do."""
    for name, most in _BOUNDS.items():
        if not _DEGREES.fullmatch(row[name]) or abs(float(row[name])) > most:
            return name
    return ""


def coordinate_quads(rows: Iterable[MappingRow], items: Iterable[tuple[str, str]]) -> Iterator[ox.Quad]:
    """Geometries of entities, for the default graph, as GeoSPARQL 1.1 has them.

    Args:
        rows: sound rows.
        items: IRI of an entity, and of the item that is the same.
    """
    positions = {row.iri("object_id"): row for row in rows}
    for subject, item in items:
        if item in positions and subject.startswith(BASE):
            yield from _geometry(ox.NamedNode(subject), positions[item])


def _geometry(subject: ox.NamedNode, row: MappingRow) -> Iterator[ox.Quad]:
    node = ox.NamedNode(f"{subject.value}#geometry")
    # Well-known text gives the longitude first.
    text = f"POINT({row['longitude']} {row['latitude']})"
    yield ox.Quad(subject, ox.NamedNode(GEO + "hasGeometry"), node)
    yield ox.Quad(node, RDF_TYPE, ox.NamedNode(SF + "Point"))
    yield ox.Quad(
        node, ox.NamedNode(GEO + "asWKT"), ox.Literal(text, datatype=ox.NamedNode(GEO + "wktLiteral"))
    )
    yield ox.Quad(node, ox.NamedNode(POSITION_OF), ox.Literal(row["kind"]))
    yield ox.Quad(node, ox.NamedNode(EVIDENCE), ox.Literal(row["evidence"]))
