"""``/reconcile``: the Reconciliation Service API 0.2, so that OpenRefine matches tables against the entities.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. Only what
belongs to HTTP is here; what is answered is in :mod:`araxes.endpoint.search.reconciliation.operations`.
"""

from __future__ import annotations

from importlib.metadata import version

from flask import Flask, Response, render_template, request

from araxes.endpoint.engines.jobs import NamesJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.reconciliation_answers import (
    PREVIEW_SIZE,
    answered,
    check_charset,
    check_encoding,
    document,
    dressed,
    entity_of,
    json_answer,
    preview_page,
)
from araxes.endpoint.http.responses import base_url
from araxes.endpoint.pages.frame import number, remember
from araxes.endpoint.search.index.undeclared_words import FEATURES, IDENTIFIER_NAMES
from araxes.endpoint.search.reconciliation.draft_requests import DRAFT
from araxes.endpoint.search.reconciliation.operations import Operation
from araxes.endpoint.search.reconciliation.request_members import (
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

_FLYOUT = {"flyout_service_path": "/reconcile/flyout/entity?id=${id}"}
_METHODS = ["GET", "POST", "OPTIONS"]


def register(app: Flask, service: Service) -> None:
    """Add the routes."""

    def answer(job: NamesJob) -> CompleteAnswer:
        return answered(service, job)

    @app.route("/reconcile", methods=_METHODS)
    @app.route("/reconcile/", methods=_METHODS)
    def reconcile() -> Response:
        fields = _fields()
        if "queries" in fields:
            return json_answer(answer(NamesJob("match", fields["queries"])))
        if "extend" in fields:
            return json_answer(answer(NamesJob("extend", fields["extend"])))
        return dressed(document(manifest(base_url(service.settings))), service.dataset.digest)

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
        return json_answer(answer(NamesJob(operations[what], fields.get("prefix", ""), start=start)))

    @app.get("/reconcile/propose")
    def propose() -> Response:
        fields = _fields()
        most = parse_number("limit", fields.get("limit", ""), 1000, least=1)
        return json_answer(answer(NamesJob("propose", fields.get("type", "").removeprefix(AX), most=most)))

    @app.get("/reconcile/preview")
    def preview() -> Response:
        return preview_page(service, _fields().get("id", ""))

    @app.get("/reconcile/flyout/entity")
    def flyout() -> Response:
        found = answer(NamesJob("preview", _fields().get("id", "")))
        entity = entity_of(found)
        html = render_template("preview_body.html", entity=entity)
        return dressed(document({"id": entity["id"], "html": html}), found.dataset.digest)

    @app.get("/reconcile/about")
    def about() -> Response:
        base = base_url(service.settings)
        body = render_template(
            "reconciliation.html",
            base=base,
            types=DEFAULT_TYPES,
            identifiers=IDENTIFIER_NAMES,
            features=FEATURES,
            draft=DRAFT,
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
        "preview": {"url": base + "reconcile/preview?id={{id}}", **PREVIEW_SIZE},
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
    check_encoding()
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
    check_charset("form", parameters, SPECIFICATION)
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
