"""The contract between service and engines: its types, its form on the wire, and what every engine keeps."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.endpoint.engines import document_page, engine, jobs, replies
from araxes.endpoint.engines.embedded.embedded_engine import EmbeddedEngine
from araxes.endpoint.engines.embedded.pool import Pool
from araxes.endpoint.engines.engine import Conditions, Engine, Evaluation
from araxes.endpoint.engines.jobs import (
    DocumentJob,
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
from araxes.endpoint.engines.replies import Answered, Cause, Failed, Kind
from araxes.endpoint.search.reconciliation import Operation
from araxes.endpoint.search.reconciliation_requests import MOST_QUERIES
from araxes.endpoint.search.text_rows import KINDS
from araxes.endpoint.service.ontology_reference import from_json
from araxes.endpoint.service.reply_problems import problem_of
from araxes.endpoint.service.service import CompleteAnswer, Service
from araxes.endpoint.settings import load_settings
from araxes.triples.stores.versions import publish
from tests.endpoint.endpoint_fixtures import NAMESPACE, small_dataset

ROOM = Path(inspect.getfile(engine)).parent.parent
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CLAIM = NAMESPACE + "claim/s/1"

# --- types

_CONTRACT = [
    kind
    for module in (jobs, replies, document_page, engine)
    for kind in vars(module).values()
    if inspect.isclass(kind) and kind.__module__ == module.__name__
]


def _hints(kind: type) -> Iterator[str]:
    yield from map(str, get_type_hints(kind).values())
    for member in vars(kind).values():
        function = member.fget if isinstance(member, property) else member
        if inspect.isfunction(function) and not function.__name__.startswith("__"):
            yield from map(str, get_type_hints(function).values())


@pytest.mark.parametrize("kind", [*_CONTRACT, CompleteAnswer], ids=lambda kind: kind.__name__)
def test_everything_that_crosses_is_typed_and_frozen(kind: type) -> None:
    for hint in _hints(kind):
        assert "Any" not in hint
        assert not hint.startswith("dict")
    if dataclasses.is_dataclass(kind):
        parameters: Any = vars(kind)["__dataclass_params__"]
        assert parameters.frozen


def test_the_service_takes_jobs_and_gives_answers() -> None:
    hints = get_type_hints(Service.evaluate)
    assert (hints["job"], hints["return"]) == (Job, CompleteAnswer)


def test_no_two_classes_have_one_name() -> None:
    names = Counter(
        node.name
        for path in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, number in names.items() if number > 1] == []


# --- wire

_text = st.text(max_size=20)
_maybe = st.none() | _text
_texts = st.lists(_text, max_size=3).map(tuple)
_pairs = st.lists(st.tuples(_text, _text), max_size=2).map(tuple)
_jobs = st.one_of(
    st.builds(QueryJob, _text, _maybe, _maybe, _texts, _texts, st.builds(ResultPage, _text, words=_pairs)),
    st.builds(HintsJob, _text, _text),
    st.builds(GraphJob, _maybe, _text),
    st.builds(DocumentJob, _text, _maybe, _maybe, _text),
    st.just(ReferenceJob()),
    st.builds(NamesJob, st.sampled_from(get_args(Operation)), _text, st.integers(), st.integers()),
    st.builds(PageJob, _text, st.just(((("p", "ASK {}", (("q", "SELECT * {}"),))),)), st.just((("l", "x"),))),
    st.builds(PassageJob, _text, _text),
    st.builds(SearchJob, _text, _text, st.none() | st.sampled_from(KINDS), st.integers(), st.booleans()),
)
_number = st.none() | st.integers(0, 1 << 40)
_kinds = st.sampled_from(list(Kind))
_replies = st.one_of(
    st.builds(Answered, _kinds, _text, st.booleans(), st.booleans()),
    st.builds(
        Failed,
        st.sampled_from(list(Cause)),
        _text,
        _number,
        _number,
        st.none() | _kinds,
        _texts,
        _texts,
        _texts,
        _text,
    ),
)


@given(_jobs)
def test_a_job_is_the_same_after_the_wire(job: Job) -> None:
    assert jobs.from_wire(json.loads(json.dumps(jobs.to_wire(job)))) == job


@given(_replies)
def test_a_reply_is_the_same_after_the_wire(reply: replies.Reply) -> None:
    found = replies.from_wire(json.loads(json.dumps(replies.to_wire(reply))))
    assert (type(found), found) == (type(reply), reply)


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_is_a_problem_with_a_status_of_its_own(cause: Cause) -> None:
    problem = problem_of(Failed(cause, "what", remedy="what else"), load_settings({}))
    assert problem.status in {400, 403, 404, 406, 413, 500, 502, 503, 504}
    assert problem.message
    assert problem.remedy or cause is Cause.GONE


# --- engines

ENGINES: dict[str, Callable[[Path], Engine]] = {
    "embedded": lambda store: EmbeddedEngine(load_settings({"store": str(store), "evaluators": "2"}))
}
"""Every engine, over the dataset of a store; all of them pass all tests below."""


@pytest.fixture(scope="module", params=list(ENGINES))
def running(request: pytest.FixtureRequest, small_store: Path) -> Iterator[Engine]:
    made = ENGINES[request.param](small_store)
    made.start()
    try:
        yield made
    finally:
        made.stop()


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
            evaluation: Evaluation = engine.evaluate(job, file, Conditions(**{**given, **terms}))
            self.dataset = evaluation.dataset
            self.reply: Any = evaluation.reply
            self.body = os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0)


def test_queries_of_every_kind(running: Engine) -> None:
    asked = Asked(running, QueryJob("SELECT ?x { VALUES ?x { 1 } }", "csv", "nt"))
    assert asked.reply == Answered(Kind.SOLUTIONS, "csv")
    assert asked.body.split() == [b"x", b"1"]
    assert asked.dataset == running.dataset
    assert Asked(running, QueryJob("ASK {}", "csv", None)).reply == Answered(Kind.BOOLEAN, "csv")
    made = Asked(running, QueryJob("CONSTRUCT { <a:a> <a:b> 1 } {}", None, "nt"))
    assert (made.reply.kind, made.reply.format) == (Kind.GRAPH, "nt")
    assert b"<a:a> <a:b>" in made.body


def test_the_dataset_of_the_protocol(running: Engine) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    only = Asked(running, QueryJob(query, "csv", None, default_graphs=("http://kasei.us/data1",)))
    assert only.body.split() == [b"n", b"1"]
    named = "SELECT ?g { GRAPH ?g { ?s ?p ?o } }"
    found = Asked(running, QueryJob(named, "csv", None, named_graphs=("http://kasei.us/data2",)))
    assert found.body.split() == [b"g", b"http://kasei.us/data2"]


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
    assert (none.cause, none.kind) == (Cause.NOT_ACCEPTABLE, Kind.BOOLEAN)


def test_graphs(running: Engine) -> None:
    asked = Asked(running, GraphJob("http://kasei.us/data3", "nt"))
    assert asked.reply == Answered(Kind.GRAPH, "nt")
    assert asked.body.count(b"\n") == 1
    assert Asked(running, GraphJob(None, "nt")).body.count(b"\n") > 2000
    assert Asked(running, GraphJob("http://kasei.us/none", "nt")).reply.cause is Cause.NO_GRAPH


def test_documents(running: Engine) -> None:
    claim = Asked(running, DocumentJob(CLAIM, "trig", "turtle", NAMESPACE))
    assert claim.reply == Answered(Kind.CLAIM, "trig")
    state = Asked(running, DocumentJob(NAMESPACE + "state/iran", "trig", "html", NAMESPACE))
    assert state.reply == Answered(Kind.RESOURCE, "html")
    page = document_page.from_json(state.body)
    assert page.node.iri == NAMESPACE + "state/iran"
    assert page.node.labels == (("en", "Iran"), ("fa", "ایران"))
    assert [term.iri for term in page.claimed[0]][2] == CLAIM
    assert page.shortened == ()
    unknown = Asked(running, DocumentJob(NAMESPACE + "state/irann", "trig", "html", NAMESPACE)).reply
    assert (unknown.cause, unknown.suggestions[0]) == (Cause.NO_RESOURCE, NAMESPACE + "state/iran")


def test_names(running: Engine) -> None:
    asked = Asked(running, NamesJob("match", '{"q": {"query": "Iran"}}'))
    assert asked.reply == Answered(Kind.NAMES, "json")
    assert json.loads(asked.body)["q"]["result"][0]["id"] == "state/iran"
    wrong = Asked(running, NamesJob("match", "[]")).reply
    assert (wrong.cause, "queries" in wrong.message, bool(wrong.remedy)) == (Cause.BAD_REQUEST, True, True)
    many = json.dumps({f"q{number}": {"query": "Iran"} for number in range(MOST_QUERIES + 1)})
    assert Asked(running, NamesJob("match", many)).reply.cause is Cause.TOO_MUCH
    assert Asked(running, NamesJob("preview", "state/none")).reply.cause is Cause.NO_ENTITY
    assert json.loads(Asked(running, NamesJob("suggest-entity", "ira")).body)["result"]


def test_search(running: Engine) -> None:
    asked = Asked(running, SearchJob("ايران", "en"))
    assert asked.reply == Answered(Kind.FOUND, "json")
    (group,) = json.loads(asked.body)["groups"]
    assert (group["kind"], group["total"]) == ("name", 1)
    assert group["hits"][0]["path"] == "state/iran"
    assert json.loads(Asked(running, SearchJob("ira", "fa", typing=True)).body)["groups"][0]["total"] == 1
    none = json.loads(Asked(running, SearchJob('"', "fa", "claim", 30)).body)
    assert (none["groups"], none["nearest"]) == ([], [])


def test_the_reference_of_a_dataset_without_an_ontology_is_empty(running: Engine) -> None:
    asked = Asked(running, ReferenceJob())
    assert asked.reply == Answered(Kind.REFERENCE, "json")
    assert from_json(asked.body).modules == {}


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
    bare = ENGINES["embedded"](tmp_path / "store")
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
        assert again.reply == Answered(Kind.BOOLEAN, "csv")
    finally:
        pool.stop()


@pytest.mark.parametrize("module", ["araxes.endpoint.cli.serve", "araxes.endpoint.engines.embedded.child"])
def test_neither_the_server_nor_an_evaluator_needs_rdflib(module: str) -> None:
    program = f"import sys, {module}; sys.exit('rdflib' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
