"""Every character and predicate that RDF allows, in every format: read back by others, or refused."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import Result

from araxes.endpoint.sparql.formats import GRAPH_FORMATS, GRAPHS, RESULTS, SOLUTION_FORMATS
from araxes.triples.stores.versioned_store import publish
from tests.endpoint.endpoint_fixtures import FEW, Server, serving

_FORBIDDEN = [chr(n) for n in range(0x20) if chr(n) not in "\t\n\r"] + ["\ufffe", "\uffff"]
_ALLOWED = [
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\x7f",
    "\x85",
    "\u2028",
    "\u200c",
    "\ufdd0",
    "\ufeff",
    "\U0001fffe",
    "\U0010ffff",
]
_ALLOWED += [
    "<",
    ">",
    "&",
    '"',
    "'",
    "\\",
    ",",
    ";",
    "]]>",
    " ",
    "  a ",
    "",
    "'''",
    '"""',
    "\\n",
    "سلام",
    "e\u0301",
]
_IRI = "http://e.example/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NAMELESS = [
    _IRI,
    _IRI + "p#",
    _IRI + "2020",
    "urn:isbn:123",
    _IRI + "q?x=1",
    _IRI + "a%41",
    _IRI + "a~",
    "a:",
    _RDF,
]
_NAMELESS += [
    _RDF + name for name in ("li", "ID", "about", "Description", "RDF", "resource", "parseType", "nodeID")
]
_NAMELESS += ["http://www.w3.org/2000/xmlns/x", _IRI + "ª", _IRI + "می\u200cشود/"]
_NAMED = [
    _IRI + "p",
    _IRI + "-a",
    _IRI + "a.",
    "a:b",
    _IRI + "a'b",
    _IRI + "a&b=c",
    _IRI + "1a",
    _IRI + "سلام",
    _RDF + "_1",
]
_PLAIN_RDF = {
    "turtle": "turtle",
    "nt": "nt",
    "jsonld": "json-ld",
    "rdfxml": "xml",
    "n3": "n3",
    "trig": "trig",
    "nq": "nquads",
}


def _string(text: str) -> str:
    return '"' + re.sub(r"[^A-Za-z0-9]", lambda found: f"\\U{ord(found[0]):08X}", text) + '"'


def _solutions(texts: list[str]) -> str:
    rows = " ".join(f"({number} {_string(text)})" for number, text in enumerate(texts))
    return f"SELECT ?n ?x {{ VALUES (?n ?x) {{ {rows} }} }} ORDER BY ?n"


def _graph(texts: list[str]) -> str:
    rows = " ".join(f"({number} {_string(text)})" for number, text in enumerate(texts))
    return (
        f"CONSTRUCT {{ ?s <{_IRI}p> ?x }} WHERE {{ VALUES (?n ?x) {{ {rows} }} "
        f'BIND(IRI(CONCAT("{_IRI}", STR(?n))) AS ?s) }}'
    )


def _read(name: str, body: bytes) -> list[str]:
    """The texts of a SELECT's answer, by a parser that is not the engine's."""
    if name == "json":
        return [row["x"]["value"] for row in json.loads(body)["results"]["bindings"]]
    if name == "csv":
        return [row["x"] for row in csv.DictReader(io.StringIO(body.decode(), newline=""))]
    if name == "xml":
        space = "{http://www.w3.org/2005/sparql-results#}"
        found = ET.fromstring(body).iterfind(f".//{space}binding[@name='x']/{space}literal")
        return [literal.text or "" for literal in found]
    # rdflib's reader of TSV splits at every character that Python takes for a line's end.
    lines = body.decode().removesuffix("\n").split("\n")[1:]
    return [str(rdflib.util.from_n3(line.partition("\t")[2])) for line in lines]


@pytest.mark.parametrize("name", ["json", "csv", "tsv"])
def test_solutions_come_back(server: Server, name: str) -> None:
    texts = _FORBIDDEN + _ALLOWED
    reply = server.query(_solutions(texts), "*/*", format=name)
    assert reply.status == 200
    assert _read(name, reply.body) == texts


