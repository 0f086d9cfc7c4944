"""What our server takes from inside waitress: names and behaviour that its documentation does not promise.

Whoever raises the pinned version of waitress reads its changes, makes these tests pass, and runs
``test_unread_answers``, ``test_endpoint_abuse`` and ``test_endpoint_http``.
"""

from __future__ import annotations

import inspect
import re
import socket
import threading
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from waitress import channel, parser, server, task, wasyncore
from waitress.adjustments import Adjustments
from waitress.buffers import ReadOnlyFileBasedBuffer

from araxes.endpoint.http.channel import Channel
from araxes.endpoint.http.server import FairQueue, Server

ROOT = Path(__file__).resolve().parents[2]


def test_the_version_is_the_one_that_was_read() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert f"waitress=={version('waitress')}" in wanted


@pytest.mark.parametrize(
    ("owner", "names"),
    [
        (
            channel.HTTPChannel,
            "received handle_read handle_write handle_close readable writable send service write_soon "
            "send_continue check_client_disconnected _flush_some _flush_outbufs_below_high_watermark "
            "error_task_class parser_class task_class will_close close_when_flushed total_outbufs_len "
            "request last_activity",
        ),
        (server.TcpWSGIServer, "readable maintenance add_task pull_trigger channel_class handle_accept"),
        (task.ThreadedTaskDispatcher, "set_thread_count add_task shutdown handler_thread"),
        (task.WSGITask, "get_environment execute"),
        (task.ErrorTask, "execute write set_close_on_finish"),
        (parser.HTTPRequestParser, "parse_header received"),
        (ReadOnlyFileBasedBuffer, "prepare get skip close"),
        (wasyncore, "loop close_all"),
    ],
)
def test_what_we_override_or_call_is_there(owner: object, names: str) -> None:
    assert [name for name in names.split() if not hasattr(owner, name)] == []


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (channel.HTTPChannel.__init__, "self server sock addr adj map"),
        (channel.HTTPChannel.received, "self data"),
        (wasyncore.dispatcher.send, "self data do_close"),
        (server.BaseWSGIServer.maintenance, "self now"),
        (server.BaseWSGIServer.add_task, "self task"),
        (parser.HTTPRequestParser.parse_header, "self header_plus"),
        (wasyncore.loop, "timeout use_poll map count"),
    ],
)
def test_what_we_override_or_call_takes_the_same(function: object, parameters: str) -> None:
    assert " ".join(inspect.signature(function).parameters) == parameters  # type: ignore[arg-type]


def test_the_attributes_of_instances_are_there() -> None:
    """Made in constructors, so only a real connection shows them."""
    adjustments = Adjustments(host="127.0.0.1", port=0, threads=1)
    dispatcher = task.ThreadedTaskDispatcher()
    running = Server(lambda *_: [], dispatcher=dispatcher, adj=adjustments, sockinfo=adjustments.listen[0])  # type: ignore[arg-type]
    try:
        with socket.create_connection(running.address):
            running.turn(1)
            (found,) = running._channels()
        assert isinstance(found, Channel)
        names = "requests requests_lock outbuf_lock outbufs creation_time connected addr server"
        assert [name for name in names.split() if not hasattr(found, name)] == []
        assert isinstance(found.outbuf_lock, threading.Condition)
        assert found.client == "127.0.0.1"
        names = "adj accepting active_channels effective_host effective_port task_dispatcher _map"
        assert [name for name in names.split() if not hasattr(running, name)] == []
    finally:
        wasyncore.close_all(running._map)  # type: ignore[attr-defined]


def test_the_queue_is_used_as_we_replace_it() -> None:
    """Only these: append, popleft, len and truth."""
    source = inspect.getsource(task.ThreadedTaskDispatcher)
    assert set(re.findall(r"\bqueue\.(\w+)", source)) == {"append", "popleft"}
    assert set(vars(FairQueue)) >= {"append", "popleft", "__len__"}


def test_the_adjustments_are_there() -> None:
    known = {name for name, _ in Adjustments._params}  # type: ignore[attr-defined]
    assert known >= {
        "threads", "connection_limit", "cleanup_interval", "max_request_header_size", "max_request_body_size",
        "asyncore_use_poll", "channel_request_lookahead", "ident", "backlog", "clear_untrusted_proxy_headers",
        "trusted_proxy", "trusted_proxy_headers", "trusted_proxy_count", "channel_timeout",
    }  # fmt: skip


def test_clients_take_turns() -> None:
    class Waiting:
        def __init__(self, client: str, number: int) -> None:
            self.client, self.number = client, number

    queue = FairQueue()
    for number in range(3):
        queue.append(Waiting("many", number))  # type: ignore[arg-type]
    queue.append(Waiting("one", 0))  # type: ignore[arg-type]
    queue.append(Waiting("many", 3))  # type: ignore[arg-type]
    assert len(queue) == 5
    order = [(found.client, found.number) for found in (queue.popleft() for _ in range(5))]  # type: ignore[attr-defined]
    assert order == [("many", 0), ("one", 0), ("many", 1), ("many", 2), ("many", 3)]
    assert not queue
