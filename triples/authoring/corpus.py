"""All entities, sources and claims as their YAML files have them, each with file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from araxes.triples.authoring.findings import Finding, Place, quoted
from araxes.triples.authoring.yaml_lines import Document, Key, read_document

ENTITIES = Path(__file__).parent.parent / "corpus" / "entities"
"""Entity files of the project."""

SOURCES = Path(__file__).parent.parent / "corpus" / "sources"
"""Annotated sources of the project."""


@dataclass(frozen=True)
class Record:
    """One entity, source, reading or claim.

    Attributes:
        kind: ``entity``, ``source``, ``curation`` or ``claim``.
        data: its mapping as read.
        document: the file.
        key: path of the mapping in the file.
        source: id of the source a claim or reading belongs to, else empty.
    """

    kind: str
    data: dict[str, Any]
    document: Document
    key: Key
    source: str = ""

    @property
    def id(self) -> str:
        """Its id, or an empty string where it has none."""
        value = self.data.get("id")
        return value if isinstance(value, str) else ""

    def line(self, *inner: str | int) -> int:
        """Line of the record or of a node within it."""
        return self.document.line((*self.key, *inner))

    def finding(self, message: str, remedy: str, *inner: str | int) -> Finding:
        """A violation of this record, at a node within it."""
        return self.document.finding(message, remedy, (*self.key, *inner), self.id)

    @property
    def flawed(self) -> bool:
        """Whether something was wrong in it already when its file was read."""
        return any(key[: len(self.key)] == self.key for key in self.document.flawed)


def as_list(value: Any) -> list[Any]:
    """A list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]


@dataclass
class Corpus:
    """Everything read from a set of files, in order of file name and place; nothing of it is checked.

    What builds on records takes a :class:`~araxes.triples.authoring.sound_corpus.SoundCorpus`.
    """

    entities: list[Record] = field(default_factory=list)
    sources: list[Record] = field(default_factory=list)
    curations: list[Record] = field(default_factory=list)
    claims: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def records(self) -> Iterable[Record]:
        """Every record."""
        yield from self.entities
        yield from self.sources
        yield from self.curations
        yield from self.claims

    def joined(self, other: Corpus) -> Corpus:
        """Both together, the other's records after these."""
        return Corpus(
            self.entities + other.entities,
            self.sources + other.sources,
            self.curations + other.curations,
            self.claims + other.claims,
            self.findings + other.findings,
        )


def read_corpus(entities: Path = ENTITIES, sources: Path = SOURCES) -> Corpus:
    """Read every ``*.yaml`` of the two folders.

    What cannot be read is in ``findings``; nothing is raised, so that one run names all.
    """
    return read_entities(entities).joined(read_sources(*yaml_files(sources)))


def read_entities(folder: Path = ENTITIES) -> Corpus:
    """Read every entity file of a folder; what cannot be read is in ``findings``."""
    return _read(*yaml_files(folder), _take_entities)


def read_sources(files: Iterable[Path], findings: Iterable[Finding] = ()) -> Corpus:
    """Read annotated sources; what cannot be read is in ``findings``, after those given."""
    return _read(files, findings, _take_source)


def read_head(path: Path) -> tuple[str, Corpus]:
    """The id of the source that a file is about, its description and readings; no claims, no findings."""
    document, _ = read_document(path, before="claims")
    if document is None or not isinstance(document.data, dict) or "source" not in document.data:
        document, _ = read_document(path)  # the source may stand below its claims
    if document is None or not isinstance(document.data, dict):
        return "", Corpus()
    head = Corpus()
    _take_source(document, head)
    return _source_id(document.data), Corpus([], head.sources, head.curations)


def yaml_files(folder: Path) -> tuple[list[Path], list[Finding]]:
    """The ``*.yaml`` files of a folder in order of name, and the finding that there is none."""
    files = sorted(folder.glob("*.yaml"))
    if files:
        return files, []
    return [], [Finding(Place(folder), "", "holds no *.yaml file", "name the folder that holds them")]


def _read(
    files: Iterable[Path], findings: Iterable[Finding], take: Callable[[Document, Corpus], None]
) -> Corpus:
    corpus = Corpus(findings=list(findings))
    for path in files:
        document, found = read_document(path)
        corpus.findings.extend(found)
        if document:
            take(document, corpus)
    return corpus


def _take_entities(document: Document, corpus: Corpus) -> None:
    corpus.entities.extend(_records("entity", document, document.data, (), corpus))


def _take_source(document: Document, corpus: Corpus) -> None:
    data = document.data
    if not isinstance(data, dict):
        remedy = "write `source:`, `curation:` and `claims:` as in AUTHORING.md"
        corpus.findings.append(document.finding("is no mapping", remedy))
        return
    for name in data.keys() - {"source", "curation", "claims"}:
        remedy = "the keys of a source file are source, curation and claims"
        corpus.findings.append(document.finding(f"unknown key {quoted(name)}", remedy, (name,)))
    head, source = data.get("source"), _source_id(data)
    if isinstance(head, dict):
        corpus.sources.append(Record("source", head, document, ("source",)))
    elif not isinstance(head, str):
        remedy = "begin the file with `source:`, its description or the id of a source described elsewhere"
        corpus.findings.append(document.finding("names no source", remedy, ("source",)))
    for kind, name, target in (
        ("curation", "curation", corpus.curations),
        ("claim", "claims", corpus.claims),
    ):
        items = data.get(name, [] if name == "curation" else None)
        target.extend(_records(kind, document, items, (name,), corpus, source))


def _source_id(data: dict[str, Any]) -> str:
    """The id under ``source:``, where it is described or only named."""
    head = data.get("source")
    name = head.get("id") if isinstance(head, dict) else head
    return name if isinstance(name, str) else ""


def _records(
    kind: str, document: Document, items: Any, key: Key, corpus: Corpus, source: str = ""
) -> Iterable[Record]:
    if not isinstance(items, list):
        remedy = f"write a list with one `- id: …` for each {kind}"
        corpus.findings.append(document.finding(f"holds no list of {kind} records", remedy, key))
        return
    for index, item in enumerate(items):
        if isinstance(item, dict):
            yield Record(kind, item, document, (*key, index), source)
        else:
            remedy = "write it as `- id: …` with its keys below"
            message = f"{kind} number {index + 1} is no mapping"
            corpus.findings.append(document.finding(message, remedy, (*key, index)))
