"""Queries kept as files that say in comment lines at their head what they are for.

The one reader of ``NAME.rq`` files headed by ``# key: value`` lines: rules, disagreement rules,
competency questions, queries of pages and tables.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from araxes.triples.authoring.corpus_layers import files_in, is_waited_for
from araxes.triples.authoring.yaml_lines import read_text

_LINE = re.compile(r"# *([\w-]+): *(.+)")


@dataclass(frozen=True)
class HeadedQuery:
    """One query file.

    Attributes:
        path: the file.
        header: value by key of the comment lines before the first other line.
        query: the whole file, SPARQL.
    """

    path: Path
    header: dict[str, str]
    query: str


def read_headed_queries(
    folder: Path, required: Collection[str], optional: Collection[str] = ()
) -> Iterator[HeadedQuery]:
    """All query files of a folder in order of name.

    Args:
        folder: where the ``*.rq`` files lie.
        required: keys that each of them must have.
        optional: keys that they may have.

    Raises:
        FileNotFoundError: there is none (a broken installation).
        ValueError: one cannot be read, lacks a key, or has one that nobody reads.
    """
    files = files_in(folder, "*.rq")
    if not files:
        raise FileNotFoundError(f"no query in {folder}: the installation is incomplete")
    for path in files:
        query = text_of(path)
        header = head_of(query)
        if missing := [key for key in required if key not in header]:
            raise ValueError(f"{path}: begin with {' and '.join(f'`# {key}:`' for key in missing)}")
        if unknown := sorted(header.keys() - {*required, *optional}):
            raise ValueError(
                f"{path}: nobody reads `# {unknown[0]}:`; use {', '.join((*required, *optional))}"
            )
        yield HeadedQuery(path, header, query)


def text_of(path: Path) -> str:
    """The text of a file in UTF-8.

    Raises:
        ValueError: it cannot be read, with the reason and what to do.
    """
    if is_waited_for(path):
        raise ValueError(f"{path}: is a pipe or device: write a file of this name")
    text, findings = read_text(path)
    for finding in findings:
        raise ValueError(str(finding))
    return text


def head_of(query: str) -> dict[str, str]:
    """Value by key of the comment lines before the first other line.

    >>> head_of("# en: Who?\\n# family: events\\nSELECT * {}  # fa: no head")
    {'en': 'Who?', 'family': 'events'}
    """
    header = {}
    for line in query.splitlines():
        if not line.startswith("#"):
            break
        if found := _LINE.fullmatch(line.rstrip()):
            header[found[1]] = found[2]
    return header
