"""A corpus in units that are validated by themselves: what they share, and each source.

A source needs the entities and other sources that it mentions, and what these mention in turn; no
source needs the claims of another. So a unit can be checked alone, in any process, and what was found
holds until its files or what they mention change (see :mod:`araxes.validation.gate.kept_results`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from araxes.triples.authoring.corpus import Corpus, Record, read_entities, read_head, yaml_files
from araxes.triples.authoring.problems import Problem
from araxes.triples.wikidata.sssom_tables import Mappings, read_mappings

REJECTED = "rejected"
"""What stands for the digest of a record that the file check rejects."""


@dataclass(frozen=True)
class Unit:
    """Files that are validated together.

    Attributes:
        name: id of the source, or a word for what all share.
        files: its files, in order.
    """

    name: str
    files: tuple[Path, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the names and contents of its files."""
        found = hashlib.sha256()
        for path in self.files:
            content = path.read_bytes() if path.is_file() else b""
            found.update(f"{path}\n{len(content)}\n".encode() + content)
        return found.hexdigest()


@dataclass
class Shared:
    """What the units of a corpus have in common: entities, heads of sources, mappings.

    Attributes:
        corpus: all entities, and the sources and readings of all files, without claims.
        mappings: the mapping tables.
        unit: the entity files and mapping tables, to be validated like a source.
        removed: entities that the file check rejects.
    """

    corpus: Corpus
    mappings: Mappings
    unit: Unit
    removed: list[Record] = field(default_factory=list)

    @cached_property
    def records(self) -> dict[str, Record]:
        """Each record by its id and by the ids within it."""
        found: dict[str, Record] = {}
        for record in (*self.corpus.entities, *self.corpus.sources, *self.corpus.curations):
            inner = [value.get("id") for value in record.data.values() if isinstance(value, dict)]
            for name in (record.id, *inner):
                if isinstance(name, str):
                    found.setdefault(name, record)
        return found

    @cached_property
    def _rejected(self) -> set[int]:
        return {id(record.data) for record in self.removed}

    def digest(self, name: str) -> str:
        """SHA-256 of a record, :data:`REJECTED`, or an empty string if there is no such id."""
        record = self.records.get(name)
        if record is None:
            return ""
        if id(record.data) in self._rejected:
            return REJECTED
        return hashlib.sha256(json.dumps(record.data, sort_keys=True, default=str).encode()).hexdigest()

    def reached(self, records: Iterable[Record]) -> set[str]:
        """Every id that some records mention, that those mention, and so on; unknown ones too."""
        found: set[str] = set()
        agenda = [name for record in records for name in mentioned(record.data)]
        while agenda:
            name = agenda.pop()
            if "/" in name and " " not in name and name not in found:
                found.add(name)
                if name in self.records:
                    agenda.extend(mentioned(self.records[name].data))
        return found

    def context(self, names: Iterable[str], files: Collection[Path]) -> Corpus:
        """The sound records of other files that some ids stand for."""
        chosen = {id(self.records[name].data) for name in names if name in self.records} - self._rejected

        def of(records: list[Record]) -> list[Record]:
            return [r for r in records if id(r.data) in chosen and r.document.path not in files]

        return Corpus(of(self.corpus.entities), of(self.corpus.sources), of(self.corpus.curations))


def mentioned(value: Any) -> Iterator[str]:
    """Every string in a YAML value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from mentioned(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from mentioned(item)


def divide(entities: Path, sources: Path) -> tuple[Shared, list[Unit], list[Problem]]:
    """The units of a corpus, without reading any claim.

    Args:
        entities: folder of entity files; the mapping tables lie in ``mappings`` beside it.
        sources: folder of annotated sources.

    Returns:
        What the sources share, one unit for each source, and what is wrong with the folders.
    """
    files, problems = yaml_files(sources)
    grouped: dict[str, list[Path]] = {}
    heads = Corpus()
    for path in files:
        source, head = read_head(path)
        heads = heads.joined(head)
        grouped.setdefault(source or str(path), []).append(path)
    tables = entities.parent / "mappings"
    own = (*sorted(entities.glob("*.yaml")), *sorted(tables.glob("*.tsv")))
    shared = Shared(read_entities(entities).joined(heads), read_mappings(tables), Unit("entities", own))
    return shared, [Unit(name, tuple(paths)) for name, paths in sorted(grouped.items())], problems
