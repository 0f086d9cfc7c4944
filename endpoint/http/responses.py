"""From complete answers to Flask responses, and what the routes need to ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import IO, Protocol, cast

from flask import Response, request
from werkzeug.wsgi import wrap_file

from araxes.endpoint.engines.embedded.spool import Spool, SpooledAnswer, SpoolFullError
from araxes.endpoint.http.own_address import own_address
from araxes.endpoint.service.service import CompleteAnswer, Service
from araxes.endpoint.settings import Settings
from araxes.endpoint.sparql.formats import Format, content_type, find, versioned
from araxes.endpoint.sparql.negotiation import choose
from araxes.endpoint.sparql.protocol import LONGEST_FIELD, first_field, format_problem
from araxes.endpoint.sparql.rdf12 import VERSION
from araxes.triples.stores.versioned_store import StoreVersion

_SMALL = 64 << 10
"""Bytes of a body that is sent from memory; a larger one goes through the spool."""

_PAGE = 256 << 10
"""Bytes of a page of results that is taken into memory, where it is compressed."""


def negotiate(name: str | None, formats: tuple[Format, ...]) -> tuple[Format, str] | None:
    """Format and media type by ``?format=`` or by Accept; ``None`` when nothing fits."""
    if name:
        found = find(name, formats)
        if found is None:
            return None
        media_type = name.lower() if name.lower() in found.media_types else found.media_types[0]
        version = VERSION if found.rdf12 and query_field("version") == VERSION else ""
        return found, versioned(media_type, version)
    accept = request.headers.getlist("Accept")
    return choose(", ".join(accept) if accept else None, formats)


def query_field(name: str, longest: int = LONGEST_FIELD) -> str | None:
    """The first field of a name in the query string of this request, up to so many bytes of it."""
    return first_field(request.query_string, name, longest)


def past_dataset(service: Service) -> StoreVersion | None:
    """The dataset that the address names, if it is not the present one.

    Raises:
        HttpProblem: 400, the field names none; 404, it is not kept.
    """
    named = query_field("dataset")
    found = service.dataset_named(named) if named else None
    return found if found and found.digest != service.dataset.digest else None


def check_format(name: str | None, formats: tuple[Format, ...]) -> None:
    """Refuse a ``format`` nobody knows.

    Raises:
        HttpProblem: 400.
    """
    if name and find(name, formats) is None:
        raise format_problem(name, formats)


def gone() -> Callable[[], bool]:
    """A function that tells whether this request's client has disconnected."""
    check = request.environ.get("waitress.client_disconnected")
    return cast("Callable[[], bool]", check) if check else lambda: False


def base_url(settings: Settings) -> str:
    """The public address of the service, with a slash at its end."""
    return (settings.text("base_url") or own_address(request.environ)).rstrip("/") + "/"


class Connection(Protocol):
    """What the server lets the application know of a request's connection, as ``araxes.connection``."""

    client: str
    """Whose it is (:func:`~araxes.endpoint.service.rate_limit.client_key`)."""

    def drop(self) -> None:
        """Close it soon. From any thread."""


def connection() -> Connection | None:
    """The connection of this request, if the server is ours."""
    return cast("Connection | None", request.environ.get("araxes.connection"))


def file_response(answer: SpooledAnswer, media_type: str) -> Response:
    """An answer as a response that closes it; from memory when it is small."""
    size = answer.size
    longest = _PAGE if media_type == "text/html" else _SMALL
    if size <= longest or request.method == "HEAD":
        body = b"" if request.method == "HEAD" else answer.content()
        answer.close()
        response = Response(body, content_type=content_type(media_type))
    else:
        response = Response(_stream(answer), content_type=content_type(media_type), direct_passthrough=True)
    response.headers["Content-Length"] = str(size)
    return response


def _stream(answer: SpooledAnswer) -> Iterable[bytes]:
    """An answer as the server sends it."""
    taker = connection()
    answer.taken_by(taker.drop if taker else None)
    # Werkzeug asks for IO[bytes], of which it uses what an answer has: read and close.
    return wrap_file(request.environ, cast("IO[bytes]", answer), 1 << 16)


def spooled(response: Response, spool: Spool, client: str, longest: float) -> None:
    """Have a large body sent from the spool, where it counts however slowly it is taken.

    Args:
        response: from memory; one that is a file already, or small, stays as it is.
        spool: where it goes.
        client: whose answer it is.
        longest: seconds to wait for room.

    Raises:
        SpoolFullError: there is no room.
    """
    if not response.is_sequence or response.direct_passthrough or request.method == "HEAD":
        return
    body = response.get_data()
    if len(body) <= _SMALL:
        return
    answer = spool.open(len(body), client, longest)
    try:
        answer.write(body)
    except OSError as error:
        answer.close()
        raise SpoolFullError(f"the spool cannot take an answer: {error.strerror}") from error
    answer.complete()
    response.response = _stream(answer)
    response.direct_passthrough = True
    response.headers["Content-Length"] = str(len(body))


def with_dataset(response: Response, digest: str) -> Response:
    """Say which dataset answered."""
    response.headers["Araxes-Dataset"] = f"sha256:{digest}"
    return response


def document_response(answer: CompleteAnswer, media_type: str) -> Response:
    """A graph document."""
    response = with_dataset(file_response(answer.body, media_type), answer.dataset.digest)
    response.vary.add("Accept")
    return response
