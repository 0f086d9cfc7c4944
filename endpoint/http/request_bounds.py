"""Bounds on what a request is asked with, looked at before anything is done with it.

Routing, negotiation and cookies take time in proportion to what they are given, some of it far more than
reading it took. Whatever is longer than any honest client sends is refused here, in front of Flask.
"""

from __future__ import annotations

from typing import Any

from araxes.endpoint.errors import HTTP, HttpProblem

LONGEST = 8190
"""Bytes of a header's value, of a path, and of a query string that holds no query; as elsewhere."""

_QUERIES = ("/sparql", "/sparql/", "/reconcile", "/reconcile/")
"""Paths whose query string may be as long as the setting ``header_size`` allows."""

_REFUSED = "araxes.refused"

Environ = dict[str, Any]


def bound(environ: Environ) -> None:
    """Take out of a request what is beyond its bounds; :func:`refusal` says so afterwards."""
    problem = _problem_of(environ)
    if problem is not None:
        environ[_REFUSED] = problem
        environ["PATH_INFO"], environ["QUERY_STRING"] = "/", ""


def refusal(environ: Environ) -> HttpProblem | None:
    """Why a request is refused, if it is."""
    found: HttpProblem | None = environ.get(_REFUSED)
    return found


def _problem_of(environ: Environ) -> HttpProblem | None:
    """What is too long; a header that is has gone afterwards."""
    path = environ.get("PATH_INFO", "")
    if len(path) > LONGEST:
        return _too_long(414, "uri-length", f"the path has {len(path)} bytes", "no path here is so long")
    query = environ.get("QUERY_STRING", "")
    if len(query) > LONGEST and path not in _QUERIES:
        return _too_long(
            414, "uri-length", f"the query string has {len(query)} bytes", "only /sparql takes long ones"
        )
    names = [name for name, value in environ.items() if _is_header(name) and len(value) > LONGEST]
    for name in names:
        environ[name] = ""
    if names:
        header = names[0].removeprefix("HTTP_").replace("_", "-").title()
        return _too_long(431, "header-size", f"the header {header} is too long", "send a shorter one")
    return None


def _is_header(name: str) -> bool:
    return name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH")


def _too_long(status: int, code: str, what: str, remedy: str) -> HttpProblem:
    clause = "#section-15.5.15" if status == 414 else ""
    return HttpProblem(status, code, f"{what}; {LONGEST} bytes are read", remedy, see=HTTP + clause)
