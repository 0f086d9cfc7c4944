"""Answers in RDF 1.2 (https://www.w3.org/TR/rdf12-concepts/), for clients that ask for it.

The store holds claims as named graphs and texts without direction, as RDF 1.1 has them. Who asks for the
version 1.2 of a format gets what RDF 1.2 can say more: the statements of a claim as triple terms that the
claim reifies, and the base direction of texts that are written from right to left. Terms get it here, and
tables of solutions, which the engine writes itself, on their way out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, TypeVar, cast

import pyoxigraph as ox

from araxes.ontology.languages import right_to_left
from araxes.ontology.namespaces import RDF

VERSION = "1.2"
"""Label of the version (RDF 1.2 Concepts §2.1)."""

REIFIES = ox.NamedNode(RDF + "reifies")
"""Leads from a claim to each statement that it makes, as a triple term."""

_Statement = TypeVar("_Statement", ox.Triple, ox.Quad)
_ENDS = {"json": b"}", "xml": b">", "tsv": b"\n"}
"""A byte after which nothing that gets a direction goes on."""
_JSON = re.compile(rb'"xml:lang":"(?P<tag>[A-Za-z0-9-]+)"(?!,"its:dir")')
_XML = re.compile(rb'<literal xml:lang="(?P<tag>[A-Za-z0-9-]+)">')
# Strings are read whole, so that nothing inside them counts.
_TSV = re.compile(rb'"(?:[^"\\]|\\.)*+"(?:@(?P<tag>[A-Za-z0-9]++(?:-[A-Za-z0-9]++)*+)(?!-))?')
_FOUND = {"json": _JSON, "xml": _XML, "tsv": _TSV}


def directed(term: object) -> object:
    """A term with the base direction of its language, if it is a text from right to left without one."""
    if isinstance(term, ox.Literal):
        if term.language and term.direction is None and right_to_left(term.language):
            return ox.Literal(term.value, language=term.language, direction=ox.BaseDirection.RTL)
    elif isinstance(term, ox.Triple):
        return directed_statement(term)
    return term


def directed_statement(statement: _Statement) -> _Statement:
    """A triple or quad with :func:`directed` applied to its object."""
    value = cast("ox.Literal", directed(statement.object))
    if isinstance(statement, ox.Quad):
        return ox.Quad(statement.subject, statement.predicate, value, statement.graph_name)
    return ox.Triple(statement.subject, statement.predicate, value)


def reifying(claim: ox.NamedNode, graph: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """That a claim reifies each statement of its graph, for the default graph."""
    for quad in graph:
        yield ox.Quad(claim, REIFIES, quad.triple)


@contextmanager
def directed_solutions(output: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    """A file to which the engine can write solutions, so that texts get their directions.

    Args:
        output: where they go.
        name: of the format.
    """
    if name not in _FOUND:
        yield output
        return
    writer = _DirectionWriter(output, name)
    yield cast("IO[bytes]", writer)
    writer.finish()


class _DirectionWriter:
    """A binary file for solutions as the engine writes them."""

    def __init__(self, output: IO[bytes], name: str) -> None:
        self._output, self._name = output, name
        self._pending = bytearray()

    def write(self, data: bytes) -> int:
        """Take bytes; they are passed on up to where nothing is left open."""
        self._pending += data
        end = self._pending.rfind(_ENDS[self._name]) + 1
        if end:
            self._pass(end)
        return len(data)

    def flush(self) -> None:
        """Ends decide, not the engine's buffers."""

    def finish(self) -> None:
        """Pass on what is left: the answer is complete."""
        self._pass(len(self._pending))

    def _pass(self, size: int) -> None:
        block = bytes(self._pending[:size])
        del self._pending[:size]
        self._output.write(_FOUND[self._name].sub(self._directed, block))

    def _directed(self, found: re.Match[bytes]) -> bytes:
        if found["tag"] is None or not right_to_left(found["tag"].decode("ascii")):
            return found[0]
        if self._name == "json":
            return found[0] + b',"its:dir":"rtl"'
        if self._name == "xml":
            its = b' its:dir="rtl" xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0">'
            return found[0].removesuffix(b">") + its
        return found[0] + b"--rtl"
