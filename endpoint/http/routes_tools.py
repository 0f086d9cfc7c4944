"""``/mcp``: the Model Context Protocol over Streamable HTTP, stateless: one message in, one answer out.

https://modelcontextprotocol.io/specification/2026-07-28/basic/transports. Only what belongs to HTTP is here;
messages are answered in :mod:`araxes.endpoint.tools.messages`.
"""

from __future__ import annotations

from flask import Flask, Response, g, request

from araxes.endpoint.engines.jobs import Job
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.origins import may_ask
from araxes.endpoint.http.own_address import own_address
from araxes.endpoint.http.responses import base_url, gone
from araxes.endpoint.service.service import CompleteAnswer, Service
from araxes.endpoint.sparql.formats import Format
from araxes.endpoint.sparql.negotiation import choose
from araxes.endpoint.sparql.protocol import method_problem, parse_content_type
from araxes.endpoint.tools.transport import HEADERS, LONGEST_MESSAGE
from araxes.ontology.languages import LANGUAGES

JSON = "application/json"
TRANSPORTS = "https://modelcontextprotocol.io/specification/2026-07-28/basic/transports"
_FORMATS = (Format("json", (JSON,), "json", "JSON"),)


def register(app: Flask, service: Service) -> None:
    """Add the route."""

    def failed(problem: HttpProblem) -> None:
        g.code = problem.code
        service.metrics.errors.labels(problem.code).inc()
        if limit := problem.members.get("limit"):
            service.metrics.limits.labels(limit["name"]).inc()

    @app.route("/mcp", methods=["GET", "HEAD", "DELETE"], provide_automatic_options=False)
    def no_session() -> Response:
        # Neither streams nor sessions are kept; without this the address would be that of a document.
        raise method_problem(request.method, ("OPTIONS", "POST"))

    @app.route("/mcp", methods=["POST", "OPTIONS"])
    def mcp() -> Response:
        _check(service)
        # The types of the protocol take a third of the time in which a server starts; few are asked for one.
        from araxes.endpoint.tools.envelope import Carried  # noqa: PLC0415
        from araxes.endpoint.tools.messages import Host, answer  # noqa: PLC0415

        client, left = request.remote_addr or "", gone()

        def evaluate(job: Job) -> CompleteAnswer:
            service.check_rate(client)
            return service.evaluate(job, client=client, gone=left)

        host = Host(
            evaluate=evaluate,
            reference=lambda: service.reference(client=client, gone=left),
            seconds=service.settings.number("timeout"),
            language=request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0]) or LANGUAGES[0],
            base=base_url(service.settings),
            namespace=service.settings.text("namespace"),
            failed=failed,
        )
        headers = {name: value for name in HEADERS if (value := request.headers.get(name)) is not None}
        reply = answer(request.get_data(cache=False), host, Carried(headers))
        response = Response(reply.body, reply.status, mimetype=JSON)
        if not reply.body:
            del response.headers["Content-Type"]
        response.headers["Cache-Control"] = "no-store"
        response.vary.update(("Accept-Language", "Origin"))
        return response


def _check(service: Service) -> None:
    """Refuse what is no message of a client that may ask.

    Raises:
        HttpProblem: 403, 406, 413 or 415.
    """
    if not may_ask(request.headers.get("Origin"), own_address(request.environ), service.settings):
        raise HttpProblem(
            403,
            "origin",
            "pages of this origin may not use the tools",
            "have the operator add it to tool_origins; programs that are no browsers send no Origin",
            see=f"{TRANSPORTS}#security-warning",
        )
    media_type, parameters = parse_content_type(request.content_type or "")
    if media_type != JSON or parameters.get("charset", "utf-8").lower() != "utf-8":
        raise HttpProblem(
            415,
            "media-type",
            "a message is JSON in UTF-8",
            f"send it as {JSON}",
            headers={"Accept-Post": JSON},
            see=f"{TRANSPORTS}#streamable-http",
        )
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise HttpProblem(
            415, "content-encoding", "compressed request bodies are not read", "send it uncompressed"
        )
    accept = request.headers.getlist("Accept")
    if choose(", ".join(accept) if accept else None, _FORMATS) is None:
        raise HttpProblem(
            406,
            "not-acceptable",
            "messages are answered with JSON",
            f"send Accept: {JSON}, text/event-stream",
            see=f"{TRANSPORTS}#streamable-http",
            choices=[JSON],
        )
    if (request.content_length or 0) > LONGEST_MESSAGE:
        raise HttpProblem(
            413,
            "request-size",
            f"a message to the tools has at most {LONGEST_MESSAGE >> 10} KiB",
            "send a shorter query or quotation; /sparql takes long queries",
        )
