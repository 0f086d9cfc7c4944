"""The contract between service and engines: its types, and their form on the wire."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.endpoint.engines import document_page, engine, jobs, replies
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
from araxes.endpoint.engines.replies import Answered, AnswerKind, Cause, Failed
from araxes.endpoint.search.index.text_rows import KINDS
from araxes.endpoint.search.reconciliation.operations import Operation, Version
from araxes.endpoint.service.reply_problems import problem_of
from araxes.endpoint.service.service import CompleteAnswer, Service
from araxes.endpoint.settings import load_settings

ROOM = Path(inspect.getfile(engine)).parent.parent

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
    st.builds(
        NamesJob,
        st.sampled_from(get_args(Operation)),
        _text,
        st.integers(),
        st.integers(),
        st.sampled_from(get_args(Version)),
        _texts,
    ),
    st.builds(PageJob, _text, st.just(((("p", "ASK {}", (("q", "SELECT * {}"),))),)), st.just((("l", "x"),))),
    st.builds(PassageJob, _text, _text),
    st.builds(SearchJob, _text, _text, st.none() | st.sampled_from(KINDS), st.integers(), st.booleans()),
)
_number = st.none() | st.integers(0, 1 << 40)
_kinds = st.sampled_from(list(AnswerKind))
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
