"""YAML files read with the line of every node, so that a finding can say where it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from araxes.triples.authoring.corpus_layers import CorpusFolder
from araxes.triples.authoring.findings import Finding, Place, quoted
from araxes.triples.authoring.yaml_scalars import odd_node, scalar_value
from araxes.triples.authoring.yaml_syntax import syntax_finding

Key = tuple[str | int, ...]
"""Path of a node in a document: mapping keys and list indexes from the root."""

DEEPEST = 50
"""So many lists and mappings may stand within each other."""

MOST_NODES = 2_000_000
"""So many nodes a file may hold once its aliases are written out."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WIDE_32 = re.compile(rb"[\t\n\r -~]\0\0\0|\0\0\0[\t\n\r -~]")
_WIDE_16 = re.compile(rb"(?:[\t\n\r -~]\0){2}|(?:\0[\t\n\r -~]){2}")
# https://yaml.org/spec/1.2.2/#51-character-set
_NOT_YAML = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# https://www.w3.org/TR/xml/#charsets: what stands in no XML file, not even as a reference
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Document:
    """A parsed YAML file.

    Attributes:
        path: the file.
        data: mappings, lists, strings, integers, floats, booleans and ``None``.
        lines: path of each node → its 1-based line; a mapping entry has the line of its key.
        flawed: paths of nodes of which a finding speaks.
        folder: the corpus that the file is of, where it was read as a part of one.
    """

    path: Path
    data: Any
    lines: dict[Key, int]
    flawed: frozenset[Key] = frozenset()
    folder: CorpusFolder | None = None

    def line(self, key: Key) -> int:
        """Line of a node, or of the nearest node above it that has one."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def finding(self, message: str, remedy: str, key: Key = (), subject: str = "") -> Finding:
        """A violation at a node."""
        return Finding(Place(self.path, self.line(key)), subject, message, remedy)


def read_text(path: Path) -> tuple[str, list[Finding]]:
    """The text of a file in UTF-8, without a byte order mark, and why it cannot be had."""
    try:
        content = path.read_bytes()
    except OSError as error:
        why = f"cannot be read: {error.strerror or error}"
        return "", [Finding(Place(path), "", why, "check the file and its permissions")]
    if wide := wide_encoding(content):
        source = ", as spreadsheets save “Unicode text”" if wide == "UTF-16" else ""
        remedy = "save the file with the encoding UTF-8"
        return "", [Finding(Place(path), "", f"is {wide}{source}", remedy)]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = f"is not UTF-8 (byte {error.start})"
        return "", [Finding(Place(path, line), "", message, "save the file with the encoding UTF-8")]


def wide_encoding(content: bytes) -> str:
    """``UTF-32`` or ``UTF-16`` if a text begins as one, with its mark or, of ASCII, without; else nothing."""
    head = content[:4]
    if head in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE) or _WIDE_32.match(head):
        return "UTF-32"
    marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return "UTF-16" if marked or _WIDE_16.match(head) else ""


def read_document(path: Path, before: str = "") -> tuple[Document | None, list[Finding]]:
    """Parse a file.

    Dates stay strings, and only ``true`` and ``false`` are booleans, as in YAML 1.2.

    Args:
        path: the file.
        before: read only what stands before this top-level key.

    Returns:
        The document, or ``None`` with the reasons why there is none; findings such as a
        repeated key leave the document usable.
    """
    text, findings = read_text(path)
    if findings:
        return None, findings
    if before:
        text = text.partition(f"\n{before}:")[0]
    if not text.strip():
        return None, [Finding(Place(path), "", "is blank", "fill it or delete it")]
    return parse_document(text, path)


def parse_document(text: str, path: Path) -> tuple[Document | None, list[Finding]]:
    """Parse the text of a file; the result is that of :func:`read_document`."""
    if wrong := unfit_character(text, path):
        return None, [wrong]
    try:
        if finding := _Nesting(path).finding(text):
            return None, [finding]
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        return None, [syntax_finding(path, text, error)]
    if root is None:
        return None, [Finding(Place(path), "", "holds only comments", "fill it or delete it")]
    builder = _Builder(path)
    data = builder.build(root, ())
    return Document(path, data, builder.lines, frozenset(builder.flawed)), builder.findings


def unfit_character(text: str, path: Path) -> Finding | None:
    """The first character of a file's text that cannot stand in YAML, and so in no table either."""
    wrong = _NOT_YAML.search(text)
    if wrong is None:
        return None
    line = text.count("\n", 0, wrong.start()) + 1
    return Finding(Place(path, line), "", *_unfit(wrong[0]))


