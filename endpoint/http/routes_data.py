"""``/data`` (read-only Graph Store Protocol) and every other path as linked data."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote_to_bytes

import pyoxigraph as ox
from flask import Flask, Response, redirect, request

from araxes.endpoint.engines.embedded.reply_problems import not_acceptable, project_prefixes
from araxes.endpoint.errors import Problem
from araxes.endpoint.http.responses import (
    base_url,
    check_format,
    document_response,
    gone,
    negotiate,
    with_dataset,
)
from araxes.endpoint.pages import views
from araxes.endpoint.service.service import Service
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, content_type
from araxes.endpoint.sparql.protocol import parse_graph_request

_PLAIN = tuple(entry for entry in GRAPH_FORMATS if entry.name != "html")
# A claim is a graph: where the client does not care, it gets a format that can say so.
_CLAIM = tuple(sorted(GRAPH_FORMATS, key=lambda entry: entry.name != "trig"))
_METHODS = ["GET", "OPTIONS"]


def register(app: Flask, service: Service) -> None:
    """Add the routes; the last one takes every path no other route has."""

    @app.route("/data", methods=_METHODS)
    @app.route("/data/", methods=_METHODS)
    def data() -> Response:
        return _graph(service)

    @app.route("/<path:path>", methods=_METHODS)
    def resource(path: str) -> Response:
        return _resource(service, path)


def _graph(service: Service) -> Response:
    """A graph by the Graph Store HTTP Protocol §5.2."""
    iri = parse_graph_request(request.query_string)
    name = request.args.get("format")
    check_format(name, _PLAIN)
    chosen = negotiate(name, _PLAIN)
    if chosen is None:
        raise not_acceptable("graph", [entry.media_types[0] for entry in _PLAIN])
    service.check_rate(request.remote_addr or "")
    job: dict[str, Any] = {"op": "graph", "graph": iri, "formats": {"graph": chosen[0].name}}
    outcome = service.evaluate(job, client=request.remote_addr or "", gone=gone())
    return document_response(outcome, chosen[1])


def _resource(service: Service, path: str) -> Response:
    """The document about the IRI that this path stands for."""
    name = request.args.get("format")
    check_format(name, GRAPH_FORMATS)
    chosen = {"claim": negotiate(name, _CLAIM), "resource": negotiate(name, GRAPH_FORMATS)}
    if chosen["resource"] is None:
        raise not_acceptable("document", [entry.media_types[0] for entry in GRAPH_FORMATS])
    namespace = service.settings.text("namespace")
    job: dict[str, Any] = {
        "op": "resource",
        "iri": _iri(namespace, path),
        "namespace": namespace,
        "prefixes": project_prefixes(namespace),
        "formats": {kind: pair[0].name if pair else None for kind, pair in chosen.items()},
    }
    service.check_rate(request.remote_addr or "")
    outcome = service.evaluate(job, client=request.remote_addr or "", gone=gone())
    kind = outcome.reply["kind"]
    pair = chosen[kind]
    assert pair is not None  # noqa: S101 -- both lists have the same members
    document = f"/{quote(path, safe='/:@!$&()*+,;=~')}?format={quote(pair[0].name)}"
    if not name and kind == "resource" and request.base_url.startswith(namespace):
        # Under the IRI's own address a thing cannot answer with itself (httpRange-14).
        outcome.answer.close()
        response: Any = redirect(document, 303)
        response.vary.add("Accept")
        return with_dataset(response, outcome.version.digest)
    if pair[0].name == "html":
        outcome.answer.close()
        body = views.resource_page(service, base_url(service.settings), outcome.reply["page"])
        response = with_dataset(Response(body, content_type=content_type(pair[1])), outcome.version.digest)
        response.vary.add("Accept")
    else:
        response = document_response(outcome, pair[1])
    response.headers["Content-Location"] = document
    response.headers["Link"] = f'<{job["iri"]}>; rel="describes"' if job["iri"].isascii() else ""
    if not response.headers["Link"]:
        del response.headers["Link"]
    return _tagged(response, outcome.version.digest, job["iri"], pair[1])


def _tagged(response: Response, digest: str, iri: str, media_type: str) -> Response:
    """A strong entity tag: the same dataset gives the same document."""
    import hashlib  # noqa: PLC0415 -- one use

    if not media_type.endswith("html"):
        response.set_etag(hashlib.sha256(f"{digest}\n{iri}\n{media_type}".encode()).hexdigest()[:40])
        response.make_conditional(request)
    return response


def _iri(namespace: str, path: str) -> str:
    """The IRI of a path, percent-decoded exactly once.

    Raises:
        Problem: 404, the path cannot be an IRI's.
    """
    raw = request.environ.get("REQUEST_URI", "").partition("?")[0]
    try:
        decoded = unquote_to_bytes(raw.lstrip("/")).decode("utf-8") if raw.startswith("/") else path
        iri = namespace + decoded
        ox.NamedNode(iri)
    except (UnicodeDecodeError, ValueError):
        raise Problem(404, "not-found", "this path is no IRI of the dataset", "start at /") from None
    return iri
