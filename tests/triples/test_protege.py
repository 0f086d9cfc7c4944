"""The OWL file for Protégé, read by the OWL API and by HermiT."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

from araxes.endpoint.cli.main import main
from araxes.ontology.errors import InputError
from araxes.ontology.loading import load_ontology
from araxes.ontology.namespaces import AX, BASE, DCTERMS, local_name
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.derived.claim_graphs import ClaimGraph, read_claim_graphs, triple_of
from araxes.triples.derived.inference import inferred_triples, ontology_rules
from araxes.triples.exports.owl_functional import JARS, class_path, functional_syntax
from araxes.triples.exports.protege import protege_rdfxml
from araxes.triples.exports.protege_variants import EXPORT
from araxes.triples.stores.versioned_store import publish
from araxes.triples.wikidata.sssom_tables import read_mappings
from tests.dataset_helper import dataset_of
from tests.ontology.owl_api import assert_clean, hermit_consistent, owl_check, skeleton
from tests.requirements_helper import missing, require_tool
from tests.triples.corpus_fixtures import TinyCorpus, span, tiny_corpus

ALPHA, BETA, GAMMA = (URIRef(BASE + "state/" + name) for name in ("alpha", "beta", "gamma"))
STATED_IN = URIRef(AX + "statedIn")


def claim(number: int) -> URIRef:
    """A claim of the test source."""
    return URIRef(f"{BASE}claim/test/{number:03}")


def exported(tiny: TinyCorpus) -> tuple[bytes, Graph]:
    """The tiny corpus as OWL, as bytes and as a graph."""
    data = protege_rdfxml(dataset_of(tiny.entity_folder, tiny.source_folder))
    return data, Graph().parse(data=data, format="xml")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Graph]:
    """The tiny corpus as it is, as OWL; no test changes it."""
    return exported(tiny_corpus(tmp_path_factory.mktemp("plain")).write())


def evidence(graph: Graph, subject: URIRef, name: str, value: URIRef | Literal) -> set[URIRef]:
    """The claims that an assertion is annotated with."""
    return {
        URIRef(str(found))
        for axiom in graph.subjects(OWL.annotatedSource, subject)
        if (axiom, OWL.annotatedProperty, URIRef(AX + name)) in graph
        and (axiom, OWL.annotatedTarget, value) in graph
        for found in graph.objects(axiom, STATED_IN)
    }


def test_uncontested_statement_is_asserted_with_all_its_claims(tiny: TinyCorpus) -> None:
    again = {**tiny.claims[0], "id": "claim/test/004", "passage": span(0, 20)}
    again["asserts"] = [{"id": "state/alpha", "recognizes": "state/beta"}]
    tiny.claims.append(again)
    _, graph = exported(tiny.write())
    assert (ALPHA, URIRef(AX + "recognizes"), BETA) in graph
    assert evidence(graph, ALPHA, "recognizes", BETA) == {claim(1), claim(4)}


def test_symmetric_and_inverse_statements_are_seen_from_both_ends(tiny: TinyCorpus) -> None:
    asserts = [{"id": "state/alpha", "tradesWith": "state/beta", "territorialPartOf": "state/gamma"}]
    tiny.claims[0]["asserts"] = asserts
    tiny.claims.append({**tiny.claims[0], "id": "claim/test/004", "passage": span(0, 20)})
    tiny.claims[-1]["asserts"] = [{"id": "state/beta", "tradesWith": "state/alpha"}]
    _, graph = exported(tiny.write())
    for one, other in ((ALPHA, BETA), (BETA, ALPHA)):
        assert (one, URIRef(AX + "tradesWith"), other) in graph
        assert evidence(graph, one, "tradesWith", other) == {claim(1), claim(4)}
    assert (GAMMA, URIRef(AX + "hasTerritorialPart"), ALPHA) in graph
    assert evidence(graph, GAMMA, "hasTerritorialPart", ALPHA) == {claim(1)}


def test_reported_statement_is_readable_and_not_asserted(plain: tuple[bytes, Graph]) -> None:
    _, graph = plain
    assert (BETA, URIRef(AX + "perceivesThreatFrom"), ALPHA) not in graph
    text = Literal("Beta perceives threat from Alpha", lang="en")
    for thing in (ALPHA, BETA):
        assert (thing, URIRef(AX + "claimedOf"), text) in graph
        assert evidence(graph, thing, "claimedOf", text) == {claim(2)}
    assert (claim(2), URIRef(AX + "statementText"), text) in graph


def test_denied_statement_is_a_negative_property_assertion_of_its_claim(plain: tuple[bytes, Graph]) -> None:
    _, graph = plain
    (denial,) = graph.subjects(RDF.type, OWL.NegativePropertyAssertion)
    assert graph.value(denial, OWL.sourceIndividual) == GAMMA
    assert graph.value(denial, OWL.assertionProperty) == URIRef(AX + "aids")
    assert graph.value(denial, OWL.targetIndividual) == BETA
    assert graph.value(denial, STATED_IN) == claim(3)
    assert (GAMMA, URIRef(AX + "aids"), BETA) not in graph


def test_a_denial_that_a_claim_contradicts_is_not_asserted_either(tiny: TinyCorpus) -> None:
    other = {**tiny.claims[0], "id": "claim/test/004", "passage": span(0, 20)}
    other["asserts"] = [{"id": "state/gamma", "aids": "state/beta"}]
    tiny.claims.append(other)
    _, graph = exported(tiny.write())
    assert not list(graph.subjects(RDF.type, OWL.NegativePropertyAssertion))
    assert (GAMMA, URIRef(AX + "aids"), BETA) not in graph
    said = {str(text) for text in graph.objects(GAMMA, URIRef(AX + "claimedOf"))}
    assert {"Gamma gives aid to Beta", "denied: Gamma gives aid to Beta"} <= said


def test_claims_are_individuals_with_their_description(plain: tuple[bytes, Graph]) -> None:
    _, graph = plain
    assert (claim(1), RDF.type, OWL.NamedIndividual) in graph
    assert (claim(1), URIRef(AX + "holder"), URIRef(BASE + "source/test#author")) in graph
    assert {getattr(text, "language", "") for text in graph.objects(claim(1), URIRef(AX + "paraphrase"))} == {
        "en",
        "fa",
    }
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [URIRef(EXPORT)]


def test_everything_has_a_label_in_both_languages(plain: tuple[bytes, Graph]) -> None:
    _, graph = plain
    for thing in graph.subjects(RDF.type, OWL.NamedIndividual):
        languages = {getattr(text, "language", "") for text in graph.objects(thing, RDFS.label)}
        assert {"en", "fa"} <= languages, thing
    labels = {str(text) for text in graph.objects(claim(1), RDFS.label)}
    assert labels == {f"{text} (test/001)" for text in graph.objects(claim(1), URIRef(AX + "paraphrase"))}
    passage = graph.value(claim(1), URIRef(AX + "passage"))
    assert (passage, RDFS.label, Literal("specific resource (test/001#passage-1)", lang="en")) in graph


def test_equal_data_give_equal_bytes(plain: tuple[bytes, Graph], tiny: TinyCorpus) -> None:
    assert exported(tiny)[0] == plain[0]


def test_hermit_notices_a_contradiction(plain: tuple[bytes, Graph], tmp_path: Path) -> None:
    data, graph = plain[0], Graph().parse(data=plain[0], format="xml")
    fine, wrong = tmp_path / "fine.owl", tmp_path / "wrong.owl"
    fine.write_bytes(data)
    graph.add((GAMMA, URIRef(AX + "aids"), BETA))
    graph.serialize(wrong, format="xml")
    assert hermit_consistent(fine)
    assert not hermit_consistent(wrong)


@pytest.fixture(scope="module")
def whole(project_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own dataset, written by the command line."""
    path = tmp_path_factory.mktemp("protege") / "araxes.owl"
    done = CliRunner().invoke(main, ["export", "protege", "--store", str(project_store), "-o", str(path)])
    assert done.exit_code == 0, done.output
    return path


