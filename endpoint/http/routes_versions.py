"""``/versions``: the datasets that were published and are kept, with what changed."""

from __future__ import annotations

import json
from collections.abc import Callable

from flask import Flask, Response, request

from araxes.endpoint.http.kept_pages import kept_page, page_tag, tagged
from araxes.endpoint.http.responses import base_url, check_format, negotiate, query_field
from araxes.endpoint.pages.frame import chosen_language
from araxes.endpoint.pages.thing_pages import LONGEST_FIELD
from araxes.endpoint.pages.versions import Reader, as_json, version_page, versions_page
from araxes.endpoint.service.etags import matches
from araxes.endpoint.service.reply_problems import not_acceptable
from araxes.endpoint.service.service import Service
from araxes.endpoint.service.version_changes import changes_of
from araxes.endpoint.sparql.formats import Format

_METHODS = ["GET", "OPTIONS"]
_FORMATS = (
    Format("json", ("application/json",), "json", "JSON"),
    Format("html", ("text/html",), "html", "HTML page"),
)


def register(app: Flask, service: Service) -> None:
    """Add the routes. They read small files that were made with each dataset; no evaluator is needed."""

    @app.route("/versions", methods=_METHODS)
    def versions_list() -> Response:
        return _list(service)

    @app.route("/versions/<digest>", methods=_METHODS)
    def version_changes(digest: str) -> Response:
        return _one(service, digest)


def _list(service: Service) -> Response:
    kept = service.engine.kept()

    def page() -> str:
        return versions_page([(version, changes_of(version)) for version in kept], service.dataset)

    def data() -> object:
        base = base_url(service.settings)
        listed = [as_json(version, changes_of(version), base, whole=False) for version in reversed(kept)]
        return {"current": service.dataset.digest, "versions": listed}

    return _answer(service, repr(["versions", *(version.name for version in kept)]), page, data)


def _one(service: Service, digest: str) -> Response:
    """What changed with one dataset.

    Raises:
        HttpProblem: 400 or 404, there is no such dataset.
    """
    version = service.dataset_named(digest)
    fields = {name: request.args.get(name, "")[:LONGEST_FIELD] for name in ("kind", "page")}
    number = int(fields["page"]) if fields["page"].isdecimal() else None
    reader = Reader(chosen_language(request), service.settings.text("namespace"), service.dataset)

    def page() -> str:
        return version_page(version, changes_of(version), (fields["kind"], number), reader)

    def data() -> object:
        return as_json(version, changes_of(version), base_url(service.settings), whole=True)

    return _answer(service, repr(["version", version.name, fields]), page, data)


def _answer(service: Service, name: str, page: Callable[[], str], data: Callable[[], object]) -> Response:
    """The page or the data, made once for each dataset, name and language."""
    asked = query_field("format")
    check_format(asked, _FORMATS)
    chosen = negotiate(asked, _FORMATS)
    if chosen is None:
        raise not_acceptable("list of versions", [entry.media_types[0] for entry in _FORMATS])
    digest = service.dataset.digest
    if chosen[0].name == "html":
        response = kept_page(service, digest, name, chosen_language(request), page)
    else:
        tag = page_tag(digest, name + base_url(service.settings), "json")
        if matches(request.headers.get("If-None-Match"), tag):
            response = tagged(Response(status=304, content_type="application/json"), digest, tag)
        else:
            body = json.dumps(data(), ensure_ascii=False, indent=1) + "\n"
            response = tagged(Response(body, content_type="application/json"), digest, tag)
    response.vary.add("Accept")
    return response
