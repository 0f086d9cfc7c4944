"""The indexes of a store version that was published without those that this release can read."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from araxes.endpoint.search.index import names_index, text_index
from araxes.endpoint.search.index.names_index import Index, open_index, write_index
from araxes.endpoint.search.index.question_rows import write_text_index
from araxes.endpoint.search.index.text_index import TextIndex, open_text_index
from araxes.triples.stores.versioned_store import StoreVersion

_log = logging.getLogger("araxes.service")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of index: name of its file, what opens one and what makes one."""

    file: str
    open: Callable[[Path], Index | TextIndex | None]
    write: Callable[[ox.Store, Path], None]


_KINDS = (
    _Kind(names_index.FILE, open_index, write_index),
    _Kind(text_index.FILE, open_text_index, write_text_index),
)


def make_missing_index(version: StoreVersion) -> None:
    """Make the indexes of a version that lacks them, because another release published it.

    Otherwise every evaluator would make them for itself, which a busy machine may not do within the time of a
    query. They are made in a process of its own, which must be started before any thread. Where the folder
    may not be written, this is logged and the evaluators do it after all.
    """
    missing = [kind for kind in _KINDS if not _is_there(kind, version.path.parent)]
    if not missing:
        return
    try:
        with ProcessPoolExecutor(1) as other:
            other.submit(_make, version.path, [kind.file for kind in missing]).result()
    except (OSError, BrokenExecutor) as error:
        _log.warning("no index can be kept beside the store: %s", error)


def _is_there(kind: _Kind, folder: Path) -> bool:
    opened = kind.open(folder / kind.file)
    if opened is None:
        return False
    opened.close()
    return True


def _make(path: Path, files: list[str]) -> None:
    """Make the files under other names first, so that nobody reads half of one."""
    store = ox.Store.read_only(str(path))
    for kind in _KINDS:
        if kind.file in files:
            temporary = path.with_name(f".{kind.file}-{os.getpid()}")
            try:
                kind.write(store, temporary)
                temporary.replace(path.with_name(kind.file))
            finally:
                temporary.unlink(missing_ok=True)
