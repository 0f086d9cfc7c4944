"""``/reconcile``: the Reconciliation Service API 0.2, so that OpenRefine matches tables against the entities.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. Only what
belongs to HTTP is here; what is answered is in :mod:`araxes.endpoint.search.reconciliation`.
"""

from __future__ import annotations

import json
from importlib.metadata import version

from flask import Flask, Response, render_template, request

from araxes.endpoint.engines.jobs import NamesJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.responses import base_url, file_response, gone, with_dataset
from araxes.endpoint.pages.frame import number, remember
from araxes.endpoint.search.indexed_terms import IDENTIFIERS
from araxes.endpoint.search.property_values import Preview
from araxes.endpoint.search.reconciliation import Operation
from araxes.endpoint.search.reconciliation_requests import (
    MOST_PROPERTIES,
    MOST_QUERIES,
    SPECIFICATION,
    parse_number,
)
from araxes.endpoint.service.service import CompleteAnswer, Service
from araxes.endpoint.sparql.protocol import FORM, parse_content_type, parse_fields
from araxes.ontology.namespaces import AX, BASE

MULTIPART = "multipart/form-data"
DEFAULT_TYPES = ("State", "Organization", "Person", "Place", "Event", "Actor")
"""Classes that a client offers before it has asked."""

_PREVIEW = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors *"
_FLYOUT = {"flyout_service_path": "/reconcile/flyout/entity?id=${id}"}
_METHODS = ["GET", "POST", "OPTIONS"]
_CHARSETS = ("utf-8", "utf8", "us-ascii", "ascii")


def register(app: Flask, service: Service) -> None:
    """Add the routes."""

    def answer(job: NamesJob) -> CompleteAnswer:
        service.check_rate(request.remote_addr or "")
        return service.evaluate(job, client=request.remote_addr or "", gone=gone())

    @app.route("/reconcile", methods=_METHODS)
    @app.route("/reconcile/", methods=_METHODS)
    def reconcile() -> Response:
        fields = _fields()
        if "queries" in fields:
            return _json(answer(NamesJob("match", fields["queries"])))
        if "extend" in fields:
            return _json(answer(NamesJob("extend", fields["extend"])))
        return _dressed(_document(manifest(base_url(service.settings))), service.dataset.digest)

    @app.get("/reconcile/suggest/<what>")
    def suggest(what: str) -> Response:
        operations: dict[str, Operation] = {
            "entity": "suggest-entity",
            "type": "suggest-type",
            "property": "suggest-property",
        }
        if what not in operations:
            raise HttpProblem(
                404, "not-found", f"nothing suggests {what!r}", "ask for entity, type or property"
            )
        fields = _fields()
        start = parse_number("cursor", fields.get("cursor", ""), 0)
        return _json(answer(NamesJob(operations[what], fields.get("prefix", ""), start=start)))

    @app.get("/reconcile/propose")
    def propose() -> Response:
        fields = _fields()
        most = parse_number("limit", fields.get("limit", ""), 1000, least=1)
        return _json(answer(NamesJob("propose", fields.get("type", "").removeprefix(AX), most=most)))

    @app.get("/reconcile/preview")
    def preview() -> Response:
        try:
            found = answer(NamesJob("preview", _fields().get("id", "")))
        except HttpProblem as problem:
            problem.headers["Content-Security-Policy"] = _PREVIEW  # the client shows it in a frame as well
            raise
        body = render_template("preview.html", entity=_entity(found))
        response = with_dataset(Response(body, mimetype="text/html"), found.dataset.digest)
        response.headers["Content-Security-Policy"] = _PREVIEW
        return response

    @app.get("/reconcile/flyout/entity")
    def flyout() -> Response:
        found = answer(NamesJob("preview", _fields().get("id", "")))
        entity = _entity(found)
        html = render_template("preview_body.html", entity=entity)
        return _dressed(_document({"id": entity["id"], "html": html}), found.dataset.digest)

    @app.get("/reconcile/about")
    def about() -> Response:
        base = base_url(service.settings)
        body = render_template(
            "reconciliation.html",
            base=base,
            types=DEFAULT_TYPES,
            identifiers=IDENTIFIERS,
            queries=MOST_QUERIES,
            properties=MOST_PROPERTIES,
            specification=SPECIFICATION,
            number=number,
        )
        return remember(request, Response(body, mimetype="text/html"))


