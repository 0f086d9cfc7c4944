"""Whether the answer of another endpoint is a whole and readable table of solutions.

The engine reads an answer while it evaluates: what breaks in the middle is too late for SILENT, which
promises one solution without bindings (https://www.w3.org/TR/sparql11-federated-query/#serviceFailure);
and it takes XML that ends too early for complete. So an answer is read once before it is handed on.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

import pyoxigraph as ox

FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
"""The media types that can be read."""

_ROWS = 1000
_BLOCK = 1 << 16


def check_answer(data: bytes, media_type: str, go_on: Callable[[], None]) -> None:
    """Read an answer to its end.

    Args:
        data: its body.
        media_type: one of :data:`FORMATS`.
        go_on: called from time to time; what it raises ends the reading.

    Raises:
        ValueError: it is no SPARQL results, holds a truth value, or is not whole; the message says where.
    """
    fault = _fault(data, FORMATS[media_type], go_on)
    if fault:
        raise ValueError(fault)
    if FORMATS[media_type] is ox.QueryResultsFormat.XML:
        _check_xml(data, go_on)


def _fault(data: bytes, results_format: ox.QueryResultsFormat, go_on: Callable[[], None]) -> str:
    """What the engine's parser has against an answer."""
    results = None
    try:
        results = ox.parse_query_results(data, format=results_format)
        if not isinstance(results, ox.QuerySolutions):
            return "it holds a truth value, no solutions"
        for number, _ in enumerate(results):
            if number % _ROWS == 0:
                go_on()
    except SyntaxError as error:
        return str(error.msg)
    finally:
        # A traceback would keep them until another thread drops them, which the engine does not allow.
        del results
    return ""


def _check_xml(data: bytes, go_on: Callable[[], None]) -> None:
    """Refuse XML that is not well-formed to its end, or defines entities, which no results need."""

    def refuse(*_: object) -> None:
        raise ValueError("it defines entities")

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse
    try:
        for start in range(0, len(data), _BLOCK):
            go_on()
            parser.Parse(data[start : start + _BLOCK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"its XML is not well-formed: {error}") from error
