"""Choosing a media type by the Accept header (RFC 9110 §12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from araxes.endpoint.sparql.formats import Format, versioned
from araxes.endpoint.sparql.rdf12 import VERSION

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 -- a grammar's token, not a secret
_RANGE = re.compile(rf"({_TOKEN})/({_TOKEN})\s*(?:;|$)")
_ANYTHING = re.compile(r"\*\s*(?:;|$)")
_WEIGHT = re.compile(r"0?\.[0-9]+|0\.?|1(?:\.0*)?")
# Commas and semicolons within quotes separate nothing.
_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*+")+')
_PARAMETER = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*+")+')
_JAVA = frozenset({("text", "html"), ("image", "gif"), ("image", "jpeg"), ("*", "*")})
_LONGEST = 4096
_MOST = 64


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an Accept header.

    Attributes:
        kind: before the slash.
        subtype: after it.
        weight: the q-value.
        version: of RDF, if it names one; it does not decide whether a type matches.
    """

    kind: str
    subtype: str
    weight: float
    version: str = ""

    def specificity(self, media_type: str) -> int:
        """0 when it does not match, else 1 for ``*/*``, 2 for ``type/*``, 3 for the type itself.

        >>> MediaRange("text", "*", 1.0).specificity("text/csv")
        2
        """
        kind, _, subtype = media_type.partition("/")
        if self.kind == "*":
            return 1 if self.subtype == "*" else 0
        if self.kind != kind:
            return 0
        if self.subtype == "*":
            return 2
        return 3 if self.subtype == subtype else 0


def parse_accept(header: str | None) -> list[MediaRange]:
    """The media ranges of an Accept header; malformed elements are left out.

    Parameters other than ``q`` and ``version`` (charset, profile, v=b3) do not tell our formats apart and are
    not compared. An absent header accepts everything, and so does one without any element (RFC 9110
    §5.6.1.2), and what Java's own client sends when nobody told it what to ask for: ``text/html, image/gif,
    image/jpeg, *; q=.2, */*; q=.2`` is no browser's wish for a page. Its ``*`` and ``q=.2`` are not of the
    grammar (§12.4.2), nor are weights with more than three decimals; they are read all the same.

    >>> parse_accept("text/turtle;q=0.5, bad, */*;q=0.1")[0]
    MediaRange(kind='text', subtype='turtle', weight=0.5, version='')
    """
    if header is None or not header.strip(" \t,"):
        return [MediaRange("*", "*", 1.0)]
    ranges = []
    for element in _ELEMENT.findall(header[:_LONGEST])[:_MOST]:
        weight = _weight(element)
        found = _RANGE.match(element.strip())
        if weight is not None and found:
            version = _parameter(element, "version")
            ranges.append(MediaRange(found[1].lower(), found[2].lower(), weight, version))
        elif weight is not None and _ANYTHING.match(element.strip()):
            ranges.append(MediaRange("*", "*", weight))
    if {(entry.kind, entry.subtype) for entry in ranges} == _JAVA:
        return [MediaRange("*", "*", 1.0)]
    return ranges


def _weight(element: str) -> float | None:
    """The q-value; ``None`` when it is malformed."""
    value = _parameter(element, "q", "1.0")
    return float(value) if _WEIGHT.fullmatch(value) else None


def _parameter(element: str, wanted: str, default: str = "") -> str:
    """The value of an element's first parameter of a name, without quotes."""
    parameters: list[str] = _PARAMETER.findall(element)
    for parameter in parameters[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == wanted:
            return str(value.strip().strip('"'))
    return default


def version_asked(media_type: str, ranges: Sequence[MediaRange]) -> str:
    """The version that the most specific range of a media type names (RFC 9110 §12.5.1)."""
    matching = [
        (entry.specificity(media_type), entry.weight, bool(entry.version), entry.version)
        for entry in ranges
        if entry.specificity(media_type)
    ]
    return str(max(matching)[3]) if matching else ""


def weight_of(media_type: str, ranges: Sequence[MediaRange]) -> float:
    """The weight the most specific matching range gives a media type; 0.0 if none matches."""
    best, weight = 0, 0.0
    for entry in ranges:
        specificity = entry.specificity(media_type)
        if specificity > best or (specificity == best and specificity and entry.weight > weight):
            best, weight = specificity, entry.weight
    return weight


@lru_cache(512)
def choose(header: str | None, formats: tuple[Format, ...]) -> tuple[Format, str] | None:
    """The best format and the media type to answer with.

    Highest weight wins; among equals a type that was named beats one that only a wildcard
    admits, then the server's order decides. ``None`` when nothing acceptable is offered. The version 1.2
    of RDF is given where it is asked for and the format has it; of others nothing is known here.

    >>> from araxes.endpoint.sparql.formats import SOLUTION_FORMATS
    >>> choose("text/*, application/xml;q=0.5", SOLUTION_FORMATS)[1]
    'text/csv'
    >>> choose('text/csv;q=0.1, application/sparql-results+json; version="1.2"', SOLUTION_FORMATS)[1]
    'application/sparql-results+json; version=1.2'
    """
    ranges = parse_accept(header)
    best: tuple[float, int] = (0.0, 0)
    chosen: tuple[Format, str] | None = None
    # All standard media types come before all aliases, so that */* never answers with an alias.
    offers = [(entry, entry.media_types[0]) for entry in formats]
    offers += [(entry, alias) for entry in formats for alias in entry.media_types[1:]]
    for entry, media_type in offers:
        weight = weight_of(media_type, ranges)
        if not weight:
            continue
        named = max(found.specificity(media_type) for found in ranges)
        if (weight, named) > best:
            best, chosen = (weight, named), (entry, media_type)
    if chosen and chosen[0].rdf12 and version_asked(chosen[1], ranges) == VERSION:
        return chosen[0], versioned(chosen[1], VERSION)
    return chosen
