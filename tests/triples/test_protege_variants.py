"""The forms of the OWL file for Protégé: what each holds, and that the OWL API reads all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

from araxes.endpoint.cli.main import main
from araxes.ontology.namespaces import AX, BASE, DC, OA
from araxes.triples.exports.file_list import FILES
from araxes.triples.exports.protege import protege_rdfxml
from araxes.triples.exports.protege_variants import (
    ANNOTATIONS,
    DISPUTES,
    SLIM,
    VARIANTS,
    WHOLE,
    Variant,
    left_out,
)
from araxes.triples.stores.versioned_store import publish
from araxes.validation.disagreement.points_at_issue import KINDS
from tests.dataset_helper import dataset_of
from tests.ontology.owl_api import SAME, assert_clean, hermit_consistent, owl_checks
from tests.triples.corpus_fixtures import TinyCorpus, claims, span, tiny_corpus

ALPHA, BETA, GAMMA = (URIRef(BASE + "state/" + name) for name in ("alpha", "beta", "gamma"))
FUNCTIONAL = "whole.ofn"
COMPARED = {"Disagreement", "ComparedSide", "PointAtIssue", "DisputePosition"}


def claim(number: int) -> URIRef:
    """A claim of the test source."""
    return URIRef(f"{BASE}claim/test/{number:03}")


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> TinyCorpus:
    """The tiny corpus, in which claims contradict each other."""
    corpus = tiny_corpus(tmp_path_factory.mktemp("disputed"))
    for number, base, asserts in (
        (4, 0, {"id": "state/gamma", "aids": "state/beta"}),
        (5, 0, {"id": "state/alpha", "recognizes": "state/beta"}),
    ):
        again = {**claims()[base], "id": f"claim/test/{number:03}", "passage": span(number, 20)}
        corpus.claims.append({**again, "asserts": [asserts]})
    return corpus.write()


@pytest.fixture(scope="module")
def folder(disputed: TinyCorpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All forms of the file, each as the command line writes it."""
    made = tmp_path_factory.mktemp("variants")
    dataset = dataset_of(disputed.entity_folder, disputed.source_folder)
    publish(dataset, made / "store", origin="build")
    for name in VARIANTS:
        command = ["export", "protege", "--variant", name, "--store", str(made / "store")]
        done = CliRunner().invoke(main, [*command, "-o", str(made / f"{name}.owl")])
        assert done.exit_code == 0, done.output
    command = ["export", "protege", "--format", "functional", "--store", str(made / "store")]
    done = CliRunner().invoke(main, [*command, "-o", str(made / FUNCTIONAL)])
    assert done.exit_code == 0, done.output
    return made


@pytest.fixture(scope="module")
def graphs(folder: Path) -> dict[str, Graph]:
    """The same, as graphs."""
    return {name: Graph().parse(folder / f"{name}.owl", format="xml") for name in VARIANTS}


def kinds(graph: Graph) -> set[str]:
    """The classes that have members, by local name."""
    return {str(kind).removeprefix(AX) for kind in graph.objects(None, RDF.type)}


def test_the_owl_api_reads_every_form(folder: Path) -> None:
    files = [folder / f"{name}.owl" for name in VARIANTS]
    found = owl_checks(files, folder, f"-Dsame={folder / FUNCTIONAL}")
    assert found["whole.owl"]["same"] == [SAME]
    assert len(found) == len(VARIANTS)
    for check in found.values():
        assert_clean(check)
        assert int(check["ObjectPropertyAssertion-annotated"][0]) > 2
        assert check["imported"] == ["0"]


def test_no_form_imports_anything_and_each_is_an_ontology_of_its_own(
    folder: Path, graphs: dict[str, Graph]
) -> None:
    """Protégé finds a file that another imports by its ``xml:base``."""
    iris, titles = set(), set()
    for name, graph in graphs.items():
        assert not list(graph.objects(None, OWL.imports))
        (iri,) = graph.subjects(RDF.type, OWL.Ontology)
        (base,) = re.findall(rb' xml:base="([^"]*)"', (folder / f"{name}.owl").read_bytes())
        assert base.decode() == str(iri) == VARIANTS[name].iri
        assert str(graph.value(iri, OWL.versionIRI)).startswith(f"{iri}/")
        iris.add(iri)
        titles.add(frozenset(graph.objects(iri, URIRef(DC + "title"))))
    assert len(iris) == len(titles) == len(VARIANTS)


def test_only_the_whole_has_passages(graphs: dict[str, Graph]) -> None:
    for name, graph in graphs.items():
        whole = name == WHOLE.name
        assert ("TextPositionSelector" in str(list(graph.objects(None, RDF.type)))) is whole
        for number in (1, 2, 3):
            assert bool(graph.value(claim(number), URIRef(AX + "passage"))) is whole
        assert bool(list(graph.objects(None, URIRef(OA + "hasSelector")))) is whole


