"""``/search``: what the dataset holds on some words, as a page, and as suggestions while they are typed."""

from __future__ import annotations

import json
from typing import cast

from flask import Flask, Response, request

from araxes.endpoint.engines.jobs import SearchJob
from araxes.endpoint.http.kept_pages import HTML, page_tag, tagged
from araxes.endpoint.http.responses import gone
from araxes.endpoint.pages.frame import chosen_language
from araxes.endpoint.pages.search import search_page, suggestions
from araxes.endpoint.search.index.text_rows import KINDS, SearchKind
from araxes.endpoint.search.text.country_names import country_words
from araxes.endpoint.search.text.full_text import PAGE, SearchAnswer
from araxes.endpoint.search.text.query_words import LONGEST_QUERY
from araxes.endpoint.service.etags import matches
from araxes.endpoint.service.service import Service

_METHODS = ["GET", "OPTIONS"]
_MOST_PAGES = 999
"""Pages of one kind that can be asked for; an address beyond is that of the first."""


def register(app: Flask, service: Service) -> None:
    """Add the routes."""

    @app.route("/search", methods=_METHODS)
    def search() -> Response:
        kind = _kind()
        page = _page() if kind else 1
        text, language = _query(), chosen_language(request)
        job = SearchJob(text, language, kind, (page - 1) * PAGE, proper=country_words(text))
        return _answered(service, job, HTML)

    @app.route("/search/suggest", methods=_METHODS)
    def search_suggestions() -> Response:
        return _answered(
            service, SearchJob(_query(), chosen_language(request), typing=True), "application/json"
        )


def _answered(service: Service, job: SearchJob, media_type: str) -> Response:
    """The answer to a search; nothing is evaluated for who has it already, or for no words."""
    tag = page_tag(service.dataset.digest, repr(job), job.language)
    if matches(request.headers.get("If-None-Match"), tag):
        return _dressed(Response(status=304), service.dataset.digest, tag)
    namespace = service.settings.text("namespace")
    found, digest = _found(service, job) if job.text.strip() else (None, service.dataset.digest)
    if job.typing:
        body = json.dumps(suggestions(job, found, namespace), ensure_ascii=False) + "\n"
    else:
        body = search_page(job, found, namespace)
    return _dressed(Response(body, mimetype=media_type), digest, tag)


def _found(service: Service, job: SearchJob) -> tuple[SearchAnswer, str]:
    """What was found, and the digest of the dataset that was asked."""
    service.check_rate(request.remote_addr or "")
    answer = service.evaluate(job, client=request.remote_addr or "", gone=gone())
    with answer.body:
        return cast("SearchAnswer", json.loads(answer.body.content())), answer.dataset.digest


def _dressed(response: Response, digest: str, tag: str) -> Response:
    response.vary.update(("Accept-Language", "Cookie"))
    return tagged(response, digest, tag)


def _query() -> str:
    return request.args.get("q", "")[:LONGEST_QUERY]


def _kind() -> SearchKind | None:
    """The kind that is asked for; one that nobody knows is none."""
    asked = request.args.get("kind")
    return next((kind for kind in KINDS if kind == asked), None)


def _page() -> int:
    text = request.args.get("page", "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 3 else 1
    return number if 0 < number <= _MOST_PAGES else 1
