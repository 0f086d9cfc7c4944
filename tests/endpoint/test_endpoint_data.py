"""The service description, the read-only Graph Store Protocol, and linked data."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from araxes.triples.stores.versioned_store import current, publish
from tests.endpoint.endpoint_fixtures import FEW, NAMESPACE, Server, serving

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_GRAPH_TYPES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "text/n3": ox.RdfFormat.N3,
}
_QUADS = ("application/trig", "application/n-quads", "application/ld+json")
_CLAIM = NAMESPACE + "claim/s/1"


def _ask(body: bytes, rdf_format: ox.RdfFormat, pattern: str) -> bool:
    store = ox.Store()
    store.load(body, format=rdf_format)
    prefixes = f"PREFIX sd: <{_SD}> PREFIX void: <{_VOID}> "
    return bool(store.query(prefixes + "ASK {" + pattern + "}"))


def _count(body: bytes, rdf_format: ox.RdfFormat) -> int:
    return len(set(ox.parse(input=body, format=rdf_format)))


@pytest.mark.parametrize("media_type", _GRAPH_TYPES)
@pytest.mark.parametrize("path", ["/sparql", "/sparql/", "/.well-known/void"])
def test_service_description_returns_rdf(server: Server, path: str, media_type: str) -> None:
    reply = server.get(path, media_type)
    assert (reply.status, reply.type) == (200, media_type)
    assert _count(reply.body, _GRAPH_TYPES[media_type]) > 20


def test_service_description_has_the_endpoint(server: Server) -> None:
    reply = server.get("/sparql")
    assert _ask(reply.body, ox.RdfFormat.TURTLE, f"?s a sd:Service ; sd:endpoint <{server.endpoint}>")


def test_service_description_conforms_to_its_vocabulary(server: Server) -> None:
    body, turtle = server.get("/sparql").body, ox.RdfFormat.TURTLE
    assert _ask(body, turtle, "?s sd:supportedLanguage sd:SPARQL11Query")
    assert not _ask(body, turtle, "?s sd:supportedLanguage sd:SPARQL11Update")
    assert not _ask(body, turtle, "?s sd:feature sd:BasicFederatedQuery")
    assert _ask(body, turtle, "?s sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_JSON>")
    assert _ask(body, turtle, "?s sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ]")
    assert _ask(
        body,
        turtle,
        f"?d sd:namedGraph [ a sd:NamedGraph ; sd:name <{_CLAIM}> ; sd:graph [ void:triples 1 ] ]",
    )
    used = set(re.findall(r"\bsd:(\w+)", body.decode()))
    classes = {"Service", "Dataset", "Graph", "NamedGraph", "EmptyGraphs", "SPARQL10Query", "SPARQL11Query"}
    properties = {
        "endpoint",
        "supportedLanguage",
        "resultFormat",
        "feature",
        "defaultDataset",
        "name",
        "graph",
    }
    assert used <= classes | properties | {"availableGraphs", "defaultGraph", "namedGraph"}


def test_statistics_are_those_of_the_data(server: Server) -> None:
    counts = current(server.store).statistics()
    asked = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()["results"]["bindings"][0]["n"][
        "value"
    ]
    assert counts["default"] == int(asked)
    body = server.get("/sparql").body
    assert _ask(body, ox.RdfFormat.TURTLE, f"?d a void:Dataset ; void:triples {counts['triples']}")
    state = f"void:classPartition [ void:class <{NAMESPACE}ontology/State> ; void:entities 2 ]"
    assert _ask(body, ox.RdfFormat.TURTLE, f"?d {state}")


@pytest.mark.parametrize("media_type", _GRAPH_TYPES)
def test_graph_store_get(server: Server, media_type: str) -> None:
    named = server.get("/data?graph=" + quote(_CLAIM, safe=""), media_type)
    assert (named.status, named.type) == (200, media_type)
    assert _count(named.body, _GRAPH_TYPES[media_type]) == 1
    default = server.get("/data?default", media_type)
    assert _count(default.body, _GRAPH_TYPES[media_type]) == current(server.store).statistics()["default"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graph_store_is_read_only(server: Server, method: str) -> None:
    reply = server.request(method, "/data?default", "<a:a> <a:a> <a:a> .", {"Content-Type": "text/turtle"})
    assert (reply.status, reply.code) == (405, "method")
    assert set(reply.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("media_type", [*_GRAPH_TYPES, "text/html"])
@pytest.mark.parametrize("path", ["state/iran", "claim/s/1", "event/nowruz-%D9%86%D9%88%D8%B1%D9%88%D8%B2"])
def test_every_iri_resolves_in_every_format(server: Server, path: str, media_type: str) -> None:
    reply = server.get("/" + path, media_type)
    assert (reply.status, reply.type) == (200, media_type), reply.text
    depends = {"Accept"}
    if media_type == "text/html":
        depends |= {"Accept-Language", "Cookie", "Accept-Encoding"}
    assert set(reply.headers["Vary"].split(", ")) == depends
    assert reply.headers["Content-Location"].startswith("/" + path + "?format=")
    assert server.get(reply.headers["Content-Location"]).body == reply.body
    assert server.request("HEAD", "/" + path, headers={"Accept": media_type}).status == 200


def test_a_claim_comes_with_its_graph_and_never_smears_it(server: Server) -> None:
    inside = ox.Quad(
        ox.NamedNode(NAMESPACE + "state/iran"),
        ox.NamedNode(NAMESPACE + "ontology/recognizes"),
        ox.NamedNode(NAMESPACE + "state/azerbaijan"),
        ox.NamedNode(_CLAIM),
    )
    for media_type, rdf_format in _GRAPH_TYPES.items():
        quads = set(ox.parse(input=server.get("/claim/s/1", media_type).body, format=rdf_format))
        assert (inside in quads) == (media_type in _QUADS)
        assert not any(
            quad.triple == inside.triple and quad.graph_name == ox.DefaultGraph() for quad in quads
        )
        assert any(quad.predicate.value.endswith("/end") for quad in quads), "blank nodes belong to it"
    assert server.get("/claim/s/1", "*/*").type == "application/trig"
    assert server.get("/state/iran", "*/*").type == "text/turtle"


def test_fragments_are_part_of_their_document(server: Server) -> None:
    assert "An Author" in server.get("/source/s", "text/turtle").text
    assert "An Author" in server.get("/source/s", "text/html").text


def test_pages_have_language_and_direction_and_are_escaped(server: Server) -> None:
    page = server.get("/event/nowruz-%D9%86%D9%88%D8%B1%D9%88%D8%B2", "text/html").text
    assert '<span lang="fa" dir="auto">نوروز</span>' in page
    assert "<script>" not in page
    assert 'href="/claim/s/1"' in server.get("/state/iran", "text/html").text


def test_nobody_knows_404_with_suggestions(server: Server) -> None:
    reply = server.get("/state/irann")
    assert (reply.status, reply.code) == (404, "not-found")
    assert reply.json()["suggestions"][0] == NAMESPACE + "state/iran"
    assert NAMESPACE + "state/iran" in server.get("/state/irann", "text/html").text
    assert server.get("/state/iran/").status == 404
    assert server.get("/state/iran", "image/png").status == 406


def test_documents_can_be_cached(server: Server) -> None:
    tag = server.get("/state/iran", "text/turtle").headers["ETag"]
    again = server.get("/state/iran", "text/turtle", If_None_Match=tag)
    assert (again.status, again.body) == (304, b"")


def test_under_its_own_address_a_thing_answers_303(tmp_path: Path) -> None:
    trig = "<http://kg.example/thing> <a:p> 1 . <http://kg.example/graph> <a:p> 1 . "
    trig += "GRAPH <http://kg.example/graph> { <a:s> <a:p> 2 }"
    publish(ox.parse(input=trig, format=ox.RdfFormat.TRIG), tmp_path, origin="load")
    with serving(tmp_path, *FEW, "--namespace", "http://kg.example/") as server:
        assert server.get("/thing").status == 200, "under another address it is a document about the thing"
        reply = server.get("/thing", "text/turtle", Host="kg.example")
        assert (reply.status, reply.headers["Location"]) == (303, "/thing?format=turtle")
        assert server.get("/thing?format=turtle", Host="kg.example").status == 200
        assert server.get("/graph", Host="kg.example").status == 200, "a graph is a document"
