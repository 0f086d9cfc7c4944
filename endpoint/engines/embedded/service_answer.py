"""Whether the answer of another endpoint is a whole and readable table of solutions.

The engine reads an answer while it evaluates: what breaks in the middle is too late for SILENT, which
promises one solution without bindings (https://www.w3.org/TR/sparql11-federated-query/#serviceFailure);
and it takes XML that ends too early for complete. So an answer is read once before it is handed on.

Reading takes a time that the other endpoint chooses, and holds up all threads meanwhile: a header of many
variables costs their number squared. So all but small answers are read by a process of their own, which is
this file run as a program, and can be ended.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from xml.parsers import expat

import pyoxigraph as ox

FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
"""The media types that can be read."""

# Even a header that fills it is read within a few hundredths of a second.
_SMALL = 32 << 10
_MEMORY = 256 << 20
_MEMORY_FACTOR = 32
_TICK = 0.05


def check_answer(data: bytes, media_type: str, left: Callable[[], float]) -> None:
    """Read an answer to its end.

    Args:
        data: its body.
        media_type: one of :data:`FORMATS`.
        left: seconds that are left; called from time to time, what it raises ends the reading.

    Raises:
        ValueError: it is no SPARQL results, holds a truth value, or is not whole; the message says where.
    """
    fault = _fault(data, media_type) if len(data) <= _SMALL else _fault_elsewhere(data, media_type, left)
    if fault:
        raise ValueError(fault)


def _fault_elsewhere(data: bytes, media_type: str, left: Callable[[], float]) -> str:
    """The same in a process of its own."""
    command = [sys.executable, "-I", __file__, media_type, str(_MEMORY + _MEMORY_FACTOR * len(data))]
    with os.fdopen(os.memfd_create("answer"), "w+b") as body:
        body.write(data)
        body.seek(0)
        process = subprocess.Popen(command, stdin=body, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with process:
        try:
            told = None
            while told is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    told, _ = process.communicate(timeout=min(_TICK, left()))
        finally:
            process.kill()
    return told.decode() if process.returncode == 0 else "reading it takes too much"


def _fault(data: bytes, media_type: str) -> str:
    """What is wrong with an answer; empty if nothing is."""
    results = None
    try:
        results = ox.parse_query_results(data, format=FORMATS[media_type])
        if not isinstance(results, ox.QuerySolutions):
            return "it holds a truth value, no solutions"
        for _ in results:
            pass
    except SyntaxError as error:
        return str(error.msg)
    finally:
        # A traceback would keep them until another thread drops them, which the engine does not allow.
        del results
    return _fault_of_xml(data) if FORMATS[media_type] is ox.QueryResultsFormat.XML else ""


def _fault_of_xml(data: bytes) -> str:
    """Why XML is not well-formed to its end, or that it defines entities, which no results need."""
    entities: list[object] = []
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = lambda *declared: entities.append(declared)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return f"its XML is not well-formed: {error}"
    return "it defines entities" if entities else ""


def main() -> None:
    """Read the answer on the standard input, of the media type and within the memory that are given."""
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
    sys.stdout.buffer.write(_fault(sys.stdin.buffer.read(), sys.argv[1]).encode())


if __name__ == "__main__":
    main()