def test_two_have_disputes(graphs: dict[str, Graph]) -> None:
    for name, graph in graphs.items():
        assert (kinds(graph) & COMPARED == COMPARED) is (name in (WHOLE.name, DISPUTES.name)), name
    for name in (SLIM.name, ANNOTATIONS.name):
        assert not kinds(graphs[name]) & COMPARED
    positions = set(graphs[DISPUTES.name].subjects(RDF.type, URIRef(AX + "DisputePosition")))
    assert len(positions) == 2
    given = {value for each in positions for value in graphs[DISPUTES.name].objects(each)}
    assert {claim(3), claim(4)} <= given


@pytest.mark.parametrize("variant", [SLIM, DISPUTES], ids=lambda each: str(each.name))
def test_without_notes_what_is_claimed_ends_with_its_claim(
    graphs: dict[str, Graph], variant: Variant
) -> None:
    graph = graphs[variant.name]
    said = {str(text) for text in graph.objects(BETA, URIRef(AX + "claimedOf"))}
    assert "Beta perceives threat from Alpha (test/002)" in said
    assert (
        claim(2),
        URIRef(AX + "statementText"),
        Literal("Beta perceives threat from Alpha", lang="en"),
    ) in graph
    assert not list(graph.subjects(OWL.annotatedProperty, URIRef(AX + "claimedOf")))


def test_claims_may_be_annotations(graphs: dict[str, Graph]) -> None:
    graph = graphs[ANNOTATIONS.name]
    for number in range(1, 6):
        assert not list(graph.predicate_objects(claim(number)))
    (axiom,) = (
        each
        for each in graph.subjects(OWL.annotatedSource, ALPHA)
        if (each, OWL.annotatedTarget, BETA) in graph
    )
    assert set(graph.objects(axiom, URIRef(AX + "statedIn"))) == {claim(1), claim(5)}
    comments = set(graph.objects(axiom, RDFS.comment))
    assert (
        Literal("Alpha recognized Beta in 1992. – Test author, Test paper (test/001)", lang="en") in comments
    )
    assert {getattr(each, "language", "") for each in comments} == {"en", "fa"}
    said = {str(text) for text in graph.objects(BETA, URIRef(AX + "claimedOf"))}
    assert "Beta perceives threat from Alpha – Beta, Test paper (test/002)" in said


def test_a_denial_keeps_what_is_told_of_its_claim(tiny: TinyCorpus) -> None:
    data = protege_rdfxml(dataset_of(tiny.entity_folder, tiny.source_folder), ANNOTATIONS)
    graph = Graph().parse(data=data, format="xml")
    (denial,) = graph.subjects(RDF.type, OWL.NegativePropertyAssertion)
    assert graph.value(denial, URIRef(AX + "statedIn")) == claim(3)
    assert any("(test/003)" in str(text) for text in graph.objects(denial, RDFS.comment))
    assert graph.value(denial, OWL.sourceIndividual) == GAMMA


def test_nothing_is_said_of_what_a_form_leaves_out(graphs: dict[str, Graph]) -> None:
    """No relation leads to a thing that has neither declaration nor description."""
    for name, graph in graphs.items():
        properties = set(graph.subjects(RDF.type, OWL.ObjectProperty))
        loose = {
            (predicate, value)
            for _, predicate, value in graph
            if predicate in properties and (value, RDF.type, OWL.NamedIndividual) not in graph
        }
        assert not loose, name


def test_what_is_asserted_is_the_same_in_all(graphs: dict[str, Graph]) -> None:
    things = (ALPHA, BETA, GAMMA)
    relations = [
        {t for t in graph if t[0] in things and t[2] in things and str(t[1]).startswith(AX)}
        for graph in graphs.values()
    ]
    assert relations[0]
    assert all(each == relations[0] for each in relations)


def test_hermit_finds_every_form_consistent(folder: Path) -> None:
    assert all(hermit_consistent(folder / f"{each.name}.owl") for each in (DISPUTES, ANNOTATIONS))


def test_every_form_is_offered_for_download() -> None:
    offered = [name for name in FILES if name.startswith("protege")]
    assert len(offered) == len(VARIANTS)


def test_an_unknown_form_is_refused_with_those_that_there_are() -> None:
    done = CliRunner().invoke(main, ["export", "protege", "--variant", "thin"])
    assert done.exit_code == 2
    assert all(name in done.output for name in VARIANTS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_point_at_issue_is_left_out(kind: str) -> None:
    """Its own class is enough: nothing that is shown beside disputes stays where disputes go."""
    point = ox.NamedNode(BASE + "dispute/x")
    typed = ox.Quad(point, ox.NamedNode(str(RDF.type)), ox.NamedNode(AX + kind), ox.DefaultGraph())
    assert left_out([typed], SLIM) == {point}
    assert left_out([typed], DISPUTES) == set()
