"""``/own-copy``: the claims of a source looked for in a reader's own copy, which stays in her browser."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
from flask import Flask, Response, render_template, request, send_file

from araxes.endpoint.engines.jobs import QueryJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.responses import gone, with_dataset
from araxes.endpoint.pages.frame import chosen_language
from araxes.endpoint.pages.thing_pages import LONGEST_FIELD
from araxes.endpoint.pages.words import words
from araxes.endpoint.service.own_copies import Fingerprints
from araxes.endpoint.service.service import CompleteAnswer, Service
from araxes.endpoint.sparql.local_links import held_link
from araxes.ontology.namespaces import AX, OA, RDFS
from araxes.triples.originals.fingerprints import key_of

_METHODS = ["GET", "OPTIONS"]
_PDF_FILES = ("pdf.min.mjs", "pdf.worker.min.mjs")
_CLAIMS = f"""SELECT ?claim ?sha256 ?start ?text (LANG(?text) AS ?language) {{
  ?claim <{AX}source> $source ; <{AX}passage> ?passage ; <{AX}paraphrase> ?text .
  ?passage <{AX}sha256> ?sha256 ; <{OA}hasSelector>/<{OA}start> ?start
}} ORDER BY ?claim ?start ?language"""
_NAME = f"""SELECT DISTINCT ?text (LANG(?text) AS ?language) {{
  $source <{RDFS}label> ?text . FILTER EXISTS {{ ?claim <{AX}source> $source }}
}}"""


def register(app: Flask, service: Service) -> None:
    """Add the routes."""
    known = Fingerprints()

    @app.route("/own-copy", methods=_METHODS)
    def own_copy() -> Response:
        return _page(service)

    @app.route("/own-copy/claims", methods=_METHODS)
    def own_copy_claims() -> Response:
        return _claims(service, known)

    @app.route("/own-copy/pdf/<name>", methods=_METHODS)
    def own_copy_pdf(name: str) -> Response:
        return _pdf_reader(service, name)


def _source(service: Service) -> ox.NamedNode:
    """The source that the request names, by path or IRI.

    Raises:
        HttpProblem: 404, it is no IRI.
    """
    name = request.args.get("source", "")[:LONGEST_FIELD]
    iri = name if name.startswith(("http://", "https://")) else service.settings.text("namespace") + name
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise HttpProblem(
            404, "not-found", "that is no IRI of a source", "start at the page of a source"
        ) from None


def _asked(service: Service, query: str, source: ox.NamedNode) -> tuple[list[dict[str, str]], CompleteAnswer]:
    service.check_rate(request.remote_addr or "")
    job = QueryJob(query.replace("$source", str(source)), "json", None)
    answer = service.evaluate(job, client=request.remote_addr or "", gone=gone())
    with answer.body:
        found = json.loads(answer.body.content())["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found], answer


def _page(service: Service) -> Response:
    """The page; it works for every source with claims, and says where fingerprints are missing."""
    language = chosen_language(request)
    source = _source(service)
    rows, answer = _asked(service, _NAME, source)
    if not rows:
        raise HttpProblem(404, "not-found", "nothing is known of that source", "start at /")
    names = {row.get("language", ""): row["text"] for row in rows}
    body = render_template(
        "own_copy.html",
        name=names.get(language) or next(iter(names.values())),
        href=held_link(source.value, service.settings.text("namespace")),
        source=source.value,
        said=json.dumps(words(language)["own_copy"]["results"], ensure_ascii=False),
        pdf=f"/own-copy/pdf/{_PDF_FILES[0]}" if service.settings.text("pdf_reader") else "",
    )
    return with_dataset(Response(body, mimetype="text/html"), answer.dataset.digest)


def _claims(service: Service, known: Fingerprints) -> Response:
    """The claims of a source with the fingerprints of their passages."""
    language, namespace = chosen_language(request), service.settings.text("namespace")
    rows, answer = _asked(service, _CLAIMS, _source(service))
    prints = known.of(answer.dataset)
    texts: dict[str, dict[str, str]] = {}
    passages: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        texts.setdefault(row["claim"], {})[row.get("language", "")] = row["text"]
        key = key_of(row["sha256"], int(row["start"]))
        if key in prints:
            passages.setdefault(row["claim"], {})[key] = prints[key]
    listed: list[dict[str, Any]] = [
        {
            "href": held_link(claim, namespace),
            "text": texts[claim].get(language) or next(iter(texts[claim].values())),
            "fingerprints": list(each.values()),
        }
        for claim, each in passages.items()
    ]
    if not listed:
        raise HttpProblem(
            404,
            "not-found",
            "no fingerprints of that source were published",
            "see `araxes fingerprints --help`",
        )
    body = json.dumps({"claims": listed}, ensure_ascii=False, separators=(",", ":")) + "\n"
    response = with_dataset(Response(body, mimetype="application/json"), answer.dataset.digest)
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def _pdf_reader(service: Service, name: str) -> Response:
    """A file of the reader of PDF that the operator installed.

    Raises:
        HttpProblem: 404, there is none, or it has no such file.
    """
    folder = service.settings.text("pdf_reader")
    if not folder or name not in _PDF_FILES:
        raise HttpProblem(404, "not-found", "there is no such file", "start at /")
    try:
        return send_file(f"{folder}/{name}", mimetype="text/javascript", conditional=True)
    except OSError as error:
        raise HttpProblem(404, "not-found", "the reader of PDF is not complete", "see pdf_reader") from error
