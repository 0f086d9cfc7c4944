"""The HTTP server: waitress with deadlines, eviction, our error shape and a graceful stop.

waitress reads requests and sends answers in one loop and runs the application in threads.
What it lacks for strangers is added here: a request must arrive completely within a
deadline however slowly its bytes drip; a full house drops the connection idle longest
instead of refusing newcomers; errors of its own have the one error shape.
"""

from __future__ import annotations

import contextlib
import json
import logging
import secrets
import signal
import socket
import threading
import time
from typing import Any, cast

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher

from araxes.endpoint.errors import MEDIA_TYPE, HttpProblem
from araxes.endpoint.http.app import POLICY
from araxes.endpoint.settings import Settings
from araxes.ontology.errors import AraxesError

_log = logging.getLogger("araxes.server")
_SPARE_THREADS = 8
_LINGER = 2.0
_MOST_DISCARDED = 64 << 20


class ListenError(AraxesError):
    """The address cannot be listened on."""


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


class Parser(HTTPRequestParser):
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


class Channel(HTTPChannel):
    """A connection that knows since when its request is incomplete and its answer unsent."""

    error_task_class = ProblemTask
    parser_class = Parser
    incomplete_since: float | None = None
    sending_since: float | None = None
    refused = False
    lingering_until: float | None = None
    discarded = 0

    def received(self, data: bytes) -> bool:
        """Note when a request begins to arrive."""
        taken: bool = super().received(data)
        if self.request is None:
            self.incomplete_since = None
        elif self.incomplete_since is None:
            self.incomplete_since = time.time()
        return taken

    def handle_close(self) -> None:
        """Close; after a refusal only when the client has had a chance to read why.

        Closing while the rest of a large body still arrives would reset the connection and
        take the answer away with it (RFC 9112 §9.6).
        """
        if self.refused and self.lingering_until is None and self.connected:
            with contextlib.suppress(OSError):
                cast("Any", self.socket).shutdown(socket.SHUT_WR)
                self.lingering_until = time.time() + _LINGER
                self.will_close = self.close_when_flushed = False
                return
        super().handle_close()

    def readable(self) -> bool:
        """Whether to read on; a lingering connection reads only to throw away."""
        return self.lingering_until is not None or bool(super().readable())

    def writable(self) -> bool:
        """Whether there is something to send or to close."""
        return bool(self.will_close if self.lingering_until is not None else super().writable())

    def handle_read(self) -> None:
        """Read a request, or throw away the rest of a refused one."""
        if self.lingering_until is None:
            super().handle_read()
            return
        data = self.recv(1 << 16)
        self.discarded += len(data)
        if not data or self.discarded > _MOST_DISCARDED:
            super().handle_close()

    def is_idle(self) -> bool:
        """Whether nobody waits for this connection: no request under way, nothing to send."""
        return not self.requests and not self.total_outbufs_len

    def overdue(self, now: float, request_time: float, send_time: float) -> bool:
        """Whether its request takes too long to arrive or its answer to be taken."""
        if self.total_outbufs_len and not self.requests:
            self.sending_since = self.sending_since or now
        else:
            self.sending_since = None
        if self.lingering_until is not None:
            return now > self.lingering_until
        late_request = self.incomplete_since is not None and now - self.incomplete_since > request_time
        late_sending = self.sending_since is not None and now - self.sending_since > send_time
        return late_request or late_sending


class Server(TcpWSGIServer):
    """waitress' server with eviction and deadlines."""

    channel_class = Channel
    request_time = 20.0
    send_time = 600.0

    def _channels(self) -> list[Channel]:
        return list(cast("Any", self.active_channels).values())

    @property
    def address(self) -> tuple[str, int]:
        """Host and port it listens on."""
        found = cast("Any", self)
        return str(found.effective_host), int(found.effective_port)

    def maintenance(self, now: float) -> None:
        """Close what is silent or overdue; called about once a second."""
        super().maintenance(cast("int", now))
        for channel in self._channels():
            if channel.overdue(now, self.request_time, self.send_time):
                channel.will_close = True

    def readable(self) -> bool:
        """Make room for newcomers instead of refusing them."""
        staying = [channel for channel in self._channels() if not channel.will_close]
        if self.accepting and len(staying) + 4 >= self.adj.connection_limit:
            self._evict(staying)
        return bool(super().readable())

    @staticmethod
    def _evict(channels: list[Channel]) -> None:
        idle = [channel for channel in channels if channel.is_idle()]
        if idle:
            # Half-sent requests count by when they began, so that dripping bytes does not help.
            oldest = min(idle, key=lambda channel: channel.incomplete_since or channel.last_activity)
            # Closed by the loop when its turn comes: closing it here would free a descriptor that the
            # loop is about to look at, perhaps given to somebody else by then.
            oldest.will_close = True

    def stop_accepting(self) -> None:
        """Refuse new connections; those there are go on."""
        self.accepting = False
        with contextlib.suppress(OSError):
            cast("Any", self.socket).close()
        self.del_channel()

    def busy(self) -> bool:
        """Whether any connection has a request under way or an answer to send."""
        return any(not channel.is_idle() for channel in self._channels())


def thread_count(settings: Settings) -> int:
    """Enough threads that waiting and evaluating requests leave some for everything else."""
    federated = 2 if settings.texts("federation") else 0
    places = settings.integer("evaluators") + settings.integer("long_queries") + settings.integer("queue")
    return places + federated + _SPARE_THREADS


def create_server(application: Any, settings: Settings) -> Server:
    """A bound server.

    Raises:
        ListenError: the address is in use, not ours, or needs privileges.
    """
    host, port = settings.text("host"), settings.integer("port")
    proxy = settings.text("trusted_proxy")
    options: dict[str, Any] = {
        "threads": thread_count(settings),
        "connection_limit": settings.integer("connections"),
        "channel_timeout": settings.number("idle_time"),
        "cleanup_interval": 1,
        # waitress refuses what is as large as these.
        "max_request_header_size": settings.size("header_size") + 1,
        "max_request_body_size": settings.size("request_size") + 1,
        "asyncore_use_poll": True,
        "channel_request_lookahead": 1,
        "ident": None,
        "backlog": 512,
        "clear_untrusted_proxy_headers": True,
    }
    if proxy:
        options |= {
            "trusted_proxy": proxy,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
            "trusted_proxy_count": 1,
        }
    try:
        adjustments = Adjustments(host=host, port=port, **options)
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(adjustments.threads)
        server = Server(
            application, dispatcher=dispatcher, adj=adjustments, sockinfo=cast("Any", adjustments.listen[0])
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ListenError(
            f"cannot listen on {host} port {port}: {reason}",
            "another server may run there: stop it, or choose another place with --port and --host",
        ) from error
    server.request_time = settings.number("request_time")
    server.send_time = settings.number("send_time")
    return server


def run(server: Server, stop_time: float) -> None:
    """Serve until SIGTERM or SIGINT; then finish running requests for at most ``stop_time`` seconds."""
    stopping = threading.Event()

    def stop(number: int, frame: Any) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    channels = cast("Any", server)._map
    while not stopping.is_set():
        wasyncore.loop(timeout=0.5, map=channels, use_poll=True, count=1)
    _log.info("stopping")
    server.stop_accepting()
    end = time.monotonic() + stop_time
    while server.busy() and time.monotonic() < end:
        wasyncore.loop(timeout=0.1, map=channels, use_poll=True, count=1)
    server.task_dispatcher.shutdown(cancel_pending=True, timeout=1)
    wasyncore.close_all(channels)
