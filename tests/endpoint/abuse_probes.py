"""What a hostile stranger sends: one table, for the tests and ``python -m tests.benchmarks.bench_abuse``.

Every probe goes to a server of our own on 127.0.0.1 and is bounded in time and size. It names the
statuses that are right; never is a 200 with part of an answer, and never no answer at all
(except where the request itself is no HTTP).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from tests.endpoint.endpoint_fixtures import FORM, JSON, Reply, Server

STOPPED = (413, 500, 503, 504)
"""Stopped by a limit, or ended with the engine."""

_NEXT = "<http://example.org/next>"


@dataclass(frozen=True)
class Probe:
    """One attack: what is sent, and which answers are right."""

    name: str
    send: Callable[[Server], Reply]
    statuses: tuple[int, ...]
    codes: tuple[str, ...] = ()


def _post(query: str, accept: str = JSON) -> Callable[[Server], Reply]:
    return lambda server: server.post(query, accept)


def _get(path: str, **headers: str) -> Callable[[Server], Reply]:
    return lambda server: server.get(path, **headers)


def _doubling(times: int) -> str:
    binds = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(times))
    return f'SELECT (STRLEN(?x{times}) AS ?n) {{ BIND("{"x" * 64}" AS ?x0) {binds} }}'


def _product(size: int) -> str:
    return " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(size))


_ENGINE = [
    Probe("groups nested 3,000 deep", _post("ASK " + "{" * 3000 + "}" * 3000), (200, 500)),
    Probe("groups nested 200,000 deep", _post("ASK " + "{" * 200_000 + "}" * 200_000), (500, 504)),
    Probe(
        "brackets nested 100,000 deep",
        _post(f"ASK {{ FILTER({'(' * 100_000}1{')' * 100_000}) }}"),
        (200, *STOPPED),
    ),
    Probe("500,000 negations", _post(f"ASK {{ FILTER({'!' * 500_000}true) }}"), STOPPED),
    Probe(
        "a chain of 120,000 disjunctions",
        _post(f"ASK {{ FILTER({'||'.join(['true'] * 120_000)}) }}"),
        (200, *STOPPED),
    ),
    Probe("a path of 100,000 steps", _post(f"ASK {{ ?s {'/'.join([_NEXT] * 30_000)} ?o }}"), (200, *STOPPED)),
    Probe("100,000 unions", _post("ASK { {}" + " UNION {}" * 100_000 + " }"), (200, *STOPPED)),
    Probe(
        "50,000 nested sub-selects",
        _post("SELECT * {" + "{ SELECT * {" * 20_000 + "}}" * 20_000 + "}"),
        (200, *STOPPED),
    ),
    Probe("1 MB of open braces", _post("ASK " + "{" * 1_000_000), (400, *STOPPED)),
    Probe("1 MB of quotes", _post('ASK { ?s ?p "' + '"' * 1_000_000), (400, *STOPPED)),
    Probe("1 MB comment", _post("# " + "x" * 1_000_000 + "\nASK {}"), (200,)),
    Probe("1 MB string", _post(f'ASK {{ FILTER(STRLEN("{"x" * 1_000_000}") > 5) }}'), (200,)),
    Probe(
        "VALUES with 100,000 rows", _post(f"SELECT * {{ VALUES ?x {{ {'1 ' * 100_000} }} }}"), (200, *STOPPED)
    ),
    Probe(
        "VALUES joined with itself",
        _post(f"SELECT * {{ VALUES ?x {{ {'1 ' * 5_000} }} {{ VALUES ?x {{ {'1 ' * 5_000} }} }} }}"),
        STOPPED,
    ),
    Probe("endless product", _post(f"SELECT (COUNT(*) AS ?n) {{ {_product(6)} }}"), (504, 503)),
    Probe("endless product as rows", _post(f"SELECT * {{ {_product(6)} }}"), STOPPED),
    Probe(
        "endless property path",
        _post(f"SELECT (COUNT(*) AS ?n) {{ ?a {_NEXT}* ?b . ?b {_NEXT}* ?c }}"),
        STOPPED,
    ),
    Probe(
        "path of paths", _post(f"SELECT * {{ ?a (({_NEXT}*)*)* ?b . ?c ({_NEXT}|^{_NEXT})+ ?d }}"), STOPPED
    ),
    Probe(
        "negated path set", _post("SELECT (COUNT(*) AS ?n) { ?a (!<a:a>)* ?b . ?b (!<a:a>)* ?c }"), STOPPED
    ),
    Probe(
        "regular expression blow-up",
        _post('SELECT * { ?s ?p ?o FILTER(REGEX("' + "a" * 5000 + '", "(a?){500}(a*)*b")) }'),
        (200, 400, *STOPPED),
    ),
    Probe(
        "regular expression of gigabytes",
        _post('SELECT (REPLACE("a", "((a{1000}){1000}){1000}", "b") AS ?x) {}'),
        (200, 400, *STOPPED),
    ),
    Probe("literal doubled 40 times", _post(_doubling(40)), STOPPED),
    Probe("literal doubled in a subquery", _post(_doubling(28)), (200, *STOPPED)),
    Probe(
        "GROUP_CONCAT of everything", _post(f"SELECT (GROUP_CONCAT(?c0) AS ?g) {{ {_product(3)} }}"), STOPPED
    ),
    Probe("ORDER BY of a product", _post(f"SELECT * {{ {_product(3)} }} ORDER BY ?c0 ?c1"), STOPPED),
    Probe("DISTINCT of a product", _post(f"SELECT DISTINCT * {{ {_product(3)} }}"), STOPPED),
    Probe(
        "GROUP BY of a product",
        _post(f"SELECT ?a0 ?a1 ?a2 {{ {_product(3)} }} GROUP BY ?a0 ?a1 ?a2"),
        STOPPED,
    ),
    Probe(
        "CONSTRUCT of a product", _post(f"CONSTRUCT {{ ?a0 ?b1 ?c2 }} {{ {_product(3)} }}", "*/*"), STOPPED
    ),
    Probe("OFFSET into a product", _post(f"SELECT * {{ {_product(6)} }} OFFSET 999999999999"), STOPPED),
    Probe(
        "nested EXISTS",
        _post("ASK { " + "FILTER EXISTS { ?s ?p ?o " * 3000 + "}" * 3000 + " }"),
        (200, *STOPPED),
    ),
    Probe(
        "10,000 OPTIONALs",
        _post("SELECT * { " + " ".join(f"OPTIONAL {{ ?s ?p{n} ?o{n} }}" for n in range(3000)) + " }"),
        (200, *STOPPED),
    ),
    Probe("NULs in a query", _post("ASK { ?s ?p '\0' } \0"), (400,)),
    Probe("lone surrogate escapes", _post('ASK { ?s ?p "\\uD800" }'), (400,)),
    Probe("LIMIT of 10^30", _post(f"SELECT * {{ ?s ?p ?o }} LIMIT {10**30}"), (200, 400)),
    Probe(
        "aggregate of endless numbers",
        _post(f"SELECT (SUM(1/?c0) AS ?n) (AVG(?c1) AS ?m) {{ {_product(4)} }}"),
        STOPPED,
    ),
]

_WAY_OUT = [
    Probe(
        "SERVICE to loopback", _post("SELECT * { SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }"), (403,)
    ),
    Probe(
        "SERVICE SILENT", _post("SELECT * { SERVICE SILENT <http://127.0.0.1:{port}/> { ?s ?p ?o } }"), (403,)
    ),
    Probe(
        "SERVICE by variable",
        _post("SELECT * { BIND(<http://127.0.0.1:{port}/> AS ?x) SERVICE ?x { ?s ?p ?o } }"),
        (403,),
    ),
    Probe(
        "SERVICE in a sub-query",
        _post("SELECT * { { SELECT * { SERVICE <http://127.0.0.1:{port}/> {?s ?p ?o} } } }"),
        (403,),
    ),
    Probe(
        "SERVICE in EXISTS",
        _post("ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } } }"),
        (403,),
    ),
    Probe(
        "SERVICE by an escape",
        _post("SELECT * { S\\u0045RVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }"),
        (400,),
    ),
    Probe(
        "SERVICE by a hidden prefix",
        _post("PREFIX : <http://127.0.0.1:{port}/> ASK { SERVICE:x { ?s ?p ?o } }"),
        (403,),
    ),
    Probe(
        "SERVICE without a space",
        _post("ASK { ?s ?p trueSERVICE<http://127.0.0.1:{port}/>{?s ?p ?o} }"),
        (403,),
    ),
    Probe(
        "SERVICE to a mapped address",
        _post("ASK { SERVICE <http://[::ffff:127.0.0.1]:{port}/> { ?s ?p ?o } }"),
        (403,),
    ),
    Probe(
        "SERVICE to a decimal address",
        _post("ASK { SERVICE <http://2130706433:{port}/> { ?s ?p ?o } }"),
        (403,),
    ),
    Probe(
        "SERVICE to an octal address", _post("ASK { SERVICE <http://0177.1:{port}/> { ?s ?p ?o } }"), (403,)
    ),
    Probe(
        "SERVICE to link-local", _post("ASK { SERVICE <http://169.254.169.254/latest> { ?s ?p ?o } }"), (403,)
    ),
    Probe("SERVICE to a file", _post("SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }"), (403,)),
    Probe("FROM a file", _post("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"), (200,)),
    Probe(
        "FROM NAMED a URL",
        _post("SELECT * FROM NAMED <http://127.0.0.1:{port}/> { GRAPH ?g { ?s ?p ?o } }"),
        (200,),
    ),
    Probe(
        "default-graph-uri of a file",
        _get("/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D&default-graph-uri=file:///etc/passwd"),
        (200,),
    ),
    Probe("LOAD as a query", _post("LOAD <file:///etc/passwd>"), (400,)),
    Probe("LOAD after a query", _post("ASK {} ; LOAD <http://127.0.0.1:{port}/>"), (400,)),
    Probe("graph store of a file", _get("/data?graph=file:///etc/passwd"), (404,)),
]

_HTTP = [
    Probe(
        "update as a form",
        lambda s: s.request("POST", "/sparql", "update=DROP+ALL", {"Content-Type": FORM}),
        (403,),
    ),
    Probe("path traversal", _get("/static/../../../../etc/passwd"), (404,)),
    Probe("encoded path traversal", _get("/static/..%2f..%2f..%2fetc%2fpasswd"), (404,)),
    Probe("doubly encoded traversal", _get("/static/%252e%252e/%252e%252e/etc/passwd"), (404,)),
    Probe("overlong encoding", _get("/static/%c0%ae%c0%ae/etc/passwd"), (404,)),
    Probe("NUL in a path", _get("/state/iran%00.ttl"), (404,)),
    Probe("line breaks in a path", _get("/state/%0d%0aX-Injected:%201"), (404,)),
    Probe("line breaks in format", _get("/sparql?query=ASK%7B%7D&format=json%0d%0aX-Injected:%201"), (400,)),
    Probe("markup in a path", _get("/%3Cscript%3Ealert(1)%3C/script%3E", Accept="text/html"), (404,)),
    Probe("markup in a query", _get("/sparql?query=%3Cscript%3Ealert(1)", Accept="text/html"), (400,)),
    Probe("a host that is none", _get("/", Host="a b<script>"), (400,)),
    Probe(
        "2,000 accept elements", _get("/sparql?query=ASK%7B%7D", Accept="a/b," * 2_000 + "*/*"), (200, 406)
    ),
    Probe("1 MB of headers", _get("/health", X_Big="x" * 1_000_000), (431,)),
    Probe("1 MB request line", _get("/sparql?query=" + "x" * 1_000_000), (400, 414, 431)),
    Probe(
        "a body over the limit",
        lambda s: s.request("POST", "/sparql", "x" * (3 << 20), {"Content-Type": FORM}),
        (413,),
    ),
    Probe("20,000 parameters", _get("/sparql?" + "a=1&" * 20_000), (400,)),
    Probe(
        "1,000 graphs that are not there",
        _get("/sparql?query=ASK%7B?s?p?o%7D" + "&default-graph-uri=a:b" * 1000),
        (200,),
    ),
    Probe("percent signs astray", _get("/sparql?query=ASK%7B%7D%&x=%zz%"), (200, 400)),
]


def probes(port: int) -> list[Probe]:
    """All probes; addresses that must not be reached have this port."""

    def aimed(probe: Probe) -> Probe:
        def send(server: Server) -> Reply:
            return probe.send(_Aimed(server, port))  # type: ignore[arg-type]

        return Probe(probe.name, send, probe.statuses, probe.codes)

    return _ENGINE + [aimed(probe) for probe in _WAY_OUT] + _HTTP


class _Aimed:
    """A server whose queries have the port put in."""

    def __init__(self, server: Server, port: int) -> None:
        self._server = server
        self._port = str(port)

    def post(self, query: str, accept: str) -> Reply:
        return self._server.post(query.replace("{port}", self._port), accept)

    def get(self, path: str, **headers: str) -> Reply:
        return self._server.get(path.replace("{port}", quote(self._port)), **headers)


_POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\n"
_GET = b"GET /health HTTP/1.1\r\nHost: x\r\n"
RAW: dict[str, bytes] = {
    "garbage": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200 + b"\r\n\r\n",
    "chunked garbage": _POST + b"Transfer-Encoding: chunked\r\n"
    b"Content-Type: application/sparql-query\r\n\r\nZZZ\r\nnonsense\r\n0\r\n\r\n",
    "two lengths": _POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}",
    "length and chunks": _POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Type: application/sparql-query\r\n\r\n5\r\nASK{}\r\n0\r\n\r\n"
    b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
    "negative length": _POST + b"Content-Length: -5\r\n\r\n",
    "huge length": _POST + b"Content-Length: 99999999999999999999\r\n\r\n",
    "no host, bare line feeds": b"GET /health HTTP/1.1\n\n",
    "header without a colon": _GET + b"nonsense\r\n\r\n",
    "folded header": _GET + b"X-A: b\r\n c\r\n\r\n",
    "NUL in a header": _GET + b"X-A: \x00\r\n\r\n",
    "unknown version": b"GET /health HTTP/9.9\r\nHost: x\r\n\r\n",
    "absolute target elsewhere": b"GET http://169.254.169.254/ HTTP/1.0\r\nHost: x\r\n\r\n",
    "CONNECT": b"CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "unknown transfer coding": _POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n",
}
"""Bytes that are no proper request."""
