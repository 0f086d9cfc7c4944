"""The HTML page of a thing by what it is: one job; kept by dataset, thing, fields and language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, g, request

from araxes.endpoint.engines.jobs import PageJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.kept_pages import HTML, page_tag, tagged
from araxes.endpoint.http.responses import gone
from araxes.endpoint.pages.frame import chosen_language
from araxes.endpoint.pages.kinds import PAGES
from araxes.endpoint.pages.thing_pages import LONGEST_FIELD, Asked, ThingPage, Told, page_job
from araxes.endpoint.service.etags import matches
from araxes.endpoint.service.result_cache import Kept
from araxes.endpoint.service.service import Service

_YEARS = frozenset({"year", "from", "to", "since", "until"})
"""Fields that hold years."""

_LONGEST_YEAR = 4


@dataclass(frozen=True, slots=True)
class PageBody:
    """What was written of a thing.

    Attributes:
        body: the page; empty where only its tag was wanted.
        digest: of the dataset that was asked.
        tag: its entity tag.
    """

    body: bytes
    digest: str
    tag: str


def thing_page(service: Service, iri: str, pages: Sequence[ThingPage] = PAGES) -> Response | None:
    """The page of a thing; ``None`` where no page fits it.

    Args:
        service: that is asked.
        iri: of the thing.
        pages: that may fit.

    Raises:
        HttpProblem: the queries could not be evaluated now.
    """
    found = page_body(service, iri, pages, request.headers.get("If-None-Match"))
    if found is None:
        return None
    status = 200 if found.body else 304
    return tagged(Response(found.body, mimetype=HTML, status=status), found.digest, found.tag)


def page_body(
    service: Service, iri: str, pages: Sequence[ThingPage], known: str | None = None
) -> PageBody | None:
    """What the first page that fits a thing says of it; ``None`` where no page fits.

    Args:
        service: that is asked.
        iri: of the thing.
        pages: that may fit.
        known: the client's If-None-Match; if it names the page as it is, nothing is written.

    Raises:
        HttpProblem: the queries could not be evaluated now.
    """
    language = chosen_language(request)
    fields = _fields({name for page in pages for name in page.fields})
    digest = service.dataset.digest
    tag = _tag(digest, iri, pages, fields, language)
    if matches(known, tag):
        return PageBody(b"", digest, tag)
    kept = service.cache.get(tag)
    if kept is not None:
        return PageBody(kept.body, digest, tag)
    found = _answered(service, iri, pages, fields, language)
    if found is None:
        return None
    body, digest = found
    tag = _tag(digest, iri, pages, fields, language)
    service.cache.put(Kept(tag, HTML, body))
    return PageBody(body, digest, tag)


def _answered(
    service: Service, iri: str, pages: Sequence[ThingPage], fields: Mapping[str, str], language: str
) -> tuple[bytes, str] | None:
    """The page, and the digest of the dataset that was asked."""
    namespace = service.settings.text("namespace")
    asked = {
        page.name: Asked(
            iri, language, namespace, {name: fields[name] for name in page.fields if name in fields}
        )
        for page in pages
    }
    job = page_job(asked, pages, iri)
    service.check_rate(request.remote_addr or "")
    try:
        answer = service.evaluate(job, client=request.remote_addr or "", gone=gone())
    except HttpProblem as problem:
        if problem.status == 404:
            return None
        raise
    with answer.body:
        found: dict[str, Any] = json.loads(answer.body.content())
    (page,) = (each for each in pages if each.name == found["choice"])
    g.page_fields = asked[page.name].fields
    told = Told(asked[page.name], _queries(job, page.name), found["answers"], found["texts"])
    return page.show(told).encode(), answer.dataset.digest


def _queries(job: PageJob, name: str) -> dict[str, str]:
    return next(dict(queries) for choice, _, queries, _ in job.choices if choice == name)


def _fields(known: set[str]) -> dict[str, str]:
    """What the address says, as far as a page knows it."""
    given = ((name, request.args.get(name, "")[:LONGEST_FIELD].strip()) for name in sorted(known))
    return {name: _year(value) if name in _YEARS else value for name, value in given if value}


def _year(text: str) -> str:
    """A year in ASCII digits, whatever digits it was typed in.

    Raises:
        HttpProblem: 400, it is none.
    """
    if not text.isdecimal() or len(text) > _LONGEST_YEAR:
        raise HttpProblem(400, "field", f"“{text[:40]}” is no year", "write a year in digits, such as 1992")
    return str(int(text))


def _tag(digest: str, iri: str, pages: Sequence[ThingPage], fields: Mapping[str, str], language: str) -> str:
    parts = [iri, [page.name for page in pages], sorted(fields.items())]
    return page_tag(digest, json.dumps(parts, ensure_ascii=False), language)
