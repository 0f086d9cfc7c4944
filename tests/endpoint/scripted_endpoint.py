"""Another SPARQL endpoint on loopback that behaves as badly as a test wants, byte by byte."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator

SOLUTIONS = (
    b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"http://other/thing"}}]}}'
)
RESULTS = "application/sparql-results+json"
LARGE = 3 << 20

Script = Callable[[socket.socket], None]


def answer(
    body: bytes = SOLUTIONS, media_type: str = RESULTS, status: str = "200 OK", more: str = ""
) -> bytes:
    """A whole response."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


def _read_request(connection: socket.socket) -> bytes:
    """Head and body: what is left unread would turn the end of an answer into a reset."""
    data = b""
    while b"\r\n\r\n" not in data and (piece := connection.recv(1 << 16)):
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    while length and len(body) < int(length[1]) and (piece := connection.recv(1 << 16)):
        body += piece
    return head


def sends(data: bytes) -> Script:
    """Reads the request, sends these bytes and closes."""

    def script(connection: socket.socket) -> None:
        _read_request(connection)
        connection.sendall(data)

    return script


def drips(data: bytes, every: float = 0.1) -> Script:
    """Reads the request and sends these bytes one by one."""

    def script(connection: socket.socket) -> None:
        _read_request(connection)
        for index in range(len(data)):
            connection.sendall(data[index : index + 1])
            time.sleep(every)

    return script


def never_ends(head: bytes, piece: bytes) -> Script:
    """Sends a beginning and then the same for ever."""

    def script(connection: socket.socket) -> None:
        _read_request(connection)
        connection.sendall(head)
        while piece:
            connection.sendall(piece)
        is_silent(connection)

    return script


def is_silent(connection: socket.socket) -> None:
    """Takes everything and says nothing until the other side leaves."""
    while connection.recv(1 << 16):
        pass


def closes(connection: socket.socket) -> None:
    """Closes without a word."""


_HEAD = f"HTTP/1.1 200 OK\r\nContent-Type: {RESULTS}\r\n".encode()

