"""Answers on their way out: what their format cannot carry is refused, not written wrongly.

XML lacks characters and names (:mod:`araxes.endpoint.sparql.xml_answers`). JSON-LD 1.1 and N3 have no
triple terms, N3 no base directions of text either (https://www.w3.org/TR/rdf12-concepts/#section-triple-terms):
the engine's writer refuses the first and writes N3 that no reader of N3 takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from araxes.endpoint.sparql.formats import RDF11, XML
from araxes.endpoint.sparql.xml_answers import NotCarriedError, XmlWriter

_RESERVED = "RDF/XML reserved syntax term"
_NO_TRIPLE_TERMS = "JSON-LD does not support RDF 1.2"
_TRIPLE_TERM = "it holds a triple term (RDF 1.2)"
# Strings are read whole, so that nothing inside them counts.
_IN_N3 = re.compile(rb'"(?:[^"\\]|\\.)*+"(?P<direction>@[A-Za-z0-9-]+--[a-z]+)?|(?P<term><<)')


@contextmanager
def carried(output: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    """A file to which the engine can write an answer in the format of that name.

    Raises:
        NotCarriedError: the answer holds something that the format cannot carry.
    """
    writer: XmlWriter | N3Writer | None = None
    if name in XML:
        writer = XmlWriter(output, names=name == "rdfxml")
    elif name == "n3":
        writer = N3Writer(output)
    try:
        # The engine asks a file for write and flush only.
        yield output if writer is None else cast("IO[bytes]", writer)
    except OSError as error:
        if str(error).startswith(_RESERVED):
            message = "one of its predicates is a word of RDF/XML's own syntax, such as rdf:li"
            raise NotCarriedError(message) from error
        if name == "jsonld" and str(error).startswith(_NO_TRIPLE_TERMS):
            raise NotCarriedError(_TRIPLE_TERM, RDF11) from error
        raise
    if writer is not None:
        writer.finish()


class N3Writer:
    """A binary file for N3 as the engine writes it, which takes only what N3 has.

    Every method raises :class:`NotCarriedError`.
    """

    def __init__(self, output: IO[bytes]) -> None:
        """Write to ``output``."""
        self._output = output
        self._pending = bytearray()

    def write(self, data: bytes) -> int:
        """Take bytes; they are passed on in whole lines, in which every string ends."""
        self._pending += data
        end = data.rfind(b"\n") + 1
        if end:
            self._pass(len(self._pending) - len(data) + end)
        return len(data)

    def flush(self) -> None:
        """The end of a line decides, not the engine's buffers."""

    def finish(self) -> None:
        """Pass on what is left: the document is complete."""
        self._pass(len(self._pending))

    def _pass(self, size: int) -> None:
        block = bytes(self._pending[:size])
        del self._pending[:size]
        if b"<<" in block or b"--" in block:
            for found in _IN_N3.finditer(block):
                if found["term"]:
                    raise NotCarriedError(_TRIPLE_TERM, RDF11)
                if found["direction"]:
                    raise NotCarriedError("it holds text with a base direction (RDF 1.2)", ["n3"])
        self._output.write(block)
