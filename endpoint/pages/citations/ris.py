"""References as RIS (Research Information Systems), in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from araxes.endpoint.pages.citations.items import CslName, Item

_TYPES = {"article-journal": "JOUR", "article-newspaper": "NEWS", "dataset": "DATA"}


def ris(items: Iterable[Item]) -> str:
    """Items as records of a RIS file: lines of a tag and a value."""
    lines = [f"{tag}  - {' '.join(value.split())}" for item in items for tag, value in _fields(item)]
    return "\r\n".join(lines).replace("ER  - \r\n", "ER  - \r\n\r\n") + "\r\n"


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(item["type"], "GEN")
    yield "ID", item["id"]
    for name in item.get("author", ()):
        yield "AU", _name(name)
    printed = item.get("original-title", item["title"])
    yield "TI", printed
    if translated := re.fullmatch(re.escape(printed) + r" \[(.+)\]", item["title"]):
        yield "TT", translated[1]
    if container := item.get("container-title"):
        yield "T2", container
    yield from _dates(item)
    numbers = {"VL": item.get("volume"), "IS": item.get("issue"), "ET": item.get("version")}
    for tag, number in numbers.items():
        if number:
            yield tag, number
    start, _, end = item.get("page", "").partition("-")
    if start:
        yield "SP", start
    if end:
        yield "EP", end
    plain = (("DO", "DOI"), ("UR", "URL"), ("LA", "language"), ("N1", "note"))
    for tag, field in plain:
        if value := item.get(field):
            yield tag, str(value)
    yield "ER", ""


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    parts = item.get("issued", {}).get("date-parts", [])
    if parts:
        yield "PY", f"{parts[0][0]:04}"
        yield "DA", "/".join([f"{parts[0][0]:04}", *(f"{part:02}" for part in parts[0][1:])])


def _name(name: CslName) -> str:
    return name.get("literal") or f"{name['family']}, {name['given']}"
