"""``/questions``: what the graph must be able to answer, for readers who write no SPARQL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import quote, urlencode

from flask import render_template

from araxes.endpoint.pages.answer_tables import AnswerTable
from araxes.validation.questions import FAMILIES, Question, read_questions

_LANGUAGE_TEST = re.compile(r'(LANG\(\?\w+\)\s*=\s*)"([a-z]{2})"', re.IGNORECASE)
FORMATS = ("csv", "json", "tsv", "xml")
"""Forms in which an answer can be had from the page."""


@cache
def questions() -> Mapping[str, Question]:
    """All questions by name, in order."""
    return {question.name: question for question in read_questions()}


def query_in(question: Question, language: str) -> str:
    """A question's query, asking for labels in a language.

    A query that asks for labels in more than one language is left as it is: then the languages are part
    of the answer.
    """
    asked = {found[2] for found in _LANGUAGE_TEST.finditer(question.query)}
    if len(asked) != 1:
        return question.query
    return _LANGUAGE_TEST.sub(rf'\1"{language}"', question.query)


def questions_page() -> str:
    """The questions by family."""
    families = {
        family: [question for question in questions().values() if question.family == family]
        for family in FAMILIES
    }
    return render_template("questions.html", families=families)


def question_page(question: Question, query: str, table: AnswerTable) -> str:
    """One question with its answer."""
    siblings = [other for other in questions().values() if other.family == question.family]
    place = siblings.index(question)
    near = [other for other in siblings[max(0, place - 2) : place + 3] if other is not question]
    return render_template(
        "question.html",
        question=question,
        query=query,
        table=table,
        near=near,
        addresses={name: _address(query, name) for name in FORMATS},
        editor=_address(query, "html"),
    )


def _address(query: str, name: str) -> str:
    return "/sparql?" + urlencode({"query": query, "format": name}, quote_via=quote)
