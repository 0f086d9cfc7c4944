"""Mappings to Wikidata and other authority files, with names and positions beside them, compiled to RDF."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from araxes.ontology.namespaces import DCTERMS, RDF, RDFS, SKOS, XSD
from araxes.ontology.oxigraph_terms import DATE_TIME
from araxes.triples.wikidata.coordinates import coordinate_quads
from araxes.triples.wikidata.sssom_tables import EVIDENCE, PAV, SSSOM, MappingRow, SoundMappings, record_iri


def mapping_quads(mappings: SoundMappings) -> Iterator[ox.Quad]:
    """The quads of all tables, for the default graph.

    A mapping is the bare SKOS statement and a record ``<subject>#mapping-OBJECT`` of type ``sssom:Mapping``
    (for terms of other vocabularies below ``mappings/``); a row without a match is only a record.
    Names are ``skos:hiddenLabel``: found by searches, not shown. Positions are geometries of GeoSPARQL.
    """
    for row in mappings.rows:
        subject, predicate = ox.NamedNode(row.iri("subject_id")), ox.NamedNode(row.iri("predicate_id"))
        target = ox.NamedNode(row.iri("object_id"))
        if row.found:
            yield ox.Quad(subject, predicate, target)
        yield from _record(row, subject, predicate, target)
    for row in mappings.names:
        name = ox.Literal(row["name"], language=row["language"])
        yield ox.Quad(ox.NamedNode(row.iri("subject_id")), ox.NamedNode(SKOS + "hiddenLabel"), name)
    yield from coordinate_quads(mappings.coordinates, mappings.items())


def _record(
    row: MappingRow, subject: ox.NamedNode, predicate: ox.NamedNode, target: ox.NamedNode
) -> Iterator[ox.Quad]:
    record = ox.NamedNode(record_iri(row))

    def quad(name: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(record, ox.NamedNode(name), value)

    yield quad(RDF + "type", ox.NamedNode(SSSOM + "Mapping"))
    yield quad(SSSOM + "subject_id", subject)
    yield quad(SSSOM + "predicate_id", predicate)
    yield quad(SSSOM + "object_id", target)
    yield quad(SSSOM + "mapping_justification", ox.NamedNode(row.iri("mapping_justification")))
    yield quad(PAV + "authoredBy", ox.NamedNode(row.iri("author_id")))
    moment = f"{row['mapping_date']}T00:00:00Z"
    yield quad(DCTERMS + "created", ox.Literal(moment, datatype=DATE_TIME))
    yield quad(EVIDENCE, ox.Literal(row["evidence"]))
    if row["object_label"]:
        yield quad(SSSOM + "object_label", ox.Literal(row["object_label"]))
    if row["confidence"]:
        value = ox.Literal(row["confidence"], datatype=ox.NamedNode(XSD + "decimal"))
        yield quad(SSSOM + "confidence", value)
    if row["reviewer_id"]:
        yield quad(SSSOM + "reviewer_id", ox.NamedNode(row.iri("reviewer_id")))
        value = ox.Literal(row["reviewer_agreement"], datatype=ox.NamedNode(XSD + "decimal"))
        yield quad(SSSOM + "reviewer_agreement", value)
    if row["comment"]:
        yield quad(RDFS + "comment", ox.Literal(row["comment"], language="en"))
