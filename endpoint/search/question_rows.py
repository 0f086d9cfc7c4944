"""The full-text index as it is published: with the competency questions, which evaluators do not reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from araxes.endpoint.search.text_index import build_text_index
from araxes.endpoint.search.text_rows import TextRow, has_claims
from araxes.validation.kept_questions import KeptQuestion, kept_questions


def question_rows(asked: Iterable[KeptQuestion]) -> Iterator[TextRow]:
    """Competency questions as rows of the index."""
    for question in (each.question for each in asked):
        names = (question.name.replace("-", " ").replace(":", " "),)
        yield TextRow("question", f"questions/{question.name}", question.text, names=names)


def write_text_index(store: ox.Store, path: Path) -> None:
    """Make the index as a file, for :func:`araxes.triples.stores.versions.publish`.

    The questions are those kept beside it. They are asked of claims, so a dataset without claims has none.

    Raises:
        OSError: the disk refused.
    """
    asked = kept_questions(path.parent) if has_claims(store) else ()
    build_text_index(store, path, question_rows(asked)).close()
