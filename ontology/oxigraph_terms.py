"""Terms that several rooms look for, as those of Oxigraph: each is written once, here."""

from __future__ import annotations

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, OWL, RDF, RDFS, SKOS, XSD

DEFAULT_GRAPH = ox.DefaultGraph()

RDF_TYPE = ox.NamedNode(RDF + "type")
LABEL = ox.NamedNode(RDFS + "label")
ALT_LABEL = ox.NamedNode(SKOS + "altLabel")
DEFINITION = ox.NamedNode(SKOS + "definition")
COMMENT = ox.NamedNode(RDFS + "comment")
OWL_ONTOLOGY = ox.NamedNode(OWL + "Ontology")

CLAIM = ox.NamedNode(AX + "Claim")
PARAPHRASE = ox.NamedNode(AX + "paraphrase")
CLAIM_SOURCE = ox.NamedNode(AX + "source")
SHA256 = ox.NamedNode(AX + "sha256")

DATE_TIME = ox.NamedNode(XSD + "dateTime")
INTEGER = ox.NamedNode(XSD + "integer")
