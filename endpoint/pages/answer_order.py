"""The rows of an answer in another order than the query's: by one column, up or down."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from araxes.endpoint.pages.answer_tables import ReaderLabels
from araxes.triples.derived.sort_keys import sort_key

_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
"""A number, or a year, whichever type it has."""

_DOWN = "-"


@dataclass(frozen=True, slots=True)
class Order:
    """An order of rows.

    Attributes:
        column: the variable; empty for the order of the query.
        down: whether the largest comes first.
    """

    column: str = ""
    down: bool = False

    @property
    def field(self) -> str:
        """The order as a field of an address has it."""
        return _DOWN * self.down + self.column

    def after(self, column: str) -> str:
        """What a click on the head of a column asks for: up, then down.

        >>> Order("date").after("date"), Order("date").after("figure")
        ('-date', 'figure')
        """
        return Order(column, column == self.column and not self.down).field


def order_of(field: str, query: str) -> Order:
    """The order that a field of an address names; that of the query where it names none of its variables.

    >>> order_of("-date", "SELECT ?date {}"), order_of("dates", "SELECT ?date {}").column
    (Order(column='date', down=True), '')
    """
    column = field.removeprefix(_DOWN)
    named = column.isidentifier() and f"?{column} " in query.replace("\n", " ").replace(")", " ")
    return Order(column, field.startswith(_DOWN)) if named else Order()


def ordered(results: Mapping[str, Any], known: Mapping[str, ReaderLabels], order: Order) -> Mapping[str, Any]:
    """SPARQL 1.1 JSON results in an order: numbers by size, dates by time, all else by its label's letters.

    What has no value comes last in any order.
    """
    rows = results["results"]["bindings"]
    if not order.column:
        return results
    with_value = [row for row in rows if order.column in row]
    with_value.sort(key=lambda row: _place(row[order.column], known), reverse=order.down)
    without = [row for row in rows if order.column not in row]
    return {**results, "results": {**results["results"], "bindings": with_value + without}}


def _place(term: Mapping[str, str], known: Mapping[str, ReaderLabels]) -> tuple[bool, float, str]:
    text = term["value"]
    if _NUMBER.fullmatch(text):
        return False, float(text), ""
    return True, 0.0, sort_key(known[text].label or text if text in known else text)
