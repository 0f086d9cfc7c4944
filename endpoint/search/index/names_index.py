"""The index of names: one SQLite file beside a store, made once for each dataset version.

:func:`build_index` reads an open store and writes the file; :func:`open_index` maps it, which costs nothing,
so each evaluator has its own. A store that was published without one gets its index in memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from araxes.endpoint.search.index.index_file import IndexKind
from araxes.endpoint.search.index.indexed_entities import Entities, read_entities
from araxes.endpoint.search.index.indexed_terms import NUMBERS, Row, read_terms

FILE = "names.sqlite"
"""Name of the index in a version's folder."""

_SCHEMA = """
CREATE TABLE entity (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, label TEXT NOT NULL, description TEXT NOT NULL,
  rank INTEGER NOT NULL, known INTEGER NOT NULL);
CREATE TABLE subject (iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE label (entity INTEGER, language TEXT, text TEXT, PRIMARY KEY (entity, language)) WITHOUT ROWID;
CREATE TABLE entity_type (entity INTEGER, type TEXT, PRIMARY KEY (entity, type)) WITHOUT ROWID;
CREATE TABLE name (
  number INTEGER PRIMARY KEY, entity INTEGER NOT NULL, folded TEXT NOT NULL, joined TEXT NOT NULL,
  pieces TEXT NOT NULL, tails TEXT NOT NULL, sound TEXT NOT NULL, hidden INTEGER NOT NULL,
  words TEXT NOT NULL, weights TEXT NOT NULL);
CREATE TABLE word (
  word TEXT, name INTEGER, sound TEXT NOT NULL, weight REAL NOT NULL, part REAL NOT NULL,
  PRIMARY KEY (word, name)) WITHOUT ROWID;
CREATE TABLE pair (joined TEXT PRIMARY KEY, parts TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE initials (short TEXT, entity INTEGER, PRIMARY KEY (short, entity)) WITHOUT ROWID;
CREATE TABLE gram (gram TEXT PRIMARY KEY, names BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE letters (counts BLOB NOT NULL);
CREATE TABLE value (
  entity INTEGER, property TEXT, position INTEGER, kind TEXT NOT NULL, text TEXT NOT NULL,
  shown TEXT NOT NULL, language TEXT NOT NULL, things TEXT NOT NULL, period TEXT NOT NULL,
  PRIMARY KEY (entity, property, position)) WITHOUT ROWID;
CREATE TABLE evidence (property TEXT, key TEXT, entity INTEGER, PRIMARY KEY (property, key, entity))
  WITHOUT ROWID;
CREATE TABLE type (id TEXT PRIMARY KEY, label TEXT NOT NULL, persian TEXT NOT NULL, folded TEXT NOT NULL)
  WITHOUT ROWID;
CREATE TABLE type_above (type TEXT, above TEXT, steps INTEGER NOT NULL, PRIMARY KEY (type, above))
  WITHOUT ROWID;
CREATE TABLE property (
  id TEXT PRIMARY KEY, label TEXT NOT NULL, description TEXT NOT NULL, folded TEXT NOT NULL,
  uses INTEGER NOT NULL, in_words INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE term_text (
  term TEXT, language TEXT, label TEXT NOT NULL, definition TEXT NOT NULL, PRIMARY KEY (term, language))
  WITHOUT ROWID;
CREATE TABLE property_type (type TEXT, property TEXT, uses INTEGER NOT NULL, PRIMARY KEY (type, property))
  WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX name_by_folded ON name (folded);
CREATE INDEX name_by_joined ON name (joined);
CREATE INDEX name_by_sound ON name (sound);
CREATE INDEX word_by_sound ON word (sound);
CREATE INDEX name_by_entity ON name (entity);
CREATE INDEX type_below ON type_above (above, type);
ANALYZE;
"""


_KIND = IndexKind("the index of names", 5, _SCHEMA, _INDEXES)


class Index:
    """An open index. One thread at a time may use it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over an open connection."""
        self._connection = connection
        self._letters: memoryview | None = None

    def rows(self, query: str, *values: str | float) -> list[tuple[str | int | float, ...]]:
        """The rows of a query of ours.

        Args:
            query: SQL with ``?`` for each value.
            values: what the ``?`` stand for.
        """
        return self._connection.execute(query, values).fetchall()

    def names_sharing(self, letters: Iterable[str]) -> Counter[int]:
        """Number of each name that has some of the letter groups → how many of them."""
        query = "SELECT names FROM gram WHERE gram IN (SELECT value FROM json_each(?))"
        found: Counter[int] = Counter()
        for (names,) in self._connection.execute(query, (json.dumps(list(letters)),)):
            found.update(memoryview(names).cast(NUMBERS))
        return found

    @property
    def letters(self) -> memoryview:
        """How many letter groups a name has, by its number."""
        if self._letters is None:
            ((counts,),) = self._connection.execute("SELECT counts FROM letters")
            self._letters = memoryview(counts).cast(NUMBERS)
        return self._letters

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def build_index(store: ox.Store, path: Path | None = None, read: Entities | None = None) -> Index:
    """Make the index of a store.

    Args:
        store: holds the dataset; is only read.
        path: the file to make, which must not exist; ``None`` keeps the index in memory.
        read: the entities of the store, if they are read already.

    Raises:
        OSError: the disk refused.
    """
    entities = read or read_entities(store, read_terms(store))
    return Index(_KIND.make(path, lambda connection: _fill(connection, entities)))


def write_index(store: ox.Store, path: Path) -> None:
    """Make the index as a file, for :func:`araxes.triples.stores.versioned_store.publish`.

    Raises:
        OSError: the disk refused.
    """
    build_index(store, path).close()


def open_index(path: Path) -> Index | None:
    """Open an index that was made; ``None`` if there is none that this program can read."""
    connection = _KIND.open(path)
    return Index(connection) if connection else None


def _fill(connection: sqlite3.Connection, read: Entities) -> None:
    """Write all tables."""

    def insert(table: str, rows: Iterable[Row]) -> None:
        listed = list(rows)
        if listed:
            places = ", ".join("?" * len(listed[0]))
            # The names of the tables are our own.
            connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({places})", listed)  # noqa: S608 - as above

    for table, rows in (*read.terms.tables(read.uses), *read.tables()):
        insert(table, rows)
