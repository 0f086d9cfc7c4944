"""Reading any RDF files into one dataset, reporting every bad file in one run."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from araxes.ontology.errors import InputError

FORMATS: dict[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "xml": ox.RdfFormat.RDF_XML,
    "owl": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "json": ox.RdfFormat.JSON_LD,
    "n3": ox.RdfFormat.N3,
}
"""File extension → format. A further ``.gz`` is unpacked."""

_CONVERT = "convert it first, for example with `rdfpipe` (of rdflib) or ROBOT"


def read_rdf_files(
    paths: Sequence[Path], *, base: str | None = None, allow_empty: bool = False
) -> ox.Dataset:
    """Read files into one dataset.

    Triples of formats without graphs go to the default graph, quads keep theirs. Blank
    nodes of different files stay apart even when they have the same label.

    Args:
        paths: files, by extension as in :data:`FORMATS`, each also with ``.gz``.
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
        before = len(dataset)
        try:
            for quad in _quads(path, base):
                dataset.add(quad)
        except InputError as error:
            problems.append(str(error).replace("\n", " "))
            continue
        if len(dataset) == before and not allow_empty and not _adds_known(path, base):
            problems.append(f"{path}: holds no triple → give a file with data, or say --allow-empty")
    if problems:
        count = f"{len(problems)} of {len(paths)} files cannot be loaded"
        raise InputError(
            "\n".join([count, *problems]),
            "nothing was changed; correct the files named above and run it again",
            tuple(problems),
        )
    return dataset


def _adds_known(path: Path, base: str | None) -> bool:
    """Whether a file that added nothing new holds any triple at all."""
    return any(True for _ in _quads(path, base))


def _quads(path: Path, base: str | None) -> Iterator[ox.Quad]:
    """The quads of one file.

    Raises:
        InputError: with file, line, column and remedy.
    """
    if not path.is_file():
        what = "is not a file" if path.exists() else "does not exist"
        raise InputError(f"{path}: {what}", "check the path")
    try:
        rdf_format = _format_of(path)
        with _open(path) as stream:
            yield from ox.parse(input=stream, format=rdf_format, base_iri=base, rename_blank_nodes=True)
    except SyntaxError as error:
        line, column = error.lineno, error.offset
        # pyoxigraph counts from 1 and leaves both out for malformed XML and for JSON-LD contexts.
        where = f"{path}:{line}:{column}" if line else str(path)
        raise InputError(f"{where}: {_plain(error.msg)}", _remedy(error.msg)) from error
    except (UnicodeDecodeError, ValueError) as error:
        raise InputError(f"{path}: {error}", "check the encoding (UTF-8) and the extension") from error
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: cannot be read: {reason}", "check the file and its permissions") from error


def _format_of(path: Path) -> ox.RdfFormat:
    suffixes = [suffix.lower().lstrip(".") for suffix in path.suffixes]
    if suffixes and suffixes[-1] == "gz":
        suffixes.pop()
    name = suffixes[-1] if suffixes else ""
    found = FORMATS.get(name)
    if found is None:
        known = " ".join(f".{extension}" for extension in FORMATS)
        raise InputError(
            f"{path}: unknown extension {name!r}", f"use one of {known}, each also with .gz; {_CONVERT}"
        )
    if name == "owl":  # the extension names no syntax: RDF/XML by custom, Turtle often
        with _open(path) as stream:
            start = stream.read(512).lstrip(b"\xef\xbb\xbf \t\r\n")
        return (
            ox.RdfFormat.RDF_XML
            if start.startswith(b"<?xml") or start.startswith(b"<rdf")
            else ox.RdfFormat.TURTLE
        )
    return found


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
    return "correct the file at that place, or check that its extension names its format"


def describe_formats() -> Iterable[str]:
    """The extensions, for help texts."""
    return (f".{extension}" for extension in FORMATS)
