"""What validation found of each unit, kept until the unit or something it depends on changes.

A kept result holds if the program, the unit's files and every record that they mention are the same; one that
tells of a date in the future, only for its day; and none in days before its own.
It is a file of JSON and one of N-Quads in a folder of their own; one that cannot be read counts as absent.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import re
import sys
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from araxes.ontology.errors import OutputError
from araxes.ontology.modules_at_work import modules_in_use
from araxes.ontology.whole_files import write_whole
from araxes.triples.authoring import plausible_dates
from araxes.triples.authoring.findings import Finding, Place
from araxes.validation.gate.check_source import CheckedUnit
from araxes.validation.gate.sources import Shared, Unit

DEFAULT_CACHE = Path(".araxes/validation")
"""Folder of kept results, unless another is named."""

_ROOMS = ("ontology", "triples", "validation")
_SUFFIXES = {".py", ".ttl", ".rq"}
WORDS = "validation/gate/wording"
"""Folder of the tables of words."""


@cache
def program() -> str:
    """SHA-256 of all that decides what validation finds: code, ontology, shapes, rules, words, libraries."""
    found = hashlib.sha256()
    root = Path(__file__).resolve().parents[2]
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in _SUFFIXES or (path.suffix == ".tsv" and path.parent == root / WORDS):
                found.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    found.update(f"Python {sys.version}\n".encode())
    for name, version in sorted(libraries().items()):
        found.update(f"{name} {version}\n".encode())
    return found.hexdigest()


def deciding() -> str:
    """What decides beside the corpora, as SHA-256: the program, and modules of corpora."""
    own = "".join(module.working for module in modules_in_use())
    return f"{program()} {hashlib.sha256(own.encode()).hexdigest()}" if own else program()


@cache
def libraries(name: str = "araxes") -> dict[str, str]:
    """All that an installed package needs, with its version: any of it may decide a date or a shape."""
    found: dict[str, str] = {}
    agenda = [name]
    while agenda:
        for requirement in importlib.metadata.requires(agenda.pop()) or []:
            needed = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
            if "extra ==" in requirement or needed in found:
                continue
            try:
                found[needed] = importlib.metadata.version(needed)
            except importlib.metadata.PackageNotFoundError:
                continue  # wanted only on other systems
            agenda.append(needed)
    return found


class Results:
    """Kept results of units."""

    def __init__(self, folder: Path | None, *, fresh: bool = False) -> None:
        """Keep them in a folder; ``None`` keeps and finds nothing, ``fresh`` only finds nothing."""
        self._folder = folder
        self.fresh = fresh

    def find(self, unit: Unit, shared: Shared, *, quads: bool = True) -> CheckedUnit | None:
        """What was found of a unit, if it still holds; on request without what its records say."""
        if self._folder is None or self.fresh:
            return None
        path = self._path(unit)
        try:
            kept = json.loads(path.read_bytes())
            if (kept["program"], kept["unit"]) != (deciding(), unit.digest) or not _of_today(kept):
                return None
            context = kept["context"]
            if any(shared.digest(name) != digest for name, digest in context.items()):
                return None
            text = path.with_suffix(".nq").read_text("utf-8") if quads else ""
            if quads and hashlib.sha256(text.encode()).hexdigest() != kept["quads"]:
                return None
            findings = [_finding(item) for item in kept["findings"]]
            return CheckedUnit(findings, kept["claims"], text, context, kept["situations"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def keep(self, unit: Unit, found: CheckedUnit) -> None:
        """Remember what was found of a unit; a disk that refuses costs only time later."""
        if self._folder is None:
            return
        kept = {
            "program": deciding(),
            "unit": unit.digest,
            "day": plausible_dates.present_day().isoformat(),
            "daily": any(map(plausible_dates.is_of_one_day, found.findings)),
            "context": found.context,
            "claims": found.claims,
            "situations": found.situations,
            "findings": [asdict(finding) for finding in found.findings],
            "quads": hashlib.sha256(found.quads.encode()).hexdigest(),
        }
        path = self._path(unit)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(path.with_suffix(".nq"), found.quads)
            write_whole(path, json.dumps(kept, default=str))
        except (OSError, OutputError):
            return

    def _path(self, unit: Unit) -> Path:
        assert self._folder is not None  # noqa: S101 - asked only where there is one
        names = "\n".join(map(str, (unit.name, *unit.files)))
        place = hashlib.sha256(os.fsencode(names)).hexdigest()[:16]
        return self._folder / f"{re.sub('[^a-z0-9-]', '', unit.name.rpartition('/')[2])[:60]}-{place}.json"


def _of_today(kept: dict[str, Any]) -> bool:
    """Whether a kept result says what would be found on the present day."""
    day = plausible_dates.present_day().isoformat()
    return bool(kept["day"] == day if kept["daily"] else kept["day"] <= day)


def _finding(item: dict[str, Any]) -> Finding:
    place = Place(Path(item["place"]["path"]), item["place"]["line"])
    return Finding(**{**item, "place": place})
