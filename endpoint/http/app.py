"""The application factory: a thin skin of Flask over the service."""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from araxes.endpoint.engines.embedded.spool import SpoolFullError
from araxes.endpoint.errors import MEDIA_TYPE, HttpProblem
from araxes.endpoint.http import (
    routes_cite,
    routes_data,
    routes_downloads,
    routes_ontology,
    routes_operations,
    routes_own_copy,
    routes_pages,
    routes_pictures,
    routes_readings,
    routes_reconciliation,
    routes_reconciliation_draft,
    routes_search,
    routes_sparql,
    routes_tools,
    routes_versions,
)
from araxes.endpoint.http.compression import compressed
from araxes.endpoint.http.own_address import own_address
from araxes.endpoint.http.request_bounds import bound, refusal
from araxes.endpoint.http.responses import connection, negotiate, past_dataset, query_field, spooled
from araxes.endpoint.http.suggestion_names import suggestion_names
from araxes.endpoint.pages.assets.build_assets import FILES, VENDOR
from araxes.endpoint.pages.frame import chosen_language, day, digits, frame_of, number, remember
from araxes.endpoint.pages.query import refused_page
from araxes.endpoint.pages.views import error_page
from araxes.endpoint.service.rate_limit import client_key
from araxes.endpoint.service.service import Service, spool_problem
from araxes.endpoint.sparql.formats import Format
from araxes.endpoint.sparql.protocol import method_problem
from araxes.endpoint.sparql.xml_answers import visible
from araxes.endpoint.tools.transport import HEADERS
from araxes.ontology.errors import AraxesError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

_access = logging.getLogger("araxes.access")
_log = logging.getLogger("araxes.app")

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Content-Security-Policy of every response: no scripts at all."""

PAGE_POLICY = f"{POLICY}; script-src 'self'; connect-src 'self'; font-src 'self'"
"""The same of pages: nothing but our own files, which ask nobody but this server."""

_OF_ANY_DATASET = frozenset({"/sparql", "/sparql/", "/data", "/data/", "/<path:path>"})
"""Routes that answer of every dataset that is kept."""

_PROBLEM_FORMATS = (
    Format("json", (MEDIA_TYPE, "application/json"), "json", "JSON"),
    Format("html", ("text/html",), "html", "HTML page"),
    Format("text", ("text/plain",), "txt", "Text"),
)
"""Of problems, the preferred first; chosen like every other answer."""

EXPOSED = "ETag, Link, Retry-After, Content-Location, Araxes-Dataset, X-Request-ID"


class BoundedFlask(Flask):
    """Flask that meets no part of a request beyond its bounds."""

    def wsgi_app(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (WSGI)."""
        bound(environ)
        return super().wsgi_app(environ, start_response)


def create_app(service: Service) -> Flask:
    """The application over a started service. Nothing is configured at import."""
    here = str(Path(__file__).parent.parent / "pages")
    # Without a file of its own the namespace package gives Flask no place for its instance folder.
    app = BoundedFlask(__name__, root_path=here, instance_path=here, static_folder="static")
    # Whatever a page shows of data, queries and paths: no character that HTML cannot hold.
    app.jinja_env.finalize = _shown
    app.config.update(MAX_CONTENT_LENGTH=service.settings.size("request_size"))
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.extensions["araxes"] = service
    app.before_request(_begin)
    app.after_request(_finish)
    app.register_error_handler(Exception, _failed)
    app.add_template_global(number)
    app.add_template_global(day)
    app.add_template_global(digits)
    # Without the files from npm pages are plain, and ask for none of them.
    has_assets = all((VENDOR / name).is_file() for name in FILES.values())
    app.context_processor(lambda: {"frame": frame_of(request), "has_assets": has_assets})
    routes_sparql.register(app, service)
    routes_operations.register(app, service)
    routes_own_copy.register(app, service)
    routes_pages.register(app, service)
    routes_cite.register(app, service)
    routes_readings.register(app, service)
    routes_pictures.register(app, service)
    routes_downloads.register(app, service)
    routes_reconciliation.register(app, service)
    routes_reconciliation_draft.register(app, service)
    routes_search.register(app, service)
    routes_tools.register(app, service)
    routes_versions.register(app, service)
    routes_data.register(app, service)
    routes_ontology.register(app, service)
    return app


def _begin() -> Response | None:
    g.request_id = secrets.token_hex(8)
    g.begun = time.monotonic()
    taker = connection()
    if taker is not None:
        # Behind a trusted proxy a connection belongs to whoever its latest request comes from.
        taker.client = client_key(request.remote_addr or "")
    if problem := refusal(request.environ):
        raise problem
    own_address(request.environ)
    _check_dataset()
    if request.method == "OPTIONS":
        return _options()
    return None


def _check_dataset() -> None:
    """No route leaves out of account which dataset the address names."""
    rule = request.url_rule.rule if request.url_rule else ""
    if rule and rule not in _OF_ANY_DATASET and past_dataset(_service()):
        raise HttpProblem(
            400,
            "dataset",
            f"{request.path[:80]} is made of the present dataset only",
            "leave out the field dataset; /sparql, /data and the addresses of things answer of others that "
            "are kept",
        )


