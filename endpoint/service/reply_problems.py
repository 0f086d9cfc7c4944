"""What a failed job means to its sender: one table from causes to problems."""

from __future__ import annotations

from collections.abc import Callable

from araxes.endpoint.engines.replies import AnswerKind, Cause, Failed
from araxes.endpoint.errors import HTTP, PROTOCOL, QUERY, HttpProblem, limit_problem
from araxes.endpoint.search.reconciliation.request_members import SPECIFICATION
from araxes.endpoint.settings import Settings
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, SOLUTION_FORMATS, XML
from araxes.endpoint.sparql.prefixes import served_prefixes
from araxes.ontology.namespaces import WIKIDATA
from araxes.ontology.visible_text import visible

_FROM_MEMORY = {
    "wd": WIKIDATA,
    "wdt": "http://www.wikidata.org/prop/direct/",
}
"""Prefixes that people write from memory beside the project's, for advice."""

_LIMITS = {
    Cause.TIMEOUT: (
        504,
        "timeout",
        "the query took longer than its time limit and was stopped",
        "timeout",
        30,
    ),
    Cause.DISPLACED: (
        503,
        "busy",
        "the query ran long while others were waiting, and was stopped for them",
        "long_queries",
        10,
    ),
    Cause.MEMORY: (503, "memory", "the query needed more memory than it may take", "memory", 60),
    Cause.RESULT_SIZE: (413, "result-size", "the answer is larger than it may be", "result_size", 0),
    Cause.SPOOL: (503, "spool-full", "there is no room for the answer", "spool_size", 5),
}
"""Cause → status, code, detail, setting, seconds to wait."""


_SERVICE = {
    Cause.SERVICE_UNREACHABLE: (502, "service-unreachable", ""),
    Cause.SERVICE_ANSWER: (502, "service-answer", ""),
    Cause.SERVICE_SIZE: (502, "service-size", "federation_size"),
    Cause.SERVICE_TIMEOUT: (504, "service-timeout", "federation_time"),
}
"""Failure of a SERVICE call → status, code, limit that was exceeded."""


_ENGINE = {
    Cause.ENGINE_UNREACHABLE: (502, "engine-unreachable", "try again in a moment: it is asked by itself"),
    Cause.ENGINE_ANSWER: (502, "engine-answer", "try again, or ask otherwise; the operator can read the log"),
    Cause.ENGINE_SIZE: (
        502,
        "engine-size",
        "ask for less, or have the operator raise the limits of the engine",
    ),
    Cause.ENGINE_TIMEOUT: (504, "engine-timeout", "ask for less, or try again"),
}
"""Failure of a remote engine → status, code, remedy."""


def problem_of(failed: Failed, settings: Settings) -> HttpProblem:
    """The problem that a failed job is to its sender."""
    if failed.cause in _LIMITS:
        status, code, detail, name, retry = _LIMITS[failed.cause]
        return limit_problem(status, code, detail, settings.limit(name), retry)
    return _MAKERS[failed.cause](failed, settings)


def _crash(failed: Failed, settings: Settings) -> HttpProblem:
    return HttpProblem(
        500,
        "engine-crash",
        f"the evaluator ended during this query ({failed.message}); nobody else is affected",
        "most likely the query is nested too deeply: simplify it; else try again",
    )


def _gone(failed: Failed, settings: Settings) -> HttpProblem:
    return HttpProblem(503, "gone", "the client went away")


def _evaluation(failed: Failed, settings: Settings) -> HttpProblem:
    return HttpProblem(
        400 if "custom function" in failed.message else 500,
        "evaluation",
        f"the query could not be evaluated: {failed.message}",
        "check functions and SERVICE calls in the query",
    )


def _service(failed: Failed, settings: Settings) -> HttpProblem:
    status, code, name = _SERVICE[failed.cause]
    detail = f"SERVICE {' or '.join(f'<{iri}>' for iri in failed.endpoints)}: {failed.message}"
    if name:
        problem = limit_problem(status, code, detail, settings.limit(name), 30 if status == 504 else 0)
    else:
        problem = HttpProblem(
            status, code, detail, "try again later, or go on without that endpoint by SERVICE SILENT"
        )
    problem.members["endpoints"] = list(failed.endpoints)
    return problem


def _engine(failed: Failed, settings: Settings) -> HttpProblem:
    status, code, remedy = _ENGINE[failed.cause]
    retry = failed.remedy or "5"
    return HttpProblem(
        status,
        code,
        visible(failed.message),
        remedy,
        headers={"Retry-After": retry},
        see=HTTP + ("#section-15.6.5" if status == 504 else "#section-15.6.3"),
    )


def _too_complex(failed: Failed, settings: Settings) -> HttpProblem:
    return HttpProblem(
        400,
        "too-complex",
        f"the query is not passed on to the engine: {failed.message}",
        "ask in several smaller queries",
    )


def _syntax(failed: Failed, settings: Settings) -> HttpProblem:
    where = f" at line {failed.line}, column {failed.column}" if failed.line else ""
    remedy = "correct the query at that place; the parser lists what it expected there"
    known = served_prefixes(settings.text("namespace")) | _FROM_MEMORY
    lines = [f"PREFIX {name}: <{known.get(name, '…')}>" for name in failed.undeclared]
    if lines:
        remedy = "declare the prefixes it uses: " + " ".join(lines)
    problem = HttpProblem(
        400,
        "syntax",
        f"syntax error{where}: {visible(failed.message)}",
        remedy,
        line=failed.line,
        column=failed.column,
        see=QUERY + "#sparqlGrammar",
    )
    problem.prefixes = tuple(lines) if all(name in known for name in failed.undeclared) else ()
    return problem


