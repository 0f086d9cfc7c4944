"""The SPARQL 1.1 Protocol's requests, read without a web framework.

https://www.w3.org/TR/sparql11-protocol/ §2.1, as plain functions from method, headers, query
string and body to a :class:`QueryRequest` or a :class:`~araxes.endpoint.errors.HttpProblem`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote_to_bytes

import pyoxigraph as ox

from araxes.endpoint.errors import GRAPH_STORE, HTTP, PROTOCOL, HttpProblem
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format, find

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
"""What ``/sparql`` answers."""

LONGEST_FIELD = 1000
"""Bytes of a field that names a format or a language."""

_MOST_FIELDS = 10_000
_MOST_STRAY = 1000
"""Percent signs that begin no code: each costs the web process six times what a code costs."""
_NO_CODE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_PARAMETER = re.compile(r';\s*([^=;\s]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]*)')


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query to evaluate.

    Attributes:
        query: the query string, decoded once.
        default_graphs: IRIs whose merge is the default graph.
        named_graphs: IRIs of the named graphs.
        dataset_given: whether the protocol names the dataset, which then overrides FROM.
        format: the first known value of ``format``, if any.
        base: the IRI against which a query without BASE is read (§2.1, RFC 3986 §5.1.3).
        dataset: which published dataset is asked, as the request names it; empty: the present one.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None
    base: str = ""
    dataset: str = ""

    @property
    def dataset_given(self) -> bool:
        """Whether the request itself describes the dataset."""
        return bool(self.default_graphs or self.named_graphs)


@dataclass(frozen=True, slots=True)
class RawRequest:
    """What arrives over HTTP, as far as the protocol looks at it.

    Attributes:
        method: in capitals.
        query_string: the part after ``?``, still percent-encoded.
        content_type: the header's value; empty if there is none.
        body: as received.
        content_encoding: the header's value; empty if there is none.
        endpoint: the service's own address.
    """

    method: str
    query_string: bytes = b""
    content_type: str = ""
    body: bytes = b""
    content_encoding: str = ""
    endpoint: str = ""


def parse_request(raw: RawRequest) -> QueryRequest | None:
    """The query of a request, or ``None`` when a GET asks for none (service description, form).

    Raises:
        HttpProblem: 400 malformed, 403 an update, 405 method, 415 media type.
    """
    if raw.method not in ("GET", "HEAD", "POST"):
        raise method_problem(raw.method, METHODS)
    fields = parse_fields(raw.query_string, "query string")
    in_url = sum(name == "query" for name, _ in fields)
    if raw.method == "POST":
        media_type, parameters = parse_content_type(raw.content_type)
        _check_charset(parameters)
        if raw.content_encoding.strip().lower() not in ("", "identity"):
            raise HttpProblem(
                415, "content-encoding", "compressed request bodies are not read", "send it uncompressed"
            )
        if media_type == FORM:
            fields += parse_fields(raw.body, "form")
        elif media_type == DIRECT:
            fields.append(("query", _decode(raw.body, "query")))
        else:
            raise _media_type_problem(media_type, in_url=bool(in_url))
        _check_body(raw.body, media_type)
    return _request(fields, raw, in_url)


def _request(fields: list[tuple[str, str]], raw: RawRequest, in_url: int) -> QueryRequest | None:
    queries = [value for name, value in fields if name == "query"]
    updates = [value for name, value in fields if name == "update"]
    if updates:
        raise update_problem()
    if len(queries) > 1:
        raise HttpProblem(
            400,
            "several-queries",
            f"there are {len(queries)} queries: {in_url} in the URL, {len(queries) - in_url} in the body",
            "send exactly one: in the URL with GET, or in the body with POST",
            see=PROTOCOL,
        )
    default = tuple(_iri(value, name) for name, value in fields if name == "default-graph-uri")
    named = tuple(_iri(value, name) for name, value in fields if name == "named-graph-uri")
    if not queries:
        if raw.method == "POST":
            raise HttpProblem(
                400, "no-query", "the form has no field 'query'", "send query=… in the form", see=PROTOCOL
            )
        return None
    dataset = next((value for name, value in fields if name == "dataset" and value), "")
    query = queries[0].removeprefix("\ufeff")
    return QueryRequest(query, default, named, _format(fields), raw.endpoint, dataset)


def _format(fields: list[tuple[str, str]]) -> str | None:
    """The first format asked for that is known.

    SPARQLWrapper gives several spellings at once, some with commas between.

    Raises:
        HttpProblem: 400, none of them is known.
    """
    asked = [part.strip() for name, value in fields if name == "format" for part in value.split(",")]
    asked = [name for name in asked if name]
    known = [name for name in asked if find(name, SOLUTION_FORMATS + GRAPH_FORMATS)]
    if asked and not known:
        raise format_problem(asked[0], SOLUTION_FORMATS + GRAPH_FORMATS)
    return known[0] if known else None


def format_problem(name: str, formats: tuple[Format, ...]) -> HttpProblem:
    """400, with the names there are."""
    names = sorted({entry.name for entry in formats})
    return HttpProblem(
        400, "format", f"unknown format {name[:80]!r}", f"use one of {', '.join(names)}", choices=names
    )


def first_field(query_string: bytes, name: str, longest: int = LONGEST_FIELD) -> str | None:
    """The first field of a name in a query string, without decoding the others, which may be megabytes.

    >>> first_field(b"query=ASK&lang=fa", "lang"), first_field(b"", "lang")
    ('fa', None)
    """
    for piece in re.finditer(rb"(?:^|&)" + re.escape(name.encode()) + rb"=([^&]*)", query_string):
        return unquote_to_bytes(piece[1][:longest].replace(b"+", b" ")).decode("utf-8", "replace")
    return None


def parse_fields(data: bytes, where: str) -> list[tuple[str, str]]:
    """Names and values of a query string or form, percent-decoded exactly once, ``+`` as a space.

    Raises:
        HttpProblem: bytes that are no UTF-8, very many fields, or what nobody has percent-encoded.
    """
    _check_codes(data, where)
    pieces = data.split(b"&")
    if len(pieces) > _MOST_FIELDS:
        raise HttpProblem(
            400, "too-many-fields", f"the {where} has more than {_MOST_FIELDS} fields", "send fewer"
        )
    fields = []
    for piece in filter(None, pieces):
        name, _, value = (_decode(percent_decoded(part), where) for part in _halves(piece))
        fields.append((name, value))
    return fields


def percent_decoded(data: bytes) -> bytes:
    r"""Bytes with percent codes decoded once; a percent sign that begins none stands for itself.

    As :func:`urllib.parse.unquote_to_bytes`, which takes ten times as long for megabytes of codes.

    >>> percent_decoded(rb"50%25 %zz %C3 \x41")
    b'50% %zz \xc3 \\x41'
    """
    if b"%" not in data:
        return data
    codes = _NO_CODE.sub(b"%25", data).replace(b"\\", b"\\x5c").replace(b"%", b"\\x")
    return codes.decode("unicode_escape").encode("latin-1")


def _check_codes(data: bytes, where: str) -> None:
    stray = list(islice(_NO_CODE.finditer(data), _MOST_STRAY + 1))
    if len(stray) > _MOST_STRAY:
        place = stray[0].start()
        raise HttpProblem(
            400,
            "percent-codes",
            f"in the {where} more than {_MOST_STRAY} percent signs begin no code of two hexadecimal digits; "
            f"the first is byte {place + 1}: {data[place : place + 3].decode('ascii', 'replace')!r}",
            f"percent-encode each field once, a percent sign itself as %25; or send the query as {DIRECT}",
            see=PROTOCOL,
        )


def _halves(piece: bytes) -> tuple[bytes, bytes, bytes]:
    return piece.replace(b"+", b" ").partition(b"=")


def _decode(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HttpProblem(
            400,
            "not-utf-8",
            f"the {where} is not UTF-8: byte {error.start + 1} is {data[error.start]:#04x}",
            "encode it as UTF-8, then percent-encode it once where it is part of a URL or form",
            see=PROTOCOL,
        ) from error


def parse_content_type(header: str) -> tuple[str, dict[str, str]]:
    """Media type in lower case, and its parameters.

    >>> parse_content_type('Text/CSV; Charset="UTF-8"')
    ('text/csv', {'charset': 'UTF-8'})
    """
    media_type = header.partition(";")[0].strip().lower()
    parameters = {
        name.lower(): re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
        for name, value in _PARAMETER.findall(header)
    }
    return media_type, parameters


def _check_charset(parameters: Mapping[str, str]) -> None:
    charset = parameters.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise HttpProblem(
            400, "charset", f"the body is said to be {charset}; queries are UTF-8", "send UTF-8", see=PROTOCOL
        )


def _check_body(body: bytes, media_type: str) -> None:
    """Refuse a form that says it is a query, and the other way round: the two most frequent slips.

    Raises:
        HttpProblem: 400.
    """
    looks_like_form = re.match(rb"\s*(query|default-graph-uri|named-graph-uri|format)=", body)
    if media_type == DIRECT and looks_like_form:
        raise HttpProblem(
            400,
            "media-type",
            f"the body is a form, but its Content-Type says {DIRECT}",
            f"send it as {FORM}, or the query alone, not encoded, as {DIRECT}",
            see=PROTOCOL,
        )
    if media_type == FORM and re.match(rb"[^=&]*[{\s]", body) and b"=" not in body.partition(b"{")[0]:
        raise HttpProblem(
            400,
            "media-type",
            f"the body is no form, but its Content-Type says {FORM}",
            f"send the query as {DIRECT}, or percent-encoded as the field 'query' (curl: --data-urlencode)",
            see=PROTOCOL,
        )


def _media_type_problem(media_type: str, *, in_url: bool) -> HttpProblem:
    if media_type == UPDATE:
        return update_problem()
    said = f"a body of type {media_type}" if media_type else "a body without Content-Type"
    if in_url:
        return HttpProblem(
            415,
            "media-type",
            f"the query is in the URL of a POST, whose body is to hold it; {said} does not",
            f"use GET, or send the query in the body, as {DIRECT} or as the field 'query' of {FORM}",
            headers={"Accept-Post": f"{DIRECT}, {FORM}"},
            see=PROTOCOL,
            choices=[DIRECT, FORM],
        )
    return HttpProblem(
        415,
        "media-type",
        f"{said} is not a query",
        f"send the query as {DIRECT}, or as the field 'query' of {FORM}",
        headers={"Accept-Post": f"{DIRECT}, {FORM}"},
        see=PROTOCOL,
        choices=[DIRECT, FORM],
    )


def update_problem() -> HttpProblem:
    """Updates are refused, in whatever way they are sent."""
    return HttpProblem(
        403,
        "update-refused",
        "this service is read-only: SPARQL Update is off",
        "send a query (SELECT, ASK, CONSTRUCT or DESCRIBE); data is published with the araxes command line",
        see=PROTOCOL,
    )


def method_problem(method: str, allowed: tuple[str, ...]) -> HttpProblem:
    """405 with the methods that are allowed."""
    return HttpProblem(
        405,
        "method",
        f"{method} is not answered here",
        f"use {', '.join(allowed)}",
        headers={"Allow": ", ".join(allowed)},
        see=HTTP,
        choices=list(allowed),
    )


def _iri(value: str, name: str) -> str:
    """An absolute IRI.

    Raises:
        HttpProblem: it is none.
    """
    try:
        ox.NamedNode(value)
    except ValueError as error:
        shown = value if len(value) < 200 else value[:200] + "…"
        raise HttpProblem(
            400,
            "graph-iri",
            f"{name} {shown!r} is not an absolute IRI: {error}",
            "give a whole IRI",
            see=PROTOCOL,
        ) from error
    return value


def parse_graph_request(query_string: bytes) -> str | None:
    """The graph a Graph Store Protocol request names: an IRI, or ``None`` for the default graph.

    Raises:
        HttpProblem: neither or both of ``default`` and ``graph`` are given, or the IRI is none.
    """
    fields = parse_fields(query_string, "query string")
    graphs = [value for name, value in fields if name == "graph"]
    default = any(name == "default" for name, _ in fields)
    if len(graphs) + default != 1:
        raise HttpProblem(
            400,
            "graph-selection",
            "the request must name exactly one graph",
            "use ?default for the default graph or ?graph=IRI for a named one",
            see=GRAPH_STORE,
        )
    return None if default else _iri(graphs[0], "graph")
