"""Dates in both calendars: what is none is refused, and an interval runs forwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.triples.authoring.dates_and_calendars import edtf_bounds, solar_hijri_bounds

NO_DATES = [
    *(
        "1370-00",
        "1370-10-00",
        "1370-13",
        "1370-12-32",
        "1370-7-1",
        "1403-12-31",
        "1404-12-30",
        "370",
        "0000",
    ),
    *("1375/1370", "1371-05/1371-02", "1371-02-04/1371-02-03", "1370/", "/1370", "/", "1370/1371/1372"),
    *("1370-10/1370-00", "۱۳۷۰"),
]


@pytest.mark.parametrize("text", [*NO_DATES, "", "1370-10-04\n", "9" * 5000])
def test_no_solar_hijri_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no Solar Hijri date|is no interval|ends before it begins"):
        solar_hijri_bounds(text)


@pytest.mark.parametrize(
    "text", ["1403-12-30", "1370", "1370-10", "1370/1370", "1371-02/1371-05", "1370-12/1371"]
)
def test_solar_hijri_date(text: str) -> None:
    bounds = solar_hijri_bounds(text)
    assert bounds.earliest
    assert bounds.latest
    assert bounds.earliest <= bounds.latest


@pytest.mark.parametrize(
    "text",
    [
        "1995/1994",
        "1990/1991/1992",
        "/",
        "../..",
        "1992-13",
        "1992-00",
        "/".join(["1990"] * 5000),
        "9" * 5000,
    ],
)
def test_no_edtf_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no (?:EDTF|interval)|ends before it begins"):
        edtf_bounds(text)


@given(st.text("0123456789-/X~?.YSP\n ", max_size=40) | st.text(max_size=20))
def test_any_text_has_bounds_in_order_or_is_refused(text: str) -> None:
    for read in (edtf_bounds, solar_hijri_bounds):
        try:
            bounds = read(text)
        except ValueError as error:
            assert "is no" in str(error) or "before it begins" in str(error)
        else:
            assert not (bounds.earliest and bounds.latest) or bounds.earliest <= bounds.latest
