"""Dates that claims give of what they speak of, in words; of another calendar as their text writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from araxes.endpoint.pages.lanes import year_of
from araxes.endpoint.pages.thing_pages import Row, Told
from araxes.endpoint.pages.words import words
from araxes.validation.disagreement.words_of_time import written_date_in_words

MOST = 3
"""Dates of one claim that are told beside it; of more, the first and the last of the list."""

_Written = Mapping[tuple[str, str, str], str]


def date_of_row(row: Row, language: str) -> str:
    """The ``?date`` of a solution in words, with ``?written`` where it binds that."""
    return written_date_in_words(row["date"]["value"], row.get("written", {}).get("value", ""), language)


def date_told(told: Told, claim: str, thing: str, date: str) -> str:
    """A date that a claim gives a thing, in words.

    Args:
        told: with the answer to ``dates``.
        claim: IRI of the claim.
        thing: IRI of what is dated.
        date: in EDTF.
    """
    written = told.once("written dates", _written).get((claim, thing, date), "")
    return written_date_in_words(date, written, told.asked.language)


def dates_of(told: Told, claim: str) -> str:
    """The dates of what a claim speaks of, in words; empty where it gives none."""
    found = told.once("dates of claims", _dates).get(claim, {})
    said = list(found)
    shown = said if len(said) <= MOST else [said[0], "…", said[-1]]
    return str(words(told.asked.language)["statement"]["between"]).join(shown)


def years_of(told: Told, claim: str) -> tuple[int | None, int | None]:
    """The first and the last year of these dates; ``None`` for an end that is open."""
    return told.once("years of claims", _years).get(claim, (None, None))


def _years(told: Told) -> Mapping[str, tuple[int | None, int | None]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in told.rows("dates"):
        rows[row["claim"]["value"]].append(row)
    return {
        claim: (
            min((year for row in found if (year := year_of(row, "earliest"))), default=None),
            max((year for row in found if (year := year_of(row, "latest"))), default=None),
        )
        for claim, found in rows.items()
    }


def _written(told: Told) -> _Written:
    return {
        (row["claim"]["value"], row["dated"]["value"], row["date"]["value"]): row["written"]["value"]
        for row in told.rows("dates")
        if "written" in row
    }


def _dates(told: Told) -> Mapping[str, Mapping[str, None]]:
    """Claim → dates in words, each once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in told.rows("dates"):
        found[row["claim"]["value"]][date_of_row(row, told.asked.language)] = None
    return found
