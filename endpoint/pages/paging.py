"""Long lists in pages, and addresses that keep what else was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

MOST_PAGES = 999
"""Pages that can be asked for; an address beyond is that of the first."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list.

    Attributes:
        first: place of its first entry, from 1; 0 in an empty list.
        last: place of its last.
        total: entries of the whole list.
        before: address of the part before, if there is one.
        after: likewise.
    """

    first: int
    last: int
    total: int
    before: str | None
    after: str | None


def address(fields: Mapping[str, str], **changed: str | int | None) -> str:
    """The address of the same page with other fields; what is ``None`` or empty is left out.

    >>> address({"source": "source/a", "page": "2"}, page=None, year=1992)
    '?source=source%2Fa&year=1992'
    """
    kept = {name: value for name, value in {**fields, **changed}.items() if value not in (None, "")}
    return "?" + urlencode(kept)


def part(fields: Mapping[str, str], number: int | None, size: int, total: int, field: str = "page") -> Page:
    """A page of a list.

    Args:
        fields: of the address.
        number: which page, from 1; ``None`` for the first.
        size: entries of a page.
        total: entries of the list.
        field: of the address, that holds the number.
    """
    here = number or 1
    start = (here - 1) * size
    return Page(
        min(start + 1, total),
        min(start + size, total),
        total,
        address(fields, **{field: here - 1 if here > 2 else None}) if here > 1 else None,
        address(fields, **{field: here + 1}) if start + size < total and here < MOST_PAGES else None,
    )


def pair_address(one: str, two: str) -> str:
    """The address of the page of two things, given by their paths."""
    return "/pair?" + urlencode({"a": one, "b": two})
