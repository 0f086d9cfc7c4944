"""``/questions``: what the graph must be able to answer, for readers who write no SPARQL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from flask import render_template

from araxes.endpoint.engines.jobs import PageJob
from araxes.endpoint.pages.answer_order import Order
from araxes.endpoint.pages.answer_tables import AnswerTable
from araxes.endpoint.pages.silence import ungiven
from araxes.ontology.namespaces import BASE
from araxes.triples.stores.versioned_store import StoreVersion
from araxes.validation.kept_questions import kept_questions
from araxes.validation.questions import FAMILIES, Question

_LANGUAGE_TEST = re.compile(r'(LANG\(\?\w+\)\s*=\s*)"([a-z]{2})"', re.IGNORECASE)
FORMATS = ("csv", "json", "tsv", "xml")
"""Forms in which an answer can be had from the page."""


def questions(version: StoreVersion) -> Mapping[str, Question]:
    """The questions of a dataset by name, in order."""
    return {each.question.name: each.question for each in kept_questions(version.path.parent)}


def query_in(question: Question, language: str) -> str:
    """A question's query, asking for labels in a language.

    A query that asks for labels in more than one language is left as it is: then the languages are part
    of the answer.
    """
    asked = {found[2] for found in _LANGUAGE_TEST.finditer(question.query)}
    if len(asked) != 1:
        return question.query
    return _LANGUAGE_TEST.sub(rf'\1"{language}"', question.query)


ANSWER = "answer"
"""Name of the query and of its answer in the job of a question."""


def answer_job(query: str) -> PageJob:
    """The job that answers a question, from what is kept if it is."""
    return PageJob(BASE + "questions", ((ANSWER, "ASK {}", ((ANSWER, query),), ""),), ())


def questions_page(version: StoreVersion) -> str:
    """The questions of a dataset by family; families in which it has none are left out."""
    asked = questions(version).values()
    listed = {family: [each for each in asked if each.family == family] for family in FAMILIES}
    return render_template(
        "questions.html", families={family: found for family, found in listed.items() if found}
    )


def question_page(
    version: StoreVersion, question: Question, query: str, table: AnswerTable, order: Order
) -> str:
    """One question with its answer in an order."""
    siblings = [other for other in questions(version).values() if other.family == question.family]
    place = siblings.index(question)
    near = [other for other in siblings[max(0, place - 2) : place + 3] if other is not question]
    return render_template(
        "question.html",
        question=question,
        query=query,
        table=table,
        order=order,
        near=near,
        ungiven=ungiven(table) if question.family == "figures" else (),
        addresses={name: _address(query, name) for name in FORMATS},
        editor=_address(query, "html"),
    )


def _address(query: str, name: str) -> str:
    return "/sparql?" + urlencode({"query": query, "format": name}, quote_via=quote)
