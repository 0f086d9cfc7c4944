"""Works and records as items of CSL-JSON (https://github.com/citation-style-language/schema)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from typing import Any, TypedDict

import jdatetime

from araxes.endpoint.pages.citations.facts import Facts
from araxes.ontology.namespaces import AX, BASE, BIBO, DCTERMS, FOAF, PRISM, RDF, RDFS, local_name


class CslName(TypedDict, total=False):
    """A name: in its two parts, or in one."""

    family: str
    given: str
    literal: str


Date = TypedDict("Date", {"date-parts": list[list[int]], "circa": bool}, total=False)
"""A day, month or year, or a span of two."""

Item = TypedDict(
    "Item",
    {
        "id": str,
        "type": str,
        "author": list[CslName],
        "title": str,
        "original-title": str,
        "container-title": str,
        "volume": str,
        "issue": str,
        "page": str,
        "issued": Date,
        "version": str,
        "DOI": str,
        "URL": str,
        "language": str,
        "note": str,
    },
    total=False,
)
"""An item of CSL-JSON. ``original-title`` is the title as printed, where ``title`` translates it as well."""

_ARTICLE = "article-journal"
_TYPES = {"ResearchArticle": _ARTICLE, "NewsReport": "article-newspaper"}
_EDTF_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def work_item(facts: Facts, iri: str, language: str) -> Item:
    """The document that a source is, with names as they are written in a language and its own title.

    Args:
        facts: that hold the source, its authorship and its authors.
        iri: of the source.
        language: of the reader.
    """
    kinds = [local_name(kind) for kind in facts.all(iri, RDF + "type")]
    item: Item = {
        "id": key_of(iri),
        "type": next((_TYPES[kind] for kind in kinds if kind in _TYPES), "document"),
    }
    if own := facts.one(iri, DCTERMS + "language"):
        item["language"] = own
    _title(item, facts, iri, own, language)
    authors = facts.all(facts.one(iri, AX + "sourceAuthor"), DCTERMS + "creator")
    if authors:
        item["author"] = [_name(facts, author, language) for author in authors]
    if issued := _issued(facts, iri, language):
        item["issued"] = issued
    if journal := _best(facts.texts(iri, PRISM + "publicationName"), language):
        item["container-title"] = journal
    if volume := facts.one(iri, BIBO + "volume"):
        item["volume"] = volume
    if issue := facts.one(iri, BIBO + "issue"):
        item["issue"] = issue
    if pages := facts.one(iri, BIBO + "pages"):
        item["page"] = pages
    if doi := facts.one(iri, BIBO + "doi"):
        item["DOI"] = doi
    if item["type"] == _ARTICLE and not (journal or doi):
        item["type"] = "document"  # an article of no journal that anybody names: its own text is all there is
    return item


def _title(item: Item, facts: Facts, iri: str, own: str, language: str) -> None:
    """The title as printed; what has none is described in brackets."""
    titles = facts.texts(iri, DCTERMS + "title")
    printed = titles.get(own) or _best(titles, language)
    if not printed:
        item["title"] = f"[{_best(facts.texts(iri, RDFS + 'label'), language) or local_name(iri)}]"
        return
    item["title"] = printed
    translated = titles.get(language, "")
    if translated and translated != printed:
        item["title"], item["original-title"] = f"{printed} [{translated}]", printed


def record_item(iri: str, title: str, about: Mapping[str, str], language: str) -> Item:
    """What stands in the dataset, as an entry of it.

    Args:
        iri: what identifies it; its address.
        title: what it says or asks.
        about: ``author``, ``dataset`` (title of the whole), ``version`` and ``built`` (ISO 8601).
        language: of the reader.
    """
    item: Item = {
        "id": "araxes-" + key_of(iri) if iri.startswith(BASE) else "araxes-" + key_of(title),
        "type": "dataset",
        "title": title or about["dataset"],
        "issued": {"date-parts": [_calendar(about["built"], language)]},
        "version": about["version"],
        "URL": iri,
        "language": language,
    }
    if about["author"]:
        item["author"] = [{"literal": about["author"]}]
    if title:
        item["container-title"] = about["dataset"]
    return item


def key_of(text: str) -> str:
    """A key for reference managers: letters, digits and hyphens of ASCII.

    >>> key_of("https://w3id.org/araxes/source/kazemi-2024"), key_of("https://w3id.org/araxes/claim/a/1")
    ('kazemi-2024', 'claim-a-1')
    """
    path = text.removeprefix(BASE).removeprefix("source/")
    return re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-")[:80] or "dataset"


def _name(facts: Facts, author: str, language: str) -> CslName:
    """A person's name in its parts if the family name is recorded; else in one."""
    whole = _best(facts.texts(author, RDFS + "label"), language) or local_name(author)
    family = facts.texts(author, FOAF + "familyName").get(language, "")
    given = whole.removesuffix(family).strip() if family and whole.endswith(family) else ""
    return {"family": family, "given": given} if given else {"literal": whole}


