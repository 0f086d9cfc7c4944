"""Answers of ``/reconcile`` over HTTP: what all versions of the Reconciliation Service API have in common."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask import Response, render_template, request

from araxes.endpoint.engines.jobs import NamesJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.responses import file_response, gone, with_dataset
from araxes.endpoint.search.reconciliation.property_values import Preview
from araxes.endpoint.service.service import CompleteAnswer, Service

PREVIEW_SIZE = {"width": 420, "height": 200}
"""Of the frame in which a client shows a preview, in pixels."""

_CHARSETS = ("utf-8", "utf8", "us-ascii", "ascii")
_PREVIEW = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors *"


def answered(service: Service, job: NamesJob) -> CompleteAnswer:
    """The answer to a job for whoever sent this request.

    Raises:
        HttpProblem: it has none.
    """
    service.check_rate(request.remote_addr or "")
    return service.evaluate(job, client=request.remote_addr or "", gone=gone())


def check_encoding() -> None:
    """Refuse a body that is compressed.

    Raises:
        HttpProblem: 415.
    """
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise HttpProblem(
            415, "content-encoding", "compressed request bodies are not read", "send it uncompressed"
        )


def check_charset(what: str, parameters: Mapping[str, str], see: str) -> None:
    """Refuse a body that is said not to be UTF-8.

    Args:
        what: it is, in words.
        parameters: of its media type.
        see: the specification.

    Raises:
        HttpProblem: 400.
    """
    charset = parameters.get("charset", "utf-8").lower()
    if charset not in _CHARSETS:
        raise HttpProblem(400, "charset", f"the {what} is said to be {charset[:40]}", "send UTF-8", see=see)


def preview_page(service: Service, name: str) -> Response:
    """What a client shows of an entity in a frame.

    Raises:
        HttpProblem: 404, there is no such entity.
    """
    try:
        found = answered(service, NamesJob("preview", name))
    except HttpProblem as problem:
        problem.headers["Content-Security-Policy"] = _PREVIEW  # the client shows it in a frame as well
        raise
    body = render_template("preview.html", entity=entity_of(found))
    response = with_dataset(Response(body, mimetype="text/html"), found.dataset.digest)
    response.headers["Content-Security-Policy"] = _PREVIEW
    return response


def entity_of(answer: CompleteAnswer) -> Preview:
    """What a preview shows."""
    with answer.body:
        found: Preview = json.loads(answer.body.content())
    return found


def document(plain: dict[str, object]) -> Response:
    """An answer that needs no engine."""
    return Response(json.dumps(plain, ensure_ascii=False) + "\n", mimetype="application/json")


def json_answer(answer: CompleteAnswer) -> Response:
    """An engine's answer."""
    return dressed(file_response(answer.body, "application/json"), answer.dataset.digest)


def dressed(response: Response, digest: str) -> Response:
    """An answer with the headers that all have."""
    response.headers["Cache-Control"] = "no-cache"
    return with_dataset(response, digest)
