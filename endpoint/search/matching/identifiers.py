"""Identifiers in the many ways in which tables write them: ids, IRIs, addresses of pages, codes."""

from __future__ import annotations

import re

from araxes.endpoint.search.index.names_index import Index
from araxes.ontology.namespaces import BASE, PREFIXES

_WIKIDATA = re.compile(
    r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:entity/|wiki/(?:Special:EntityData/)?)|wd:|wikidata:)?"
    r"(Q[1-9][0-9]{0,11})(?:\.(?:json|ttl|rdf|nt|jsonld))?(?:[?#].*)?/?",
    re.IGNORECASE,
)
_GEONAMES = re.compile(
    r"(?:(?:https?://)?(?:sws\.|www\.)?geonames\.org/|gn:|geonames:)?([0-9]{1,9})(?:/[^/]*)*", re.IGNORECASE
)
_GEONAMES_ADDRESS = re.compile(r"(?:https?://|gn:|geonames:|(?:sws\.|www\.)?geonames\.org/).*", re.IGNORECASE)
_CODE = re.compile(r"0*([0-9]{1,9})(?:[.,]0+)?")
_ALPHA = re.compile(r"[A-Za-z]{3}")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]{1,500}")
_ID = re.compile(r"[a-z-]+/[^\s?#<>\"{}|\\^`]{1,300}")


def normal(property_id: str, text: str) -> str:
    """An identifier as the index holds it; empty when a text is none of that kind and cannot be compared.

    >>> normal("wikidata", "https://www.wikidata.org/wiki/q794"), normal("cowCode", "630.0")
    ('Q794', '630')
    >>> normal("wikidata", "https://viaf.org/viaf/1"), normal("iso3166Alpha3", "ir")
    ('', '')
    """
    text = text.strip()
    if property_id == "wikidata":
        found = _WIKIDATA.fullmatch(text)
        return found[1].upper() if found else ""
    if property_id == "geonames":
        found = _GEONAMES.fullmatch(text) or _CODE.fullmatch(text)
        return found[1] if found else ""
    if property_id in ("cowCode", "gwCode"):
        found = _CODE.fullmatch(text)
        return found[1] if found else ""
    return text.upper() if _ALPHA.fullmatch(text) else ""


def local_id(text: str) -> str:
    """The id of an entity in a text that is its id, IRI or prefixed name; else nothing.

    >>> local_id("https://w3id.org/araxes/state/iran"), local_id("state:iran"), local_id("state/iran")
    ('state/iran', 'state/iran', 'state/iran')
    """
    text = text.strip().removeprefix("<").removesuffix(">")
    for scheme in (BASE, BASE.replace("https:", "http:"), "araxes:"):
        text = text.removeprefix(scheme)
    prefix, colon, rest = text.partition(":")
    if colon and PREFIXES.get(prefix, "").startswith(BASE) and rest:
        text = PREFIXES[prefix].removeprefix(BASE) + rest
    return text if _ID.fullmatch(text) else ""


def entities_identified(index: Index, text: str) -> list[int]:
    """Entities of which a text is an id, an IRI, a Wikidata item or an address of GeoNames."""
    found: list[int] = []
    if own := local_id(text) or _elsewhere(text):
        found += _numbers(index, "SELECT number FROM entity WHERE id = ?", own)
    for name in ("wikidata", "geonames"):
        # A bare number may be anything.
        key = normal(name, text) if name == "wikidata" or _GEONAMES_ADDRESS.fullmatch(text.strip()) else ""
        if key:
            query = "SELECT entity FROM evidence WHERE property = ? AND key = ?"
            found += _numbers(index, query, name, key)
    return sorted(set(found))


def _elsewhere(text: str) -> str:
    """A text that is an IRI of another namespace, by which a corpus of that namespace may know an entity."""
    text = text.strip().removeprefix("<").removesuffix(">")
    return text if _IRI.fullmatch(text) else ""


def _numbers(index: Index, query: str, *values: str) -> list[int]:
    return [int(row[0]) for row in index.rows(query, *values)]
