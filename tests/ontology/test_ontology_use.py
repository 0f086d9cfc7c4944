"""Every term of the ontology is used by the project's own data, and its example is true of them."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import SKOS, Graph, Literal, URIRef

from araxes.ontology.loading import load_ontology
from araxes.ontology.namespaces import AX, local_name
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.exports.term_examples import REPAIR, Examples, given, outdated
from araxes.validation.gate.hygiene_rules import HYGIENE, hygiene_findings

UNUSED = {
    *("bornIn", "claimsAsHeritage", "claimsTerritory", "isNeutralIn"),
    *("NationalIdentity", "NationalInterests", "NeighborImage", "PartnerImage", "RivalImage"),
    *("StagnantRelations", "filledBy"),
}
"""What the five sources happen not to say. ``bornIn`` goes to Wikidata, rules of disagreement ask for
``isNeutralIn``, ``claimsTerritory`` and ``claimsAsHeritage``; others complete sets of values: of what a
threat endangers, of the images that actors have of one another, and of the state of relations; a traced
process may tell what fills its steps."""


@pytest.fixture(scope="module")
def examples(project_dataset: ox.Dataset) -> Examples:
    """What the claims give as examples; what is found by comparing them keeps examples of its own."""
    return Examples(project_dataset, vocabulary())


def test_every_term_is_used(project: ox.Store) -> None:
    unused = {local_name(finding.focus) for finding in hygiene_findings(project, HYGIENE / "project")}
    assert unused == UNUSED, "remove the unused from the ontology, and the used from the list of exceptions"


def test_examples_are_true(examples: Examples) -> None:
    wrong = [local_name(str(term)) for term, _ in outdated(load_ontology(), examples)]
    assert wrong == [], f"run `{REPAIR}`"


def test_a_wrong_example_is_noticed_and_replaced(examples: Examples) -> None:
    graph = Graph()
    for triple in load_ontology():
        graph.add(triple)
    term = URIRef(AX + "borders")
    graph.remove((term, SKOS.example, None))
    for language in ("en", "fa"):
        graph.add((term, SKOS.example, Literal("Iran – borders – Norway", lang=language)))
    (found,) = outdated(graph, examples)
    assert found[0] == term
    assert "Norway" not in found[1][0]
    assert given(load_ontology(), term) in examples.found["borders"]


def test_a_node_without_a_label_is_told_from_its_claim(examples: Examples) -> None:
    graph = load_ontology()
    for term in (
        "Qualification",
        "Condition",
        "MentionedStatement",
        "condition",
        "degree",
        "unit",
    ):
        english, persian = given(graph, URIRef(AX + term)) or ("", "")
        assert " in «" in english and " در «" in persian, (
            "a claim's sentence is not the node that stands in it"
        )
    assert "(" in (given(graph, URIRef(AX + "Qualification")) or ("", ""))[0], "what the node says is shown"


def test_what_a_node_says_is_the_same_in_both_languages(examples: Examples) -> None:
    pairs = examples.found["Qualification"] | examples.found["Appraisal"] | examples.found["Position"]
    assert pairs
    for english, persian in pairs:
        assert english.rpartition("» (")[2].count("; ") == persian.rpartition("» (")[2].count("؛ ")
    (english, persian) = next(
        pair for pair in pairs if "«Armenia is the chief enemy of Azerbaijan.» (" in pair[0]
    )
    assert english.partition("(to the degree: main; subject")[2], "the statement comes last, as it is read"
    assert "به درجهٔ: اصلی؛ نهادِ گزاره" in persian


def test_a_node_of_the_subjects_own_claim_is_told_by_what_it_says(examples: Examples) -> None:
    for english, _ in examples.found["condition"] | examples.found["correction"]:
        ends = english.split(" – ")
        assert ends[0].removeprefix("qualification in ") not in ends[-1], "a claim is no part of itself"
    assert all(" – " in english for english, _ in examples.found["Inference"] if "joined NATO" in english)


def test_members_of_defined_classes_are_shown_by_what_makes_them_so(examples: Examples) -> None:
    graph = load_ontology()
    for term, relation in (("Mediator", "mediates in"), ("Ally", "allied with"), ("ReportedView", "reports")):
        assert relation in (given(graph, URIRef(AX + term)) or ("", ""))[0]
    assert all("comparison" in english for english, _ in examples.found["Superiority"])


def test_no_example_is_a_mere_name_or_taken_back(examples: Examples) -> None:
    graph = load_ontology()
    for term in set(graph.subjects(SKOS.example)):
        english, persian = given(graph, URIRef(str(term))) or ("", "")
        assert not english.startswith("In a claim:"), term
        assert english and persian, term
    assert not any("not always" in english for english, _ in examples.found["EqualTo"])


def test_rules_over_the_project_are_there() -> None:
    found = {path.name for path in Path(HYGIENE / "project").glob("*.rq")}
    assert found == {"unused-term.rq", "unused-value.rq"}
