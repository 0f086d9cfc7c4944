"""The answers used last, kept in memory by their entity tags."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer in memory."""

    tag: str
    media_type: str
    body: bytes


class ResultCache:
    """The answers used last, within a number of bytes. An answer over an eighth of it is not kept."""

    def __init__(self, size: int) -> None:
        """Keep at most ``size`` bytes; 0 keeps none."""
        self._size = size
        self._used = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def get(self, tag: str) -> Kept | None:
        """The answer of an entity tag."""
        with self._lock:
            found = self._kept.get(tag)
            if found is not None:
                self._kept.move_to_end(tag)
            return found

    def fits(self, size: int) -> bool:
        """Whether an answer of so many bytes would be kept."""
        return size <= self._size // 8

    def put(self, kept: Kept) -> None:
        """Keep an answer, dropping those not used for longest."""
        if not self.fits(len(kept.body)):
            return
        with self._lock:
            old = self._kept.pop(kept.tag, None)
            self._used += len(kept.body) - (len(old.body) if old else 0)
            self._kept[kept.tag] = kept
            while self._used > self._size:
                _, dropped = self._kept.popitem(last=False)
                self._used -= len(dropped.body)
