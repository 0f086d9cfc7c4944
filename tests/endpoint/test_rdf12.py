"""RDF 1.2 by negotiation: reifying triples for claims, base directions; without it RDF 1.1 as ever."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from babel import Locale, localedata

from araxes.endpoint.service.published_files import BESIDE
from araxes.endpoint.sparql.rdf12 import REIFIES, directed_solutions, directed_statement
from araxes.ontology.languages import right_to_left
from araxes.triples.stores.versioned_store import publish
from tests.endpoint.endpoint_fixtures import FEW, Server, serving

CLAIM = "https://w3id.org/araxes/claim/s/1"
DATA = """
@prefix ax: <https://w3id.org/araxes/ontology/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix c: <https://w3id.org/araxes/claim/s/> . @prefix s: <https://w3id.org/araxes/state/> .
s:iran a ax:State ; rdfs:label "Iran"@en, "ایران"@fa,
  "\\"@fa\\t\\"xml:lang\\":\\"fa\\" <literal xml:lang=\\"fa\\">"@en .
c:1 a ax:FactualClaim ; ax:paraphrase "Iran recognized it."@en, "ایران آن را به رسمیت شناخت."@fa .
GRAPH c:1 { s:iran ax:recognizes s:azerbaijan ; ax:note "یادداشت"@fa-ir, "qeyd"@az, "latin"@fa-latn }
"""
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
LABEL = "<https://w3id.org/araxes/state/iran> <http://www.w3.org/2000/01/rdf-schema#label> ?label"
LABELS = f"SELECT ?label {{ {LABEL} }}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("rdf12")
    publish(ox.parse(input=DATA, format=ox.RdfFormat.TRIG), root, origin="load", beside=BESIDE)
    return root


@pytest.fixture(scope="module")
def served(store: Path) -> Iterator[Server]:
    with serving(store, *FEW) as server:
        yield server


def _graph(store: Path) -> list[ox.Quad]:
    opened = ox.Store.read_only(str((store / "current").resolve() / "db"))
    return list(opened.quads_for_pattern(None, None, None, ox.NamedNode(CLAIM)))


@pytest.mark.parametrize("media_type", FORMATS)
def test_a_claim_reifies_its_statements(served: Server, store: Path, media_type: str) -> None:
    reply = served.get("/claim/s/1", f"{media_type}; version=1.2")
    assert "version=1.2" in reply.headers["Content-Type"]
    assert "version=1.2" in reply.headers["Content-Location"]
    quads = set(ox.parse(input=reply.body, format=FORMATS[media_type]))
    reified = {quad.object for quad in quads if quad.predicate == REIFIES}
    inside = _graph(store)
    assert reified == {directed_statement(quad.triple) for quad in inside}
    assert len(reified) == 4
    graph = {quad for quad in quads if quad.graph_name == ox.NamedNode(CLAIM)}
    datasets = FORMATS[media_type].supports_datasets
    assert graph == ({directed_statement(quad) for quad in inside} if datasets else set())
    again = served.get(reply.headers["Content-Location"])
    assert again.headers["Content-Type"] == reply.headers["Content-Type"]
    assert set(ox.parse(input=again.body, format=FORMATS[media_type])) == quads


@pytest.mark.parametrize("media_type", FORMATS)
@pytest.mark.parametrize("version", ["", "; version=1.1", "; version=9.9", '; version="1.2', "; v=1.2"])
def test_without_the_version_it_is_rdf_1_1(served: Server, media_type: str, version: str) -> None:
    reply = served.get("/claim/s/1", media_type + version)
    assert "version" not in reply.headers["Content-Type"]
    assert "--rtl" not in reply.text
    assert 'its:dir="rtl"' not in reply.text
    rdflib.Dataset().parse(data=reply.body, format=reply.type)


def test_versions_are_different_answers(served: Server) -> None:
    tags = {
        served.query(LABELS, f"application/sparql-results+json{v}").headers["ETag"]
        for v in ("", ";version=1.2")
    }
    assert len(tags) == 2
    tags = {served.get("/claim/s/1", f"application/trig{v}").headers["ETag"] for v in ("", ";version=1.2")}
    assert len(tags) == 2


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_solutions_have_directions(served: Server, form: str) -> None:
    reply = served.get(f"/sparql?query={quote(LABELS)}&format={form}&version=1.2")
    assert "version=1.2" in reply.headers["Content-Type"]
    formats = {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "tsv": ox.QueryResultsFormat.TSV,
    }
    found = ox.parse_query_results(reply.body, format=formats[form])
    assert isinstance(found, ox.QuerySolutions)
    labels = {solution["label"] for solution in found}
    rtl = ox.BaseDirection.RTL
    assert labels == {
        ox.Literal("Iran", language="en"),
        ox.Literal("ایران", language="fa", direction=rtl),
        ox.Literal('"@fa\t"xml:lang":"fa" <literal xml:lang="fa">', language="en"),
    }
    link = reply.headers["Link"].partition(">")[0].removeprefix("<" + served.base)
    assert served.get(link).body == reply.body


def test_constructed_graphs_and_whole_graphs(served: Server) -> None:
    query = quote(f"CONSTRUCT WHERE {{ {LABEL} }}")
    assert '"ایران"@fa--rtl' in served.get(f"/sparql?query={query}", "text/turtle;version=1.2").text
    assert '"ایران"@fa--rtl' in served.get("/data?default", "application/n-triples; version=1.2").text
    assert '"ایران"@fa ' in served.get("/data?default", "application/n-triples").text


def test_the_most_specific_range_decides(served: Server) -> None:
    for accept, version in {
        "text/turtle, text/turtle;version=1.2": True,
        "text/turtle;version=1.2;q=0.2, text/turtle": False,
        "*/*;version=1.2": True,
        "text/csv, text/turtle;version=1.2;q=0.9": True,
    }.items():
        reply = served.get("/data?default", accept)
        assert ("version=1.2" in reply.headers["Content-Type"]) is version, accept


@pytest.mark.parametrize("accept", ["text/csv;version=1.2", "text/html;version=1.2"])
def test_formats_without_a_version_say_none(served: Server, accept: str) -> None:
    assert "version" not in served.query(LABELS, accept).headers["Content-Type"]


@pytest.mark.parametrize("size", [1, 7, 4096])
@pytest.mark.parametrize(
    ("name", "form"), [("json", ox.QueryResultsFormat.JSON), ("tsv", ox.QueryResultsFormat.TSV)]
)
def test_pieces_of_any_size(name: str, form: ox.QueryResultsFormat, size: int) -> None:
    store = ox.Store()
    store.extend(ox.parse(input=DATA, format=ox.RdfFormat.TRIG))
    query = "SELECT * { GRAPH ?g { ?s ?p ?o } BIND(TRIPLE(?s, ?p, ?o) AS ?t) }"
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    plain, output = found.serialize(format=form), io.BytesIO()
    assert plain is not None
    with directed_solutions(output, name) as writer:
        for start in range(0, len(plain), size):
            writer.write(plain[start : start + size])
    written = output.getvalue().decode()
    assert written.count("rtl") == 2  # the text, and the triple term that holds it
    assert written.replace("--rtl", "").replace(',"its:dir":"rtl"', "") == plain.decode()
    if name == "json":
        json.loads(written)


def test_directions_are_those_of_unicode() -> None:
    wrong = {
        tag
        for tag in localedata.locale_identifiers()
        if right_to_left(tag) != (Locale.parse(tag).text_direction == "right-to-left")
        and right_to_left(tag) != (Locale.parse(tag).character_order == "right-to-left")
    }
    assert not wrong
