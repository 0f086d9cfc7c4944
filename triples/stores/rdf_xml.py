"""RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/) read through Expat.

The engine's reader knows UTF-8, entities in double quotes and no line numbers of what is wrong. Expat knows
all of XML 1.0, bounds what entities may grow to, and fetches nothing. The engine gets plain XML, a line of
the file at a time, so that the line is known where the engine objects.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import IO, Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from araxes.ontology.namespaces import OWL, RDF
from araxes.triples.stores.rdf_syntaxes import RdfFileError

_PIECE = 1 << 16
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_REFERENCE = re.compile(rb"&([^#;\s][^;\s]*);")
_PREDEFINED = frozenset({"lt", "gt", "amp", "apos", "quot"})
_OF_RDF = {"about", "ID", "nodeID", "resource", "datatype", "parseType", "type", "bagID", "aboutEach"}
"""Attributes that were once written without a prefix (https://www.w3.org/TR/rdf-syntax-grammar/ §6.1.4)."""
_OF_XML = {"lang", "base", "space", "id"}
_OTHERS = {
    (OWL, "Ontology"): ("OWL/XML", "convert it to RDF/XML with ROBOT or Protégé"),
    ("http://www.w3.org/2004/03/trix/trix-1/", "TriX"): ("TriX", "convert it with Apache Jena's riot"),
    ("http://www.w3.org/2005/sparql-results#", "sparql"): ("SPARQL results", "ask with CONSTRUCT for RDF"),
    ("http://www.w3.org/1999/xhtml", "html"): ("XHTML", "give the RDF that it shows"),
    ("", "html"): ("HTML", "give the RDF that it shows"),
    ("", "rss"): ("RSS 2.0", "give RDF; RSS 1.0 would be"),
}
"""Namespace and name of roots that would pass as a typed node but are other formats: name, remedy."""
_EXTERNAL = "write what it stands for into the file: nothing is ever fetched"
_MALFORMED = "correct the XML at that place"
_AMPLIFIED = 43
"""Expat's code for a limit on growth that was breached; its Python module has no name for it yet."""


def rdfxml_quads(stream: IO[bytes], base: str | None) -> Iterator[ox.Quad]:
    """The triples of an RDF/XML document, in the default graph.

    Args:
        stream: the document, in any encoding that Expat or Python knows.
        base: IRI against which relative IRIs are resolved, unless ``xml:base`` says otherwise.

    Raises:
        RdfFileError: with line, and column where the XML is malformed.
    """
    plain: Any = PlainXml(stream)  # a file, as far as the engine is concerned
    try:
        yield from ox.parse(input=plain, format=ox.RdfFormat.RDF_XML, base_iri=base, rename_blank_nodes=True)
    except Exception as error:
        if plain.problem is not None:  # of our own reading, whatever the engine made of it
            raise plain.problem from error
        if not isinstance(error, SyntaxError | ValueError):
            raise
        message = error.msg if isinstance(error, SyntaxError) else str(error)
        raise RdfFileError(message, "", plain.line) from error


class PlainXml:
    """A document as UTF-8 without document type, entities, comments and instructions; to be read like a file.

    Attributes:
        line: the line of the document that was read last.
        problem: what made the reading fail.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        """Read from the beginning of a document."""
        stream.seek(0)
        head = stream.read(4)
        stream.seek(0)
        encoding = next((name for mark, name in _WIDE if head.startswith(mark)), None)
        self._stream = stream if encoding is None else codecs.getreader(encoding)(stream)
        self._out = bytearray()
        self._done = False
        self._depth = 0
        self._unread = False
        self._declared: set[str] = set(_PREDEFINED)
        self._names = _Names()
        self._whole_line = True
        self.line = 0
        self.problem: Exception | None = None
        self._parser = self._expat(encoding and "UTF-8")

    def _expat(self, encoding: str | None) -> Any:
        parser = expat.ParserCreate(encoding)
        parser.ordered_attributes = True
        parser.buffer_text = True
        # Parameter entities of the file itself are read; those of other files ask _external, which declines.
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.ExternalEntityRefHandler = self._external
        parser.SkippedEntityHandler = self._skipped
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        return parser

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most as many; none at the end.

        Raises:
            RdfFileError: the document is no XML, or needs something that is not in it.
        """
        try:
            while not self._out and not self._done:
                self._feed()
        except Exception as error:
            self.problem = _told(error)
            raise self.problem from error
        taken = bytes(self._out[:size] if size >= 0 else self._out)
        del self._out[: len(taken)]
        return taken

    def _feed(self) -> None:
        """Give Expat a line, or a piece of a very long one."""
        piece = self._stream.readline(_PIECE)
        data = piece.encode("utf-8") if isinstance(piece, str) else piece
        if self._whole_line:
            self.line += 1
        self._whole_line = data.endswith(b"\n")
        self._parser.Parse(data, not data)
        self._done = not data

    def _refuse(self, message: str, remedy: str) -> RdfFileError:
        parser = self._parser
        return RdfFileError(message, remedy, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def _doctype(self, _name: str, system: str | None, _public: str | None, _internal: int) -> None:
        self._unread = system is not None

    def _entity(self, name: str, parameter: int, *_: Any) -> None:
        if parameter:
            self._unread = True
        else:
            self._declared.add(name)

    def _external(self, context: str | None, _base: Any, system: str | None, _public: Any) -> int:
        """Decline another file: silently if it would only declare something, else with a reason."""
        if context is None:
            self._unread = True
            return 1
        name = context.rpartition("\f")[2]
        raise self._refuse(f"the entity &{name}; stands in another file ({system})", _EXTERNAL)

    def _skipped(self, name: str, parameter: int) -> None:
        if not parameter:
            raise self._refuse(f"the entity &{name}; is not declared in the file", _EXTERNAL)

    def _start(self, name: str, attributes: list[str]) -> None:
        if not self._depth:
            self._check_root(name, dict(zip(attributes[::2], attributes[1::2], strict=True)))
        if self._unread:
            self._check_references()
        if wrong := self._names.enter(name, dict(zip(attributes[::2], attributes[1::2], strict=True))):
            raise self._refuse(*wrong)
        self._depth += 1
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        self._write(f"<{name}{''.join(f' {key}={quoteattr(value)}' for key, value in pairs)}>")

    def _check_root(self, name: str, attributes: dict[str, str]) -> None:
        """Refuse other formats of XML by their root."""
        prefix, _, local = name.rpartition(":")
        namespace = attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", "")
        found = _OTHERS.get((namespace, local))
        if found and not any(key.endswith(":about") for key in attributes):
            raise self._refuse(f"is {found[0]}, not RDF/XML", found[1])

    def _check_references(self) -> None:
        """Refuse undeclared entities in attributes, which Expat leaves out after unread declarations."""
        raw = self._parser.GetInputContext() or b""
        tag = _TAG.match(raw)
        for reference in _REFERENCE.findall(tag[0]) if tag else ():
            if reference.decode("utf-8", "replace") not in self._declared:
                self._skipped(reference.decode("utf-8", "replace"), 0)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._names.leave()
        self._write(f"</{name}>")

    def _text(self, text: str) -> None:
        self._write(escape(text, {"\r": "&#13;"}))

    def _write(self, text: str) -> None:
        self._out += text.encode("utf-8")


class _Names:
    """Looks for names without a namespace: they say nothing in RDF/XML, but in an XML literal."""

    def __init__(self) -> None:
        self._default = [False]
        self._literal = 0
        self._rdf = "rdf"

    def enter(self, name: str, attributes: dict[str, str]) -> tuple[str, str] | None:
        """What is wrong with an element that begins, and what to do."""
        default = bool(attributes["xmlns"]) if "xmlns" in attributes else self._default[-1]
        self._default.append(default)
        for key, value in attributes.items():
            if value == RDF and key.startswith("xmlns:"):
                self._rdf = key.removeprefix("xmlns:")
        if self._literal:
            self._literal += 1
            return None
        if attributes.get(f"{self._rdf}:parseType") == "Literal":
            self._literal = 1
        if not default and ":" not in name:
            return f"the element {name[:60]} has no namespace", self._element_remedy(name)
        wrong = next((key for key in attributes if ":" not in key and not key.startswith("xml")), None)
        return (f"the attribute {wrong[:60]} has no prefix", self._attribute_remedy(wrong)) if wrong else None

    def leave(self) -> None:
        """An element ends."""
        self._default.pop()
        self._literal = max(self._literal - 1, 0)

    def _element_remedy(self, name: str) -> str:
        if name in {"RDF", "Description", "li", "Bag", "Seq", "Alt"}:
            return f'write {self._rdf}:{name}, with xmlns:{self._rdf}="{RDF}" in the first element'
        return 'give it the prefix of its vocabulary, or declare xmlns="…" in the first element'

    def _attribute_remedy(self, name: str) -> str:
        if name in _OF_RDF:
            return f"write {self._rdf}:{name}"
        return (
            f"write xml:{name}"
            if name in _OF_XML
            else "write the property that it stands for with its prefix"
        )


def _told(error: Exception) -> Exception:
    """An error of reading, as a problem with its place where it is one of the document."""
    if isinstance(error, expat.ExpatError):
        return _malformed(error)
    if isinstance(error, LookupError | ValueError):  # unknown, or not that of the bytes
        return RdfFileError(f"its encoding cannot be read: {error}", "save it as UTF-8", 1)
    return error


def _malformed(error: expat.ExpatError) -> RdfFileError:
    """What Expat says, with its place."""
    if error.code == _AMPLIFIED:
        message, remedy = "its entities expand without bound", "write them out; such files are refused"
    elif error.code == expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]:
        message, remedy = "an entity is not declared", "declare it in the file, or write what it stands for"
    else:
        message, remedy = f"malformed XML: {expat.ErrorString(error.code)}", _MALFORMED
    return RdfFileError(message, remedy, error.lineno, error.offset + 1)
