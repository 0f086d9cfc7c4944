"""One call to another SPARQL endpoint, bounded as a whole in time and size, to checked addresses only.

The endpoint's name is resolved here, all its addresses are checked, and the connection goes to a checked
address under the name it was checked for, so that a second resolution cannot differ. Redirects are not
followed. When the time is up, or the call is not wanted any more, its connection is shut down from another
thread: that ends whatever is under way, however slowly the other side drips.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from araxes.endpoint.engines.embedded.service_answer import FORMATS, check_answer
from araxes.endpoint.engines.replies import Cause
from araxes.ontology.errors import AraxesError

_ACCEPT = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_AGENT = "araxes (SPARQL federation)"


class RefusedError(AraxesError):
    """An endpoint that must not be called."""


class EndpointCallError(AraxesError):
    """A call that brought no answer.

    Args:
        cause: SERVICE_UNREACHABLE (no address, no connection, no trust), SERVICE_ANSWER (one that cannot be
            read), SERVICE_SIZE or SERVICE_TIMEOUT.
        message: the same in words that may be shown to strangers: no addresses.
    """

    def __init__(self, cause: Cause, message: str) -> None:
        """Keep both."""
        super().__init__(message)
        self.cause = cause


def check_endpoint(iri: str) -> str:
    """An endpoint fit for the list, as it was given.

    Raises:
        RefusedError: not http(s), without a host, with user information or a fragment.
    """
    try:
        parts = urlsplit(iri)
        fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        fine = False
    if not fine or parts.username is not None or parts.fragment or any(ord(letter) <= 32 for letter in iri):
        raise RefusedError(
            f"{iri!r} cannot be a SERVICE endpoint", "give a whole http(s) IRI in the setting federation"
        )
    return iri


def public_addresses(host: str, port: int, *, private: bool) -> list[str]:
    """The addresses of a host, all checked.

    A host with any address that is not public is refused as a whole, unless ``private``:
    a name must not lead inside by one of its addresses. Link-local, multicast and
    unspecified addresses are refused even then. IPv4 addresses in IPv6 spellings are
    checked as what they are.

    Raises:
        RefusedError: it cannot be resolved, or an address is not allowed.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedError(f"{host} cannot be resolved: {error}") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for text in addresses:
        if not _is_allowed(text, private=private):
            raise RefusedError(f"{host} resolves to {text}, which is not a public address")
    return addresses


def _is_allowed(text: str, *, private: bool) -> bool:
    address: Any = ipaddress.ip_address(text.partition("%")[0])
    for unwrapped in (getattr(address, name, None) for name in ("ipv4_mapped", "sixtofour")):
        if unwrapped is not None:
            return _is_allowed(str(unwrapped), private=private)
    teredo = getattr(address, "teredo", None)
    nat64 = address.version == 6 and address in ipaddress.ip_network("64:ff9b::/96")
    if teredo is not None or nat64:
        return False
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    return bool(private or address.is_global)


@dataclass(slots=True)
class _Lookup:
    """A name being resolved, in a thread of its own: nothing bounds the system's resolver."""

    done: threading.Event = field(default_factory=threading.Event)
    addresses: list[str] = field(default_factory=list)
    refusal: RefusedError | None = None


class Lookups:
    """Resolves names, each at most once at a time, so that a silent name server does not collect threads."""

    def __init__(self) -> None:
        """None under way."""
        self._lock = threading.Lock()
        self._under_way: dict[tuple[str, int, bool], _Lookup] = {}

    def begin(self, host: str, port: int, *, private: bool) -> _Lookup:
        """The lookup of a host that is under way, or a new one."""
        key = (host, port, private)
        with self._lock:
            lookup = self._under_way.get(key)
            if lookup is None:
                lookup = self._under_way[key] = _Lookup()
                threading.Thread(target=self._run, args=(key, lookup), name="lookup", daemon=True).start()
            return lookup

    def _run(self, key: tuple[str, int, bool], lookup: _Lookup) -> None:
        host, port, private = key
        try:
            lookup.addresses = public_addresses(host, port, private=private)
        except RefusedError as error:
            lookup.refusal = error
        finally:
            with self._lock:
                del self._under_way[key]
            lookup.done.set()


