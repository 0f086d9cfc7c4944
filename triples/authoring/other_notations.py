"""What to write for a date that is no EDTF: dates of other notations and of the Solar Hijri calendar."""

from __future__ import annotations

import calendar
import re

from araxes.triples.authoring.dates_and_calendars import edtf_bounds, edtf_of, halves, solar_hijri_bounds

HIJRI_YEARS = range(1250, 1450)
"""Years of the Solar Hijri calendar that sources of our time write (1871 to 2070)."""

USUAL = 'write EDTF in quotes, such as "1991", "1991-12-25", "1993~" or "1992-05-16/1992-05-18"'
"""The remedy where nothing better can be told."""

_PARTS = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_YEARS = re.compile(r"(\d{4})\s*[-–—]\s*(\d{4})")
_REVERSED = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_OPEN_WORDS = frozenset({"now", "present", "today", "open", "ongoing", "unknown", "*", "...", "…", "?"})
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if number}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if number}
_IN_WORDS = (
    (re.compile(r"(?:since|from|after) (\d{4}.*)"), "{}/.."),
    (re.compile(r"(?:until|till|to|before|up to) (\d{4}.*)"), "../{}"),
    (re.compile(r"(?:c\.|ca\.?|circa|about|around|approximately) ?(\d{4})"), "{}~"),
    (re.compile(r"(?:the )?(\d{3})0s"), "{}X"),
)


def likelier(text: str, key: str = "date") -> str:
    """What to write for a text that is no EDTF date, if that can be told; else an empty text.

    Args:
        text: what somebody wrote.
        key: what it is the value of; only a ``date`` may be given in the Solar Hijri calendar.

    >>> likelier("1991-1992")
    'write "1991/1992" for the years from the one to the other'
    >>> likelier("2023-02-30")
    'February 2023 has 28 days: correct it'
    >>> likelier("1994/now"), likelier("1990s"), likelier("May 1994")
    ('write "1994/.." for what goes on', 'write "199X"', 'write "1994-05"')
    >>> likelier("1992/2003-02-30")
    'its end "2003-02-30": February 2003 has 28 days: correct it'
    """
    if not text.isascii() and any(each.isdecimal() for each in text):
        return "write it with the digits 0 to 9 and plain hyphens"
    if years := _YEARS.fullmatch(text):
        return f'write "{years[1]}/{years[2]}" for the years from the one to the other'
    if _REVERSED.fullmatch(text):
        return 'write year, month, day, such as "2024-03-08"'
    if parts := _PARTS.fullmatch(text):
        return _of_parts(text, key, *(int(part or 1) for part in parts.groups()))
    return _of_interval(text, key) or _of_words(text)


def gregorian_of(text: str) -> str:
    """A date or interval with its Solar Hijri years turned into Gregorian days; empty if one cannot be.

    >>> gregorian_of("1374-08/.."), gregorian_of("1370/1994")
    ('1995-10-23/..', '1991-03-21/1994')
    """
    turned = []
    for part in text.split("/"):
        bare = part.rstrip("~?%")
        year = re.match(r"\d{4}(?!\d)", bare)
        if not year or int(year[0]) not in HIJRI_YEARS:
            turned.append((part, part))
            continue
        try:
            first, _, last = edtf_of(solar_hijri_bounds(bare)).partition("/")
        except ValueError:
            return ""
        turned.append((first, last or first))
    start, end = turned[0][0], turned[-1][1]
    return start if start == end else f"{start}/{end}"


def _of_parts(text: str, key: str, year: int, month: int, day: int) -> str:
    """What to do about year, month and day that are no EDTF date."""
    if year in HIJRI_YEARS and (gregorian := gregorian_of(text)):
        if key == "date":
            return f'if that is Solar Hijri, write `dateSolarHijri: "{text}"`'
        return f'if that is Solar Hijri, write "{gregorian}"'
    if not 1 <= month <= 12:
        return f"there is no month {month}: write year, month, day"
    days = calendar.monthrange(year, month)[1] if year else 31
    if not year or not 1 <= day <= days:
        return (
            f"{calendar.month_name[month]} {year} has {days} days: correct it" if year else "correct the year"
        )
    return f'write "{"-".join(f"{int(part):02}" for part in re.findall(r"[0-9]+", text))}"'


def _of_interval(text: str, key: str) -> str:
    """What to do about an interval: about the ends that are no dates, each by itself."""
    ends = [each.strip() for each in text.split("/")]
    if len(ends) != 2:
        return "write one beginning and one end with one slash between them" if len(ends) > 2 else ""
    opened = [".." if each.casefold() in _OPEN_WORDS else each for each in ends]
    if opened != ends:
        why = "goes on" if opened[1] == ".." else "began at no known time"
        return f'write "{"/".join(opened)}" for what {why}'
    if not halves(text):
        return "leave it out, or give one end: both are open"
    if _is_hijri(ends) and (gregorian := gregorian_of(text)):
        return f'if that is Solar Hijri, write "{gregorian}"'
    told = [
        f'{what} "{each}": {likelier(each, "half") or "write it as 1991, 1991-12 or 1991-12-25"}'
        for what, each in halves(text)
        if _is_no_date(each)
    ]
    return "; ".join(told)


def _is_hijri(ends: list[str]) -> bool:
    """Whether an end of an interval is a year that is likely a Solar Hijri one."""
    return any(re.fullmatch(r"\d{4}(-.*)?", each) and int(each[:4]) in HIJRI_YEARS for each in ends)


def _of_words(text: str) -> str:
    said = " ".join(text.casefold().split())
    for pattern, written in _IN_WORDS:
        if found := pattern.fullmatch(said):
            return f'write "{written.format(found[1])}"'
    if said in _OPEN_WORDS:
        return "leave it out: only what the text says of the time is written"
    if century := re.fullmatch(r"(?:the )?(\d\d)(?:th|st|nd|rd) century", said):
        return f'write "{int(century[1]) - 1:02}XX"'
    month, _, year = said.rpartition(" ")
    if month in _MONTHS and re.fullmatch(r"\d{4}", year):
        return f'write "{year}-{_MONTHS[month]:02}"'
    if re.fullmatch(r"\d{1,3}", said):
        return "write the year with four digits"
    return ""


def _is_no_date(text: str) -> bool:
    try:
        edtf_bounds(text)
    except ValueError:
        return True
    return False
