"""Dates that can be read but not be meant: of the other calendar, of the future, of no calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import read_corpus
from araxes.triples.authoring.dates_and_calendars import edtf_of, solar_hijri_bounds
from araxes.triples.authoring.plausible_dates import doubtful_dates
from tests.triples.corpus_fixtures import TinyCorpus

EVENT = {"id": "event/recognition", "type": "Recognition"}
TODAY = date(2026, 11, 30)


def violations(tiny: TinyCorpus) -> list[str]:
    """What the checks say."""
    tiny.write()
    found = check_records(read_corpus(tiny.entity_folder, tiny.source_folder)).findings
    return [f"{finding.message} → {finding.remedy}" for finding in found]


def warnings(tiny: TinyCorpus) -> list[str]:
    """What is doubted, whatever is refused."""
    tiny.write()
    corpus = read_corpus(tiny.entity_folder, tiny.source_folder)
    found = doubtful_dates((*corpus.entities, *corpus.sources, *corpus.claims), TODAY)
    return [f"{finding.place.line} {finding.message} → {finding.remedy}" for finding in found]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"date": "1401"},
            'Gregorian year 1401 → if it is Solar Hijri, write `dateSolarHijri: "1401"` (2022-03',
        ),
        ({"date": "1402-10-04"}, 'write `dateSolarHijri: "1402-10-04"` (2023-12-25) instead'),
        ({"date": "2204"}, "date: 2204 lies in the future"),
        ({"date": "2023-02-30"}, "'2023-02-30' is no EDTF date → February 2023 has 28 days: correct it"),
        ({"date": "2024-13"}, "there is no month 13"),
        ({"date": "2024/3/8"}, 'write "2024-03-08"'),
        ({"date": "2024-3"}, 'write "2024-03"'),
        ({"date": "8.3.2024"}, 'write year, month, day, such as "2024-03-08"'),
        ({"date": "1991-1992"}, 'write "1991/1992" for the years'),
        ({"date": "۱۴۰۱"}, "write it with the digits 0 to 9"),
        ({"date": "1401-02-31"}, 'if that is Solar Hijri, write `dateSolarHijri: "1401-02-31"`'),
        ({"dateSolarHijri": "2022"}, 'which is the year 2643 → if it is Gregorian, write `date: "2022"`'),
        ({"url": "https://example.org", "accessDate": "2024-02-31"}, "February 2024 has 29 days"),
        (
            {"url": "https://example.org", "accessDate": "2240-02-01"},
            "accessDate: 2240-02-01 lies in the future",
        ),
    ],
)
def test_dates_of_a_source_that_cannot_be(tiny: TinyCorpus, change: dict[str, Any], told: str) -> None:
    tiny.source |= change
    found = violations(tiny)
    assert len(found) == 1
    assert told in found[0]
    assert warnings(tiny) == [], "told once"


def test_a_reading_of_the_other_calendar_or_the_future(tiny: TinyCorpus) -> None:
    for given in ("1405-09-09", "2206-11-20"):
        tiny.curation[0]["date"] = given
        assert len(violations(tiny)) == 1, given


@pytest.mark.parametrize("kind", ["TreatyText", "OfficialStatement"])
def test_a_treaty_may_be_older_than_print(tiny: TinyCorpus, kind: str) -> None:
    tiny.source |= {"type": kind, "date": "1405"}
    assert violations(tiny) == []
    assert len(warnings(tiny)) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"period": "1370/1380"},
            "1370/1380 is read as the Gregorian years 1370 and 1380 → if it is Solar Hijri",
        ),
        ({"period": "1374-08/.."}, 'the Gregorian year 1374 → if it is Solar Hijri, write "1995-10-23/.."'),
        ({"period": "../1374"}, 'if it is Solar Hijri, write "../1996-03-19"'),
        ({"period": "1373~/.."}, "the Gregorian year 1373"),
        ({"period": "1374-07-31/.."}, "that calendar has no such day"),
        ({"period": "1370/1991"}, ""),
        ({"period": "2091/.."}, "lies in the future (today is 2026-11-30)"),
        ({"period": "2040"}, ""),
        ({"asserts": [EVENT | {"date": "1371-02"}]}, "(1992-04-21/1992-05-21)"),
        ({"asserts": [EVENT | {"date": "1405", "dateSolarHijri": "784"}]}, ""),
        ({"asserts": [EVENT | {"date": "0650"}]}, ""),
    ],
)
def test_dates_of_claims_that_are_hardly_meant(tiny: TinyCorpus, change: dict[str, Any], told: str) -> None:
    tiny.claims[0] |= change
    found = warnings(tiny)
    assert len(found) == bool(told)
    assert told in "".join(found)


@pytest.mark.parametrize(
    ("period", "told"),
    [
        (
            "1994/2003-02-30",
            "'2003-02-30' is no EDTF date → its end \"2003-02-30\": February 2003 has 28 days",
        ),
        ("1994-13/..", 'its beginning "1994-13": there is no month 13'),
        ("1992-5/1993-6", 'its beginning "1992-5": write "1992-05"; its end "1993-6": write "1993-06"'),
        ("1994/now", 'write "1994/.." for what goes on'),
        ("open/1994", 'write "../1994"'),
        ("since 1994", 'write "1994/.."'),
        ("1990s", 'write "199X"'),
        ("19th century", 'write "18XX"'),
        ("May 1994", 'write "1994-05"'),
        ("199/..", "write the year with four digits"),
        ("../..", "both ends are open"),
        ("1994//1999", "an interval has one slash"),
        ("1994-08/1374", 'if that is Solar Hijri, write "1994-08/1996-03-19"'),
        ("1374-02-31", 'if that is Solar Hijri, write "1995-05-21"'),
        ("unknown", "leave it out"),
    ],
)
def test_of_an_interval_it_is_said_which_end_and_why(tiny: TinyCorpus, period: str, told: str) -> None:
    del tiny.claims[0]["periodBasis"]
    tiny.claims[0]["period"] = period
    assert told in "".join(violations(tiny))


@pytest.mark.parametrize(("given", "read"), [("1374-08/..", "1995-10-23/.."), ("../1374", "../1996-03-19")])
def test_solar_hijri_intervals_may_be_open(tiny: TinyCorpus, given: str, read: str) -> None:
    assert edtf_of(solar_hijri_bounds(given)) == read
    tiny.claims[0]["asserts"] = [EVENT | {"dateSolarHijri": given}]
    assert not any("bad date" in each for each in violations(tiny))


def test_a_horizon_that_ends_in_the_future(tiny: TinyCorpus) -> None:
    tiny.source["horizon"] = "1991/2091"
    assert len(warnings(tiny)) == 1
    tiny.source["horizon"] = "1991/2019~"
    assert warnings(tiny) == []
