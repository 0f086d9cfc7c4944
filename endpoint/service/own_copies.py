"""Fingerprints of passages beside a store: made by whoever has the originals, published with the dataset."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH, SHA256
from araxes.triples.authoring.findings import corpus_error
from araxes.triples.originals.fingerprints import FILE, numbers_in
from araxes.triples.stores.versioned_store import StoreVersion

Numbers = list[int]
"""A fingerprint as files hold it: length, two numbers for the whole, and one for each piece."""


def fingerprints_writer(folders: Iterable[Path]) -> Callable[[ox.Store, Path], None]:
    """What writes the fingerprints of a dataset's passages, as far as its corpora have them.

    Args:
        folders: of the corpora.
    """
    paths = [folder / FILE for folder in folders]

    def write(store: ox.Store, path: Path) -> None:
        known: dict[str, Numbers] = {}
        for each in paths:
            numbers, findings = numbers_in(each)
            if findings:
                raise corpus_error(findings)
            known |= numbers
        held = {quad.object.value for quad in store.quads_for_pattern(None, SHA256, None, DEFAULT_GRAPH)
                if isinstance(quad.object, ox.Literal)}  # fmt: skip
        kept = {key: numbers for key, numbers in sorted(known.items()) if key.partition("@")[0] in held}
        path.write_text(json.dumps(kept, separators=(",", ":")) + "\n", "utf-8")

    return write


class Fingerprints:
    """The fingerprints of the dataset that is served. Thread-safe: at worst they are read twice."""

    def __init__(self) -> None:
        """Know none yet."""
        self._known: tuple[str, dict[str, Numbers]] = ("", {})

    def of(self, version: StoreVersion) -> dict[str, Numbers]:
        """Key of a passage → its fingerprint; nothing where the dataset was published without them."""
        if self._known[0] != version.name:
            self._known = (version.name, _read(version.path.parent / FILE))
        return self._known[1]


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
