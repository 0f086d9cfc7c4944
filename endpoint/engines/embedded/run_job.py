"""Evaluating one job against an open store and writing its answer to a file.

Runs only inside an evaluator process (:mod:`araxes.endpoint.engines.embedded.child`): nothing here is
bounded in time or memory by itself. Results are written by the engine, never through
Python terms, except HTML tables.
"""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass
from typing import IO, Any, cast

import pyoxigraph as ox

from araxes.endpoint.engines.embedded import document_job
from araxes.endpoint.sparql.formats import GRAPHS, RESULTS
from araxes.endpoint.sparql.result_tables import EscapingWriter, write_boolean, write_table
from araxes.endpoint.sparql.syntax_position import find_mistake
from araxes.endpoint.sparql.tokens import Scan, Service, scan, tokens

Reply = dict[str, Any]

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_NOTEWORTHY = re.compile(r"SERVICE|NOW|RAND|UUID|BNODE|CONSTRUCT", re.IGNORECASE)
_LONGEST_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class Gateway:
    """How allowed SERVICE calls leave: through this local port, by number.

    Attributes:
        port: of the listener inside the evaluator's own network namespace.
        allowed: the endpoint IRIs; their positions are the paths.
    """

    port: int
    allowed: tuple[str, ...]


class Failure(Exception):  # noqa: N818 -- becomes a reply
    """The job cannot be answered; ``reply`` says why."""

    def __init__(self, error: str, message: str, **members: Any) -> None:
        """Keep what is sent back."""
        super().__init__(message)
        self.reply: Reply = {"error": error, "message": message[:_LONGEST_MESSAGE], **members}


def evaluate(store: ox.Store, job: dict[str, Any], output: IO[bytes], gateway: Gateway | None) -> Reply:
    """Answer a job.

    Args:
        store: opened read-only.
        job: ``op`` is "query", "graph" or "resource"; see the functions below.
        output: where the answer goes.
        gateway: for evaluators that may call other endpoints.

    Returns:
        ``{"kind": …, "format": …, …}``, or ``{"error": code, "message": …}``.
    """
    try:
        if job["op"] == "query":
            return _query(store, job, output, gateway)
        operation = _graph if job["op"] == "graph" else document_job.document
        return operation(store, job, output)
    except (Failure, SyntaxError, OSError, MemoryError, RuntimeError, ValueError) as error:
        return _failed(error, job)


def _failed(error: Exception, job: dict[str, Any]) -> Reply:
    if isinstance(error, Failure):
        return error.reply
    if isinstance(error, SyntaxError):
        return _syntax(error, job.get("query", ""))
    if isinstance(error, OSError):
        return disk_reply(error)
    if isinstance(error, MemoryError):
        return {"error": "memory", "message": "out of memory"}
    return {"error": "evaluation", "message": str(error)[:_LONGEST_MESSAGE]}


def _query(store: ox.Store, job: dict[str, Any], output: IO[bytes], gateway: Gateway | None) -> Reply:
    query: str = job["query"]
    found = scan(query) if _NOTEWORTHY.search(query) else Scan()
    text = _gate(query, found.services, gateway) if found.services else query
    if job["dataset"]:
        results = store.query(
            text,
            default_graph=[_graph_name(iri) for iri in job["default"]],
            named_graphs=[ox.NamedNode(iri) for iri in job["named"]],
        )
    else:
        results = store.query(text)
    reply = _write(results, job, output)
    reply["volatile"] = bool(found.volatile or found.services)
    reply["blank"] = found.blank
    return reply


def _graph_name(iri: str) -> ox.NamedNode | ox.DefaultGraph:
    """A graph of a protocol dataset. rdflib's Dataset asks for the default graph by a name of its own."""
    return ox.DefaultGraph() if iri == "urn:x-rdflib:default" else ox.NamedNode(iri)


def _write(
    results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, job: dict[str, Any], output: IO[bytes]
) -> Reply:
    """Write results in the format asked for; html stands within the page frame of the job."""
    graph = isinstance(results, ox.QueryTriples)
    kind = "graph" if graph else "boolean" if isinstance(results, ox.QueryBoolean) else "solutions"
    name = job["formats"]["graph" if graph else "solutions"]
    if name is None:
        raise Failure("not-acceptable", f"no acceptable format for a {kind} answer", kind=kind)
    if name != "html":
        if isinstance(results, ox.QueryTriples):
            results.serialize(output, format=GRAPHS[name])
        else:
            results.serialize(output, format=RESULTS[name])
    else:
        head, tail = job["frame"]
        output.write(head.encode())
        if isinstance(results, ox.QueryTriples):
            output.write(b'<pre class="rdf" dir="ltr">')
            results.serialize(cast("IO[bytes]", EscapingWriter(output)), format=ox.RdfFormat.TURTLE)
            output.write(b"</pre>")
        elif isinstance(results, ox.QueryBoolean):
            write_boolean(bool(results), output)
        else:
            write_table(results, output)
        output.write(tail.encode())
    return {"kind": kind, "format": name}


