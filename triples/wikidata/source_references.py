"""How a source is named to Wikidata: as a reference of a statement, and as an item of its own.

https://www.wikidata.org/wiki/Help:Sources wants "stated in" with the source's item, or as much as leads to
the document. The properties and the evidence that they mean what ours mean stand in
``mappings/properties.sssom.tsv``. QuickStatements V1 writes a new item as ``CREATE`` and then lines that
speak of ``LAST``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from araxes.ontology.namespaces import AX, BASE, BIBO, DCTERMS, PRISM, RDF, RDFS
from araxes.triples.labels import Description
from araxes.triples.wikidata.quickstatements_values import Pairs, string, time_value
from araxes.triples.wikidata.sssom_tables import EVIDENCE

STATED_IN, TITLE, PAGES, VOLUME, ISSUE = "P248", "P1476", "P304", "P478", "P433"
AUTHOR, AUTHOR_NAME, PUBLISHED, DOI, ORDINAL = "P50", "P2093", "P577", "P356", "P1545"
INSTANCE_OF, LANGUAGE = "P31", "P407"

_LANGUAGES = {"en": BASE + "language/english", "fa": BASE + "language/persian"}
"""Tag → the entity that is the language; its item stands in the mappings."""

_PLACE = ((VOLUME, BIBO + "volume"), (ISSUE, BIBO + "issue"), (PAGES, BIBO + "pages"))


class Naming(NamedTuple):
    """What names a source there.

    Attributes:
        pairs: properties (``P…``) with values; none if nothing would lead to the source.
        lost: what has no form or no item there, each a sentence part.
    """

    pairs: Pairs
    lost: list[str]


def naming(about: Description, source: str, items: Mapping[str, str]) -> Naming:
    """How a reference names a source.

    Args:
        about: what is said of sources and persons.
        source: its IRI.
        items: IRI → the item that is the same.
    """
    name = source.removeprefix(BASE)
    stated = [(STATED_IN, items[source])] if source in items else []
    lost = [] if stated else [f"{name} has no item, so it cannot be stated in one"]
    described = list(_described(about, source, items))
    lost += _unnamed(about, source)
    names = {key for key, _ in (*stated, *described)}
    named = bool(names & {AUTHOR, AUTHOR_NAME})
    if names & {STATED_IN, DOI} or (named and names & {TITLE, PAGES}):
        return Naming((*stated, *described), lost)
    return Naming(
        (), [f"no reference would lead to {name}: it has no item, no DOI, no author with title or pages"]
    )


def new_item(about: Description, source: str, items: Mapping[str, str]) -> list[str]:
    """The lines that would make an item of a source; none if it has one, or no title to be found by."""
    titles = _texts(about, source, DCTERMS + "title")
    if source in items or not titles:
        return []
    lines = ["CREATE"]
    lines += [f"LAST\tL{language}\t{string(text)}" for language, text in titles.items()]
    lines += [
        f"LAST\tD{language}\t{string(text)}"
        for language, text in _texts(about, source, RDFS + "label").items()
    ]
    kinds = (items.get(kind) for kind in about.all(source, RDF + "type"))
    lines += [f"LAST\t{INSTANCE_OF}\t{item}" for item in kinds if item]
    language = items.get(_LANGUAGES.get(about.one(source, DCTERMS + "language"), ""))
    lines += [f"LAST\t{LANGUAGE}\t{language}"] if language else []
    number = 0
    for key, value in _described(about, source, items):
        ordinal = ""
        if key in (AUTHOR, AUTHOR_NAME):
            number += 1
            ordinal = f"\t{ORDINAL}\t{string(str(number))}"
        lines.append(f"LAST\t{key}\t{value}{ordinal}")
    return lines


def looked_for(about: Description, source: str) -> str:
    """What was looked for without finding an item of a source; nothing if no mapping records it."""
    return about.one(f"{source}#mapping-NoTermFound", EVIDENCE)


def _described(about: Description, source: str, items: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Authors, title in the source's own language, date, place in a journal, DOI."""
    for author in about.all(source, AX + "sourceAuthor"):
        for person in about.all(author, DCTERMS + "creator"):
            label = about.one(person, RDFS + "label", "en")
            yield (AUTHOR, items[person]) if person in items else (AUTHOR_NAME, string(label))
    titles = _texts(about, source, DCTERMS + "title")
    language = about.one(source, DCTERMS + "language")
    if language in titles:
        yield TITLE, f"{language}:{string(titles[language])}"
    if value := time_value(about.one(source, AX + "date")):
        yield PUBLISHED, value
    for key, iri in _PLACE:
        if text := about.one(source, iri):
            yield key, string(text)
    if doi := about.one(source, BIBO + "doi"):
        yield DOI, string(doi.upper())


def _unnamed(about: Description, source: str) -> Iterable[str]:
    """What a reference cannot say of a source."""
    published = about.one(source, AX + "date")
    if published and not time_value(published):
        yield f"its date {published} has no form there"
    for journal in about.all(source, PRISM + "publicationName")[:1]:
        yield f"“{journal}”, where it appeared, has no item with evidence"


def _texts(about: Description, source: str, predicate: str) -> dict[str, str]:
    """Language → text."""
    return {each: about.one(source, predicate, each) for each in about.languages(source, predicate)}
