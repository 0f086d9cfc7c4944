"""The engine's HTTP client: pooled connections, calls bounded as a whole, ended from any thread.

The engine is the operator's own, named in the settings, so its address is not checked as those of SERVICE
are; redirects are not followed all the same, since they could carry the credentials elsewhere.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)

from araxes.endpoint.engines.remote.credentials import Credentials
from araxes.endpoint.engines.replies import Cause
from araxes.ontology.errors import AraxesError

_AGENT = "araxes"
_CHUNK = 1 << 16
_LONGEST_MESSAGE = 300
_PARTIAL = ("X-SPARQL-MaxRows", "X-SQL-State")
"""Headers by which Virtuoso says that it has left something out."""

_under_way = threading.local()


class EngineCallError(AraxesError):
    """A call that brought no whole answer.

    Args:
        cause: ENGINE_UNREACHABLE, ENGINE_ANSWER, ENGINE_TIMEOUT or ENGINE_SIZE.
        message: the same in words for strangers: neither addresses nor secrets.
        at_fault: whether the engine as such fails, not this one query.
    """

    def __init__(self, cause: Cause, message: str, *, at_fault: bool = True) -> None:
        """Keep all."""
        super().__init__(message)
        self.cause = cause
        self.at_fault = at_fault


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """What the engine is asked.

    Attributes:
        query: its text.
        accept: media types of the answer.
        default_graphs: IRIs of the protocol's default graph.
        named_graphs: likewise.
    """

    query: str
    accept: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def body(self) -> bytes:
        """As a form, which every engine takes (SPARQL 1.1 Protocol §2.1.2)."""
        fields = [("query", self.query)]
        fields += [("default-graph-uri", iri) for iri in self.default_graphs]
        fields += [("named-graph-uri", iri) for iri in self.named_graphs]
        return urlencode(fields, encoding="utf-8", errors="replace").encode("ascii")


class _Watched:
    """A connection that tells the call of its thread which it is, so that the call can shut it down."""

    def request(self, *arguments: Any, **options: Any) -> None:
        call = getattr(_under_way, "call", None)
        if call is not None:
            call.connection = self
        super().request(*arguments, **options)  # type: ignore[misc]  # of the connection it is mixed into


class _Plain(_Watched, HTTPConnection):
    pass


class _Secure(_Watched, HTTPSConnection):
    pass


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Secure


class EngineClient:
    """Asks one server. Thread-safe; connections are kept and shared."""

    def __init__(self, credentials: Credentials, connections: int, connect_time: float) -> None:
        """Nothing is opened yet.

        Args:
            credentials: sent with every request.
            connections: kept open at most; beyond, more are opened and closed again.
            connect_time: seconds until a connection must be there.
        """
        self._credentials = credentials
        self._connect_time = connect_time
        self._pools = urllib3.PoolManager(num_pools=4, maxsize=connections, block=False)
        self._pools.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
        self._headers = {
            "User-Agent": _AGENT,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept-Encoding": "identity",
            **credentials.headers(),
        }

    def call(self, address: str, seconds: float, size: int) -> EngineCall:
        """A call that has not begun.

        Args:
            address: of the query service.
            seconds: the whole call may take.
            size: bytes that its answer may have.
        """
        return EngineCall(self, address, seconds, size)

    def open(self, address: str, question: EngineRequest, seconds: float) -> urllib3.BaseHTTPResponse:
        """The answer's head, with its body still to be read.

        Raises:
            HTTPError, OSError: there is none.
        """
        timeout = urllib3.Timeout(connect=min(self._connect_time, seconds), read=seconds)
        return self._pools.urlopen(
            "POST",
            address,
            body=question.body(),
            headers={**self._headers, "Accept": question.accept},
            timeout=timeout,
            retries=False,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )

    def hidden(self, text: str) -> str:
        """Words of the engine, in one line, without what is secret."""
        line = next((line.strip() for line in text.splitlines() if line.strip()), "")
        return self._credentials.hidden(line)[:_LONGEST_MESSAGE]

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._pools.clear()


class EngineCall:
    """One request and its answer. :meth:`end` may be called from any thread, all else from one."""

    def __init__(self, client: EngineClient, address: str, seconds: float, size: int) -> None:
        """See :meth:`EngineClient.call`."""
        self._client = client
        self._address = address
        self._size = size
        self._end_time = time.monotonic() + seconds
        self._ended = False
        self.connection: Any = None
        self.server = ""
        """What the engine calls itself, once it has answered."""

    def end(self) -> None:
        """End the call, wherever it is: the engine sees the connection close."""
        self._ended = True
        connected = getattr(self.connection, "sock", None)
        if connected is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(connected, socket.SHUT_RDWR)

    def begin(self, question: EngineRequest) -> tuple[str, Iterator[bytes]]:
        """Media type of the answer, and its pieces as they arrive.

        Raises:
            EngineCallError: there is none that could be used; so does the iteration if it breaks off.
        """
        _under_way.call = self
        try:
            response = self._opened(question)
            self.server = response.headers.get("Server", "")
            media_type = self._checked(response)
            return media_type, self._pieces(response)
        except (HTTPError, OSError, http.client.HTTPException) as error:
            raise self._failure(error) from None
        finally:
            _under_way.call = None

    def content(self, question: EngineRequest) -> tuple[str, bytes]:
        """Media type and whole content of an answer.

        Raises:
            EngineCallError: as :meth:`begin`.
        """
        media_type, pieces = self.begin(question)
        return media_type, b"".join(pieces)

    def _opened(self, question: EngineRequest) -> urllib3.BaseHTTPResponse:
        """The answer's head; a connection that was closed while it was idle is replaced once."""
        try:
            return self._client.open(self._address, question, self._left())
        except ProtocolError:
            if self._ended or self._left() <= 0:
                raise
            return self._client.open(self._address, question, self._left())

    def _left(self) -> float:
        """Seconds left, more than none.

        Raises:
            EngineCallError: none are.
        """
        left = self._end_time - time.monotonic()
        if self._ended or left <= 0:
            raise EngineCallError(Cause.ENGINE_TIMEOUT, "the engine did not answer in time")
        return max(0.001, left)

    def _checked(self, response: urllib3.BaseHTTPResponse) -> str:
        """The media type of an answer that can be one.

        Raises:
            EngineCallError: any status but 200, or an answer that says itself that it is not whole.
        """
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if response.status == 200:
            partial = next((name for name in _PARTIAL if name in response.headers), None)
            if partial:
                self._abandon(response)
                message = f"the engine left out a part of its answer ({partial}): raise its own limits"
                raise EngineCallError(Cause.ENGINE_SIZE, message, at_fault=False)
            return media_type
        words = ""
        if media_type in ("text/plain", "application/json", "application/problem+json"):
            words = response.read(2000, decode_content=False).decode("utf-8", "replace")
        self._abandon(response)
        said = self._client.hidden(words)
        detail = f"status {response.status}{': ' + said if said else ''}"
        if response.status in (401, 403):
            message = f"the engine refuses this service ({detail}): check its credentials"
            raise EngineCallError(Cause.ENGINE_ANSWER, message)
        if response.status in (408, 504):
            raise EngineCallError(
                Cause.ENGINE_TIMEOUT, f"the engine stopped the query ({detail})", at_fault=False
            )
        if response.status in (429, 503):
            raise EngineCallError(Cause.ENGINE_UNREACHABLE, f"the engine is busy ({detail})")
        # 4xx and 500 are mostly about the query, which is none of the engine's fault.
        raise EngineCallError(
            Cause.ENGINE_ANSWER,
            f"the engine does not evaluate this query ({detail})",
            at_fault=response.status in (301, 302, 307, 308, 404, 502),
        )

    def _pieces(self, response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        """The body, to its end.

        Raises:
            EngineCallError: it breaks off, takes too long or is too large.
        """
        taken = 0
        whole = False
        try:
            while piece := response.read1(_CHUNK, decode_content=False):
                self._left()
                taken += len(piece)
                if taken > self._size:
                    message = f"the engine's answer is larger than {self._size >> 20} MiB"
                    raise EngineCallError(Cause.ENGINE_SIZE, message, at_fault=False)
                yield piece
            whole = True
        except (HTTPError, OSError, http.client.HTTPException) as error:
            raise self._failure(error) from None
        finally:
            if whole and not self._ended:
                response.release_conn()
            else:
                self._abandon(response)

    def _abandon(self, response: urllib3.BaseHTTPResponse) -> None:
        """Close the connection: what is left on it belongs to nobody."""
        self.end_connection()
        with contextlib.suppress(HTTPError, OSError):
            response.close()
            response.release_conn()

    def end_connection(self) -> None:
        """Close what the call has used."""
        if self.connection is not None:
            with contextlib.suppress(OSError):
                self.connection.close()

    def _failure(self, error: Exception) -> EngineCallError:
        """What a failure of the transport means, without addresses."""
        if isinstance(error, EngineCallError):
            return error
        late = time.monotonic() >= self._end_time or self._ended
        if isinstance(error, ConnectTimeoutError | NewConnectionError):
            reason = "no answer" if isinstance(error, ConnectTimeoutError) and not _refused(error) else ""
            return EngineCallError(
                Cause.ENGINE_UNREACHABLE, f"the engine cannot be reached ({reason or 'no connection'})"
            )
        if isinstance(error, SSLError):
            return EngineCallError(
                Cause.ENGINE_UNREACHABLE, "the engine cannot be reached (no trusted encryption)"
            )
        if late or isinstance(error, ReadTimeoutError):
            return EngineCallError(Cause.ENGINE_TIMEOUT, "the engine did not answer in time")
        return EngineCallError(Cause.ENGINE_ANSWER, "the engine's answer broke off")


def _refused(error: Exception) -> bool:
    return "refused" in str(error).lower()


def address_of(setting: str, dataset: str) -> str:
    """The address of the query service that holds a dataset.

    Args:
        setting: with ``{dataset}`` where the engine has the dataset's name.
        dataset: first characters of its digest.

    >>> address_of("http://h/{dataset}/sparql", "0a1b2c")
    'http://h/0a1b2c/sparql'
    """
    return setting.replace("{dataset}", dataset)


def place_of(address: str) -> str:
    """Scheme, host and port of an address: what operators are told.

    >>> place_of("https://u:p@h:1/x?key=1")
    'https://h:1'
    """
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return f"{parts.scheme}://{host}{port}"
