"""Pages and their files compressed on the wire (RFC 9110 §8.4), once for each that is kept.

Answers to programs go as they are: their size is up to whoever asks, and so would be the time.
"""

from __future__ import annotations

import gzip

from flask import Request, Response

from araxes.endpoint.service.result_cache import Kept, ResultCache

_TYPES = frozenset({"text/html", "text/css", "text/javascript", "application/javascript"})
_SMALLEST = 1000
"""Bytes below which nothing is gained."""

_LARGEST = 1 << 20
"""Bytes of a body that is compressed here; larger ones are nobody's page."""

_LEVEL = 6


def compressed(request: Request, response: Response, cache: ResultCache) -> Response:
    """The response, compressed if it is a page or one of its files, and the client reads that.

    Args:
        request: what was asked.
        response: its answer.
        cache: keeps what has an entity tag.
    """
    is_file = request.endpoint == "static"
    if response.mimetype not in _TYPES or response.status_code == 206:
        return response
    if response.direct_passthrough and not is_file:
        return response  # on its way from the spool
    response.vary.add("Accept-Encoding")
    if response.status_code == 304:
        # The client may hold either form.
        response.headers.pop("Content-Length", None)
        return response
    if request.method == "HEAD" or request.accept_encodings["gzip"] <= 0:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if not _SMALLEST <= len(body) <= _LARGEST:
        return response
    tag = response.headers.get("ETag", "")
    response.set_data(_packed(body, tag, cache))
    response.headers["Content-Encoding"] = "gzip"
    if tag and not tag.startswith("W/"):
        response.headers["ETag"] = f"W/{tag}"  # equal in meaning to the other form, not in bytes
    return response


def _packed(body: bytes, tag: str, cache: ResultCache) -> bytes:
    """The body compressed, from the cache if its entity tag tells what it is."""
    key = f"gzip {tag.removeprefix('W/')}"
    kept = cache.get(key) if tag else None
    if kept is not None:
        return kept.body
    packed = gzip.compress(body, _LEVEL, mtime=0)
    if tag:
        cache.put(Kept(key, "application/gzip", packed))
    return packed
