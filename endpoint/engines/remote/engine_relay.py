"""The server's side of an evaluator's questions to the engine: asks it, and passes answers on as they come.

An evaluator has no network. It sends its questions through a socket pair; the answer's bytes come to it
through a pipe, so that neither side holds more of them than fits into one. A message at the end says
whether they were all.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
import threading
from typing import Any

from araxes.endpoint.engines import replies
from araxes.endpoint.engines.embedded import wire
from araxes.endpoint.engines.remote.engine_client import EngineCall, EngineCallError, EngineRequest
from araxes.endpoint.engines.remote.upstream import Upstream
from araxes.endpoint.engines.replies import Failed
from araxes.triples.stores.versioned_store import StoreVersion

_PIPE = 1 << 20


class EngineRelay:
    """Serves one evaluator until closed."""

    def __init__(self, channel: socket.socket, upstream: Upstream, version: StoreVersion) -> None:
        """Start answering in a thread of its own."""
        self._channel = channel
        self._upstream = upstream
        self._version = version
        self._lock = threading.Lock()
        self._call: EngineCall | None = None
        self._closed = False
        threading.Thread(target=self._serve, name="engine-relay", daemon=True).start()

    def begin(self) -> None:
        """Another job begins: there is nothing to forget."""

    def explained(self, failed: Failed) -> Failed:
        """Failures arrive explained."""
        return failed

    def close(self) -> None:
        """Stop, and end the call under way: the engine sees its client leave."""
        with self._lock:
            self._closed = True
            call = self._call
        if call is not None:
            call.end()
            self._upstream.suspect()
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        with self._channel, contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            while True:
                message, _ = wire.receive(self._channel)
                if "question" in message:
                    self._answer(_question(message["question"]))
                else:
                    self._introduce()

    def _introduce(self) -> None:
        """Say how the engine is to be asked."""
        try:
            dialect = self._upstream.dialect(self._version)
        except EngineCallError as error:
            self._note(error)
            wire.send(self._channel, {"failed": _failed(error)})
            return
        wire.send(self._channel, {"dialect": dialect.to_wire()})

    def _answer(self, question: EngineRequest) -> None:
        call = self._upstream.call(self._version)
        with self._lock:
            self._call = call
            closed = self._closed
        if closed:
            call.end()
        try:
            media_type, pieces = call.begin(question)
        except EngineCallError as error:
            self._note(error)
            wire.send(self._channel, {"failed": _failed(error)})
            return
        reading, writing = os.pipe()
        with contextlib.suppress(OSError, AttributeError):
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE)
        try:
            wire.send(self._channel, {"media_type": media_type}, (reading,))
        finally:
            os.close(reading)
        failed = self._passed_on(pieces, writing)
        with self._lock:
            self._call = None
        wire.send(self._channel, {"failed": failed})

    def _passed_on(self, pieces: Any, writing: int) -> dict[str, object] | None:
        """Write an answer into the pipe; what went wrong, if anything did."""
        with os.fdopen(writing, "wb", buffering=0) as pipe:
            try:
                for piece in pieces:
                    rest = memoryview(piece)
                    while rest:
                        rest = rest[pipe.write(rest) :]
            except EngineCallError as error:
                self._note(error)
                return _failed(error)
            except BrokenPipeError:
                return None  # the evaluator has had enough of it, and knows why
            finally:
                pieces.close()
        self._note(None)
        return None

    def _note(self, error: EngineCallError | None) -> None:
        """Tell the others, unless it is only that our client has left."""
        if not self._closed:
            self._upstream.note(error)


def _question(message: dict[str, Any]) -> EngineRequest:
    return EngineRequest(
        message["query"],
        message["accept"],
        tuple(message["default_graphs"]),
        tuple(message["named_graphs"]),
    )


def _failed(error: EngineCallError) -> dict[str, object]:
    return replies.to_wire(Failed(error.cause, error.message))
