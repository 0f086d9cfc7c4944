"""Bibliographic references read from files: CSL-JSON, metadata of a DOI, BibTeX, RIS; all become CSL-JSON.

CSL-JSON is https://docs.citationstyles.org/en/stable/specification.html (types: its appendix III); BibTeX is
parsed by bibtexparser, RIS by rispy. Metadata of a DOI are what https://doi.org gives as CSL-JSON, or the
``message`` of Crossref.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, NameParts, SeparateCoAuthors, SplitNameParts

from araxes.ontology.errors import InputError
from araxes.triples.authoring.findings import shown
from araxes.triples.authoring.yaml_lines import read_text

Item = dict[str, Any]
"""One reference as a CSL-JSON item."""

_BIBTEX = {
    "article": "article-journal", "book": "book", "inbook": "chapter", "incollection": "chapter",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report",
    "report": "report", "online": "webpage", "www": "webpage", "electronic": "webpage", "dataset": "dataset",
    "inproceedings": "paper-conference", "proceedings": "book", "collection": "book", "manual": "report",
    "unpublished": "manuscript", "misc": "document", "booklet": "book",
}  # fmt: skip
_RIS = {
    "JOUR": "article-journal", "JFULL": "article-journal", "EJOUR": "article-journal", "BOOK": "book",
    "EBOOK": "book", "EDBOOK": "book", "CHAP": "chapter", "ECHAP": "chapter", "THES": "thesis",
    "RPRT": "report",
    "NEWS": "article-newspaper", "MGZN": "article-magazine", "BLOG": "post-weblog", "ELEC": "webpage",
    "ICOMM": "webpage", "DATA": "dataset", "AGGR": "dataset", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "HEAR": "speech", "PAMP": "pamphlet", "GEN": "document",
    "UNPB": "manuscript",
    "GOVDOC": "document", "VIDEO": "broadcast", "SOUND": "broadcast",
}  # fmt: skip
_CROSSREF = {
    "journal-article": "article-journal", "book-chapter": "chapter", "posted-content": "article",
    "proceedings-article": "paper-conference", "dissertation": "thesis", "monograph": "book",
    "edited-book": "book", "reference-book": "book", "report-component": "report",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGUAGES = {
    "english": "en",
    "persian": "fa",
    "farsi": "fa",
    "german": "de",
    "french": "fr",
    "russian": "ru",
}

_OF_BODIES = (
    "academy administration agency assembly association authority bank board bureau center centre chamber "
    "commission committee congress corporation council court department embassy federation foundation "
    "forum government group initiative institute institution laboratory league ministry nations network "
    "office organisation organization parliament party press secretariat service society staff union "
    "university"
)
_BODIES = frozenset(_OF_BODIES.split())
"""Words in names of bodies, hardly ever of people."""


def read_references(path: Path) -> list[Item]:
    """The references of a file, which its ending or its beginning tells the format of.

    Raises:
        InputError: it cannot be read, is of no known format, or holds no reference.
    """
    text, findings = read_text(path)
    if findings:
        raise InputError(f"{shown(path)} {findings[0].message}", findings[0].remedy)
    begins = text.lstrip()
    if path.suffix == ".json" or begins.startswith(("{", "[")):
        found = _csl(text, path)
    elif path.suffix == ".ris" or re.match(r"TY  ?-", begins):
        found = _ris(text, path)
    elif path.suffix == ".bib" or begins.startswith("@"):
        found = _bibtex(text, path)
    else:
        remedy = "give CSL-JSON (.json), BibTeX (.bib) or RIS (.ris)"
        raise InputError(f"{shown(path)} is in no known format of references", remedy)
    if not found:
        raise InputError(f"{shown(path)} holds no reference", "check what was exported into it")
    return [{**item, "author": [_body(each) for each in item.get("author") or []]} for item in found]


def _csl(text: str, path: Path) -> list[Item]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{shown(path)}:{error.lineno}: is no JSON: {error.msg}", "correct it there"
        ) from error
    except (RecursionError, ValueError) as error:  # nested without end, or a number of thousands of digits
        raise InputError(f"{shown(path)}: is no reference", "name a file of CSL-JSON") from error
    data = data.get("message", data) if isinstance(data, dict) else data
    listed = data.get("items", [data]) if isinstance(data, dict) else data
    listed = listed if isinstance(listed, list) else []
    items = [item for item in listed if isinstance(item, dict) and ("title" in item or "type" in item)]
    return [_plain(item) for item in items]


def _plain(item: Mapping[str, Any]) -> Item:
    """An item with texts where Crossref has lists of them, and CSL's names of types."""
    flat = {
        key: next((each for each in value if each), "") if _is_list_of_texts(value) else value
        for key, value in item.items()
    }
    flat["type"] = _CROSSREF.get(str(flat.get("type")), str(flat.get("type", "")))
    if isinstance(flat.get("author"), list):
        flat["author"] = [_name_of_csl(each) for each in flat["author"] if isinstance(each, dict)]
    return {key: value for key, value in flat.items() if value not in ("", [], None)}


def _name_of_csl(name: Item) -> Item:
    """A name of CSL-JSON; Crossref has `name` for `literal`, and others a family of several words alone."""
    literal = name.get("literal") or name.get("name")
    if not literal and not name.get("given") and " " in str(name.get("family", "")):
        literal = name["family"]
    return {"literal": str(literal)} if literal else name