def _options() -> Response:
    """CORS preflight and plain OPTIONS alike."""
    rule = request.url_rule
    methods = sorted(rule.methods) if rule is not None and rule.methods else ["GET", "HEAD", "OPTIONS"]
    response = Response(status=204)
    del response.headers["Content-Type"]
    response.headers["Allow"] = ", ".join(methods)
    if request.headers.get("Access-Control-Request-Method"):
        response.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
        response.headers["Access-Control-Allow-Headers"] = (
            f"Accept, Content-Type, If-None-Match, Authorization, {', '.join(HEADERS)}"
        )
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _finish(response: Response) -> Response:
    """Headers that every response has, the access log line, the counters."""
    service: Service = _service()
    response = _spooled(compressed(request, response, service.cache), service)
    headers = response.headers
    headers["X-Request-ID"] = g.request_id
    if response.mimetype == "text/html":
        remember(request, response)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    is_page = response.mimetype == "text/html"
    headers.setdefault("Content-Security-Policy", PAGE_POLICY if is_page else POLICY)
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
    origin = service.settings.text("cors_origin")
    if origin:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Expose-Headers"] = EXPOSED
        if origin != "*":
            response.vary.add("Origin")
    _account(response, service)
    return response


def _spooled(response: Response, service: Service) -> Response:
    """The response with its body in the spool if it is large; a problem if there is no room."""
    limits = service.settings
    try:
        spooled(response, service.spool, client_key(request.remote_addr or ""), limits.number("queue_wait"))
    except SpoolFullError as error:
        return problem_response(spool_problem(error, limits))
    return response


def _account(response: Response, service: Service) -> None:
    """Count and log."""
    route = request.url_rule.rule if request.url_rule else "other"
    seconds = time.monotonic() - g.begun
    service.metrics.requests.labels(route, _method(), str(response.status_code)).inc()
    service.metrics.seconds.labels(route).observe(seconds)
    # The query string may hold anything, so only the path is logged.
    _access.info(
        "%s %s %s",
        _method(),
        request.path[:200],
        response.status_code,
        extra={
            "request": g.request_id,
            "client": request.remote_addr,
            "seconds": round(seconds, 4),
            "bytes": response.headers.get("Content-Length", "-"),
            "code": g.get("code", "-"),
        },
    )


def _shown(value: Any) -> Any:
    return visible(value) if isinstance(value, str) else value


def _method() -> str:
    known = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH")
    return request.method if request.method in known else "OTHER"


def _service() -> Service:
    found: Service = current_app.extensions["araxes"]
    return found


def _failed(error: Exception) -> Response:
    """Every failure, in the one shape."""
    return problem_response(_as_problem(error))


def _as_problem(error: Exception) -> HttpProblem:
    if isinstance(error, HttpProblem):
        return error
    if isinstance(error, HTTPException):
        return _of_werkzeug(error)
    if isinstance(error, AraxesError):
        _log.error("%s", error.message, extra={"request": g.request_id})
        return HttpProblem(500, "internal", error.message, error.remedy)
    _log.error("unexpected error", exc_info=error, extra={"request": g.request_id})
    return HttpProblem(500, "internal", "an unexpected error", "report it with the id of this request")


def _of_werkzeug(error: HTTPException) -> HttpProblem:
    if error.code == 405:
        allowed = tuple(sorted(set(getattr(error, "valid_methods", None) or ()) | {"OPTIONS"}))
        return method_problem(request.method[:20], allowed)
    if error.code == 413:
        limit = _service().settings.limit("request_size")
        return HttpProblem(
            413,
            "request-size",
            "the request body is larger than it may be",
            f"send less, or have the operator raise request_size (now {limit.value} {limit.unit})",
            limit={"name": limit.name, "value": limit.value, "unit": limit.unit},
        )
    code = error.code or 500
    return HttpProblem(
        code, "not-found" if code == 404 else "http", error.description or error.name, "start at /"
    )


def problem_response(problem: HttpProblem) -> Response:
    """A problem as JSON, or as HTML or plain text where that is preferred."""
    g.code = problem.code
    service = _service()
    service.metrics.errors.labels(problem.code).inc()
    limit = problem.members.get("limit")
    if limit:
        service.metrics.limits.labels(limit["name"]).inc()
    asked = "html" if query_field("format") == "html" else None
    chosen = negotiate(asked, _PROBLEM_FORMATS) or (_PROBLEM_FORMATS[0], MEDIA_TYPE)
    if chosen[0].name == "html":
        response = Response(_page_of(problem, service), problem.status, mimetype="text/html")
    elif chosen[0].name == "text":
        response = Response(visible(problem.as_text(g.request_id)), problem.status, mimetype="text/plain")
    else:
        response = Response(_json(problem.as_json(g.request_id)), problem.status, mimetype=MEDIA_TYPE)
    for name, value in problem.headers.items():
        response.headers[name] = value
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def _page_of(problem: HttpProblem, service: Service) -> str:
    """A problem as a page; one with a query is the form with that query."""
    query = routes_sparql.query_sent()
    if query is not None:
        return refused_page(routes_sparql.site(service), problem, g.request_id, query)
    namespace = service.settings.text("namespace")
    language = chosen_language(request)
    offered = problem.members.get("suggestions", ()) if problem.status == 404 else ()
    known = suggestion_names(service, offered, language)
    return error_page(problem, g.request_id, request.path, namespace, language, known)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
