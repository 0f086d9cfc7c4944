"""Annotated sources read for the work on their passages: whatever state their files are in.

Nothing is checked here but what is needed to look at a passage; a file that is no YAML gives the claims that
can be read one by one. What is left out is told in findings, which stop nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from araxes.triples.authoring.corpus import Record, as_list, source_id
from araxes.triples.authoring.findings import Finding
from araxes.triples.authoring.yaml_lines import Document, Key, parse_document, read_text

_CLAIMS = re.compile(r"^claims[ \t]*:.*$", re.MULTILINE)
_SOURCE = re.compile(r"^source[ \t]*:.*(?:\n(?:[ \t#].*)?)*", re.MULTILINE)
_NAME = re.compile(r"[^/\\\x00]+")
_ITEM = re.compile(r"^([ \t]*)-[ \t]", re.MULTILINE)


@dataclass
class AnnotatedFiles:
    """What could be read.

    Attributes:
        sources: descriptions of sources.
        claims: claims, each with the source it is of.
        findings: what could not be read, and why.
    """

    sources: list[Record] = field(default_factory=list)
    claims: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def of(self, source: str) -> list[Record]:
        """The claims on a source."""
        return [claim for claim in self.claims if claim.source == source]


@dataclass(frozen=True)
class RecordedSpan:
    """A passage as it is written.

    Attributes:
        start: first code point.
        end: one past the last.
        sha256: the digest that is recorded, or empty.
    """

    start: int
    end: int
    sha256: str


def read_heads(paths: Iterable[Path]) -> AnnotatedFiles:
    """Only the descriptions of sources that stand in some files."""
    found = AnnotatedFiles()
    for path in paths:
        text, unread = read_text(path)
        found.findings += unread
        _take_head(path, text, found)
    return found


def read_annotated(paths: Iterable[Path], source: str = "") -> AnnotatedFiles:
    """The sources and claims of some files.

    Args:
        paths: annotated sources.
        source: id of the only source that is wanted, or empty for all.
    """
    found = AnnotatedFiles()
    for path in paths:
        text, unread = read_text(path)
        found.findings += unread
        if text.strip() and (not source or _head_of(path, text) == source):
            _take(path, text, found)
    return found


def _head_of(path: Path, text: str) -> str:
    """The id of the source that a file says it is of."""
    head = _head(path, text)
    return source_id(head.data) if head else ""


def _take_head(path: Path, text: str, found: AnnotatedFiles) -> None:
    head = _head(path, text)
    if head and isinstance(head.data["source"], dict):
        found.sources.append(Record("source", head.data["source"], head, ("source",)))


def _head(path: Path, text: str) -> Document | None:
    """The smallest part of a file that says what source it is of: what stands above the claims, ``source:``
    alone, where what follows it is no YAML, or the whole, where the source stands below its claims."""
    above = _CLAIMS.split(text, maxsplit=1)[0]
    block = _SOURCE.search(text)
    alone = "\n" * text.count("\n", 0, block.start()) + block.group() if block else ""
    for part in dict.fromkeys([above, alone, text]):
        document, _ = parse_document(part, path) if part.strip() else (None, [])
        if document and isinstance(document.data, dict) and document.data.get("source"):
            return document
    return None


def _take(path: Path, text: str, found: AnnotatedFiles) -> None:
    document, findings = parse_document(text, path)
    if document is None:
        found.findings += findings
        _take_head(path, text, found)
        found.claims += _salvaged(path, text, _head_of(path, text), found)
        return
    data = document.data if isinstance(document.data, dict) else {}
    named = source_id(data)
    if isinstance(data.get("source"), dict):
        found.sources.append(Record("source", data["source"], document, ("source",)))
    claims = data.get("claims")
    for index, claim in enumerate(claims if isinstance(claims, list) else []):
        if isinstance(claim, dict):
            found.claims.append(Record("claim", claim, document, ("claims", index), named))


def _salvaged(path: Path, text: str, source: str, found: AnnotatedFiles) -> Iterator[Record]:
    """The claims of a file that is no YAML as a whole, each read by itself."""
    head = _CLAIMS.search(text)
    first = _ITEM.search(text, head.end()) if head else None
    if first is None:
        return
    starts = [each.start() for each in _ITEM.finditer(text, head.end() if head else 0) if each[1] == first[1]]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        above = text.count("\n", 0, start)
        document, _ = parse_document(text[start:end], path)
        item = document.data[0] if document and isinstance(document.data, list) and document.data else None
        if document is None or not isinstance(item, dict):
            broken = Document(path, None, {(): above + 1})
            found.findings.append(
                broken.finding("the claim that begins here cannot be read", "correct its YAML; see above")
            )
            continue
        lines: dict[Key, int] = {key: line + above for key, line in document.lines.items()}
        yield Record("claim", item, Document(path, document.data, lines), (0,), source)


def spans_of(claim: Record) -> list[RecordedSpan]:
    """The passages of a claim that say where they are; those that do not are left out."""
    found = []
    for each in as_list(claim.data.get("passage", [])):
        start, end = (each.get("start"), each.get("end")) if isinstance(each, dict) else (None, None)
        if isinstance(start, int) and isinstance(end, int) and _is_offset(start) and _is_offset(end):
            found.append(RecordedSpan(start, end, str(each.get("sha256", ""))))
    return found


def _is_offset(value: int) -> bool:
    return not isinstance(value, bool) and value >= 0


def sentences_of(claim: Record) -> dict[str, str]:
    """Language → paraphrase, as far as there are any."""
    written = claim.data.get("paraphrase")
    if not isinstance(written, dict):
        return {}
    return {str(language): text for language, text in written.items() if isinstance(text, str)}


@dataclass(frozen=True)
class SourceText:
    """What is said of the text of a source.

    Attributes:
        source: id of the source.
        file_name: name of the original.
        sha256: its recorded digest, or empty.
        characters: its recorded length, or 0.
        label: what the source is called, or empty.
    """

    source: str
    file_name: str
    sha256: str = ""
    characters: int = 0
    label: str = ""

    def is_called(self, name: str) -> bool:
        """Whether a name means this source: its id, what follows in it, or the name of its text."""
        return name in {self.source, self.source.removeprefix("source/"), self.file_name}


def texts_of(sources: Iterable[Record]) -> list[SourceText]:
    """The texts of those sources that say which file theirs is."""
    found = []
    for record in sources:
        text = record.data.get("sourceText")
        name = text.get("fileName") if isinstance(text, dict) else None
        if isinstance(text, dict) and isinstance(name, str) and _NAME.fullmatch(name) and record.id:
            count = text.get("characterCount")
            characters = count if isinstance(count, int) and not isinstance(count, bool) else 0
            labels = record.data.get("label")
            label = str(next(iter(labels.values()), "")) if isinstance(labels, dict) else ""
            found.append(SourceText(record.id, name, str(text.get("sha256", "")), characters, label))
    return found
