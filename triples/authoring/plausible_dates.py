"""Dates that can be read but hardly be meant: of another calendar, of the future, of no calendar at all.

A Solar Hijri year written as a Gregorian one (1401 for 2022) lies six centuries back, the reverse six
centuries ahead. Where that cannot be, it is a violation; where it can (a treaty of 1405), a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from araxes.ontology.namespaces import BASE
from araxes.triples.authoring.corpus import Record, as_list
from araxes.triples.authoring.dates_and_calendars import Bounds, edtf_bounds
from araxes.triples.authoring.findings import Finding
from araxes.triples.authoring.other_notations import HIJRI_YEARS, gregorian_of

_OLD = frozenset({"TreatyText", "OfficialStatement", "Dataset", "Document", "Work"})
"""Kinds of source that may be older than print."""

_AHEAD = 30
"""So many years ahead a statement may speak without being doubted."""

_TODAY = "(today is "
_NO_DAY = "correct it: that calendar has no such day"

Where = tuple[str | int, ...]


def present_day() -> date:
    """The day of the clock."""
    return date.today()


def is_of_one_day(finding: Finding) -> bool:
    """Whether a finding may be another one tomorrow, since it names the present day."""
    return _TODAY in finding.message


def impossible_dates(record: Record, today: date | None = None) -> Iterator[Finding]:
    """Dates of a source or reading that cannot be: before there was print, or still to come.

    Args:
        record: a source or a reading.
        today: the present day; by default that of the clock.
    """
    now = today or present_day()
    old = record.kind == "source" and record.data.get("type") in _OLD
    for key, ahead in (("date", 366 if record.kind == "source" else 1), ("accessDate", 1)):
        bounds = _bounds(record.data.get(key))
        if bounds is None:
            continue
        if not old and (meant := _as_hijri(record.data[key])):
            yield record.finding(*_calendar(key, record.data[key], meant), key)
        elif bounds.earliest and bounds.earliest > now + timedelta(days=ahead):
            yield record.finding(*_future(key, record.data[key], now), key)


def doubtful_dates(records: Iterable[Record], today: date | None = None) -> Iterator[Finding]:
    """Warnings of dates, periods and horizons that are hardly meant as they are written.

    Args:
        records: entities, sources and claims.
        today: the present day; by default that of the clock.
    """
    now = today or present_day()
    for record in records:
        told = {finding.place for finding in impossible_dates(record, now)} if record.kind == "source" else ()
        for where, node in _nodes(record):
            for key in ("date", "period", "horizon"):
                if key not in node or record.finding("", "", *where, key).place in told:
                    continue
                for text in map(str, as_list(node[key])):
                    if found := _doubt(key, text, node, now):
                        yield _warning(record.finding(*found, *where, key), record)


def disordered_dates(
    sources: Iterable[Record], curations: Iterable[Record], claims: Iterable[Record]
) -> Iterator[Finding]:
    """Warnings of what was read, or tells of a time, before or after its source could be.

    Args:
        sources: the sources.
        curations: their readings.
        claims: claims on them.
    """
    published = {source.id: bounds for source in sources if (bounds := _bounds(source.data.get("date")))}
    for source in sources:
        date_of = published.get(source.id)
        read, horizon = (_bounds(source.data.get(key)) for key in ("accessDate", "horizon"))
        if date_of and read and _before(read.latest, date_of.earliest):
            told = source.finding(
                "it was read before it was published", "correct one of the dates", "accessDate"
            )
            yield _warning(told, source)
        ends = [each.latest for each in (date_of, horizon) if each and each.latest]
        if len(ends) == 2 and ends[0].year < ends[1].year:
            message = "the time that it is about ends after it was published"
            yield _warning(source.finding(message, "correct `horizon` or `date`", "horizon"), source)
    for reading in curations:
        date_of, read = published.get(reading.source), _bounds(reading.data.get("date"))
        if date_of and read and _before(read.latest, date_of.earliest):
            message = f"the reading is older than its source ({reading.data['date']})"
            yield _warning(reading.finding(message, "correct one of the dates", "date"), reading)
    for claim in claims:
        date_of, period = published.get(claim.source), _bounds(claim.data.get("period"))
        told_as_fact = claim.data.get("type") == "FactualClaim" and claim.data.get("modality") == "Asserted"
        if told_as_fact and date_of and period and _before(date_of.latest, period.earliest):
            message = f"period: {claim.data['period']} begins after its source was published"
            remedy = "correct the period, or say what kind of claim it is: a PredictiveClaim, or Possible"
            yield _warning(claim.finding(message, remedy, "period"), claim)


def _before(one: date | None, other: date | None) -> bool:
    return bool(one and other and one < other)


def _nodes(record: Record) -> Iterator[tuple[Where, dict[str, Any]]]:
    yield (), record.data
    for index, node in enumerate(as_list(record.data.get("asserts", []))):
        if isinstance(node, dict):
            yield ("asserts", index), node


def _doubt(key: str, text: str, node: dict[str, Any], now: date) -> tuple[str, str] | None:
    """Message and remedy for a date that is hardly meant."""
    bounds = _bounds(text)
    if bounds is None:
        return None
    if "dateSolarHijri" not in node and (meant := _as_hijri(text)):
        return _calendar(key, text, meant)
    last = bounds.latest if key == "horizon" else bounds.earliest
    if last and last.year > now.year + (1 if key == "horizon" else _AHEAD):
        return _future(key, text, now)
    return None


def _calendar(key: str, text: object, meant: str) -> tuple[str, str]:
    years = " and ".join(_hijri_years(str(text)))
    message = f"{key}: {text} is read as the Gregorian year{'s' * (' ' in years)} {years}"
    if key == "date" and meant != _NO_DAY:
        return message, f'if it is Solar Hijri, write `dateSolarHijri: "{text}"` ({meant}) instead'
    return (
        message,
        f"if it is Solar Hijri, {meant}" if meant == _NO_DAY else f'if it is Solar Hijri, write "{meant}"',
    )


def _future(key: str, text: object, now: date) -> tuple[str, str]:
    return f"{key}: {text} lies in the future {_TODAY}{now.isoformat()})", "correct the year"


def is_solar_hijri(text: str) -> bool:
    """Whether a date that a text of our time bears as Gregorian can only be Solar Hijri.

    >>> is_solar_hijri("1401"), is_solar_hijri("2022")
    (True, False)
    """
    return _as_hijri(text) is not None


def _hijri_years(text: str) -> list[str]:
    """The years of a date, or of an interval's ends, if all are likely Solar Hijri ones; else nothing."""
    starts = [part[:4] for part in text.split("/") if part not in ("", "..")]
    likely = all(re.fullmatch(r"\d{4}", year) and int(year) in HIJRI_YEARS for year in starts)
    return list(dict.fromkeys(starts)) if likely else []


def _as_hijri(text: object) -> str | None:
    """The Gregorian date that is meant if years of long ago are Solar Hijri; nothing if it is not likely."""
    if not _hijri_years(str(text)):
        return None
    return gregorian_of(str(text)) or _NO_DAY


def _bounds(value: object) -> Bounds | None:
    try:
        return edtf_bounds(str(value)) if isinstance(value, str) else None
    except ValueError:
        return None


def _warning(finding: Finding, record: Record) -> Finding:
    return replace(finding, severity="warning", shape="date-doubtful", focus=BASE + record.id)
