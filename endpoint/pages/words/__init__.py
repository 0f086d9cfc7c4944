"""The words of the pages: TOML files by language, and tables for what answers and errors show.

``LANGUAGE.toml`` holds the words of the pages themselves, ``PAGE.LANGUAGE.toml`` those of one kind of page,
as tables of their own. ``columns.tsv`` names the columns of answers to the
competency questions (the variables of their queries), ``values.tsv`` gives the plain English texts that
those queries write into answers in the other languages, ``errors.tsv`` what error codes mean in them, and
``elsewhere.tsv`` calls what other vocabularies define, and datasets use without a label;
``details.tsv`` what the English sentences of errors say that a reader of pages can meet, with ``{}`` for what
differs.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from araxes.ontology.languages import LANGUAGES

FOLDER = Path(__file__).parent

_QUOTES = "'\""


@cache
def words(language: str) -> Mapping[str, Any]:
    """All words of a language, as nested tables.

    Raises:
        ValueError: there is no such language, or two files have one table.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}: one of {', '.join(LANGUAGES)}")
    found = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    for path in sorted(FOLDER.glob(f"*.{language}.toml")):
        more = tomllib.loads(path.read_text("utf-8"))
        if twice := found.keys() & more.keys():
            raise ValueError(f"{path}: there is a table [{min(twice)}] already")
        found |= more
    return found


@cache
def _table(name: str) -> dict[str, dict[str, str]]:
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    key = next(iter(rows[0]))
    return {row[key]: row for row in rows}


def columns() -> Mapping[str, Mapping[str, str]]:
    """All names of columns: variable → language → name."""
    return _table("columns")


def column_name(variable: str, language: str) -> str | None:
    """What a column of answers is called; ``None`` for a variable of somebody else's query.

    >>> column_name("holder", "en"), column_name("x", "fa")
    ('Who says it', None)
    """
    return _table("columns").get(variable, {}).get(language)


def value_text(text: str, language: str) -> str:
    """A plain text that a question writes into its answer, in a language; other texts unchanged.

    >>> value_text("uncontested", "fa"), value_text("Baku", "fa")
    ('بی‌معارض', 'Baku')
    """
    return _table("values").get(text, {}).get(language, text)


def elsewhere_label(iri: str, language: str) -> str:
    """What something of another vocabulary is called that no dataset labels; empty for all else.

    >>> elsewhere_label("https://w3id.org/sssom/confidence", "fa"), elsewhere_label("x:y", "fa")
    ('اطمینان (۰ تا ۱)', '')
    """
    return _table("elsewhere").get(iri, {}).get(language, "")


def error_words(code: str, language: str) -> tuple[str, str]:
    """What an error code means and what to do, in a language; empty where problems speak it themselves.

    >>> error_words("syntax", "en"), error_words("no-query", "fa")[0]
    (('', ''), 'پرس‌وجویی در درخواست نیست.')
    """
    row = _table("errors").get(code, {})
    return row.get(language, ""), row.get(f"{language}_do", "")


@cache
def _details(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Patterns of English sentences with what they are in a language, the longest first."""
    rows = _table("details").values()
    found = [(row["en"], row[language]) for row in rows if row.get(language) and language != "en"]
    found.sort(key=lambda entry: -len(entry[0].replace("{}", "")))
    return [(re.compile(re.escape(text).replace(r"\{\}", "(.+)"), re.DOTALL), said) for text, said in found]


def detail_words(text: str, language: str) -> str:
    """An English sentence of an error in a language; empty where the table lacks it.

    What differs is set apart in its own direction, without Python's quotation marks.

    >>> detail_words("there is no question 'x'", "fa").replace("\\u2068", "").replace("\\u2069", "")
    'پرسشی به نام x نیست.'
    >>> detail_words("there is no question 'x'", "en"), detail_words("syntax error", "fa")
    ('', '')
    """
    for pattern, said in _details(language):
        if found := pattern.fullmatch(text):
            apart = [f"\u2068{part.strip(_QUOTES)}\u2069" for part in found.groups()]
            return said.format(*apart)
    return ""
