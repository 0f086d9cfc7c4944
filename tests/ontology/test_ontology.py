"""The ontology: complete in both languages, closed under its own references, plain OWL 2 DL."""

from __future__ import annotations

import io

import owlready2
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from araxes.ontology.loading import load_ontology
from araxes.ontology.module_files import module_files
from araxes.ontology.namespaces import AX, ONTOLOGY
from araxes.ontology.vocabulary import vocabulary

KINDS = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.NamedIndividual,
    RDFS.Datatype,
)


def terms() -> list[URIRef]:
    """Every declared term of the project."""
    graph = load_ontology()
    found = {term for kind in KINDS for term in graph.subjects(RDF.type, kind)}
    return sorted(term for term in found if isinstance(term, URIRef) and term.startswith(AX))


def deprecated() -> set[Node]:
    """Terms that have a successor."""
    return set(load_ontology().subjects(OWL.deprecated, Literal(True)))


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
                    or node == graph.value(URIRef(ONTOLOGY), OWL.versionIRI)
                )
                assert known, f"{node} is used and not declared"


def test_data_ranges_are_in_the_datatype_map_of_owl_2() -> None:
    graph = load_ontology()
    allowed = {
        RDF.PlainLiteral,
        XSD.string,
        XSD.integer,
        XSD.decimal,
        XSD.dateTime,
        XSD.boolean,
        XSD.anyURI,
        XSD.language,
    }
    defined = set(graph.subjects(RDF.type, RDFS.Datatype))
    for term in set(graph.subjects(RDF.type, OWL.DatatypeProperty)) - deprecated():
        (given,) = graph.objects(term, RDFS.range)
        assert given in allowed | defined, term
    for datatype in defined:
        definition = graph.value(datatype, OWL.equivalentClass)
        if isinstance(datatype, URIRef):
            assert graph.value(definition, OWL.onDatatype) in {XSD.string, None}, datatype


def test_hierarchies_have_no_cycles() -> None:
    graph = load_ontology()
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for node in set(graph.subjects(predicate, None)):
            above: set[Node] = set()
            for parent in graph.objects(node, predicate):
                above.update(node for node in graph.transitive_objects(parent, predicate) if node)
            assert node not in above, node


def test_few_classes_stand_at_the_top() -> None:
    graph = load_ontology()
    classes = {each for each in graph.subjects(RDF.type, OWL.Class) if isinstance(each, URIRef)}
    tops = {
        each
        for each in classes - deprecated()
        if not any(isinstance(above, URIRef) for above in graph.objects(each, RDFS.subClassOf))
    }
    assert len(tops) <= 10
    assert {str(each) for each in tops if each.startswith(AX)} == {AX + "Entity", AX + "GraphElement"}
    assert len(set(graph.subjects(RDFS.subClassOf, URIRef(AX + "Entity")))) <= 10


def test_nobody_writes_what_only_follows() -> None:
    words = vocabulary()
    assert {"Factor", "Mediator", "rollVisit", "partOf"} <= words.follows_only
    assert not words.follows_only & {"State", "Modality", "Stance", "supports"}


def test_what_is_deprecated_has_a_successor_and_is_no_term_any_more() -> None:
    graph, words = load_ontology(), vocabulary()
    for term in deprecated():
        assert graph.value(term, URIRef("http://purl.org/dc/terms/isReplacedBy")), term
    assert words.successors["contains"] == "seeksToContain"
    assert not words.successors.keys() & (words.classes.keys() | words.properties.keys()) - {
        "author",
        "title",
        "language",
    }


def test_properties_with_chains_or_transitivity_are_not_restricted_as_simple_ones() -> None:
    graph = load_ontology()
    composite = set(graph.subjects(OWL.propertyChainAxiom)) | set(
        graph.subjects(RDF.type, OWL.TransitiveProperty)
    )
    agenda = list(composite)
    while agenda:
        term = agenda.pop()
        near = {*graph.objects(term, RDFS.subPropertyOf), *graph.objects(term, OWL.inverseOf)}
        near |= {each for each in graph.subjects(OWL.inverseOf, term) if not isinstance(each, BNode)}
        agenda += near - composite
        composite |= near
    simple = {OWL.IrreflexiveProperty, OWL.AsymmetricProperty, OWL.FunctionalProperty}
    for term in composite:
        assert not simple & set(graph.objects(term, RDF.type)), term
    for name in ("memberOf", "perceivesThreatFrom", "recognizes", "subEventOf", "hasRelationsWith"):
        assert (URIRef(AX + name), URIRef(AX + "noSelfRelation"), Literal(True)) in graph, name


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
    whole = load_ontology()
    whole.remove((None, OWL.imports, None))  # owlready2 would look for them on the web
    data = whole.serialize(format="ntriples").encode()
    ontology.load(fileobj=io.BytesIO(data))
    assert len(list(world.classes())) >= len(vocabulary().classes)
    assert world[AX + "recognizes"] in set(world.object_properties())
