"""Tables of the dataset: queries with described columns, written as CSV.

A table is ``tables/NAME.rq`` (or, for claims and passages, :mod:`araxes.triples.exports.claim_tables`); its
columns are described in ``tables/columns.toml``, from which data dictionary and table schemas are made.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox

from araxes.ontology.languages import LANGUAGES
from araxes.triples.authoring.headed_queries import read_headed_queries
from araxes.triples.exports.claim_tables import claim_columns, claim_rows, passage_rows, write_table
from araxes.triples.exports.table_columns import FOLDER, tables


def table_csv(name: str, store: ox.Store) -> bytes:
    """A table as CSV (RFC 4180, UTF-8).

    Args:
        name: of the table.
        store: the dataset.
    """
    text = io.StringIO(newline="")
    if name in ("claims", "passages"):
        dataset = ox.Dataset(store)
        rows = claim_rows(dataset) if name == "claims" else passage_rows(dataset)
        columns: Iterable[str] = (
            claim_columns(dataset) if name == "claims" else [column.name for column in tables()[name].columns]
        )
    else:
        rows, columns = query_rows(name, store), [column.name for column in tables()[name].columns]
    write_table(rows, columns, text)
    return text.getvalue().encode("utf-8")


def query_rows(name: str, store: ox.Store) -> Iterator[dict[str, str]]:
    """The rows of a table that a query makes; a cell without a value is empty."""
    solutions = store.query(_queries()[name])
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 -- the queries are our own
    variables = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {
            variable: "" if (term := solution[variable]) is None else getattr(term, "value", str(term))
            for variable in variables
        }


@cache
def _queries() -> dict[str, str]:
    """The query of each table that one makes."""
    return {each.path.stem: each.query for each in read_headed_queries(FOLDER, LANGUAGES)}


def dictionary_csv() -> bytes:
    """The data dictionary: every column of every table."""
    text = io.StringIO(newline="")
    rows = (
        {"table": table.name, "column": column.name, "type": column.type, "key": str(column.key).lower()}
        | {f"meaning_{language}": column.meaning[language] for language in LANGUAGES}
        for table in tables().values()
        for column in table.columns
    )
    write_table(
        rows, ("table", "column", "type", "key", *(f"meaning_{language}" for language in LANGUAGES)), text
    )
    return text.getvalue().encode("utf-8")
