"""``/cite``: references to claims, disputes, sources, answers and the dataset."""

from __future__ import annotations

import json

from flask import Flask, Response, request

from araxes.endpoint.engines.jobs import QueryJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.kept_pages import page_tag, tagged
from araxes.endpoint.http.responses import base_url, check_format, gone, negotiate, query_field
from araxes.endpoint.http.short_addresses import question_of
from araxes.endpoint.pages.citations.cite_page import (
    FORMATS,
    WRITERS,
    cite_page,
    cite_text,
    preferred_style,
)
from araxes.endpoint.pages.citations.cited import Cited, cited_thing
from araxes.endpoint.pages.citations.dataset_facts import dataset_facts
from araxes.endpoint.pages.citations.facts import Facts, facts_from, facts_query
from araxes.endpoint.pages.citations.items import record_item
from araxes.endpoint.pages.frame import chosen_language
from araxes.endpoint.pages.questions import questions
from araxes.endpoint.pages.words import words
from araxes.endpoint.service.etags import matches, permalink
from araxes.endpoint.service.reply_problems import not_acceptable
from araxes.endpoint.service.service import Service
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, SOLUTION_FORMATS, content_type
from araxes.endpoint.sparql.protocol import QueryRequest

_METHODS = ["GET", "OPTIONS"]
_ASKED = ("iri", "question", "query", "answer")
_FURTHER = ("format", "style", "lang", "dataset")
_ANSWERS = frozenset(entry.name for entry in (*SOLUTION_FORMATS, *GRAPH_FORMATS))


def register(app: Flask, service: Service) -> None:
    """Add the route."""

    @app.route("/cite", methods=_METHODS)
    def cite() -> Response:
        return _cite(service)


def _cite(service: Service) -> Response:
    name = query_field("format")
    check_format(name, FORMATS)
    chosen = negotiate(name, FORMATS)
    if chosen is None:
        raise not_acceptable("citation", [entry.media_types[0] for entry in FORMATS])
    form, media_type = chosen
    language = chosen_language(request)
    style = preferred_style(query_field("style"), language)
    asked = _asked()
    digest = service.dataset.digest
    base = base_url(service.settings)
    tag = page_tag(digest, repr((asked, form.name, style, base)), language)
    if matches(request.headers.get("If-None-Match"), tag):
        return _dressed(Response(status=304, content_type=content_type(media_type)), digest, tag)
    about = dataset_facts(service.dataset, language, base, service.settings.text("namespace"))
    found = _cited(service, asked, about, language)
    if form.name in WRITERS:
        body = WRITERS[form.name](found.items)
    elif form.name == "text":
        body = cite_text(found, style, language)
    else:
        body = cite_page(found, asked, style, language, about)
    response = _dressed(Response(body, content_type=content_type(media_type)), digest, tag)
    if form.name in WRITERS:
        file_name = f"{found.record['id']}.{form.suffix}"
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _asked() -> dict[str, str]:
    """What is to be cited, by the fields of the address.

    Raises:
        HttpProblem: 400, only fields that nobody reads are there, and the dataset would be cited instead.
    """
    asked = {field: request.args[field] for field in _ASKED if request.args.get(field)}
    unread = sorted(request.args.keys() - {*_ASKED, *_FURTHER})
    if unread and not asked:
        remedy = "name what is cited in the field iri, question or query; without one, it is the dataset"
        raise HttpProblem(400, "field", f"no field here is called {unread[0][:80]}", remedy)
    return asked


def _dressed(response: Response, digest: str, tag: str) -> Response:
    response.vary.update(("Accept", "Accept-Language", "Cookie"))
    return tagged(response, digest, tag)


def _cited(service: Service, asked: dict[str, str], about: dict[str, str], language: str) -> Cited:
    """What the address asks for; the dataset if it names nothing.

    Raises:
        HttpProblem: 404, nothing is known of it; 414, the query is too long for an address.
    """
    namespace = about["namespace"]
    iri = asked.get("iri", namespace)
    if "question" in asked:
        return _question(service, asked["question"], about, language)
    if "query" in asked:
        return _query(asked, about, language)
    if iri.rstrip("/") == namespace.rstrip("/"):
        return Cited("dataset", namespace, about["dataset"], record_item(namespace, "", about, language), {})
    facts = _facts(service, iri)
    if not facts:
        raise HttpProblem(404, "not-found", f"nothing is known of {iri[:200]}", "start at /search")
    return cited_thing(iri, facts, about, language)


def _facts(service: Service, iri: str) -> Facts:
    try:
        query = facts_query(iri)
    except ValueError:
        raise HttpProblem(404, "not-found", f"{iri[:200]!r} is no IRI", "give one in full") from None
    service.check_rate(request.remote_addr or "")
    answer = service.evaluate(QueryJob(query, "json", None), client=request.remote_addr or "", gone=gone())
    with answer.body:
        return facts_from(json.loads(answer.body.content()))


def _question(service: Service, name: str, about: dict[str, str], language: str) -> Cited:
    asked = questions(service.dataset)
    question = asked.get(name) or asked.get(question_of(asked, name) or "")
    if question is None:
        raise HttpProblem(404, "not-found", f"there is no question {name[:80]!r}", "start at /questions")
    return _answer(f"{about['base']}questions/{question.name}", question.text[language], about, language)


def _query(asked: dict[str, str], about: dict[str, str], language: str) -> Cited:
    form = asked.get("answer", "")
    form = form if form in _ANSWERS else "html"
    address = permalink(about["base"], QueryRequest(asked["query"]), form, about["digest"])
    if address is None:
        raise HttpProblem(
            414, "uri-length", "the query is too long for an address", "cite the dataset, and print the query"
        )
    return _answer(address, "", about, language)


def _answer(address: str, question: str, about: dict[str, str], language: str) -> Cited:
    said = words(language)["cite"]["titles"]
    title = said["answer"].format(text=question) if question else said["query"]
    return Cited("answer", address, title, record_item(address, title, about, language), {})
