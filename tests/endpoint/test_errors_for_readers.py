"""What readers of pages meet when something is wrong is in the language of the page, whatever it is."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from araxes.endpoint.engines.replies import Cause, Failed
from araxes.endpoint.errors import HttpProblem, limit_problem
from araxes.endpoint.pages.problem import problem_shown
from araxes.endpoint.pages.words import FOLDER, detail_words
from araxes.endpoint.service.reply_problems import problem_of
from araxes.endpoint.settings import load_settings
from tests.endpoint.endpoint_fixtures import Server

ADDRESSES = (
    "/nothing",
    "/robots.txt",
    "/state/irann",
    "/state/" + quote("ایرانن"),
    "/dispute/x",
    "/claim/x/1",
    "/source/x",
    "/theory/x",
    "/ontology/x",
    "/ontology/9.9.9",
    "/plover/NOTHING",
    "/export",
    "/questions/no-such",
    "/pictures/x",
    "/pictures/network.gif",
    "/pictures/network.svg?since=2900",
    "/downloads/x",
    "/versions/zzz",
    "/versions/" + "0" * 64,
    "/pair?a=state/iran&b=x",
    "/own-copy?source=x",
    "/cite?iri=x",
    "/cite?question=x",
    "/cite?format=odd",
    "/state/iran?format=odd",
    "/sparql?query=ASK%20%7B%7D&format=odd",
    "/sparql?query=ASK%20%7B%7D&dataset=x",
    "/reconcile/preview?id=x",
    "/" + "x" * 8300,
    "/questions?" + "x" * 8300,
)
"""What a reader may ask for that is not there, or wrongly."""


@pytest.mark.parametrize("path", ADDRESSES, ids=[path[:40] for path in ADDRESSES])
def test_persian_pages_tell_it_in_persian(project_server: Server, path: str) -> None:
    reply = project_server.get(path, "text/html", Accept_Language="fa", Cookie="lang=fa")
    assert reply.status in (400, 404, 414), reply.status
    if reply.type != "text/html":
        return  # whatever is no page keeps to its format
    shown = reply.text.partition('<div class="problem">')[2].partition("<details>")[0]
    assert re.search(r"[آ-ی]{2}", shown)
    assert "<blockquote" not in shown
    plain = re.sub(
        "\u2068[^\u2069]*\u2069|<[^>]*>|/[a-z?]+|araxes [a-z ]+|[A-Z]{3,}|\\bdataset\\b", "", shown
    )
    assert not re.search(r"[A-Za-z]{4}", plain), plain


def test_what_takes_too_long_or_too_much_is_told_in_persian() -> None:
    settings = load_settings({}, {})
    causes = (Cause.TIMEOUT, Cause.DISPLACED, Cause.MEMORY, Cause.RESULT_SIZE, Cause.SPOOL)
    problems = [problem_of(Failed(cause, ""), settings) for cause in causes]
    for code, detail in (
        ("rate", "this client sends queries too fast"),
        ("queue-full", "as many requests wait as may"),
        ("queue-wait", "no evaluator became free in time"),
    ):
        name = {"queue-full": "queue", "queue-wait": "queue_wait"}.get(code, code)
        problems.append(limit_problem(503, code, detail, settings.limit(name), 5))
    for problem in problems:
        shown = problem_shown(problem, "r", "fa")
        assert shown.original == (), problem.message
        assert shown.remedy == detail_words(problem.remedy, "fa") != "", problem.remedy
        assert problem_shown(problem, "r", "en").meaning == ""


def test_what_the_parser_says_of_a_query_is_quoted() -> None:
    problem = HttpProblem(400, "syntax", "syntax error at line 1, column 7: x", "correct it")
    shown = problem_shown(problem, "r", "fa")
    assert shown.meaning
    assert shown.original == (problem.message, problem.remedy)


def test_no_sentence_of_the_table_is_of_yesterday() -> None:
    """Each is one that the code says: by its longest part."""
    code = "\n".join(path.read_text("utf-8") for path in Path(FOLDER).parents[1].rglob("*.py"))
    joined = re.sub(r'"\s*\n\s*f?"', "", code)
    rows = (FOLDER / "details.tsv").read_text("utf-8").splitlines()[1:]
    for row in rows:
        english = row.partition("\t")[0]
        part = max(english.split("{}"), key=len).strip()
        assert part in joined or english.startswith("The requested URL"), english
