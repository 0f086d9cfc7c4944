"""Evaluating one job against an open store and writing its answer to a file.

Runs only inside an evaluator process (:mod:`araxes.endpoint.engines.embedded.child`): nothing here is
bounded in time or memory by itself. Results are written by the engine, never through
Python terms, except HTML tables.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from araxes.endpoint.engines.embedded.document_job import write_document
from araxes.endpoint.engines.embedded.kept_answers import KeptAnswers
from araxes.endpoint.engines.embedded.page_job import write_page
from araxes.endpoint.engines.embedded.passage_job import write_passages
from araxes.endpoint.engines.embedded.process_limits import disk_failure
from araxes.endpoint.engines.embedded.query_hints import write_hints
from araxes.endpoint.engines.embedded.result_page import write_result
from araxes.endpoint.engines.embedded.syntax_failure import syntax_failure
from araxes.endpoint.engines.jobs import (
    AskedJob,
    DocumentJob,
    DrawJob,
    FileJob,
    GraphJob,
    HintsJob,
    Job,
    NamesJob,
    PageJob,
    PassageJob,
    QueryJob,
    ReferenceJob,
    SearchJob,
)
from araxes.endpoint.engines.replies import LONGEST_MESSAGE, Answered, AnswerKind, Cause, Failed, Reply
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.search.index.names_index import Index, build_index
from araxes.endpoint.search.index.text_index import TextIndex, build_text_index
from araxes.endpoint.search.reconciliation.draft_operations import DraftRequest, perform_draft
from araxes.endpoint.search.reconciliation.operations import perform_text
from araxes.endpoint.search.text.asked_relations import asked
from araxes.endpoint.search.text.full_text import search, suggest
from araxes.endpoint.sparql.carried_answers import carried
from araxes.endpoint.sparql.formats import GRAPHS, RESULTS
from araxes.endpoint.sparql.rdf12 import VERSION, directed_solutions, directed_statement
from araxes.endpoint.sparql.regex_calls import FUNCTIONS, RegexCallProblem, translate_calls
from araxes.endpoint.sparql.xml_answers import NotCarriedError
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH
from araxes.validation.sparql_syntax.tokens import Scan, ServiceClause, scan
from araxes.validation.sparql_syntax.told_mistakes import position

_NOTEWORTHY = re.compile(r"SERVICE|NOW|RAND|UUID|BNODE|CONSTRUCT", re.IGNORECASE)
_CAUSES = {400: Cause.BAD_REQUEST, 404: Cause.NO_ENTITY, 413: Cause.TOO_MUCH}


REFERENCE_FILE = "ontology.json"
"""Name of the ontology's reference in a version's folder."""


@dataclass(frozen=True, slots=True)
class RelayRoute:
    """How allowed SERVICE calls leave: through this local port, by number.

    Attributes:
        port: of the listener inside the evaluator's own network namespace.
        allowed: the endpoint IRIs; their positions are the paths.
    """

    port: int
    allowed: tuple[str, ...]


@dataclass(slots=True)
class OpenVersion:
    """What an evaluator has at hand.

    Attributes:
        store: opened read-only.
        folder: the store version's, with what was published beside the store.
        route: for evaluators that may call other endpoints.
        names: the index of names; ``None`` as long as a version that was published without one was not asked.
        texts: the full-text index; likewise.
        originals: folder of the texts whose passages may be shown.
        answers: of the pages that are asked for most; ``None`` where none are kept.
    """

    store: ox.Store
    folder: Path
    route: RelayRoute | None
    names: Index | None
    texts: TextIndex | None
    originals: Path | None = None
    answers: KeptAnswers | None = None


class JobError(Exception):
    """The job cannot be done; ``failed`` says why."""

    def __init__(self, failed: Failed) -> None:
        """Keep what is sent back."""
        super().__init__(failed.message)
        self.failed = dataclasses.replace(failed, message=failed.message[:LONGEST_MESSAGE])


FAILURES = (JobError, HttpProblem, SyntaxError, OSError, MemoryError, RuntimeError, ValueError)
"""What a job may end with."""


def evaluate(version: OpenVersion, job: Job, output: IO[bytes]) -> Reply:
    """Do a job.

    Args:
        version: the dataset.
        job: what to do.
        output: where the answer goes.
    """
    try:
        if isinstance(job, QueryJob):
            return _query(version, job, output)
        if isinstance(job, GraphJob):
            return _graph(version.store, job, output)
        if isinstance(job, DocumentJob):
            return write_document(version.store, version.names, job, output)
        if isinstance(job, PageJob):
            return page_of(version, job, lambda query: _asked_in_json(version, query), output)
        return write_beside(version, job, output)
    except FAILURES as error:
        return failure_of(error, job)


def failure_of(error: Exception, job: Job) -> Failed:
    """What an exception of :data:`FAILURES` means for a job."""
    if isinstance(error, JobError):
        return error.failed
    if isinstance(error, HttpProblem):
        return Failed(_CAUSES[error.status], error.message[:LONGEST_MESSAGE], remedy=error.remedy)
    if isinstance(error, SyntaxError):
        return syntax_failure(error, job.query if isinstance(job, QueryJob) else "")
    if isinstance(error, OSError):
        return disk_failure(error)
    if isinstance(error, MemoryError):
        return Failed(Cause.MEMORY, "out of memory")
    unable = error.unable if isinstance(error, NotCarriedError) else ()
    cause = Cause.NOT_CARRIED if unable else Cause.EVALUATION
    return Failed(cause, str(error)[:LONGEST_MESSAGE], unable=unable)


def _query(version: OpenVersion, job: QueryJob, output: IO[bytes]) -> Answered:
    results, found = results_of(version.store, job, version.route)
    kind, name = form_of(results, job)
    if name == "html":
        write_result(results, job, version.store, version.names, output)
    else:
        write_results(results, job, output)
    return Answered(kind, name, volatile=bool(found.volatile or found.services), blank=found.blank)


def results_of(
    store: ox.Store, job: QueryJob, route: RelayRoute | None
) -> tuple[ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, Scan]:
    """What a query that may be asked gives over a store, and what its tokens say of it.

    Raises:
        JobError, SyntaxError, RuntimeError, OSError: it is wrong, or may not be asked.
    """
    found = scan(job.query) if _NOTEWORTHY.search(job.query) else Scan()
    text = _gate(job.query, found.services, route) if found.services else job.query
    try:
        translated = translate_calls(job.query)
    except RegexCallProblem as problem:
        place = position(job.query, problem.offset)
        raise JobError(Failed(Cause.REGEX, problem.message, *place)) from problem
    try:
        return _asked(store, translate_calls(text) if found.services else translated, job), found
    except SyntaxError:
        # The translation moves what stands behind it; errors are to be about the query as it came.
        return _asked(store, text, job), found


def page_of(version: OpenVersion, job: PageJob, ask: Callable[[str], bytes], output: IO[bytes]) -> Reply:
    """The answers of a page, each kept or asked for now."""
    kept = version.answers
    known = ask if kept is None else lambda query: kept.find(query) or ask(query)
    return write_page(job, known, version.originals, output)


def _asked_in_json(version: OpenVersion, query: str) -> bytes:
    """The answer to a SELECT or ASK query as anybody gets it, in JSON."""
    answer = io.BytesIO()
    _query(version, QueryJob(query, "json", None), answer)
    return answer.getvalue()


def _asked(
    store: ox.Store, text: str, job: QueryJob
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The engine's results over the job's dataset."""
    base = job.base or None
    if job.default_graphs or job.named_graphs:
        return store.query(
            text,
            base_iri=base,
            default_graph=[_graph_name(iri) for iri in job.default_graphs],
            named_graphs=[ox.NamedNode(iri) for iri in job.named_graphs],
            custom_functions=FUNCTIONS,
        )
    return store.query(text, base_iri=base, custom_functions=FUNCTIONS)


