"""References formatted by a processor of the Citation Style Language (citeproc-py)."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from araxes.endpoint.pages.citations.items import Item
from araxes.endpoint.pages.frame import digits
from araxes.endpoint.pages.words import words

STYLES = {
    "apa": "apa",
    "chicago": "chicago-author-date-16th-edition",
    "mla": "modern-language-association",
    "harvard": "sage-harvard",
    "iran": "iran-manual-of-style",
}
"""Name in an address → the style's, from the package of styles.

Chicago is the 16th edition: by the later ones this processor writes labels that have no values."""

PREFERRED = {"en": "apa", "fa": "iran"}
"""The style of each language, where none is asked for."""

_LEFT_OUT = frozenset({"note", "language", "original-title"})
"""Fields for reference managers: a style would repeat the title, or know nothing of them."""

_LOCALES = {"en": "en-US", "fa": "fa-IR"}
_PROCESSOR = Lock()  # a style keeps the formatter and other state of what it renders
_PERSIAN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r",? & "), " و "),
    (re.compile(r"(?<![A-Za-z]),(?= )"), "،"),
    (re.compile(r"[“”]"), lambda found: "«" if found[0] == "“" else "»"),
    (re.compile(r"\bc\. (?=\d)"), "حدود "),
    (re.compile(r"\[Dataset\]"), "[مجموعه‌داده]"),
    (re.compile(r"\bAvailable at:"), "دسترس‌پذیر در:"),
)
"""What styles made for Latin letters write between Persian words → what Persian has for it."""

_STAND_INS = (7771, 7772)
"""Years that no work has, in place of those of an approximate date while a style is at work."""
_ABOUT = re.compile(r"((?:\b(?:ca?|circa)\.? |حدود |تقریباً )(?:[^\W\d]+\.? )?)?7771", re.IGNORECASE)

_LATIN = re.compile(r"\S*[A-Za-z]\S*")
_LEFT_TO_RIGHT = re.compile(r"[0-9A-Za-z](?:[!-~]*[0-9A-Za-z/])?")


def reference(item: Item, style: str, language: str) -> str:
    """An item as an entry of a list of references.

    Args:
        item: in CSL-JSON.
        style: a key of :data:`STYLES`.
        language: of the words that the style adds.
    """
    return _rendered(json.dumps(_listed(item, language), ensure_ascii=False), style, language, False)


def in_text(item: Item, prefix: str, style: str, language: str) -> str:
    """A reference within a text, without its brackets.

    Args:
        item: in CSL-JSON.
        prefix: what stands before it, such as who is cited there.
        style: a key of :data:`STYLES`.
        language: of the words that the style adds.
    """
    short = _rendered(json.dumps(_listed(item, language), ensure_ascii=False), style, language, True)
    return prefix + short.removeprefix("(").removesuffix(")")


def _listed(item: Item, language: str) -> Item:
    """An item as the processor can list it.

    What has no author stands under its title, once. The version goes with the title of the dataset, since not
    every style has a place for it; and titles of records keep their letters.
    """
    listed: Item = {**item}
    if number := listed.pop("version", ""):
        wording: str = words(language)["cite"]["version"]
        version = f" ({wording.format(number=number)})"
        if "container-title" in listed:
            listed["container-title"] += version
        else:
            listed["title"] += version
        listed["title"] = f'<span class="nocase">{listed["title"]}</span>'
    if language == "fa" and "issued" in listed:  # months of styles are Gregorian
        listed["issued"] = {**listed["issued"], "date-parts": [part[:1] for part in _parts(listed)]}
    if "author" not in listed and "title" in listed:
        listed["author"] = [{"literal": listed.pop("title")}]
    return listed


def _parts(item: Item) -> list[list[int]]:
    return item["issued"].get("date-parts", [])


@lru_cache(maxsize=4096)
def _rendered(item: str, style: str, language: str, within: bool) -> str:
    """An item in JSON as an entry of a list, or as a reference within a text."""
    data = {name: value for name, value in json.loads(item).items() if name not in _LEFT_OUT}
    with _PROCESSOR, warnings.catch_warnings():
        # Fields that this processor does not know are left out, which is what a style does with them too.
        warnings.simplefilter("ignore", UserWarning)
        years = _stand_in(data)
        source = CiteProcJSON([data])
        bibliography = CitationStylesBibliography(_style(style, language), source, formatter.plain)
        citation = Citation([CitationItem(data["id"])])
        bibliography.register(citation)
        if within:
            text = str(bibliography.cite(citation, lambda _: None))
        else:
            text = "".join(str(part) for part in bibliography.bibliography()[0])
    text = _about(re.sub(r"\s+", " ", text).strip(), years, language)
    if language == "fa":
        for pattern, replacement in _PERSIAN:
            text = pattern.sub(replacement, text)
    return _in_digits(text, language)


def _stand_in(data: dict[str, Any]) -> list[str]:
    """The years of an approximate date, for which others stand now; nothing where the date is no such."""
    issued = data.get("issued", {})
    parts = issued.get("date-parts", [])[:2]
    if not issued.get("circa") or not parts:
        return []
    standing = [[year, *part[1:]] for year, part in zip(_STAND_INS, parts, strict=False)]
    data["issued"] = {**issued, "date-parts": standing}
    return [str(part[0]) for part in parts]


def _about(text: str, years: list[str], language: str) -> str:
    """The text with the years of an approximate date, told as such: not every style has a word for it."""
    if not years:
        return text
    about: str = words(language)["cite"]["about"]
    text = _ABOUT.sub(lambda found: (found[1] or about) + years[0], text)
    return text.replace(str(_STAND_INS[1]), years[-1])


@cache
def _style(name: str, language: str) -> CitationStylesStyle:
    style = CitationStylesStyle(STYLES[name], locale=_LOCALES[language], validate=False)
    if language == "fa":
        # Persian letters have no capitals, so that names have no initials.
        for element in style.root.iter():
            element.attrib.pop("initialize-with", None)
    return style


def directed(text: str) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is written from left to right wherever it stands.

    >>> directed("ارس (0.1.0+ab).")
    [('ارس (', False), ('0.1.0+ab', True), (').', False)]
    """
    pieces, last = [], 0
    for found in _LEFT_TO_RIGHT.finditer(text):
        pieces += [(text[last : found.start()], False), (found[0], True)]
        last = found.end()
    return [piece for piece in (*pieces, (text[last:], False)) if piece[0]]


def _in_digits(text: str, language: str) -> str:
    """A text with the digits of a language, but for addresses and names in Latin letters."""
    pieces, end = [], 0
    for found in _LATIN.finditer(text):
        pieces += [digits(text[end : found.start()], language), found[0]]
        end = found.end()
    return "".join([*pieces, digits(text[end:], language)])
