"""What an evaluator's failure means to the sender: one table from replies to problems."""

from __future__ import annotations

from typing import Any

from araxes.endpoint.errors import HTTP, PROTOCOL, QUERY, Problem, limit_problem
from araxes.endpoint.settings import Settings
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, SOLUTION_FORMATS

COMMON_PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}
"""Prefixes that people write from memory, for advice."""

PROJECT_FOLDERS = (
    "state",
    "organization",
    "person",
    "place",
    "event",
    "agreement",
    "claim",
    "source",
    "theory",
)
"""Folders of the project's namespace that serve as prefixes of their own name, for advice and in Turtle."""


def project_prefixes(namespace: str) -> dict[str, str]:
    """Prefixes of this project's IRIs.

    >>> project_prefixes("https://w3id.org/araxes/")["ax"]
    'https://w3id.org/araxes/ontology/'
    """
    return {"ax": namespace + "ontology/"} | {name: f"{namespace}{name}/" for name in PROJECT_FOLDERS}


_LIMITS = {
    "timeout": (
        504,
        "timeout",
        "the query took longer than its time limit and was stopped",
        "timeout",
        30,
    ),
    "displaced": (
        503,
        "busy",
        "the query ran long while others were waiting, and was stopped for them",
        "long_queries",
        10,
    ),
    "memory": (503, "memory", "the query needed more memory than it may take", "memory", 60),
    "result-size": (413, "result-size", "the answer is larger than it may be", "result_size", 0),
    "spool": (503, "spool-full", "there is no room for the answer", "spool_size", 5),
}
"""Error of a reply → status, code, detail, setting, seconds to wait."""


def problem_of(reply: dict[str, Any], job: dict[str, Any], settings: Settings) -> Problem:
    """The problem for an evaluator's reply with an ``error``."""
    error = reply["error"]
    if error in _LIMITS:
        status, code, detail, name, retry = _LIMITS[error]
        return limit_problem(status, code, detail, settings.limit(name), retry)
    makers = {
        "syntax": _syntax,
        "update": _update,
        "federation": _federation,
        "not-acceptable": _not_acceptable,
        "no-graph": _no_graph,
        "no-resource": _no_resource,
    }
    if error in makers:
        return makers[error](reply, settings)
    if error in ("crash", "stale"):
        return Problem(
            500,
            "engine-crash",
            f"the evaluator ended during this query ({reply['message']}); nobody else is affected",
            "most likely the query is nested too deeply: simplify it; else try again",
        )
    if error == "gone":
        return Problem(503, "gone", "the client went away")
    return Problem(
        400 if "custom function" in reply["message"] else 500,
        "evaluation",
        f"the query could not be evaluated: {reply['message']}",
        "check functions and SERVICE calls in the query",
    )


def _syntax(reply: dict[str, Any], settings: Settings) -> Problem:
    where = f" at line {reply['line']}, column {reply['column']}" if "line" in reply else ""
    known = COMMON_PREFIXES | project_prefixes(settings.text("namespace"))
    undeclared = reply.get("undeclared") or []
    remedy = "correct the query at that place; the parser lists what it expected there"
    if undeclared:
        lines = [f"PREFIX {name}: <{known.get(name, '…')}>" for name in undeclared]
        remedy = "declare the prefixes it uses: " + " ".join(lines)
    return Problem(
        400,
        "syntax",
        f"syntax error{where}: {reply['message']}",
        remedy,
        line=reply.get("line"),
        column=reply.get("column"),
        see=QUERY + "#sparqlGrammar",
    )


def _update(reply: dict[str, Any], settings: Settings) -> Problem:
    return Problem(
        400,
        "update-as-query",
        f"{reply['message']}; this service is read-only",
        "send a query: SELECT, ASK, CONSTRUCT or DESCRIBE",
        see=PROTOCOL,
    )


def _federation(reply: dict[str, Any], settings: Settings) -> Problem:
    allowed = reply.get("allowed") or list(settings.texts("federation"))
    return Problem(
        403,
        "federation",
        f"{reply['message']}, which is not an allowed endpoint",
        "allowed are exactly: " + " ".join(allowed)
        if allowed
        else "SERVICE is off here; run the federated query at your side and call this endpoint from it",
        line=reply.get("line"),
        column=reply.get("column"),
        see="https://www.w3.org/TR/sparql11-federated-query/",
    )


def _not_acceptable(reply: dict[str, Any], settings: Settings) -> Problem:
    formats = SOLUTION_FORMATS if reply["kind"] in ("solutions", "boolean") else GRAPH_FORMATS
    return not_acceptable(reply["kind"], [entry.media_types[0] for entry in formats])


def not_acceptable(kind: str, choices: list[str]) -> Problem:
    """406 with what can be had."""
    return Problem(
        406,
        "not-acceptable",
        f"no format that was asked for can hold this answer ({kind})",
        "ask for one of the choices, by Accept or by ?format=",
        see=HTTP + "#section-12.5.1",
        choices=choices,
    )


def _no_graph(reply: dict[str, Any], settings: Settings) -> Problem:
    return Problem(404, "no-graph", reply["message"], "SELECT DISTINCT ?g { GRAPH ?g {} } lists the graphs")


def _no_resource(reply: dict[str, Any], settings: Settings) -> Problem:
    return Problem(
        404,
        "not-found",
        reply["message"],
        "did you mean one of the suggestions?" if reply["suggestions"] else "start at / or ask at /sparql",
        suggestions=reply["suggestions"],
    )
