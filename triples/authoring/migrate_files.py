"""Carries the files of a corpus over to version 0.2 of the ontology, and tells what became of each claim."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from araxes.ontology.vocabulary import vocabulary
from araxes.ontology.whole_files import write_whole
from araxes.triples.authoring.corpus import ENTITIES, as_list, yaml_files
from araxes.triples.authoring.findings import Finding, Place, corpus_error
from araxes.triples.authoring.migrated_form import form_findings
from araxes.triples.authoring.migration import Difference, Migration, compare
from araxes.triples.authoring.yaml_lines import parse_document, read_text

KINDS = ENTITIES.parent / "kinds-0.2.tsv"
"""Entities of the project that have another kind in version 0.2: id and type."""


@dataclass(frozen=True)
class Migrated:
    """One file.

    Attributes:
        path: the file.
        before: its text.
        after: its text in version 0.2.
        differences: what became of its claims; empty for a file of entities.
    """

    path: Path
    before: str
    after: str
    differences: tuple[Difference, ...]

    @property
    def changed(self) -> bool:
        """Whether the text is another one."""
        return self.before != self.after


def migrated(entities: Path, sources: Path, kinds: Path = KINDS) -> Iterator[Migrated]:
    """Every file of a corpus, carried over; nothing is written.

    Args:
        entities: folder of entity files.
        sources: folder of annotated sources.
        kinds: table of entities that get another type.

    Raises:
        CorpusError: files cannot be read, or have not the form of such files; all are named.
    """
    own = yaml_files(entities)[0]
    files = {path: _read(path, entities=path in own) for path in [*own, *yaml_files(sources)[0]]}
    if wrong := [finding for _, _, findings in files.values() for finding in findings]:
        raise corpus_error(wrong, "correct it, then migrate again")
    read = [data for _, data, _ in files.values()]
    known = {**_shipped_types(), **_types(read)}
    migration = Migration(known, vocabulary(), read_kinds(kinds), _voices(read))
    for path, (text, data, _) in files.items():
        after = migration.migrate(text)
        document, findings = parse_document(after, path)
        if document is None:
            raise corpus_error(findings, "it would be no YAML any more; nothing was written: report this")
        yield Migrated(path, text, after, tuple(compare(_claims(data), _claims(document.data), migration)))


def write(files: Iterable[Migrated]) -> int:
    """Write the files that changed.

    Returns:
        How many there were.
    """
    changed = [each for each in files if each.changed]
    for each in changed:
        write_whole(each.path, each.after)
    return len(changed)


def read_kinds(path: Path = KINDS) -> dict[str, str]:
    """The table of entities that get another type."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["type"] for row in csv.DictReader(file, delimiter="\t")}


def _read(path: Path, *, entities: bool) -> tuple[str, Any, list[Finding]]:
    """Text and contents of a file, and what is wrong with it."""
    text, findings = read_text(path)
    document, found = parse_document(text, path) if not findings else (None, findings)
    if document is None:
        return text, None, found or [Finding(Place(path), "", "is blank", "fill it or delete it")]
    return text, document.data, [*found, *form_findings(document, entities=entities)]


@cache
def _shipped_types() -> dict[str, str]:
    return _types(_read(path, entities=True)[1] for path in yaml_files(ENTITIES)[0])


def _types(contents: Iterable[Any]) -> dict[str, str]:
    entities = (item for content in contents if isinstance(content, list) for item in content)
    return {str(each["id"]): str(each.get("type", "")) for each in entities if "id" in each}


def _voices(contents: Iterable[Any]) -> dict[str, str]:
    """The one author who speaks in the voice of a source, where it is one."""
    found = {}
    for content in contents:
        source = content.get("source") if isinstance(content, dict) else None
        voice: Mapping[str, Any] = source.get("sourceAuthor", {}) if isinstance(source, dict) else {}
        authors = as_list(voice.get("author", voice.get("hasMember", [])))
        if len(authors) == 1:
            found[str(voice["id"])] = str(authors[0])
    return found


def _claims(content: Any) -> list[Mapping[str, Any]]:
    return content.get("claims", []) if isinstance(content, dict) else []
