"""The index of names of a store version that was published without one that this release can read."""

from __future__ import annotations

import logging
import os
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from pathlib import Path

import pyoxigraph as ox

from araxes.endpoint.search.names_index import FILE, open_index, write_index
from araxes.triples.stores.versions import StoreVersion

_log = logging.getLogger("araxes.service")


def make_missing_index(version: StoreVersion) -> None:
    """Make the index of names of a version that lacks it, because another release published it.

    Otherwise every evaluator would make one for itself, which a busy machine may not do within the time of a
    query. It is made in a process of its own, which must be started before any thread. Where the folder may
    not be written, this is logged and the evaluators do it after all.
    """
    path = version.path.parent / FILE
    opened = open_index(path)
    if opened is not None:
        opened.close()
        return
    try:
        with ProcessPoolExecutor(1) as other:
            other.submit(_make, version.path, path).result()
    except (OSError, BrokenExecutor) as error:
        _log.warning("no index of names can be kept beside the store: %s", error)


def _make(store: Path, path: Path) -> None:
    """Make the file under another name first, so that nobody reads half of it."""
    temporary = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        write_index(ox.Store.read_only(str(store)), temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
