"""Answers in XML on their way out: only what every XML parser reads is passed on.

XML 1.0 carries neither most control characters nor U+FFFE and U+FFFF, not even as references
(https://www.w3.org/TR/xml/#charsets), and RDF/XML needs a name for every predicate
(https://www.w3.org/TR/rdf-syntax-grammar/#section-Serialising). The engine's writers look at
neither; nor do they escape carriage returns, which parsers then read as line feeds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import IO
from xml.parsers import expat

from araxes.endpoint.sparql.formats import XML

_CONTROLS = bytes(sorted(set(range(0x20)) - set(b"\t\n\r")))
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_NODE_ID = b'rdf:nodeID="'
_NAMESPACE = re.compile(r'\sxmlns(?::oxprefix)?="([^"]*)"')
_NAME = re.compile(r"</?(?:[^\s:>]*:)?([^\s>/]*)")
_BLOCK = 1 << 18

# RDF/XML §7.2.4: the writer does not know the words that older versions had, but readers refuse them.
_OLD_TERM = re.compile(rb"<rdf:(aboutEach(?:Prefix)?|bagID)[\s/>]")


class NotCarriedError(ValueError):
    """The answer holds something that its format cannot carry; the message says what.

    Args:
        message: what, and nothing of the format.
        unable: names of all formats that cannot carry it.
    """

    def __init__(self, message: str, unable: Iterable[str] = XML) -> None:
        """Keep both."""
        super().__init__(message)
        self.unable = tuple(sorted(unable))


class XmlWriter:
    """A binary file for an XML document in UTF-8 that ends in nothing ill-formed.

    Args:
        output: where the document goes.
        names: whether element names come from the data, as in RDF/XML; then a
            namespace-aware parser reads along.

    Every method raises :class:`NotCarriedError`.
    """

    def __init__(self, output: IO[bytes], *, names: bool) -> None:
        """Write to ``output``."""
        self._output = output
        self._parser = expat.ParserCreate("utf-8", " ") if names else None
        self._pending = bytearray()
        self._parsed = 0

    def write(self, data: bytes) -> int:
        """Take bytes; they are passed on in blocks that end with a tag."""
        self._pending += data
        if len(self._pending) >= _BLOCK:
            end = data.rfind(b">") + 1
            if end:
                self._pass(len(self._pending) - len(data) + end)
        return len(data)

    def flush(self) -> None:
        """The end of the document decides, not the engine's buffers."""

    def finish(self) -> None:
        """Pass on what is left: the document is complete."""
        self._pass(len(self._pending))
        if self._parser is not None:
            self._parse(b"", final=True)

    def _pass(self, size: int) -> None:
        block = bytes(self._pending[:size])
        del self._pending[:size]
        _check_characters(block)
        if self._parser is not None:
            _check_terms(block)
        if b"\r" in block:
            block = block.replace(b"\r", b"&#xD;")
        if self._parser is not None:
            # Labels of blank nodes may begin with a digit, names in XML may not.
            block = block.replace(_NODE_ID, _NODE_ID + b"b")
            self._parse(block)
        self._output.write(block)

    def _parse(self, block: bytes, *, final: bool = False) -> None:
        assert self._parser is not None  # noqa: S101 -- called only with one
        try:
            self._parser.Parse(block, final)
        except expat.ExpatError as error:
            raise NotCarriedError(_nameless(block, self._parser.ErrorByteIndex - self._parsed)) from error
        self._parsed += len(block)


def _check_characters(block: bytes) -> None:
    """Refuse what no XML document may hold.

    Raises:
        NotCarriedError: it does.
    """
    # Deleting bytes is the fastest way to look for many.
    if len(block.translate(None, _CONTROLS)) == len(block) and not any(
        character in block for character in _NONCHARACTERS
    ):
        return
    text = block.decode("utf-8", "replace")
    found = _FORBIDDEN.search(text)
    if found is None:
        return
    before, after = text[max(0, found.start() - 20) : found.start()], text[found.end() : found.end() + 20]
    before, after = re.split(r"[<>]", before)[-1], re.split(r"[<>]", _FORBIDDEN.sub("", after))[0]
    raise NotCarriedError(f"it holds the character {spelled(found[0])} between {before!r} and {after!r}")


def _check_terms(block: bytes) -> None:
    """Refuse predicates and types that RDF/XML forbids as names of elements.

    Raises:
        NotCarriedError: there is one.
    """
    found = _OLD_TERM.search(block)
    if found is not None:
        term = f"rdf:{found[1].decode()}"
        raise NotCarriedError(f"{term}, a predicate or type in it, is a word of RDF/XML's own syntax")


def _nameless(block: bytes, at: int) -> str:
    """Which predicate has no name, from the tag at which a parser stopped."""
    start = block.rfind(b"<", 0, max(at, 0) + 1)
    tag = block[max(start, 0) : block.find(b">", max(at, 0)) + 1 or None].decode("utf-8", "replace")
    space, name = _NAMESPACE.search(tag), _NAME.match(tag)
    local = name[1] if name else ""
    iri = html.unescape(space[1]) + local if space else local
    return f"its predicate <{iri[:300]}> does not end in a name of XML"


def spelled(character: str) -> str:
    """A character by its number.

    >>> spelled("\\x01")
    'U+0001'
    """
    return f"U+{ord(character):04X}"


_VISIBLE = {ord(c): f"⟨{spelled(c)}⟩" for c in (*map(chr, _CONTROLS), "\x7f", "\ufffe", "\uffff")}


def visible(text: str) -> str:
    """Text for a page: characters that HTML cannot hold (§13.2.3.5) by their numbers.

    >>> visible("a\\x01b")
    'a⟨U+0001⟩b'
    """
    return text.translate(_VISIBLE) if not text.isprintable() else text
