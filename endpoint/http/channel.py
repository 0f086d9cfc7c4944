"""One connection: what waitress does with it, and what strangers make necessary.

A request must arrive completely within a deadline however slowly its bytes drip; an answer must be taken
at some pace; a connection knows whose it is, how long it has held its place and how little it has done with
it. Errors that waitress finds have the one error shape.
"""

from __future__ import annotations

import contextlib
import json
import logging
import secrets
import socket
import time
from dataclasses import dataclass
from typing import Any, cast

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask, WSGITask

from araxes.endpoint.errors import MEDIA_TYPE, HttpProblem
from araxes.endpoint.http.app import POLICY
from araxes.endpoint.service.rate_limit import client_key

_log = logging.getLogger("araxes.server")
_LINGER = 2.0
_MOST_DISCARDED = 64 << 20
_FRESH = 2.0
"""Seconds in which a new connection is not held slow."""
_QUICK = 64 << 10
"""Bytes that weigh as much as a second."""


class ProblemTask(ErrorTask):
    """An error that waitress finds before the application sees the request."""

    def execute(self) -> None:
        """Send it in the one error shape."""
        # The published type hints of waitress describe another class here.
        error = cast("Any", self.request).error
        cast("Channel", self.channel).refused = True
        codes = {413: "request-size", 431: "header-size", 501: "not-implemented", 500: "internal"}
        remedies = {
            413: "send less, or have the operator raise request_size",
            431: "send the query by POST, or have the operator raise header_size",
        }
        problem = HttpProblem(
            error.code, codes.get(error.code, "bad-request"), str(error.body), remedies.get(error.code, "")
        )
        request_id = secrets.token_hex(8)
        body = (json.dumps(problem.as_json(request_id), ensure_ascii=False, indent=1) + "\n").encode()
        self.status = f"{problem.status} {problem.title}"
        cast("Any", self.response_headers).extend(
            [
                ("Content-Type", MEDIA_TYPE),
                ("X-Request-ID", request_id),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Security-Policy", POLICY),
                ("Cache-Control", "no-store"),
            ]
        )
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)
        _log.info("%s", problem.code, extra={"request": request_id, "status": problem.status})


class StrictParser(HTTPRequestParser):
    """Refuses what two servers in a row could understand differently (RFC 9112 §6.1)."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers.

        Raises:
            ParsingError: both Content-Length and Transfer-Encoding, or several lengths.
        """
        lines = [line.partition(b":")[0].strip().lower() for line in header_plus.split(b"\r\n")[1:]]
        lengths = lines.count(b"content-length")
        if lengths > 1 or (lengths and b"transfer-encoding" in lines):
            raise ParsingError("the length of the body is given twice")
        super().parse_header(header_plus)


class Task(WSGITask):
    """A request that lets the application know its connection."""

    def get_environment(self) -> dict[str, Any]:
        """The environment of WSGI, with the connection (:class:`.responses.Connection`)."""
        # Two tasks may need it: one looks whether the request was answered before, another answers.
        request = cast("Any", self.request)
        environ: dict[str, Any] | None = getattr(request, "environ", None)
        if environ is None:
            environ = request.environ = super().get_environment()
            environ["araxes.connection"] = self.channel
        return environ


@dataclass(frozen=True, slots=True)
class Patience:
    """How slow a connection may be.

    Attributes:
        request_time: seconds for a request to arrive completely.
        send_time: seconds after which it is looked at how much of an answer was taken in them.
        send_rate: bytes a second of an answer that must have been taken.
    """

    request_time: float
    send_time: float
    send_rate: float


