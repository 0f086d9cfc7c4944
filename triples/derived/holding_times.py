"""For what time a claim's statements are said to hold, as far as claims can be compared by it.

What a source says of an unstated time it says of no time after its own: its date, or else the end of what it
is about, closes what is open. What will be or ought to be is not closed, and a definition holds at all times.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from araxes.triples.authoring.dates_and_calendars import Bounds, edtf_bounds

_OF_ALL_TIMES = "Timeless"
_BY_ITS_STATEMENTS = "DatedStatements"
_INHERITED = "InheritedHorizon"
_TELLS_OF_WHAT_IS = frozenset({"FactualClaim", "CausalClaim"})


def end_of_source(dated: str, horizon: str, *, data: bool = False) -> date | None:
    """The last day of which a source can speak as of a present.

    Args:
        dated: the source's date in EDTF, empty if it has none.
        horizon: the time that it is about, likewise. What is no EDTF is passed over.
        data: whether it is a dataset: its present is where its data end, not when it was published.

    >>> end_of_source("2019~", "1991/2018")
    datetime.date(2019, 12, 31)
    >>> end_of_source("", "1991/2013")
    datetime.date(2013, 12, 31)
    >>> end_of_source("2020", "1945/2012", data=True)
    datetime.date(2012, 12, 31)
    """
    for given in (horizon, dated) if data else (dated, horizon):
        with suppress(ValueError):
            if given:
                return edtf_bounds(given).latest
    return None


def holding_time(
    kind: str, basis: str, period: Bounds, dates: Iterable[Bounds], end: date | None
) -> tuple[Bounds, bool]:
    """Between which days the statements hold, and whether the claim itself says so.

    Args:
        kind: local name of the claim's kind.
        basis: local name of its ``ax:periodBasis``, empty if none is recorded.
        period: its period, or the inherited horizon; open on both sides if neither is there.
        dates: the dates of what its statements tell of; they count if the basis says that they do.
        end: the last day of which its source speaks.
    """
    stated = period != Bounds(None, None) and basis != _INHERITED
    if basis == _BY_ITS_STATEMENTS and (spans := list(dates)):
        period, stated = _whole(spans), True
    timeless = basis == _OF_ALL_TIMES or kind not in _TELLS_OF_WHAT_IS
    if timeless or period.latest or end is None or (period.earliest and period.earliest > end):
        return period, stated
    return Bounds(period.earliest, end), stated


def _whole(spans: list[Bounds]) -> Bounds:
    """From the first day of the first span to the last of the last; open where one is open."""
    firsts = [span.earliest for span in spans]
    lasts = [span.latest for span in spans]
    return Bounds(
        min(day for day in firsts if day) if all(firsts) else None,
        max(day for day in lasts if day) if all(lasts) else None,
    )
