"""The full-text index: one SQLite file (FTS5) beside a store, made once for each dataset version.

Its words are folded as names are, so that it finds a word in every spelling; what is shown is kept as it was
written.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from araxes.endpoint.search.index.index_file import IndexKind
from araxes.endpoint.search.index.indexed_entities import Entities
from araxes.endpoint.search.index.text_rows import TextRow, text_rows
from araxes.endpoint.search.likeness.folding import joined_pairs, sounds, text_words

FILE = "text.sqlite"
"""Name of the index in a version's folder."""

SHORTEST_CORRECTED = 4
"""Letters of the shortest word of which slips are corrected."""

LONGEST_CORRECTED = 40
"""Letters of the longest such word."""

_SCHEMA = """
CREATE TABLE item (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL UNIQUE,
  weight REAL NOT NULL, mentions INTEGER NOT NULL);
CREATE TABLE span (kind TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE shown (item INTEGER, language TEXT, title TEXT NOT NULL, body TEXT NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (item, language)) WITHOUT ROWID;
CREATE TABLE other (item INTEGER, place INTEGER, name TEXT NOT NULL, PRIMARY KEY (item, place)) WITHOUT ROWID;
CREATE TABLE whole_name (folded TEXT, item INTEGER, PRIMARY KEY (folded, item)) WITHOUT ROWID;
CREATE VIRTUAL TABLE text USING fts5 (
  title, body, names, pairs, content = '', prefix = '2 3 4',
  tokenize = 'porter unicode61 remove_diacritics 0');
CREATE TABLE word (folded TEXT PRIMARY KEY, sound TEXT NOT NULL, uses INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE slip (left TEXT, folded TEXT, PRIMARY KEY (left, folded)) WITHOUT ROWID;
"""
_INDEXES = """
INSERT INTO span SELECT kind, MIN(number), MAX(number) FROM item GROUP BY kind;
CREATE INDEX word_by_sound ON word (sound);
INSERT INTO text (text) VALUES ('optimize');
ANALYZE;
"""
_KIND = IndexKind("the full-text index", 2, _SCHEMA, _INDEXES)


class TextIndex:
    """An open index. One thread at a time may use it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over an open connection."""
        self._connection = connection

    def rows(self, query: str, *values: str | float) -> list[tuple[str | int | float, ...]]:
        """The rows of a query of ours.

        Args:
            query: SQL with ``?`` for each value.
            values: what the ``?`` stand for.
        """
        return self._connection.execute(query, values).fetchall()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def build_text_index(
    store: ox.Store, path: Path | None = None, further: Iterable[TextRow] = (), read: Entities | None = None
) -> TextIndex:
    """Make the index of a store.

    Args:
        store: holds the dataset; is only read.
        path: the file to make, which must not exist; ``None`` keeps the index in memory.
        further: what can be found beside that which the store holds.
        read: the entities of the store, if they are read already.

    Raises:
        OSError: the disk refused.
    """
    rows = chain(text_rows(store, read), further)
    return TextIndex(_KIND.make(path, lambda connection: _fill(connection, rows)))


def open_text_index(path: Path) -> TextIndex | None:
    """Open an index that was made; ``None`` if there is none that this program can read."""
    connection = _KIND.open(path)
    return TextIndex(connection) if connection else None


def _fill(connection: sqlite3.Connection, rows: Iterable[TextRow]) -> None:
    uses: Counter[str] = Counter()
    known: set[str] = set()
    for number, row in enumerate(rows, 1):
        # In a dataset without the ontology a claim may pass for an entity: then it is found as that.
        if row.path in known:
            continue
        known.add(row.path)
        _fill_shown(connection, number, row)
        texts = (row.title.values(), row.body.values(), row.names)
        columns = [[text_words(text) for text in found] for found in texts]
        pairs = [pair for found in columns for words in found for pair in joined_pairs(words)]
        connection.execute(
            "INSERT INTO text (rowid, title, body, names, pairs) VALUES (?, ?, ?, ?, ?)",
            (number, *(_line(found) for found in columns), " ".join(pairs)),
        )
        uses.update(word for found in columns for words in found for word in words)
        if row.kind == "name":
            # So that a slip in a name that others write together is corrected, too.
            uses.update(set(pairs))
    _fill_words(connection, uses)


def _fill_shown(connection: sqlite3.Connection, number: int, row: TextRow) -> None:
    """What is shown of a thing, and its names."""
    connection.execute(
        "INSERT INTO item VALUES (?, ?, ?, ?, ?)",
        (number, row.kind, row.path, math.log1p(row.mentions), row.mentions),
    )
    shown = (
        (number, tag, *(texts.get(tag, "") for texts in (row.title, row.body, row.note)))
        for tag in dict.fromkeys([*row.title, *row.body])
    )
    connection.executemany("INSERT INTO shown VALUES (?, ?, ?, ?, ?)", shown)
    names = dict.fromkeys((*row.title.values(), *row.names))
    if row.kind in ("name", "term"):
        others = ((number, place, name) for place, name in enumerate(names))
        connection.executemany("INSERT INTO other VALUES (?, ?, ?)", others)
    if row.kind == "name":
        wholes = {" ".join(text_words(name)) for name in names} - {""}
        connection.executemany("INSERT INTO whole_name VALUES (?, ?)", ((name, number) for name in wholes))


def _line(texts: list[list[str]]) -> str:
    """The words of a column. A mark that is none of any text keeps phrases from reaching over texts."""
    return " 0x0 ".join(" ".join(words) for words in texts)


def _fill_words(connection: sqlite3.Connection, uses: Counter[str]) -> None:
    words = sorted(word for word in uses if SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED)
    connection.executemany(
        "INSERT INTO word VALUES (?, ?, ?)", ((word, sounds(word), uses[word]) for word in words)
    )
    connection.executemany(
        "INSERT OR IGNORE INTO slip VALUES (?, ?)",
        ((left, word) for word in words if not word.isdecimal() for left in one_left_out(word)),
    )


def one_left_out(word: str) -> Iterator[str]:
    """A word, and the same with each of its letters left out: slips of one letter meet there.

    >>> sorted(one_left_out("abc"))
    ['ab', 'abc', 'ac', 'bc']
    """
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
