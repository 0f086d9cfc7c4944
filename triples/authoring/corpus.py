"""All entities, sources and claims as their YAML files have them, each with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from araxes.triples.authoring.corpus_layers import SHIPPED, CorpusFolder, Layers, files_in
from araxes.triples.authoring.findings import Finding, Place, did_you_mean, near_words, quoted
from araxes.triples.authoring.kinds_of_files import of_another_kind
from araxes.triples.authoring.yaml_lines import Document, Key, read_document

ENTITIES = SHIPPED / "entities"
"""Entity files of the project."""

SOURCES = SHIPPED / "sources"
"""Annotated sources of the project."""


@dataclass(frozen=True)
class Record:
    """One entity, source, reading or claim.

    Attributes:
        kind: ``entity``, ``refinement``, ``source``, ``curation`` or ``claim``.
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
        """Its id, or an empty string where it has none; that of a refinement is made from what it refines."""
        if self.kind == "refinement":
            corpus = self.document.folder.name if self.document.folder else "araxes"
            return f"refinement/{corpus}/{str(self.data.get('refines')).replace('/', '-')}"
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


@dataclass(frozen=True)
class Head:
    """What a file of claims says of the source they are of.

    Attributes:
        document: the file.
        named: id of the source, or an empty string where none can be read.
    """

    document: Document
    named: str


@dataclass(frozen=True)
class Unread:
    """A file that cannot be read as records.

    Attributes:
        path: the file.
        entities: whether it is a file of entities; else of a source.
        ids: those that stand in it, as far as it is text.
        whole: whether these are all that it describes.
    """

    path: Path
    entities: bool
    ids: frozenset[str]
    whole: bool


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
    heads: list[Head] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    refinements: list[Record] = field(default_factory=list)

    def records(self) -> Iterable[Record]:
        """Every record."""
        yield from self.entities
        yield from self.refinements
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
            self.heads + other.heads,
            self.unread + other.unread,
            self.refinements + other.refinements,
        )

    def part(self, wanted: Callable[[Path], bool]) -> Corpus:
        """What is of some files, without findings."""

        def of(records: list[Record]) -> list[Record]:
            return [record for record in records if wanted(record.document.path)]

        return Corpus(
            of(self.entities),
            of(self.sources),
            of(self.curations),
            of(self.claims),
            [],
            [head for head in self.heads if wanted(head.document.path)],
            [unread for unread in self.unread if wanted(unread.path)],
            of(self.refinements),
        )


def read_corpus(entities: Path = ENTITIES, sources: Path = SOURCES) -> Corpus:
    """Read every ``*.yaml`` of the two folders.

    What cannot be read is in ``findings``; nothing is raised, so that one run names all.
    """
    return read_entities(entities).joined(read_sources(*yaml_files(sources)))


def read_layers(layers: Layers) -> Corpus:
    """Read all files of corpora in layers, the lowest first; what cannot be read is in ``findings``."""
    found = Corpus()
    for folder in layers.folders:
        found = found.joined(read_entities_of(folder, layers))
    for folder in layers.folders:
        files, findings = source_files(folder)
        found = found.joined(read_sources(files, findings, folder, layers))
    return found


def read_entities(folder: Path = ENTITIES) -> Corpus:
    """Read every entity file of a folder; what cannot be read is in ``findings``."""
    return _read(*yaml_files(folder), _take_entities)


def read_entities_of(folder: CorpusFolder, layers: Layers) -> Corpus:
    """Read every entity file of a corpus; one that is above others may have none."""
    files, findings = yaml_files(folder.entities)
    missing = findings if folder == layers.folders[0] else []
    return _read(files, missing, _take_entities, folder, layers)


def source_files(folder: CorpusFolder) -> tuple[list[Path], list[Finding]]:
    """The files of sources of a corpus; one with a ``corpus.toml`` may have none yet."""
    files, findings = yaml_files(folder.sources)
    return files, [] if folder.described else findings


def read_sources(
    files: Iterable[Path],
    findings: Iterable[Finding] = (),
    folder: CorpusFolder | None = None,
    layers: Layers | None = None,
) -> Corpus:
    """Read annotated sources; what cannot be read is in ``findings``, after those given.

    Args:
        files: the files.
        findings: what is known to be wrong already.
        folder: the corpus they are of.
        layers: the corpora among which it is.
    """
    return _read(files, findings, _take_source, folder, layers)


def read_head(
    path: Path, folder: CorpusFolder | None = None, layers: Layers | None = None
) -> tuple[str, Corpus]:
    """The id of the source that a file is about, its description and readings; no claims, no findings."""
    document, _ = read_document(path, before="claims")
    if document is None or not isinstance(document.data, dict) or "source" not in document.data:
        document, _ = read_document(path)  # the source may stand below its claims
    document = document and in_corpus(document, folder, layers)
    head = Corpus()
    _take_source(path, document, head)
    found = source_id(document.data) if document else ""
    return found, Corpus([], head.sources, head.curations, [], [], head.heads, head.unread)


def yaml_files(folder: Path) -> tuple[list[Path], list[Finding]]:
    """The ``*.yaml`` files of a folder in order of name, and the finding that there is none."""
    files = files_in(folder, "*.yaml")
    if files:
        return files, []
    return [], [Finding(Place(folder), "", "holds no *.yaml file", "name the folder that holds them")]


def _read(
    files: Iterable[Path],
    findings: Iterable[Finding],
    take: Callable[[Path, Document | None, Corpus], None],
    folder: CorpusFolder | None = None,
    layers: Layers | None = None,
) -> Corpus:
    corpus = Corpus(findings=list(findings))
    for path in files:
        document, found = read_document(path)
        corpus.findings.extend(found)
        take(path, document and in_corpus(document, folder, layers), corpus)
    return corpus


