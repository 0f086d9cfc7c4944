"""The plain baseline: claims whose paraphrases hold the words of the question, the likeliest first (BM25)."""

from __future__ import annotations

import re
import sqlite3

import pyoxigraph as ox

from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH, PARAPHRASE
from araxes.ontology.spelling import plain
from araxes.validation.benchmark.gold import BenchmarkQuestion
from araxes.validation.benchmark.scoring import AnswerPosition, SystemAnswer

MOST = 10
"""Claims that are cited."""


class TextSearch:
    """Paraphrases in a full-text index of SQLite (FTS5)."""

    def __init__(self, store: ox.Store) -> None:
        """Index the paraphrases of a dataset."""
        self._index = sqlite3.connect(":memory:")
        self._index.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(claim UNINDEXED, language UNINDEXED, text)"
        )
        quads = store.quads_for_pattern(None, PARAPHRASE, None, DEFAULT_GRAPH)
        rows = [
            (quad.subject.value, quad.object.language, plain(quad.object.value))
            for quad in quads
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
        ]
        self._index.executemany("INSERT INTO texts VALUES (?, ?, ?)", sorted(rows))

    def answer(self, question: BenchmarkQuestion, language: str) -> SystemAnswer:
        """Each claim found is an answer of its own: nothing tells which of them stand against each other."""
        words = dict.fromkeys(re.findall(r"\w+", plain(question.text[language])))
        match = " OR ".join(f'"{word}"' for word in words)
        found = self._index.execute(
            "SELECT claim, text FROM texts WHERE texts MATCH ? AND language = ? ORDER BY rank, claim LIMIT ?",
            (match, language, MOST),
        ).fetchall()
        positions = tuple(AnswerPosition(text, (claim,), {}) for claim, text in found)
        return SystemAnswer(question.id, language, positions, no_source=not positions)
