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
    "StagnantRelations",
}
"""What the five sources happen not to say. ``bornIn`` goes to Wikidata, rules of disagreement ask for
``isNeutralIn``, ``claimsTerritory`` and ``claimsAsHeritage``; others complete sets of values: of what a
threat endangers, of the images that actors have of one another, and of the state of relations."""


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


def test_rules_over_the_project_are_there() -> None:
    found = {path.name for path in Path(HYGIENE / "project").glob("*.rq")}
    assert found == {"unused-term.rq", "unused-value.rq"}
