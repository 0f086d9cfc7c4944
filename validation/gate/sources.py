"""A corpus in units that are checked by themselves: what they share, and each source.

A source needs the entities and other sources that it mentions, and what these mention in turn; no
source needs the claims of another. So a unit can be checked alone, in any process, and what was found
holds until its files or what they mention change (see :mod:`araxes.validation.gate.kept_results`).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import (
    Corpus,
    Record,
    as_list,
    read_entities_of,
    read_head,
    source_files,
    strings,
)
from araxes.triples.authoring.corpus_layers import CorpusFolder, Layers, files_in, line_of_key
from araxes.triples.authoring.findings import Finding, Place, did_you_mean, quoted, shown
from araxes.triples.authoring.lost_ids import Lost, lost_ids, part_id
from araxes.triples.authoring.sound_corpus import CheckedRecords, SoundCorpus, divide_corpus
from araxes.triples.authoring.unread_files import unread_files
from araxes.triples.wikidata.sssom_tables import Mappings, read_mappings_of

REJECTED = "rejected"
"""What stands for the digest of a record that the file check rejects."""

LOST = "lost"
"""What stands for the digest of a record that may be in a file that cannot be read."""

# What findings can depend on beside the records mentioned. No id begins with a space.
REJECTED_ABOUT = " what is rejected about "
"""What stands, among the ids that a unit depends on, before an id, for the records of this id or naming it,
which the file check rejects."""

REJECTED_READINGS = " readings that are rejected"
"""What stands there for all readings that the file check rejects."""

ALL_PLACES = " all ids and where they stand"
"""What stands there for all ids, of which remedies name the nearest, and the places of duplicates."""

PLACE_OF = " place of "
"""What stands there, before an id, for the lines of a record of another file."""


@dataclass(frozen=True)
class Unit:
    """Files that are checked together.

    Attributes:
        name: id of the source, or a word for what all share.
        files: its files, in order.
        folder: the corpus that they are of; none if they are of several.
    """

    name: str
    files: tuple[Path, ...]
    folder: CorpusFolder | None = None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of its corpus and its files with their names; one that cannot be read counts as blank."""
        found = hashlib.sha256(repr(self.folder).encode())
        for path in self.files:
            try:
                content = path.read_bytes()
            except OSError as error:
                content = str(error.errno).encode()
            found.update(os.fsencode(path) + f"\n{len(content)}\n".encode() + content)
        return found.hexdigest()


@dataclass
class Shared:
    """What the units of a corpus have in common: entities, heads of sources, mappings.

    Attributes:
        corpus: all entities, and the sources and readings of all files, without claims.
        mappings: the mapping tables.
        unit: the entity files and mapping tables, to be checked like a source.
        layers: the corpora it was read from.
        checked: what of the corpus is checked so far: first the heads of sources, then also the entities.
    """

    corpus: Corpus
    mappings: Mappings
    unit: Unit
    layers: Layers
    checked: CheckedRecords = field(default_factory=CheckedRecords)

    def with_checked_entities(self, findings: Iterable[Finding]) -> Shared:
        """The same with its entities divided by what the checks of their files found."""
        checked = divide_corpus(self.corpus, [*self.checked.findings, *findings])
        return Shared(self.corpus, self.mappings, self.unit, self.layers, checked)

    @cached_property
    def records(self) -> dict[str, Record]:
        """Each record by its id, and each source also by the ids of its parts."""
        found: dict[str, Record] = {}
        for record in (*self.corpus.entities, *self.corpus.sources, *self.corpus.curations):
            found.setdefault(record.id, record)
        for source in self.corpus.sources:
            for key in ("sourceText", "sourceAuthor"):
                found.setdefault(part_id(source, key), source)
        found.pop("", None)
        return found

    @cached_property
    def _lost(self) -> Lost:
        return lost_ids(self.corpus)

    @cached_property
    def _rejected(self) -> set[int]:
        return {id(record.data) for record in self.checked.rejected}

    @cached_property
    def _rejected_by_name(self) -> dict[str, list[Record]]:
        """The rejected records by their own ids and all that they name."""
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.checked.rejected:
            for name in {record.id, *strings(record.data)}:
                found[name].append(record)
        return found

    def digest(self, name: str) -> str:
        """SHA-256 of a record, :data:`REJECTED`, :data:`LOST`, or an empty string if there is no such id."""
        if name == REJECTED_READINGS:
            return _digest([record.data for record in self.checked.rejected if record.kind == "curation"])
        if name.startswith(REJECTED_ABOUT):
            about = name.removeprefix(REJECTED_ABOUT)
            return _digest([record.data for record in self._rejected_by_name.get(about, ())])
        if name == ALL_PLACES:
            return self._places
        if name.startswith(PLACE_OF):
            found = self.records.get(name.removeprefix(PLACE_OF))
            return _digest(_lines(found)) if found else ""
        record = self.records.get(name)
        if record is None:
            return LOST if self._lost.may_hold(name) else ""
        return REJECTED if id(record.data) in self._rejected else _digest(record.data)

    @cached_property
    def _places(self) -> str:
        return _digest([(name, *_place(record)) for name, record in self.records.items()])

    def reached(self, records: Iterable[Record], names: Iterable[str] = ()) -> set[str]:
        """Some ids and those that some records mention, that those mention, and so on; unknown ones too."""
        found: set[str] = set()
        agenda = [*names, *(name for record in records for name in strings(record.data))]
        while agenda:
            name = agenda.pop()
            if "/" in name and " " not in name and name not in found:
                found.add(name)
                if name in self.records:
                    agenda.extend(strings(self.records[name].data))
        return found

    def context(self, names: Iterable[str], files: Collection[Path]) -> SoundCorpus:
        """The sound records of other files that some ids stand for."""
        chosen = {id(self.records[name].data) for name in names if name in self.records}
        return self.checked.sound.part(
            lambda record: id(record.data) in chosen and record.document.path not in files
        )


