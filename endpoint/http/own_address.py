"""The address that a request was sent to, out of its Host header (RFC 9110 §7.2).

Links, the service description and the base of relative IRIs are made from it, so it must be usable in them.
Names are kept as they were sent: werkzeug turns international ones into letters by a standard that knows no
character newer than 2002, and drops names with an underscore, as networks of containers have them.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from araxes.endpoint.errors import HTTP, HttpProblem

_HOST = re.compile(r"(?:([A-Za-z0-9._-]{1,254})|\[([0-9A-Fa-f:.]{2,45})\])(?::([0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HIGHEST_PORT = 65_535


def own_address(environ: Mapping[str, Any]) -> str:
    """Scheme, host and port of a request (WSGI), with a slash at the end; the scheme's own port is left out.

    Raises:
        HttpProblem: 400, the Host header is no host.

    >>> own_address({"wsgi.url_scheme": "http", "HTTP_HOST": "Araxes_1:8080"})
    'http://araxes_1:8080/'
    >>> own_address({"wsgi.url_scheme": "https", "HTTP_HOST": "[::1]:443"})
    'https://[::1]/'
    """
    scheme = environ["wsgi.url_scheme"]
    host, port = _host_and_port(environ.get("HTTP_HOST") or _listening(environ))
    shown = "" if port in (None, _DEFAULT_PORTS.get(scheme)) else f":{port}"
    return f"{scheme}://{host}{shown}/"


def _listening(environ: Mapping[str, Any]) -> str:
    """Where the server listens, for whoever sends no Host (HTTP/1.0)."""
    name, port = environ["SERVER_NAME"].partition("%")[0], environ["SERVER_PORT"]
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


def _host_and_port(header: str) -> tuple[str, int | None]:
    found = _HOST.fullmatch(header)
    if found is None:
        raise _problem("is malformed")
    name, address, port = found.groups()
    if port and int(port) > _HIGHEST_PORT:
        raise _problem(f"has a port above {_HIGHEST_PORT:,}")
    if address is None:
        host = name.lower()
        if not all(map(_is_label, host.removesuffix(".").split("."))):
            raise _problem("names no host")
    else:
        try:
            host = f"[{ipaddress.IPv6Address(address)}]"
        except ValueError:
            raise _problem("has no IPv6 address between its brackets") from None
    return host, int(port) if port else None


def _is_label(label: str) -> bool:
    """Whether it is one part of a name, and stands for letters or symbols if it is an international one."""
    if not _LABEL.fullmatch(label):
        return False
    if not label.startswith("xn--"):
        return True
    try:
        text = label[4:].encode("ascii").decode("punycode")
        back = text.encode("punycode").decode("ascii")
    except UnicodeError:
        return False
    kinds = {unicodedata.category(character) for character in text}
    return not text.isascii() and back == label[4:] and not kinds & {"Cc", "Cs", "Zs", "Zl", "Zp"}


def _problem(what: str) -> HttpProblem:
    return HttpProblem(
        400, "host", f"the Host header {what}", "send the name of the server", see=f"{HTTP}#section-7.2"
    )