def _body(name: Item) -> Item:
    """A name in one piece where it was taken apart, but has a word that names of bodies have.

    >>> _body({"given": "World", "family": "Bank"})
    {'literal': 'World Bank'}
    """
    whole = " ".join(str(name[key]) for key in ("given", "family") if name.get(key))
    return {"literal": whole} if whole and _BODIES & set(whole.casefold().split()) else name


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _bibtex(text: str, path: Path) -> list[Item]:
    # Braces keep a name whole until names are taken apart.
    layers = [LatexDecodingMiddleware(keep_braced_groups=True), SeparateCoAuthors(), SplitNameParts()]
    library = parse_string(text, append_middleware=layers)
    for block in library.failed_blocks:
        line = (block.start_line or 0) + 1
        raise InputError(f"{shown(path)}:{line}: cannot be parsed: {block.error}", "correct the entry there")
    return [
        _item_of_bibtex(entry.entry_type, {name: field.value for name, field in entry.fields_dict.items()})
        for entry in library.entries
    ]


def _item_of_bibtex(kind: str, fields: Mapping[str, Any]) -> Item:
    names = {
        "title": "title",
        "volume": "volume",
        "number": "issue",
        "type": "genre",
        "pages": "page",
        "doi": "DOI",
        "url": "URL",
    }
    item: Item = {"type": _BIBTEX.get(kind.casefold(), "document")}
    item |= {csl: _bare(fields[name]) for name, csl in names.items() if fields.get(name)}
    for name, csl in (
        ("journal", "container-title"), ("journaltitle", "container-title"), ("booktitle", "container-title"),
        ("institution", "publisher"), ("school", "publisher"), ("publisher", "publisher"),
    ):  # fmt: skip
        if fields.get(name):
            item.setdefault(csl, _bare(fields[name]))
    if item["type"] == "document" and "URL" in item:
        item["type"] = "webpage"
    item["author"] = [
        _name_of_bibtex(name) for name in fields.get("author", []) if isinstance(name, NameParts)
    ]
    date = str(fields.get("date") or _year_and_month(fields))
    for key, value in (("issued", date), ("accessed", str(fields.get("urldate", "")))):
        if value:
            item[key] = {"raw": value}
    language = str(fields.get("langid") or fields.get("language") or "").casefold()
    return item | ({"language": _LANGUAGES.get(language, language)} if language else {})


def _name_of_bibtex(name: NameParts) -> Item:
    if not name.first and not name.von and len(name.last) == 1:
        return {"literal": _bare(name.last[0])}
    return {"given": _bare(" ".join(name.first)), "family": _bare(" ".join([*name.von, *name.last]))}


def _bare(text: object) -> str:
    """A text without the braces that protect its letters."""
    return str(text).replace("{", "").replace("}", "")


def _year_and_month(fields: Mapping[str, Any]) -> str:
    year, month = str(fields.get("year", "")), str(fields.get("month", "")).casefold()[:3]
    if month in _MONTHS:
        return f"{year}-{_MONTHS.index(month) + 1:02}"
    if re.fullmatch("0?[1-9]|1[0-2]", month):
        return f"{year}-{int(month):02}"
    return year


def _ris(text: str, path: Path) -> list[Item]:
    try:
        found = rispy.loads(text)
    except (ValueError, OSError) as error:
        raise InputError(f"{shown(path)}: cannot be parsed as RIS: {error}", "export it again") from error
    return [_item_of_ris(each) for each in found]


def _item_of_ris(entry: Mapping[str, Any]) -> Item:
    item: Item = {"type": _RIS.get(str(entry.get("type_of_reference")), "document")}
    for csl, names in {
        "title": ("title", "primary_title"),
        "container-title": ("secondary_title", "journal_name", "alternate_title3", "alternate_title2"),
        "publisher": ("publisher",), "volume": ("volume",), "issue": ("number",), "DOI": ("doi",),
        "language": ("language",),
    }.items():  # fmt: skip
        if value := next((entry[name] for name in names if entry.get(name)), None):
            item[csl] = str(value)
    pages = [str(entry[name]) for name in ("start_page", "end_page") if entry.get(name)]
    item |= {"page": "–".join(pages)} if pages else {}
    if urls := entry.get("urls") or entry.get("url"):
        item["URL"] = urls[0] if isinstance(urls, list) else str(urls)
    authors = entry.get("authors") or entry.get("first_authors") or []
    item["author"] = [_name_of_ris(str(name)) for name in authors]
    if date := entry.get("date") or entry.get("year") or entry.get("publication_year"):
        item["issued"] = {"raw": "-".join(part for part in str(date).split("/")[:3] if part)}
    if accessed := entry.get("access_date"):
        item["accessed"] = {"raw": "-".join(part for part in str(accessed).split("/")[:3] if part)}
    return item


def _name_of_ris(name: str) -> Item:
    family, _, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if given else {"literal": family}


def date_of(item: Item, key: str = "issued") -> str:
    """A date of an item in EDTF; empty if it has none that can be read.

    >>> date_of({"issued": {"date-parts": [[2025, 3, 8]]}}), date_of({"issued": {"raw": "2024"}})
    ('2025-03-08', '2024')
    """
    date = item.get(key)
    if not isinstance(date, dict):
        return ""
    parts = [part for part in date.get("date-parts") or [] if part and all(_is_whole(each) for each in part)]
    if parts:
        return "/".join(
            "-".join(f"{int(n):0{4 if not i else 2}}" for i, n in enumerate(part)) for part in parts[:2]
        )
    written = str(date.get("raw") or date.get("literal") or "")
    found = re.match(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?!\d)", written)
    return (
        "-".join(f"{int(part):0{2 if i else 4}}" for i, part in enumerate(found.groups()) if part)
        if found
        else ""
    )


def _is_whole(value: object) -> bool:
    return str(value).isdecimal()
