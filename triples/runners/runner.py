"""What work in parts is, and the plainest way to do it: one part after the other, in this process.

Work comes in two forms. *Each*: one pure function for each item, such as the check of a source. *By matter*:
a function takes the facts out of each source and says to which part each fact goes, by the matter that it
speaks of; then each part is decided by itself, with all facts that came to it from any source. What both
functions need beside their items is sent once. Functions are module-level, items and facts can be pickled;
so whoever runs them decides where, and never what comes out.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

S = TypeVar("S")
"""What all parts share."""
A = TypeVar("A")
"""An item of work: a source."""
B = TypeVar("B")
"""What is made of an item: a result, or a fact."""
C = TypeVar("C")
"""What is decided."""

Facts = Callable[[S, A, int], Iterable[tuple[int, B]]]
"""The facts of a source, each with the number of its part, out of so many."""
Decide = Callable[[S, list[B]], Iterable[C]]
"""What follows from the facts of one part."""

TOGETHER = 25_000
"""Claims that one part holds at most, as far as matters can be told apart: what bounds its memory."""


class Runner(Protocol):
    """Does work in parts. All runners give the same results, in any order."""

    def each(self, work: Callable[[S, A], B], items: Sequence[A], shared: S) -> Iterator[tuple[A, B]]:
        """Each item with what a function makes of it, as it is done."""

    def by_matter(
        self, facts: Facts[S, A, B], decide: Decide[S, B, C], sources: Sequence[A], shared: S, claims: int
    ) -> list[C]:
        """What is decided of all parts; the number of claims tells how many parts there should be."""


class InProcess:
    """One part after the other, in this process."""

    def __init__(self, together: int = TOGETHER) -> None:
        """Take the number of claims that a part may hold."""
        self._together = together

    def each(self, work: Callable[[S, A], B], items: Sequence[A], shared: S) -> Iterator[tuple[A, B]]:
        """Each item with what a function makes of it."""
        for item in items:
            yield item, work(shared, item)

    def by_matter(
        self, facts: Facts[S, A, B], decide: Decide[S, B, C], sources: Sequence[A], shared: S, claims: int
    ) -> list[C]:
        """What is decided of all parts. Nothing that is made to decide one is left for the next."""
        parts = 1 + claims // self._together
        keyed = gathered(fact for source in sources for fact in facts(shared, source, parts))
        return [found for part in sorted(keyed) for found in decide(shared, keyed.pop(part))]


IN_PROCESS = InProcess()
"""What works where nobody asks for more."""


def gathered(keyed: Iterable[tuple[int, B]]) -> dict[int, list[B]]:
    """Facts by the number of their part."""
    found: dict[int, list[B]] = defaultdict(list)
    for part, fact in keyed:
        found[part].append(fact)
    return found


def part_of(matter: str, parts: int) -> int:
    """The part to which a matter goes: the same in every process and on every machine.

    >>> part_of("<a> <b>", 1), part_of("<a> <b>", 64) == part_of("<a> <b>", 64)
    (0, True)
    """
    return zlib.crc32(matter.encode()) % parts
