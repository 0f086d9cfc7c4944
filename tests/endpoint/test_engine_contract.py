"""The contract between service and engines: what every engine keeps, each asked the same."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from araxes.endpoint.engines import document_page
from araxes.endpoint.engines.embedded.child_process import WORKSHOP, EvaluatorProcess
from araxes.endpoint.engines.embedded.embedded_engine import EmbeddedEngine
from araxes.endpoint.engines.embedded.pool import Pool
from araxes.endpoint.engines.engine import Conditions, Engine, Evaluation
from araxes.endpoint.engines.jobs import (
    DocumentJob,
    DrawJob,
    FileJob,
    GraphJob,
    HintsJob,
    Job,
    NamesJob,
    PageJob,
    PassageJob,
    QueryJob,
    ReferenceJob,
    ResultPage,
    SearchJob,
)
from araxes.endpoint.engines.remote.publishing import copy_beside
from araxes.endpoint.engines.remote.remote_engine import RemoteEngine
from araxes.endpoint.engines.replies import Answered, AnswerKind, Cause, Failed
from araxes.endpoint.search.reconciliation.request_members import MOST_QUERIES
from araxes.endpoint.service.ontology_reference import from_json
from araxes.endpoint.settings import load_settings
from araxes.endpoint.sparql.formats import GRAPHS, RESULTS
from araxes.triples.stores.versioned_store import current, publish
from tests.endpoint.contract_cases import CASES, CLAIM, IRAN, PREFIXES, Case
from tests.endpoint.contract_cases import GRAPHS as CONSTRUCTED
from tests.endpoint.endpoint_fixtures import NAMESPACE, small_dataset
from tests.endpoint.engine_fixtures import EngineServer, oxigraph_server

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def _embedded(store: Path) -> Engine:
    return EmbeddedEngine(load_settings({"store": str(store), "evaluators": "2"}))


def _remote(store: Path, address: str) -> Engine:
    return RemoteEngine(load_settings({"store": str(store), "evaluators": "2", "engine": address}))


ENGINES = ("embedded", "oxigraph", "virtuoso")
"""Every engine, over the dataset of a store; all of them pass all tests below."""


@pytest.fixture(scope="module", params=ENGINES)
def running(request: pytest.FixtureRequest, small_store: Path) -> Iterator[Engine]:
    with contextlib.ExitStack() as stack:
        if request.param == "embedded":
            made: Engine = _embedded(small_store)
        else:
            made = _remote(small_store, _server(request, small_store, stack).query)
        made.start()
        stack.callback(made.stop)
        yield made


def _server(request: pytest.FixtureRequest, store: Path, stack: contextlib.ExitStack) -> EngineServer:
    """The server of an engine; Oxigraph's own one ends with its tests, whose endless queries go on in it."""
    if request.param == "oxigraph":
        server = stack.enter_context(oxigraph_server())
        server.fill(store)
        return server
    found: EngineServer = request.getfixturevalue(f"small_{request.param}")
    return found


class Asked:
    """A job done, with the content of the answer's file."""

    def __init__(self, engine: Engine, job: Job, **terms: Any) -> None:
        with tempfile.TemporaryFile(buffering=0) as file:
            given = {
                "timeout": 20.0,
                "wait": 20.0,
                "newcomer": True,
                "gone": lambda: False,
                "overstays": lambda: False,
            }
            dataset = terms.pop("dataset", None)
            evaluation: Evaluation = engine.evaluate(job, file, Conditions(**{**given, **terms}), dataset)
            self.dataset = evaluation.dataset
            self.reply: Any = evaluation.reply
            self.body = os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0)


def test_queries_of_every_kind(running: Engine) -> None:
    asked = Asked(running, QueryJob("SELECT ?x { VALUES ?x { 1 } }", "csv", "nt"))
    assert asked.reply == Answered(AnswerKind.SOLUTIONS, "csv")
    assert asked.body.split() == [b"x", b"1"]
    assert asked.dataset == running.dataset
    assert Asked(running, QueryJob("ASK {}", "csv", None)).reply == Answered(AnswerKind.BOOLEAN, "csv")
    made = Asked(running, QueryJob("CONSTRUCT { <a:a> <a:b> 1 } {}", None, "nt"))
    assert (made.reply.kind, made.reply.format) == (AnswerKind.GRAPH, "nt")
    assert b"<a:a> <a:b>" in made.body


