"""Answers on their way: files without a name, within one budget that is fair between clients.

A nameless file vanishes with its last descriptor, so whatever is killed leaves nothing to
clean up. Room is reserved when an answer is opened, for all that it may become, so that the budget holds
whatever is written. The last room for an answer is for a client that has none under evaluation, since nothing
but time takes it from one that has. When there is no room left, whoever has most gives way: the answer of the
client with the largest share that is taken most slowly is dropped, if that leaves its client no worse off
than the one who asks, or if nothing of it has been taken for a while. A client that has the largest share
itself is told to take what it has asked for.

This is the budget of all answers together (``spool_size``). That one answer stays within its own
(``result_size``) is held in the process that writes it: :mod:`.process_limits`.
"""

from __future__ import annotations

import io
import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Self

from araxes.ontology.errors import AraxesError

_STALLED = 5.0
"""Seconds without progress after which an answer may be dropped for anybody."""
_TICK = 0.1


class SpoolFullError(AraxesError):
    """There is no room for another answer."""


class Spool:
    """Hands out nameless files as long as all of them together stay within a budget. Thread-safe."""

    def __init__(self, folder: str, budget: int, largest: int = 0) -> None:
        """Use ``folder``, or the system's temporary folder when it is empty, for ``budget`` bytes.

        Args:
            folder: where the files are.
            budget: bytes of all answers together.
            largest: bytes that a client with an answer under evaluation leaves to others.

        Raises:
            AraxesError: the folder cannot be written.
        """
        self.folder = folder or tempfile.gettempdir()
        self._budget = budget
        self._largest = largest
        self._change = threading.Condition()
        self._open: set[SpooledAnswer] = set()
        self._waiting: list[SpooledAnswer] = []
        self._reserved = 0
        try:
            self._new_file().close()
        except OSError as error:
            raise AraxesError(
                f"answers cannot be spooled in {self.folder}: {error.strerror}",
                "name a writable folder with --spool-dir",
            ) from error

    def open(self, size: int, client: str = "", longest: float = 0.0) -> SpooledAnswer:
        """A new empty file.

        Args:
            size: bytes that it may become; they are reserved until :meth:`SpooledAnswer.complete`.
            client: whose answer it will be.
            longest: seconds to wait for room.

        Raises:
            SpoolFullError: there is no room, or none for this client, or the disk is full.
        """
        try:
            answer = SpooledAnswer(self._new_file(), self, size, client)
        except OSError as error:
            raise SpoolFullError(f"the spool cannot take an answer: {error.strerror}") from error
        try:
            self._reserve(answer, time.monotonic() + longest)
        except SpoolFullError:
            answer.close()
            raise
        return answer

    def _reserve(self, answer: SpooledAnswer, end: float) -> None:
        """Wait for room; of those who wait, whoever has least comes first.

        Raises:
            SpoolFullError: there is none.
        """
        with self._change:
            self._waiting.append(answer)
            try:
                while not self._may_enter(answer):
                    if time.monotonic() >= end:
                        raise SpoolFullError("the spool holds as many answers as it may")
                    self._change.wait(min(_TICK, max(0.0, end - time.monotonic())))
                self._reserved += answer.reserved
                self._open.add(answer)
            finally:
                self._waiting.remove(answer)
                self._change.notify_all()

    def _may_enter(self, answer: SpooledAnswer) -> bool:
        """Whether there is room and nobody waits with a better right to it; sees to it that there will be.

        Raises:
            SpoolFullError: this client has more than all others, and takes none of it.
        """
        if not self._fits(answer):
            if self._reserved + answer.reserved > self._budget:
                self._make_room(answer.client, answer.reserved)
            return False
        able = [waiting for waiting in self._waiting if waiting is answer or self._fits(waiting)]
        if len(able) == 1:
            return True
        shares = self._shares()
        return min(able, key=lambda waiting: shares[waiting.client]) is answer

    def _fits(self, answer: SpooledAnswer) -> bool:
        """Whether there is room for an answer beside what its client must leave to others."""
        more = any(entry.client == answer.client and not entry.whole for entry in self._open)
        return self._reserved + answer.reserved + (self._largest if more else 0) <= self._budget

    def _shares(self) -> Counter[str]:
        """Client → bytes reserved for it."""
        shares: Counter[str] = Counter()
        for answer in self._open:
            shares[answer.client] += answer.reserved
        return shares

    def used(self) -> int:
        """Bytes in use now."""
        with self._change:
            return sum(answer.size for answer in self._open)

    def reserved(self) -> int:
        """Bytes that count against the budget: what answers have become, or may become."""
        with self._change:
            return self._reserved

    def _make_room(self, client: str, size: int) -> None:
        """Have an answer dropped, unless one is being dropped already or none may be.

        Raises:
            SpoolFullError: this client has more than all others, and takes it.
        """
        if any(answer.dropping for answer in self._open):
            return
        shares = self._shares()
        now = time.monotonic()

        def may_go(answer: SpooledAnswer) -> bool:
            if answer.drop is None:
                return False  # it is not complete, or its connection cannot be closed from here
            rest = shares[answer.client] - answer.reserved
            return now - answer.moved > _STALLED or (
                answer.client != client and rest >= shares[client] + size
            )

        leaving = [answer for answer in self._open if may_go(answer)]
        if leaving:
            slowest = max(leaving, key=lambda answer: (shares[answer.client], answer.slowness(now)))
            slowest.dropping = True
            assert slowest.drop is not None  # noqa: S101 -- else it may not go
            slowest.drop()
        elif any(answer.client == client and answer.drop for answer in self._open) and (
            shares[client] >= max(shares.values())
        ):
            raise SpoolFullError("this client has most of the spool: it must take the answers it asked for")

    def _new_file(self) -> io.FileIO:
        return tempfile.TemporaryFile(dir=self.folder, buffering=0)

    def shrink(self, answer: SpooledAnswer, size: int) -> None:
        """Called by an answer that needs only so much room from now on."""
        with self._change:
            if answer in self._open:
                self._reserved += size - answer.reserved
                answer.reserved = size
                self._change.notify_all()

    def forget(self, answer: SpooledAnswer) -> None:
        """Called by an answer that is closed."""
        with self._change:
            if answer in self._open:
                self._open.remove(answer)
                self._reserved -= answer.reserved
                self._change.notify_all()


