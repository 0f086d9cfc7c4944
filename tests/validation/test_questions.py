"""Competency questions: answered as expected, by the engine and over HTTP with the clients people use."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from typing import Any

import pandas as pd
import pyoxigraph as ox
import pytest
from SPARQLWrapper import JSON, SPARQLWrapper

from araxes.validation.questions import FAMILIES, Question, answer, read_questions, same_answer
from tests.endpoint.endpoint_fixtures import Server
from tests.requirements_helper import require_tool

QUESTIONS = list(read_questions())
NAMES = [question.name for question in QUESTIONS]
each = pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)


def cells(lines: list[str]) -> list[tuple[str, ...]]:
    """CSV as sorted tuples."""
    return sorted(tuple(row) for row in csv.reader(io.StringIO("\n".join(lines[1:]))))


def test_every_family_is_asked() -> None:
    assert {question.family for question in QUESTIONS} == set(FAMILIES)
    assert len(QUESTIONS) >= 10


@each
def test_answer_is_the_expected_one(project: ox.Store, question: Question) -> None:
    assert len(question.expected) > 1, "an empty answer proves nothing"
    found = answer(project, question.query)
    assert same_answer(question, found), "\n".join(found)


@each
def test_curl(project_server: Server, question: Question) -> None:
    curl = require_tool("curl")
    command = [curl, "-sS", "--fail-with-body", "-H", "Accept: text/csv", "--data-urlencode", "query@-"]
    done = subprocess.run(
        [*command, project_server.endpoint], input=question.query.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert same_answer(question, done.stdout.decode("utf-8").splitlines())


@each
def test_sparqlwrapper(project_server: Server, question: Question) -> None:
    client = SPARQLWrapper(project_server.endpoint, returnFormat=JSON)
    client.setQuery(question.query)
    results: Any = client.queryAndConvert()
    names = results["head"]["vars"]
    assert ",".join(names) == question.expected[0]
    rows = [
        tuple(row.get(name, {}).get("value", "") for name in names) for row in results["results"]["bindings"]
    ]
    assert sorted(rows) == cells(question.expected)


@each
def test_pandas(project_server: Server, question: Question) -> None:
    reply = project_server.request(
        "POST",
        "/sparql",
        question.query.encode(),
        {"Content-Type": "application/sparql-query", "Accept": "text/csv"},
    )
    assert reply.status == 200, reply.text
    frame = pd.read_csv(io.BytesIO(reply.body), dtype=str, keep_default_na=False)
    assert sorted(tuple(row) for row in frame.itertuples(index=False)) == cells(question.expected)


def test_whoever_gives_a_figure_is_named_beside_it() -> None:
    """In answers about figures a claim stands with its holder, and its source where there are several."""
    for question in read_questions():
        if question.family != "figures":
            continue
        head = question.query.partition("WHERE")[0]
        if "?claim" in head or "?figure_claim" in head:
            assert "?holder" in head, question.name
            one_source = re.search(r"ax:source source:", question.query)
            assert one_source or "?source" in head, question.name
