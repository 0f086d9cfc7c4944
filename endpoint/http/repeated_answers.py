"""Queries that were answered before, answered in front of Flask.

A small answer that the result cache keeps is sent again, with the headers it had, to every request that is
equal in all that decides an answer, as long as the same dataset is served. Finding that out takes one look
into a dictionary, so the server does it where it reads requests, without a thread
(:meth:`.channel.Channel.answers_at_once`). Whatever is not found here goes the whole way.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from araxes.endpoint.service.rate_limit import client_key
from araxes.endpoint.service.result_cache import Kept
from araxes.endpoint.service.service import Service

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

_access = logging.getLogger("araxes.access")

Environ = dict[str, Any]

KEPT = "araxes.kept"
"""Where a route leaves the kept answer that it sent; ``None`` if the client has it already."""

_FOUND = "araxes.repeated"
_KEY = "araxes.request"
_PATHS = {"/sparql": "/sparql", "/sparql/": "/sparql/"}
"""Paths whose answers are repeated, and their routes."""

_LARGEST = 64 << 10
"""Bytes of an answer; larger ones go through the spool, where they count however slowly they are taken."""

_LONGEST_BODY = 16 << 10
"""Bytes of a request's body that is compared."""

_MOST = 2048
"""Requests remembered."""

# No answer depends on these. A header that nobody thought of makes a request another one, no more.
_WITHOUT_EFFECT = frozenset(
    {"HTTP_USER_AGENT", "HTTP_CONNECTION", "HTTP_ACCEPT_ENCODING", "HTTP_X_FORWARDED_FOR", "HTTP_KEEP_ALIVE"}
)


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What was answered: for which dataset, with which headers, and under which tag the body is kept."""

    digest: str
    status: str
    headers: tuple[tuple[str, str], ...]
    tag: str | None


@dataclass(frozen=True, slots=True)
class _Found:
    """An answer that can be sent at once."""

    answer: _Remembered
    body: bytes


class RepeatedAnswers:
    """The application with what was answered before in front of it (WSGI). Thread-safe."""

    def __init__(self, application: WSGIApplication, service: Service) -> None:
        """Remember nothing yet."""
        self._application = application
        self._service = service
        self._lock = threading.Lock()
        self._remembered: OrderedDict[bytes, _Remembered] = OrderedDict()

    def find(self, environ: Environ) -> bool:
        """Whether a request has been answered before; if so, calling this application takes no time.

        Args:
            environ: as the server has it, before anything changes it. It is noted there what was found.
        """
        key = _key(environ)
        if key is None:
            return False
        environ[_KEY] = key
        with self._lock:
            answer = self._remembered.get(key)
            if answer is None:
                return False
            self._remembered.move_to_end(key)
        if answer.digest != self._service.dataset.digest:
            return False
        body = b""
        if answer.tag is not None:
            kept = self._service.cache.get(answer.tag)
            if kept is None:
                return False
            body = kept.body
        environ[_FOUND] = _Found(answer, body)
        return True

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        found: _Found | None = environ.get(_FOUND)
        if found is not None:
            return self._again(found, environ, start_response)
        key: bytes | None = environ.get(_KEY)
        if key is None:
            return self._application(environ, start_response)
        return self._application(environ, self._remembering(key, environ, start_response))

    def _again(self, found: _Found, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        begun = time.monotonic()
        answer, body = found.answer, found.body
        request_id = secrets.token_hex(8)
        client = environ["REMOTE_ADDR"]
        environ["araxes.connection"].client = client_key(client)
        start_response(answer.status, [*answer.headers, ("X-Request-ID", request_id)])
        metrics = self._service.metrics
        if answer.tag is None:
            metrics.not_modified.inc()
        else:
            metrics.cache.labels("hit").inc()
        method, path, status = environ["REQUEST_METHOD"], environ["PATH_INFO"], answer.status[:3]
        metrics.requests.labels(_PATHS[path], method, status).inc()
        metrics.seconds.labels(_PATHS[path]).observe(time.monotonic() - begun)
        _access.info(
            "%s %s %s",
            method,
            path,
            status,
            extra={"request": request_id, "client": client, "seconds": 0.0, "bytes": len(body), "code": "-"},
        )
        return [body]

    def _remembering(
        self, key: bytes, environ: Environ, start_response: StartResponse
    ) -> Callable[..., Callable[[bytes], object]]:
        """The same function, which takes down what a route says may be repeated."""

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], object]:
            if KEPT in environ and exc_info is None:
                self._remember(key, environ[KEPT], status, headers)
            return start_response(status, headers, exc_info)

        return start

    def _remember(self, key: bytes, kept: Kept | None, status: str, headers: list[tuple[str, str]]) -> None:
        if kept is not None and len(kept.body) > _LARGEST:
            return
        names = {name.lower(): value for name, value in headers}
        digest = names["araxes-dataset"].removeprefix("sha256:")
        lasting = tuple(pair for pair in headers if pair[0].lower() != "x-request-id")
        with self._lock:
            self._remembered[key] = _Remembered(digest, status, lasting, kept.tag if kept else None)
            if len(self._remembered) > _MOST:
                self._remembered.popitem(last=False)


def _key(environ: Environ) -> bytes | None:
    """What tells a request from all others that may be answered otherwise; ``None``: it is not repeated."""
    if environ["PATH_INFO"] not in _PATHS:
        return None
    method = environ["REQUEST_METHOD"]
    if method == "GET":
        body = b""
        if environ.get("CONTENT_LENGTH", "0") != "0" or "HTTP_TRANSFER_ENCODING" in environ:
            return None
    elif method == "POST" and int(environ.get("CONTENT_LENGTH") or 1 << 30) <= _LONGEST_BODY:
        body = environ["wsgi.input"].read()
        environ["wsgi.input"].seek(0)
    else:
        return None
    parts = [method, environ["PATH_INFO"], environ["QUERY_STRING"], environ.get("CONTENT_TYPE", "")]
    parts += [environ["wsgi.url_scheme"], environ["SERVER_PROTOCOL"]]
    for name, value in environ.items():
        if name.startswith("HTTP_") and name not in _WITHOUT_EFFECT:
            parts += [name, value]
            if name.startswith(("HTTP_X_FORWARDED", "HTTP_FORWARDED")):
                # Whether it counts is decided by whom it comes from.
                parts.append(environ["REMOTE_ADDR"])
    text = "\0".join(parts).encode("latin-1", "backslashreplace")
    return hashlib.blake2b(text + b"\0" + body, digest_size=20).digest()
