"""Which pages of browsers may use the tools: the Origin header against DNS rebinding.

A page of a stranger reaches a server on the reader's own machine or network when its name is made to point
there; then its requests have the name of the stranger's site as Host and as Origin. So a name counts as this
server's own only where the operator has given it (``base_url``, ``tool_origins``), while an address cannot be
made to point elsewhere. Programs other than browsers send no Origin.
https://modelcontextprotocol.io/specification/2026-07-28/basic/transports
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from araxes.endpoint.settings import Settings


def may_ask(origin: str | None, own: str, settings: Settings) -> bool:
    """Whether a request may be answered that comes from a page of an origin.

    Args:
        origin: value of the Origin header; ``None`` where there is none.
        own: the address that the request was sent to (:func:`~araxes.endpoint.http.own_address.own_address`).
        settings: with the origins that the operator allows.
    """
    if origin is None:
        return True
    asked = origin.strip().lower().rstrip("/")
    base = settings.text("base_url")
    if base and asked == _origin(base):
        return True
    if asked in (each.lower().rstrip("/") for each in settings.texts("tool_origins")):
        return True
    host = _host(asked)
    return _is_loopback(host) or (_is_address(host) and asked == _origin(own))


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.netloc}".lower()
    except ValueError:
        return ""


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    """Whether it is this very machine, on which no stranger serves pages."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
