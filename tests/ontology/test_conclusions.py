"""What the module ``conclusions`` lets follow: from nodes, from records, and for defined classes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from rdflib import OWL

from araxes.ontology.loading import load_ontology
from araxes.ontology.namespaces import AX, BASE
from araxes.triples.derived.chains import ontology_conclusions
from araxes.triples.derived.claim_graphs import ClaimGraph
from araxes.triples.derived.inference import inferred_triples, ontology_rules
from araxes.triples.derived.reasons import unstated_relations
from tests.dataset_helper import dataset_of
from tests.ontology.test_reason import CLAIM, ax, follows, thing
from tests.triples.corpus_fixtures import TinyCorpus

Spo = tuple[str, str, str]
THREAT = (("n", "type", "ThreatPerception"), ("n", "perceiver", "a"), ("n", "perceived", "b"))
TERRITORY = "territoryConcerned"
KIND = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@pytest.mark.parametrize(
    ("node", "relation"),
    [
        (THREAT, "perceivesThreatFrom"),
        ((("n", "type", "Support"), ("n", "actor", "a"), ("n", "recipient", "b")), "supports"),
        ((("n", "type", "AidProvision"), ("n", "actor", "a"), ("n", "recipient", "b")), "aids"),
        ((("n", "type", "ArmsTransfer"), ("n", "actor", "a"), ("n", "recipient", "b")), "suppliesArmsTo"),
        ((("n", "type", "Recognition"), ("n", "actor", "a"), ("n", "recipient", "b")), "recognizes"),
        ((("n", "type", "Accession"), ("n", "actor", "a"), ("n", "recipient", "b")), "memberOf"),
        ((("n", "type", "Visit"), ("n", "actor", "a"), ("n", "place", "b")), "visits"),
        ((("n", "type", "Occupation"), ("n", "actor", "a"), ("n", "territoryConcerned", "b")), "occupies"),
        ((("n", "type", "Deployment"), ("n", "actor", "a"), ("n", "place", "b")), "hasSecurityPresenceIn"),
        ((("n", "type", "Withdrawal"), ("n", "actor", "a"), ("n", TERRITORY, "b")), "withdrawsFrom"),
        ((("n", "type", "PeacekeepingOperation"), ("n", "actor", "a"), ("n", "place", "b")), "keepsPeaceIn"),
        ((("n", "type", "Negotiation"), ("n", "actor", "b"), ("n", "recipient", "a")), "negotiatesWith"),
        ((("n", "mediator", "a"), ("n", "inConflict", "b")), "mediatesIn"),
        ((("n", "victor", "a"), ("n", "defeated", "b")), "defeats"),
        ((("n", "victor", "a"), ("n", "inConflict", "b")), "wins"),
        ((("n", "defeated", "a"), ("n", "inConflict", "b")), "loses"),
        ((("n", "separatedPart", "a"), ("n", "formerWhole", "b")), "separatedFrom"),
        ((("n", "controlGainedBy", "a"), ("n", "territoryConcerned", "b")), "controls"),
        ((("n", "suspendedMember", "a"), ("n", "suspendedFromOrganization", "b")), "suspendedFrom"),
        ((("n", "positionOf", "a"), ("n", "favours", "b")), "favours"),
        ((("a", "pursuesPolicy", "n"), ("n", "seeks", "b")), "seeks"),
        ((("a", "hasTenure", "n"), ("n", "office", "b")), "playsRole"),
    ],
)  # fmt: skip
def test_the_relation_follows_from_the_node_and_from_no_part_of_it(
    node: tuple[Spo, ...], relation: str
) -> None:
    assert ("a", relation, "b") in follows(*node)
    for left_out in node:
        assert ("a", relation, "b") not in follows(*(each for each in node if each != left_out))


def test_a_proposed_action_makes_nothing_so() -> None:
    found = follows(("n", "type", "ProposedAction"), ("n", "actor", "a"), ("n", "recipient", "b"))
    assert not {relation for _, relation, _ in found} & {"supports", "aids", "recognizes", "negotiatesWith"}


def test_values_define_kinds_of_nodes() -> None:
    quads = [
        ox.Quad(thing("n"), KIND, ax("DegreeComparison"), ox.NamedNode(CLAIM)),
        ox.Quad(thing("n"), ax("comparedThing"), thing("a"), ox.NamedNode(CLAIM)),
        ox.Quad(thing("n"), ax("comparedWith"), thing("b"), ox.NamedNode(CLAIM)),
        ox.Quad(thing("n"), ax("comparator"), ax("MoreThan"), ox.NamedNode(CLAIM)),
    ]  # fmt: skip
    found = inferred_triples(ClaimGraph(CLAIM, quads=quads), ontology_rules())
    assert ox.Triple(thing("a"), ax("exceeds"), thing("b")) in found
    quads[3] = ox.Quad(thing("n"), ax("comparator"), ax("LessThan"), ox.NamedNode(CLAIM))
    less = inferred_triples(ClaimGraph(CLAIM, quads=quads), ontology_rules())
    assert not [triple for triple in less if triple.predicate == ax("exceeds")]


def test_roles_in_explanations_follow_from_causes() -> None:
    found = follows(("a", "causes", "b"), ("b", "weakens", "c"))
    assert {("a", "type", "Factor"), ("c", "type", "Outcome"), ("b", "type", "IntermediateFactor")} <= found
    assert ("c", "type", "Factor") not in found
    assert {
        ("a", "contributesTo", "b"),
        ("a", "furthers", "b"),
        ("a", "influences", "b"),
        ("b", "impedes", "c"),
    } <= found


def test_chains_have_more_than_one_step_and_known_ends() -> None:
    graph = load_ontology()
    for chain in ontology_conclusions().chains:
        assert len(chain.steps) > 1, chain
    assert len(ontology_conclusions().chains) == len(list(graph.subject_objects(OWL.propertyChainAxiom)))


def test_records_are_premises_and_the_claim_is_credited(tiny: TinyCorpus) -> None:
    office: dict[str, object] = {
        "id": "office/head", "type": "HeadOffice", "label": {"en": "Head", "fa": "رئیس"},
        "officeOf": "state/alpha",
    }  # fmt: skip
    person: dict[str, object] = {"id": "person/x", "type": "Person", "label": {"en": "X", "fa": "ایکس"}}
    tiny.entities += [office, person]
    asserts = [{"id": "person/x", "hasTenure": "#t"}, {"id": "#t", "type": "Tenure", "office": "office/head"}]
    tiny.claims.append({**tiny.claims[0], "id": "claim/test/004", "asserts": asserts})
    dataset = dataset_of(tiny.write().entity_folder, tiny.source_folder)
    person_node, state = thing("person/x"), thing("state/alpha")
    leads = ox.Quad(person_node, ax("leads"), state, ox.NamedNode(f"{BASE}claim/test/004#inferred"))
    assert leads in dataset
    reasons = {reason.relation: reason for reason in unstated_relations(dataset)}
    reason = reasons[leads.triple]
    assert reason.claim == f"{BASE}claim/test/004"
    assert reason.premises[0].predicate == ax("holdsOffice")
    assert ox.Triple(thing("office/head"), ax("officeOf"), state) in reason.premises


def test_more_than_twenty_relations_follow_that_no_claim_states(project_dataset: ox.Dataset) -> None:
    reasons = list(unstated_relations(project_dataset))
    assert len(reasons) >= 20
    assert len({reason.chain.target for reason in reasons}) >= 10
    for reason in reasons:
        assert reason.premises
        assert reason.relation.predicate.value.startswith(AX)
