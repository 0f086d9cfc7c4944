"""Whether a build would make what is served already, by a digest of all that a version is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.errors import NoStoreError, StoreDamagedError
from araxes.triples.authoring.corpus_layers import Layers
from araxes.triples.originals import fingerprints
from araxes.triples.stores.versioned_store import StoreVersion, current
from araxes.validation.gate.check_corpus import CheckedCorpus
from araxes.validation.gate.kept_results import deciding
from araxes.validation.kept_questions import KeptQuestion

FILE = "made-of"
"""Name of the file in a version's folder that holds the digest."""

_ROOMS = ("endpoint", "ontology", "triples", "validation")
_APART = frozenset({"__pycache__", "corpus", "static"})
"""Folders of what is looked at otherwise, or decides nothing about a version."""


def made_of(checked: CheckedCorpus, layers: Layers, asked: Iterable[KeptQuestion]) -> str:
    """SHA-256 of all that decides about a version: records, questions, fingerprints, program, libraries.

    Args:
        checked: the corpus after its checks.
        layers: the corpora.
        asked: the competency questions.
    """
    found = hashlib.sha256(f"{deciding()} {_program()} {checked.homes!r}\n".encode())
    for unit in checked.units:
        found.update(hashlib.sha256(unit.quads.encode()).digest())
    about = ox.serialize(checked.about, format=ox.RdfFormat.N_QUADS) or b""
    found.update(b"".join(sorted(about.splitlines(keepends=True))))
    found.update("\n".join(sorted(f"{each.question!r} {sorted(each.terms)}" for each in asked)).encode())
    for folder in layers.folders:
        prints = folder.root / fingerprints.FILE
        found.update(hashlib.sha256(prints.read_bytes() if prints.exists() else b"").digest())
    return found.hexdigest()


@cache
def _program() -> str:
    """SHA-256 of the program's own files: code, rules, tables, templates; not of the shipped corpus."""
    found, root = hashlib.sha256(), Path(__file__).resolve().parents[2]
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if not path.is_file() or not _APART.isdisjoint(path.relative_to(root).parts):
                continue
            found.update(f"{path.relative_to(root)}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def already_current(store: Path, digest: str) -> StoreVersion | None:
    """The version that a store serves, if a build made it of the same; else nothing.

    Args:
        store: where stores live.
        digest: of :func:`made_of`.
    """
    try:
        version = current(store)
        same = (version.path.parent / FILE).read_text("utf-8") == digest
    except (NoStoreError, StoreDamagedError, OSError, ValueError):
        return None
    return version if same and version.path.is_dir() else None


def writer(digest: str) -> Callable[[ox.Store, Path], None]:
    """What writes the digest beside a store."""

    def write(_: ox.Store, path: Path) -> None:
        path.write_text(digest, "utf-8")

    return write