def _unfit(character: str) -> tuple[str, str]:
    """What to say of a character that some of the formats cannot carry."""
    message = f"holds the control character U+{ord(character):04X}, which not every format can carry"
    return message, "delete it; most often a copy from a PDF or a word processor brought it"


@dataclass
class _Open:
    """A list or mapping that is being read: nodes in it and levels below it, aliases written out."""

    anchor: str
    nodes: int = 1
    levels: int = 1


class _Nesting:
    """Looks at the events of a file before it is parsed: parsing is recursive and copies aliases."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: list[_Open] = []
        self._known: dict[str, _Open] = {}

    def finding(self, text: str) -> Finding | None:
        """Why the file must not be parsed, if so."""
        for event in yaml.parse(text, Loader=_LOADER):
            if message := self._take(event):
                place = Place(self._path, event.start_mark.line + 1 if event.start_mark else 0)
                return Finding(place, "", message, "write out what the alias or the nesting stands for")
        return None

    def _take(self, event: Any) -> str:
        if isinstance(event, yaml.CollectionStartEvent):
            self._open.append(_Open(event.anchor or ""))
            return f"has more than {DEEPEST} levels" if len(self._open) > DEEPEST else ""
        if isinstance(event, yaml.CollectionEndEvent):
            return self._add(self._close())
        if isinstance(event, yaml.AliasEvent):
            if any(each.anchor == event.anchor for each in self._open):
                return f"the alias *{event.anchor} stands inside its own anchor"
            return self._add(self._known.get(event.anchor or "", _Open("")))
        if isinstance(event, yaml.ScalarEvent):
            return self._add(_Open("", levels=0))
        return ""

    def _close(self) -> _Open:
        done = self._open.pop()
        if done.anchor:
            self._known[done.anchor] = done
        return done

    def _add(self, part: _Open) -> str:
        """Count a node that is complete in what holds it."""
        if not self._open:
            return ""
        holder = self._open[-1]
        holder.nodes += part.nodes
        holder.levels = max(holder.levels, part.levels + 1)
        if len(self._open) + part.levels > DEEPEST:
            return f"has more than {DEEPEST} levels"
        return f"stands for more than {MOST_NODES:,} nodes" if holder.nodes > MOST_NODES else ""


@dataclass
class _Builder:
    """Makes Python values of nodes."""

    path: Path
    lines: dict[Key, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    flawed: set[Key] = field(default_factory=set)

    def build(self, node: Any, key: Key) -> Any:
        """The value of a node at a path."""
        self.lines.setdefault(key, node.start_mark.line + 1)
        self._look_odd(node, key)
        if isinstance(node, yaml.MappingNode):
            return {name: self.build(value, (*key, name)) for name, value in self._entries(node, key)}
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*key, index)) for index, item in enumerate(node.value)]
        self._look(node, key)
        return scalar_value(node)

    def _entries(self, node: Any, key: Key) -> Iterator[tuple[str, Any]]:
        seen = set()
        for name_node, value in node.value:
            if not isinstance(name_node, yaml.ScalarNode):
                remedy = "write a word before the colon"
                self._find(name_node, key, "a key is a list or a mapping", remedy)
                continue
            self._look(name_node, key)
            name = str(name_node.value)
            self._look_odd(name_node, (*key, name))
            if name in seen:
                self._find(name_node, key, f"the key {quoted(name)} stands twice", "keep one of them")
            seen.add(name)
            self.lines[(*key, name)] = name_node.start_mark.line + 1
            yield name, value

    def _look(self, scalar: Any, key: Key) -> None:
        if wrong := _NOT_XML.search(scalar.value):
            self._find(scalar, key, *_unfit(wrong[0]))

    def _look_odd(self, node: Any, key: Key) -> None:
        if odd := odd_node(node):
            name = next((part for part in reversed(key) if isinstance(part, str)), "a value")
            self._find(node, key, f"{quoted(name)[1:-1]}: {odd[0]}", odd[1])

    def _find(self, node: Any, key: Key, message: str, remedy: str) -> None:
        self.flawed.add(key)
        self.findings.append(Finding(Place(self.path, node.start_mark.line + 1), "", message, remedy))
