"""``araxes query``: ask the local store."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import click
import pyoxigraph as ox

from araxes.endpoint.cli.options import store_option
from araxes.endpoint.engines.embedded.child_process import EvaluatorProcess
from araxes.endpoint.engines.embedded.spool import Answer, Spool
from araxes.endpoint.engines.jobs import QueryJob
from araxes.endpoint.engines.replies import Answered, Failed, Kind
from araxes.endpoint.service.reply_problems import problem_of
from araxes.endpoint.settings import Settings, load_settings
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, SOLUTION_FORMATS, find
from araxes.endpoint.sparql.result_tables import Term, plain, text_table
from araxes.ontology.errors import AraxesError, InputError
from araxes.triples.stores.versions import StoreVersion, current

_SETTINGS = ("timeout", "memory", "result_size", "spool_dir", "spool_size", "namespace")
"""What may be set for this verb by ``ARAXES_*``; the server's other settings are none of its business."""
_NAMES = [entry.name for entry in SOLUTION_FORMATS + GRAPH_FORMATS if entry.name != "html"]


@click.command(
    epilog="\b\nExamples:\n  araxes query 'SELECT * { ?s ?p ?o } LIMIT 5'\n"
    "  araxes query question.rq --format csv --output answer.csv\n"
    "  echo 'ASK { ?s ?p ?o }' | araxes query -\n\n"
    "\b\nFormats: table, " + ", ".join(dict.fromkeys(_NAMES)) + ".\n"
    "Without --format: a table on a terminal, CSV elsewhere; Turtle for graphs."
)
@click.argument("query")
@click.option("--format", "name", metavar="NAME", help="Format of the answer, by name or media type.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--timeout", metavar="SECONDS", help="Longest evaluation.  [default: 30]")
@click.option("--memory", metavar="MIB", help="Memory the query may take.  [default: 512]")
@store_option
def query(
    query: str, name: str | None, output: Path | None, timeout: str | None, memory: str | None, store: Path
) -> None:
    """Evaluate QUERY: SPARQL text, a file that holds it, or - for standard input.

    The query runs in a process of its own, so that neither a crash of the engine nor an endless
    query does harm. Federation (SERVICE) is off.
    """
    text = _text_of(query)
    settings = load_settings({"timeout": timeout, "memory": memory, "store": str(store)}, only=_SETTINGS)
    solutions, graph = _formats(name)
    job = QueryJob(text, solutions, graph)
    with Spool(settings.text("spool_dir"), settings.size("spool_size")).open() as answer:
        reply = _evaluated(current(store), settings, job, answer)
        answer.rewind()
        as_table = name == "table" or (name is None and output is None and sys.stdout.isatty())
        if as_table and reply.kind != Kind.GRAPH:
            _write(lambda stream: _write_table(answer, stream), output)
        else:
            _write(lambda stream: _copy(answer, stream), output)


def _text_of(query: str) -> str:
    """The query itself.

    Raises:
        InputError: a file that is missing or no UTF-8.
    """
    try:
        if query == "-":
            return sys.stdin.buffer.read().decode("utf-8")
        is_file = len(query) < 4000 and "\n" not in query and Path(query).is_file()
        if is_file:
            return Path(query).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{query}: the query cannot be read: {error}", "give a UTF-8 file") from error
    if query.endswith((".rq", ".sparql")):
        raise InputError(
            f"{query}: there is no such file", "check the path, or give the query itself in quotes"
        )
    return query


def _formats(name: str | None) -> tuple[str | None, str | None]:
    """Formats for solutions and for graphs."""
    if name is None:
        return ("json" if sys.stdout.isatty() else "csv"), "turtle"
    if name == "table":
        return "json", "turtle"
    solutions, graph = find(name, SOLUTION_FORMATS), find(name, GRAPH_FORMATS)
    found = [entry.name for entry in (solutions, graph) if entry is not None]
    if not found or "html" in found:
        raise click.UsageError(f"unknown format {name!r}; use table, {', '.join(dict.fromkeys(_NAMES))}")
    return (solutions.name if solutions else None), (graph.name if graph else None)


def _evaluated(version: StoreVersion, settings: Settings, job: QueryJob, answer: Answer) -> Answered:
    """The reply of an evaluator of our own.

    Raises:
        HttpProblem: the query failed.
    """
    process = EvaluatorProcess(version, settings, ())
    try:
        reply = process.run(job, answer.descriptor, settings.number("timeout"), lambda: None).reply
    finally:
        process.kill()
    if isinstance(reply, Failed):
        raise problem_of(reply, settings)
    return reply


def _write(write: Callable[[IO[bytes]], None], output: Path | None) -> None:
    """Write to standard output, or to a file that appears only when it is complete.

    Raises:
        AraxesError: the file cannot be written.
    """
    if output is None:
        try:
            write(sys.stdout.buffer)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            # The reader has seen enough; keep the interpreter from complaining at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    partial = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with partial.open("wb") as stream:
            write(stream)
        partial.replace(output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise AraxesError(
            f"{output} cannot be written: {error.strerror}", "choose another --output"
        ) from error


def _copy(answer: Answer, stream: IO[bytes]) -> None:
    last = b""
    while piece := answer.read(1 << 20):
        stream.write(piece)
        last = piece
    if not last.endswith(b"\n"):
        stream.write(b"\n")


def _write_table(answer: Answer, stream: IO[bytes]) -> None:
    data = json.loads(answer.content())
    if "boolean" in data:
        stream.write(b"true\n" if data["boolean"] else b"false\n")
        return
    names = data["head"]["vars"]
    found = data["results"]["bindings"]
    rows = [[plain(_term(binding.get(name))) for name in names] for binding in found]
    for line in _lines(names, rows):
        stream.write(line.encode("utf-8", "replace") + b"\n")


def _lines(names: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield from text_table(names, rows)
    yield f"({len(rows)} solution{'' if len(rows) == 1 else 's'})"


def _term(value: dict[str, Any] | None) -> Term:
    """A term of a JSON result; triple terms keep only their JSON text."""
    if value is None:
        return None
    if value["type"] == "uri":
        return ox.NamedNode(value["value"])
    if value["type"] == "bnode":
        return ox.BlankNode(value["value"])
    return ox.Literal(value["value"] if isinstance(value["value"], str) else json.dumps(value["value"]))