def _graph_name(iri: str) -> ox.NamedNode | ox.DefaultGraph:
    """A graph of a protocol dataset. rdflib's Dataset asks for the default graph by a name of its own."""
    return DEFAULT_GRAPH if iri == "urn:x-rdflib:default" else ox.NamedNode(iri)


def form_of(
    results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, job: QueryJob
) -> tuple[AnswerKind, str]:
    """Kind of results, and the format in which they are wanted.

    Raises:
        JobError: none that could hold them is.
    """
    graph = isinstance(results, ox.QueryTriples)
    kind = (
        AnswerKind.GRAPH
        if graph
        else AnswerKind.BOOLEAN
        if isinstance(results, ox.QueryBoolean)
        else AnswerKind.SOLUTIONS
    )
    name = job.graph if graph else job.solutions
    if name is None:
        raise JobError(Failed(Cause.NOT_ACCEPTABLE, f"no acceptable format for a {kind} answer", kind=kind))
    return kind, name


def write_results(
    results: ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple], job: QueryJob, output: IO[bytes]
) -> None:
    """Write results in the format asked for, which is not html."""
    graph = not isinstance(results, ox.QuerySolutions | ox.QueryBoolean)
    name = str(job.graph if graph else job.solutions)
    with carried(output, name) as target:
        if not isinstance(results, ox.QuerySolutions | ox.QueryBoolean):
            write_triples(results, target, name, job.versions[1])
        elif job.versions[0] == VERSION:
            with directed_solutions(target, name) as directing:
                results.serialize(directing, format=RESULTS[name])
        else:
            results.serialize(target, format=RESULTS[name])