def _regex(failed: Failed, settings: Settings) -> HttpProblem:
    return HttpProblem(
        400,
        "regex",
        f"at line {failed.line}, column {failed.column}: {failed.message}",
        "REGEX and REPLACE take regular expressions of XPath: 'Regular expressions' in endpoint/README.md",
        line=failed.line,
        column=failed.column,
        see="https://www.w3.org/TR/xpath-functions-31/#regex-syntax",
    )


def _update(failed: Failed, settings: Settings) -> HttpProblem:
    return HttpProblem(
        400,
        "update-as-query",
        f"{failed.message}; this service is read-only",
        "send a query: SELECT, ASK, CONSTRUCT or DESCRIBE",
        see=PROTOCOL,
    )


def _federation(failed: Failed, settings: Settings) -> HttpProblem:
    allowed = failed.allowed or settings.texts("federation")
    return HttpProblem(
        403,
        "federation",
        f"{failed.message}, which is not an allowed endpoint",
        "allowed are exactly: " + " ".join(allowed)
        if allowed
        else "SERVICE is off here; run the federated query at your side and call this endpoint from it",
        line=failed.line,
        column=failed.column,
        see="https://www.w3.org/TR/sparql11-federated-query/",
    )


def _not_acceptable(failed: Failed, settings: Settings) -> HttpProblem:
    formats = SOLUTION_FORMATS if failed.kind in (AnswerKind.SOLUTIONS, AnswerKind.BOOLEAN) else GRAPH_FORMATS
    return not_acceptable(failed.kind or "any", [entry.media_types[0] for entry in formats])


def _not_carried(failed: Failed, settings: Settings) -> HttpProblem:
    is_xml = set(failed.unable) == XML
    # What only graphs can hold is no matter of the formats for solutions.
    formats = SOLUTION_FORMATS + GRAPH_FORMATS if is_xml else GRAPH_FORMATS
    able = [entry for entry in formats if entry.name not in failed.unable and entry.name != "html"]
    unable = [entry.label for entry in GRAPH_FORMATS if entry.name in failed.unable]
    if is_xml:
        see = "xml/#charsets" if "character" in failed.message else "rdf-syntax-grammar/#section-Serialising"
    else:
        see = "rdf12-concepts/"
    graphs = "Turtle, N-Triples, JSON-LD or TriG" if is_xml else "Turtle, N-Triples, TriG or N-Quads"
    return HttpProblem(
        406,
        "not-carried",
        f"the answer cannot be written as {'XML' if is_xml else ' or '.join(unable)}: {failed.message}",
        "ask for another format, by Accept or ?format=: "
        + (f"JSON, CSV or TSV for solutions; {graphs} for graphs" if is_xml else graphs),
        see=f"https://www.w3.org/TR/{see}",
        choices=list(dict.fromkeys(entry.name for entry in able)),
    )


def not_acceptable(kind: str, choices: list[str]) -> HttpProblem:
    """406 with what can be had."""
    return HttpProblem(
        406,
        "not-acceptable",
        f"no format that was asked for can hold this answer ({kind})",
        "ask for one of the choices, by Accept or by ?format=",
        see=HTTP + "#section-12.5.1",
        choices=choices,
    )


def _no_graph(failed: Failed, settings: Settings) -> HttpProblem:
    return HttpProblem(404, "no-graph", failed.message, "SELECT DISTINCT ?g { GRAPH ?g {} } lists the graphs")


def _no_resource(failed: Failed, settings: Settings) -> HttpProblem:
    return HttpProblem(
        404,
        "not-found",
        failed.message,
        "did you mean one of the suggestions?" if failed.suggestions else "start at / or ask at /sparql",
        suggestions=list(failed.suggestions),
    )


def _no_entity(failed: Failed, settings: Settings) -> HttpProblem:
    return HttpProblem(404, "not-found", failed.message, failed.remedy)


def _bad_request(failed: Failed, settings: Settings) -> HttpProblem:
    return HttpProblem(400, "reconciliation", failed.message, failed.remedy, see=SPECIFICATION)


def _too_much(failed: Failed, settings: Settings) -> HttpProblem:
    return HttpProblem(413, "reconciliation-size", failed.message, failed.remedy, see=SPECIFICATION)


_MAKERS: dict[Cause, Callable[[Failed, Settings], HttpProblem]] = {
    Cause.SYNTAX: _syntax,
    Cause.REGEX: _regex,
    Cause.UPDATE: _update,
    Cause.FEDERATION: _federation,
    Cause.NOT_ACCEPTABLE: _not_acceptable,
    Cause.NOT_CARRIED: _not_carried,
    Cause.NO_GRAPH: _no_graph,
    Cause.NO_RESOURCE: _no_resource,
    Cause.NO_ENTITY: _no_entity,
    Cause.BAD_REQUEST: _bad_request,
    Cause.TOO_MUCH: _too_much,
    Cause.EVALUATION: _evaluation,
    Cause.CRASH: _crash,
    Cause.GONE: _gone,
    Cause.TOO_COMPLEX: _too_complex,
    **dict.fromkeys(_SERVICE, _service),
    **dict.fromkeys(_ENGINE, _engine),
}
"""Every cause that is no limit."""
