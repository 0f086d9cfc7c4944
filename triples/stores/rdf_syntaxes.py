"""Which syntax an RDF file is in: by its extension, its first bytes, and what it looks like when it fails."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import IO

import pyoxigraph as ox

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

EXTENSIONS = " ".join(f".{extension}" for extension in FORMATS)
"""The extensions, for help texts."""

_WIDE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_HEAD = 4096
_CONVERT = "convert it first, for example with ROBOT or Apache Jena's riot"
_IRI = re.compile(rb'<[^\x00-\x20<>"{}|^`\\!?][^\x00-\x20<>"{}|^`\\]*>|<>')
_LOOKS: tuple[tuple[str, str], ...] = (
    (r"<\?xml|<!|<[^>\s]*\s+[\w:]+\s*=", "XML"),
    (r"(\[\s*)?{\s*(\"[^\"]*\"\s*:\s*[\"{\[\dtfn-]|})|\[\s*[\"\]]", "JSON"),
    (r"(Prefix|Ontology|Document)\s*\(", "OWL functional syntax"),
    (r"(Prefix|Ontology)\s*:", "OWL Manchester syntax"),
    (r"format-version\s*:", "OBO"),
    (r"\x1f\x8b", "gzip"),
    (r"PK\x03\x04", "a ZIP archive"),
    (r"version https://git-lfs", "a pointer of Git LFS, not the file itself"),
    (r"@prefix|@base|PREFIX\s|BASE\s|<[^>\s]*>\s|_:|\[", "Turtle"),
)
_REMEDIES = {
    "XML": "if it is RDF/XML, give it the extension .rdf",
    "JSON": "if it is JSON-LD, give it the extension .jsonld",
    "Turtle": "if it is Turtle, give it the extension .ttl",
    "gzip": "give it a further .gz",
    "a ZIP archive": "unpack it",
    "a pointer of Git LFS, not the file itself": "fetch the file with `git lfs pull`",
}


class RdfFileError(Exception):
    """What is wrong with a file, without its name.

    Args:
        message: the cause.
        remedy: what to do about it.
        line: from 1, if known.
        column: from 1, if known.
    """

    def __init__(self, message: str, remedy: str, line: int | None = None, column: int | None = None) -> None:
        """Keep the parts."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.line = line
        self.column = column

    @property
    def place(self) -> str:
        """What follows the file's name: ``:line:column``, as far as known."""
        return "".join(f":{number}" for number in (self.line, self.column) if number)


def format_of(path: Path, stream: IO[bytes]) -> ox.RdfFormat:
    """The format that a file's extension names; of ``.owl``, which names none, what its beginning shows.

    Raises:
        RdfFileError: the extension, or what is in an ``.owl`` file, is none of :data:`FORMATS`.
    """
    suffixes = [suffix.lower().lstrip(".") for suffix in path.suffixes]
    if suffixes and suffixes[-1] == "gz":
        suffixes.pop()
    name = suffixes[-1] if suffixes else ""
    found = FORMATS.get(name)
    if found is None:
        raise RdfFileError(
            f"unknown extension {name!r}", f"use one of {EXTENSIONS}, each also with .gz; or {_CONVERT}"
        )
    return _owl_format(stream) if name == "owl" else found


def _owl_format(stream: IO[bytes]) -> ox.RdfFormat:
    """RDF/XML by custom, Turtle often: whatever begins with ``<`` and no IRI is XML."""
    head = _start(stream)
    if head.startswith(tuple(mark for mark, _ in _WIDE)):
        return ox.RdfFormat.RDF_XML  # the only format that may be in UTF-16
    if head.startswith(b"<") and not _IRI.match(head):
        return ox.RdfFormat.RDF_XML
    look = looks_like(stream)
    if look == "JSON" and head.startswith(b"{"):
        return ox.RdfFormat.JSON_LD
    if look not in ("Turtle", "JSON", ""):
        raise RdfFileError(f"is {look}, which is no RDF syntax", _REMEDIES.get(look, _CONVERT), 1)
    return ox.RdfFormat.TURTLE


def _start(stream: IO[bytes]) -> bytes:
    """The first bytes, without a mark of UTF-8, white space and (Turtle's) comments before them."""
    stream.seek(0)
    head = stream.read(_HEAD).removeprefix(codecs.BOM_UTF8)
    stream.seek(0)
    return re.sub(rb"\A(\s+|#[^\n]*\n)+", b"", head)


def looks_like(stream: IO[bytes]) -> str:
    """What the beginning of a file looks like, whatever its extension; empty if like nothing known."""
    head = _start(stream).decode("latin-1")
    return next((name for pattern, name in _LOOKS if re.match(pattern, head)), "")


def other_syntax(stream: IO[bytes], rdf_format: ox.RdfFormat) -> str:
    """What to do about a failed file that looks like another syntax than its extension says, if so."""
    look = looks_like(stream)
    own = {
        ox.RdfFormat.RDF_XML: ("XML",),
        ox.RdfFormat.JSON_LD: ("JSON",),
    }.get(rdf_format, ("Turtle", ""))
    if look in own or not look:
        return ""
    return f"it looks like {look}: {_REMEDIES.get(look, _CONVERT)}"


def skip_mark(stream: IO[bytes]) -> None:
    """Go past a byte order mark of UTF-8.

    Raises:
        RdfFileError: the file is in UTF-16 or UTF-32.
    """
    stream.seek(0)
    head = stream.read(4)
    for mark, name in _WIDE:
        if head.startswith(mark):
            raise RdfFileError(
                f"is in {name} (it begins with the byte order mark {mark.hex(' ').upper()})",
                f"save it as UTF-8, for example with `iconv -f {name} -t UTF-8`",
                1,
                1,
            )
    if len(head) == 4 and head.count(0) in (2, 3) and not (head[0] and head[1]):
        raise RdfFileError(
            "is in UTF-16 or UTF-32, or no text", "save it as UTF-8, for example with `iconv -t UTF-8`", 1, 1
        )
    stream.seek(3 if head.startswith(codecs.BOM_UTF8) else 0)
