"""Messages between the server and an evaluator: JSON with a length before it, and open files.

Both ends are ours and the socket pair has no name, so the format needs no defence; the
length is bounded all the same.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

_LENGTH = struct.Struct("!I")
_LONGEST = 128 << 20
_ACCEPTED = b"\x01"


class Closed(ConnectionError):  # noqa: N818 -- an event, not a mistake
    """The other end is gone."""


def send(channel: socket.socket, message: Mapping[str, object], files: tuple[int, ...] = ()) -> None:
    """Send a message, and file descriptors with it.

    Raises:
        OSError: the other end is gone.
    """
    data = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    header = _LENGTH.pack(len(data))
    if files:
        socket.send_fds(channel, [header], list(files))
    else:
        channel.sendall(header)
    channel.sendall(data)


def accept(channel: socket.socket) -> None:
    """Say that a job was taken: from here on its end is the job's doing."""
    channel.sendall(_ACCEPTED)


def accepted(channel: socket.socket) -> bool:
    """Wait for :func:`accept` of the other end.

    Raises:
        Closed: the other end is gone.
    """
    if channel.recv(1) != _ACCEPTED:
        raise Closed
    return True


def receive(channel: socket.socket, files: int = 0) -> tuple[dict[str, Any], list[int]]:
    """Receive a message and up to ``files`` descriptors.

    Raises:
        Closed: the other end is gone.
    """
    header, descriptors, _, _ = socket.recv_fds(channel, _LENGTH.size, max(files, 1))
    header += _exactly(channel, _LENGTH.size - len(header)) if header else b""
    if not header:
        raise Closed
    (length,) = _LENGTH.unpack(header)
    if length > _LONGEST:
        raise Closed
    message: dict[str, Any] = json.loads(_exactly(channel, length))
    return message, descriptors


def _exactly(channel: socket.socket, length: int) -> bytes:
    pieces = []
    while length:
        piece = channel.recv(min(length, 1 << 20))
        if not piece:
            raise Closed
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)
