"""Alignments to other vocabularies: a table with a reason for each, and the OWL module made from it.

``python -m araxes.ontology.alignments`` makes ``alignments.ttl`` of the folder from ``alignments.tsv``.
The core does not import the module: whoever wants the consequences loads it. ``rdfs:subClassOf`` and
``rdfs:subPropertyOf`` hold as axioms; SKOS matches are annotations and entail nothing.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

from araxes.ontology.formatting import FILE_PREFIXES, canonical_turtle, declared_kinds, is_own
from araxes.ontology.loading import load_ontology
from araxes.ontology.namespaces import BASE, DCTERMS, ONTOLOGY

FOLDER = Path(__file__).parent / "alignments"
"""Folder of the table and the module."""

REPAIR = "python -m araxes.ontology.alignments"
"""The command that renews the module."""

MODULE = ONTOLOGY + "/alignments"
"""IRI of the module."""

ALIGNMENT_PREFIXES: dict[str, str] = {
    **FILE_PREFIXES,
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "time": "http://www.w3.org/2006/time#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "schema": "https://schema.org/",
    "np": "http://www.nanopub.org/nschema#",
    "aif": "http://www.arg.dundee.ac.uk/aif#",
    "plover": BASE + "plover/",
    "cameo": BASE + "cameo/",
}
"""Prefixes of the table. PLOVER and CAMEO publish codes, not IRIs: theirs are made here."""

STRENGTHS = {
    OWL.equivalentClass: "the same",
    OWL.equivalentProperty: "the same",
    RDFS.subClassOf: "a kind of",
    RDFS.subPropertyOf: "a kind of",
    SKOS.closeMatch: "close to",
    SKOS.broadMatch: "narrower than",
    SKOS.narrowMatch: "wider than",
    SKOS.relatedMatch: "related to",
}
"""What an alignment may say, and how strong it is."""

_CODED = ("plover", "cameo")


def expand(name: str) -> URIRef:
    """The IRI of a prefixed name.

    Raises:
        ValueError: the prefix is unknown.
    """
    prefix, colon, local = name.partition(":")
    if not colon or prefix not in ALIGNMENT_PREFIXES:
        raise ValueError(f"alignments.tsv: {name}: use one of the prefixes {', '.join(ALIGNMENT_PREFIXES)}")
    return URIRef(ALIGNMENT_PREFIXES[prefix] + local)


def read_alignments(folder: Path = FOLDER) -> Iterator[tuple[URIRef, URIRef, URIRef, str]]:
    """Subject, predicate, object and reason of each row.

    Raises:
        ValueError: a row has an unknown prefix or predicate, an undeclared subject, or no reason.
    """
    declared = declared_kinds(load_ontology())
    with (folder / "alignments.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            subject, predicate, value = (expand(row[name]) for name in ("subject", "predicate", "object"))
            if predicate not in STRENGTHS or subject not in declared or not row["reason"]:
                raise ValueError(f"alignments.tsv: {row['subject']} {row['predicate']}: cannot be used")
            yield subject, predicate, value, row["reason"]


def alignment_graph(folder: Path = FOLDER) -> Graph:
    """The module as a graph: each alignment with an axiom that gives its reason.

    Raises:
        ValueError: the table cannot be used.
    """
    graph = Graph()
    kinds = declared_kinds(load_ontology())
    _header(graph)
    for subject, predicate, value, reason in read_alignments(folder):
        graph.add((subject, predicate, value))
        axiom = BNode()
        graph.add((axiom, RDF.type, OWL.Axiom))
        graph.add((axiom, OWL.annotatedSource, subject))
        graph.add((axiom, OWL.annotatedProperty, predicate))
        graph.add((axiom, OWL.annotatedTarget, value))
        graph.add((axiom, RDFS.comment, Literal(reason, lang="en")))
        graph.add((subject, RDF.type, kinds[subject]))
        if predicate in (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty):
            graph.add((value, RDF.type, kinds[subject]))
        elif predicate in STRENGTHS:
            graph.add((predicate, RDF.type, OWL.AnnotationProperty))
        for prefix in _CODED:
            if value.startswith(ALIGNMENT_PREFIXES[prefix]):
                code = str(value).rpartition("/")[2]
                graph.add((value, SKOS.notation, Literal(code)))
                graph.add((SKOS.notation, RDF.type, OWL.AnnotationProperty))
    return graph


def _header(graph: Graph) -> None:
    module, version = URIRef(MODULE), "0.1.0"
    texts = {
        "title": ("Araxes ontology: alignments", "هستان‌شناسی ارس: هم‌ترازی‌ها"),
        "description": (
            "How terms of the ontology relate to those of other vocabularies, each with a reason.",
            "نسبت واژه‌های هستان‌شناسی با واژگان‌های دیگر، هر یک با دلیل.",
        ),
    }
    graph.add((module, RDF.type, OWL.Ontology))
    graph.add((module, OWL.imports, URIRef(ONTOLOGY)))
    graph.add((module, OWL.versionIRI, URIRef(f"{MODULE}/{version}")))
    graph.add((module, OWL.versionInfo, Literal(version)))
    license_iri = URIRef("https://creativecommons.org/licenses/by/4.0/")
    graph.add((module, URIRef(DCTERMS + "license"), license_iri))
    graph.add((module, URIRef(DCTERMS + "creator"), Literal("The Araxes contributors")))
    for name, (english, persian) in texts.items():
        graph.add((module, URIRef(DCTERMS + name), Literal(english, lang="en")))
        graph.add((module, URIRef(DCTERMS + name), Literal(persian, lang="fa")))
    for name in ("license", "creator", *texts):
        graph.add((URIRef(DCTERMS + name), RDF.type, OWL.AnnotationProperty))


def alignment_text(folder: Path = FOLDER) -> str:
    """The module in Turtle.

    Raises:
        ValueError: the table cannot be used.
    """
    return canonical_turtle(alignment_graph(folder), ALIGNMENT_PREFIXES)


def alignments_of(folder: Path = FOLDER) -> dict[str, list[tuple[str, str, str]]]:
    """Term IRI → how strong, other term's IRI, reason."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for subject, predicate, value, reason in read_alignments(folder):
        if is_own(subject):
            found.setdefault(str(subject), []).append((STRENGTHS[predicate], str(value), reason))
    return found


if __name__ == "__main__":
    (FOLDER / "alignments.ttl").write_text(alignment_text(), "utf-8")
    sys.stdout.write("alignments.ttl renewed\n")
