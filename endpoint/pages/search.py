"""``/search``: what was found, by kind; and what is offered while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import quote, urlencode

from flask import render_template

from araxes.endpoint.engines.jobs import SearchJob
from araxes.endpoint.pages.frame import digits, number
from araxes.endpoint.pages.words import words
from araxes.endpoint.search.index.text_rows import SearchKind
from araxes.endpoint.search.text.full_text import PAGE, Group, Hit, SearchAnswer
from araxes.endpoint.search.text.query_words import Part
from araxes.endpoint.sparql.local_links import held_link
from araxes.ontology.namespaces import BASE


@dataclass(frozen=True, slots=True)
class ShownHit:
    """Something that was found, as a page shows it.

    Attributes:
        href: where it leads; ``None`` where that is no address.
        hit: what the engine says of it.
        note: what tells it apart, with the number of claims that speak of it.
    """

    href: str | None
    hit: Hit
    note: str


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """What was found of one kind.

    Attributes:
        kind: which.
        total: how many in all.
        hits: those on this page.
        more: address of all of them, where there are more and they are not paged through already.
        before: address of the page before.
        after: address of the page behind.
        first: number of the first hit on this page.
    """

    kind: SearchKind
    total: int
    hits: tuple[ShownHit, ...]
    more: str
    before: str
    after: str
    first: int


class Suggestion(TypedDict):
    """A thing that may have been meant.

    Attributes:
        href: where it leads.
        title: what it is called, in pieces, those marked that were typed.
        language: of the title.
        note: what it is.
    """

    href: str
    title: list[Part]
    language: str
    note: str


def search_address(text: str, kind: str = "", page: int = 1) -> str:
    """The address of a search.

    >>> search_address("soft power", "claim", 2)
    '/search?q=soft+power&kind=claim&page=2'
    """
    fields = [("q", text), *([("kind", kind)] if kind else []), *([("page", str(page))] if page > 1 else [])]
    return "/search?" + urlencode(fields)


def search_page(job: SearchJob, found: SearchAnswer | None, namespace: str) -> str:
    """The page; without ``found`` nothing was looked for."""
    groups = tuple(_group(group, job, namespace) for group in found["groups"]) if found else ()
    nearest = tuple(_shown("name", hit, job.language, namespace) for hit in found["nearest"]) if found else ()
    examples = words(job.language)["search"]["examples"].split(" · ")
    return render_template(
        "search.html",
        query=job.text.strip(),
        kind=job.kind,
        found=found,
        groups=groups,
        nearest=nearest,
        whole=search_address(job.text),
        examples=[(text, search_address(text)) for text in examples],
    )


def suggestions(job: SearchJob, found: SearchAnswer | None, namespace: str) -> dict[str, object]:
    """What is offered for a text that is not yet at its end."""
    listed: list[Suggestion] = []
    for group in found["groups"] if found else ():
        for hit in group["hits"]:
            shown = _shown(group["kind"], hit, job.language, namespace)
            if shown.href:
                kind = words(job.language)["search"]["one"][group["kind"]]
                note = shown.note if group["kind"] == "name" else kind
                listed.append(
                    {"href": shown.href, "title": hit["title"], "language": hit["language"], "note": note}
                )
    return {"query": job.text, "suggestions": listed, "all": search_address(job.text)}


def _group(group: Group, job: SearchJob, namespace: str) -> ShownGroup:
    kind, total, start = group["kind"], group["total"], group["start"]
    page = start // PAGE + 1
    end = start + len(group["hits"])
    return ShownGroup(
        kind,
        total,
        tuple(_shown(kind, hit, job.language, namespace) for hit in group["hits"]),
        search_address(job.text, kind) if not job.kind and end < total else "",
        search_address(job.text, kind, page - 1) if job.kind and page > 1 else "",
        search_address(job.text, kind, page + 1) if job.kind and end < total else "",
        start + 1,
    )


def _shown(kind: SearchKind, hit: Hit, language: str, namespace: str) -> ShownHit:
    path = hit["path"]
    iri = path if ":" in path.partition("/")[0] else BASE + path
    href = "/" + quote(path) if kind == "question" else held_link(iri, namespace)
    notes = [hit["note"]]
    if hit["mentions"]:
        form = "claims" if hit["mentions"] > 1 else "claim"
        text: str = words(language)["search"][form]
        notes.append(text.format(number=number(hit["mentions"], language)))
    return ShownHit(href, hit, digits(" · ".join(filter(None, notes)), language))
