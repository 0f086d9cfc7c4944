"""JSON-LD (https://www.w3.org/TR/json-ld11/) read so that nothing is lost silently.

By its standard, what has no absolute IRI or a malformed language is dropped on the way to RDF. Other formats
make that an error with a place, so here it is one, too. Members that the context gives no meaning have none.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, Any

import pyoxigraph as ox

from araxes.ontology.visible_text import visible
from araxes.triples.stores.rdf_syntaxes import RdfFileError

_NOWHERE = "http://relative.invalid/"
_RELATIVE = re.compile(rf"<{re.escape(_NOWHERE)}([^>]*)>")
_TERM = frozenset({"type", "value", "lang", "datatype"})
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_BASE = "give the base IRI of relative IRIs with --base, or write them in full"
_CORRECT = "correct it: what it says would be lost"


def jsonld_quads(stream: IO[bytes], base: str | None) -> Iterator[ox.Quad]:
    """The quads of a JSON-LD document; objects with ``@graph`` and ``@id`` are named graphs.

    Args:
        stream: the document; UTF-8, with or without a byte order mark.
        base: IRI against which relative IRIs are resolved, unless ``@base`` says otherwise.

    Raises:
        RdfFileError: with the line, where it can be told.
    """
    text = stream.read().removeprefix(codecs.BOM_UTF8)
    document = _json(text)
    if _is_rdf_json(document):
        raise RdfFileError(
            "is RDF/JSON (or Talis RDF/JSON), another format than JSON-LD",
            "convert it, for example with Apache Jena: riot --syntax=rdf/json --output=turtle FILE",
            1,
        )
    _check_values(document, text)
    try:
        for quad in ox.parse(
            input=text, format=ox.RdfFormat.JSON_LD, base_iri=base or _NOWHERE, rename_blank_nodes=True
        ):
            if base is None and (found := _RELATIVE.search(str(quad))):
                message = f"the relative IRI {found[1]!r} has no base"
                raise RdfFileError(message, _BASE, _line(text, _written(found[1])))
            yield quad
    except SyntaxError as error:
        quoted = re.search(r"'([^']+)'", error.msg or "")
        words = quoted[1].encode() if quoted else b'"@context"'  # else it is of a context that cannot be read
        line = error.lineno or _line(text, words)
        raise RdfFileError(error.msg, "", line, error.offset if error.lineno else None) from error


def _json(data: bytes) -> Any:
    """What a JSON text holds.

    Raises:
        RdfFileError: it is no JSON.
    """
    try:
        return json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RdfFileError(
            f"is no UTF-8 (byte {data[error.start]:#04x})", "save it as UTF-8", line
        ) from error
    except json.JSONDecodeError as error:
        found = repr(visible(error.doc[error.pos])) if error.pos < len(error.doc) else "the end"
        message = f"malformed JSON: {error.msg}, found {found}"
        raise RdfFileError(message, "correct the JSON at that place", error.lineno, error.colno) from error
    except RecursionError as error:
        raise RdfFileError("is nested too deeply", "flatten it") from error


def _is_rdf_json(document: Any) -> bool:
    """Whether it is subject → predicate → list of terms (https://www.w3.org/TR/rdf-json/).

    Predicates without terms count, and subjects without predicates beside others: JSON-LD would make
    predicates of the subjects.
    """
    if not isinstance(document, dict) or not document:
        return False
    subjects = list(document.values())
    if not all(isinstance(about, dict) for about in subjects) or not all(map(_is_node, document)):
        return False
    if not any(subjects):
        return False
    lists = [terms for about in subjects for terms in about.values()]
    named = all(_is_node(key) for about in subjects for key in about)
    return named and all(isinstance(terms, list) and all(map(_is_term, terms)) for terms in lists)


def _is_node(name: str) -> bool:
    """Whether a key looks like an IRI or a blank node; those of JSON-LD's own look like ``@id``."""
    return ":" in name and not name.startswith("@")


def _is_term(term: Any) -> bool:
    """Whether it has only the keys of a term; without a context, JSON-LD gives these no meaning."""
    return isinstance(term, dict) and bool(term) and term.keys() <= _TERM


def _check_values(document: Any, text: bytes) -> None:
    """Refuse identifiers and languages that would make statements vanish.

    Raises:
        RdfFileError: one was found.
    """
    meanings = {"@id": "@id", "@language": "@language"}
    for context in _members(document, "@context"):
        meanings.update({key: value for key, value in _pairs(context) if value in ("@id", "@language")})
    waiting = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        for key, value in _pairs(part):
            if key == "@context":
                continue
            meaning = meanings.get(key) if isinstance(value, str) else None
            if meaning == "@id" and _FORBIDDEN.search(value):
                raise RdfFileError(f"{value!r} is no IRI", _CORRECT, _line(text, _written(value)))
            if meaning == "@language" and not _LANGUAGE.fullmatch(value):
                raise RdfFileError(f"{value!r} is no language tag", _CORRECT, _line(text, _written(value)))
            waiting.append(value)


def _members(document: Any, name: str) -> Iterator[Any]:
    """Every value of a key, at any depth; of lists each."""
    waiting = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        for key, value in _pairs(part):
            waiting.append(value)
            if key == name:
                yield from value if isinstance(value, list) else [value]


def _pairs(part: Any) -> list[tuple[str, Any]]:
    return list(part.items()) if isinstance(part, dict) else []


def _written(value: str) -> bytes:
    """A string as JSON writes it."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _line(text: bytes, words: bytes) -> int | None:
    """The line where words stand first."""
    index = text.find(words)
    return None if index < 0 else text.count(b"\n", 0, index) + 1
