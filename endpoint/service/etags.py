"""Answers that can be cited: entity tags and permalinks."""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import quote

from araxes.endpoint.sparql.formats import Format, version_in
from araxes.endpoint.sparql.protocol import QueryRequest

_LONGEST_LINK = 4000
_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')


def etag(digest: str, request: QueryRequest, media_type: str) -> str:
    """A strong entity tag bound to all that decides the answer and its media type (RFC 9110 §8.8.3)."""
    graphs = [list(request.default_graphs), list(request.named_graphs)]
    parts = [digest, request.query, request.base, *graphs, media_type]
    text = json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return f'"{hashlib.sha256(text).hexdigest()[:40]}"'


def matches(header: str | None, tag: str) -> bool:
    """Whether an If-None-Match header holds a tag, by weak comparison (RFC 9110 §13.1.2).

    >>> matches('W/"a", "b"', '"a"'), matches(None, '"a"')
    (True, False)
    """
    if not header:
        return False
    opaque = tag.removeprefix("W/")
    return any(found.removeprefix("W/") == opaque for found in _TAG.findall(header)) or header.strip() == "*"


def permalink(base: str, request: QueryRequest, form: tuple[Format, str] | str, digest: str) -> str | None:
    """A URL that asks the same of the same dataset; ``None`` when it would be too long for a header.

    Args:
        base: public address of the service, with a slash at its end.
        request: what is asked.
        form: of the answer: its format and media type, or the format's name.
        digest: of the dataset that answers.
    """
    name, version = (form, "") if isinstance(form, str) else (form[0].name, version_in(form[1]))
    fields = [("dataset", digest), ("format", name), ("query", request.query)]
    fields += [("version", version)] if version else []
    fields += [("default-graph-uri", iri) for iri in request.default_graphs]
    fields += [("named-graph-uri", iri) for iri in request.named_graphs]
    if sum(len(value) for _, value in fields) > _LONGEST_LINK:  # quoting megabytes takes a while
        return None
    url = base + "sparql?" + "&".join(f"{key}={quote(value, safe='')}" for key, value in fields)
    return url if len(url) <= _LONGEST_LINK else None
