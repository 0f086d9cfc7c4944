"""What validation found of each unit, kept until the unit or something it depends on changes.

A kept result holds if the program, the unit's files and every record that they mention are the same.
It is a file of JSON and one of N-Quads in a folder of their own; one that cannot be read counts as absent.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from araxes.ontology.errors import OutputError
from araxes.ontology.whole_files import write_whole
from araxes.triples.authoring.problems import Problem
from araxes.validation.gate.check_source import Examined
from araxes.validation.gate.report_formats import Entry
from araxes.validation.gate.shacl import Finding
from araxes.validation.gate.sources import Shared, Unit

DEFAULT_CACHE = Path(".araxes/validation")
"""Folder of kept results, unless another is named."""

_ROOMS = ("ontology", "triples", "validation")
_SUFFIXES = {".py", ".ttl", ".rq"}
_LIBRARIES = ("pyoxigraph", "pyshacl", "rdflib", "jsonschema", "PyYAML")


@cache
def program() -> str:
    """SHA-256 of everything that decides what validation finds: code, ontology, shapes, rules, libraries."""
    found = hashlib.sha256()
    root = Path(__file__).resolve().parents[2]
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in _SUFFIXES:
                found.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    for name in _LIBRARIES:
        found.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    return found.hexdigest()


class Results:
    """Kept results of units."""

    def __init__(self, folder: Path | None, *, fresh: bool = False) -> None:
        """Keep them in a folder; ``None`` keeps and finds nothing, ``fresh`` only finds nothing."""
        self._folder = folder
        self._fresh = fresh

    def find(self, unit: Unit, shared: Shared, *, quads: bool = True) -> Examined | None:
        """What was found of a unit, if it still holds; on request without what its records say."""
        if self._folder is None or self._fresh:
            return None
        path = self._path(unit)
        try:
            kept = json.loads(path.read_bytes())
            if (kept["program"], kept["unit"]) != (program(), unit.digest):
                return None
            context = kept["context"]
            if any(shared.digest(name) != digest for name, digest in context.items()):
                return None
            text = path.with_suffix(".nq").read_text("utf-8") if quads else ""
            if quads and hashlib.sha256(text.encode()).hexdigest() != kept["quads"]:
                return None
            return Examined([_entry(item) for item in kept["entries"]], kept["claims"], text, context)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, unit: Unit, found: Examined) -> None:
        """Remember what was found of a unit; a disk that refuses costs only time later."""
        if self._folder is None:
            return
        kept = {
            "program": program(),
            "unit": unit.digest,
            "context": found.context,
            "claims": found.claims,
            "entries": [asdict(entry) for entry in found.entries],
            "quads": hashlib.sha256(found.quads.encode()).hexdigest(),
        }
        path = self._path(unit)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(path.with_suffix(".nq"), found.quads)
            write_whole(path, json.dumps(kept, ensure_ascii=False, default=str))
        except (OSError, OutputError):
            return

    def _path(self, unit: Unit) -> Path:
        assert self._folder is not None  # noqa: S101 - asked only where there is one
        place = hashlib.sha256("\n".join(map(str, (unit.name, *unit.files))).encode()).hexdigest()[:16]
        return self._folder / f"{unit.name.rpartition('/')[2]}-{place}.json"


def _entry(item: dict[str, Any]) -> Entry:
    problem, finding = item["problem"], item["finding"]
    where = Problem(**{**problem, "path": Path(problem["path"])})
    return Entry(item["severity"], where, Finding(**finding) if finding else None)
