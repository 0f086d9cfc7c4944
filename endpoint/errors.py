"""The one error shape: RFC 9457 problem details, for every route and every status.

Media type ``application/problem+json`` with the extension members ``code`` (stable name),
``remedy``, ``request`` (id), and where they apply ``line``, ``column``, ``limit``,
``see`` (the clause of the standard), ``choices`` and ``suggestions``.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from araxes.ontology.errors import AraxesError

if TYPE_CHECKING:  # evaluators start without it
    from araxes.endpoint.settings import Limit

MEDIA_TYPE = "application/problem+json"

PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
QUERY = "https://www.w3.org/TR/sparql11-query/"
GRAPH_STORE = "https://www.w3.org/TR/sparql11-http-rdf-update/"
HTTP = "https://www.rfc-editor.org/rfc/rfc9110"


class HttpProblem(AraxesError):  # noqa: N818 -- RFC 9457 calls it so
    """A request that cannot be answered.

    Args:
        status: HTTP status code.
        code: stable name of the error, in kebab case.
        detail: what is wrong with this request.
        remedy: what its sender, or the operator, can do.
        headers: further response headers, such as ``Allow``.
        members: further members of the problem object.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        remedy: str = "",
        *,
        headers: dict[str, str] | None = None,
        **members: Any,
    ) -> None:
        """Keep all parts."""
        super().__init__(detail, remedy)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})
        self.prefixes: tuple[str, ...] = ()
        """Lines that a query lacks at its beginning, where that is what is wrong."""
        self.members = {name: value for name, value in members.items() if value is not None}

    @property
    def title(self) -> str:
        """The standard phrase of the status.

        >>> HttpProblem(404, "x", "y").title
        'Not Found'
        """
        return HTTPStatus(self.status).phrase

    def as_json(self, request: str) -> dict[str, Any]:
        """The problem object, with the id of the request."""
        return {
            "type": f"urn:araxes:error:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.message,
            "remedy": self.remedy,
            "request": request,
            **self.members,
        }

    def as_text(self, request: str) -> str:
        """The same for a terminal."""
        lines = [f"{self.status} {self.title} ({self.code})", self.message]
        if self.remedy:
            lines.append(f"→ {self.remedy}")
        lines += [f"{name}: {_flat(value)}" for name, value in self.members.items()]
        return "\n".join([*lines, f"request: {request}", ""])


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {entry}" for key, entry in value.items())
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def limit_problem(status: int, code: str, detail: str, limit: Limit, retry: int = 0) -> HttpProblem:
    """A limit was exceeded: names it, its value, and how the operator changes it."""
    return HttpProblem(
        status,
        code,
        detail,
        f"ask for less, or have the operator change {limit.name!r}, now {limit.value} {limit.unit} "
        f"(--{limit.name.replace('_', '-')}, ARAXES_{limit.name.upper()} or the configuration file)",
        headers={"Retry-After": str(retry)} if retry else None,
        limit={"name": limit.name, "value": limit.value, "unit": limit.unit},
    )
