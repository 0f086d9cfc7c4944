"""What all pages share: the reader's language, its direction and digits, and links within this server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Request, Response, g

from araxes.endpoint.pages.words import words
from araxes.endpoint.search.text.query_words import LONGEST_QUERY
from araxes.endpoint.sparql.protocol import first_field
from araxes.ontology.languages import LANGUAGES, right_to_left

REMEMBERED = "lang"
"""Name of the cookie that keeps a reader's choice of language."""

_YEAR = 365 * 24 * 3600
_ASKED = frozenset({"/sparql", "/data", "/search", "/cite"})
"""Paths whose pages depend on the whole query string; those of things say what counts (g.page_fields)."""

_LONGEST_QUERY = 4000
"""Bytes of a query string that links to the other language repeat."""
_DIGITS = {"fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")}


def chosen_language(request: Request) -> str:
    """The language of a page: asked for in the address, remembered, or what the browser prefers."""
    for choice in (first_field(request.query_string, "lang"), request.cookies.get(REMEMBERED)):
        if choice in LANGUAGES:
            return choice
    return request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0]) or LANGUAGES[0]


def remember(request: Request, response: Response) -> Response:
    """Keep a choice made in the address; say on what the page depends."""
    choice = first_field(request.query_string, "lang")
    if choice in LANGUAGES and choice != request.cookies.get(REMEMBERED):
        response.set_cookie(REMEMBERED, choice, max_age=_YEAR, samesite="Lax", httponly=True)
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def direction(language: str) -> str:
    """The direction of writing, for the attribute ``dir``."""
    return "rtl" if right_to_left(language) else "ltr"


@lru_cache(4096)
def number(value: float | str, language: str) -> str:
    """A number with the digits and separators of a language (Unicode CLDR).

    >>> number(1824, "en"), number("1824", "fa")
    ('1,824', '۱٬۸۲۴')
    """
    plain = value if not isinstance(value, str) else float(value) if "." in value else int(value)
    return digits(
        format_decimal(plain, locale=words(language)["locale"], numbering_system="default"), language
    )


def digits(text: str, language: str) -> str:
    """A text with the digits of a language, for years and other numbers that are not grouped.

    >>> digits("1992-05", "fa")
    '۱۹۹۲-۰۵'
    """
    return text.translate(_DIGITS[language]) if language in _DIGITS else text


def day(stamp: str, language: str) -> str:
    """The day of an ISO 8601 time in words.

    >>> day("2026-11-29T02:00:00Z", "en")
    'Nov 29, 2026'
    """
    return digits(
        format_date(datetime.fromisoformat(stamp).date(), locale=words(language)["locale"]), language
    )


@dataclass(frozen=True, slots=True)
class Switch:
    """A link to the same page in another language."""

    language: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What the base template needs, whichever page it surrounds.

    Attributes:
        language: of the page.
        direction: of writing.
        words: of the page, in its language.
        switches: to the other languages.
        searched: what was searched for, on a page that shows what was found.
    """

    language: str
    direction: str
    words: Mapping[str, Any]
    switches: tuple[Switch, ...]
    searched: str


def frame_of(request: Request) -> Frame:
    """The frame of a request's page."""
    language = chosen_language(request)
    others = [other for other in LANGUAGES if other != language]
    path = "/" + request.path.strip("/")  # one that begins with two slashes would lead to another host
    asked = path in _ASKED and len(request.query_string) <= _LONGEST_QUERY
    every = request.args.items(multi=True) if asked else g.get("page_fields", {}).items()
    kept = [field for field in every if field[0] != "lang"]
    switches = tuple(
        Switch(other, words(other)["name"], f"{quote(path)}?{urlencode([*kept, ('lang', other)])}")
        for other in others
    )
    searched = request.args.get("q", "")[:LONGEST_QUERY] if path == "/search" else ""
    return Frame(language, direction(language), words(language), switches, searched)
