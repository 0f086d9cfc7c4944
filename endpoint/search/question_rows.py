"""The full-text index as it is published: with the competency questions, which evaluators do not reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from araxes.endpoint.search.text_index import build_text_index
from araxes.endpoint.search.text_rows import TextRow, has_claims
from araxes.validation.questions import read_questions


def question_rows() -> Iterator[TextRow]:
    """The competency questions."""
    for question in read_questions():
        names = (question.name.replace("-", " "),)
        yield TextRow("question", f"questions/{question.name}", question.text, names=names)


def write_text_index(store: ox.Store, path: Path) -> None:
    """Make the index as a file, for :func:`araxes.triples.stores.versions.publish`.

    The questions are asked of claims, so a dataset without claims has none.

    Raises:
        OSError: the disk refused.
    """
    build_text_index(store, path, question_rows() if has_claims(store) else ()).close()
