"""Doing one job against a remote engine and writing its answer to a file."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import itertools
from collections.abc import Iterator
from typing import IO, cast

import pyoxigraph as ox

from araxes.endpoint.engines.embedded.document_job import write_document
from araxes.endpoint.engines.embedded.passage_job import write_passages
from araxes.endpoint.engines.embedded.query_hints import write_hints
from araxes.endpoint.engines.embedded.result_page import HeldTable, Results, write_result
from araxes.endpoint.engines.embedded.run_job import (
    FAILURES,
    JobError,
    OpenVersion,
    failure_of,
    form_of,
    page_of,
    results_of,
    write_beside,
    write_results,
    write_triples,
)
from araxes.endpoint.engines.jobs import DocumentJob, GraphJob, HintsJob, Job, PageJob, PassageJob, QueryJob
from araxes.endpoint.engines.remote.asked_store import AskedStore
from araxes.endpoint.engines.remote.fetched_store import labels_of, store_about
from araxes.endpoint.engines.remote.graph_clauses import burden
from araxes.endpoint.engines.remote.remote_store import RemoteStore
from araxes.endpoint.engines.replies import Answered, AnswerKind, Cause, Failed, Reply
from araxes.endpoint.sparql.carried_answers import carried

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
            reply: Reply = _query(version, remote, job, output)
        case GraphJob():
            reply = _graph(remote, job, output)
        case DocumentJob():
            about = store_about(remote, job.iri, page="html" in (job.claim, job.resource))
            reply = write_document(about, version.names, job, output)
        case PageJob():
            reply = page_of(version, job, lambda query: _in_json(version, remote, query), output)
        case PassageJob():
            reply = write_passages(store_about(remote, job.claim), job, output)
        case HintsJob():
            reply = write_hints(AskedStore(remote), version.names, job, output)
        case _:
            reply = write_beside(version, job, output)
    return reply


def _in_json(version: OpenVersion, remote: RemoteStore, query: str) -> bytes:
    """The answer to a SELECT or ASK query as anybody gets it, in JSON."""
    answer = io.BytesIO()
    _query(version, remote, QueryJob(query, "json", None), answer)
    return answer.getvalue()


def _query(version: OpenVersion, remote: RemoteStore, job: QueryJob, output: IO[bytes]) -> Answered:
    """Have a query evaluated that our own parser has taken.

    Mistakes are found here, so that they are explained alike on every engine, and so that what is no standard
    SPARQL (an engine's own pragmas and functions) never reaches one.
    """
    results, found = results_of(version.store, job, None)
    kind, name = form_of(results, job)
    if heavy := burden(job.query):
        raise JobError(Failed(Cause.TOO_COMPLEX, heavy))
    asked = dataclasses.replace(job, query=f"BASE <{job.base}>\n{job.query}") if job.base else job
    if name == "html":
        _write_page(version, remote, asked, results, output)
    elif isinstance(results, ox.QueryTriples):
        with remote.triples(asked.query, job.default_graphs, job.named_graphs) as triples:
            write_results(triples, job, output)
    else:
        with _table(remote, asked, results) as answer:
            write_results(answer, job, output)
    return Answered(kind, name, volatile=bool(found.volatile), blank=found.blank)


@contextlib.contextmanager
def _table(
    remote: RemoteStore, job: QueryJob, results: ox.QuerySolutions | ox.QueryBoolean
) -> Iterator[ox.QuerySolutions | ox.QueryBoolean]:
    """The engine's answer to SELECT or ASK, of the kind that the query has over nothing.

    Raises:
        JobError: it is of the other kind, or there is no whole answer.
    """
    variables = [each.value for each in results.variables] if isinstance(results, ox.QuerySolutions) else []
    with remote.results(job.query, job.default_graphs, job.named_graphs, variables) as answer:
        if isinstance(answer, ox.QueryBoolean) != isinstance(results, ox.QueryBoolean):
            message = "the engine answers with a truth value for a table, or with a table for a truth value"
            raise JobError(Failed(Cause.ENGINE_ANSWER, message))
        yield answer


def _write_page(
    version: OpenVersion,
    remote: RemoteStore,
    job: QueryJob,
    results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    output: IO[bytes],
) -> None:
    """Write the page of a result, read before: labels and hints are questions of their own."""
    shown: Results
    labels = ox.Store()
    if isinstance(results, ox.QueryTriples):
        with remote.triples(job.query, job.default_graphs, job.named_graphs) as triples:
            shown = list(triples)
    else:
        with _table(remote, job, results) as answer:
            if isinstance(answer, ox.QueryBoolean):
                shown = answer
            else:
                # One more than is shown: that there are more is said.
                most = job.page.rows + 1 if job.page.rows else None
                shown = HeldTable(answer.variables, list(itertools.islice(answer, most)))
        if isinstance(shown, HeldTable):
            labels.extend(labels_of(remote, (term for row in shown for term in row)))
    write_result(shown, job, AskedStore(remote), version.names, output, labels)


def _graph(remote: RemoteStore, job: GraphJob, output: IO[bytes]) -> Answered:
    """One graph, as the Graph Store Protocol's GET gives it."""
    pattern = _EVERYTHING
    if job.graph is not None:
        pattern = f"GRAPH {ox.NamedNode(job.graph)} {{ {_EVERYTHING} }}"
        if not remote.holds(f"ASK {{ {pattern} }}"):
            raise JobError(Failed(Cause.NO_GRAPH, f"there is no graph {job.graph}"))
    if job.format is None:
        raise JobError(Failed(Cause.NOT_ACCEPTABLE, "no acceptable format", kind=AnswerKind.GRAPH))
    # Asked for as a table: engines make graphs of their own out of CONSTRUCT, within other limits.
    with remote.results(f"SELECT {_EVERYTHING} {{ {pattern} }}") as rows:
        solutions = cast("ox.QuerySolutions", rows)
        triples = (ox.Triple(row["s"], row["p"], row["o"]) for row in solutions)
        with carried(output, job.format) as target:
            write_triples(triples, target, job.format, job.version)
    return Answered(AnswerKind.GRAPH, job.format)
