"""What stands around a message: revisions of the protocol, and the headers that repeat it over HTTP.

Since revision 2026-07-28 each request carries its revision and the client's capabilities in
``params._meta``, and over HTTP the headers ``MCP-Protocol-Version``, ``Mcp-Method`` and ``Mcp-Name`` say the
same as its body, so that whatever stands between may rely on them. Earlier revisions begin with
``initialize``; nothing is kept of it here, since no answer depends on it.
https://modelcontextprotocol.io/specification/2026-07-28/basic/transports
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mcp_types import (
    CLIENT_CAPABILITIES_META_KEY,
    HEADER_MISMATCH,
    INVALID_PARAMS,
    PROTOCOL_VERSION_META_KEY,
    UNSUPPORTED_PROTOCOL_VERSION,
    ErrorData,
)
from mcp_types.version import (
    HANDSHAKE_PROTOCOL_VERSIONS,
    LATEST_HANDSHAKE_VERSION,
    MODERN_PROTOCOL_VERSIONS,
)

from araxes.endpoint.tools.transport import METHOD_HEADER, NAME_HEADER, VERSION_HEADER

UNSAID_VERSION = "2025-03-26"
"""The revision of a request over HTTP that names none (2025-11-25, Transports, Protocol Version Header)."""

SERVED = (*MODERN_PROTOCOL_VERSIONS, *reversed(HANDSHAKE_PROTOCOL_VERSIONS))
"""Revisions that are served, the newest first."""

_LONGEST_VERSION = 40
_ENCODED = re.compile(r"=\?base64\?([A-Za-z0-9+/=]*)\?=")


class EnvelopeError(Exception):
    """A request that is not answered for what stands around it."""

    def __init__(self, code: int, message: str, data: dict[str, Any] | None = None) -> None:
        """Keep the parts of the error."""
        super().__init__(message)
        self.error = ErrorData(code=code, message=message, data=data)


@dataclass(frozen=True, slots=True)
class Carried:
    """How a message came.

    Attributes:
        headers: over HTTP: the protocol's own headers that were sent; ``None`` on a stream.
        version: on a stream: the revision that was agreed on by ``initialize``.
    """

    headers: Mapping[str, str] | None = field(default_factory=dict)
    version: str = LATEST_HANDSHAKE_VERSION


def revision_of(method: str, params: Mapping[str, Any] | None, carried: Carried) -> str:
    """The revision by which a request is read and answered.

    Raises:
        EnvelopeError: the request names none that is served, or its headers and its body differ.
    """
    meta = (params or {}).get("_meta")
    said = meta.get(PROTOCOL_VERSION_META_KEY) if isinstance(meta, Mapping) else None
    header = carried.headers.get(VERSION_HEADER) if carried.headers is not None else None
    if said is None and (header is None or header in HANDSHAKE_PROTOCOL_VERSIONS):
        if carried.headers is None:
            return carried.version
        return header or UNSAID_VERSION
    if not isinstance(meta, Mapping) or said is None:
        _check_served(header or "")
        raise EnvelopeError(INVALID_PARAMS, f"params._meta has no {PROTOCOL_VERSION_META_KEY}")
    if not isinstance(said, str):
        raise EnvelopeError(INVALID_PARAMS, f"{PROTOCOL_VERSION_META_KEY} is no text")
    if CLIENT_CAPABILITIES_META_KEY not in meta:
        raise EnvelopeError(INVALID_PARAMS, f"params._meta has no {CLIENT_CAPABILITIES_META_KEY}")
    if carried.headers is not None:
        _check_headers(method, params or {}, said, carried.headers)
    _check_served(said)
    return said


def check_notification(carried: Carried) -> None:
    """Refuse a notification of a revision that nobody serves.

    Raises:
        EnvelopeError: its header names such a one.
    """
    header = carried.headers.get(VERSION_HEADER) if carried.headers is not None else None
    if header is not None and header not in SERVED:
        raise _unsupported(header)


def _check_served(version: str) -> None:
    if version not in MODERN_PROTOCOL_VERSIONS:
        raise _unsupported(version)


def _unsupported(version: str) -> EnvelopeError:
    data = {"supported": list(SERVED), "requested": version[:_LONGEST_VERSION]}
    return EnvelopeError(UNSUPPORTED_PROTOCOL_VERSION, "this revision of the protocol is not served", data)


def _check_headers(method: str, params: Mapping[str, Any], version: str, headers: Mapping[str, str]) -> None:
    wanted = {VERSION_HEADER: version, METHOD_HEADER: method}
    if method == "tools/call" and isinstance(params.get("name"), str):
        wanted[NAME_HEADER] = params["name"]
    for name, value in wanted.items():
        sent = headers.get(name)
        if sent is None or decoded(sent) != value:
            raise EnvelopeError(HEADER_MISMATCH, f"the header {name} does not say what the body says")


def decoded(value: str) -> str | None:
    """The value of a header that may be encoded as ``=?base64?…?=``; ``None`` for a broken one.

    >>> decoded("find"), decoded("=?base64?2qnYp9ix?="), decoded("=?base64?2?=")
    ('find', 'کار', None)
    """
    found = _ENCODED.fullmatch(value)
    if found is None:
        return value
    try:
        return base64.b64decode(found[1], validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None


def encoded(value: str) -> str:
    """A value as a header can carry it.

    >>> encoded("find"), decoded(encoded("کار"))
    ('find', 'کار')
    """
    if value.isascii() and value.isprintable() and value == value.strip() and not _ENCODED.fullmatch(value):
        return value
    return f"=?base64?{base64.b64encode(value.encode('utf-8', 'replace')).decode('ascii')}?="
