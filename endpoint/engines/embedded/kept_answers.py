"""Answers to the queries of pages that are asked for most, kept beside a store: made once for each version.

An answer is found by the whole text of its query: another one is not found and is evaluated, as is everything
in a version that was published without this file. So a page of which one part was narrowed has the others.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable
from pathlib import Path

from araxes.endpoint.search.index.index_file import IndexKind

FILE = "page-answers.sqlite"
"""Name of the file in a version's folder."""

_KIND = IndexKind(
    "the file of kept answers",
    2,
    "CREATE TABLE answer (query BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;",
    "",
)


def _key(query: str) -> bytes:
    return hashlib.sha256(query.encode()).digest()


class KeptAnswers:
    """Answers found by their queries."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read from an open file."""
        self._connection = connection

    def find(self, query: str) -> bytes | None:
        """The answer in SPARQL 1.1 JSON; ``None`` if it is not kept."""
        row = self._connection.execute("SELECT body FROM answer WHERE query = ?", (_key(query),)).fetchone()
        return zlib.decompress(row[0]) if row else None


def open_answers(path: Path) -> KeptAnswers | None:
    """Open a file of answers; ``None`` if there is none that this program can read."""
    connection = _KIND.open(path)
    return KeptAnswers(connection) if connection is not None else None


def write_answers(path: Path, answers: Iterable[tuple[str, bytes]]) -> None:
    """Make a file of answers.

    Args:
        path: of the new file.
        answers: queries and what they were answered, in SPARQL 1.1 JSON.

    Raises:
        OSError: the disk refused.
    """

    def fill(connection: sqlite3.Connection) -> None:
        rows = ((_key(query), zlib.compress(body, 1)) for query, body in answers)
        connection.executemany("INSERT OR IGNORE INTO answer VALUES (?, ?)", rows)

    _KIND.make(path, fill).close()
