"""The rows of an answer in another order than the query's: by one column, up or down."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from araxes.endpoint.pages.answer_tables import ReaderLabels
from araxes.endpoint.pages.answer_texts import EDTF
from araxes.triples.derived.sort_keys import sort_key

_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
"""A number, or a year, whichever type it has."""

_DAY = re.compile(r"[\dX]{4}(?:-[\dX]{2}){0,2}")
"""A year, month or day within a date, of which digits may be open."""

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
    """SPARQL 1.1 JSON results in an order: numbers by size, dates by their first day, all else by its label.

    What has no value comes last in any order.
    """
    rows = results["results"]["bindings"]
    if not order.column:
        return results
    with_value = [row for row in rows if order.column in row]
    dated = all(EDTF.fullmatch(row[order.column]["value"]) for row in with_value)

    def place(row: Mapping[str, Any]) -> tuple[bool, float, str]:
        text = row[order.column]["value"]
        return _in_time(text) if dated else _place(text, known)

    with_value.sort(key=place, reverse=order.down)
    without = [row for row in rows if order.column not in row]
    return {**results, "results": {**results["results"], "bindings": with_value + without}}


def _in_time(text: str) -> tuple[bool, float, str]:
    """A date by the first day that it names, which is the last where it is open before.

    >>> sorted(["2020", "1995/2020", "[..2012-07]", "2009~", "199X"], key=_in_time)
    ['199X', '1995/2020', '2009~', '[..2012-07]', '2020']
    """
    first = _DAY.search(text)
    return first is None, 0.0, first[0].replace("X", "0") if first else text


def _place(text: str, known: Mapping[str, ReaderLabels]) -> tuple[bool, float, str]:
    if _NUMBER.fullmatch(text):
        return False, float(text), ""
    return True, 0.0, sort_key(known[text].label or text if text in known else text)
