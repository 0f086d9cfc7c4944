"""The IRIs of the project and the prefixes of the vocabularies it reuses."""

from __future__ import annotations

import re
from collections.abc import Mapping

BASE = "https://w3id.org/araxes/"
"""Base of every IRI of the project; ids in the YAML files are relative to it."""

ONTOLOGY = "https://w3id.org/araxes/ontology"
"""IRI of the root ontology."""

AX = "https://w3id.org/araxes/ontology/"
"""Namespace of the ontology's terms (prefix ``ax``)."""

ALIGNMENTS_IRI = ONTOLOGY + "/alignments"
"""IRI of the module of alignments to other vocabularies."""

INFERRED = "#inferred"
"""What the name of a graph of inferred statements adds to the IRI of their claim."""

CODES = (BASE + "plover/", BASE + "cameo/")
"""Namespaces of terms that are codes: PLOVER and CAMEO publish codes, not IRIs, so theirs are made here."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
CITO = "http://purl.org/spar/cito/"
BIBO = "http://purl.org/ontology/bibo/"
FABIO = "http://purl.org/spar/fabio/"
VOID = "http://rdfs.org/ns/void#"
VANN = "http://purl.org/vocab/vann/"
FOAF = "http://xmlns.com/foaf/0.1/"
PRISM = "http://prismstandard.org/namespaces/basic/2.0/"
SH = "http://www.w3.org/ns/shacl#"
SD = "http://www.w3.org/ns/sparql-service-description#"
SCHEMA = "https://schema.org/"
FORMATS = "http://www.w3.org/ns/formats/"
NP = "http://www.nanopub.org/nschema#"
GEO = "http://www.opengis.net/ont/geosparql#"
WIKIDATA = "http://www.wikidata.org/entity/"
"""Namespace of Wikidata's items and properties as things."""

PREFIXES: dict[str, str] = {
    "ax": AX,
    "claim": BASE + "claim/",
    "source": BASE + "source/",
    "state": BASE + "state/",
    "organization": BASE + "organization/",
    "person": BASE + "person/",
    "group": BASE + "group/",
    "place": BASE + "place/",
    "event": BASE + "event/",
    "agreement": BASE + "agreement/",
    "relationship": BASE + "relationship/",
    "tie": BASE + "tie/",
    "perception": BASE + "perception/",
    "situation": BASE + "situation/",
    "measure": BASE + "measure/",
    "theory": BASE + "theory/",
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "oa": OA,
    "cito": CITO,
    "bibo": BIBO,
    "fabio": FABIO,
}
"""Prefixes for queries and serializations, in the order in which they are printed."""


def declared(**namespaces: str) -> str:
    """The beginning of a query that uses these prefixes.

    >>> declared(rdfs=RDFS)
    'PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\\n'
    """
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in namespaces.items())


def local_name(iri: str) -> str:
    """The part of an ontology term's IRI after the namespace; other IRIs unchanged.

    >>> local_name("https://w3id.org/araxes/ontology/recognizes")
    'recognizes'
    """
    return iri.removeprefix(AX)


def prefixed(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """An IRI by the longest prefix that fits, or as it is.

    >>> prefixed("http://www.w3.org/2000/01/rdf-schema#label")
    'rdfs:label'
    """
    fitting = [(len(space), name) for name, space in prefixes.items() if iri.startswith(space)]
    if not fitting:
        return iri
    length, name = max(fitting)
    return f"{name}:{iri[length:]}"


_ID_AT_END = re.compile(r"https?://.*?/((?:claim/[a-z0-9-]+/[0-9a-z-]+|[a-z-]+/[a-z0-9-]+)(?:#.*)?)")


def id_of(iri: str) -> str:
    """The id of a thing, in whatever namespace a corpus publishes it; IRIs that end with none unchanged.

    >>> id_of("https://w3id.org/araxes/state/iran"), id_of("https://example.org/x/claim/note/1")
    ('state/iran', 'claim/note/1')
    """
    if iri.startswith(BASE):
        return iri.removeprefix(BASE)
    found = _ID_AT_END.fullmatch(iri)
    return found[1] if found else iri
