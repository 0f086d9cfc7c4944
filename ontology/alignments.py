"""Alignments to other vocabularies: tables with a reason for each, and the OWL module made from them.

``python -m araxes.ontology.alignments`` makes ``alignments.ttl`` of the folder from ``alignments.tsv``, which
is kept by hand, and ``wikidata.tsv``, which is made from the mappings of the room ``triples``; the reasons
in Persian are in ``persian.tsv``.
The core does not import the module: whoever wants the consequences loads it. ``rdfs:subClassOf`` and
``rdfs:subPropertyOf`` hold as axioms; SKOS matches are annotations and entail nothing.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

from araxes.ontology.loading import load_ontology
from araxes.ontology.module_files import ALIGNMENTS
from araxes.ontology.namespaces import (
    ALIGNMENTS_IRI,
    CODES,
    DC,
    DCTERMS,
    FOAF,
    GEO,
    NP,
    ONTOLOGY,
    SCHEMA,
    WIKIDATA,
)
from araxes.ontology.reference_entries import Alignment
from araxes.ontology.turtle_form import FILE_PREFIXES, canonical_turtle, declared_kinds, is_own
from araxes.ontology.whole_files import write_whole

REPAIR = "python -m araxes.ontology.alignments"
"""The command that renews the module."""

WIKIDATA_TABLE = "wikidata.tsv"
"""Table of properties that correspond to ones of Wikidata: triples/wikidata/property_alignments.py."""

ALIGNMENT_PREFIXES: dict[str, str] = {
    **FILE_PREFIXES,
    "gufo": "http://purl.org/nemo/gufo#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": FOAF,
    "time": "http://www.w3.org/2006/time#",
    "geo": GEO,
    "schema": SCHEMA,
    "np": NP,
    "aif": "http://www.arg.dundee.ac.uk/aif#",
    "plover": CODES[0],
    "cameo": CODES[1],
    "wdt": "http://www.wikidata.org/prop/direct/",
    "wd": WIKIDATA,
}
"""Prefixes of the tables."""

STRENGTHS: dict[URIRef, dict[str, str]] = {
    OWL.equivalentClass: {"en": "the same as", "fa": "همان"},
    OWL.equivalentProperty: {"en": "the same as", "fa": "همان"},
    RDFS.subClassOf: {"en": "a kind of", "fa": "گونه‌ای از"},
    RDFS.subPropertyOf: {"en": "a kind of", "fa": "گونه‌ای از"},
    SKOS.exactMatch: {"en": "matched exactly by", "fa": "برابر با"},
    SKOS.closeMatch: {"en": "close to", "fa": "نزدیک به"},
    SKOS.broadMatch: {"en": "narrower than", "fa": "محدودتر از"},
    SKOS.narrowMatch: {"en": "wider than", "fa": "گسترده‌تر از"},
    SKOS.relatedMatch: {"en": "related to", "fa": "مرتبط با"},
}
"""What an alignment may say: how strong it is, in words of each language."""


def expand(name: str) -> URIRef:
    """The IRI of a prefixed name.

    Raises:
        ValueError: the prefix is unknown.
    """
    prefix, colon, local = name.partition(":")
    if not colon or prefix not in ALIGNMENT_PREFIXES:
        raise ValueError(f"{name}: use one of the prefixes {', '.join(ALIGNMENT_PREFIXES)}")
    return URIRef(ALIGNMENT_PREFIXES[prefix] + local)


def read_alignments(folder: Path = ALIGNMENTS) -> Iterator[tuple[URIRef, URIRef, URIRef, str]]:
    """Subject, predicate, object and reason of each row.

    Raises:
        ValueError: a row has an unknown prefix or predicate, an undeclared subject, or no reason.
    """
    declared = declared_kinds(load_ontology())
    for path in filter(Path.exists, (folder / "alignments.tsv", folder / WIKIDATA_TABLE)):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                try:
                    subject, predicate, value = (
                        expand(row[name]) for name in ("subject", "predicate", "object")
                    )
                except ValueError as error:
                    raise ValueError(f"{path.name}: {error}") from error
                if predicate not in STRENGTHS or subject not in declared or not row["reason"]:
                    raise ValueError(f"{path.name}: {row['subject']} {row['predicate']}: cannot be used")
                yield subject, predicate, value, row["reason"]


def persian_reasons(folder: Path = ALIGNMENTS) -> dict[tuple[URIRef, URIRef], str]:
    """The reason in Persian by subject and object.

    Raises:
        ValueError: a row has an unknown prefix.
    """
    path = folder / "persian.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {(expand(row["subject"]), expand(row["object"])): row["reason"] for row in rows}


def alignment_graph(folder: Path = ALIGNMENTS) -> Graph:
    """The module as a graph: each alignment with an axiom that gives its reason.

    Raises:
        ValueError: the table cannot be used.
    """
    graph = Graph()
    kinds = declared_kinds(load_ontology())
    persian = persian_reasons(folder)
    _header(graph)
    for subject, predicate, value, reason in read_alignments(folder):
        graph.add((subject, predicate, value))
        axiom = BNode()
        graph.add((axiom, RDF.type, OWL.Axiom))
        graph.add((axiom, OWL.annotatedSource, subject))
        graph.add((axiom, OWL.annotatedProperty, predicate))
        graph.add((axiom, OWL.annotatedTarget, value))
        graph.add((axiom, RDFS.comment, Literal(reason, lang="en")))
        if (subject, value) in persian:
            graph.add((axiom, RDFS.comment, Literal(persian[subject, value], lang="fa")))
        graph.add((subject, RDF.type, kinds[subject]))
        if predicate in (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty):
            graph.add((value, RDF.type, kinds[subject]))
        elif predicate in STRENGTHS:
            graph.add((predicate, RDF.type, OWL.AnnotationProperty))
        _tell_more(graph, value)
    return graph


def _tell_more(graph: Graph, value: URIRef) -> None:
    """The code of a term that is known by one, and Wikidata's page about a property."""
    code = str(value).rpartition("/")[2]
    if str(value).startswith(CODES):
        graph.add((value, SKOS.notation, Literal(code)))
        graph.add((SKOS.notation, RDF.type, OWL.AnnotationProperty))
    if value.startswith(ALIGNMENT_PREFIXES["wdt"]):
        graph.add((value, RDFS.seeAlso, URIRef(ALIGNMENT_PREFIXES["wd"] + code)))


