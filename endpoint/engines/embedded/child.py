"""An evaluator: a process of its own that evaluates queries over one store until it is killed.

Started by :mod:`araxes.endpoint.engines.embedded.child_process`. It takes away
its own rights (:mod:`araxes.endpoint.engines.embedded.sandbox`), opens the store read-only, says that
it is ready, and then answers one job after the other: a job comes with an open file for the
answer, so no path is ever opened for writing.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from araxes.endpoint.engines import jobs, replies
from araxes.endpoint.engines.embedded import kept_answers, process_limits, sandbox, wire
from araxes.endpoint.engines.embedded.kept_answers import open_answers
from araxes.endpoint.engines.embedded.process_limits import disk_failure
from araxes.endpoint.engines.embedded.run_job import OpenVersion, RelayRoute, evaluate
from araxes.endpoint.engines.jobs import Job
from araxes.endpoint.engines.remote.remote_job import evaluate_remotely
from araxes.endpoint.engines.remote.remote_store import RemoteStore
from araxes.endpoint.engines.replies import Reply
from araxes.endpoint.search.index import names_index, text_index
from araxes.endpoint.search.index.names_index import open_index
from araxes.endpoint.search.index.text_index import open_text_index

_STACK = 256 << 20
"""Bytes of stack for the engine, which recurses into nested groups; only what is used counts."""

_GRACE = 2.0
"""Seconds after the time limit at which an evaluator ends itself if nobody has."""

_POLITE = 5

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1


def main(arguments: list[str]) -> None:
    """Run until the server closes the channel. Arguments as made by the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sandbox.die_with_parent()
    process_limits.first_when_memory_ends()
    size = _size_reader()
    descriptor, path, memory, file_size, shown, upstream, *allowed = arguments
    # A folder that is gone must not cost the confinement, which needs to open it.
    originals = Path(shown) if shown and Path(shown).is_dir() else None
    folder = Path(path).parent
    channel = socket.socket(fileno=int(descriptor))
    files: tuple[int, ...] = ()
    route = None
    if allowed:
        listener = _private_listener()
        files = (listener.fileno(),)
        route = RelayRoute(listener.getsockname()[1], tuple(allowed))
    # The dataset itself may be elsewhere: then this asks the server for what it needs of it.
    remote = RemoteStore(socket.socket(fileno=int(upstream))) if upstream else None
    threading.stack_size(_STACK)
    failure: list[BaseException] = []

    def work() -> None:
        try:
            store = ox.Store() if remote else ox.Store.read_only(path)
            names = open_index(folder / names_index.FILE)
            texts = open_text_index(folder / text_index.FILE)
            answers = open_answers(folder / kept_answers.FILE)
            before = size()
            process_limits.limit_resources(before + int(memory), int(file_size))
            os.nice(_POLITE)  # this thread's: the server and starting evaluators go first
            ready = {"ready": True, "layers": layers, "thread": threading.get_native_id()}
            wire.send(channel, ready, files)
            version = OpenVersion(store, folder, route, names, texts, originals, answers)
            serve(channel, _doer(version, remote), lambda: size() - before)
        except (wire.Closed, BrokenPipeError):
            return
        except BaseException as error:
            failure.append(error)

    # Confined before any further thread exists: threads inherit, they are not reached later.
    layers = sandbox.confine(folder, *([originals] if originals else ()), network=route is not None)
    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    if failure:
        raise failure[0]


def serve(channel: socket.socket, do: Callable[[Job, IO[bytes]], Reply], grown: Callable[[], int]) -> None:
    """Answer jobs until the channel closes.

    Args:
        channel: to the server.
        do: does a job and writes its answer.
        grown: bytes that the process has grown by.

    Raises:
        Closed: the channel is closed.
    """
    while True:
        message, descriptors = wire.receive(channel, files=1)
        wire.accept(channel)
        signal.setitimer(signal.ITIMER_REAL, message["timeout"] + _GRACE)
        reply = _answer(do, jobs.from_wire(message["job"]), descriptors[0])
        signal.setitimer(signal.ITIMER_REAL, 0)
        wire.send(channel, {"reply": replies.to_wire(reply), "grown": grown()})


def _doer(version: OpenVersion, remote: RemoteStore | None) -> Callable[[Job, IO[bytes]], Reply]:
    """What does a job: over the store here, or with the engine that holds the dataset."""
    if remote is None:
        return lambda job, output: evaluate(version, job, output)
    return lambda job, output: evaluate_remotely(version, remote, job, output)


def _answer(do: Callable[[Job, IO[bytes]], Reply], job: Job, descriptor: int) -> Reply:
    """Evaluate with the answer's file, whose flushing can fail as well."""
    output = os.fdopen(descriptor, "wb", buffering=1 << 18)
    try:
        reply = do(job, output)
        output.flush()
    except OSError as error:
        reply = disk_failure(error)
    # What could not be flushed is not wanted any more; closing would try again and fail again.
    with contextlib.suppress(OSError):
        output.close()
    return reply


def _size_reader() -> Callable[[], int]:
    """A function giving the bytes of address space in use; /proc is out of reach later."""
    try:
        statm = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return lambda: 0
    page = os.sysconf("SC_PAGE_SIZE")
    return lambda: int(os.pread(statm, 64, 0).split()[0]) * page


def _private_listener() -> socket.socket:
    """A listener in a new network namespace that holds nothing but its own loopback.

    Raises:
        OSError: the system allows no such namespace.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) and libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET):
        number = ctypes.get_errno()
        raise OSError(number, f"no network namespace: {os.strerror(number)}")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    request = struct.pack("16sH14x", b"lo", 0)
    flags = struct.unpack("16sH14x", fcntl.ioctl(listener, _SIOCGIFFLAGS, request))[1]
    fcntl.ioctl(listener, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | _IFF_UP))
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    return listener
