"""The tables of the dataset and what stands in their columns, as ``tables/columns.toml`` describes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from araxes.ontology.languages import LANGUAGES

FOLDER = Path(__file__).parent / "tables"
"""Queries and descriptions of tables."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: its head.
        type: of its cells (Frictionless Table Schema).
        key: whether it belongs to the key of the table.
        meaning: what stands in it, by language.
    """

    name: str
    type: str
    key: bool
    meaning: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        name: of its file, without ending.
        title: what it holds, by language.
        columns: in order.
    """

    name: str
    title: Mapping[str, str]
    columns: tuple[Column, ...]


@cache
def tables() -> Mapping[str, Table]:
    """Every table by name."""
    found = tomllib.loads((FOLDER / "columns.toml").read_text("utf-8"))
    return {
        name: Table(
            name,
            {language: said[language] for language in LANGUAGES},
            tuple(
                Column(
                    column,
                    about["type"],
                    about.get("key", False),
                    {language: about[language] for language in LANGUAGES},
                )
                for column, about in said["columns"].items()
            ),
        )
        for name, said in found.items()
    }
