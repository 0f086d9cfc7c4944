"""Answers of the pages that are asked for most, kept beside a store: made once for each dataset version.

An answer is found by the whole of its job, queries included: a page that asks something else is not found
and is answered anew, as is everything in a version that was published without this file.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable
from pathlib import Path

from araxes.endpoint.engines.jobs import PageJob, to_wire
from araxes.endpoint.search.index_file import IndexKind

FILE = "page-answers.sqlite"
"""Name of the file in a version's folder."""

_KIND = IndexKind(
    "the file of kept answers",
    1,
    "CREATE TABLE answer (job TEXT PRIMARY KEY, kind TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;",
    "",
)


def _key(job: PageJob) -> str:
    return hashlib.sha256(json.dumps(to_wire(job), sort_keys=True).encode()).hexdigest()


class KeptAnswers:
    """Answers found by their jobs."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read from an open file."""
        self._connection = connection

    def find(self, job: PageJob) -> tuple[str, bytes] | None:
        """The kind of a job's reply, and the answer; ``None`` if it is not kept."""
        row = self._connection.execute("SELECT kind, body FROM answer WHERE job = ?", (_key(job),)).fetchone()
        return (str(row[0]), zlib.decompress(row[1])) if row else None


def open_answers(path: Path) -> KeptAnswers | None:
    """Open a file of answers; ``None`` if there is none that this program can read."""
    connection = _KIND.open(path)
    return KeptAnswers(connection) if connection is not None else None


def write_answers(path: Path, answers: Iterable[tuple[PageJob, str, bytes]]) -> None:
    """Make a file of answers.

    Args:
        path: of the new file.
        answers: jobs, the kinds of their replies, and what was written.

    Raises:
        OSError: the disk refused.
    """

    def fill(connection: sqlite3.Connection) -> None:
        rows = ((_key(job), kind, zlib.compress(body, 1)) for job, kind, body in answers)
        connection.executemany("INSERT OR IGNORE INTO answer VALUES (?, ?, ?)", rows)

    _KIND.make(path, fill).close()
