"""``/sparql`` for readers: the form, a result beneath it, and what is wrong with a query, with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import render_template
from markupsafe import Markup

from araxes.endpoint.engines.jobs import ResultPage
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.pages.problem import ShownProblem, problem_shown
from araxes.endpoint.pages.questions import query_in, questions
from araxes.endpoint.pages.words import words
from araxes.endpoint.service.etags import permalink
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from araxes.endpoint.sparql.prefixes import served_prefixes
from araxes.endpoint.sparql.protocol import QueryRequest
from araxes.ontology.languages import LANGUAGES
from araxes.triples.stores.versioned_store import StoreVersion
from araxes.validation.questions import FAMILIES, Question

MOST_ROWS = 1000
"""Rows of a result on a page; files hold all."""

_MARK = Markup("<!-- result -->")  # nothing that is escaped holds it
_LONGEST_LINK = 4000
_TABLES = [entry for entry in SOLUTION_FORMATS if entry.name != "html"]
_GRAPHS = [entry for entry in GRAPH_FORMATS if entry.name != "html"]
_SAVED_ROWS = {"csv": "CSV", "json": "JSON"}
_SAVED_TRIPLES = {"turtle": "Turtle", "jsonld": "JSON-LD"}


@dataclass(frozen=True, slots=True)
class QuerySite:
    """Where a query page is.

    Attributes:
        base: public address of the service, with a slash at its end.
        namespace: of the IRIs that it answers for.
        language: of the page.
        dataset: that is asked.
        past: whether it is another than the present one.
    """

    base: str
    namespace: str
    language: str
    dataset: StoreVersion
    past: bool = False


def example_of(name: str | None, site: QuerySite) -> str | None:
    """The query of a question that is to stand in the form."""
    question = questions(site.dataset).get(name or "")
    return query_in(question, site.language) if question else None


def query_page(site: QuerySite, query: str, example: str | None = None) -> str:
    """The form.

    Args:
        site: where it is.
        query: that stands in it.
        example: name of the question that the query answers.
    """
    return _page(site, query, example=example)


def result_page(site: QuerySite, query: QueryRequest, *, graph: bool) -> ResultPage:
    """What the evaluator puts a result into.

    Args:
        site: where it is.
        query: that was asked.
        graph: whether it asks for triples.
    """
    digest = site.dataset.digest
    names = _SAVED_TRIPLES if graph else _SAVED_ROWS
    saves = {label: link for name, label in names.items() if (link := permalink("/", query, name, digest))}
    link = permalink(site.base, query, "html", digest)
    page = _page(
        site,
        query.query,
        result=_MARK,
        saves=saves,
        link=link,
        cite=link and f"/cite?{urlencode({'query': query.query, 'answer': 'html'}, quote_via=quote)}",
    )
    head, _, tail = page.rpartition(_MARK)
    said = words(site.language)
    told = tuple((name, text) for table in ("results", "hints") for name, text in said[table].items())
    return ResultPage(head, tail, site.language, site.namespace, told, MOST_ROWS)


def refused_page(site: QuerySite, problem: HttpProblem, request_id: str, query: str) -> str:
    """The form with the query that could not be answered, and why.

    Args:
        site: where it is.
        problem: what is wrong.
        request_id: by which the log has more.
        query: as it was sent.
    """
    shown = problem_shown(problem, request_id, site.language, query)
    if problem.prefixes and len(query) < _LONGEST_LINK:
        lines = "\n".join(problem.prefixes)
        fields = {"query": f"{lines}\n{query}", "format": "html"}
        shown.prefixes, shown.prefixed = lines, "/sparql?" + urlencode(fields, quote_via=quote)
    return _page(site, query, problem=shown)


def _page(
    site: QuerySite,
    query: str,
    *,
    example: str | None = None,
    problem: ShownProblem | None = None,
    **parts: Any,
) -> str:
    return render_template(
        "query.html",
        query=query,
        rows=min(24, max(8, query.count("\n") + 2)),
        chosen_example=example,
        families=_families(site.dataset),
        tables=_TABLES,
        graphs=_GRAPHS,
        languages=[(tag, words(tag)["name"]) for tag in LANGUAGES],
        prefixes=served_prefixes(site.namespace),
        problem=problem,
        past=site.dataset if site.past else None,
        **parts,
    )


def _families(version: StoreVersion) -> Mapping[str, list[Question]]:
    asked = questions(version).values()
    return {family: [question for question in asked if question.family == family] for family in FAMILIES}