UNUSABLE: dict[str, Script] = {
    "closes at once": closes,
    "closes in the status line": sends(b"HTTP/1.1 2"),
    "closes in the headers": sends(_HEAD),
    "closes in the body": sends(_HEAD + b"Content-Length: 500\r\n\r\n" + SOLUTIONS),
    "closes in a chunk": sends(_HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\n" + SOLUTIONS),
    "closes between chunks": sends(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"),
    "malformed chunks": sends(_HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
    "no HTTP": sends(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "a redirect": sends(answer(b"", status="302 Found", more="Location: /sparql\r\n")),
    "a permanent redirect": sends(answer(b"", status="308 Permanent Redirect", more="Location: /\r\n")),
    "not found": sends(answer(b"no", "text/plain", "404 Not Found")),
    "too many requests": sends(answer(b"no", "text/plain", "429 Too Many Requests")),
    "an internal error": sends(answer(b"<h1>sorry</h1>", "text/html", "500 Internal Server Error")),
    "no content": sends(answer(b"", status="204 No Content")),
    "a page": sends(answer(b"<html>welcome</html>", "text/html")),
    "a graph": sends(answer(b"<a:a> <a:b> <a:c> .", "text/turtle")),
    "no media type": sends(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
    "a malformed media type": sends(answer(b"{}", ";;; nonsense")),
    "compressed": sends(answer(b"\x1f\x8b\x08", more="Content-Encoding: gzip\r\n")),
    "endless headers": never_ends(b"HTTP/1.1 200 OK\r\n", b"X-More: more\r\n" * 100),
    "an endless header": never_ends(b"HTTP/1.1 200 OK\r\nX-More: ", b"x" * 10_000),
}
"""Endpoints that answer, but not so that it could be used."""

_MORE = SOLUTIONS.removesuffix(b"]}}")
_SOLUTION = _MORE[_MORE.rindex(b'{"x"') :]

NONSENSE: dict[str, bytes] = {
    "empty": b"",
    "no JSON": b"nonsense",
    "half of it": SOLUTIONS[:-10],
    "other JSON": b'{"hello": ["world"]}',
    "a truth value": b'{"head":{},"boolean":true}',
    "no IRI": SOLUTIONS.replace(b"http://other/thing", b"no iri"),
    "bytes": bytes(range(256)),
    "cut off after two solutions": _MORE + b"," + _SOLUTION + b',{"x":',
    "a bad IRI after a good one": _MORE + b',{"x":{"type":"uri","value":"no iri"}}]}}',
    "a datatype that is no IRI": _MORE + b',{"x":{"type":"literal","value":"a","datatype":"no iri"}}]}}',
    "an unknown type of term": _MORE + b',{"x":{"type":"term","value":"a"}}]}}',
    "a bad language tag": _MORE + b',{"x":{"type":"literal","value":"a","xml:lang":"!!"}}]}}',
    "bytes that are no UTF-8": _MORE + b',{"x":{"type":"literal","value":"\xff"}}]}}',
    "a variable out of nowhere": _MORE + b',{"y":{"type":"literal","value":"a"}}]}}',
    "more behind its end": SOLUTIONS + b"}",
}
"""Bodies that claim to be SPARQL results in JSON."""

XML_RESULTS = "application/sparql-results+xml"
_XML = (
    b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head><results>'
    b'<result><binding name="x"><uri>http://other/thing</uri></binding></result>'
)
_XML_END = b"</results></sparql>"
XML_SOLUTIONS = _XML + _XML_END

XML_NONSENSE: dict[str, bytes] = {
    "empty": b"",
    "no XML": b"nonsense",
    "other XML": b"<a/>",
    "a truth value": _XML[: _XML.index(b"<head>")] + b"<head/><boolean>true</boolean></sparql>",
    "cut off after a solution": _XML,
    "cut off in a solution": _XML + b"<result>",
    "cut off in a tag": _XML + b"<resu",
    "cut off before its last tag": _XML + b"</results>",
    "more behind its end": XML_SOLUTIONS + b"<a/>",
    "a bad IRI": _XML + b'<result><binding name="x"><uri>no iri</uri></binding></result>' + _XML_END,
    "an unknown term": _XML + b'<result><binding name="x"><term>a</term></binding></result>' + _XML_END,
    "bytes that are no UTF-8": XML_SOLUTIONS.replace(b"thing", b"\xff"),
    "an unknown entity": XML_SOLUTIONS.replace(b"thing", b"&e;"),
    "entities of its own": b'<!DOCTYPE sparql [<!ENTITY e "x">]>' + XML_SOLUTIONS,
}
"""Bodies that claim to be SPARQL results in XML."""

TOO_LARGE: dict[str, Script] = {
    "with its length": sends(answer(b"x" * LARGE)),
    "without length": sends(_HEAD + b"\r\n" + b"x" * LARGE),
    "endless chunks": never_ends(
        _HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 4096 + b"\r\n"
    ),
}

SLOW: dict[str, Script] = {
    "silent": is_silent,
    "dripping headers": drips(_HEAD * 50),
    "dripping a body": drips(answer()),
    "dripping chunks": drips(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\n{\r\n" * 50),
    "continuing for ever": drips(b"HTTP/1.1 100 Continue\r\n\r\n" * 50, 0.01),
    "silent after the headers": never_ends(_HEAD + b"Content-Length: 5\r\n\r\n", b""),
}


class ScriptedEndpoint:
    """Listens on an address and treats every connection by one script."""

    def __init__(self, script: Script, address: str = "127.0.0.1", port: int = 0) -> None:
        self.script = script
        self.visitors = 0
        self._socket = socket.create_server((address, port))
        self.port: int = self._socket.getsockname()[1]
        self.iri = f"http://{address}:{self.port}/sparql"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.visitors += 1
                threading.Thread(target=self._treat, args=(connection,), daemon=True).start()

    def _treat(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            self.script(connection)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@contextlib.contextmanager
def endpoint(script: Script, address: str = "127.0.0.1", port: int = 0) -> Iterator[ScriptedEndpoint]:
    """One, closed at the end."""
    running = ScriptedEndpoint(script, address, port)
    try:
        yield running
    finally:
        running.close()


@contextlib.contextmanager
def deaf_port(address: str = "127.0.0.1", port: int = 0) -> Iterator[int]:
    """A port whose connections never come about: its queue is full and nobody takes from it."""
    with socket.socket() as listener, contextlib.ExitStack() as stack:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(0)
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                waiting.connect(listener.getsockname())
        yield int(listener.getsockname()[1])


def unused_port(address: str = "127.0.0.1") -> int:
    """A port on which nobody listens."""
    with socket.create_server((address, 0)) as listener:
        return int(listener.getsockname()[1])