_LOOKUPS = Lookups()
_TICK = 0.05


@dataclass(frozen=True, slots=True)
class CallLimits:
    """What a call may take.

    Attributes:
        seconds: from looking up the name to the last byte.
        size: bytes of the answer.
        private: whether private and loopback addresses may be called.
    """

    seconds: float
    size: int
    private: bool


class EndpointCall:
    """One call. It is made in the thread that asks for it and may be ended from any other."""

    def __init__(self, endpoint: str, limits: CallLimits) -> None:
        """Prepare; the time begins with :meth:`send`."""
        self._parts = urlsplit(endpoint)
        self._limits = limits
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._ended = False
        self._end_time = 0.0

    def send(self, query: str, body: bytes, content_type: str) -> tuple[str, bytes]:
        """Ask.

        Args:
            query: further fields for the query string, encoded; may be empty.
            body: of a POST; empty for a GET.
            content_type: of the body.

        Returns:
            Media type and body of the answer.

        Raises:
            EndpointCallError: there is none.
        """
        self._end_time = time.monotonic() + self._limits.seconds
        watch = threading.Timer(self._limits.seconds, self.end)
        watch.daemon = True
        watch.start()
        connection: _Prepared | None = None
        try:
            connection = _Prepared(self._connect(), self._parts)
            return self._exchange(connection, query, body, content_type)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._check_time()
            reason = type(error).__name__ if isinstance(error, ValueError) else str(error) or "it broke off"
            raise EndpointCallError(
                Cause.SERVICE_ANSWER, f"it gave no whole answer ({reason[:200]})"
            ) from error
        finally:
            watch.cancel()
            if connection is not None:
                connection.close()

    def end(self) -> None:
        """End the call, wherever it is."""
        with self._lock:
            self._ended = True
            if self._socket is not None:
                # Past SSLSocket.shutdown, which takes the encryption away under the reading thread.
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _left(self) -> float:
        """Seconds left, more than none.

        Raises:
            EndpointCallError: none are.
        """
        self._check_time()
        return max(0.001, self._end_time - time.monotonic())

    def _check_time(self) -> None:
        if self._ended or time.monotonic() >= self._end_time:
            raise EndpointCallError(
                Cause.SERVICE_TIMEOUT, f"it did not answer within {self._limits.seconds:g} seconds"
            )

    def _keep(self, connection: socket.socket) -> socket.socket:
        """Remember the socket that :meth:`end` shuts down."""
        with self._lock:
            self._socket = connection
        self._check_time()
        return connection

    def _connect(self) -> socket.socket:
        """A connection to the first address that takes one, encrypted and verified for https.

        Raises:
            EndpointCallError: none does.
        """
        host = self._parts.hostname or ""
        secure = self._parts.scheme == "https"
        port = self._parts.port or (443 if secure else 80)
        failures = []
        addresses = self._addresses(host, port)
        for position, address in enumerate(addresses):
            connection = socket.socket(
                socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM
            )
            try:
                # Later addresses get their share of the time when this one is silent.
                self._keep(connection).settimeout(self._left() / (len(addresses) - position))
                connection.connect(socket.getaddrinfo(address, port, flags=socket.AI_NUMERICHOST)[0][4])
                if secure:
                    context = ssl.create_default_context()
                    encrypted = context.wrap_socket(
                        connection, server_hostname=host, do_handshake_on_connect=False
                    )
                    connection = self._keep(encrypted)
                    encrypted.do_handshake()
                connection.settimeout(self._left())
                return connection
            except BaseException as error:
                connection.close()
                if not isinstance(error, OSError):
                    raise
                self._check_time()
                failures.append(_reason(error))
        raise EndpointCallError(
            Cause.SERVICE_UNREACHABLE, f"it cannot be reached: {', '.join(dict.fromkeys(failures))}"
        )

    def _addresses(self, host: str, port: int) -> list[str]:
        lookup = _LOOKUPS.begin(host, port, private=self._limits.private)
        while not lookup.done.wait(min(_TICK, self._left())):
            pass
        if lookup.refusal is not None:
            # The addresses of a name are nobody's business but the operator's.
            inside = "resolves to" in lookup.refusal.message
            words = "its name leads to an address that is not public" if inside else "its name is unknown"
            raise EndpointCallError(
                Cause.SERVICE_UNREACHABLE, f"it cannot be reached: {words}"
            ) from lookup.refusal
        return lookup.addresses

    def _exchange(
        self, connection: _Prepared, query: str, body: bytes, content_type: str
    ) -> tuple[str, bytes]:
        """Send the request and read the answer.

        Raises:
            EndpointCallError: the answer is not acceptable.
            OSError, HTTPException: it does not arrive whole.
        """
        fields = "&".join(filter(None, (self._parts.query, query)))
        # What is an IRI on the list is a URI on the wire.
        target = quote(
            (self._parts.path or "/") + (f"?{fields}" if fields else ""), safe="%/:?#[]@!$&'()*+,;=~"
        )
        headers = {"Accept": _ACCEPT, "User-Agent": _AGENT, "Connection": "close"}
        if body:
            headers["Content-Type"] = content_type
        connection.request("POST" if body else "GET", target, body or None, headers)
        response = connection.getresponse()
        media_type = _checked_type(response)
        limit = self._limits.size
        announced = response.length or 0
        data = response.read(limit + 1) if announced <= limit else b""
        if max(announced, len(data)) > limit:
            raise EndpointCallError(Cause.SERVICE_SIZE, f"its answer is larger than {limit >> 20} MiB")
        self._check_time()
        if response.length or not data:
            raise EndpointCallError(Cause.SERVICE_ANSWER, "it broke off before the end of its answer")
        try:
            check_answer(data, media_type, self._left)
        except ValueError as error:
            message = f"its answer cannot be read ({str(error)[:200]})"
            raise EndpointCallError(Cause.SERVICE_ANSWER, message) from error
        return media_type, data


