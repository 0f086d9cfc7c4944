"""Every error code that an answer may have, with its statuses and its meaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One row of the table.

    Attributes:
        code: stable name, the member ``code`` of a problem.
        statuses: HTTP statuses it comes with.
        meaning: what has happened.
    """

    code: str
    statuses: tuple[int, ...]
    meaning: str


ERROR_CODES: tuple[ErrorCode, ...] = (
    ErrorCode("bad-request", (400,), "The bytes are no request of HTTP."),
    ErrorCode("charset", (400,), "The body is said to be in another encoding than UTF-8."),
    ErrorCode("dataset", (400, 404), "No dataset of that digest is kept, or it is no digest."),
    ErrorCode("evaluation", (400, 500), "The engine cannot evaluate the query, say for a function it lacks."),
    ErrorCode("field", (400,), "A field of a page's address holds what cannot stand in it."),
    ErrorCode("format", (400,), "Nobody knows the format named in the request."),
    ErrorCode("graph-iri", (400,), "A graph is not named by an absolute IRI."),
    ErrorCode("graph-selection", (400,), "A request for a graph names none, or several."),
    ErrorCode("host", (400,), "The Host header is malformed."),
    ErrorCode("no-query", (400,), "There is no query in the request."),
    ErrorCode("not-utf-8", (400,), "The bytes of the query are not UTF-8."),
    ErrorCode("reconciliation", (400,), "A reconciliation request is malformed."),
    ErrorCode("several-queries", (400,), "There is more than one query in the request."),
    ErrorCode("syntax", (400,), "The query is no SPARQL; line and column say where."),
    ErrorCode("regex", (400,), "A regular expression is none of XPath, or out of the engine's reach."),
    ErrorCode(
        "too-complex", (400,), "The query is nested too deeply, or too long, to be passed on to an engine."
    ),
    ErrorCode(
        "percent-codes", (400,), "Very many percent signs of the form or the query string begin no code."
    ),
    ErrorCode("too-many-fields", (400,), "The form or the query string has too many fields."),
    ErrorCode("update-as-query", (400,), "An update was sent as a query."),
    ErrorCode("federation", (403,), "SERVICE names an endpoint that is not allowed."),
    ErrorCode("origin", (403,), "Pages of this origin may not use the tools."),
    ErrorCode("update-refused", (403,), "Updates are off."),
    ErrorCode("no-graph", (404,), "There is no graph of that name."),
    ErrorCode("not-found", (404,), "Nothing is known under that path or IRI."),
    ErrorCode("nothing-drawn", (404,), "No claim fits what was chosen, so there is no picture."),
    ErrorCode("no-ontology", (404,), "The dataset does not hold the ontology of that IRI."),
    ErrorCode("method", (405,), "The path is not asked with this method."),
    ErrorCode("not-acceptable", (406,), "No format that the client accepts can hold the answer."),
    ErrorCode(
        "not-carried",
        (406,),
        "The answer holds what its format (XML, JSON-LD or N3) cannot carry; others can.",
    ),
    ErrorCode("request-size", (413,), "The body of the request is too large."),
    ErrorCode("result-size", (413,), "The answer is too large."),
    ErrorCode("reconciliation-size", (413,), "A reconciliation request asks for too much at once."),
    ErrorCode("uri-length", (414,), "Path or query string are too long."),
    ErrorCode("content-encoding", (415,), "The body is compressed."),
    ErrorCode("media-type", (400, 415), "The body is of a type that is not read here."),
    ErrorCode("rate", (429,), "The client sends queries too fast."),
    ErrorCode("header-size", (431,), "Request line and headers, or one header, are too large."),
    ErrorCode("http", (400, 500), "Something else that HTTP has a status for."),
    ErrorCode("engine-crash", (500,), "The evaluator ended during the query."),
    ErrorCode("internal", (500,), "A defect of this service; the log has more under the request's id."),
    ErrorCode("not-implemented", (501,), "The transfer encoding is not read here."),
    ErrorCode("engine-answer", (502,), "The engine behind this service gave no answer that can be read."),
    ErrorCode(
        "engine-size", (502,), "The engine's answer is too large, or the engine left a part of it out."
    ),
    ErrorCode("engine-unreachable", (502,), "The engine behind this service is down or busy."),
    ErrorCode(
        "service-answer", (502,), "An endpoint named by SERVICE answered with nothing that can be read."
    ),
    ErrorCode("service-size", (502,), "An endpoint named by SERVICE gave too large an answer."),
    ErrorCode("service-unreachable", (502,), "An endpoint named by SERVICE cannot be reached."),
    ErrorCode("busy", (503,), "The query ran long, others were waiting, and it was stopped for them."),
    ErrorCode("gone", (503,), "The client went away; nobody sees this."),
    ErrorCode("memory", (503,), "The query needed more memory than it may take."),
    ErrorCode("file-under-way", (503,), "A file is being made; ask again in a moment."),
    ErrorCode("no-evaluator", (503,), "No evaluator became ready."),
    ErrorCode("queue-full", (503,), "Too many requests wait."),
    ErrorCode("queue-wait", (503,), "No place became free in time."),
    ErrorCode("spool-full", (503,), "There is no room for another answer, or none for this client."),
    ErrorCode("engine-timeout", (504,), "The engine behind this service did not answer in time."),
    ErrorCode("service-timeout", (504,), "An endpoint named by SERVICE did not answer in time."),
    ErrorCode("timeout", (504,), "The query took longer than it may."),
)
"""By status, then by name."""
