"""The reference of a dataset's ontology: made when the dataset is published, shown by ``/ontology``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from araxes.ontology.reference_entries import Entry, Modules, Texts, entries_of, from_plain, to_plain


@dataclass(frozen=True, slots=True)
class TermQuestion:
    """A competency question that a term serves.

    Attributes:
        text: the question by language.
        query: SPARQL that answers it.
    """

    text: Texts
    query: str


@dataclass(frozen=True)
class OntologyReference:
    """Everything that the pages of an ontology show.

    Attributes:
        modules: its modules with their terms; empty for a dataset without terms of the project's namespace.
        questions: term → competency questions that it serves.
        drawings: file name → SVG.
        entries: every term by its local name.
    """

    modules: Modules
    questions: dict[str, tuple[TermQuestion, ...]]
    drawings: dict[str, str]
    entries: dict[str, Entry] = field(init=False)

    def __post_init__(self) -> None:
        """Arrange the terms by name."""
        object.__setattr__(self, "entries", entries_of(self.modules))


def to_json(reference: OntologyReference) -> bytes:
    """A reference as UTF-8 JSON in which every question stands once."""
    asked = list(
        {question.query: question for found in reference.questions.values() for question in found}.values()
    )
    numbers = {question.query: number for number, question in enumerate(asked)}
    document = {
        "modules": to_plain(reference.modules),
        "questions": [[question.text, question.query] for question in asked],
        "serves": {
            term: [numbers[question.query] for question in found]
            for term, found in reference.questions.items()
        },
        "drawings": reference.drawings,
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True).encode()


def from_json(data: bytes) -> OntologyReference:
    """The reference of such JSON; of nothing, that of a dataset without an ontology.

    Raises:
        ValueError, KeyError, TypeError: it is no such JSON.
    """
    if not data:
        return OntologyReference({}, {}, {})
    document = json.loads(data)
    questions = [TermQuestion(text, query) for text, query in document["questions"]]
    serves = {
        term: tuple(questions[number] for number in found) for term, found in document["serves"].items()
    }
    return OntologyReference(from_plain(document["modules"]), serves, document["drawings"])
