"""``/data`` (read-only Graph Store Protocol) and every other path as linked data."""

from __future__ import annotations

import hashlib
import re
from typing import Any, cast
from urllib.parse import quote, unquote_to_bytes

import pyoxigraph as ox
from flask import Flask, Response, redirect, request

from araxes.endpoint.engines.document_page import from_json
from araxes.endpoint.engines.jobs import DocumentJob, GraphJob
from araxes.endpoint.engines.replies import AnswerKind
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.ontology_documents import FORMATS, explain_absence, ontology_document
from araxes.endpoint.http.own_address import own_address
from araxes.endpoint.http.responses import (
    base_url,
    check_format,
    document_response,
    gone,
    negotiate,
    past_dataset,
    query_field,
    with_dataset,
)
from araxes.endpoint.http.short_addresses import short_address
from araxes.endpoint.http.thing_pages import thing_page
from araxes.endpoint.pages import views
from araxes.endpoint.pages.frame import chosen_language
from araxes.endpoint.service.service import Service
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, content_type, version_in
from araxes.endpoint.sparql.protocol import parse_graph_request
from araxes.triples.stores.versioned_store import StoreVersion

_PLAIN = tuple(entry for entry in GRAPH_FORMATS if entry.name != "html")
# A claim is a graph: where the client does not care, it gets a format that can say so.
_CLAIM = tuple(sorted(GRAPH_FORMATS, key=lambda entry: entry.name != "trig"))
_METHODS = ["GET", "OPTIONS"]
_FOR_MACHINES = re.compile(
    r"(?:[\w-]{1,40}\.(?:txt|ico|png|webmanifest|php)"
    r"|(?:sitemap|crossdomain|browserconfig)[\w-]{0,40}\.xml(?:\.gz)?|manifest\.json|\.(?:well-known/|git/|env).*)"
)
"""What browsers and robots ask every server for by itself; no evaluator is troubled with it."""


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
    name = query_field("format")
    check_format(name, _PLAIN)
    chosen = negotiate(name, _PLAIN)
    named = query_field("dataset")
    dataset = service.dataset_named(named) if named else None
    service.check_rate(request.remote_addr or "")
    job = GraphJob(iri, chosen[0].name if chosen else None, version_in(chosen[1]) if chosen else "")
    answer = service.evaluate(job, client=request.remote_addr or "", gone=gone(), dataset=dataset)
    assert chosen is not None  # noqa: S101 -- the engine refuses a graph without a format
    return document_response(answer, chosen[1])


