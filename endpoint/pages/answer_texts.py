"""Plain texts of answers as readers say them: words, dates, numbers and periods of the page's language.

Queries write dates in EDTF, numbers bare and words in English. Who reads a table should meet none of the
three; who wants them has the answer as CSV. What identifies something, or was printed so, is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from araxes.endpoint.pages.frame import digits
from araxes.endpoint.pages.words import value_text, words
from araxes.ontology.languages import LANGUAGES
from araxes.validation.disagreement.words_of_time import date_in_words, number_in_words

KEPT = frozenset({"code", "cow", "digests", "file", "guideline", "gw", "iso", "printed", "sha256"}) | {
    f"threat_{name}" for name in ("cow", "gw", "iso")
}
"""Variables whose values identify something, or are quoted."""

_YEARS = frozenset({"date", "year", "day", "period", "overlap", "other_date", "value"})
"""Variables in which four digits are more often a year than a number: they are not grouped."""

_DAY = r"-?[\dX]{4}(?:-[\dX]{2}){0,2}[~?%]?"
_SPAN = rf"(?:{_DAY}|\.\.)?/(?:{_DAY}|\.\.)?"
EDTF = re.compile(rf"{_DAY}|{_SPAN}|\[[^\[\]]+\]|\{{[^{{}}]+\}}")
"""Dates as queries write them, and whatever stands in brackets."""
_SET = re.compile(rf"(?:\.\.)?{_DAY}(?:(?:,|\.\.) ?{_DAY})*(?:\.\.)?")
_YEAR = re.compile(r"[12]\d{3}")
_AMOUNT = re.compile(r"(?:[≈≥≤<>≲] )?-?\d+(?:\.\d+)?")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)–(\d+(?:\.\d+)?)")
_SHARE = re.compile(r"(\d+(?:\.\d+)?) %")
_PERSIAN = re.compile(r"[\u0620-\u06ff]")


def plain_text(text: str, variable: str, language: str) -> str:
    """A plain text in a column of an answer, in a language.

    Args:
        text: as the query writes it.
        variable: of the column.
        language: of the page.

    >>> plain_text("[..2012-07]", "date", "en"), plain_text("2009~", "attested", "fa")
    ('some time until July 2012', 'حدود ۲۰۰۹')
    >>> plain_text("4000000000", "figure", "fa"), plain_text("630", "cow", "fa")
    ('۴٬۰۰۰٬۰۰۰٬۰۰۰', '630')
    """
    if variable in KEPT:
        return text
    translated = value_text(text, language)
    if translated != text:
        return translated
    found = _date(text, variable, language) or _amount(text, language) or _headed(text, language)
    if found:
        return found
    pieces = text.split(", ")
    if len(pieces) > 1 and (said := [_piece(piece, variable, language) for piece in pieces]) != pieces:
        return str(words(language)["answers"]["comma"]).join(said)
    return digits(text, language) if language != LANGUAGES[0] and _PERSIAN.search(text) else text


def _piece(text: str, variable: str, language: str) -> str:
    """One of several that a query joins with commas."""
    return _date(text, variable, language) or value_text(text, language)


def _date(text: str, variable: str, language: str) -> str:
    """A date in EDTF in words; nothing where it is none, or a number as likely."""
    if not EDTF.fullmatch(text) or text == "/":
        return ""
    if text[0] in "[{" and not _SET.fullmatch(text[1:-1]):
        return ""
    if text.isdecimal() and variable not in _YEARS and not _YEAR.fullmatch(text):
        return ""
    return "" if variable in {"figure", "number"} and text.isdecimal() else date_in_words(text, language)


def _amount(text: str, language: str) -> str:
    """A number, a range of numbers, a share of a hundred or a period of time; nothing for other texts."""
    said: Mapping[str, Any] = words(language)
    if _AMOUNT.fullmatch(text):
        return number_in_words(text, language)
    if found := _RANGE.fullmatch(text):
        low, high = (number_in_words(each, language) for each in found.groups())
        return str(said["figures"]["range"].format(low=low, high=high))
    if found := _SHARE.fullmatch(text):
        return str(said["answers"]["percent"].format(number=number_in_words(found[1], language)))
    rest, _, period = text.rpartition(" ")
    each = str(said["figures"]["periods"].get(period, ""))
    if rest and each and (amount := _amount(rest, language)):
        return f"{amount} {each}"
    return "" if rest else each


def _headed(text: str, language: str) -> str:
    """A text that begins with words of a query's own, such as "more than "; nothing for others."""
    for head, form in words(language)["answers"]["heads"].items():
        if text.startswith(head):
            rest = text.removeprefix(head)
            return str(form.format(rest=_amount(rest, language) or value_text(rest, language)))
    return ""
