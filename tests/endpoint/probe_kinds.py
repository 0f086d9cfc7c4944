"""The kinds of request that are made of each row of the table of routes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.endpoint.endpoint_fixtures import FORM
from tests.endpoint.hostile_values import BODIES, HEADERS, LONG, ODD
from tests.endpoint.route_probes import PAGE, Request, Way


def _filled(way: Way, value: str) -> Iterator[Request]:
    """A value in every place of a route."""
    for path in way.paths:
        if "{}" in path:
            yield Request("GET", path.replace("{}", value))
    plain = way.paths[-1].replace("{}", "x")
    joint = "&" if "?" in plain else "?"
    for field in way.fields:
        yield Request("GET", f"{plain}{joint}{field}={value}")
    for field in way.form:
        yield Request("POST", plain, f"{field}={value}".encode(), (("Content-Type", FORM),))


def long_values(way: Way) -> Iterator[Request]:
    """Hundreds of kilobytes in every place."""
    for value in LONG.values():
        yield from _filled(way, value)


def odd_values(way: Way) -> Iterator[Request]:
    """Bytes that mean something elsewhere, in every place, for a program and for a browser."""
    for value in ODD:
        for request in _filled(way, value):
            yield request
            yield Request(request.method, request.path, request.body, (*request.headers, ("Accept", PAGE)))


def long_headers(way: Way) -> Iterator[Request]:
    """Headers of hundreds of kilobytes, and many elements."""
    plain = way.paths[-1].replace("{}", "x")
    for name, values in HEADERS.items():
        for value in values:
            yield Request("GET", plain, headers=((name, value),))
            yield Request("GET", plain, headers=((name, value[:8000]),))
    yield Request("OPTIONS", plain, headers=(("Access-Control-Request-Method", "X" * 8000),))


def other_methods(way: Way) -> Iterator[Request]:
    """Methods and bodies that the route does not expect."""
    plain = way.paths[-1].replace("{}", "x")
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "X" * 200, "HEAD", "OPTIONS"):
        yield Request(method, plain)
    for body, headers in BODIES.values():
        yield Request("POST", plain, body, headers)
        yield Request("GET", plain, body, headers)


def dear_requests(way: Way) -> Iterator[Request]:
    """The dearest that the route takes, one after the other."""
    yield from way.dear or [way.asked()]


KINDS: dict[str, Callable[[Way], Iterator[Request]]] = {
    "long values": long_values,
    "odd values": odd_values,
    "long headers": long_headers,
    "other methods": other_methods,
    "dear requests": dear_requests,
}
"""Kinds of probes that are sent one after the other; crowds and leavers are in the tests."""
