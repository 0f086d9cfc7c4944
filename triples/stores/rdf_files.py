"""Reading any RDF files into one dataset, reporting every bad file in one run."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from araxes.ontology.errors import InputError
from araxes.ontology.visible_text import visible
from araxes.triples.stores.json_ld import jsonld_quads
from araxes.triples.stores.rdf_syntaxes import RdfFileError, format_of, other_syntax, skip_mark
from araxes.triples.stores.rdf_xml import rdfxml_quads

_EXTENSION = "correct the file at that place, or check that its extension names its format"


def read_rdf_files(
    paths: Sequence[Path], *, base: str | None = None, allow_empty: bool = False
) -> ox.Dataset:
    """Read files into one dataset.

    Triples of formats without graphs go to the default graph, quads keep theirs. Blank
    nodes of different files stay apart even when they have the same label.

    Args:
        paths: files, by extension as in :data:`araxes.triples.stores.rdf_syntaxes.FORMATS`,
            each also with ``.gz``.
        base: IRI against which relative IRIs are resolved; without one they are errors.
        allow_empty: accept files and datasets that hold no triple.

    Raises:
        InputError: one or more files cannot be used; ``problems`` names each with its
            line, column and remedy.
    """
    if not paths:
        raise InputError("no RDF file was given", "name one or more files: araxes load FILE…")
    dataset = ox.Dataset()
    problems: list[str] = []
    for path in paths:
        held = 0
        try:
            for quad in _quads(path, base):
                dataset.add(quad)
                held += 1
        except InputError as error:
            problems.append(str(error).replace("\n", " "))
            continue
        if not held and not allow_empty:
            problems.append(f"{path}: holds no triple → give a file with data, or say --allow-empty")
    if problems:
        count = f"{len(problems)} of {len(paths)} files cannot be loaded"
        raise InputError(
            "\n".join([count, *problems]),
            "nothing was changed; correct the files named above and run it again",
            tuple(problems),
        )
    return dataset


def _quads(path: Path, base: str | None) -> Iterator[ox.Quad]:
    """The quads of one file.

    Raises:
        InputError: with file, line, column and remedy.
    """
    if not path.is_file():
        what = "is not a file" if path.exists() else "does not exist"
        raise InputError(f"{path}: {what}", "check the path")
    try:
        with _open(path) as stream:
            rdf_format = format_of(path, stream)
            try:
                yield from _parsed(stream, rdf_format, base)
            except RdfFileError as problem:
                # What is in another syntax fails anywhere, and its place says little.
                problem.remedy = (
                    other_syntax(stream, rdf_format) or problem.remedy or _remedy(problem.message)
                )
                raise
    except RdfFileError as problem:
        raise InputError(f"{path}{problem.place}: {visible(problem.message)}", problem.remedy) from problem
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: cannot be read: {reason}", "check the file and its permissions") from error


def _parsed(stream: IO[bytes], rdf_format: ox.RdfFormat, base: str | None) -> Iterator[ox.Quad]:
    """The quads of a stream.

    Raises:
        RdfFileError: with line, column and, where the format's reader knows one, a remedy.
    """
    if rdf_format == ox.RdfFormat.RDF_XML:
        yield from rdfxml_quads(stream, base)
        return
    skip_mark(stream)
    if rdf_format == ox.RdfFormat.JSON_LD:
        yield from jsonld_quads(stream, base)
        return
    lines: Any = _Lines(stream)  # a file, as far as the engine is concerned
    try:
        yield from ox.parse(input=lines, format=rdf_format, base_iri=base, rename_blank_nodes=True)
    except SyntaxError as error:
        # pyoxigraph counts from 1; of what it cannot place, the line that it had come to is told.
        message = visible(_plain(error.msg))
        hidden = _hidden(lines.last)
        if hidden and "U+" not in message and error.lineno in (None, lines.line):
            message += f" (the line has an invisible character, {hidden})"
        raise RdfFileError(message, "", error.lineno or lines.line, error.offset) from error
    except ValueError as error:
        raise RdfFileError(str(error), "check the encoding (UTF-8) and the extension", lines.line) from error


class _Lines:
    """A stream that hands out whole lines, as far as they are asked for, and counts them."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._whole = True
        self.line = 0
        self.last = b""

    def read(self, size: int = -1) -> bytes:
        """The next line, or as much of it as fits."""
        line = self._stream.readline(size)
        self.line += self._whole and bool(line)
        self._whole = line.endswith(b"\n")
        self.last = line or self.last
        return line


def _hidden(line: bytes) -> str:
    """The first character of a line that nobody sees, by its number."""
    text = visible(line.decode("utf-8", "replace").rstrip())
    found = re.search(r"<(U\+[0-9A-F]+)>", text)
    return found[1] if found else ""


def _open(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")  # type: ignore[return-value]


def _plain(message: str) -> str:
    """The parser's message without the position, which stands before it already.

    >>> _plain("Parser error at line 1 column 13: . is not a valid RDF object")
    '. is not a valid RDF object'
    """
    head, separator, tail = message.partition(": ")
    return tail if separator and head.startswith("Parser error at") else message


def _remedy(message: str) -> str:
    if "No scheme found" in message:
        return "give the base IRI of relative IRIs with --base, or write them in full"
    if "LoadDocumentCallback" in message:
        return "write the JSON-LD context into the file: contexts are never fetched from the network"
    if "variables are not allowed" in message:
        return "take the rules out: what N3 says of variables has no form in RDF"
    return _EXTENSION
