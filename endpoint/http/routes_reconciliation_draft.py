"""``/reconcile/1.0-draft``: the draft of the Reconciliation Service API 1.0.

https://reconciliation-api.github.io/specs/1.0-draft/, as it stood on 15 July 2026 (commit 8d66bdb). Only what
belongs to HTTP is here; what is answered is in :mod:`.reconciliation.draft_operations`. The draft
shares no address with version 0.2, since both answer GET at their root with manifests that contradict each
other; how to negotiate a version came into the draft on that day and was taken back.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from importlib.metadata import version

from flask import Flask, Response, request

from araxes.endpoint.engines.jobs import NamesJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.reconciliation_answers import (
    PREVIEW_SIZE,
    answered,
    check_charset,
    check_encoding,
    document,
    dressed,
    json_answer,
    preview_page,
)
from araxes.endpoint.http.responses import base_url
from araxes.endpoint.http.routes_reconciliation import DEFAULT_TYPES
from araxes.endpoint.pages.words import words
from araxes.endpoint.search.index.undeclared_words import (
    CHOICES,
    SERVICE,
    SETTING_HELP,
    SETTINGS,
    Words,
    said,
)
from araxes.endpoint.search.reconciliation.draft_requests import DRAFT, language_tag
from araxes.endpoint.search.reconciliation.draft_texts import direction, known_languages
from araxes.endpoint.search.reconciliation.operations import Operation
from araxes.endpoint.search.reconciliation.request_members import MOST_QUERIES, parse_number
from araxes.endpoint.service.service import Service
from araxes.endpoint.sparql.protocol import method_problem, parse_content_type, parse_fields
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX

ROOT = "/reconcile/1.0-draft"
JSON = "application/json"

_SUGGEST: dict[str, Operation] = {
    "entity": "suggest-entity",
    "property": "suggest-property",
    "type": "suggest-type",
}
_FORMER = ("queries", "extend", "callback")
"""Fields of version 0.2."""


def register(app: Flask, service: Service) -> None:
    """Add the routes."""

    @app.get(ROOT)
    def draft_manifest() -> Response:
        with _pointing_to_the_draft():
            fields = _fields()
            for name in _FORMER:
                if name in fields:
                    raise _bad(f"{name}: that is a request of version 0.2", "send it to /reconcile")
            languages = _languages(fields)
        found = manifest(base_url(service.settings), languages)
        return _said(dressed(document(found), service.dataset.digest), languages)

    @app.post(f"{ROOT}/<any(match, extend):what>")
    def draft_batch(what: Operation) -> Response:
        with _pointing_to_the_draft():
            languages = _languages(_fields())
            return _answer(service, NamesJob(what, _body(), version="1.0-draft", languages=languages))

    @app.route(
        f"{ROOT}/<any(match, extend):what>",
        methods=["GET", "HEAD", "PUT", "DELETE", "PATCH"],
        provide_automatic_options=False,
    )
    def draft_method(what: str) -> Response:
        # Without this the address would be that of a document.
        raise method_problem(request.method, ("OPTIONS", "POST"))

    @app.get(f"{ROOT}/suggest/<any(entity, property, type):what>")
    def draft_suggest(what: str) -> Response:
        with _pointing_to_the_draft():
            fields = _fields("prefix")
            job = NamesJob(
                _SUGGEST[what],
                fields["prefix"],
                start=parse_number("offset", fields.get("offset", ""), 0),
                most=parse_number("limit", fields.get("limit", ""), 0, least=1),
                version="1.0-draft",
                languages=_languages(fields),
            )
            return _answer(service, job)

    @app.get(f"{ROOT}/extend/propose")
    def draft_propose() -> Response:
        with _pointing_to_the_draft():
            fields = _fields("type")
            job = NamesJob(
                "propose",
                fields["type"].removeprefix(AX),
                most=parse_number("limit", fields.get("limit", ""), 0, least=1),
                version="1.0-draft",
                languages=_languages(fields),
            )
            return _answer(service, job)

    @app.get(f"{ROOT}/preview")
    def draft_preview() -> Response:
        with _pointing_to_the_draft():
            return preview_page(service, _fields("id")["id"])


def manifest(base: str, languages: tuple[str, ...]) -> dict[str, object]:
    """The service manifest.

    Args:
        base: the public address, with a slash at its end.
        languages: in which it names things, the preferred first.
    """
    kinds = {tag: words(tag)["reconciliation"]["types"] for tag in LANGUAGES}
    return {
        "versions": ["1.0-draft"],
        **_named(SERVICE, languages),
        "documentation": base + "reconcile/about",
        "serviceVersion": version("araxes"),
        "batchSize": MOST_QUERIES,
        "standardizedScore": True,
        "view": {"url": base + "{+id}"},
        "featureView": {"url": base + "reconcile/about#{id}"},
        "defaultTypes": [
            {"id": kind, **_named({tag: named[kind] for tag, named in kinds.items()}, languages)}
            for kind in DEFAULT_TYPES
        ],
        "preview": PREVIEW_SIZE,
        "suggest": dict.fromkeys(_SUGGEST, True),
        "extend": {
            "proposeProperties": True,
            "propertySettings": [_setting(name, languages) for name in SETTINGS],
        },
    }


def _setting(name: str, languages: tuple[str, ...]) -> dict[str, object]:
    """What can be set for a property that a table is extended by."""
    setting = {
        "id": name,
        **_named(SETTINGS[name], languages),
        "helpText": said(SETTING_HELP[name], languages)[1],
    }
    if name not in CHOICES:
        return {**setting, "type": "number", "default": 0}
    choices = [{"value": value, **_named(called, languages)} for value, called in CHOICES[name].items()]
    return {**setting, "type": "select", "default": next(iter(CHOICES[name])), "choices": choices}


def _named(called: Words, languages: tuple[str, ...]) -> dict[str, object]:
    language, text = said(called, languages)
    return {"name": text, "lang": language, "dir": direction(language)}


def _answer(service: Service, job: NamesJob) -> Response:
    return _said(json_answer(answered(service, job)), job.languages)


def _said(response: Response, languages: tuple[str, ...]) -> Response:
    """The response, saying for readers of which language it is."""
    response.headers["Content-Language"] = languages[0]
    response.vary.add("Accept-Language")
    return response


def _languages(fields: dict[str, str]) -> tuple[str, ...]:
    """The languages of whoever reads the answer: of the field ``lang``, then of Accept-Language.

    Raises:
        HttpProblem: 400, the field is no language tag.
    """
    accepted = [tag for tag, quality in request.accept_languages if quality > 0]
    asked = [language_tag("lang", fields["lang"])] if "lang" in fields else []
    return known_languages([*asked, *accepted])


def _fields(*required: str) -> dict[str, str]:
    """The fields of the query string.

    Raises:
        HttpProblem: 400, one is missing or there twice.
    """
    pairs = parse_fields(request.query_string, "query string")
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _bad(f"{twice[:40]}: it was sent more than once", "send it once")
    for name in required:
        if name not in fields:
            raise _bad(f"{name}: it is missing", f"send {name}=…")
    return fields


def _body() -> str:
    """The text of a body, which is to be JSON.

    Raises:
        HttpProblem: 400 or 415, with what to send instead.
    """
    media_type, parameters = parse_content_type(request.content_type or "")
    check_encoding()
    if media_type != JSON:
        what = f"a body of type {media_type[:80]}" if media_type else "a body without Content-Type"
        raise HttpProblem(
            415,
            "media-type",
            f"{what} is no request of the draft of version 1.0",
            f"send the JSON itself as {JSON}; forms are requests of version 0.2, at /reconcile",
            headers={"Accept-Post": JSON},
            choices=[JSON],
        )
    check_charset("body", parameters, DRAFT)
    try:
        return request.get_data(cache=False).decode("utf-8")
    except UnicodeDecodeError as error:
        raise HttpProblem(400, "not-utf-8", "the body is not UTF-8", "encode it as UTF-8") from error


@contextlib.contextmanager
def _pointing_to_the_draft() -> Iterator[None]:
    """Have what is wrong with a request lead to the draft, not to version 0.2."""
    try:
        yield
    except HttpProblem as problem:
        if problem.status in (400, 413, 415):
            problem.members["see"] = DRAFT
        raise


def _bad(detail: str, remedy: str) -> HttpProblem:
    return HttpProblem(400, "reconciliation", detail, remedy)
