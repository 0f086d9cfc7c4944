"""``/`` and ``/questions``: where readers begin, and the competency questions with their answers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, cast

from flask import Flask, Response, redirect, request, url_for

from araxes.endpoint.engines.jobs import PageJob, QueryJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.kept_pages import HTML, kept_page, page_tag
from araxes.endpoint.http.responses import base_url, gone, with_dataset
from araxes.endpoint.http.short_addresses import question_of
from araxes.endpoint.http.sides import sides_of, unknown_side
from araxes.endpoint.http.thing_pages import thing_page
from araxes.endpoint.pages.answer_order import order_of, ordered
from araxes.endpoint.pages.answer_tables import answer_table, iris_of, known_from, labels_query
from araxes.endpoint.pages.frame import chosen_language
from araxes.endpoint.pages.pair import PAGE, PAIRS
from araxes.endpoint.pages.questions import (
    ANSWER,
    answer_job,
    query_in,
    question_page,
    questions,
    questions_page,
)
from araxes.endpoint.pages.start import (
    Figures,
    disputes_from,
    disputes_query,
    figures_from,
    figures_query,
    start_page,
)
from araxes.endpoint.pages.thing_pages import LONGEST_FIELD
from araxes.endpoint.service.result_cache import Kept
from araxes.endpoint.service.service import Service
from araxes.validation.questions import Question

_METHODS = ["GET", "OPTIONS"]


def register(app: Flask, service: Service) -> None:
    """Add the routes."""

    @app.get("/")
    def start() -> Response:
        return _start(service, chosen_language(request))

    @app.route("/questions", methods=_METHODS)
    def questions_index() -> Response:
        language = chosen_language(request)
        version = service.dataset
        name = f"questions of {version.name}"  # which equal datasets may have others of
        return kept_page(service, version.digest, name, language, lambda: questions_page(version))

    @app.route("/pair", methods=_METHODS)
    def pair() -> Response:
        return _pair(service)

    @app.route("/questions/<name>", methods=_METHODS)
    def question_answer(name: str) -> Response:
        asked = questions(service.dataset)
        question = asked.get(name)
        if question is None and (full := question_of(asked, name)):
            language = request.args.get("lang")
            return cast("Response", redirect(url_for("question_answer", name=full, lang=language), 302))
        if question is None:
            raise HttpProblem(404, "not-found", f"there is no question {name[:80]!r}", "start at /questions")
        return _answer(service, question, chosen_language(request))


def _pair(service: Service) -> Response:
    """Two things together; without two, those of which most is said."""
    asked = sides_of(service)
    one, two = asked.node("a"), asked.node("b")
    page = (
        thing_page(service, one.value, (PAGE,))
        if one and two
        else thing_page(service, asked.namespace, (PAIRS,))
    )
    if page is None:
        raise unknown_side(service, asked, "there is no page of these two together", "pair")
    return page


def _start(service: Service, language: str) -> Response:
    """The start page: without figures when nothing can be evaluated now, since it has to answer always."""
    digest = service.dataset.digest
    tag = page_tag(digest, "figures", language)
    try:
        kept = service.cache.get(tag)
        if kept is None:
            asked = [_ask(service, query(language)) for query in (figures_query, disputes_query)]
            kept = Kept(tag, "application/json", json.dumps(asked).encode())
            service.cache.put(kept)
        counted, disputed = json.loads(kept.body)
        namespace = service.settings.text("namespace")
        figures = replace(
            figures_from(counted, language, namespace), disputes=disputes_from(disputed, namespace)
        )
    except HttpProblem:
        figures = Figures()
    page = Response(start_page(service, base_url(service.settings), figures), mimetype=HTML)
    page.headers["Cache-Control"] = "no-cache"
    return with_dataset(page, digest)


def _answer(service: Service, question: Question, language: str) -> Response:
    version = service.dataset
    query = query_in(question, language)
    order = order_of(request.args.get("sort", "")[:LONGEST_FIELD], query)

    def make() -> str:
        results = _done(service, answer_job(query))["answers"][ANSWER]
        iris = iris_of(results)
        known = known_from(_ask(service, labels_query(iris)), language) if iris else {}
        shown = ordered(results, known, order)
        table = answer_table(shown, known, language, service.settings.text("namespace"))
        return question_page(version, question, query, table, order)

    name = f"{question.name} in {version.name} by {order.field}"
    return kept_page(service, version.digest, name, language, make)


def _ask(service: Service, query: str) -> dict[str, Any]:
    """The answer to a query of ours, counted and evaluated like any other."""
    return _done(service, QueryJob(query, "json", None))


def _done(service: Service, job: QueryJob | PageJob) -> dict[str, Any]:
    service.check_rate(request.remote_addr or "")
    answer = service.evaluate(job, client=request.remote_addr or "", gone=gone())
    with answer.body:
        return cast("dict[str, Any]", json.loads(answer.body.content()))