class SpooledAnswer:
    """One nameless file; also the binary file that WSGI servers send.

    Attributes:
        client: whose it is.
        reserved: bytes that count against the budget.
        drop: closes the connection that takes it; ``None`` until one does.
        dropping: whether that was called.
        whole: whether nothing more is written.
        moved: when a further part of it was taken, on the monotonic clock.
    """

    def __init__(self, file: io.FileIO, spool: Spool, reserved: int, client: str) -> None:
        """Own ``file`` until closed."""
        self._file = file
        self._spool = spool
        self.client = client
        self.reserved = reserved
        self.drop: Callable[[], None] | None = None
        self.dropping = False
        self.whole = False
        self.moved = self._begun = time.monotonic()
        self._seen = 0

    @property
    def size(self) -> int:
        """Bytes written so far; 0 when closed."""
        try:
            return os.fstat(self._file.fileno()).st_size
        except (OSError, ValueError):
            return 0

    def complete(self) -> None:
        """Nothing more is written: keep only the room it needs, and go to its start.

        The descriptor shares its offset with the writer's.
        """
        self._file.seek(0)
        self.whole = True
        self._spool.shrink(self, self.size)

    def taken_by(self, drop: Callable[[], None] | None) -> None:
        """It is sent from now on; ``drop`` closes the connection."""
        self.moved = self._begun = time.monotonic()
        self.drop = drop

    def slowness(self, now: float) -> float:
        """Seconds for each byte taken."""
        return (now - self._begun) / (1 + self._seen)

    def content(self) -> bytes:
        """The whole content."""
        return os.pread(self._file.fileno(), self.size, 0)

    def write(self, data: bytes) -> None:
        """Write all of it.

        Raises:
            OSError: the disk is full.
        """
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]

    def read(self, size: int = -1) -> bytes:
        """As files do. Whoever reads on from a new place has taken what was before it."""
        place = self._file.tell()
        if place != self._seen:
            self._seen = place
            self.moved = time.monotonic()
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """As files do."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As files do."""
        return self._file.tell()

    def fileno(self) -> int:
        """As files do."""
        return self._file.fileno()

    def close(self) -> None:
        """Free the space. May be called twice."""
        self._file.close()
        self._spool.forget(self)

    def __enter__(self) -> Self:
        """For ``with``."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()