def test_the_dataset_of_the_protocol(running: Engine) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    only = Asked(running, QueryJob(query, "csv", None, default_graphs=("http://kasei.us/data1",)))
    assert only.body.split() == [b"n", b"1"]
    named = "SELECT ?g { GRAPH ?g { ?s ?p ?o } }"
    found = Asked(running, QueryJob(named, "csv", None, named_graphs=("http://kasei.us/data2",)))
    assert found.body.split() == [b"g", b"http://kasei.us/data2"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answers_are_the_same(running: Engine, case: Case) -> None:
    asked = Asked(running, QueryJob(PREFIXES + case.query, "csv", None))
    assert isinstance(asked.reply, Answered), asked.reply
    head, *rows = asked.body.decode().splitlines()
    if case.query.startswith("SELECT *"):  # whose variables have no order
        names = head.split(",")
        assert not [name for name in names if "araxes" in name]
        order = sorted(range(len(names)), key=names.__getitem__)
        rows = [",".join(row.split(",")[index] for index in order) for row in rows]
    assert tuple(sorted(rows)) == case.rows


@pytest.mark.parametrize("name", [*RESULTS, "html"])
def test_every_format_of_a_table(running: Engine, name: str) -> None:
    query = PREFIXES + "SELECT ?l ?b { ?s rdfs:label ?l OPTIONAL { ?s ?none ?b FILTER (false) } }"
    asked = Asked(running, QueryJob(query, name, None, page=ResultPage("<main>", "</main>")))
    assert asked.reply == Answered(AnswerKind.SOLUTIONS, name)
    assert "ایران".encode() in asked.body
    assert b"<script>" not in asked.body or name in ("csv", "tsv", "json")
    truth = Asked(running, QueryJob("ASK { ?s ?p ?o }", name, None)).body
    assert (b"<strong>yes</strong>" if name == "html" else b"true") in truth
    if name in ("json", "xml", "tsv"):
        rows: Any = ox.parse_query_results(asked.body, format=RESULTS[name])
        assert len(list(rows)) == 6


@pytest.mark.parametrize("name", [*GRAPHS, "html"])
def test_every_format_of_a_graph(running: Engine, name: str) -> None:
    for query, number in CONSTRUCTED:
        asked = Asked(running, QueryJob(query, None, name))
        assert asked.reply == Answered(AnswerKind.GRAPH, name)
        if name != "html":
            assert len(list(ox.parse(asked.body, format=GRAPHS[name]))) == number


def test_pages(running: Engine) -> None:
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    choice = (
        "state",
        f"ASK {{ <{IRAN}> a ?kind }}",
        (("labels", f"SELECT ?label {{ <{IRAN}> <{label}> ?label }}"),),
        "",
    )
    job = PageJob(
        IRAN, (choice,), then=(("names", f"SELECT * {{ VALUES ?x {{ $things }} ?x <{label}> ?l }}"),)
    )
    asked = Asked(running, job)
    assert asked.reply == Answered(AnswerKind.RESOURCE, "json")
    page = json.loads(asked.body)
    assert page["choice"] == "state"
    assert len(page["answers"]["labels"]["results"]["bindings"]) == 2
    assert len(page["answers"]["names"]["results"]["bindings"]) == 2
    of_claim = PageJob(CLAIM, (("claim", "ASK {}", (), ""),))
    assert Asked(running, of_claim).reply == Answered(AnswerKind.CLAIM, "json")
    none = PageJob(IRAN, (("none", "ASK { FILTER(false) }", (), ""),))
    assert Asked(running, none).reply.cause is Cause.NO_RESOURCE


def test_what_hangs_on_a_thing_by_blank_nodes_is_told(running: Engine) -> None:
    asked = Asked(running, DocumentJob(CLAIM, "nq", "nt", NAMESPACE))
    quads = list(ox.parse(asked.body, format=ox.RdfFormat.N_QUADS))
    assert {quad.predicate.value.rpartition("/")[2] for quad in quads} >= {
        "start",
        "end",
        "passage",
        "recognizes",
    }
    source = Asked(running, DocumentJob(NAMESPACE + "source/s", None, "nt", NAMESPACE))
    assert b"An Author" in source.body, "of its fragment"


def test_passages(running: Engine) -> None:
    asked = Asked(running, PassageJob(CLAIM, "any words"))
    assert (asked.reply, json.loads(asked.body)) == (Answered(AnswerKind.PASSAGES, "json"), [])


def test_what_may_differ_next_time_is_said(running: Engine) -> None:
    assert Asked(running, QueryJob("SELECT (RAND() AS ?r) {}", "csv", None)).reply.volatile
    assert Asked(running, QueryJob("CONSTRUCT { [] ?p ?o } { ?s ?p ?o }", None, "nt")).reply.blank


def test_mistakes_are_replies(running: Engine) -> None:
    wrong = Asked(running, QueryJob("SELECT * {\n ?s ax:x ?o }", "csv", None)).reply
    assert (wrong.cause, wrong.undeclared, wrong.line) == (Cause.SYNTAX, ("ax",), 2)
    update = Asked(running, QueryJob("DELETE WHERE { ?s ?p ?o }", "csv", None)).reply
    assert update.cause is Cause.UPDATE
    refused = Asked(running, QueryJob("SELECT * { SERVICE <http://a.b/c> {} }", "csv", None)).reply
    assert (refused.cause, refused.line, refused.allowed) == (Cause.FEDERATION, 1, ())
    none = Asked(running, QueryJob("ASK {}", None, "nt")).reply
    assert (none.cause, none.kind) == (Cause.NOT_ACCEPTABLE, AnswerKind.BOOLEAN)


def test_graphs(running: Engine) -> None:
    asked = Asked(running, GraphJob("http://kasei.us/data3", "nt"))
    assert asked.reply == Answered(AnswerKind.GRAPH, "nt")
    assert asked.body.count(b"\n") == 1
    assert Asked(running, GraphJob(None, "nt")).body.count(b"\n") > 2000
    assert Asked(running, GraphJob("http://kasei.us/none", "nt")).reply.cause is Cause.NO_GRAPH


def test_documents(running: Engine) -> None:
    claim = Asked(running, DocumentJob(CLAIM, "trig", "turtle", NAMESPACE))
    assert claim.reply == Answered(AnswerKind.CLAIM, "trig")
    state = Asked(running, DocumentJob(NAMESPACE + "state/iran", "trig", "html", NAMESPACE))
    assert state.reply == Answered(AnswerKind.RESOURCE, "html")
    page = document_page.from_json(state.body)
    assert page.node.iri == NAMESPACE + "state/iran"
    assert page.node.labels == (("en", "Iran"), ("fa", "ایران"))
    assert [term.iri for term in page.claimed[0]][2] == CLAIM
    assert page.shortened == ()
    unknown = Asked(running, DocumentJob(NAMESPACE + "state/irann", "trig", "html", NAMESPACE)).reply
    assert (unknown.cause, unknown.suggestions[0]) == (Cause.NO_RESOURCE, NAMESPACE + "state/iran")


def test_names(running: Engine) -> None:
    asked = Asked(running, NamesJob("match", '{"q": {"query": "Iran"}}'))
    assert asked.reply == Answered(AnswerKind.NAMES, "json")
    assert json.loads(asked.body)["q"]["result"][0]["id"] == "state/iran"
    wrong = Asked(running, NamesJob("match", "[]")).reply
    assert (wrong.cause, "queries" in wrong.message, bool(wrong.remedy)) == (Cause.BAD_REQUEST, True, True)
    many = json.dumps({f"q{number}": {"query": "Iran"} for number in range(MOST_QUERIES + 1)})
    assert Asked(running, NamesJob("match", many)).reply.cause is Cause.TOO_MUCH
    assert Asked(running, NamesJob("preview", "state/none")).reply.cause is Cause.NO_ENTITY
    assert json.loads(Asked(running, NamesJob("suggest-entity", "ira")).body)["result"]
    draft = NamesJob("suggest-entity", "ira", version="1.0-draft", languages=("fa", "en"))
    assert json.loads(Asked(running, draft).body)["result"][0]["name"] == "ایران"
    wrong = Asked(running, NamesJob("match", "[]", version="1.0-draft", languages=("en",))).reply
    assert (wrong.cause, wrong.message) == (Cause.BAD_REQUEST, "body: it is no JSON object")


def test_search(running: Engine) -> None:
    asked = Asked(running, SearchJob("ايران", "en"))
    assert asked.reply == Answered(AnswerKind.FOUND, "json")
    (group,) = json.loads(asked.body)["groups"]
    assert (group["kind"], group["total"]) == ("name", 1)
    assert group["hits"][0]["path"] == "state/iran"
    assert json.loads(Asked(running, SearchJob("ira", "fa", typing=True)).body)["groups"][0]["total"] == 1
    none = json.loads(Asked(running, SearchJob('"', "fa", "claim", 30)).body)
    assert (none["groups"], none["nearest"]) == ([], [])


def test_the_reference_of_a_dataset_without_an_ontology_is_empty(running: Engine) -> None:
    asked = Asked(running, ReferenceJob())
    assert asked.reply == Answered(AnswerKind.REFERENCE, "json")
    assert from_json(asked.body).modules == {}


def test_the_page_of_a_result_has_labels_and_hints(running: Engine) -> None:
    page = ResultPage(language="en", namespace=NAMESPACE, rows=1)
    query = QueryJob(PREFIXES + "SELECT ?s { ?s a ax:State } ORDER BY ?s", "html", None, page=page)
    body = Asked(running, query).body.decode()
    assert ">Azerbaijan</bdi>" in body
    assert 'class="count">first<' in body
    unknown = QueryJob(f"SELECT * {{ <{NAMESPACE}state/irann> a ?x }}", "html", None, page=page)
    assert '<ul class="hints"><li>unknown' in Asked(running, unknown).body.decode()
    assert (
        "<li>unknown"
        not in Asked(running, QueryJob(f"ASK {{ <{IRAN}> a 1 }}", "html", None, page=page)).body.decode()
    )


def test_hints(running: Engine) -> None:
    asked = Asked(running, HintsJob(PREFIXES + "SELECT * { ?s ax:recognizes ?o }", NAMESPACE))
    assert asked.reply == Answered(AnswerKind.HINTS, "json")
    assert [name for name, _ in json.loads(asked.body)] == ["claimed_once", "silence"]
    untagged = HintsJob(PREFIXES + f'SELECT * {{ <{IRAN}> rdfs:label "Iran" }}', NAMESPACE)
    assert ["language", {"literal": '"Iran"@en'}] in json.loads(Asked(running, untagged).body)


def test_directions_of_rdf_1_2(running: Engine) -> None:
    query = PREFIXES + f'SELECT ?l {{ <{IRAN}> rdfs:label ?l FILTER (LANG(?l) = "fa") }}'
    assert b"its:dir" in Asked(running, QueryJob(query, "json", None, versions=("1.2", ""))).body
    made = f"CONSTRUCT {{ ?s ?p ?o }} {{ VALUES ?s {{ <{IRAN}> }} ?s ?p ?o }}"
    assert b"@fa--rtl" in Asked(running, QueryJob(made, None, "nt", versions=("", "1.2"))).body
    assert b"@fa--rtl" in Asked(running, GraphJob(None, "nt", "1.2")).body
    assert b"--rtl" not in Asked(running, GraphJob(None, "nt")).body


def test_pictures(running: Engine) -> None:
    values = [{"a": "x", "b": 1}]
    encoding = {"x": {"field": "a", "type": "nominal"}, "y": {"field": "b", "type": "quantitative"}}
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": values},
        "mark": "bar",
        "encoding": encoding,
    }
    asked = Asked(running, DrawJob(json.dumps(specification), "a title", "en", "svg"), timeout=60.0)
    assert asked.reply == Answered(AnswerKind.PICTURE, "svg"), asked.reply
    assert b"<svg" in asked.body