@pytest.fixture(scope="module")
def read_back(whole: Path) -> ox.Store:
    """The same, as triples."""
    store = ox.Store()
    store.bulk_load(path=str(whole), format=ox.RdfFormat.RDF_XML)
    return store


def test_owl_api_reads_the_whole_file(whole: Path, project: ox.Store, tmp_path: Path) -> None:
    found = owl_check(whole, tmp_path, about=f"{BASE}state/iran")
    assert_clean(found)
    assert int(found["sampled"][0]) > 5000
    # Our own program for functional syntax, on some axioms of each form with each property.
    assert functional_syntax((tmp_path / f"{whole.name}-rdfxml.owl").read_bytes())
    claims = read_claim_graphs(project)
    bare = {triple_of(quad) for quad in project.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    properties = vocabulary().properties
    relations = set()
    for each in claims.values():
        for quad in each.quads:
            subject, predicate, value = triple_of(quad)
            if (subject, predicate, value) not in bare or not isinstance(quad.object, ox.NamedNode):
                continue
            if predicate == DCTERMS + "creator":
                relations.add((subject, predicate, value))
            if declared := properties.get(local_name(predicate)):
                relations.add((subject, predicate, value))
                relations |= {(value, AX + name, subject) for name in declared.inverses}
                relations |= {(value, predicate, subject)} if declared.symmetric else set()
    assert int(found["ObjectPropertyAssertion-annotated"][0]) == len(relations) > 1000
    iran = [
        line for line in found["axiom"] if "ObjectPropertyAssertion(" in line and f"<{STATED_IN}>" in line
    ]
    assert len(iran) > 50
    assert int(found["NegativeObjectPropertyAssertion-annotated"][0]) > 10


def test_every_link_of_the_mappings_is_in_the_whole_file(read_back: ox.Store) -> None:
    for row in read_mappings().rows():
        if row.found:
            link = (ox.NamedNode(row.iri(f"{name}_id")) for name in ("subject", "predicate", "object"))
            assert ox.Quad(*link) in read_back


def test_every_claim_is_in_the_whole_file(read_back: ox.Store, project: ox.Store) -> None:
    kind, individual = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(OWL.NamedIndividual))
    claims = read_claim_graphs(project)
    assert len(claims) > 1000
    for iri, each in claims.items():
        node = ox.NamedNode(iri)
        assert ox.Quad(node, kind, individual) in read_back, iri
        assert next(read_back.quads_for_pattern(node, ox.NamedNode(AX + "statementText"), None), None), iri
        assert next(read_back.quads_for_pattern(node, ox.NamedNode(AX + "passage"), None), None), iri
        assert each.holders


