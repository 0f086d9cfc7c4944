"""HTTP around the protocol: the error shape, HEAD, OPTIONS, CORS, headers, pages, citation."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from araxes.endpoint.sparql.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from araxes.endpoint.sparql.negotiation import choose
from tests.endpoint.endpoint_fixtures import CHEAP, FORM, JSON, WHOLE, Server, serving

_OWN_SCRIPT = re.compile(r'<script src="/static/(search|editor|vendor/yasqe)\.js" defer></script>')
_BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_CONSTRUCT = "CONSTRUCT WHERE { ?s a <https://w3id.org/araxes/ontology/State> }"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/no/such/thing", 404, "not-found"),
        ("POST", "/no/such/thing", 405, "method"),
        ("GET", "/sparql?query=x", 400, "syntax"),
        ("DELETE", "/health", 405, "method"),
        ("PUT", "/data?default", 405, "method"),
        ("PATCH", "/", 405, "method"),
        ("GET", "/data", 400, "graph-selection"),
        ("GET", "/data?graph=http://e/none", 404, "no-graph"),
        ("GET", "/sparql?query=ASK%7B%7D&format=nonsense", 400, "format"),
        ("GET", "/sparql?format=nonsense", 400, "format"),
        ("GET", "/static/none.css", 404, "not-found"),
        ("BREW", "/sparql", 405, "method"),
    ],
)
def test_one_error_shape(server: Server, method: str, path: str, status: int, code: str) -> None:
    reply = server.request(method, path, headers={"Accept": "application/json"})
    assert (reply.status, reply.code) == (status, code)
    assert reply.headers["Cache-Control"] == "no-store"
    page = server.request(method, path, headers={"Accept": _BROWSER})
    assert (page.status, page.type) == (status, "text/html")
    text = server.request(method, path, headers={"Accept": "text/plain"})
    assert (text.status, text.type) == (status, "text/plain")
    assert code in text.text


@pytest.mark.parametrize(
    "accept",
    [
        _BROWSER,
        "text/html, application/xhtml+xml, image/jxr, */*",
        "text/html, */*",
        "*/*, text/html",
        "text/html;q=0.8, */*;q=0.8",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
        "application/json, text/html;q=0.9",
        "application/json;q=0.9, text/html",
        "text/html;q=0.12345, */*;q=0.1",
        "*/*",
        " ,",
        "",
    ],
)
def test_who_gets_pages_gets_errors_as_pages(server: Server, accept: str) -> None:
    """The same choice between HTML and data everywhere."""
    pages = [
        server.get(path, Accept=accept).type == "text/html"
        for path in ("/state/iran", "/state/none", "/sparql?query=x", "/sparql?query=ASK%7B%7D", "/nothing")
    ]
    assert len(set(pages)) == 1, pages
    assert pages[0] == (choose(accept, GRAPH_FORMATS)[1] == "text/html")  # type: ignore[index]


def test_a_client_that_takes_no_form_of_errors_gets_json(server: Server) -> None:
    for accept in ("image/png", "text/turtle", "garbage", "*/*;q=0"):
        assert server.get("/state/none", accept).code == "not-found"


def test_syntax_errors_say_where(server: Server) -> None:
    problem = server.post('# نوروز\nSELECT * WHERE {\n  ?s ?p "نوروز" ] \n}').json()
    assert (problem["line"], problem["column"]) == (3, 17)
    assert "sparqlGrammar" in problem["see"]
    undeclared = server.post("ASK {\n ?s rdfs:label ?l . ?s nope:x 1 }").json()
    assert (undeclared["line"], undeclared["column"]) == (2, 5)
    assert "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>" in undeclared["remedy"]
    assert "nope:" in undeclared["detail"]
    assert "empty" in server.post("").json()["detail"]


def test_what_cannot_be_had_is_406_with_choices(server: Server) -> None:
    reply = server.query("ASK {}", "image/png")
    assert (reply.status, reply.code) == (406, "not-acceptable")
    mixed = server.query("ASK {}", "text/turtle")
    assert (mixed.status, mixed.code) == (406, "not-acceptable")
    assert JSON in mixed.json()["choices"]
    assert server.query(_CONSTRUCT, "text/csv").status == 406
    # A syntax error is more to the point than a format that the answer could not have.
    assert server.query("ASK {", "text/turtle").status == 400


def test_format_parameter_wins_over_accept(server: Server) -> None:
    for entry in SOLUTION_FORMATS:
        for name in entry.names:
            assert server.query(CHEAP, "image/png", format=name).type in entry.media_types, name
    for entry in GRAPH_FORMATS:
        for name in entry.names:
            assert server.query(_CONSTRUCT, "image/png", format=name.upper()).type in entry.media_types, name


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%7B%7D", "/sparql", "/", "/health", "/data?default", "/no/such"]
)
def test_head_is_get_without_a_body(server: Server, path: str) -> None:
    get, head = server.get(path), server.request("HEAD", path)
    assert head.body == b""
    assert head.status == get.status
    for name in ("Content-Type", "ETag", "Araxes-Dataset", "Link"):
        assert head.headers[name] == get.headers[name]
    if path.startswith("/sparql") or path.startswith("/data"):
        assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_cors(server: Server) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    asked["Access-Control-Request-Headers"] = "content-type"
    preflight = server.request("OPTIONS", "/sparql", headers=asked)
    assert (preflight.status, preflight.body) == (204, b"")
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
    plain = server.request("OPTIONS", "/sparql")
    assert plain.status == 204
    assert "GET" in plain.headers["Allow"]
    for reply in (server.query("ASK {}"), server.query("x")):
        assert reply.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in reply.headers["Access-Control-Expose-Headers"]


def test_security_headers_on_everything(server: Server) -> None:
    for reply in (
        server.get("/", _BROWSER),
        server.query("ASK {}"),
        server.get("/none"),
        server.get("/health"),
    ):
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
        # Of scripts, only our own files in pages, which ask nobody but this server.
        scripts = (
            "; script-src 'self'; connect-src 'self'; font-src 'self'" if reply.type == "text/html" else ""
        )
        assert reply.headers["Content-Security-Policy"].endswith(f"frame-ancestors 'none'{scripts}")
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Referrer-Policy"] == "no-referrer"
        assert reply.headers["X-Request-ID"]
    for path in ("/", "/sparql", "/state/iran", "/none"):
        assert "<script" not in _OWN_SCRIPT.sub("", server.get(path, _BROWSER).text.lower())


def test_pages(server: Server) -> None:
    assert "/sparql" in server.get("/", _BROWSER).text
    form = server.get("/sparql", _BROWSER)
    assert (form.status, form.type) == (200, "text/html")
    assert "<form" in form.text
    assert 'dir="ltr" spellcheck="false"' in form.text
    query = "SELECT * { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label } # </textarea><script>"
    result = server.query(query, _BROWSER)
    assert '<bdi lang="fa">ایران</bdi>' in result.text
    assert "<script" not in _OWN_SCRIPT.sub("", result.text)
    assert "&lt;script&gt;alert(1)" in result.text
    assert result.text.rstrip().endswith("</html>")
    assert '<p class="boolean"><strong>Yes</strong></p>' in server.query("ASK {}", _BROWSER).text
    assert "&lt;https://w3id.org" in server.query(_CONSTRUCT, _BROWSER).text
    assert "javascript:" not in server.query("SELECT (IRI('javascript:x') AS ?x) {}", _BROWSER).text.replace(
        "IRI(&#39;javascript:x&#39;)", ""
    ).replace('<td><bdi dir="ltr">javascript:x</bdi></td>', "").replace("javascript%3A", "")


def test_gzip_bodies_are_refused_clearly(server: Server) -> None:
    headers = {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
    reply = server.request("POST", "/sparql", gzip.compress(b"ASK {}"), headers)
    assert (reply.status, reply.code) == (415, "content-encoding")


def test_etag_and_304(server: Server) -> None:
    first = server.query(CHEAP)
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    assert first.headers["Araxes-Dataset"] == "sha256:" + server.health()["dataset"]["digest"]
    path = "/sparql?query=" + quote(CHEAP)
    for value in (tag, f"W/{tag}", f'"x", {tag}'):
        again = server.get(path, JSON, If_None_Match=value)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == tag
        assert again.headers["Vary"] == "Accept"
    assert server.get(path, JSON, If_None_Match='"other"').status == 200
    assert server.get(path, "text/csv", If_None_Match=tag).status == 200
    assert server.query(CHEAP, "text/csv").headers["ETag"] != tag
    assert server.query(CHEAP + " ").headers["ETag"] != tag
    assert server.query(CHEAP, **{"default-graph-uri": "http://e/"}).headers["ETag"] != tag
    assert server.post(CHEAP).headers["ETag"] == tag


def test_the_same_bytes_for_the_same_tag(small_store: Path) -> None:
    """Evaluated each time, by evaluators of which none has seen the query before."""
    query = "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s LIMIT 50"
    with serving(small_store, "--cache-size", "0") as server:
        server.wait_ready(WHOLE, 120)
        replies = [server.query(query) for _ in range(12)]
        assert 'outcome="hit"' not in server.get("/metrics").text
    assert {reply.headers["ETag"] for reply in replies} == {replies[0].headers["ETag"]}
    assert len({reply.body for reply in replies}) == 1


@pytest.mark.parametrize("expression", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_has_no_tag(server: Server, expression: str) -> None:
    for query in (
        f"SELECT ({expression} AS ?x) {{}}",
        f"SELECT * {{ ?s ?p ?o }} ORDER BY{expression.lower()} LIMIT 3",
        f"SELECT * {{ VALUES (?a ?b) {{ (1 2) }} FILTER(?a<?b||{expression}>?a) }}",
    ):
        reply = server.query(query)
        assert reply.status == 200, reply.text
        assert reply.headers["ETag"] is None
        assert reply.headers["Cache-Control"] == "no-store"


def test_new_blank_nodes_have_a_weak_tag(server: Server) -> None:
    assert server.query("CONSTRUCT { [] <a:p> 1 } WHERE {}", "*/*").headers["ETag"].startswith("W/")


def test_permalink_asks_the_same(server: Server) -> None:
    query = 'SELECT ("a&b+c %41 سلام" AS ?x) {}'
    reply = server.post(query, "text/csv")
    link = reply.headers["Link"].partition(">")[0].removeprefix("<")
    assert link.startswith(server.base)
    assert server.get(link.removeprefix(server.base)).body == reply.body
    assert server.post("# " + "x" * 9000 + "\nASK {}").headers["Link"] is None


def test_form_and_reserved_characters(server: Server) -> None:
    body = "query=" + quote('SELECT ("100%25 + &=;" AS ?x) {}', safe="")
    reply = server.request("POST", "/sparql", body, {"Content-Type": FORM, "Accept": "text/csv"})
    assert reply.text == "x\r\n100%25 + &=;\r\n"


def test_a_byte_order_mark_before_a_query_is_skipped(server: Server) -> None:
    assert server.query("\ufeffASK {}").json()["boolean"] is True
    assert server.post("\ufeffASK {}").json()["boolean"] is True


@pytest.mark.parametrize("code", [0xFEFF, 0x200B, 0x200F, 0xAD])
def test_invisible_characters_of_a_query_are_named(server: Server, code: int) -> None:
    detail = server.query(f"ASK {{ {chr(code)} }}").json()["detail"]
    assert f"U+{code:04X}" in detail
    assert chr(code) not in detail


@pytest.mark.parametrize(
    "accept", ["application/problem+json", "image/png", "text/csv", "application/json;q=0"]
)
@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/state/nothing",
        "/ontology/Nothing",
        "/claim/nothing/1",
        "/data?graph=http://e/nothing",
        "/%FF",
    ],
)
def test_what_is_not_there_is_404_whatever_is_accepted(server: Server, path: str, accept: str) -> None:
    reply = server.get(path, accept)
    assert (reply.status, reply.json()["status"]) == (404, 404)


@pytest.mark.parametrize("path", ["/sparql", "/data?default"])
def test_what_is_there_in_other_formats_is_406(server: Server, path: str) -> None:
    reply = server.get(path, "application/problem+json, image/png")
    assert (reply.status, reply.code) == (406, "not-acceptable")
    assert "text/turtle" in reply.json()["choices"]