def test_the_present_dataset_is_kept_and_no_unknown_one_is_asked(running: Engine) -> None:
    assert [each.digest for each in running.kept()] == [running.dataset.digest]
    other = dataclasses.replace(running.dataset, digest="0" * 64)
    if isinstance(running, RemoteEngine):
        reply = Asked(running, QueryJob("ASK {}", "csv", None), dataset=other).reply
        assert (reply.cause, "0" * 12 in reply.message, bool(reply.remedy)) == (Cause.BAD_REQUEST, True, True)


def test_a_file_of_a_database_that_is_elsewhere(small_store: Path, tmp_path: Path) -> None:
    version = current(copy_beside(current(small_store), tmp_path / "beside").parents[1])
    process = EvaluatorProcess(version, load_settings({}), (), WORKSHOP)
    try:
        with tempfile.TemporaryFile(buffering=0) as file:
            reply = process.run(FileJob("claims.csv"), file.fileno(), 30.0, lambda: None).reply
        assert isinstance(reply, Failed)
        assert "araxes export" in reply.message
    finally:
        process.kill()


def test_the_clock_the_client_and_the_others(running: Engine) -> None:
    asked = Asked(running, QueryJob(ENDLESS, "csv", None), timeout=0.3)
    assert asked.reply.cause is Cause.TIMEOUT
    assert Asked(running, QueryJob(ENDLESS, "csv", None), gone=lambda: True).reply.cause is Cause.GONE
    begin = time.monotonic()
    held = Asked(running, QueryJob(ENDLESS, "csv", None), overstays=lambda: time.monotonic() - begin > 0.3)
    assert held.reply.cause is Cause.DISPLACED