def manifest(base: str) -> dict[str, object]:
    """The service manifest (§3), with the limit that newer clients obey."""
    place = {"service_url": base.rstrip("/")}
    return {
        "versions": ["0.2"],
        "name": "Araxes: international relations of the South Caucasus",
        "identifierSpace": BASE,
        "schemaSpace": AX,
        "documentation": base + "reconcile/about",
        "serviceVersion": version("araxes"),
        "batchSize": MOST_QUERIES,
        "view": {"url": base + "{{id}}"},
        "feature_view": {"url": base + "reconcile/about#{{id}}"},
        "defaultTypes": [{"id": kind, "name": kind} for kind in DEFAULT_TYPES],
        "preview": {"url": base + "reconcile/preview?id={{id}}", "width": 420, "height": 200},
        "suggest": {
            what: {**place, "service_path": f"/reconcile/suggest/{what}", **flyout}
            for what, flyout in (("entity", _FLYOUT), ("type", {}), ("property", {}))
        },
        "extend": {
            "propose_properties": {**place, "service_path": "/reconcile/propose"},
            "property_settings": [],
        },
    }


def _fields() -> dict[str, str]:
    """The fields of a request, from the query string and, of a POST, from the form.

    Raises:
        HttpProblem: 400 or 415, with what to send instead.
    """
    pairs = parse_fields(request.query_string, "query string")
    if request.method == "POST":
        pairs += _form()
    fields = dict(pairs)
    names = [name for name, _ in pairs]
    if "callback" in fields:
        raise _bad("callback: JSONP is not offered", "send the request without it: every site may (CORS)")
    if "query" in fields:
        raise _bad("query: a single query is none of version 0.2", 'send queries={"q0": {"query": "Iran"}}')
    if any(names.count(name) > 1 for name in ("queries", "extend")) or {"queries", "extend"} <= fields.keys():
        raise _bad("queries, extend: more than one was sent", "send one of them, once")
    if request.method == "POST" and not {"queries", "extend"} & fields.keys():
        raise _bad("the form has no field queries or extend", "send one; the manifest is answered to GET")
    return fields


def _form() -> list[tuple[str, str]]:
    """The fields of a form."""
    media_type, parameters = parse_content_type(request.content_type or "")
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise HttpProblem(
            415, "content-encoding", "compressed request bodies are not read", "send it uncompressed"
        )
    if media_type not in (FORM, MULTIPART):
        said = f"a body of type {media_type[:80]}" if media_type else "a body without Content-Type"
        raise HttpProblem(
            415,
            "media-type",
            f"{said} is no request of version 0.2",
            f"send the JSON as the field queries or extend of {FORM}",
            headers={"Accept-Post": f"{FORM}, {MULTIPART}"},
            see=SPECIFICATION,
            choices=[FORM, MULTIPART],
        )
    charset = parameters.get("charset", "utf-8").lower()
    if charset not in _CHARSETS:
        raise HttpProblem(
            400, "charset", f"the form is said to be {charset[:40]}", "send UTF-8", see=SPECIFICATION
        )
    if media_type == FORM:
        return parse_fields(request.get_data(), "form")
    return _parts(parameters.get("boundary", ""))


def _parts(boundary: str) -> list[tuple[str, str]]:
    """The fields of a form in parts (RFC 7578)."""
    if not boundary:
        raise _bad(
            f"Content-Type names no boundary of {MULTIPART}", f"let the client write it, or send {FORM}"
        )
    for name in ("queries", "extend"):
        if name in request.files:
            raise _bad(
                f"{name}: it was sent as a file",
                "send it as a plain field, without filename= (curl: --form-string)",
            )
    pairs = [(name, value) for name in request.form for value in request.form.getlist(name)]
    if not pairs and not request.files:
        raise _bad(
            f"no part of the form can be read: the boundary is {boundary[:70]!r} by Content-Type",
            f"begin each part with --{boundary[:70]} on a line of its own, end the last with "
            f"--{boundary[:70]}--, or send {FORM}",
        )
    if any("\ufffd" in value for _, value in pairs):
        # Flask puts this character where bytes are no UTF-8.
        raise HttpProblem(400, "not-utf-8", "a field of the form is not UTF-8", "encode it as UTF-8")
    return pairs


def _bad(detail: str, remedy: str) -> HttpProblem:
    return HttpProblem(400, "reconciliation", detail, remedy, see=SPECIFICATION)


def _entity(answer: CompleteAnswer) -> Preview:
    """What a preview shows."""
    with answer.body:
        found: Preview = json.loads(answer.body.content())
    return found


def _document(plain: dict[str, object]) -> Response:
    return Response(json.dumps(plain, ensure_ascii=False) + "\n", mimetype="application/json")


def _json(answer: CompleteAnswer) -> Response:
    return _dressed(file_response(answer.body, "application/json"), answer.dataset.digest)


def _dressed(response: Response, digest: str) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    return with_dataset(response, digest)
