"""Competency questions: what the graph must be able to answer, each a query with its expected answer.

A question is ``questions/NAME.rq``, headed by comment lines ``# en:``, ``# fa:`` and ``# family:``, beside
``questions/NAME.csv``, the expected answer in SPARQL 1.1 CSV. Order counts where the query orders.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.languages import LANGUAGES
from araxes.triples.authoring.corpus_layers import SHIPPED, Layers, files_in, shipped_corpus
from araxes.triples.authoring.headed_queries import read_headed_queries, text_of
from araxes.validation.roomy_thread import with_room

QUESTIONS = SHIPPED / "questions"
"""Folder of the questions of the shipped corpus."""

FAMILIES = ("events", "threats", "culture", "figures", "claims")
"""Actors and events over time; threats and alliances; culture and soft power; figures; who says what."""


LONGEST = 10_000
"""So many characters a question may have: the engine's recursion is bounded by them."""


@dataclass(frozen=True)
class Question:
    """One competency question.

    Attributes:
        name: file name without extension; after the prefix of its corpus unless that is the shipped one.
        text: the question by language (``en``, ``fa``).
        family: one of :data:`FAMILIES`.
        query: SPARQL, complete with prefixes.
        path: the file with the query.
        expected: expected answer, lines of SPARQL 1.1 CSV with the header first; empty until it is renewed.
    """

    name: str
    text: dict[str, str]
    family: str
    query: str
    expected: list[str]
    path: Path = Path()

    @property
    def ordered(self) -> bool:
        """Whether the order of the rows is part of the answer."""
        return "ORDER BY" in self.query


def read_questions(folder: Path = QUESTIONS, languages: tuple[str, ...] = LANGUAGES) -> Iterator[Question]:
    """All questions of a folder in order of name.

    Args:
        folder: the folder.
        languages: those in which each is worded; the first stands for those of the pages that are missing.

    Raises:
        FileNotFoundError: there is none.
        ValueError: one cannot be read, is too long, or lacks its wording or family.
    """
    others = tuple(language for language in LANGUAGES if language not in languages)
    for found in read_headed_queries(folder, (*languages, "family"), others):
        if len(found.query) > LONGEST:
            raise ValueError(f"{found.path}: has more than {LONGEST:,} characters: ask a shorter question")
        family = found.header["family"]
        if family not in FAMILIES:
            raise ValueError(f"{found.path}: `# family:` is one of {', '.join(FAMILIES)}")
        first = found.header[languages[0]]
        text = {tag: found.header.get(tag, first) for tag in (*LANGUAGES, *languages)}
        answered = found.path.with_suffix(".csv")
        expected = text_of(answered).splitlines() if answered.exists() else []
        yield Question(found.path.stem, text, family, found.query, expected, found.path)


def questions_of_layers(layers: Layers) -> list[Question]:
    """The questions of corpora in layers, the lowest first; a corpus may have none.

    Raises:
        ValueError: one lacks its wording or family.
    """
    found: list[Question] = []
    for folder in layers.folders:
        if files_in(folder.questions, "*.rq"):
            own = read_questions(folder.questions, folder.languages)
            prefix = "" if folder.root == shipped_corpus().root else f"{folder.name}:"
            found += [replace(each, name=prefix + each.name) for each in own]
    return found


def answer(store: ox.Store, query: str) -> list[str]:
    """The answer to a query as lines of SPARQL 1.1 CSV, the header first."""
    return with_room(lambda: _answer(store, query))


def _answer(store: ox.Store, query: str) -> list[str]:
    results = store.query(query)
    assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - questions are SELECT queries
    return (results.serialize(format=ox.QueryResultsFormat.CSV) or b"").decode("utf-8").splitlines()


def same_answer(question: Question, found: list[str]) -> bool:
    """Whether an answer is the expected one."""
    if question.ordered:
        return found == question.expected
    return found[:1] == question.expected[:1] and sorted(found[1:]) == sorted(question.expected[1:])
