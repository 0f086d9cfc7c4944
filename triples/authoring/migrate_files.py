"""Carries the files of a corpus over to version 0.2 of the ontology, and tells what became of each claim."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from araxes.ontology.errors import InputError
from araxes.ontology.vocabulary import vocabulary
from araxes.ontology.whole_files import write_whole
from araxes.triples.authoring.corpus import ENTITIES, as_list, yaml_files
from araxes.triples.authoring.migration import Difference, Migration, compare

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
        InputError: a file is no YAML.
    """
    files = [*yaml_files(entities)[0], *yaml_files(sources)[0]]
    read = {path: _read(path) for path in files}
    known = {**_types(_read(path) for path in yaml_files(ENTITIES)[0]), **_types(read.values())}
    migration = Migration(known, vocabulary(), read_kinds(kinds), _voices(read.values()))
    for path in files:
        text = path.read_text("utf-8")
        after = migration.migrate(text)
        before, now = _claims(read[path]), _claims(yaml.load(after, _Loader))  # noqa: S506 - a safe loader
        yield Migrated(path, text, after, tuple(compare(before, now, migration)))


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


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _read(path: Path) -> Any:
    try:
        return yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise InputError(f"{path} is no YAML: {error}", "correct it, then migrate again") from error


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
