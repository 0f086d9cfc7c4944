"""Answers on their way: files without a name, within one budget.

A nameless file vanishes with its last descriptor, so whatever is killed leaves nothing to
clean up.
"""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from araxes.ontology.errors import AraxesError


class SpoolFullError(AraxesError):
    """There is no room for another answer."""


class Spool:
    """Hands out nameless files as long as all of them together stay within ``budget`` bytes."""

    def __init__(self, folder: str, budget: int) -> None:
        """Use ``folder``, or the system's temporary folder when it is empty.

        Raises:
            AraxesError: the folder cannot be written.
        """
        self.folder = folder or tempfile.gettempdir()
        self._budget = budget
        self._lock = threading.Lock()
        self._open: dict[int, Answer] = {}
        try:
            self._new().close()
        except OSError as error:
            raise AraxesError(
                f"answers cannot be spooled in {self.folder}: {error.strerror}",
                "name a writable folder with --spool-dir",
            ) from error

    def open(self) -> Answer:
        """A new empty file.

        Raises:
            SpoolFullError: the budget is used up or the disk is full.
        """
        with self._lock:
            if sum(answer.size for answer in self._open.values()) >= self._budget:
                raise SpoolFullError("the spool holds as many answers as it may")
            try:
                answer = self._new()
            except OSError as error:
                raise SpoolFullError(f"the spool cannot take an answer: {error.strerror}") from error
            self._open[id(answer)] = answer
            return answer

    def used(self) -> int:
        """Bytes in use now."""
        with self._lock:
            return sum(answer.size for answer in self._open.values())

    def _new(self) -> Answer:
        if hasattr(os, "O_TMPFILE"):
            try:
                handle = os.open(self.folder, os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600)
                return Answer(handle, self)
            except OSError:
                pass  # a file system without nameless files: make one and take its name away
        handle, name = tempfile.mkstemp(dir=self.folder)
        Path(name).unlink()
        return Answer(handle, self)

    def forget(self, answer: Answer) -> None:
        """Called by an answer when it is closed."""
        with self._lock:
            self._open.pop(id(answer), None)


class Answer:
    """One nameless file; also the binary file that WSGI servers send."""

    def __init__(self, descriptor: int, spool: Spool) -> None:
        """Own ``descriptor`` until closed."""
        self.descriptor = descriptor
        self._spool = spool
        self._file = os.fdopen(descriptor, "rb", closefd=True)

    @property
    def size(self) -> int:
        """Bytes written so far; 0 when closed."""
        try:
            return os.fstat(self.descriptor).st_size
        except OSError:
            return 0

    def content(self) -> bytes:
        """The whole content."""
        return os.pread(self.descriptor, self.size, 0)

    def rewind(self) -> None:
        """Read from the start: the descriptor shares its offset with the writer's."""
        self._file.seek(0)

    def read(self, size: int = -1) -> bytes:
        """As files do."""
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """As files do."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As files do."""
        return self._file.tell()

    def fileno(self) -> int:
        """As files do."""
        return self.descriptor

    def close(self) -> None:
        """Free the space. May be called twice."""
        self._spool.forget(self)
        self._file.close()

    def __enter__(self) -> Self:
        """For ``with``."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()