def _header(graph: Graph) -> None:
    module, version = URIRef(ALIGNMENTS_IRI), "0.2.0"
    texts = {
        DC + "title": ("Araxes ontology: alignments", "هستان‌شناسی ارس: هم‌ترازی‌ها"),
        DCTERMS + "description": (
            "How terms of the ontology relate to those of other vocabularies, each with a reason.",
            "نسبت واژه‌های هستان‌شناسی با واژگان‌های دیگر، هر یک با دلیل.",
        ),
    }
    graph.add((module, RDF.type, OWL.Ontology))
    graph.add((module, OWL.imports, URIRef(ONTOLOGY)))
    graph.add((module, OWL.versionIRI, URIRef(f"{ALIGNMENTS_IRI}/{version}")))
    graph.add((module, OWL.versionInfo, Literal(version)))
    license_iri = URIRef("https://creativecommons.org/licenses/by/4.0/")
    graph.add((module, URIRef(DCTERMS + "license"), license_iri))
    graph.add((module, URIRef(DC + "creator"), Literal("The Araxes contributors")))
    for name, (english, persian) in texts.items():
        graph.add((module, URIRef(name), Literal(english, lang="en")))
        graph.add((module, URIRef(name), Literal(persian, lang="fa")))
    for name in (DCTERMS + "license", DC + "creator", *texts):
        graph.add((URIRef(name), RDF.type, OWL.AnnotationProperty))


def alignment_text(folder: Path = ALIGNMENTS) -> str:
    """The module in Turtle.

    Raises:
        ValueError: the table cannot be used.
    """
    return canonical_turtle(alignment_graph(folder), ALIGNMENT_PREFIXES)


def alignments_of(folder: Path = ALIGNMENTS) -> dict[str, list[Alignment]]:
    """Term IRI → its alignments."""
    found: dict[str, list[Alignment]] = {}
    persian = persian_reasons(folder)
    for subject, predicate, value, reason in read_alignments(folder):
        if is_own(subject):
            reasons = {"en": reason, "fa": persian.get((subject, value), reason)}
            found.setdefault(str(subject), []).append((STRENGTHS[predicate], str(value), reasons))
    return found


if __name__ == "__main__":
    write_whole(ALIGNMENTS / "alignments.ttl", alignment_text())
    sys.stdout.write("alignments.ttl renewed\n")
