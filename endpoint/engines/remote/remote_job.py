"""Doing one job against a remote engine and writing its answer to a file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, cast

import pyoxigraph as ox

from araxes.endpoint.engines.embedded.document_job import write_document
from araxes.endpoint.engines.embedded.page_job import write_page
from araxes.endpoint.engines.embedded.passage_job import write_passages
from araxes.endpoint.engines.embedded.run_job import (
    FAILURES,
    JobError,
    OpenVersion,
    failure_of,
    form_of,
    results_of,
    write_beside,
    write_results,
)
from araxes.endpoint.engines.jobs import DocumentJob, GraphJob, Job, PageJob, PassageJob, QueryJob
from araxes.endpoint.engines.remote.fetched_store import store_about
from araxes.endpoint.engines.remote.graph_clauses import burden
from araxes.endpoint.engines.remote.remote_store import RemoteStore
from araxes.endpoint.engines.replies import Answered, Cause, Failed, Kind, Reply
from araxes.endpoint.sparql.carried_answers import carried
from araxes.endpoint.sparql.formats import GRAPHS
from araxes.endpoint.sparql.result_tables import EscapingWriter

_EVERYTHING = "?s ?p ?o"


def evaluate_remotely(version: OpenVersion, remote: RemoteStore, job: Job, output: IO[bytes]) -> Reply:
    """Do a job.

    Args:
        version: what was published beside the dataset; its store is empty.
        remote: the engine that holds the dataset.
        job: what to do.
        output: where the answer goes.
    """
    try:
        return _done(version, remote, job, output)
    except FAILURES as error:
        return failure_of(error, job)


def _done(version: OpenVersion, remote: RemoteStore, job: Job, output: IO[bytes]) -> Reply:
    match job:
        case QueryJob():
            reply: Reply = _query(version.store, remote, job, output)
        case GraphJob():
            reply = _graph(remote, job, output)
        case DocumentJob():
            about = store_about(remote, job.iri, page="html" in (job.claim, job.resource))
            reply = write_document(about, version.names, job, output)
        case PageJob():
            reply = write_page(job, lambda query: _in_json(version, remote, query), version.originals, output)
        case PassageJob():
            reply = write_passages(store_about(remote, job.claim), job, output)
        case _:
            reply = write_beside(version, job, output)
    return reply


def _in_json(version: OpenVersion, remote: RemoteStore, query: str) -> bytes:
    """The answer to a SELECT or ASK query as anybody gets it, in JSON."""
    answer = io.BytesIO()
    _query(version.store, remote, QueryJob(query, "json", None), answer)
    return answer.getvalue()


def _query(empty: ox.Store, remote: RemoteStore, job: QueryJob, output: IO[bytes]) -> Answered:
    """Have a query evaluated that our own parser has taken.

    Mistakes are found here, so that they are explained alike on every engine, and so that what is no standard
    SPARQL (an engine's own pragmas and functions) never reaches one.
    """
    results, found = results_of(empty, job, None)
    kind, name = form_of(results, job)
    if heavy := burden(job.query):
        raise JobError(Failed(Cause.TOO_COMPLEX, heavy))
    text = f"BASE <{job.base}>\n{job.query}" if job.base else job.query
    graphs = (job.default_graphs, job.named_graphs)
    if isinstance(results, ox.QueryTriples):
        with remote.triples(text, *graphs) as triples:
            _write_graph(triples, name, job.frame, output)
    else:
        variables = (
            [each.value for each in results.variables] if isinstance(results, ox.QuerySolutions) else []
        )
        with remote.results(text, *graphs, variables) as answer:
            if isinstance(answer, ox.QueryBoolean) != isinstance(results, ox.QueryBoolean):
                message = (
                    "the engine answers with a truth value for a table, or with a table for a truth value"
                )
                raise JobError(Failed(Cause.ENGINE_ANSWER, message))
            write_results(answer, job, output)
    return Answered(kind, name, volatile=bool(found.volatile), blank=found.blank)


def _write_graph(triples: Iterator[ox.Triple], name: str, frame: tuple[str, str], output: IO[bytes]) -> None:
    """Triples in a format, html within a frame."""
    if name != "html":
        with carried(output, name) as target:
            ox.serialize(triples, target, format=GRAPHS[name])
        return
    output.write(frame[0].encode() + b'<pre class="rdf" dir="ltr">')
    ox.serialize(triples, cast("IO[bytes]", EscapingWriter(output)), format=ox.RdfFormat.TURTLE)
    output.write(b"</pre>" + frame[1].encode())


def _graph(remote: RemoteStore, job: GraphJob, output: IO[bytes]) -> Answered:
    """One graph, as the Graph Store Protocol's GET gives it."""
    pattern = _EVERYTHING
    if job.graph is not None:
        pattern = f"GRAPH {ox.NamedNode(job.graph)} {{ {_EVERYTHING} }}"
        if not remote.holds(f"ASK {{ {pattern} }}"):
            raise JobError(Failed(Cause.NO_GRAPH, f"there is no graph {job.graph}"))
    if job.format is None:
        raise JobError(Failed(Cause.NOT_ACCEPTABLE, "no acceptable format", kind=Kind.GRAPH))
    # Asked for as a table: engines make graphs of their own out of CONSTRUCT, within other limits.
    with remote.results(f"SELECT {_EVERYTHING} {{ {pattern} }}") as rows:
        solutions = cast("ox.QuerySolutions", rows)
        triples = (ox.Triple(row["s"], row["p"], row["o"]) for row in solutions)
        with carried(output, job.format) as target:
            ox.serialize(triples, target, format=GRAPHS[job.format])
    return Answered(Kind.GRAPH, job.format)
