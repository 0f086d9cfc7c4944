"""References as BibTeX, in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from araxes.endpoint.pages.citations.items import CslName, Item

_TYPES = {"article-journal": "article"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGUAGES = {
    "en": "english",
    "fa": "persian",
    "az": "azerbaijani",
    "tr": "turkish",
    "ru": "russian",
    "ar": "arabic",
}
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # an escaped brace still counts where braces are matched
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def bibtex(items: Iterable[Item]) -> str:
    """Items as entries of a BibTeX file. Words and names of any script stay as they are."""
    return "\n".join(_entry(item) for item in items)


def _entry(item: Item) -> str:
    kind = _TYPES.get(item["type"], "misc")
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(item))
    return f"@{kind}{{{item['id']},\n{fields}}}\n"


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    if names := item.get("author"):
        yield "author", " and ".join(map(_name, names))
    # A second pair of braces keeps the letters of a title as they are.
    yield "title", f"{{{escaped(item['title'])}}}"
    if container := item.get("container-title"):
        yield "journal" if item["type"] == "article-journal" else "howpublished", escaped(container)
    yield from _dates(item)
    for name, value in (("volume", item.get("volume")), ("number", item.get("issue"))):
        if value:
            yield name, escaped(value)
    if pages := item.get("page"):
        yield "pages", escaped(pages.replace("-", "--"))
    if doi := item.get("DOI"):
        yield "doi", verbatim(doi)
    if url := item.get("URL"):
        yield "url", verbatim(url)
    if language := item.get("language"):
        yield "language", _LANGUAGES.get(language, language)
    for field in ("version", "note"):
        if text := str(item.get(field, "")):
            yield field, escaped(text)


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    parts = item.get("issued", {}).get("date-parts", [])
    if not parts:
        return
    years = [str(part[0]) for part in parts]
    yield "year", "/".join(dict.fromkeys(years))
    first = parts[0]
    if len(parts) == 1 and len(first) > 1 and first[0] > 1600:  # months of BibTeX are Gregorian
        yield "month", _MONTHS[first[1] - 1]


def _name(name: CslName) -> str:
    if literal := name.get("literal"):
        return f"{{{escaped(literal)}}}"
    family = escaped(name["family"])
    return (
        f"{{{family}}}, {escaped(name['given'])}" if " " in family else f"{family}, {escaped(name['given'])}"
    )


def escaped(text: str) -> str:
    r"""A text of one line in which nothing is a command.

    >>> escaped("A & B {50 %}")
    'A \\& B \\textbraceleft{}50 \\%\\textbraceright{}'
    """
    return re.sub(r"[\\{}&%$#_~^]", lambda found: _SPECIAL[found[0]], " ".join(text.split()))


def verbatim(text: str) -> str:
    """An address, which packages take as it stands, without what would end a field."""
    return re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", text)
