"""Dates at the precision of their source: EDTF in, bounds out; Solar Hijri converted and compared.

EDTF is the Extended Date/Time Format of ISO 8601-2 (https://www.loc.gov/standards/datetime/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import jdatetime
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

_HIJRI = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
_OPEN_SET = re.compile(r"\[(?:\.\.([^\[\]./]+)|([^\[\]./]+)\.\.)\]")
_OPEN = frozenset({"", ".."})
_LONGEST = 64


@dataclass(frozen=True)
class Bounds:
    """First and last day that a date allows; ``None`` where it is open or unknown."""

    earliest: date | None
    latest: date | None

    def meets(self, other: Bounds) -> bool:
        """Whether some day lies within both."""
        first = max(self.earliest or date.min, other.earliest or date.min)
        last = min(self.latest or date.max, other.latest or date.max)
        return first <= last


@lru_cache(maxsize=4096)
def edtf_bounds(text: str) -> Bounds:
    """Bounds of an EDTF string of level 0 or 1, or of a level 2 set that is open at one end.

    ``../2003`` ends in 2003, ``[..2003]`` is some time up to 2003: the bounds are the same.

    Raises:
        ValueError: it is no valid EDTF.

    >>> edtf_bounds("1991-12")
    Bounds(earliest=datetime.date(1991, 12, 1), latest=datetime.date(1991, 12, 31))
    >>> edtf_bounds("2003/..").latest is None
    True
    """
    if len(text) > _LONGEST:
        raise ValueError(f"{text[:_LONGEST]!r}… is no EDTF date")
    if open_set := _OPEN_SET.fullmatch(text):
        before, after = open_set.groups()
        if before:
            return Bounds(None, edtf_bounds(before).latest)
        return Bounds(edtf_bounds(after).earliest, None)
    if "/" in text:
        return _interval(text, edtf_bounds)
    try:
        parsed: Any = parse_edtf(text)
        return Bounds(_day(parsed.lower_strict()), _day(parsed.upper_strict()))
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"{text!r} is no EDTF date") from error


@lru_cache(maxsize=1024)
def solar_hijri_bounds(text: str) -> Bounds:
    """Gregorian bounds of a Solar Hijri year, month or day, or of an interval, which may be open at one end.

    Raises:
        ValueError: it is no Solar Hijri date in the form ``1370``, ``1370-10`` or ``1370-10-04``.

    >>> solar_hijri_bounds("1370-10-04").earliest
    datetime.date(1991, 12, 25)
    """
    return _interval(text[:_LONGEST], _hijri_bounds, {".."}) if "/" in text else _hijri_bounds(text)


def halves(text: str) -> list[tuple[str, str]]:
    """The ends of an interval that are dates, each with its name; nothing for what is no interval of two.

    >>> halves("1991/.."), halves("1991/1992")
    ([('its beginning', '1991')], [('its beginning', '1991'), ('its end', '1992')])
    """
    ends = text.split("/")
    named = zip(("its beginning", "its end"), ends, strict=False)
    return [(what, each) for what, each in named if each not in _OPEN] if len(ends) == 2 else []


def _interval(text: str, bounds: Callable[[str], Bounds], opened: Collection[str] = _OPEN) -> Bounds:
    """Bounds of an interval by those of its ends, of which one may be open.

    Raises:
        ValueError: it has not two ends, none of them is a date, or it ends before it begins.
    """
    if not halves(text):
        why = "both ends are open" if text.count("/") == 1 else "an interval has one slash"
        raise ValueError(f"{text!r} is no interval: {why}")
    start, _, end = text.partition("/")
    earliest = None if start in opened else bounds(start).earliest
    latest = None if end in opened else bounds(end).latest
    return _in_order(text, Bounds(earliest, latest))


def _in_order(text: str, bounds: Bounds) -> Bounds:
    """The bounds of an interval.

    Raises:
        ValueError: it ends before it begins.
    """
    if bounds.earliest and bounds.latest and bounds.earliest > bounds.latest:
        raise ValueError(f"{text!r} ends before it begins")
    return bounds


def _hijri_bounds(text: str) -> Bounds:
    match = _HIJRI.fullmatch(text)
    if not match:
        raise ValueError(f"{text[:_LONGEST]!r} is no Solar Hijri date")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # noqa: S101 - the pattern has it
    try:
        if day and month:
            only = jdatetime.date(year, month, day).togregorian()
            return Bounds(only, only)
        first = jdatetime.date(year, month or 1, 1).togregorian()
        after = (
            jdatetime.date(year + 1, 1, 1) if not month or month == 12 else jdatetime.date(year, month + 1, 1)
        )
        return Bounds(first, after.togregorian() - timedelta(days=1))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is no Solar Hijri date: {error}") from error


def edtf_of(bounds: Bounds) -> str:
    """The EDTF day or interval that spans the bounds.

    >>> edtf_of(solar_hijri_bounds("1388-11"))
    '2010-01-21/2010-02-19'
    """
    if bounds.earliest == bounds.latest and bounds.earliest:
        return bounds.earliest.isoformat()
    start = bounds.earliest.isoformat() if bounds.earliest else ".."
    end = bounds.latest.isoformat() if bounds.latest else ".."
    return f"{start}/{end}"


def _day(value: Any) -> date:
    return date(value.tm_year, value.tm_mon, value.tm_mday)