def test_solutions_in_xml_come_back(server: Server) -> None:
    reply = server.query(_solutions(_ALLOWED), "*/*", format="xml")
    assert _read("xml", reply.body) == _ALLOWED
    found = Result.parse(io.BytesIO(reply.body), format="xml")
    assert [str(row[rdflib.Variable("x")]) for row in found.bindings] == _ALLOWED


@pytest.mark.parametrize("character", _FORBIDDEN)
def test_what_xml_cannot_carry_is_refused(server: Server, character: str) -> None:
    for query in (_solutions(["x" * 300_000, f"سلام{character}b"]), _graph([f"a{character}b"])):
        for accept in ("application/sparql-results+xml, application/rdf+xml", "application/xml", "text/xml"):
            reply = server.post(query, accept)
            assert (reply.status, reply.headers["ETag"]) == (406, None)
            problem = json.loads(reply.body)
            assert problem["code"] == "not-carried"
            assert f"U+{ord(character):04X}" in problem["detail"]
            assert {"json", "csv", "turtle", "nt"} <= set(problem["choices"])
            assert not {"xml", "rdfxml"} & set(problem["choices"])


@pytest.mark.parametrize("name", [entry.name for entry in GRAPH_FORMATS if entry.name != "html"])
def test_graphs_come_back(server: Server, name: str) -> None:
    texts = _ALLOWED if name == "rdfxml" else _FORBIDDEN + _ALLOWED
    reply = server.query(_graph(texts), "*/*", format=name)
    assert reply.status == 200, reply.text
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=reply.body, format=_PLAIN_RDF[name])
    found = {str(s): str(o) for s, _, o, _ in graph.quads((None, None, None, None))}
    assert [found[_IRI + str(number)] for number in range(len(texts))] == texts


@pytest.mark.parametrize(
    "expression",
    [
        'IRI(CONCAT("http://e.example/", {}))',
        'STRLANG("x", CONCAT("en", {}))',
        'STRDT("x", IRI(CONCAT("http://e.example/", {})))',
        "BNODE({})",
        "ENCODE_FOR_URI({})",
        "STRDT({}, <http://e.example/d>)",
        "STRLANG({}, 'fa-Arab')",
    ],
)
def test_no_position_makes_broken_xml(server: Server, expression: str) -> None:
    for character in [*_FORBIDDEN, "\r", "<", "&", '"', "\u200c"]:
        query = f"SELECT ?x {{ BIND({expression.format(_string(character))} AS ?x) }}"
        for body in (query, f"CONSTRUCT {{ <a:s> <a:p> ?x }} WHERE {{ {{ {query} }} }}"):
            reply = server.post(body, "application/sparql-results+xml, application/rdf+xml")
            if reply.status == 200:
                ET.fromstring(reply.body)
            else:
                assert (reply.status, json.loads(reply.body)["code"]) == (406, "not-carried"), reply.text


def test_names_of_variables_and_blank_nodes_stand(server: Server) -> None:
    query = "SELECT ?نام ?x1 ?é { VALUES (?نام ?x1 ?é) { (1 2 3) } }"
    root = ET.fromstring(server.query(query, "application/sparql-results+xml").body)
    assert [entry.get("name") for entry in root.iter() if entry.tag.endswith("variable")] == [
        "نام",
        "x1",
        "é",
    ]


@pytest.mark.parametrize("name", ["aboutEach", "aboutEachPrefix", "bagID"])
def test_terms_that_rdf_xml_has_withdrawn_are_refused(server: Server, name: str) -> None:
    for triple in (f"<a:s> <{_RDF}{name}> 1", f"<a:s> a <{_RDF}{name}>", f"<a:s> <{_RDF}{name}> <a:o>"):
        query = f"CONSTRUCT {{ {triple} }} WHERE {{}}"
        problem = server.query(query, "application/rdf+xml").json()
        assert (problem["status"], problem["code"]) == (406, "not-carried")
        assert f"rdf:{name}" in problem["detail"]
        turtle = server.query(query, "text/turtle").body
        assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == 1


