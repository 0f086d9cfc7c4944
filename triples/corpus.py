"""All entities, sources and claims as their YAML files have them, each with file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from araxes.triples.documents import Document, Key, read_document
from araxes.triples.problems import Problem

ENTITIES = Path(__file__).parent / "entities"
"""Entity files of the project."""

SOURCES = Path(__file__).parent / "sources"
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

    def problem(self, message: str, remedy: str, *inner: str | int) -> Problem:
        """A problem of this record, at a node within it."""
        return Problem(self.document.path, self.line(*inner), self.id, message, remedy)


@dataclass
class Corpus:
    """Everything read from a set of files, in order of file name and place."""

    entities: list[Record] = field(default_factory=list)
    sources: list[Record] = field(default_factory=list)
    curations: list[Record] = field(default_factory=list)
    claims: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def records(self) -> Iterable[Record]:
        """Every record."""
        yield from self.entities
        yield from self.sources
        yield from self.curations
        yield from self.claims


def read_corpus(entities: Path = ENTITIES, sources: Path = SOURCES) -> Corpus:
    """Read every ``*.yaml`` of the two folders.

    What cannot be read is in ``problems``; nothing is raised, so that one run names all.
    """
    corpus = Corpus()
    for folder, take in ((entities, _take_entities), (sources, _take_source)):
        files = sorted(folder.glob("*.yaml"))
        if not files:
            remedy = "name the folder that holds them"
            corpus.problems.append(Problem(folder, 0, "", "holds no *.yaml file", remedy))
        for path in files:
            document, problems = read_document(path)
            corpus.problems.extend(problems)
            if document:
                take(document, corpus)
    return corpus


def _take_entities(document: Document, corpus: Corpus) -> None:
    corpus.entities.extend(_records("entity", document, document.data, (), corpus))


def _take_source(document: Document, corpus: Corpus) -> None:
    data = document.data
    if not isinstance(data, dict):
        remedy = "write `source:`, `curation:` and `claims:` as in AUTHORING.md"
        corpus.problems.append(Problem(document.path, 1, "", "is no mapping", remedy))
        return
    for name in data.keys() - {"source", "curation", "claims"}:
        remedy = "the keys of a source file are source, curation and claims"
        corpus.problems.append(
            Problem(document.path, document.line((name,)), "", f"unknown key {name!r}", remedy)
        )
    head = data.get("source")
    if isinstance(head, dict):
        corpus.sources.append(Record("source", head, document, ("source",)))
        source = str(head.get("id", ""))
    elif isinstance(head, str):
        source = head
    else:
        remedy = "begin the file with `source:`, its description or the id of a source described elsewhere"
        corpus.problems.append(Problem(document.path, 1, "", "names no source", remedy))
        source = ""
    for kind, name, target in (
        ("curation", "curation", corpus.curations),
        ("claim", "claims", corpus.claims),
    ):
        items = data.get(name, [] if name == "curation" else None)
        target.extend(_records(kind, document, items, (name,), corpus, source))


def _records(
    kind: str, document: Document, items: Any, key: Key, corpus: Corpus, source: str = ""
) -> Iterable[Record]:
    if not isinstance(items, list):
        remedy = f"write a list with one `- id: …` for each {kind}"
        corpus.problems.append(
            Problem(document.path, document.line(key), "", f"holds no list of {kind} records", remedy)
        )
        return
    for index, item in enumerate(items):
        if isinstance(item, dict):
            yield Record(kind, item, document, (*key, index), source)
        else:
            line = document.line((*key, index))
            remedy = "write it as `- id: …` with its keys below"
            corpus.problems.append(
                Problem(document.path, line, "", f"{kind} number {index + 1} is no mapping", remedy)
            )
