"""A store that is elsewhere, as an evaluator sees it: questions go out through the server.

Whatever an engine answers is read by our own parser and written by our own writer, so that formats are the
same on every engine and nonsense is found before a visitor sees a byte of it.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, cast

import pyoxigraph as ox

from araxes.endpoint.engines import replies
from araxes.endpoint.engines.embedded import wire
from araxes.endpoint.engines.embedded.run_job import JobError
from araxes.endpoint.engines.remote.dialects import NOWHERE, Dialect, from_wire
from araxes.endpoint.engines.remote.graph_clauses import with_own_graphs
from araxes.endpoint.engines.remote.media_types import GRAPH_FORMATS, RESULT_FORMATS
from araxes.endpoint.engines.replies import Cause, Failed

_BUFFER = 1 << 18
_TRUTH = "__ASK_RETVAL"
_RDFLIB_DEFAULT = "urn:x-rdflib:default"
# Virtuoso's labels of blank nodes are no labels to anybody else.
_NODE_IDS = re.compile(rb"(<bnode>)nodeID://")
_LONGEST_LINE = 1 << 16


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with the dataset of its request."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    variables: tuple[str, ...] = ()


class RemoteStore:
    """Asks one question at a time."""

    def __init__(self, channel: socket.socket) -> None:
        """Ask through ``channel``, at whose other end is an engine relay."""
        self._channel = channel

    def dialect(self) -> Dialect:
        """How the engine is to be asked.

        Raises:
            JobError: it cannot be asked.
        """
        wire.send(self._channel, {"introduce": True})
        message, _ = wire.receive(self._channel)
        if message.get("failed"):
            raise JobError(cast("Failed", replies.from_wire(message["failed"])))
        return from_wire(message["dialect"])

    @contextlib.contextmanager
    def results(
        self,
        query: str,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        variables: Sequence[str] = (),
    ) -> Iterator[ox.QuerySolutions | ox.QueryBoolean]:
        """The answer to SELECT or ASK, read as it comes; whole when the context ends without an exception.

        Args:
            query: its text, of sound syntax.
            default_graphs: of the protocol.
            named_graphs: likewise.
            variables: names of what it selects.

        Raises:
            JobError: there is no whole answer.
        """
        asked = _Asked(query, tuple(default_graphs), tuple(named_graphs), tuple(variables))
        with self._answer(asked, graph=False) as (media_type, file):
            if media_type not in RESULT_FORMATS:
                raise _nonsense(f"{media_type[:100] or 'no media type'} for a table")
            yield _told(ox.parse_query_results(file, format=RESULT_FORMATS[media_type]))

    @contextlib.contextmanager
    def triples(
        self, query: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> Iterator[Iterator[ox.Triple]]:
        """The answer to CONSTRUCT or DESCRIBE, likewise.

        Raises:
            JobError: there is no whole answer.
        """
        asked = _Asked(query, tuple(default_graphs), tuple(named_graphs))
        with self._answer(asked, graph=True) as (media_type, file):
            if media_type not in GRAPH_FORMATS:
                raise _nonsense(f"{media_type[:100] or 'no media type'} for a graph")
            yield (quad.triple for quad in ox.parse(file, format=GRAPH_FORMATS[media_type]))

    def rows(self, query: str) -> list[Any]:
        """All solutions of a query over the dataset as it is served."""
        with self.results(query) as found:
            return list(cast("ox.QuerySolutions", found))

    def holds(self, query: str) -> bool:
        """The answer to an ASK query over the dataset as it is served."""
        with self.results(query) as found:
            return bool(found)

    @contextlib.contextmanager
    def _answer(self, asked: _Asked, *, graph: bool) -> Iterator[tuple[str, IO[bytes]]]:
        dialect = self.dialect()
        text, default, named = _for_engine(asked, dialect)
        question = {
            "query": text,
            "accept": dialect.graph if graph else dialect.results,
            "default_graphs": default,
            "named_graphs": named,
        }
        wire.send(self._channel, {"question": question})
        message, files = wire.receive(self._channel, files=1)
        if message.get("failed"):
            raise JobError(cast("Failed", replies.from_wire(message["failed"])))
        problem: BaseException | None = None
        try:
            with os.fdopen(files[0], "rb", buffering=_BUFFER) as raw:
                file = cast("IO[bytes]", _Labels(raw)) if dialect.name == "virtuoso" and not graph else raw
                yield message["media_type"], file
        except BaseException as error:
            problem = error
        # The relay's last word: what looks like nonsense may be what was left when the answer broke off.
        last, _ = wire.receive(self._channel)
        if last.get("failed"):
            raise JobError(cast("Failed", replies.from_wire(last["failed"]))) from problem
        if isinstance(problem, SyntaxError):
            raise _nonsense(str(problem)) from problem
        if problem is not None:
            raise problem


def _told(results: ox.QuerySolutions | ox.QueryBoolean) -> ox.QuerySolutions | ox.QueryBoolean:
    """Virtuoso answers ASK with a table when it is given a default graph."""
    if isinstance(results, ox.QueryBoolean) or [each.value for each in results.variables] != [_TRUTH]:
        return results
    value = any(getattr(row[_TRUTH], "value", "") in ("1", "true") for row in results)
    answer = b'{"head":{},"boolean":true}' if value else b'{"head":{},"boolean":false}'
    return ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)


def _nonsense(words: str) -> JobError:
    return JobError(Failed(Cause.ENGINE_ANSWER, f"the engine's answer cannot be read: {words[:200]}"))


def _for_engine(asked: _Asked, dialect: Dialect) -> tuple[str, list[str], list[str]]:
    """Query and dataset of the protocol in the engine's terms."""
    if asked.default_graphs or asked.named_graphs:
        default = [dialect.stand_in if iri == _RDFLIB_DEFAULT else iri for iri in asked.default_graphs]
        if _RDFLIB_DEFAULT in asked.default_graphs and not dialect.stand_in:
            if default == [""] and not asked.named_graphs and "GRAPH" not in asked.query.upper():
                return asked.query, [], []  # what it does not ask for, it cannot see
            message = "by no name can this service's engine be asked for the default graph alone"
            raise JobError(Failed(Cause.EVALUATION, message))
        return asked.query, default or [NOWHERE], list(asked.named_graphs)
    if not dialect.stand_in:
        return asked.query, [], []
    return with_own_graphs(asked.query, dialect, asked.variables)


class _Labels:
    """Reads an answer in XML, with labels of blank nodes that are labels."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._ready = b""

    def read(self, size: int = -1) -> bytes:
        """As files do."""
        while not self._ready:
            piece = self._file.readline(_LONGEST_LINE)
            if not piece:
                return b""
            self._ready = _NODE_IDS.sub(rb"\1", piece)
        taken = self._ready[:size] if size >= 0 else self._ready
        self._ready = self._ready[len(taken) :]
        return taken

    def readable(self) -> bool:
        """As files say."""
        return True
