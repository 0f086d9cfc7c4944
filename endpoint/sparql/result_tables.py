"""Answers as escaped and as plain text, written as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None


class EscapingWriter:
    """A binary file that escapes what is written for HTML text."""

    def __init__(self, output: IO[bytes]) -> None:
        """Write to ``output``."""
        self._output = output

    def write(self, data: bytes) -> int:
        """Escape and pass on; returns the number of bytes taken."""
        taken = bytes(data)
        self._output.write(taken.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;"))
        return len(taken)

    def flush(self) -> None:
        """Flush the file below."""
        self._output.flush()


def plain(term: Term) -> str:
    """A term for a terminal: no quotes, no control characters.

    >>> plain(ox.Literal("a\\nb")), plain(ox.NamedNode("http://e/x"))
    ('a b', 'http://e/x')
    """
    if term is None:
        return ""
    text = str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value
    return "".join(character if character.isprintable() else " " for character in text)


def text_table(names: Sequence[str], rows: Iterable[Sequence[str]], widest: int = 60) -> Iterable[str]:
    """Lines of a table with aligned columns; cells are cut at ``widest`` characters with an ellipsis."""
    cut = [[cell if len(cell) <= widest else cell[: widest - 1] + "…" for cell in row] for row in rows]
    widths = [max([len(name), *(len(row[index]) for row in cut)]) for index, name in enumerate(names)]
    yield "  ".join(name.ljust(width) for name, width in zip(names, widths, strict=True)).rstrip()
    yield "  ".join("─" * width for width in widths)
    for row in cut:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
