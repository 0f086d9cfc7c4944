"""The ontology's files: their form, their metadata, OWL 2 DL in the OWL API, alignments, catalogue."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

from araxes.ontology import alignments, turtle_form
from araxes.ontology.loading import load_ontology
from araxes.ontology.module_files import ALIGNMENTS, MODULES, module_files
from araxes.ontology.namespaces import AX, DCTERMS, ONTOLOGY
from araxes.ontology.turtle_form import (
    canonical_turtle,
    declared_kinds,
    formatted,
    is_own,
    out_of_form,
    with_declarations,
)
from araxes.triples.wikidata import property_alignments
from tests.ontology.owl_api import owl_check

DC = "http://purl.org/dc/elements/1.1/"
VANN = "http://purl.org/vocab/vann/"


def test_modules_are_in_form() -> None:
    assert out_of_form() == [], f"run `{turtle_form.REPAIR}`"


def test_form_repairs_order_and_is_stable(tmp_path: Path) -> None:
    for path in module_files():
        shutil.copy(path, tmp_path / path.name)
    lines = (tmp_path / "events.ttl").read_text("utf-8")
    (tmp_path / "events.ttl").write_text(Graph().parse(data=lines).serialize(format="turtle"), "utf-8")
    assert [path.name for path in out_of_form(tmp_path)] == ["events.ttl"]
    assert formatted(tmp_path)[tmp_path / "events.ttl"] == (MODULES / "events.ttl").read_text("utf-8")


def test_form_does_not_depend_on_names_of_blank_nodes() -> None:
    texts = set()
    for first, second in (("a", "b"), ("b", "a")):
        graph = Graph()
        for name, member in ((first, "State"), (second, "Place")):
            graph.add((BNode(name), RDF.type, OWL.AllDisjointClasses))
            graph.add((BNode(name), RDFS.label, Literal(member)))
        texts.add(canonical_turtle(graph))
    assert len(texts) == 1


def test_declarations_follow_use() -> None:
    state, place = URIRef(AX + "State"), URIRef(AX + "Place")
    module = Graph()
    module.add((URIRef(AX + "Isle"), RDFS.subClassOf, place))
    module.add((state, RDF.type, OWL.Class))
    result = with_declarations(module, {state: OWL.Class, place: OWL.Class})
    assert (place, RDF.type, OWL.Class) in result
    assert (state, RDF.type, OWL.Class) not in result


@pytest.mark.parametrize("path", module_files(), ids=[path.stem for path in module_files()])
def test_module_has_complete_metadata(path: Path) -> None:
    graph = Graph().parse(path)
    (module,) = graph.subjects(RDF.type, OWL.Ontology)
    for name in (DCTERMS + "license", DC + "creator", DCTERMS + "created"):
        assert graph.value(module, URIRef(name)), name
    for predicate in (URIRef(DC + "title"), URIRef(DCTERMS + "description"), SKOS.historyNote):
        languages = {getattr(text, "language", None) for text in graph.objects(module, predicate)}
        assert languages == {"en", "fa"}, predicate
    version = str(graph.value(module, OWL.versionInfo))
    assert str(graph.value(module, OWL.versionIRI)) == f"{module}/{version}"


def test_constructs_are_those_that_the_table_of_pitfalls_allows() -> None:
    graph = load_ontology()
    used = {
        str(node).removeprefix(str(OWL))
        for triple in graph
        for node in triple
        if str(node).startswith(str(OWL))
    }
    characteristics = {
        "Asymmetric",
        "Functional",
        "InverseFunctional",
        "Irreflexive",
        "Symmetric",
        "Transitive",
    }
    allowed = {f"{name}Property" for name in characteristics}
    allowed |= {"Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual"}
    allowed |= {
        "Ontology",
        "imports",
        "versionIRI",
        "versionInfo",
        "inverseOf",
        "unionOf",
        "oneOf",
        "equivalentClass",
    }
    allowed |= {
        *("Restriction", "onProperty", "someValuesFrom", "hasValue", "hasSelf", "minCardinality"),
        *("intersectionOf", "propertyChainAxiom", "onDatatype", "withRestrictions", "Thing"),
        "AllDisjointClasses",
        "disjointWith",
        "members",
        "AllDifferent",
        "distinctMembers",
        "deprecated",
    }
    assert used <= allowed
    for term, _ in graph.subject_objects(OWL.equivalentClass):
        assert list(graph.objects(term, OWL.equivalentClass)) == [_]
    for name in graph.objects(None, RDFS.label):
        assert str(name) not in {"is", "is a", "هست", "است"}


def test_every_pitfall_is_spoken_of() -> None:
    text = (
        (MODULES.parent / "README.md")
        .read_text("utf-8")
        .partition("| OOPS! pitfall")[2]
        .partition("\n## ")[0]
    )
    assert sorted(re.findall(r"\bP\d\d\b", text)) == [f"P{number:02}" for number in range(1, 42)]


def test_root_imports_every_module_and_has_the_prefix() -> None:
    graph = Graph().parse(MODULES / "araxes.ttl")
    imported = {str(iri) for iri in graph.objects(URIRef(ONTOLOGY), OWL.imports)}
    assert imported == {f"{ONTOLOGY}/module/{path.stem}" for path in module_files() if path.stem != "araxes"}
    assert str(graph.value(URIRef(ONTOLOGY), URIRef(VANN + "preferredNamespacePrefix"))) == "ax"
    assert str(graph.value(URIRef(ONTOLOGY), URIRef(VANN + "preferredNamespaceUri"))) == AX


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_term_has_an_example(language: str) -> None:
    graph = load_ontology()
    without = [
        str(term)
        for term in declared_kinds(graph)
        if is_own(term)
        and not any(getattr(t, "language", "") == language for t in graph.objects(term, SKOS.example))
    ]
    assert without == [], "add skos:example (en, fa), or run `python -m araxes.triples.exports.term_examples`"


@pytest.mark.parametrize("path", module_files(), ids=[path.stem for path in module_files()])
def test_each_module_declares_what_it_uses(path: Path) -> None:
    graph = Graph().parse(path)
    used = {node for triple in graph for node in triple if is_own(node)}
    used -= set(graph.objects(None, OWL.versionIRI))
    assert used <= set(declared_kinds(graph)), f"run `{turtle_form.REPAIR}`"


def test_owl_api_finds_a_violation(tmp_path: Path) -> None:
    file = tmp_path / "wrong.ttl"
    file.write_text(
        f"<http://example.org/o> a <{OWL.Ontology}> . <{AX}x> <{RDFS.subClassOf}> <{AX}y> .", "utf-8"
    )
    assert owl_check(file, tmp_path)["violation"]


def test_alignments_are_made_from_the_table() -> None:
    text = (ALIGNMENTS / "alignments.ttl").read_text("utf-8")
    assert text == alignments.alignment_text(), f"run `{alignments.REPAIR}`"


def test_alignments_with_wikidata_are_those_of_the_mappings() -> None:
    text = (ALIGNMENTS / alignments.WIKIDATA_TABLE).read_text("utf-8")
    assert text == property_alignments.wikidata_table(), f"run `{property_alignments.REPAIR}`"


def test_every_alignment_has_a_reason_in_persian() -> None:
    pairs = {(subject, value) for subject, _, value, _ in alignments.read_alignments()}
    found = alignments.persian_reasons()
    assert found.keys() == pairs, "alignments/persian.tsv: add what is missing, remove what is no alignment"
    assert all(re.search("[ء-ی]", reason) for reason in found.values())


def test_direct_properties_of_wikidata_lead_to_their_pages() -> None:
    graph = alignments.alignment_graph()
    direct, page = (URIRef(alignments.ALIGNMENT_PREFIXES[prefix] + "P530") for prefix in ("wdt", "wd"))
    assert (URIRef(AX + "hasDiplomaticRelationsWith"), SKOS.exactMatch, direct) in graph
    assert (direct, RDFS.seeAlso, page) in graph
    assert not list(graph.triples((direct, RDF.type, None))), "a match is an annotation and declares nothing"


def test_alignments_reach_every_vocabulary() -> None:
    rows = list(alignments.read_alignments())
    assert len(rows) == len({row[:3] for row in rows}) > 90
    own = {"ax", "rdf", "rdfs", "owl", "xsd", "bibo", "vann", "wd", "dc"}
    for prefix in alignments.ALIGNMENT_PREFIXES.keys() - own:
        namespace = alignments.ALIGNMENT_PREFIXES[prefix]
        assert any(value.startswith(namespace) for _, _, value, _ in rows), prefix


def test_alignments_refuse_what_they_do_not_know(tmp_path: Path) -> None:
    head = "subject\tpredicate\tobject\treason\n"
    for row in (
        "ax:State\tskos:closeMatch\tnope:X\tbecause",
        "ax:Stat\tskos:closeMatch\tfoaf:Agent\tbecause",
    ):
        (tmp_path / "alignments.tsv").write_text(head + row + "\n", "utf-8")
        with pytest.raises(ValueError, match=r"alignments\.tsv"):
            list(alignments.read_alignments(tmp_path))
