"""The only way out: relays allowed SERVICE calls of one evaluator, and nothing else.

The evaluator lives in a network namespace that holds nothing but its own loopback. It makes a
listener there and hands it to the server, which answers on it. A path is the number of an
endpoint on the operator's list; whatever else arrives is refused. The endpoint's name
is resolved here, its addresses are checked, the connection goes to the checked address
(so a second resolution cannot differ), and redirects are not followed.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import logging
import socket
import socketserver
import ssl
import threading
from http.server import BaseHTTPRequestHandler
from typing import Any, cast
from urllib.parse import urlsplit

from araxes.endpoint.settings import Settings
from araxes.ontology.errors import AraxesError

_log = logging.getLogger("araxes.gateway")
_ACCEPT = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_AGENT = "araxes (SPARQL federation)"


class RefusedError(AraxesError):
    """A call that must not leave."""


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


class Gateway:
    """Serves one evaluator's listener until closed."""

    def __init__(self, listener: socket.socket, allowed: tuple[str, ...], settings: Settings) -> None:
        """Start answering in a thread of its own."""
        self._listener = listener
        self._allowed = allowed
        self._settings = settings
        threading.Thread(target=self._accept, name="gateway", daemon=True).start()

    def close(self) -> None:
        """Stop. Calls under way end when their evaluator's side does."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(
                target=self._handle, args=(connection,), name="service-call", daemon=True
            ).start()

    def _handle(self, connection: socket.socket) -> None:
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 30

            def do_POST(self) -> None:
                gateway.relay(self)

            do_GET = do_POST  # noqa: N815 -- as above

            def log_message(self, format: str, *args: Any) -> None:
                _log.debug(format, *args)

        with contextlib.suppress(OSError, ValueError), connection:
            # http.server's handlers need no server, only its type asks for one.
            Handler(connection, ("evaluator", 0), cast("socketserver.BaseServer", None))

    def relay(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request of the evaluator."""
        path, _, query = handler.path.partition("?")
        number = path.strip("/")
        if not number.isdigit() or int(number) >= len(self._allowed):
            handler.send_error(403)
            return
        endpoint = self._allowed[int(number)]
        length = handler.headers.get("Content-Length", "0")
        body = handler.rfile.read(min(int(length), 4 << 20)) if length.isdigit() else b""
        headers = {"Accept": _ACCEPT, "User-Agent": _AGENT}
        if body:
            headers["Content-Type"] = handler.headers.get("Content-Type", "application/sparql-query")
        try:
            media_type, data = self._fetch(endpoint, query, body, headers)
        except (RefusedError, OSError, http.client.HTTPException) as error:
            _log.warning("SERVICE <%s> failed: %s", endpoint, error)
            handler.send_error(502, "SERVICE failed")
            return
        handler.send_response(200)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def _fetch(self, endpoint: str, query: str, body: bytes, headers: dict[str, str]) -> tuple[str, bytes]:
        """One request to an endpoint: its media type and body.

        Raises:
            RefusedError: address, status or size are not acceptable.
        """
        parts = urlsplit(endpoint)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        private = bool(self._settings["federation_private"])
        seconds = self._settings.number("federation_time")
        addresses = public_addresses(host, port, private=private)
        connection = _Pinned(host, port, addresses[0], seconds, secure=parts.scheme == "https")
        target = (parts.path or "/") + "".join(
            f"?{text}" for text in ["&".join(filter(None, (parts.query, query)))] if text
        )
        try:
            connection.request("POST" if body else "GET", target, body or None, headers)
            response = connection.getresponse()
            if response.status != 200:
                raise RefusedError(f"status {response.status}; redirects are not followed")
            limit = self._settings.size("federation_size")
            data = response.read(limit + 1)
            if len(data) > limit:
                raise RefusedError("its answer is larger than federation_size")
            return response.headers.get("Content-Type", "application/sparql-results+xml"), data
        finally:
            connection.close()


class _Pinned(http.client.HTTPConnection):
    """Connects to an address that was checked, under the name it was checked for."""

    def __init__(self, host: str, port: int, address: str, seconds: float, *, secure: bool) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address = address
        self._secure = secure
        # http.client leaves the default port out of the Host header by this.
        self.default_port = 443 if secure else 80

    def connect(self) -> None:
        """Open the connection, encrypted and verified for https."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock: socket.socket = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
            if self._secure
            else plain
        )
