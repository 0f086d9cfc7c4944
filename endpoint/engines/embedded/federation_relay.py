"""The only way out: relays allowed SERVICE calls of one evaluator, and nothing else.

The evaluator lives in a network namespace that holds nothing but its own loopback. It makes a
listener there and hands it to the server, which answers on it. A path is the number of an
endpoint on the operator's list; whatever else arrives is refused. How a call is made and
bounded: :mod:`araxes.endpoint.engines.embedded.endpoint_call`.

A call that fails is answered with words that occur nowhere else, and remembered under them: the engine puts
them into its own message, by which :meth:`FederationRelay.explained` finds what has happened.
"""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import socketserver
import threading
from http.server import BaseHTTPRequestHandler
from typing import Any, cast

from araxes.endpoint.engines.embedded.endpoint_call import (
    CallLimits,
    EndpointCall,
    EndpointCallError,
)
from araxes.endpoint.engines.replies import Cause, Failed
from araxes.endpoint.settings import Settings

_log = logging.getLogger("araxes.federation")
_FAILED = re.compile(r"araxes-service-call-(\d+)-failed")
_LARGEST_CALL = 8 << 20


class FederationRelay:
    """Serves one evaluator's listener until closed."""

    def __init__(self, listener: socket.socket, allowed: tuple[str, ...], settings: Settings) -> None:
        """Start answering in a thread of its own."""
        self._listener = listener
        self._allowed = allowed
        self._limits = CallLimits(
            settings.number("federation_time"),
            settings.size("federation_size"),
            bool(settings["federation_private"]),
        )
        self._lock = threading.Lock()
        self._closed = False
        self._calls: set[EndpointCall] = set()
        self._connections: set[socket.socket] = set()
        self._failures: dict[int, Failed] = {}
        self._number = 0
        threading.Thread(target=self._accept, name="federation-relay", daemon=True).start()

    def close(self) -> None:
        """Stop, and end the calls under way with their threads."""
        with self._lock:
            self._closed = True
            calls, connections = list(self._calls), list(self._connections)
        for connection in [self._listener, *connections]:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for call in calls:
            call.end()

    def begin(self) -> None:
        """Another job begins: forget the calls of the last one."""
        with self._lock:
            self._failures.clear()

    def explained(self, failed: Failed) -> Failed:
        """A failed evaluation, with the call that is behind it if one is."""
        found = _FAILED.search(failed.message)
        with self._lock:
            call = self._failures.get(int(found[1])) if found else None
        return failed if call is None else call

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(
                target=self._handle, args=(connection,), name="service-call", daemon=True
            ).start()

    def _handle(self, connection: socket.socket) -> None:
        relay = self

        class Handler(BaseHTTPRequestHandler):
            error_content_type = "text/plain"
            error_message_format = "%(code)d\n"

            def do_POST(self) -> None:
                relay.answer(self)

            do_GET = do_POST  # noqa: N815 -- as above

            def log_message(self, format: str, *args: Any) -> None:
                _log.debug(format, *args)

        with self._lock:
            self._connections.add(connection)
        try:
            with contextlib.suppress(OSError, ValueError), connection:
                # http.server's handlers need no server, only its type asks for one.
                Handler(connection, ("evaluator", 0), cast("socketserver.BaseServer", None))
        finally:
            with self._lock:
                self._connections.discard(connection)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request of the evaluator."""
        path, _, query = handler.path.partition("?")
        number = path.strip("/")
        if not number.isdecimal() or int(number) >= len(self._allowed):
            _send(handler, 403, "text/plain", b"no such endpoint")
            return
        endpoint = self._allowed[int(number)]
        try:
            body = _body(handler)
            content_type = handler.headers.get("Content-Type", "application/sparql-query")
            media_type, data = self._call(endpoint, query, body, content_type)
        except EndpointCallError as error:
            _log.warning("SERVICE <%s>: %s", endpoint, error.__cause__ or error)
            _send(handler, 502, "text/plain", self._remember(endpoint, error).encode("ascii"))
            return
        _send(handler, 200, media_type, data)

    def _call(self, endpoint: str, query: str, body: bytes, content_type: str) -> tuple[str, bytes]:
        call = EndpointCall(endpoint, self._limits)
        with self._lock:
            self._calls.add(call)
            closed = self._closed
        if closed:
            call.end()
        try:
            return call.send(query, body, content_type)
        finally:
            with self._lock:
                self._calls.discard(call)

    def _remember(self, endpoint: str, error: EndpointCallError) -> str:
        with self._lock:
            self._number += 1
            self._failures[self._number] = Failed(error.cause, error.message, endpoints=(endpoint,))
            return f"araxes-service-call-{self._number}-failed"


def _body(handler: BaseHTTPRequestHandler) -> bytes:
    """The body of a call, whole.

    Raises:
        EndpointCallError: it is too large to be passed on.
    """
    length = handler.headers.get("Content-Length", "0")
    if not length.isdecimal() or int(length) > _LARGEST_CALL:
        raise EndpointCallError(
            Cause.SERVICE_ANSWER, f"the call itself is larger than {_LARGEST_CALL >> 20} MiB"
        )
    return handler.rfile.read(int(length))


def _send(handler: BaseHTTPRequestHandler, status: int, media_type: str, body: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", media_type)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
