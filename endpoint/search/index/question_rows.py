"""The full-text index as it is published: with the competency questions, which evaluators do not reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from araxes.endpoint.search.index.indexed_entities import Entities, read_entities
from araxes.endpoint.search.index.indexed_terms import read_terms
from araxes.endpoint.search.index.names_index import build_index
from araxes.endpoint.search.index.text_index import build_text_index
from araxes.endpoint.search.index.text_rows import TextRow, has_claims
from araxes.validation.kept_questions import KeptQuestion, kept_questions


def question_rows(asked: Iterable[KeptQuestion]) -> Iterator[TextRow]:
    """Competency questions as rows of the index."""
    for question in (each.question for each in asked):
        names = (question.name.replace("-", " ").replace(":", " "),)
        yield TextRow("question", f"questions/{question.name}", question.text, names=names)


Writer = Callable[[ox.Store, Path], None]
"""Makes a file beside a store."""


def index_writers() -> tuple[Writer, Writer]:
    """Writers of the index of names and of the full-text index: the second has what the first has read."""
    kept: list[tuple[ox.Store, Entities]] = []

    def names(store: ox.Store, path: Path) -> None:
        entities = read_entities(store, read_terms(store))
        kept[:] = [(store, entities)]
        build_index(store, path, entities).close()

    def texts(store: ox.Store, path: Path) -> None:
        read = next((entities for of, entities in kept if of is store), None)
        kept.clear()
        write_text_index(store, path, read)

    return names, texts


def write_text_index(store: ox.Store, path: Path, read: Entities | None = None) -> None:
    """Make the index as a file, for :func:`araxes.triples.stores.versioned_store.publish`.

    The questions are those kept beside it. They are asked of claims, so a dataset without claims has none.

    Args:
        store: opened; is only read.
        path: of the new file.
        read: the entities of the store, if they are read already.

    Raises:
        OSError: the disk refused.
    """
    asked = kept_questions(path.parent) if has_claims(store) else ()
    build_text_index(store, path, question_rows(asked), read).close()
