"""The competency questions of a dataset, kept beside it in its store version, with the terms that they serve.

A dataset is built of corpora in layers, and each brings questions of its own. Whoever serves the dataset
finds them there, and needs to know neither the corpora nor where they lie.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from araxes.ontology.errors import InputError
from araxes.triples.authoring.corpus_layers import Layers, shipped_corpus
from araxes.validation.questions import Question, questions_of_layers

FILE = "questions.json"
"""Name of the file within a version."""


@dataclass(frozen=True)
class KeptQuestion:
    """A question, and the local names of the ontology's terms that it serves.

    Attributes:
        question: without its expected answer.
        terms: the terms.
    """

    question: Question
    terms: frozenset[str]


def questions_with_terms(layers: Layers | None = None) -> list[KeptQuestion]:
    """The questions of corpora in layers, by default of the shipped one alone.

    Raises:
        InputError: one is not headed as it should be, or cannot be read as SPARQL.
    """
    from araxes.validation.question_terms import terms_served  # noqa: PLC0415 - servers do without rdflib

    try:
        asked = questions_of_layers(layers or Layers((shipped_corpus(),)))
        return [KeptQuestion(each, terms_served(each)) for each in asked]
    except ValueError as error:
        raise InputError(str(error), "see validation/README.md for the form of a question") from error


def keeping_questions(asked: Sequence[KeptQuestion] | None = None) -> Callable[[object, Path], None]:
    """What writes questions as a file, for :func:`araxes.triples.stores.versioned_store.publish`.

    Args:
        asked: the questions; without them those of the shipped corpus.
    """

    def keep(_: object, path: Path) -> None:
        path.write_text(_to_json(questions_with_terms() if asked is None else asked), "utf-8")

    return keep


@lru_cache(maxsize=8)
def kept_questions(folder: Path) -> tuple[KeptQuestion, ...]:
    """The questions of a store version; those of the shipped corpus where an earlier release published it.

    Args:
        folder: of the version; what a published one keeps does not change.
    """
    try:
        records: list[dict[str, Any]] = json.loads((folder / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return tuple(questions_with_terms())
    return tuple(
        KeptQuestion(
            Question(each["name"], each["text"], each["family"], each["query"], []), frozenset(each["terms"])
        )
        for each in records
    )


def _to_json(asked: Iterable[KeptQuestion]) -> str:
    records = [
        {
            "name": each.question.name,
            "text": each.question.text,
            "family": each.question.family,
            "query": each.question.query,
            "terms": sorted(each.terms),
        }
        for each in asked
    ]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"