@pytest.mark.parametrize(
    "triple",
    [
        f"<a:s> <{_IRI}bagID> 1",
        f"<a:s> a <{_IRI}aboutEach>",
        f"<a:s> <a:p> '<rdf:bagID>', <{_RDF}bagID>",
        f"<{_RDF}aboutEach> a <{_RDF}li>, <{_RDF}Description>, <{_RDF}ID>",
        f"<a:s> <{_RDF}aboutEachOther> 1 ; <{_RDF}version> 2 ; <{_RDF}type> 3",
    ],
)
def test_what_only_resembles_those_terms_is_kept(server: Server, triple: str) -> None:
    query = f"CONSTRUCT {{ {triple} }} WHERE {{}}"
    found = rdflib.Graph().parse(data=server.query(query, "application/rdf+xml").body, format="xml")
    wanted = rdflib.Graph().parse(data=server.query(query, "text/turtle").body, format="turtle")
    assert set(found) == set(wanted)


_TRIPLE_TERMS = [
    "<a:s> <a:p> <<( <a:a> <a:b> <a:c> )>>",
    "<a:s> <a:p> <<( <a:a> <a:b> <<( <a:a> <a:b> 'x'@en--ltr )>> )>>",
    "<< <a:a> <a:b> <a:c> >> <a:p> 1",
    "<a:a> <a:b> <a:c> {| <a:p> '<<( --' |}",
]
_RDF_FORMATS = [entry.name for entry in GRAPH_FORMATS if entry.name != "html"]


def _read_by_engine(name: str, body: bytes) -> ox.Dataset:
    found = ox.Dataset(ox.Quad(*quad.triple) for quad in ox.parse(body, format=GRAPHS[name]))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


@pytest.mark.parametrize("name", _RDF_FORMATS)
@pytest.mark.parametrize(
    "triple", [*_TRIPLE_TERMS, "<a:s> <a:p> 'x'@en--rtl", "<a:s> <a:p> '<<( a', 'b\"@en--ltr'"]
)
def test_what_rdf12_adds_is_written_or_refused(server: Server, triple: str, name: str) -> None:
    query = f"CONSTRUCT {{ {triple} }} WHERE {{}}"
    reply = server.query(query, "*/*", format=name)
    turtle = _read_by_engine("turtle", server.query(query, "text/turtle").body)
    if triple in _TRIPLE_TERMS:
        assert (reply.status == 406) == (name in ("jsonld", "n3"))
    else:
        assert (reply.status == 406) == (name == "n3" and "rtl" in triple)
    if reply.status == 200:
        assert _read_by_engine(name, reply.body) == turtle
        return
    problem = json.loads(reply.body)
    assert problem["code"] == "not-carried"
    for choice in problem["choices"]:
        assert _read_by_engine(choice, server.query(query, "*/*", format=choice).body) == turtle


@pytest.mark.parametrize("name", [entry.name for entry in SOLUTION_FORMATS])
def test_solutions_carry_triple_terms(server: Server, name: str) -> None:
    query = "SELECT ?x { VALUES ?x { <<( <a:a> <a:b> 'x'@en--ltr )>> } }"
    reply = server.query(query, "*/*", format=name)
    assert reply.status == 200
    if name in ("json", "xml", "tsv"):
        found = ox.parse_query_results(reply.body, format=RESULTS[name])
        assert isinstance(found, ox.QuerySolutions)
        assert isinstance(next(found)["x"], ox.Triple)


@pytest.mark.parametrize("predicate", _NAMELESS)
def test_predicates_without_a_name_are_refused(server: Server, predicate: str) -> None:
    query = f"CONSTRUCT {{ <a:s> <{predicate}> 1 ; a <{predicate}> }} WHERE {{}}"
    for path in (f"/sparql?format=xml&query={quote(query)}", f"/sparql?format=rdfxml&query={quote(query)}"):
        reply = server.get(path)
        assert reply.status == 406, reply.text
        assert json.loads(reply.body)["code"] == "not-carried"
    assert rdflib.Graph().parse(data=server.query(query, "text/turtle").body, format="turtle")