# --- the embedded engine


def test_a_store_published_without_further_files_is_served(tmp_path: Path) -> None:
    publish(small_dataset(), tmp_path / "store", origin="load")
    bare = _embedded(tmp_path / "store")
    bare.start()
    try:
        test_names(bare)
        test_search(bare)
        test_the_reference_of_a_dataset_without_an_ontology_is_empty(bare)
    finally:
        bare.stop()


def test_an_error_of_ours_is_no_crash_and_ends_the_evaluator(small_store: Path) -> None:
    pool = Pool(small_store, load_settings({}), size=1)
    pool.start()

    def watch() -> None:
        raise ValueError("not of the evaluator")

    try:
        with tempfile.TemporaryFile(buffering=0) as file:
            with pytest.raises(ValueError, match="not of the evaluator"):
                pool.run(pool.take(20), QueryJob(ENDLESS, "csv", None), file, timeout=9, watch=watch)
            assert (pool.counters.crashed, pool.counters.killed) == (0, 1)
            # The next job gets its own answer, not the end of the first.
            again = pool.run(
                pool.take(20), QueryJob("ASK {}", "csv", None), file, timeout=9, watch=lambda: None
            )
        assert again.reply == Answered(AnswerKind.BOOLEAN, "csv")
    finally:
        pool.stop()


def test_the_name_that_rdflib_gives_the_default_graph(running: Engine) -> None:
    query = PREFIXES + "SELECT ?s { ?s ax:holder ?o }"
    asked = Asked(running, QueryJob(query, "csv", None, default_graphs=("urn:x-rdflib:default",)))
    assert asked.body.split() == [b"s", CLAIM.encode()]


def test_what_virtuoso_computes_otherwise(running: Engine, request: pytest.FixtureRequest) -> None:
    """Two rows of the table of differences; with a Virtuoso that has mended them, the table is to be, too."""
    known = "virtuoso" in request.node.callspec.id
    truth = Asked(running, QueryJob("SELECT (1 = 1 AS ?same) {}", "csv", None))
    assert truth.body.split() == [b"same", b"1" if known else b"true"]
    query = "SELECT ?s (YEAR(?none) AS ?y) { ?s a <http://none/> OPTIONAL { ?s <http://none/> ?none } }"
    started = query.replace("?s a <http://none/>", f"VALUES ?s {{ <{IRAN}> }}")
    reply = Asked(running, QueryJob(started, "csv", None)).reply
    assert (reply.cause is Cause.ENGINE_ANSWER) if known else isinstance(reply, Answered)
