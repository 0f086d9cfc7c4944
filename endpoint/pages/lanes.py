"""Lanes of time: what is dated, one lane for each of several answers, drawn without scripts or styles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH = 1000
"""Units of a lane's width; a page stretches it."""

_LEAST = 6.0


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """Something dated.

    Attributes:
        first: year in which it begins; ``None`` where nobody says so.
        last: year in which it ends; likewise.
        text: what it is, with its time in words.
    """

    first: int | None
    last: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A span as it is drawn.

    Attributes:
        x: where it begins, from the side at which reading begins.
        width: of the bar.
        text: of the span.
    """

    x: float
    width: float
    text: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane.

    Attributes:
        name: what it is called.
        bars: in order of time.
    """

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """Several lanes over one stretch of years.

    Attributes:
        ticks: years marked below the lanes, with their places.
        lanes: from above.
    """

    ticks: tuple[tuple[int, float], ...]
    lanes: tuple[Lane, ...]


def lanes(named: Sequence[tuple[str, Sequence[DatedSpan]]], turned: bool) -> Lanes | None:
    """Spans laid out; ``None`` where no two years are given.

    Args:
        named: name and spans of each lane.
        turned: whether time runs from right to left.
    """
    years = [year for _, spans in named for span in spans for year in (span.first, span.last) if year]
    if len(years) < 2 or max(years) - min(years) < 1:
        return None
    first, last = min(years), max(years) + 1
    scale = WIDTH / (last - first)

    def bar(span: DatedSpan) -> Bar:
        start, end = span.first or first, (span.last or last - 1) + 1
        width = max(_LEAST, (end - start) * scale)
        x = min((start - first) * scale, WIDTH - width)
        return Bar(round(WIDTH - x - width if turned else x, 1), round(width, 1), span.text)

    found = tuple(
        Lane(
            name,
            tuple(bar(span) for span in sorted(spans, key=_order)),
        )
        for name, spans in named
        if spans
    )
    return Lanes(tuple((year, round((year - first) * scale, 1)) for year in _ticks(first, last)), found)


def _order(span: DatedSpan) -> tuple[int, int, str]:
    return span.first or 0, span.last or 9999, span.text


def year_of(row: Mapping[str, Mapping[str, str]], variable: str) -> int | None:
    """The year of a time in a solution.

    >>> year_of({"earliest": {"value": "1991-01-01T00:00:00Z"}}, "earliest")
    1991
    """
    found = re.match(r"\d{4}", row[variable]["value"]) if variable in row else None
    return int(found[0]) if found else None


def _ticks(first: int, last: int) -> list[int]:
    """Round years within a stretch, at most eight.

    >>> _ticks(1991, 2013)
    [1995, 2000, 2005, 2010]
    """
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if (last - first) / step <= 8)
    return [year for year in range(first, last) if year % step == 0]
