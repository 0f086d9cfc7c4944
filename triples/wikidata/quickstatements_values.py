"""Values as QuickStatements V1 writes them: strings, times and periods.

https://www.wikidata.org/wiki/Help:QuickStatements#Command_sequence_syntax
"""

from __future__ import annotations

import re

Pairs = tuple[tuple[str, str], ...]
"""Properties with values, in the order in which they are written."""

POINT, START, END = "P585", "P580", "P582"


def string(text: str) -> str:
    """A string value; tabs and line breaks would end a cell, and a quotation mark the value.

    >>> string('a  "b"')
    '"a “b”"'
    """
    flat = re.sub(r"\s+", " ", text).strip()
    return '"' + re.sub(r'"([^"]*)"', r"“\1”", flat).replace('"', "”") + '"'


def period_pairs(text: str) -> tuple[Pairs, list[str]]:
    """A date or period in EDTF as point in time, start and end, and what has no form there.

    >>> period_pairs("1952/..")
    ((('P580', '+1952-00-00T00:00:00Z/9'),), [])
    >>> period_pairs("1993~")
    ((), ['1993~ has no form there'])
    """
    start, interval, end = text.partition("/")
    sides = ((START, start), (END, end)) if interval else ((POINT, start),)
    pairs, lost = [], []
    for name, side in sides:
        if side in ("", ".."):
            continue
        value = time_value(side)
        if value:
            pairs.append((name, value))
        else:
            lost.append(f"{side} has no form there")
    return tuple(pairs), lost


def time_value(text: str) -> str:
    """A time of QuickStatements with its precision: 8 decade, 9 year, 10 month, 11 day; empty if it has none.

    >>> time_value("1992-05"), time_value("198X"), time_value("2018-03-28"), time_value("2019?")
    ('+1992-05-00T00:00:00Z/10', '+1980-00-00T00:00:00Z/8', '+2018-03-28T00:00:00Z/11', '')
    """
    found = re.fullmatch(r"(-?)(\d{3})([\dX])(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", text)
    if not found:
        return ""
    sign, three, last, month, day = found.groups()
    if last == "X":
        return "" if month else f"{sign or '+'}{three}0-00-00T00:00:00Z/8"
    precision = 11 if day else 10 if month else 9
    return f"{sign or '+'}{three}{last}-{month or '00'}-{day or '00'}T00:00:00Z/{precision}"