def _graph(store: ox.Store, job: dict[str, Any], output: IO[bytes]) -> Reply:
    """One graph, as the Graph Store Protocol's GET gives it."""
    iri = job["graph"]
    graph = ox.DefaultGraph() if iri is None else ox.NamedNode(iri)
    if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
        raise Failure("no-graph", f"there is no graph {iri}")
    rdf_format = GRAPHS[job["formats"]["graph"]]
    # dump() names its graph in quad formats; the graph as such is asked for here.
    store.dump(output, format=rdf_format, from_graph=graph)
    return {"kind": "graph", "format": job["formats"]["graph"]}


def _gate(query: str, services: list[Service], gateway: Gateway | None) -> str:
    """The query with every SERVICE led to the gateway.

    Raises:
        Failure: a SERVICE names something that is not exactly on the list.
    """
    allowed = gateway.allowed if gateway else ()
    for service in services:
        if service.iri is None or service.iri not in allowed:
            line, column = position(query, service.start)
            named = f"<{service.iri}>" if service.iri else "a variable, an undeclared prefix or nothing"
            raise Failure(
                "federation", f"SERVICE names {named}", line=line, column=column, allowed=list(allowed)
            )
    text = query
    assert gateway is not None  # noqa: S101 -- else the loop has raised
    for service in reversed(services):
        number = allowed.index(cast("str", service.iri))
        text = f"{text[: service.start]}<http://127.0.0.1:{gateway.port}/{number}>{text[service.end :]}"
    return text


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1, in code points.

    >>> position("a\\nbc", 3)
    (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _syntax(error: SyntaxError, query: str) -> Reply:
    if not query.strip():
        return {"error": "syntax", "message": "the query is empty", "line": 1, "column": 1}
    message = str(error.msg)
    found = _POSITION.match(message)
    if scan(query[:10_000]).is_update:
        return {"error": "update", "message": "the query is a SPARQL Update request"}
    if not found:
        return {"error": "syntax", "message": message[:_LONGEST_MESSAGE]}
    line, column = int(found[1]), int(found[2])
    reply: Reply = {"error": "syntax", "message": _readable(found[3]), "line": line, "column": column}
    mistake = find_mistake(query)
    if mistake is not None:
        # The engine often names the end of the query instead.
        what = f"unexpected {mistake.found}" if mistake.found else "the query ends too early"
        reply["message"] = f"{what}; expected {' or '.join(mistake.expected)}"
        reply["line"], reply["column"] = position(query, mistake.offset)
        return reply
    undeclared = _undeclared(query)
    if undeclared:
        names = ", ".join(f"{name}:" for name in undeclared)
        plural = "prefixes" if len(undeclared) > 1 else "prefix"
        reply["undeclared"] = list(undeclared)
        reply["message"] = f"{plural} without a declaration: {names}"
        reply["line"], reply["column"] = position(query, min(undeclared.values()))
    return reply


def _readable(message: str) -> str:
    """The parser's message without character classes.

    >>> _readable("expected one of \\"{\\", FROM, ['A' ..= 'Z' | 'a' ..= 'z'], [_]")
    'expected one of "{", FROM'
    """
    if not message.startswith("expected"):
        return message[:_LONGEST_MESSAGE]
    short = re.sub(r"\[(?:'(?:\\.|[^'\\])[^']*'|[^\]'])*\]", "", message)
    items = [item.strip() for item in short.removeprefix("expected").removeprefix(" one of").split(", ")]
    kept = [item for item in items if item]
    sentences = [item for item in kept if " " in item and not item.startswith('"')]
    if sentences:
        return "; ".join(sentences)[:_LONGEST_MESSAGE]
    if not kept:
        return (
            "not allowed here, though the grammar is right: perhaps a variable that BIND or AS sets twice, "
            "one selected without being grouped, or a blank node label used in two groups"
        )
    return f"expected {'one of ' if len(kept) > 1 else ''}{', '.join(kept)}"[:_LONGEST_MESSAGE]


def _undeclared(query: str) -> dict[str, int]:
    """Prefixes used without a declaration and where first: the most frequent mistake."""
    if len(query) > 100_000:
        return {}
    declared = scan(query).prefixes
    used: dict[str, int] = {}
    previous = ""
    for token in tokens(query):
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and previous.upper() != "PREFIX" and prefix not in declared:
            used.setdefault(prefix, token.start)
        previous = token.text
    return dict(list(used.items())[:20])


def disk_reply(error: OSError) -> Reply:
    """What an operating system error means for the answer."""
    if error.errno == errno.EFBIG or "File too large" in str(error):
        return {"error": "result-size", "message": "the answer is too large"}
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error):
        return {"error": "spool", "message": "no space for the answer"}
    # What a SERVICE call without SILENT meets also arrives as an OSError.
    return {"error": "evaluation", "message": str(error)[:_LONGEST_MESSAGE]}