def _checked_type(response: http.client.HTTPResponse) -> str:
    """The media type of an answer that can be one.

    Raises:
        EndpointCallError: a status other than 200, another media type, or an encoding nobody asked for.
    """
    if response.status != 200:
        redirects = "; redirects are not followed" if 300 <= response.status < 400 else ""
        raise EndpointCallError(Cause.SERVICE_ANSWER, f"it answered with status {response.status}{redirects}")
    media_type = (
        response.headers.get_content_type() if "Content-Type" in response.headers else "no media type"
    )
    if media_type not in FORMATS:
        raise EndpointCallError(
            Cause.SERVICE_ANSWER, f"it answered with {media_type[:100]}, which holds no SPARQL results"
        )
    if response.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise EndpointCallError(Cause.SERVICE_ANSWER, "it answered in an encoding that was not asked for")
    return media_type


def _reason(error: OSError) -> str:
    """Why no connection came about, without addresses."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return "no encrypted connection can be made"
    if isinstance(error, TimeoutError):
        return "no answer"
    return (error.strerror or "no connection").lower()


class _Prepared(http.client.HTTPConnection):
    """An HTTP connection over a socket that is connected already."""

    def __init__(self, connected: socket.socket, parts: Any) -> None:
        host = str(parts.hostname)
        with contextlib.suppress(UnicodeError):
            host = host.encode("idna").decode("ascii")
        super().__init__(host, parts.port)
        # http.client leaves the default port out of the Host header by this.
        self.default_port = 443 if parts.scheme == "https" else 80
        self.port = parts.port or self.default_port
        self.sock: socket.socket = connected
