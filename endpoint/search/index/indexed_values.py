"""The values of properties as the index of names holds them: typed, with their language, and comparable."""

from __future__ import annotations

import re
from typing import NamedTuple

import pyoxigraph as ox

from araxes.endpoint.search.index.indexed_terms import IDENTIFIERS
from araxes.endpoint.search.likeness.folding import fold
from araxes.ontology.namespaces import XSD

UNKNOWN, NO_LANGUAGE = "und", "zxx"
"""Tags (BCP 47) of a text whose language nobody said, and of what is in none, such as a code."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TIMES = {XSD + "dateTime", XSD + "date"}
_INTEGERS = {XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")}
_DECIMALS = {XSD + name for name in ("decimal", "double", "float")}


class IndexedValue(NamedTuple):
    """A value of a property.

    Attributes:
        kind: "id" of an entity, or "str", "int", "float" or "date".
        text: the value.
        shown: the text that people see.
        language: of that text (BCP 47).
        things: ids of entities and names of terms whose labels make up that text, between spaces.
        period: for which the value holds, as it stands at the end of that text.
    """

    kind: str
    text: str
    shown: str
    language: str
    things: str = ""
    period: str = ""


def literal_cell(prop: str, value: ox.Literal) -> IndexedValue:
    """A literal as a value.

    Args:
        prop: id of the property.
        value: the literal.
    """
    text, datatype = value.value, value.datatype.value
    if datatype in _TIMES or (prop == "date" and _DATE.fullmatch(text)):
        # A point in time; what is less precise than a day stays the text that says so.
        return IndexedValue("date", text if "T" in text else f"{text[:10]}T00:00:00Z", text, NO_LANGUAGE)
    if datatype in _INTEGERS and re.fullmatch(r"[+-]?\d{1,15}", text):
        return IndexedValue("int", text, text, NO_LANGUAGE)
    if datatype in _DECIMALS and re.fullmatch(r"[+-]?\d{1,15}(\.\d+)?([eE][+-]?\d{1,2})?", text):
        return IndexedValue("float", text, text, NO_LANGUAGE)
    in_none = prop in IDENTIFIERS or datatype != XSD + "string"
    return IndexedValue("str", text, text, value.language or (NO_LANGUAGE if in_none else UNKNOWN))


def literal_key(prop: str, text: str) -> str:
    """The form in which a literal is compared: identifiers as they are, times by their day, texts folded.

    >>> literal_key("earliest", "1921-10-13T00:00:00Z"), literal_key("wikidata", "Q794")
    ('1921 10 13', 'Q794')
    """
    if prop in IDENTIFIERS:
        return text
    return fold(text[:10] if _DATE.match(text) and "T" in text else text)
