"""``araxes reason`` and the inferred graphs: what follows, from which claim, and why not."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import OWL as RDFLIB_OWL
from rdflib import Graph

from araxes.endpoint.cli.main import main
from araxes.ontology.loading import load_ontology
from araxes.ontology.module_files import module_files
from araxes.ontology.namespaces import AX, BASE, OWL, PROV, RDF, RDFS
from araxes.ontology.reasoning import axiom_file, explain, reason
from araxes.triples.derived.claim_graphs import ClaimGraph, read_claim_graphs
from araxes.triples.derived.inference import SUFFIX, inferred_triples, ontology_rules
from tests.dataset_helper import dataset_of
from tests.requirements_helper import require_tool
from tests.triples.corpus_fixtures import TinyCorpus

CLAIM = BASE + "claim/test/001"


def ax(name: str) -> ox.NamedNode:
    """A term of the ontology."""
    return ox.NamedNode(AX + name)


def thing(name: str) -> ox.NamedNode:
    """An entity."""
    return ox.NamedNode(BASE + name)


def follows(*statements: tuple[str, str, str]) -> set[tuple[str, str, str]]:
    """What follows from statements of one claim, as local names."""
    quads = []
    for subject, name, value in statements:
        kind = ox.NamedNode(RDF + "type") if name == "type" else ax(name)
        target = ax(value) if name == "type" else thing(value)
        quads.append(ox.Quad(thing(subject), kind, target, ox.NamedNode(CLAIM)))
    found = inferred_triples(ClaimGraph(CLAIM, quads=quads), ontology_rules())
    return {
        (
            triple.subject.value.removeprefix(BASE),
            triple.predicate.value.removeprefix(AX).removeprefix(RDF),
            triple.object.value.removeprefix(AX).removeprefix(BASE),
        )
        for triple in found
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode)
    }


def test_symmetry_and_sub_properties() -> None:
    found = follows(("a", "alliedWith", "b"))
    assert {("b", "alliedWith", "a"), ("b", "cooperatesWith", "a"), ("a", "hasRelationsWith", "b")} <= found
    assert ("a", "alliedWith", "b") not in found


def test_inverses() -> None:
    assert ("b", "hasMember", "a") in follows(("a", "memberOf", "b"))
    assert ("b", "hasPart", "a") in follows(("a", "subEventOf", "b"))


def test_types_from_classes_and_domains() -> None:
    assert {("w", "type", "Conflict"), ("w", "type", "Event")} <= follows(("w", "type", "War"))
    found = follows(("a", "recognizes", "b"))
    assert found == {("a", "type", "Actor"), ("b", "type", "Actor")}


def test_transitivity_within_a_claim_only() -> None:
    chain = (("a", "locatedIn", "b"), ("b", "locatedIn", "c"))
    assert ("a", "locatedIn", "c") in follows(*chain)
    assert not any(("a", "locatedIn", "c") in follows(each) for each in chain)


def test_a_relation_without_symmetry_is_not_turned_round() -> None:
    assert ("b", "perceivesThreatFrom", "a") not in follows(("a", "perceivesThreatFrom", "b"))


def test_inferred_graph_names_its_claim_and_is_no_claim(tiny: TinyCorpus) -> None:
    dataset = dataset_of(tiny.entity_folder, tiny.source_folder)
    name = ox.NamedNode(CLAIM + SUFFIX)
    default = ox.DefaultGraph()
    assert ox.Quad(name, ox.NamedNode(PROV + "wasDerivedFrom"), ox.NamedNode(CLAIM), default) in dataset
    assert ox.Quad(name, ox.NamedNode(RDF + "type"), ax("Inference"), default) in dataset
    assert list(dataset.quads_for_graph_name(name))
    assert set(read_claim_graphs(dataset)) == {f"{BASE}claim/test/00{number}" for number in (1, 2, 3)}


def test_nothing_follows_from_a_denial(tiny: TinyCorpus) -> None:
    dataset = dataset_of(tiny.entity_folder, tiny.source_folder)
    denied = ox.NamedNode(f"{BASE}claim/test/003{SUFFIX}")
    assert not [quad for quad in dataset.quads_for_graph_name(denied) if quad.predicate == ax("aids")]


def test_query_tells_stated_from_inferred_and_names_the_evidence(project: ox.Store) -> None:
    query = f"""PREFIX ax: <{AX}> PREFIX prov: <{PROV}>
    SELECT DISTINCT ?claim WHERE {{
      GRAPH ?inferred {{ ?a ax:hasRelationsWith ?b }}
      ?inferred a ax:Inference ; prov:wasDerivedFrom ?claim .
      ?claim a ax:Claim . FILTER NOT EXISTS {{ GRAPH ?claim {{ ?a ax:hasRelationsWith ?b }} }}
    }}"""
    found = project.query(query)
    assert isinstance(found, ox.QuerySolutions)
    assert len(list(found)) > 50


def test_no_inferred_statement_is_stated_by_its_claim(project: ox.Store) -> None:
    graphs = [graph for graph in project.named_graphs() if str(graph).endswith(SUFFIX + ">")]
    assert len(graphs) > 1000
    for graph in graphs:
        assert isinstance(graph, ox.NamedNode)
        claim = ox.NamedNode(graph.value.removesuffix(SUFFIX))
        stated = {quad.triple for quad in project.quads_for_pattern(None, None, None, claim)}
        assert stated
        assert not stated & {q.triple for q in project.quads_for_pattern(None, None, None, graph)}


def classes() -> Graph:
    """The modules that describe actors and places: what the reasoner decides in a second."""
    graph = Graph()
    for path in module_files():
        if path.stem in ("upper", "actors"):
            graph.parse(path, format="turtle")
    return graph


def contradiction(member: bool) -> bytes:
    """These modules with a class below two disjoint ones, and perhaps a member of it."""
    city_state = AX + "CityState"
    lines = [
        f"<{city_state}> <{RDF}type> <{OWL}Class> .",
        f"<{city_state}> <{RDFS}subClassOf> <{AX}City> .",
        f"<{city_state}> <{RDFS}subClassOf> <{AX}State> .",
    ]
    if member:
        lines += [
            f"<{BASE}x> <{RDF}type> <{city_state}> .",
            f"<{BASE}x> <{RDF}type> <{OWL}NamedIndividual> .",
        ]
    return classes().serialize(format="nt", encoding="utf-8") + "\n".join(lines).encode() + b"\n"


def test_unsatisfiable_class_is_found_and_explained() -> None:
    require_tool("java")
    verdict = reason(contradiction(member=False), say_why=False)
    assert verdict.consistent
    assert verdict.unsatisfiable == (AX + "CityState",)
    why = verdict.explanations[AX + "CityState"]
    for axiom in ("CityState subClassOf City", "CityState subClassOf State", "DisjointClasses("):
        assert axiom in why


def test_axioms_of_an_explanation_are_placed() -> None:
    assert axiom_file("City subClassOf Place") == "actors.ttl"
    assert axiom_file("CityState subClassOf City") == "", "it stands in no module"
    group = next(group for group in groups() if {"Place", "Idea", "Relator"} <= group)
    assert axiom_file(f"DisjointClasses({' '.join(sorted(group))})") == "upper.ttl"
    assert axiom_file("DisjointClasses(City CityState)") == ""


def groups() -> list[set[str]]:
    """Local names of the classes of each group of disjoint classes."""
    graph = load_ontology()
    heads = [
        graph.value(group, RDFLIB_OWL.members)
        for group in graph.subjects(None, RDFLIB_OWL.AllDisjointClasses)
    ]
    return [{str(each).removeprefix(AX) for each in graph.items(head)} for head in heads if head]


def test_inconsistency_is_found_and_explained() -> None:
    require_tool("java")
    verdict = reason(contradiction(member=True), say_why=False)
    assert not verdict.consistent
    assert "type CityState" in verdict.explanations[""]


def test_nothing_to_explain_is_said() -> None:
    require_tool("java")
    axioms = load_ontology().serialize(format="nt", encoding="utf-8")
    assert explain(axioms, AX + "State") == "no explanation was found"


def test_reason_says_what_follows_and_why() -> None:
    require_tool("java")
    done = CliRunner().invoke(main, ["reason"])
    assert done.exit_code == 0, done.output
    assert "consistent" in done.output
    assert "unsatisfiable classes: 0" in done.output
    for line in (
        "Enemy is a Antagonist, because:",
        "enemyOf subPropertyOf hostileTo  [relations.ttl]",
        "^victor / defeated",
    ):
        assert line in done.output
    following = re.search(r"super-classes that follow without being stated: (\d+)", done.output)
    relations = re.search(r"relations that follow and that no claim states: (\d+)", done.output)
    assert following
    assert relations
    assert int(following[1]) >= 10
    assert int(relations[1]) >= 20
    assert "no explanation" not in done.output


def test_reason_reports_entities_that_contradict_the_ontology(
    tiny: TinyCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_tool("java")
    monkeypatch.setattr("araxes.endpoint.cli.reason.load_ontology", classes)
    # The check of the files would tell it first.
    monkeypatch.setattr("araxes.triples.authoring.check_references.type_findings", lambda _: ())
    tiny.entities[0]["type"] = ["State", "City"]
    tiny.write()
    folders = ["--entities", str(tiny.entity_folder), "--annotations", str(tiny.source_folder)]
    done = CliRunner().invoke(main, ["reason", *folders])
    assert done.exit_code == 1
    assert "contradict" in done.output
    assert "alpha type City  [all.yaml:" in done.output
    assert "City subClassOf Place  [actors.ttl]" in done.output


def test_without_java_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep)
    done = CliRunner().invoke(main, ["reason", "--ontology-only"])
    assert done.exit_code == 1
    assert "install Java" in done.output