def test_hermit_finds_the_whole_file_consistent(read_back: ox.Store, tmp_path: Path) -> None:
    assert hermit_consistent(skeleton(read_back, tmp_path))


_DENIED = tuple(str(OWL[name]) for name in ("sourceIndividual", "assertionProperty", "targetIndividual"))


def test_what_follows_from_all_claims_together_contradicts_nothing(
    read_back: ox.Store, project: ox.Store
) -> None:
    """In the file the claims' bare statements stand together: by chains more follows than from each alone."""
    dataset = ox.Dataset(project)
    bare = [quad for quad in dataset if isinstance(quad.graph_name, ox.DefaultGraph)]
    said = {triple_of(quad) for quad in bare}
    known = {str(RDF.type), *ontology_rules().properties, *(AX + name for name in vocabulary().properties)}
    ruled = [quad for quad in bare if quad.predicate.value in known]  # from texts nothing follows
    said |= {triple_of(each) for each in inferred_triples(ClaimGraph("all", quads=ruled), ontology_rules())}
    assert len(said) > len(bare) + 1000
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    for name in _DENIED:
        for each in read_back.quads_for_pattern(None, ox.NamedNode(name), None):
            parts[str(each.subject)][name] = str(each.object)
    denied = {(p[_DENIED[0]], p[_DENIED[1]].strip("<>"), p.get(_DENIED[2], "")) for p in parts.values()}
    assert len(denied) > 10
    assert not denied & said
    kinds: dict[str, set[str]] = defaultdict(set)
    classes = vocabulary().classes
    for subject, predicate, value in said:
        if predicate == str(RDF.type) and local_name(value.strip("<>")) in classes:
            kinds[subject] |= {local_name(value.strip("<>")), *classes[local_name(value.strip("<>"))]}
    ontology = load_ontology()
    disjoint = [
        {local_name(str(each)) for each in ontology.items(ontology.value(group, OWL.members) or RDF.nil)}
        for group in ontology.subjects(RDF.type, OWL.AllDisjointClasses)
    ]
    assert len(disjoint) > 5
    assert not [
        (name, own & group) for name, own in kinds.items() for group in disjoint if len(own & group) > 1
    ]
    for trait in (OWL.IrreflexiveProperty, OWL.AsymmetricProperty):
        names = {str(each) for each in ontology.subjects(RDF.type, trait)}
        assert not [each for each in said if each[1] in names and each[0] == each[2]]


def test_functional_syntax_says_what_is_missing(
    project_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["export", "protege", "--format", "functional", "--store", str(project_store)]
    done = CliRunner().invoke(main, [*command, "--jars", str(tmp_path)])
    assert done.exit_code == 1
    assert "no owlapi-*.jar" in done.output
    monkeypatch.setenv("PATH", str(tmp_path))
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert "install Java" in done.output


def test_jars_are_named_one_by_one_where_others_lie_beside_them(tmp_path: Path) -> None:
    require_tool("javac", "apt-get install openjdk-17-jdk-headless")
    if not (JARS / "owlapi-distribution.jar").exists():
        missing("the OWL API", "apt-get install libowlapi-java")
    named = [Path(name) for name in class_path().split(":")]
    assert len(named) > 20
    assert all(path.suffix == ".jar" and path.exists() for path in named)
    (tmp_path / "owlapi-osgidistribution-5.1.20.jar").touch()
    assert class_path(tmp_path) == f"{tmp_path}/*"


def test_functional_syntax_is_refused_where_the_owl_api_understands_less(tmp_path: Path) -> None:
    require_tool("javac", "apt-get install openjdk-17-jdk-headless")
    with pytest.raises(InputError, match="the OWL API failed"):
        functional_syntax(b"no ontology")


def test_without_claims_there_is_nothing_to_export(tmp_path: Path) -> None:
    node = ox.NamedNode("http://example.org/a")
    publish([ox.Quad(node, node, node)], tmp_path / "store", origin="load")
    done = CliRunner().invoke(main, ["export", "protege", "--store", str(tmp_path / "store")])
    assert done.exit_code == 1
    assert "no claims" in done.output
