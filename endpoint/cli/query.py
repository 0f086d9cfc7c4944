"""``araxes query``: ask the local store."""

from __future__ import annotations

import codecs
import errno
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click
import pyoxigraph as ox

from araxes.endpoint.cli.options import store_option
from araxes.endpoint.cli.output import binary_output, on_terminal, output_option
from araxes.endpoint.engines.embedded.child_process import EvaluatorProcess
from araxes.endpoint.engines.embedded.spool import Spool, SpooledAnswer
from araxes.endpoint.engines.jobs import QueryJob
from araxes.endpoint.engines.replies import Answered, AnswerKind, Failed
from araxes.endpoint.service.reply_problems import problem_of
from araxes.endpoint.settings import Settings, load_settings
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, SOLUTION_FORMATS, find
from araxes.endpoint.sparql.result_tables import Term, plain, text_table
from araxes.ontology.errors import InputError
from araxes.triples.stores.versioned_store import StoreVersion, current, kept_dataset

_SETTINGS = ("timeout", "memory", "result_size", "spool_dir", "spool_size", "namespace")
"""What may be set for this verb by ``ARAXES_*``; the server's other settings are none of its business."""
_BEGINS = re.compile(
    r"\ufeff?\s*(#|(BASE|PREFIX|VERSION|SELECT|ASK|CONSTRUCT|DESCRIBE)\b.*[{<?$*])", re.I | re.S
)
"""How a query begins; a file whose name does so is given with its folder (``./SELECT {}``)."""

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
@output_option
@click.option("--timeout", metavar="SECONDS", help="Longest evaluation.  [default: 30]")
@click.option("--memory", metavar="MIB", help="Memory the query may take.  [default: 512]")
@click.option(
    "--dataset",
    metavar="DIGEST",
    help="Ask a published dataset that was kept, by (the first 12 digits of) its digest.",
)
@store_option
def query(
    query: str,
    name: str | None,
    output: Path | None,
    dataset: str | None,
    store: Path,
    **limits: str | None,
) -> None:
    """Evaluate QUERY: SPARQL text, a file that holds it, or - for standard input.

    What begins like a query is one; a file whose name does so is given with its folder (./NAME).
    Files are UTF-8, with or without a byte order mark.

    The query runs in a process of its own, so that neither a crash of the engine nor an endless
    query does harm. Federation (SERVICE) is off.
    """
    text = _text_of(query)
    if not text.strip():
        raise InputError(
            "the query is empty", "give SPARQL text, a file that holds it, or - and standard input"
        )
    settings = load_settings({**limits, "store": str(store)}, only=_SETTINGS)
    solutions, graph = _formats(name)
    job = QueryJob(text, solutions, graph)
    spool = Spool(settings.text("spool_dir"), settings.size("spool_size"))
    with spool.open(settings.size("result_size")) as answer:
        version = kept_dataset(store, dataset) if dataset else current(store)
        reply = _evaluated(version, settings, job, answer)
        answer.complete()
        as_table = name == "table" or (name is None and output is None and on_terminal())
        with binary_output(output) as stream:
            if as_table and reply.kind != AnswerKind.GRAPH:
                _write_table(answer, stream)
            else:
                _copy(answer, stream)


def _text_of(query: str) -> str:
    """The query itself: of standard input, as it was given, or of a file.

    What begins like a query is one, even if a file has that name.

    Raises:
        InputError: a file that is missing, cannot be read or is no UTF-8.
    """
    if query == "-":
        return _standard_input()
    if not query.strip() or _BEGINS.match(query):
        return _encodable(query)
    try:
        if Path(query).is_dir():
            raise InputError(f"{query}: is a folder", "name a file that holds the query")
        if Path(query).exists():
            return _decoded(query, Path(query).read_bytes())
    except ValueError:  # a null byte or half a character: no name of a file
        return _encodable(query)
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            message = f"{query}: the query cannot be read: {error.strerror}"
            raise InputError(message, "check the file and its permissions") from error
    if query.endswith((".rq", ".sparql")):
        raise InputError(
            f"{query}: there is no such file", "check the path, or give the query itself in quotes"
        )
    return _encodable(query)


def _standard_input() -> str:
    if sys.stdin is None:
        raise InputError("standard input is closed", "give the query itself, or a file that holds it")
    try:
        return _decoded("standard input", sys.stdin.buffer.read())
    except OSError as error:
        message = f"standard input: the query cannot be read: {error.strerror}"
        raise InputError(message, "give the query itself, or a file that holds it") from error


def _encodable(query: str) -> str:
    """The argument, if the terminal's encoding could read all of it.

    Raises:
        InputError: it holds bytes that are no text.
    """
    try:
        query.encode("utf-8")
    except UnicodeEncodeError as error:
        message = f"the query is no UTF-8 at character {error.start + 1}"
        raise InputError(message, "use a terminal with UTF-8, or save the query in a UTF-8 file") from error
    return query.removeprefix("\ufeff")


def _decoded(name: str, data: bytes) -> str:
    """Text without its byte order mark.

    Raises:
        InputError: it is no UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        what = "is in UTF-16" if utf16 else f"is no UTF-8 (byte {data[error.start]:#04x})"
        raise InputError(
            f"{name}:{line}: the query {what}",
            "save it as UTF-8, for example with `iconv -f UTF-16 -t UTF-8` or in an editor",
        ) from error


def _formats(name: str | None) -> tuple[str | None, str | None]:
    """Formats for solutions and for graphs."""
    if name is None:
        return ("json" if on_terminal() else "csv"), "turtle"
    if name == "table":
        return "json", "turtle"
    solutions, graph = find(name, SOLUTION_FORMATS), find(name, GRAPH_FORMATS)
    found = [entry.name for entry in (solutions, graph) if entry is not None]
    if not found or "html" in found:
        raise click.UsageError(f"unknown format {name!r}; use table, {', '.join(dict.fromkeys(_NAMES))}")
    return (solutions.name if solutions else None), (graph.name if graph else None)


def _evaluated(version: StoreVersion, settings: Settings, job: QueryJob, answer: SpooledAnswer) -> Answered:
    """The reply of an evaluator of our own.

    Raises:
        HttpProblem: the query failed.
    """
    process = EvaluatorProcess(version, settings, ())
    try:
        reply = process.run(job, answer.fileno(), settings.number("timeout"), lambda: None).reply
    finally:
        process.kill()
    if isinstance(reply, Failed):
        raise problem_of(reply, settings)
    return reply


def _copy(answer: SpooledAnswer, stream: IO[bytes]) -> None:
    last = b""
    while piece := answer.read(1 << 20):
        stream.write(piece)
        last = piece
    if not last.endswith(b"\n"):
        stream.write(b"\n")


def _write_table(answer: SpooledAnswer, stream: IO[bytes]) -> None:
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