def _resource(service: Service, path: str) -> Response:
    """The document about the IRI that this path stands for."""
    if _FOR_MACHINES.fullmatch(path):
        raise HttpProblem(404, "not-found", f"there is no /{path}", "start at /")
    namespace = service.settings.text("namespace")
    iri = _iri(namespace, path)
    past = past_dataset(service)
    if past is None and (found := ontology_document(service, iri)):
        return found
    name = query_field("format")
    check_format(name, GRAPH_FORMATS)
    formats = FORMATS if iri.startswith(namespace + "ontology") else GRAPH_FORMATS
    claim, resource = negotiate(name, _CLAIM), negotiate(name, formats)
    # What is not there is 404 whatever was asked for; only then does the lack of a format count.
    as_claim, as_resource = (pair[0].name if pair else None for pair in (claim, resource))
    own = own_address(request.environ) + request.path.lstrip("/")
    direct = bool(name) or not own.startswith(namespace)
    readers = claim is not None and claim[0].name == "html" and not iri.startswith(namespace + "ontology/")
    # Pages about things are made of the present dataset; another answers readers with the plain page.
    readers = readers and past is None
    if readers and direct and (page := thing_page(service, iri)):
        return _linked(page, iri, namespace, "html")
    # Who asks for the head alone does not see what resembles an unknown IRI.
    versions = (version_in(claim[1]) if claim else "", version_in(resource[1]) if resource else "")
    suggest = request.method != "HEAD"
    job = DocumentJob(iri, as_claim, as_resource, namespace, suggest=suggest, versions=versions)
    service.check_rate(request.remote_addr or "")
    try:
        answer = service.evaluate(job, client=request.remote_addr or "", gone=gone(), dataset=past)
    except HttpProblem as problem:
        near = problem.members.get("suggestions", ())
        if problem.status == 404 and readers and (to := short_address(service, path, near)):
            return _moved(to)
        better = explain_absence(service.dataset, iri) if problem.status == 404 and past is None else None
        raise better or problem from None
    digest = answer.dataset.digest
    chosen = claim if answer.reply.kind == AnswerKind.CLAIM else resource
    assert chosen is not None  # noqa: S101 -- the engine refuses kinds without a format
    entry, media_type = chosen
    if not direct and answer.reply.kind == AnswerKind.RESOURCE:
        # Under the IRI's own address a thing cannot answer with itself (httpRange-14).
        answer.body.close()
        response: Any = redirect(_document(iri, namespace, entry.name, version_in(media_type), past), 303)
        response.vary.add("Accept")
        return with_dataset(response, digest)
    if entry.name == "html":
        with answer.body:
            shown = from_json(answer.body.content())
        if not direct and readers and (made := thing_page(service, iri)):
            return _linked(made, iri, namespace, "html")
        body = views.resource_page(service, base_url(service.settings), shown, chosen_language(request))
        response = with_dataset(Response(body, content_type=content_type(media_type)), digest)
        response.vary.update(("Accept-Language", "Cookie"))
    else:
        response = document_response(answer, media_type)
    return _tagged(
        _linked(response, iri, namespace, entry.name, version_in(media_type), past), digest, iri, media_type
    )


def _moved(path: str) -> Response:
    """Lead on to a page, in the language that was asked for."""
    language = request.args.get("lang", "")
    fields = f"?lang={quote(language)}" if language else ""
    found: Any = redirect(quote(path, safe="/:@!$&()*+,;=~") + fields, 302)
    found.vary.add("Accept")
    return cast("Response", found)


def _document(
    iri: str, namespace: str, name: str, version: str = "", past: StoreVersion | None = None
) -> str:
    """The address of a document about an IRI, in the present dataset or another."""
    fields = f"?format={quote(name)}" + (f"&version={version}" if version else "")
    fields += f"&dataset={past.digest}" if past else ""
    return f"/{quote(iri.removeprefix(namespace), safe='/:@!$&()*+,;=~')}{fields}"


def _linked(
    response: Response,
    iri: str,
    namespace: str,
    name: str,
    version: str = "",
    past: StoreVersion | None = None,
) -> Response:
    """Say what the document is about, and where it is."""
    response.vary.add("Accept")
    response.headers["Content-Location"] = _document(iri, namespace, name, version, past)
    if iri.isascii():
        response.headers["Link"] = f'<{iri}>; rel="describes"'
    return response


def _tagged(response: Response, digest: str, iri: str, media_type: str) -> Response:
    """A strong entity tag: the same dataset gives the same document."""
    if not media_type.endswith("html"):
        response.set_etag(hashlib.sha256(f"{digest}\n{iri}\n{media_type}".encode()).hexdigest()[:40])
        response.make_conditional(request)
    return response


def _iri(namespace: str, path: str) -> str:
    """The IRI of a path, percent-decoded exactly once; a path can be an IRI of another namespace itself.

    Raises:
        HttpProblem: 404, the path cannot be an IRI's.
    """
    raw = request.environ.get("REQUEST_URI", "").partition("?")[0]
    try:
        decoded = unquote_to_bytes(raw.lstrip("/")).decode("utf-8") if raw.startswith("/") else path
        iri = decoded if decoded.startswith(("http://", "https://")) else namespace + decoded
        ox.NamedNode(iri)
    except (UnicodeDecodeError, ValueError):
        raise HttpProblem(404, "not-found", "this path is no IRI of the dataset", "start at /") from None
    if decoded.startswith("ontology/"):
        return iri.removesuffix("/")  # the namespace of the terms is answered by the ontology
    return iri + "/" if decoded in ("plover", "cameo") else iri