def in_corpus(document: Document, folder: CorpusFolder | None, layers: Layers | None) -> Document:
    """A document as one of a corpus; what it names by prefix or namespace has its id alone."""
    if folder is None or layers is None:
        return document
    data = (
        document.data if len(layers.folders) == 1 else _without_prefixes(document.data, layers.below(folder))
    )
    return replace(document, folder=folder, data=data)


def _without_prefixes(value: Any, below: tuple[CorpusFolder, ...]) -> Any:
    if isinstance(value, dict):
        return {key: _without_prefixes(item, below) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_prefixes(item, below) for item in value]
    if isinstance(value, str) and ":" in value and " " not in value:
        for each in below:
            for start in (f"{each.name}:", each.namespace):
                rest = value.removeprefix(start)
                if rest != value and _ID_OR_PART.fullmatch(rest):
                    return rest
    return value


def _take_entities(path: Path, document: Document | None, corpus: Corpus) -> None:
    if document and (stray := of_another_kind(document, "entities")):
        corpus.findings.append(stray)
    elif document:
        for record in _records("entity", document, document.data, (), corpus):
            if "refines" in record.data:
                corpus.refinements.append(replace(record, kind="refinement"))
            else:
                corpus.entities.append(record)
    if not document or not isinstance(document.data, list):
        corpus.unread.append(_unread(path, entities=True))
    else:
        for item in document.data:
            name = item.get("id", item.get("refines")) if isinstance(item, dict) else None
            if not isinstance(name, str) or not _ID.fullmatch(name):
                parts = [word for value in strings(item) for word in value.split()]
                ids = frozenset(filter(_ID.fullmatch, parts))
                corpus.unread.append(Unread(path, True, ids, bool(ids)))


def _unread(path: Path, *, entities: bool) -> Unread:
    """What a file may describe that is no YAML, or no list of records."""
    try:
        text = path.read_bytes().replace(b"\0", b"").decode("utf-8", "replace")
    except OSError:
        text = ""
    found = set(_ID_IN_TEXT.findall(text))
    if not entities:
        found = {f"source/{each[1]}" for name in found if (each := _OF_SOURCE.match(name))}
    return Unread(path, entities, frozenset(found), bool(found) and text.endswith("\n"))


def strings(value: Any) -> Iterator[str]:
    """Every string in a YAML value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)


def _take_source(path: Path, document: Document | None, corpus: Corpus) -> None:
    data = document.data if document else None
    if not document or not isinstance(data, dict):
        corpus.unread.append(_unread(path, entities=False))
        if document:
            remedy = "write `source:`, `curation:` and `claims:` as in AUTHORING.md"
            stray = of_another_kind(document, "source")
            corpus.findings.append(stray or document.finding("is no mapping", remedy))
        return
    if stray := of_another_kind(document, "source"):
        corpus.findings.append(stray)
        return
    misspelt = _unknown_keys(document, corpus)
    head, source = data.get("source"), source_id(data)
    corpus.heads.append(Head(document, source))
    if isinstance(head, dict):
        corpus.sources.append(Record("source", head, document, ("source",)))
    elif not source and "source" not in misspelt:
        corpus.findings.append(_no_source(document, head))
    for kind, name, target in (
        ("curation", "curation", corpus.curations),
        ("claim", "claims", corpus.claims),
    ):
        if name in misspelt or (name == "curation" and name not in data):
            continue
        target.extend(_records(kind, document, data.get(name), (name,), corpus, source))


def _unknown_keys(document: Document, corpus: Corpus) -> set[str]:
    """The keys that stand in a source file under another name; what is unknown is told."""
    wanted = [name for name in SOURCE_KEYS if name not in document.data]
    misspelt = set()
    for name in document.data.keys() - set(SOURCE_KEYS):
        misspelt |= set(near_words(name, wanted))
        known = "the keys of a source file are source, curation and claims"
        remedy = did_you_mean(name, wanted, known)
        corpus.findings.append(document.finding(f"unknown key {quoted(name)}", remedy, (name,)))
    return misspelt


def _no_source(document: Document, head: Any) -> Finding:
    remedy = "begin the file with `source:`, its description or the id of a source described elsewhere"
    if head is None:
        return document.finding("names no source", remedy, ("source",))
    if isinstance(head, str) and re.fullmatch("[a-z0-9-]+", head):
        remedy = f"write source/{head}"
    return document.finding(f"source: {quoted(head)} is no id of a source", remedy, ("source",))


SOURCE_KEYS = ("source", "curation", "claims")
"""Keys of a source file."""

_SOURCE_ID = re.compile("source/[a-z0-9-]+")
_OF_SOURCE = re.compile("(?:source|claim)/([a-z0-9-]+)")
_ID = re.compile("[a-z-]+/[a-z0-9-]+")
_ID_OR_PART = re.compile(r"[a-z-]+/[a-z0-9-]+(#[\w.-]+)?")
_ID_IN_TEXT = re.compile(r"""\bid["']?[ \t]*:[ \t"'{[]*([a-z-]+/[a-z0-9/-]+(?:#[\w-]+)?)""")


def source_id(data: Any) -> str:
    """The id under ``source:``, where it is described or only named; empty where it is no id."""
    head = data.get("source") if isinstance(data, dict) else None
    name = head.get("id") if isinstance(head, dict) else head
    return name if isinstance(name, str) and _SOURCE_ID.fullmatch(name) else ""


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
