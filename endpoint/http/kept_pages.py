"""Pages that are made once for each dataset and language, and then come from the result cache."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from flask import Response, request

from araxes.endpoint.http.responses import with_dataset
from araxes.endpoint.service.etags import matches
from araxes.endpoint.service.result_cache import Kept
from araxes.endpoint.service.service import Service

HTML = "text/html"


def page_tag(digest: str, name: str, language: str) -> str:
    """The strong entity tag of a page.

    Args:
        digest: of the dataset.
        name: of the page, the same for no other.
        language: that it is written in.
    """
    return f'"{hashlib.sha256(f"{digest} {name} {language}".encode()).hexdigest()[:40]}"'


def kept_page(service: Service, digest: str, name: str, language: str, make: Callable[[], str]) -> Response:
    """A page made once for each dataset and language, whatever else the address says.

    Args:
        service: whose cache keeps it.
        digest: of the dataset that the page is about.
        name: of the page; a server has only so many.
        language: that it is written in.
        make: writes it as HTML.
    """
    tag = page_tag(digest, name, language)
    if matches(request.headers.get("If-None-Match"), tag):
        return tagged(Response(status=304), digest, tag)
    kept = service.cache.get(tag)
    if kept is None:
        kept = Kept(tag, HTML, make().encode())
        service.cache.put(kept)
    return tagged(Response(kept.body, mimetype=HTML), digest, tag)


def tagged(response: Response, digest: str, tag: str) -> Response:
    """Dress a page: its entity tag, to be asked for again each time, and the dataset that it is about."""
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    return with_dataset(response, digest)
