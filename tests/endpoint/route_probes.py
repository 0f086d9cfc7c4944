"""What a hostile stranger sends to each route, one row a route; ``test_route_probes.py`` misses none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from tests.endpoint.endpoint_fixtures import FORM

PAGE = "text/html"
RIGHT = {200, 202, 204, 303, 304, 400, 403, 404, 405, 406, 413, 414, 415, 416, 431, 501, 503, 504}
"""Statuses that are right for some request here; 500 only when the engine ended with a query."""


@dataclass(frozen=True)
class Request:
    """What is sent."""

    method: str
    path: str
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Way:
    """A route, and where a stranger's bytes get into it.

    Attributes:
        rule: the route, as the application's URL map has it.
        paths: addresses of it; ``{}`` is what a stranger may put in.
        fields: of the query string.
        form: fields of a POSTed form.
        dear: the dearest requests that the route takes.
    """

    rule: str
    paths: tuple[str, ...]
    fields: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    dear: tuple[Request, ...] = ()

    def asked(self) -> Request:
        """The dearest or else the plainest request."""
        return self.dear[0] if self.dear else Request("GET", self.paths[0].replace("{}", "x"))


def _page(path: str) -> Request:
    return Request("GET", path, headers=(("Accept", PAGE),))


def _form(path: str, field: str, document: object) -> Request:
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    body = f"{field}={quote(text, safe='')}".encode()
    return Request("POST", path, body, (("Content-Type", FORM),))


COMBINING = "e" + "\u0301" * 85_000
"""170 KB of combining marks."""
LIGATURES = "\ufdfa" * 20_000
"""A ligature that folds to eighteen letters, many times."""
_PROPERTIES = [{"pid": "label_fa", "v": f"v{number}"} for number in range(4000)]
_BATCHES: tuple[object, ...] = (
    {"q": {"query": "Iran", "properties": _PROPERTIES}},
    {f"q{number}": {"query": "Iran", "properties": _PROPERTIES[:20]} for number in range(2000)},
    {f"q{n}": {"query": f"n{n} " * 30, "limit": 25, "properties": _PROPERTIES[:20]} for n in range(100)},
    {"q": {"query": COMBINING}},
    {"q": {"query": LIGATURES, "properties": [{"pid": "label_en", "v": [LIGATURES] * 5}]}},
    {"q": {"query": "Iran", "properties": [{"pid": "type", "v": [COMBINING] * 3}]}},
    {"q": {"query": "Iran", "type": ["State"] * 50_000}},
    '{"q": {"query": "Iran", "limit": 1e999}}',
    '{"q": {"query": "Iran", "limit": ' + "9" * 100_000 + "}}",
    "[" * 500_000,
    '{"q":' * 100_000,
    "{" + ",".join(f'"q{n}":{{}}' for n in range(100_000)) + "}",
)
_EXTENSIONS: tuple[object, ...] = (
    {"ids": ["state/iran"] * 100_000, "properties": [{"id": "capital"}]},
    {"ids": ["state/iran"], "properties": [{"id": f"p{n}"} for n in range(50_000)]},
    {"ids": [LIGATURES, COMBINING], "properties": [{"id": "label_en"}]},
)


def _reconcile(path: str) -> Way:
    dear = (
        *(_form(path, "queries", batch) for batch in _BATCHES),
        *(_form(path, "extend", extension) for extension in _EXTENSIONS),
    )
    return Way(path, (path,), ("queries", "extend", "callback"), ("queries", "extend"), dear)


def _suggest(what: str) -> tuple[Request, ...]:
    path = f"/reconcile/suggest/{what}?prefix="
    values = ("a", "%20", quote("\u0301" * 900), quote("\ufdfa" * 600), "e" * 8000, "%25" * 2000)
    return tuple(Request("GET", path + value) for value in values)


_DRAFT = "/reconcile/1.0-draft"
_NAMED = {"matchType": "name", "propertyValue": "Iran"}


def _json(path: str, document: object) -> Request:
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    return Request("POST", path, text.encode(), (("Content-Type", "application/json"),))


def _conditions(*conditions: object, queries: int = 1) -> dict[str, object]:
    return {"queries": [{"conditions": list(conditions), "limit": 25}] * queries}


def _of_property(value: object, **members: object) -> dict[str, object]:
    return {"matchType": "property", "propertyId": "label_en", "propertyValue": value, **members}


_DRAFT_BATCHES: tuple[object, ...] = (
    _conditions(_NAMED, *[_of_property(f"v{number}") for number in range(4000)]),
    _conditions(_NAMED, *[_of_property(f"v{number}") for number in range(10)], queries=100),
    _conditions({"matchType": "name", "propertyValue": ["a b " * 100, "c d " * 100]}, queries=100),
    _conditions(_NAMED, queries=5000),
    _conditions({"matchType": "name", "propertyValue": [f"n{n}" for n in range(20)]}, queries=100),
    _conditions({"matchType": "name", "propertyValue": [COMBINING, LIGATURES]}),
    _conditions(_of_property([f"{letter}*" for letter in "abcdefghij"], matchQualifier="WildcardMatch"))
    | {"x": "*" * 50_000},
    _conditions(_of_property("*" * 400, matchQualifier="WildcardMatch", required=True), queries=50),
    _conditions(_of_property("*", matchQualifier="WildcardMatch", matchQuantifier="none"), queries=50),
    _conditions(_of_property(["Iran"] * 20, matchQuantifier="all", matchQualifier="ExactMatch"), queries=50),
    _conditions({"matchType": "id", "propertyValue": [f"Q{n}" for n in range(20)]}, queries=50),
    _conditions(_of_property([LIGATURES] * 5, lang="fa" * 5000)),
    _conditions(_of_property("x") | {"propertyId": "x" * 200_000}),
    '{"queries": [{"conditions": [{"matchType": "name", "propertyValue": 1e999}]}]}',
    '{"queries": [{"conditions": [{"matchType": "name", "propertyValue": "\\ud800"}]}]}',
    "[" * 200_000,
    "[" * 500_000,
    '{"queries":' * 20_000,
    "",
)
_DRAFT_EXTENSIONS: tuple[object, ...] = (
    *_EXTENSIONS,
    {"ids": ["state/iran"] * 100, "properties": [{"id": "label_en", "settings": {"limit": 9}}] * 20},
    {"ids": ["state/iran"], "properties": [{"id": "label_en", "settings": {"limit": 10**400}}]},
    {"ids": ["state/iran"], "properties": [{"id": "label_en", "settings": {"language": "x" * 99_999}}]},
)


def _draft_suggest(what: str) -> Iterator[Request]:
    for request in _suggest(what):
        yield Request("GET", request.path.replace("/reconcile", _DRAFT) + "&limit=999999&offset=999999")
        yield Request("GET", request.path.replace("/reconcile", _DRAFT) + "&lang=fa")


_SEARCHED = (
    "iran azerbaijan armenia turkiye karabakh war peace people",
    "a b c d e f g h",
    '"*() NEAR AND OR NOT -title: ^iran* {names}',
    "\0iran\0",
    "e" + "\u0301" * 900,
    "\ufdfa" * 500,
    "\u200c" * 900,
    "w" * 8000,
    " ".join("abcdefgh"[number % 8] + str(number) for number in range(1500)),
    "ایران " * 300,
)
"""Searches: dear ones, operators of the index, and what is no text."""


def _search(path: str) -> tuple[Request, ...]:
    return tuple(_page(f"{path}?q={quote(text)}"[:8000]) for text in _SEARCHED)


_CITED = (
    _page("/cite?iri=https://w3id.org/araxes/state/iran"),
    _page("/cite?style=mla&query=" + quote("\ufdfa" * 400)),
    _page("/cite?query=" + "%2B" * 1900),
    _page("/cite?iri=" + quote("https://w3id.org/araxes/" + "e\u0301" * 600)),
    _page("/cite?iri=" + quote("x> } UNION { ?s ?p ?o } #")),
    Request("GET", "/cite?format=bibtex&query=" + quote("}}\\end" * 300)),
)
"""Citations of long and hostile queries and IRIs."""

_BIG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
_SPARQL = (
    Request("GET", "/sparql?query=" + quote(_BIG)),
    Request("GET", f"/sparql?query={quote(_BIG)}&format=html"),
    _form("/sparql", "query", _BIG + " # " + "\ufdfa" * 200_000),
    Request("POST", "/sparql", b"query=" + b"%41" * 600_000, (("Content-Type", FORM),)),
    Request("POST", "/sparql", b"query=" + b"%zz" * 600_000, (("Content-Type", FORM),)),
    Request("POST", "/sparql", (b"a=" + b"%zz" * 60 + b"&") * 9_999, (("Content-Type", FORM),)),
    Request("POST", "/sparql", b"%zz" * 600_000, (("Content-Type", "application/sparql-query"),)),
)


def _message(document: object, **headers: str) -> Request:
    text = document if isinstance(document, str) else json.dumps(document)
    return Request("POST", "/mcp", text.encode(), (("Content-Type", "application/json"), *headers.items()))


def _tool(name: object, **arguments: object) -> Request:
    params = {"name": name, "arguments": arguments}
    return _message({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})


_TOOL_CALLS = (
    _tool("sparql", query=_BIG),
    _tool("sparql", query="SELECT * { GRAPH ?g { ?s ?p ?o } }", cursor="999999-000000000000"),
    *(_tool("find", text=text[:400]) for text in _SEARCHED),
    *(_tool("positions", question=text[:400]) for text in _SEARCHED[:4]),
    *(_tool("entity", entity=text[:500]) for text in _SEARCHED),
    _tool("entity", entity="https://w3id.org/araxes/state/iran> } UNION { ?s ?p ?o"),
    _tool("positions", entity="state/iran", and_entity="state/azerbaijan"),
    _tool("compare", first="s", second="state/iran", part="only_first"),
    _tool("verify_passage", claim="claim/s/1", text="a " * 2000),
    _tool("verify_passage", claim="claim/s/1", text="e\u0301" * 2000),
    _tool("vocabulary", term="\ufdfa" * 500),
    _tool("find", text="x" * 200_000),
    _tool("find", text=["iran"] * 20_000),
    _tool("nobody" * 10_000),
)
_MALFORMED = (
    _message("[" * 250_000),
    _message('{"a":' * 40_000),
    _message('{"jsonrpc":"2.0","id":' + "9" * 200_000 + ',"method":"ping"}'),
    _message({"jsonrpc": "2.0", "id": "i" * 200_000, "method": "ping"}),
    _message({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"cursor": "c" * 99_999}}),
    _message({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": [1] * 50_000}),
    _message([{"jsonrpc": "2.0", "id": n, "method": "ping"} for n in range(4000)]),
    _message('{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"\\ud800"}}'),
    _message({"jsonrpc": "2.0", "id": 1, "method": "ping"}, **{"MCP-Protocol-Version": "x" * 8000}),
    _message({"jsonrpc": "2.0", "id": 1, "method": "ping"}, Origin="http://[" + "]" * 8000),
)

WAYS: tuple[Way, ...] = (
    Way("/", ("/",), ("lang",), dear=(_page("/"), _page("/?lang=fa"))),
    Way("/mcp", ("/mcp",), ("x",), dear=(*_TOOL_CALLS, *_MALFORMED)),
    Way("/questions", ("/questions",), ("lang",), dear=(_page("/questions"),)),
    Way("/questions/<name>", ("/questions/{}",), ("lang",)),
    Way(
        "/disputes",
        ("/disputes", "/disputes?actor={}"),
        ("source", "holder", "actor", "topic", "kind", "page", "lang"),
        dear=(_page("/disputes?actor=state/iran&topic=state/iran&kind=ontology/x&source=source/s&page=999"),),
    ),
    Way(
        "/compare",
        ("/compare", "/compare?a={}&b=source/s"),
        ("a", "b", "page_a", "page_b", "lang"),
        dear=(_page("/compare?a=source/s&b=state/iran&page_a=999&page_b=999"),),
    ),
    Way("/theories", ("/theories",), ("lang",), dear=(_page("/theories"),)),
    Way("/downloads", ("/downloads",), ("lang",), dear=(_page("/downloads"),)),
    Way(
        "/downloads/<name>",
        ("/downloads/{}", "/downloads/{}.gz", "/downloads/dcat.ttl"),
        ("format", "lang"),
        dear=tuple(
            Request("GET", f"/downloads/{name}")
            for name in (
                "araxes.nq.gz",
                "claims.csv",
                "events.csv",
                "actors.gexf",
                "ontology.ttl",
                "protege.owl",
            )
        ),
    ),
    Way("/pictures", ("/pictures",), ("lang",), dear=(_page("/pictures"),)),
    Way(
        "/pictures/<name>",
        ("/pictures/{}", "/pictures/network.{}", "/pictures/network?source={}"),
        ("relation", "polarity", "source", "actor", "actors", "view", "since", "until", "lang"),
        dear=(
            _page("/pictures/network?actors=all"),
            _page("/pictures/timeline?since=1&until=2999&actor=state/iran"),
            *(Request("GET", f"/pictures/{name}.png") for name in ("network", "map", "matrix", "topics")),
        ),
    ),
    Way(
        "/cite",
        ("/cite?iri={}", "/cite?question={}", "/cite?query={}"),
        ("iri", "question", "query", "answer", "format", "style", "lang"),
        dear=_CITED,
    ),
    Way(
        "/own-copy", ("/own-copy?source={}",), ("source", "lang"), dear=(_page("/own-copy?source=source/s"),)
    ),
    Way("/own-copy/claims", ("/own-copy/claims?source={}",), ("source", "lang")),
    Way("/own-copy/pdf/<name>", ("/own-copy/pdf/{}", "/own-copy/pdf/pdf.min.mjs"), ("x",)),
    Way("/versions", ("/versions",), ("format", "lang"), dear=(_page("/versions"),)),
    Way(
        "/versions/<digest>",
        ("/versions/{}", "/versions/" + "0" * 12),
        ("kind", "page", "format", "lang"),
        dear=(_page("/versions/" + "0" * 64), Request("GET", "/versions/sha256:" + "f" * 4000)),
    ),
    Way("/search", ("/search",), ("q", "kind", "page", "lang"), dear=_search("/search")),
    Way("/search/suggest", ("/search/suggest",), ("q", "lang"), dear=_search("/search/suggest")),
    Way(
        "/sparql",
        ("/sparql",),
        ("query", "format", "dataset", "default-graph-uri", "named-graph-uri", "update"),
        ("query", "default-graph-uri", "update"),
        _SPARQL,
    ),
    Way("/sparql/", ("/sparql/",), ("query", "format"), ("query",)),
    Way("/.well-known/void", ("/.well-known/void",), ("format",)),
    Way(
        "/data",
        ("/data?default", "/data?graph={}"),
        ("format", "dataset"),
        dear=(Request("GET", "/data?default"),),
    ),
    Way("/data/", ("/data/?default", "/data/?graph={}"), ("format",)),
    Way(
        "/<path:path>",
        ("/state/{}", "/{}", "/claim/{}", "/plover/{}", "/ontology/module/{}/0.1.0"),
        ("format", "source", "holder", "from", "to", "relation", "role", "polarity", "page", "show", "lang"),
        dear=(
            _page("/state/iran"),
            _page("/state/iran?source=source/s&from=1990&to=1999&relation=ontology/recognizes&role=object"),
            _page("/state/" + "irann" * 200),
            Request("GET", "/source/s?format=trig"),
        ),
    ),
    Way(
        "/pair",
        ("/pair?a=state/iran&b={}", "/pair?a={}&b=state/azerbaijan"),
        ("a", "b", "polarity", "from", "to", "page", "page_shared", "page_near", "lang"),
        dear=(_page("/pair?a=state/iran&b=state/azerbaijan&from=1&to=2999"), _page("/pair")),
    ),
    Way("/health", ("/health",), ("x",)),
    Way("/health/ready", ("/health/ready",), ("x",)),
    Way("/health/live", ("/health/live",), ("x",)),
    Way("/metrics", ("/metrics",), ("x",)),
    Way("/favicon.ico", ("/favicon.ico",), ("x",)),
    Way("/static/<path:filename>", ("/static/{}", "/static/araxes.css"), ("x",)),
    _reconcile("/reconcile"),
    _reconcile("/reconcile/"),
    Way(
        "/reconcile/suggest/<what>",
        ("/reconcile/suggest/{}", "/reconcile/suggest/entity"),
        ("prefix", "cursor"),
        dear=tuple(request for what in ("entity", "type", "property") for request in _suggest(what)),
    ),
    Way("/reconcile/propose", ("/reconcile/propose",), ("type", "limit")),
    Way("/reconcile/preview", ("/reconcile/preview",), ("id",)),
    Way("/reconcile/flyout/entity", ("/reconcile/flyout/entity",), ("id",)),
    Way("/reconcile/about", ("/reconcile/about",), ("x",)),
    Way(_DRAFT, (_DRAFT,), ("lang", "queries", "callback")),
    Way(
        f"{_DRAFT}/<any(match, extend):what>",
        (f"{_DRAFT}/extend", f"{_DRAFT}/match"),
        ("lang",),
        ("queries", "extend"),
        dear=(
            *(_json(f"{_DRAFT}/match", batch) for batch in _DRAFT_BATCHES),
            *(_json(f"{_DRAFT}/extend", extension) for extension in _DRAFT_EXTENSIONS),
        ),
    ),
    Way(
        f"{_DRAFT}/suggest/<any(entity, property, type):what>",
        (f"{_DRAFT}/suggest/type", f"{_DRAFT}/suggest/entity"),
        ("prefix", "limit", "offset", "lang"),
        dear=tuple(request for what in ("entity", "type", "property") for request in _draft_suggest(what)),
    ),
    Way(
        f"{_DRAFT}/extend/propose",
        (f"{_DRAFT}/extend/propose",),
        ("type", "limit", "lang"),
        dear=(Request("GET", f"{_DRAFT}/extend/propose?type=&limit=999999"),),
    ),
    Way(f"{_DRAFT}/preview", (f"{_DRAFT}/preview",), ("id", "lang")),
    Way(
        "/ontology", ("/ontology",), ("lang", "format"), dear=(_page("/ontology"), _page("/ontology?lang=fa"))
    ),
    Way(
        "/ontology/module/<name>",
        ("/ontology/module/{}",),
        ("lang", "format"),
        dear=(_page("/ontology/module/relations"),),
    ),
    Way(
        "/ontology/<name>",
        ("/ontology/{}",),
        ("lang", "format"),
        dear=(_page("/ontology/State"), Request("GET", "/ontology/alignments")),
    ),
    Way("/ontology/catalog-v001.xml", ("/ontology/catalog-v001.xml",), ("format", "lang")),
    Way(
        "/ontology/diagram/<name>.<language>.svg",
        ("/ontology/diagram/{}.en.svg", "/ontology/diagram/classes.{}.svg"),
        ("x",),
        dear=(Request("GET", "/ontology/diagram/classes.en.svg"),),
    ),
)
"""Every route."""
