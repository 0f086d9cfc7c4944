"""What programs that write queries read of a service: examples, prefixes, classes with their properties."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from araxes.triples.stores.statistics import statistics
from araxes.validation.questions import read_questions
from tests.endpoint.endpoint_fixtures import NAMESPACE, Server

EXAMPLES = """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?example ?comment ?query ?target ?word {
  ?example a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct ?query ;
    schema:target ?target ; schema:keywords ?word
}"""

PREFIXES = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace { ?any sh:namespace ?namespace ; sh:prefix ?prefix }"""

SCHEMA = """PREFIX void: <http://rdfs.org/ns/void#> PREFIX ext: <http://ldf.fi/void-ext#>
SELECT DISTINCT ?owner ?property ?class ?datatype {
  ?part void:class ?owner ; void:propertyPartition ?inner . ?inner void:property ?property .
  OPTIONAL { { ?inner void:classPartition [ void:class ?class ] }
    UNION { ?inner ext:datatypePartition [ ext:datatype ?datatype ] } }
}"""


@pytest.fixture(scope="module")
def description(server: Server) -> ox.Store:
    """The service description, as a program finds it that knows the endpoint's address alone."""
    store = ox.Store()
    store.load(server.get("/sparql", "text/turtle").body, format=ox.RdfFormat.TURTLE)
    return store


def rows(store: ox.Store, query: str) -> list[dict[str, str]]:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: row[name].value for name in names if row[name]} for row in found]


def test_the_questions_are_examples_that_run(server: Server, description: ox.Store) -> None:
    found = rows(description, EXAMPLES)
    questions = {question.name: question for question in read_questions()}
    assert len(found) == 2 * len(questions)
    for row in found:
        question = questions[row["example"].rpartition("/")[2]]
        assert (row["query"], row["word"]) == (question.query, question.family)
        assert row["comment"] in question.text.values()
        assert row["target"] == server.endpoint
    for query in {row["query"] for row in found[:10]}:
        assert server.post(query).status == 200
    assert server.get(found[0]["example"].removeprefix(server.base)).status == 200


def test_the_prefixes_are_those_that_the_service_knows(description: ox.Store) -> None:
    found = {row["prefix"]: row["namespace"] for row in rows(description, PREFIXES)}
    assert found["state"] == f"{NAMESPACE}state/"
    assert found["ax"] == f"{NAMESPACE}ontology/"
    assert len(found) > 20


def test_classes_have_their_properties_and_these_their_values(description: ox.Store) -> None:
    found = rows(description, SCHEMA)
    state, claim = f"{NAMESPACE}ontology/State", f"{NAMESPACE}ontology/FactualClaim"
    assert {"owner": state, "property": f"{NAMESPACE}ontology/recognizes", "class": state} in found
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    text = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
    assert {"owner": state, "property": label, "datatype": text} in found
    assert {row["property"].rpartition("/")[2] for row in found if row["owner"] == claim} == {
        "holder",
        "passage",
    }


def test_a_thing_counts_for_its_special_classes_and_for_nothing_inferred() -> None:
    names = ("a", "b", "p", "State", "Polity", "Ally", "c#inferred")
    node = {name: ox.NamedNode(f"{NAMESPACE}{name}") for name in names}
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    below = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    quads = [
        ox.Quad(node["State"], below, node["Polity"]),
        ox.Quad(node["a"], rdf_type, node["State"]),
        ox.Quad(node["a"], rdf_type, node["Polity"]),
        ox.Quad(node["a"], rdf_type, node["Ally"], node["c#inferred"]),
        ox.Quad(node["a"], node["p"], node["b"]),
        ox.Quad(node["b"], node["p"], node["a"], node["c#inferred"]),
    ]
    expected = [(node["State"].value, node["p"].value, "", "", 1)]
    assert statistics(quads)["partitions"] == expected
