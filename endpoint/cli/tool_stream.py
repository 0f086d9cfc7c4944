"""Messages of the Model Context Protocol on a stream: one a line, several under way at once.

https://modelcontextprotocol.io/specification/2026-07-28/basic/transports (stdio).
"""

from __future__ import annotations

import json
import logging
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from mcp_types import (
    INTERNAL_ERROR,
    PROTOCOL_VERSION_META_KEY,
    ErrorData,
    JSONRPCError,
)

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.service.service import Service
from araxes.endpoint.tools.envelope import Carried, encoded
from araxes.endpoint.tools.messages import Host, Reply, answer
from araxes.endpoint.tools.transport import LONGEST_MESSAGE, METHOD_HEADER, NAME_HEADER, VERSION_HEADER
from araxes.ontology.namespaces import BASE

_log = logging.getLogger("araxes.tools")

Answerer = Callable[[bytes, Carried, Callable[[], bool]], Reply]
"""Answers a message, until it is no longer wanted."""

_AT_ONCE = 4
_HERE = "stdio"
_PATIENCE = 120.0
"""Seconds for which another server is waited for."""


def of_service(service: Service, language: str) -> Answerer:
    """Answers by a started service."""

    def answered(data: bytes, carried: Carried, gone: Callable[[], bool]) -> Reply:
        host = Host(
            evaluate=lambda job: service.evaluate(job, client=_HERE, gone=gone),
            reference=lambda: service.reference(client=_HERE, gone=gone),
            seconds=service.settings.number("timeout"),
            language=language,
            base=service.settings.text("base_url") or BASE,
            namespace=service.settings.text("namespace"),
        )
        return answer(data, host, carried)

    return answered


def at_server(url: str, language: str) -> Answerer:
    """Answers by the tools of another server."""

    def answered(data: bytes, carried: Carried, gone: Callable[[], bool]) -> Reply:
        message = _object(data)
        request = urllib.request.Request(url, data, _headers(message, carried, language), method="POST")  # noqa: S310 -- http(s), checked by the verb
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as response:  # noqa: S310 -- as above
                body = response.read()
        except urllib.error.HTTPError as error:
            body = error.read()
            if "jsonrpc" not in _object(body):
                return _failed(
                    message, f"{url}: HTTP {error.code}: {_object(body).get('detail', error.reason)}"
                )
        except (OSError, ValueError) as error:
            return _failed(message, f"{url}: {error}")
        result = _object(body).get("result")
        agreed = result.get("protocolVersion", "") if isinstance(result, dict) else ""
        return Reply(200, body.strip(), str(agreed))

    return answered


def _headers(message: dict[str, Any], carried: Carried, language: str) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        "Accept-Language": language,
    }
    given = message.get("params")
    params = given if isinstance(given, dict) else {}
    meta = params.get("_meta")
    modern = meta.get(PROTOCOL_VERSION_META_KEY) if isinstance(meta, dict) else None
    if modern is not None:
        headers |= {VERSION_HEADER: encoded(str(modern)), METHOD_HEADER: encoded(str(message.get("method")))}
        if isinstance(params.get("name"), str):
            headers[NAME_HEADER] = encoded(params["name"])
    elif message.get("method") != "initialize":
        headers[VERSION_HEADER] = carried.version
    return headers


def _failed(message: dict[str, Any], text: str) -> Reply:
    """An error of JSON-RPC; nothing where the message wants no answer."""
    if "id" not in message:
        return Reply(202)
    identifier = message["id"]
    known = identifier if isinstance(identifier, int | str) and not isinstance(identifier, bool) else None
    error = JSONRPCError(jsonrpc="2.0", id=known, error=ErrorData(code=INTERNAL_ERROR, message=text[:500]))
    body = {**error.model_dump(mode="json", exclude_none=True), "id": known}
    return Reply(500, json.dumps(body).encode())


class ToolStream:
    """One client on a pair of streams."""

    def __init__(self, answerer: Answerer) -> None:
        """Begin with nothing agreed on."""
        self._answerer = answerer
        self._carried = Carried(headers=None)
        self._lock = threading.Lock()
        self._unwanted: dict[str, threading.Event] = {}

    def run(self, lines: IO[bytes], out: IO[bytes]) -> None:
        """Answer until the client ends; what it has asked by then is answered."""
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="tools") as pool:
            try:
                while line := lines.readline(LONGEST_MESSAGE + 2):
                    if len(line) > LONGEST_MESSAGE and not line.endswith(b"\n"):
                        self._skip(lines)
                    if line.strip():
                        self._take(line, out, pool)
            except BaseException:
                self._leave()
                raise

    def _take(self, line: bytes, out: IO[bytes], pool: ThreadPoolExecutor) -> None:
        message = _object(line) if len(line) <= LONGEST_MESSAGE else {}
        method, key = message.get("method"), repr(message.get("id"))
        if method == "notifications/cancelled":
            params = message.get("params")
            wanted = self._unwanted.get(repr(params.get("requestId") if isinstance(params, dict) else None))
            if wanted is not None:
                wanted.set()
            return
        if method == "initialize" or "id" not in message:
            # What comes behind is read by what was agreed on.
            self._answered(line, message, threading.Event(), out)
            return
        unwanted = self._unwanted[key] = threading.Event()
        pool.submit(self._answered, line, message, unwanted, out).add_done_callback(
            lambda _: self._unwanted.pop(key, None)
        )

    def _answered(
        self, line: bytes, message: dict[str, Any], unwanted: threading.Event, out: IO[bytes]
    ) -> None:
        try:
            reply = self._answerer(line, self._carried, unwanted.is_set)
        except HttpProblem:
            return  # it is no longer wanted
        except Exception:
            _log.exception("unexpected error")
            reply = _failed(message, "an unexpected error; standard error of the server has more")
        if reply.version:
            self._carried = Carried(None, reply.version)
        if reply.body and not unwanted.is_set():
            with self._lock:
                out.write(reply.body + b"\n")
                out.flush()

    def _leave(self) -> None:
        """Nothing that is under way is wanted any more."""
        for unwanted in list(self._unwanted.values()):
            unwanted.set()

    @staticmethod
    def _skip(lines: IO[bytes]) -> None:
        """Leave out the rest of a line that is too long."""
        while (rest := lines.readline(1 << 16)) and not rest.endswith(b"\n"):
            pass


def _object(data: bytes) -> dict[str, Any]:
    """The JSON object of a message; an empty one where it is none."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
