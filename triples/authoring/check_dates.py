"""Dates of the YAML files: EDTF that can be read, Solar Hijri that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from araxes.triples.authoring.corpus import Record, as_list
from araxes.triples.authoring.dates_and_calendars import edtf_bounds, solar_hijri_bounds
from araxes.triples.authoring.findings import Finding
from araxes.triples.authoring.other_notations import USUAL, likelier

_LAST_YEAR = 2200
"""No source in the Solar Hijri calendar speaks of a year beyond it."""


def date_findings(record: Record, node: dict[str, Any], where: tuple[str | int, ...]) -> Iterator[Finding]:
    """Dates of a mapping that are no dates, or that differ between the two calendars.

    Args:
        record: the record that holds it.
        node: the mapping.
        where: its path in the record.
    """
    if "date" in node:
        yield from edtf_findings(record, node["date"], (*where, "date"))
    if "dateSolarHijri" not in node:
        return
    for value in as_list(node["dateSolarHijri"]):
        try:
            hijri = solar_hijri_bounds(str(value))
            gregorian = edtf_bounds(str(node["date"])) if "date" in node else hijri
        except ValueError as error:
            remedy = _date_remedy(error, "write 1370, 1370-10, 1370-10-04, or two of them with a slash")
            yield record.finding(f"bad date: {error}", remedy, *where, "dateSolarHijri")
            continue
        if hijri.earliest and hijri.earliest.year > _LAST_YEAR:
            message = f"{value} is read as Solar Hijri, which is the year {hijri.earliest.year}"
            remedy = f'if it is Gregorian, write `date: "{value}"`'
            yield record.finding(message, remedy, *where, "dateSolarHijri")
        elif not hijri.meets(gregorian):
            message = (
                f"bad date: {value} (Solar Hijri) is {hijri.earliest} to {hijri.latest}, not {node['date']}"
            )
            remedy = "correct one of the two; if the source prints both, keep one and add a correction"
            yield record.finding(message, remedy, *where, "dateSolarHijri")


def edtf_findings(record: Record, value: Any, where: tuple[str | int, ...]) -> Iterable[Finding]:
    """Values at a path of a record that are no EDTF dates."""
    for item in as_list(value):
        try:
            edtf_bounds(str(item))
        except ValueError as error:
            otherwise = likelier(str(item), str(where[-1])) or USUAL
            remedy = otherwise if "Solar Hijri" in otherwise else _date_remedy(error, otherwise)
            yield record.finding(f"bad date: {error}", remedy, *where)


def _date_remedy(error: ValueError, otherwise: str) -> str:
    if "ends before it begins" not in str(error):
        return otherwise
    return "write the earlier date first: in a text from right to left the two can change places unseen"
