"""Pages of this server whose address or name resembles one that is not there: a slip leads on."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache

from araxes.endpoint.pages.words import words
from araxes.ontology.languages import LANGUAGES

_PAGES = {
    "/": ("title",),
    "/#sources": ("start", "sources"),
    "/questions": ("nav", "questions"),
    "/disputes": ("nav", "disputes"),
    "/compare": ("nav", "compare"),
    "/pair": ("pair", "choose"),
    "/theories": ("nav", "theories"),
    "/pictures": ("nav", "pictures"),
    "/pictures/network": ("pictures", "network", "title"),
    "/pictures/timeline": ("pictures", "timeline", "title"),
    "/pictures/matrix": ("pictures", "matrix", "title"),
    "/pictures/map": ("pictures", "map", "title"),
    "/pictures/topics": ("pictures", "topics", "title"),
    "/downloads": ("nav", "downloads"),
    "/ontology": ("nav", "ontology"),
    "/sparql": ("nav", "sparql"),
    "/search": ("search", "button"),
    "/versions": ("versions", "title"),
    "/cite": ("cite", "title"),
}
"""Address → where its name stands among the words."""

_ALSO = {"/": ("about", "home", "start", "help", "index"), "/pair": ("pairs", "states")}
"""Other last parts of addresses under which people look for a page."""

_LIKENESS = 0.72
_LONGEST = 40
"""Characters of an address that are compared; comparing takes their square."""

_MOST = 4


def near_pages(path: str, language: str) -> list[tuple[str, str]]:
    """Names and addresses of pages that may be meant, the likeliest first.

    >>> near_pages("/disputs", "en")[0], near_pages("/map", "en")[0]
    (('Disagreements', '/disputes'), ('Where', '/pictures/map'))
    >>> near_pages("/state/nowhere-at-all", "en")
    []
    """
    asked = _plain(path.strip("/"))
    last = _plain(path.strip("/").rpartition("/")[2])
    if not last or len(asked) > _LONGEST:
        return []
    best = {
        address: max(_likeness(one, form) for one in {asked, last} for form in forms)
        for address, forms in _forms().items()
    }
    order = sorted(best, key=lambda address: -best[address])
    return [(_name(address, language), address) for address in order if best[address] >= _LIKENESS][:_MOST]


@cache
def _forms() -> dict[str, frozenset[str]]:
    """Address → what it may be asked for as: itself, its last part, its names in all languages."""
    return {
        address: frozenset(
            _plain(text)
            for text in (
                address.strip("/#"),
                re.split("[/#]", address)[-1],
                *_ALSO.get(address, ()),
                *(_name(address, language) for language in LANGUAGES),
            )
            if text
        )
        for address in _PAGES
    }


def _name(address: str, language: str) -> str:
    found = words(language)
    for key in _PAGES[address]:
        found = found[key]
    return str(found)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _likeness(one: str, other: str) -> float:
    """From 0 to 1; what cannot reach the least that counts is told from lengths and letters alone."""
    found = SequenceMatcher(None, one, other)
    if found.real_quick_ratio() < _LIKENESS or found.quick_ratio() < _LIKENESS:
        return 0.0
    return found.ratio()
