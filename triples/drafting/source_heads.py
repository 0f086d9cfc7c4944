"""The head of an annotated source, made of a reference and of the text that was read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.language_tags import better_tag
from araxes.triples.authoring.plausible_dates import is_solar_hijri
from araxes.triples.drafting.names import Candidate, Names, slug
from araxes.triples.drafting.references import Item, date_of

KINDS = {
    "article-journal": "ResearchArticle", "article": "ResearchArticle", "paper-conference": "ResearchArticle",
    "manuscript": "ResearchArticle", "review": "ResearchArticle", "book": "Book", "chapter": "BookChapter",
    "entry-encyclopedia": "BookChapter", "thesis": "Thesis", "report": "Report", "pamphlet": "Report",
    "article-newspaper": "NewsReport", "broadcast": "NewsReport", "article-magazine": "Commentary",
    "post-weblog": "Commentary", "post": "SocialMediaPost", "speech": "Speech",
    "interview": "PublishedInterview",
    "treaty": "TreatyText", "dataset": "Dataset", "webpage": "WebPage",
}  # fmt: skip
"""Type of CSL → class of the ontology."""

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_LITTLE = frozenset({"the", "a", "an", "of", "on", "in", "and", "for", "to", "between"})


@dataclass(frozen=True)
class TextRead:
    """The text of a source as it was read.

    Attributes:
        file_name: its name among the originals.
        sha256: digest of the file.
        characters: its length in code points.
    """

    file_name: str
    sha256: str
    characters: int


@dataclass
class SourceHead:
    """A head and what is left to do about it.

    Attributes:
        source: the value of ``source:``.
        people: new entities: authors that are not known yet.
        to_do: what nobody could fill in, in words.
    """

    source: dict[str, Any]
    people: list[dict[str, Any]] = field(default_factory=list)
    to_do: list[str] = field(default_factory=list)


def source_slug(item: Item) -> str:
    """What follows ``source/`` in the id: the first author's family name or words of the title, and the year.

    >>> source_slug({"author": [{"family": "de Waal"}], "issued": {"raw": "2013"}})
    'de-waal-2013'
    """
    first: dict[str, Any] = next(iter(item.get("author") or []), {})
    name = slug(str(first.get("family") or first.get("literal") or ""))
    if not name:
        words = slug(str(item.get("title", ""))).split("-")
        name = "-".join([word for word in words if word and word not in _LITTLE][:3])
    return "-".join(filter(None, [name, date_of(item)[:4]]))


def _said_kind(item: Item) -> str:
    """The kind of source that a reference names itself, as BibTeX does with ``type``; empty if none.

    >>> _said_kind({"genre": "Commentary"}), _said_kind({"genre": "Research article"})
    ('Commentary', 'ResearchArticle')
    >>> _said_kind({"genre": "Working Paper"})
    ''
    """
    said = str(item.get("genre", "")).replace(" ", "").casefold()
    kinds = vocabulary().classes
    return next((name for name, above in kinds.items() if "Work" in above and name.casefold() == said), "")


def source_head(
    item: Item, text: TextRead, *, name: str, kind: str, language: str, names: Names
) -> SourceHead:
    """The head of a source.

    Args:
        item: its reference in CSL-JSON.
        text: the text that was read.
        name: what follows ``source/`` in its id.
        kind: its class; empty to take it from the reference.
        language: BCP 47 tag of the text; empty to take it from the reference.
        names: the index of names, for the authors.
    """
    given = language or str(item.get("language", ""))
    tag = (better_tag(given) or given).partition("-")[0].casefold() or "en"
    source = f"source/{name}"
    of_reference = _said_kind(item) or KINDS.get(str(item.get("type")), "Work")
    head = SourceHead({"id": source, "type": kind or of_reference})
    if head.source["type"] == "Work":
        head.to_do.append(f"type: the reference says {item.get('type')!r}: choose a kind of source")
    title = str(item.get("title", ""))
    label = _label(item, title)
    head.source["label"] = {tag: label}
    if title:
        head.source["title"] = {tag: title}
    head.source["language"] = tag
    head.source |= {key: value for key, value in _publication(item).items() if value}
    if is_solar_hijri(str(head.source.get("date", ""))):
        head.source["dateSolarHijri"] = written = head.source.pop("date")
        head.to_do.append(
            f"date: {written} is taken for a year of the Solar Hijri calendar; correct it if not"
        )
    head.to_do.append('horizon: the time that the source is about, such as "1991/2024"')
    head.source["sourceText"] = {
        "id": f"{source}#text", "type": "SourceText", "fileName": text.file_name,
        "sha256": text.sha256, "characterCount": text.characters,
    }  # fmt: skip
    head.source["sourceAuthor"] = _authorship(item, source, tag, label, names, head)
    return head


def _label(item: Item, title: str) -> str:
    authors = [str(each.get("family") or each.get("literal") or "") for each in item.get("author") or []]
    named = " and ".join(authors[:2]) if len(authors) < 3 else f"{authors[0]} and others"
    year = date_of(item)[:4]
    front = " ".join(filter(None, [named, f"({year})" if year else ""]))
    return ", ".join(filter(None, [front, title])) or "Untitled source"


def _publication(item: Item) -> dict[str, str]:
    doi = _DOI.fullmatch(str(item.get("DOI", "")).strip())
    address = str(item.get("URL", "")).strip()
    accessed = date_of(item, "accessed")
    return {
        "date": date_of(item),
        "doi": doi[1] if doi else "",
        "url": address if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", address) else "",
        "accessDate": accessed if len(accessed) == len("2025-03-18") else "",
        "bibliographicCitation": citation(item),
    }


def citation(item: Mapping[str, Any]) -> str:
    """Where the source was published, in one line; empty if the reference does not say.

    >>> citation({"container-title": "Central Review", "volume": "3", "issue": "2", "page": "1–20"})
    'Central Review 3(2), pp. 1–20'
    >>> citation({"genre": "Working Paper", "issue": "12", "publisher": "Institute for Rivers"})
    'Working Paper 12, Institute for Rivers'
    """
    container, volume, genre = (str(item.get(key, "")) for key in ("container-title", "volume", "genre"))
    number = str(item.get("issue") or item.get("number") or "")
    issue = f"({number})" if number and (container or volume) else number
    where = " ".join(filter(None, [container or genre, volume + issue]))
    place = ": ".join(filter(None, [str(item.get("publisher-place", "")), str(item.get("publisher", ""))]))
    pages = f"pp. {item['page']}" if item.get("page") else ""
    return ", ".join(filter(None, [where, place, pages]))


def _authorship(
    item: Item, source: str, tag: str, label: str, names: Names, head: SourceHead
) -> dict[str, Any]:
    """Who speaks in the voice of the source: known entities, and new people."""
    members: list[str] = []
    for each in item.get("author") or []:
        literal = str(each.get("literal") or "")
        called = literal or " ".join(filter(None, [str(each.get("given", "")), str(each.get("family", ""))]))
        known = [one for one in names.candidates(called) if one.certain and _can_write(one)]
        if len(known) == 1:
            members.append(known[0].id)
        elif known or not slug(called):
            listed = "; ".join(map(str, known)) or "no id can be made of it: describe it in entities/"
            head.to_do.append(f"author: «{called}» is no one known actor ({listed}), so it is left out")
        else:
            made = _minted(called, tag, body=bool(literal), head=head)
            members.append(str(made["id"]))
    if not item.get("author"):
        head.to_do.append("author: the reference names none: add who wrote it, or who speaks, as `author:`")
    front = label.partition(",")[0] or label
    authorship: dict[str, Any] = {
        "id": f"{source}#author",
        "type": "Authorship",
        "label": {tag: f"نویسندهٔ {front}" if tag == "fa" else f"Author of {front}"},
    }
    return authorship | ({"author": members} if members else {})


def _minted(called: str, tag: str, *, body: bool, head: SourceHead) -> dict[str, Any]:
    """A new entity for an author: a person, or a body where the name is given as one piece."""
    made = {"id": f"person/{slug(called)}", "type": "Person", "label": {tag: called}}
    if body:
        made |= {"id": f"organization/{slug(called)}", "type": "Organization"}
        what = f"author: «{called}» is taken for an organization, {made['id']}"
        head.to_do.append(f"{what}; if it is a person, correct id and type in both files")
    if all(each["id"] != made["id"] for each in head.people):
        head.people.append(made)
    return made


def _can_write(candidate: Candidate) -> bool:
    """Whether a candidate is of a kind that writes; a state and its language have one name."""
    return candidate.id.partition("/")[0] in ("person", "organization", "state", "group")


def first_reading(source: str, curator: str, date: str, languages: Sequence[str]) -> dict[str, Any]:
    """The record of the first reading.

    Args:
        source: id of the source.
        curator: id of who reads.
        date: of the reading, ``YYYY-MM-DD``.
        languages: in which labels are given.
    """
    labels = {"en": "First reading: annotation", "fa": "خوانش نخست: حاشیه‌نویسی"}
    return {
        "id": f"{source}#reading-1",
        "type": "Curation",
        "label": {tag: labels[tag] for tag in languages if tag in labels} or {"en": labels["en"]},
        "curator": curator,
        "date": date,
        "guideline": "Araxes annotation guideline 2",
    }