def _issued(facts: Facts, iri: str, language: str) -> Date | None:
    """The date; in Persian always by the Solar Hijri calendar, as the source gives it or else reckoned."""
    date = date_of(facts.one(iri, AX + "date"))
    if language != "fa":
        return date
    return date_of(facts.one(iri, AX + "dateSolarHijri")) or (solar_hijri(date) if date else None)


def solar_hijri(date: Date) -> Date:
    """A Gregorian date by the Solar Hijri calendar: a day as a day, a month or year as the years it touches.

    >>> solar_hijri({"date-parts": [[2019]], "circa": True})
    {'date-parts': [[1397], [1398]], 'circa': True}
    >>> solar_hijri({"date-parts": [[2020, 5, 7]]}), solar_hijri({"date-parts": [[2020, 5]]})
    ({'date-parts': [[1399, 2, 18]]}, {'date-parts': [[1399]]})
    """
    parts = date["date-parts"]
    try:
        first = _reckoned([*parts[0], 1, 1][:3])
        last = _reckoned(parts[-1] if len(parts[-1]) == 3 else _last_day(parts[-1]))
    except ValueError:  # a date that the one calendar has and the other does not
        return date
    if len(parts) == 1 and len(parts[0]) == 3:
        return {**date, "date-parts": [first]}
    years = [[first[0]]] if first[0] == last[0] else [[first[0]], [last[0]]]
    return {**date, "date-parts": years}


def _last_day(part: list[int]) -> list[int]:
    year, month = (*part, 12)[:2]
    return [year, month, monthrange(year, month)[1]]


def date_of(edtf: str) -> Date | None:
    """A date in EDTF as CSL-JSON has it; nothing where it has no such form.

    >>> date_of("2019~"), date_of("2024/2025")
    ({'date-parts': [[2019]], 'circa': True}, {'date-parts': [[2024], [2025]]})
    >>> date_of("19XX") is None
    True
    """
    parts = []
    for side in edtf.split("/"):
        found = _EDTF_DAY.fullmatch(side.rstrip("~?%"))
        if found is None:
            return None
        parts.append([int(part) for part in found.groups() if part])
    date: Date = {"date-parts": parts}
    if set("~?%") & set(edtf):
        date["circa"] = True
    return date


def _calendar(stamp: str, language: str) -> list[int]:
    """Year, month and day of an ISO 8601 time; in Persian by the Solar Hijri calendar."""
    year, month, day = (int(part) for part in stamp[:10].split("-"))
    return [year, month, day] if language != "fa" else _reckoned([year, month, day])


def _reckoned(day: list[int]) -> list[int]:
    """A Gregorian day by the Solar Hijri calendar.

    Raises:
        ValueError: it has none there.
    """
    found = jdatetime.date.fromgregorian(year=day[0], month=day[1], day=day[2])
    return [found.year, found.month, found.day]


def _best(texts: Mapping[str, str], language: str) -> str:
    """The text in a language, else in any."""
    return texts.get(language) or next(iter(texts.values()), "")


def plain(item: Item) -> dict[str, Any]:
    """An item as JSON."""
    return dict(item)