class Channel(HTTPChannel):
    """A connection that knows whose it is, and how slow."""

    error_task_class = ProblemTask
    parser_class = StrictParser
    task_class = Task
    refused = False
    queued = False
    """Whether a request of it waits for a thread."""
    _incomplete_since: float | None = None
    _lingering_until: float | None = None
    _discarded = 0
    _sent = 0
    _sending: tuple[float, int] | None = None  # since when, and the bytes sent before
    _window: tuple[float, int] | None = None  # the same for the current period of send_time
    _postponed = False
    _reading = False
    _at_once = False

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:
        """A connection that was accepted; whose it is, requests through a trusted proxy may tell better."""
        super().__init__(server, sock, addr, adj, map=map)
        self.client = client_key(str(addr[0]))

    def drop(self) -> None:
        """Have it closed by the loop, soon. From any thread."""
        # Closing it here would free a descriptor that the loop is about to look at, perhaps given to
        # somebody else by then.
        self.will_close = True
        cast("Any", self.server).pull_trigger()

    def received(self, data: bytes) -> bool:
        """Note when a request begins to arrive; answer here what takes no time."""
        self._reading = True
        taken: bool = super().received(data)
        self._reading = False
        if self._at_once:
            self._at_once = False
            self._answer()
        if self.request is None:
            self._incomplete_since = None
        elif self._incomplete_since is None:
            self._incomplete_since = time.time()
        return taken

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send what can be sent now, and count it."""
        sent = int(cast("Any", super()).send(data, do_close) or 0)
        self._sent += sent
        return sent

    def answers_at_once(self) -> bool:
        """Whether the next request is answered by the loop that has just read it, as it was answered before.

        Only the first of those that arrive together is, so that nobody holds the loop.
        """
        if self._reading and not cast("Any", self.requests[0]).error:
            self._at_once = cast("Any", self.server).find(self._next_task().get_environment())
        return self._at_once

    def _next_task(self) -> Task:
        return Task(self, cast("Any", self.requests[0]))

    def _answer(self) -> None:
        """Answer the next request, as the threads do."""
        waiting = cast("list[Any]", self.requests)
        task = self._next_task()
        with contextlib.suppress(ClientDisconnected):
            task.service()
        with cast("Any", self).requests_lock:
            waiting.pop(0).close()
            if task.close_on_finish:
                self.close_when_flushed = True
                waiting.clear()
            elif waiting:
                cast("Any", self.server).add_task(self)

    def begin_next(self) -> bool:
        """Whether the next request may begin now; else it does when the last answer has been taken.

        A client that sends requests one after the other without reading would otherwise collect
        answers, or hold the thread that has another one for it.
        """
        with self.outbuf_lock:
            self._postponed = bool(self.total_outbufs_len)
            return not self._postponed

    def handle_write(self) -> None:
        """Send, and begin the next request when all is sent."""
        super().handle_write()
        with self.outbuf_lock:
            begins = self._postponed and not self.total_outbufs_len and self.connected
            if begins:
                self._postponed = False
        if begins:
            cast("Any", self.server).add_task(self)

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Never wait for a client: one answer at a time is all there can be."""

    def handle_close(self) -> None:
        """Close; after a refusal only when the client has had a chance to read why.

        Closing while the rest of a large body still arrives would reset the connection and
        take the answer away with it (RFC 9112 §9.6).
        """
        if self.refused and self._lingering_until is None and self.connected:
            with contextlib.suppress(OSError):
                cast("Any", self.socket).shutdown(socket.SHUT_WR)
                self._lingering_until = time.time() + _LINGER
                self.will_close = self.close_when_flushed = False
                return
        super().handle_close()

    def readable(self) -> bool:
        """Whether to read on; a lingering connection reads only to throw away."""
        return self._lingering_until is not None or bool(super().readable())

    def writable(self) -> bool:
        """Whether there is something to send or to close."""
        return bool(self.will_close if self._lingering_until is not None else super().writable())

    def handle_read(self) -> None:
        """Read a request, or throw away the rest of a refused one."""
        if self._lingering_until is None:
            super().handle_read()
            return
        data = self.recv(1 << 16)
        self._discarded += len(data)
        if not data or self._discarded > _MOST_DISCARDED:
            super().handle_close()

    def is_idle(self) -> bool:
        """Whether nobody waits for this connection: no request under way, nothing to send."""
        return not self.requests and not self.total_outbufs_len

    def can_go(self) -> bool:
        """Whether it may be closed for others: not while a thread works for it."""
        return not self.requests or self.total_outbufs_len > 0 or self.queued

    def is_fresh(self, now: float) -> bool:
        """Whether it has had no time yet to show how slow it is."""
        return now - self.creation_time < _FRESH

    def slowness(self, now: float) -> float:
        """Seconds in which it did nothing with its place; less the more it has taken of an answer.

        Half-sent requests count from their beginning, so that dripping bytes does not help.
        """
        self._look(now)
        if self._sending is None:
            return now - (self._incomplete_since or self.last_activity)
        since, before = self._sending
        return (now - since) / (1 + (self._sent - before) / _QUICK)

    def overdue(self, now: float, patience: Patience) -> bool:
        """Whether its request takes too long to arrive or its answer to be taken; asked once a second."""
        self._look(now)
        if self._lingering_until is not None:
            return now > self._lingering_until
        if self._incomplete_since is not None and now - self._incomplete_since > patience.request_time:
            return True
        if self._window is None or now - self._window[0] < patience.send_time:
            return False
        taken = self._sent - self._window[1]
        self._window = (now, self._sent)
        return taken < max(1, patience.send_rate * patience.send_time)

    def _look(self, now: float) -> None:
        """Note since when there is something to send."""
        if not self.total_outbufs_len:
            self._sending = self._window = None
        elif self._sending is None:
            self._sending = self._window = (now, self._sent)