def write_triples(triples: Iterable[ox.Triple], target: IO[bytes], name: str, version: str) -> None:
    """Write triples in a format, with the directions that a version of RDF has for texts."""
    if version == VERSION:
        ox.serialize(map(directed_statement, triples), target, format=GRAPHS[name])
    elif isinstance(triples, ox.QueryTriples):
        triples.serialize(target, format=GRAPHS[name])
    else:
        ox.serialize(triples, target, format=GRAPHS[name])


def _graph(store: ox.Store, job: GraphJob, output: IO[bytes]) -> Answered:
    """One graph, as the Graph Store Protocol's GET gives it."""
    graph = DEFAULT_GRAPH if job.graph is None else ox.NamedNode(job.graph)
    if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
        raise JobError(Failed(Cause.NO_GRAPH, f"there is no graph {job.graph}"))
    if job.format is None:
        raise JobError(Failed(Cause.NOT_ACCEPTABLE, "no acceptable format", kind=AnswerKind.GRAPH))
    # dump() names its graph in quad formats; the graph as such is asked for here.
    with carried(output, job.format) as target:
        if job.version == VERSION:
            triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
            ox.serialize(map(directed_statement, triples), target, format=GRAPHS[job.format])
        else:
            store.dump(target, format=GRAPHS[job.format], from_graph=graph)
    return Answered(AnswerKind.GRAPH, job.format)


def _reference(folder: Path, output: IO[bytes]) -> Answered:
    """The file that was made when the dataset was published."""
    with contextlib.suppress(FileNotFoundError), (folder / REFERENCE_FILE).open("rb") as file:
        shutil.copyfileobj(file, output)
    return Answered(AnswerKind.REFERENCE, "json")


def write_beside(
    version: OpenVersion,
    job: NamesJob | SearchJob | AskedJob | PassageJob | HintsJob | ReferenceJob | DrawJob | FileJob,
    output: IO[bytes],
) -> Answered:
    """What is found for a text, in an index, or in a file beside the store."""
    if isinstance(job, DrawJob | FileJob):
        raise JobError(Failed(Cause.EVALUATION, "an evaluator makes nothing: that is a workshop's work"))
    if isinstance(job, PassageJob):
        return write_passages(version.store, job, output)
    if isinstance(job, HintsJob):
        return write_hints(version.store, version.names, job, output)
    if isinstance(job, NamesJob):
        return _names(version, job, output)
    if isinstance(job, AskedJob):
        return _asks(version, job, output)
    return _search(version, job, output) if isinstance(job, SearchJob) else _reference(version.folder, output)


def _names(version: OpenVersion, job: NamesJob, output: IO[bytes]) -> Answered:
    """An operation on the index of names."""
    index = _names_of(version)
    if job.version == "1.0-draft":
        asked = DraftRequest(job.text, job.start, job.most, job.languages)
        found = perform_draft(index, job.operation, asked)
    else:
        found = perform_text(index, job.operation, job.text, job.start, job.most)
    output.write(json.dumps(found, ensure_ascii=False).encode() + b"\n")
    return Answered(AnswerKind.NAMES, "json")


def _names_of(version: OpenVersion) -> Index:
    if version.names is None:
        version.names = build_index(version.store)
    return version.names


def _texts_of(version: OpenVersion) -> TextIndex:
    if version.texts is None:
        version.texts = build_text_index(version.store)
    return version.texts


def _asks(version: OpenVersion, job: AskedJob, output: IO[bytes]) -> Answered:
    """What a question asks."""
    found = asked(_texts_of(version), _names_of(version), job.question)
    output.write(json.dumps(found, ensure_ascii=False).encode() + b"\n")
    return Answered(AnswerKind.FOUND, "json")


def _search(version: OpenVersion, job: SearchJob, output: IO[bytes]) -> Answered:
    """Words looked for in the full-text index."""
    texts, names = _texts_of(version), _names_of(version)
    if job.typing:
        found = suggest(texts, names, job.text, job.language)
    else:
        found = search(texts, names, job.text, job.language, job.kind, job.start, proper=job.proper)
    output.write(json.dumps(found, ensure_ascii=False).encode() + b"\n")
    return Answered(AnswerKind.FOUND, "json")


def _gate(query: str, services: list[ServiceClause], route: RelayRoute | None) -> str:
    """The query with every SERVICE led to the relay.

    Raises:
        JobError: a SERVICE names something that is not exactly on the list.
    """
    allowed = route.allowed if route else ()
    for service in services:
        if service.iri is None or service.iri not in allowed:
            line, column = position(query, service.start)
            named = f"<{service.iri}>" if service.iri else "a variable, an undeclared prefix or nothing"
            message = f"SERVICE names {named}"
            raise JobError(Failed(Cause.FEDERATION, message, line=line, column=column, allowed=allowed))
    text = query
    assert route is not None  # noqa: S101 -- else the loop has raised
    for service in reversed(services):
        number = allowed.index(cast("str", service.iri))
        text = f"{text[: service.start]}<http://127.0.0.1:{route.port}/{number}>{text[service.end :]}"
    return text
