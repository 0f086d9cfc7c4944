"""The ontology: complete in both languages, closed under its own references, plain OWL 2 DL."""

from __future__ import annotations

import io

import owlready2
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, URIRef
from rdflib.term import Node

from araxes.ontology.loading import load_ontology
from araxes.ontology.module_files import module_files
from araxes.ontology.namespaces import AX, ONTOLOGY
from araxes.ontology.vocabulary import vocabulary

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual)


def terms() -> list[URIRef]:
    """Every declared term of the project."""
    graph = load_ontology()
    found = {term for kind in KINDS for term in graph.subjects(RDF.type, kind)}
    return sorted(term for term in found if isinstance(term, URIRef) and term.startswith(AX))


def test_there_are_terms() -> None:
    assert len(terms()) > 300


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_term_is_named_and_defined_in_both_languages(predicate: URIRef, language: str) -> None:
    graph = load_ontology()
    for term in terms():
        texts = [t for t in graph.objects(term, predicate) if getattr(t, "language", None) == language]
        assert len(texts) == 1, f"{term}: {len(texts)} {predicate} in {language}"
        assert str(texts[0]).strip()


def test_every_term_has_one_kind_and_one_module() -> None:
    graph = load_ontology()
    for term in terms():
        assert sum((term, RDF.type, kind) in graph for kind in KINDS) == 1, (
            f"{term} is several kinds of thing"
        )
        assert len(list(graph.objects(term, RDFS.isDefinedBy))) == 1, term


def test_terms_stand_in_the_module_that_defines_them() -> None:
    for path in module_files():
        graph = Graph().parse(path)
        for term, module in graph.subject_objects(RDFS.isDefinedBy):
            assert str(module) == f"{ONTOLOGY}/module/{path.stem}", f"{term} stands in {path.name}"


def test_nothing_undeclared_is_referred_to() -> None:
    graph = load_ontology()
    declared = set(terms())
    for triple in graph:
        for node in triple:
            if isinstance(node, URIRef) and node.startswith(AX) and not node.startswith(AX + "module/"):
                known = (
                    node in declared
                    or (node, RDF.type, OWL.Ontology) in graph
                    or node == URIRef(AX + "0.1.0")
                )
                assert known, f"{node} is used and not declared"


def test_data_ranges_are_in_the_datatype_map_of_owl_2() -> None:
    graph = load_ontology()
    allowed = {XSD.string, XSD.integer, XSD.decimal, XSD.dateTime, XSD.boolean, XSD.anyURI, RDF.langString}
    for term in graph.subjects(RDF.type, OWL.DatatypeProperty):
        ranges = set(graph.objects(term, RDFS.range))
        assert len(ranges) == 1, term
        assert ranges <= allowed, term


def test_hierarchies_have_no_cycles() -> None:
    graph = load_ontology()
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for node in set(graph.subjects(predicate, None)):
            above: set[Node] = set()
            for parent in graph.objects(node, predicate):
                above.update(node for node in graph.transitive_objects(parent, predicate) if node)
            assert node not in above, node


def test_tension_is_between_properties_of_one_kind() -> None:
    words = vocabulary()
    for declared in words.properties.values():
        for other in declared.tensions:
            assert words.properties[other].kind == declared.kind == "object"
            assert words.in_tension(declared.name, other)
            assert words.in_tension(other, declared.name)


def test_versions_and_licence_of_every_module() -> None:
    for path in module_files():
        graph = Graph().parse(path)
        (module,) = graph.subjects(RDF.type, OWL.Ontology)
        assert graph.value(module, OWL.versionIRI)
        assert graph.value(module, URIRef("http://purl.org/dc/terms/license"))


def test_owlready_reads_every_term() -> None:
    world = owlready2.World()
    ontology = world.get_ontology("http://example.org/all#")
    data = load_ontology().serialize(format="ntriples").encode()
    ontology.load(fileobj=io.BytesIO(data))
    assert len(list(world.classes())) >= len(vocabulary().classes)
    assert world[AX + "recognizes"] in set(world.object_properties())