def _place(record: Record) -> tuple[str, int]:
    return str(record.document.path), record.line()


def _lines(record: Record) -> list[object]:
    """Where a record and everything in it stands."""
    size = len(record.key)
    inner = [
        (*map(str, key[size:]), line)
        for key, line in record.document.lines.items()
        if key[:size] == record.key
    ]
    return [_place(record), *inner]


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def divide(layers: Layers) -> tuple[Shared, list[Unit], list[Finding]]:
    """The units of corpora in layers, without reading any claim; only the heads of sources are checked.

    Returns:
        What the sources share, one unit for each source, and what is wrong with the folders.
    """
    findings: list[Finding] = []
    every: list[Path] = []
    grouped: dict[tuple[str, CorpusFolder], list[Path]] = {}
    corpus, heads = Corpus(), Corpus()
    for folder in layers.folders:
        files, missing = source_files(folder)
        findings += [*missing, *unread_files(folder)]
        every += files
        corpus = corpus.joined(read_entities_of(folder, layers))
        for path in files:
            source, head = read_head(path, folder, layers)
            heads = heads.joined(head)
            grouped.setdefault((source or str(path), folder), []).append(path)
    corpus = corpus.joined(heads)
    findings += _unknown_curators(layers, corpus)
    checked = check_records(corpus.part(lambda _: True), set(every))
    own = [path for folder in layers.folders for path in _shared_files(folder)]
    shared = Shared(corpus, read_mappings_of(layers), Unit("entities", tuple(own)), layers, checked)
    units = [Unit(name, tuple(paths), folder) for (name, folder), paths in grouped.items()]
    return shared, sorted(units, key=lambda unit: unit.name), findings


def _unknown_curators(layers: Layers, corpus: Corpus) -> Iterator[Finding]:
    known = {entity.id: as_list(entity.data.get("type")) for entity in corpus.entities}
    curators = sorted(name for name, kinds in known.items() if "Curator" in kinds)
    for folder in layers.folders:
        place = Place(folder.file, line_of_key(folder.file, "curators") if folder.curators else 0)
        for name in folder.curators:
            if name not in known:
                remedy = did_you_mean(
                    name, curators, f"describe it in {folder.entities.name}/, as `type: Curator`"
                )
                yield Finding(place, "", f"unknown curator {quoted(name)}", remedy)
            elif name not in curators:
                remedy = (
                    f"name a thing of `type: Curator`: {', '.join(curators) or 'describe one in entities/'}"
                )
                yield Finding(place, "", f"curators: {name} is no Curator", remedy)
        if folder.originals is not None and not folder.originals.is_dir():
            message = f"originals: there is no folder {shown(folder.originals)}"
            remedy = "correct the name, or make the folder: without the texts no passage can be verified"
            if folder.originals.is_file():
                message = f"originals: {shown(folder.originals)} is a file"
                remedy = "name the folder that it lies in"
            line = Place(folder.file, line_of_key(folder.file, "originals"))
            yield Finding(line, "", message, remedy, severity="warning", shape="originals-missing")


def _shared_files(folder: CorpusFolder) -> list[Path]:
    """Description, entities and mapping tables of a corpus."""
    own = [folder.file] if folder.described else []
    return [*own, *files_in(folder.entities, "*.yaml"), *files_in(folder.mappings, "*.tsv")]