def test_the_predicate_is_named(server: Server) -> None:
    query = "CONSTRUCT { <a:s> <a:p> 2 ; <http://e.example/p?a=1&b=2> 1 } WHERE {}"
    assert "<http://e.example/p?a=1&b=2>" in server.query(query, "application/rdf+xml").json()["detail"]


def test_predicates_with_a_name_are_kept(server: Server) -> None:
    triples = " ".join(f"<a:s> <{predicate}> 1 ." for predicate in _NAMED)
    reply = server.post(f"CONSTRUCT {{ {triples} }} WHERE {{}}", "application/rdf+xml")
    found = {str(entry) for entry in rdflib.Graph().parse(data=reply.body, format="xml").predicates()}
    assert found == set(_NAMED)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A store whose documents hold what XML cannot carry."""
    node, predicate = ox.NamedNode("https://w3id.org/araxes/state/odd"), ox.NamedNode(_IRI + "p")
    dataset = ox.Dataset(
        [
            ox.Quad(node, predicate, ox.Literal("a\x0bb\uffff")),
            ox.Quad(ox.BlankNode("1a"), predicate, ox.BlankNode("b1a"), ox.NamedNode(_IRI + "g")),
            ox.Quad(ox.BlankNode("b1a"), predicate, ox.BlankNode("1"), ox.NamedNode(_IRI + "g")),
        ]
    )
    store: Path = tmp_path_factory.mktemp("odd") / "store"
    publish(dataset, store, origin="load")
    with serving(store, *FEW) as server:
        yield server


@pytest.mark.parametrize("path", ["/data?default", "/state/odd"])
def test_documents_in_xml_are_refused_too(odd: Server, path: str) -> None:
    assert odd.get(path, "application/rdf+xml").code == "not-carried"
    assert odd.get(path, "text/turtle").status == 200


def test_blank_nodes_have_names_in_xml(odd: Server) -> None:
    body = odd.get("/data?graph=" + quote(_IRI + "g", safe=""), "application/rdf+xml").body
    labels = [value for entry in ET.fromstring(body).iter() for value in entry.attrib.values()]
    assert all(label[0].isalpha() for label in labels)
    graph = rdflib.Graph().parse(data=body, format="xml")
    assert (len(graph), len(graph.all_nodes())) == (2, 3)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = ""

    def handle_data(self, data: str) -> None:
        self.found += data


def test_pages_show_what_html_cannot_hold(odd: Server) -> None:
    shown = [f"⟨U+{ord(character):04X}⟩" for character in _FORBIDDEN]
    query = f"SELECT ({_string(''.join(_FORBIDDEN))} AS ?x) {{}} # {''.join(_FORBIDDEN[1:])}"
    pages = [
        odd.query(query, "text/html"),
        odd.post("CONSTRUCT { <a:s> <a:p> 'x\\u0001' } WHERE {} # \x01", "text/html"),
        odd.get("/state/odd", "text/html"),
        odd.get("/state/a%01%EF%BF%BFb", "text/html"),
        odd.post("SELECT \x02 {", "text/html"),
        odd.post("SELECT \x02 {", "text/plain"),
    ]
    for page in pages:
        assert page.type in ("text/html", "text/plain")
        assert not set(html.unescape(page.text)) & set(_FORBIDDEN)
    reader = _Text()
    reader.feed(pages[0].text)
    assert all(mark in reader.found for mark in shown)
    assert "a⟨U+000B⟩b⟨U+FFFF⟩" in pages[2].text


def test_no_page_is_called_xml(server: Server) -> None:
    """The pages are HTML; as application/xhtml+xml they would have to be well-formed."""
    assert not any("application/xhtml+xml" in entry.media_types for entry in SOLUTION_FORMATS + GRAPH_FORMATS)
    assert server.query("ASK {}", "application/xhtml+xml").status == 406
