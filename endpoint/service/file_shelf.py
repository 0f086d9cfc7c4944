"""Files that were made of a dataset, kept beside its store version: who asks next need not wait.

They go when the version goes. Where the server may not write there, nothing is kept and every request makes
its file anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from araxes.ontology.errors import OutputError
from araxes.ontology.whole_files import unwritable, whole_file, write_whole
from araxes.triples.stores.versioned_store import StoreVersion

_log = logging.getLogger("araxes.files")

FOLDER = "files"
"""Name of their folder within a store version."""

DIGEST = ".sha256"
"""What the name of a file's digest adds to its own."""
_CHUNK = 1 << 20


class Readable(Protocol):
    """What can be read in pieces."""

    def read(self, size: int = -1) -> bytes:
        """The next bytes; none at the end."""


class BusyError(Exception):
    """A file is being made already; so much memory is there once."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file on the shelf.

    Attributes:
        path: where it is.
        size: bytes.
        digest: SHA-256 (hex).
    """

    path: Path
    size: int
    digest: str


class FileShelf:
    """The files of all versions. Thread-safe."""

    def __init__(self) -> None:
        """Nothing is under way."""
        self._making = threading.Lock()
        self._told = False

    def kept(self, version: StoreVersion, name: str) -> KeptFile | None:
        """A file of a version, if it is there."""
        path = version.path.parent / FOLDER / name
        try:
            return KeptFile(path, path.stat().st_size, path.with_name(name + DIGEST).read_text("ascii"))
        except (OSError, ValueError):
            return None

    @contextlib.contextmanager
    def making(self) -> Iterator[None]:
        """Make a file meanwhile.

        Raises:
            BusyError: another is being made.
        """
        if not self._making.acquire(blocking=False):
            raise BusyError
        try:
            yield
        finally:
            self._making.release()

    def keep(self, version: StoreVersion, name: str, content: Readable) -> KeptFile | None:
        """Keep a file; ``None`` where nothing can be kept.

        Args:
            version: of the dataset.
            name: of the file.
            content: at its start; is read to its end.
        """
        folder = version.path.parent / FOLDER
        try:
            folder.mkdir(exist_ok=True)
            hasher = hashlib.sha256()
            with whole_file(folder / name) as out:
                while chunk := content.read(_CHUNK):
                    hasher.update(chunk)
                    out.write(chunk)
                write_whole(folder / (name + DIGEST), hasher.hexdigest())
        except (OSError, OutputError) as error:
            if not self._told:
                told = unwritable(str(folder), error) if isinstance(error, OSError) else error
                _log.warning("files are not kept: %s", told.message)
                self._told = True
            return None
        return self.kept(version, name)
