"""The HTTP server: waitress with deadlines, eviction, our error shape and a graceful stop.

waitress reads requests and sends answers in one loop and runs the application in threads.
What it lacks for strangers is added here and in :mod:`araxes.endpoint.http.channel`: a full house drops the
slowest connection of whoever has most of them instead of refusing newcomers.
"""

from __future__ import annotations

import contextlib
import heapq
import logging
import resource
import signal
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from typing import Any, cast

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from araxes.endpoint.http.channel import Channel, Patience
from araxes.endpoint.http.repeated_answers import RepeatedAnswers
from araxes.endpoint.settings import Settings
from araxes.ontology.errors import AraxesError

_log = logging.getLogger("araxes.server")
_SPARE_THREADS = 8
_OTHER_DESCRIPTORS = 200


class ListenError(AraxesError):
    """The address cannot be listened on."""


class FairQueue:
    """Connections whose requests wait for a thread; clients take turns, whoever sends how many."""

    def __init__(self) -> None:
        """None waits."""
        self._waiting: OrderedDict[str, deque[Channel]] = OrderedDict()

    def append(self, channel: Channel) -> None:
        """Queue a connection behind the others of its client."""
        channel.queued = True
        self._waiting.setdefault(channel.client, deque()).append(channel)

    def popleft(self) -> Channel:
        """The next connection of the client whose turn it is.

        Raises:
            KeyError: none waits.
        """
        client, channels = self._waiting.popitem(last=False)
        channel = channels.popleft()
        channel.queued = False
        if channels:
            self._waiting[client] = channels
        return channel

    def __len__(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))


class Server(TcpWSGIServer):
    """waitress' server with eviction and deadlines."""

    channel_class = Channel
    patience = Patience(20.0, 30.0, 8 << 10)
    find: Callable[[dict[str, Any]], bool] = staticmethod(lambda _: False)
    """Whether calling the application with a request takes no time."""

    def _channels(self) -> list[Channel]:
        return list(cast("Any", self.active_channels).values())

    @property
    def address(self) -> tuple[str, int]:
        """Host and port it listens on."""
        found = cast("Any", self)
        return str(found.effective_host), int(found.effective_port)

    def add_task(self, task: Any) -> None:
        """Have a connection's next request answered, as soon as its last answer was taken."""
        if task.begin_next() and not task.answers_at_once():
            super().add_task(task)

    def maintenance(self, now: float) -> None:
        """Close what is silent or overdue; called about once a second."""
        super().maintenance(cast("int", now))
        for channel in self._channels():
            if channel.overdue(now, self.patience):
                channel.will_close = True

    def readable(self) -> bool:
        """Make room for newcomers instead of refusing them."""
        staying = [channel for channel in self._channels() if not channel.will_close]
        missing = len(staying) + self._room() + 1 - int(self.adj.connection_limit)
        if self.accepting and missing > 0:
            self._evict(staying, missing, time.time())
        return bool(super().readable())

    def _room(self) -> int:
        """Places that are kept free for newcomers."""
        return max(4, int(self.adj.connection_limit) // 32)

    def handle_accept(self) -> None:
        """Take several newcomers in one turn of the loop."""
        for _ in range(self._room()):
            super().handle_accept()

    @staticmethod
    def _evict(channels: list[Channel], number: int, now: float) -> None:
        """Close the slowest connections of whoever has most of them.

        Connections that a thread works for stay. New ones, and those whose request waits for a thread, are
        not slow by their own doing: they go only where they are among the most, and no others are. When
        nobody can go, newcomers wait in the system's queue.
        """
        shares = Counter(channel.client for channel in channels)
        most = max(shares.values(), default=0)

        def at_fault(channel: Channel) -> bool:
            return not (channel.queued or channel.is_fresh(now))

        def rank(channel: Channel) -> tuple[int, bool, bool, float]:
            return shares[channel.client], at_fault(channel), channel.queued, channel.slowness(now)

        leaving = [
            channel
            for channel in channels
            if channel.can_go() and (shares[channel.client] == most or at_fault(channel))
        ]
        for channel in heapq.nlargest(number, leaving, key=rank):
            channel.will_close = True

    def turn(self, seconds: float) -> None:
        """One turn of the loop: wait for something to happen, for so long at most, and see to it."""
        channels = cast("Any", self)._map
        wasyncore.loop(timeout=seconds, map=channels, use_poll=True, count=1)
        # waitress closes a connection when it can be written to, which one that is not read from never can.
        # Between two turns no descriptor is being waited for that could be somebody else's by then.
        for channel in self._channels():
            if channel.will_close:
                channel.handle_write()

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


def _connection_limit(settings: Settings) -> int:
    """The number of connections, after seeing to it that the system allows their descriptors.

    Each connection may have an answer's file, each evaluator has a few.
    """
    wanted = settings.integer("connections")
    processes = sum(settings.integer(name) for name in ("evaluators", "long_queries", "spares"))
    others = _OTHER_DESCRIPTORS + 8 * processes
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = 2 * wanted + others
    if soft != resource.RLIM_INFINITY and soft < needed:
        soft = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        if soft < needed:
            fewer = max(8, (soft - others) // 2)
            _log.warning(
                "the system allows %d open files: only %d connections are kept instead of %d; raise that "
                "limit (ulimit -n, LimitNOFILE) to %d, or lower the setting connections",
                soft,
                fewer,
                wanted,
                needed,
            )
            return fewer
    return wanted


def create_server(application: Any, settings: Settings) -> Server:
    """A bound server.

    Raises:
        ListenError: the address is in use, not ours, or needs privileges.
    """
    host, port = settings.text("host"), settings.integer("port")
    proxy = settings.text("trusted_proxy")
    options: dict[str, Any] = {
        "threads": thread_count(settings),
        "server_name": host,
        "connection_limit": _connection_limit(settings),
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
        dispatcher.queue = cast("Any", FairQueue())
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
    # waitress' own setting knows whole seconds only.
    cast("Any", server.adj).channel_timeout = settings.number("idle_time")
    if isinstance(application, RepeatedAnswers):
        server.find = application.find
    server.patience = Patience(
        settings.number("request_time"), settings.number("send_time"), settings.size("send_rate")
    )
    return server


def run(server: Server, stop_time: float) -> None:
    """Serve until SIGTERM or SIGINT; then finish running requests for at most ``stop_time`` seconds."""
    stopping = threading.Event()

    def stop(number: int, frame: Any) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping.is_set():
        server.turn(0.5)
    _log.info("stopping")
    server.stop_accepting()
    end = time.monotonic() + stop_time
    while server.busy() and time.monotonic() < end:
        server.turn(0.1)
    server.task_dispatcher.shutdown(cancel_pending=True, timeout=1)
    wasyncore.close_all(cast("Any", server)._map)
