"""SQLite files beside a store that hold what is looked up in it: made once, then only mapped."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class IndexKind:
    """What tells one kind of index from another.

    Attributes:
        what: it is called in messages.
        version: of its tables; a file of another is not read.
        schema: SQL that makes the tables.
        indexes: SQL for after they are filled.
    """

    what: str
    version: int
    schema: str
    indexes: str

    def make(self, path: Path | None, fill: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
        """Make an index.

        Args:
            path: the file to make, which must not exist; ``None`` keeps the index in memory.
            fill: writes the tables.

        Raises:
            OSError: the disk refused.
        """
        try:
            connection = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
            # The file is thrown away when its making fails, so it needs no journal.
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + self.schema)
            connection.execute("BEGIN")
            fill(connection)
            connection.execute("COMMIT")
            # The version comes last: a file without it is not read.
            connection.executescript(f"{self.indexes} PRAGMA user_version = {self.version};")
        except sqlite3.Error as error:
            raise OSError(f"{self.what} could not be written: {error}") from error
        return connection

    def open(self, path: Path) -> sqlite3.Connection | None:
        """Open an index that was made; ``None`` if there is none that this program can read."""
        if not path.is_file():
            return None
        # Nobody ever changes it, so no lock is taken and no journal looked for.
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        with contextlib.suppress(sqlite3.DatabaseError):
            if connection.execute("PRAGMA user_version").fetchone() == (self.version,):
                connection.executescript("PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY;")
                return connection
        connection.close()
        return None
