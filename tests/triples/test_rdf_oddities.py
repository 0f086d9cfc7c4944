"""Every format that ``araxes load`` reads, with every kind of oddity that files have."""

from __future__ import annotations

import codecs
import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.ontology.errors import InputError
from araxes.triples.stores.rdf_files import read_rdf_files
from araxes.triples.stores.rdf_syntaxes import FORMATS

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NS = f'xmlns:rdf="{_RDF}" xmlns:e="http://e/"'
_A = "http://e/a"


def _xml(body: str, head: str = "") -> str:
    return f"{head}<rdf:RDF {_NS}>\n{body}\n</rdf:RDF>"


def _node(about: str = _A, text: str = "x", attributes: str = "") -> str:
    return f'<rdf:Description rdf:about="{about}">\n<e:p{attributes}>{text}</e:p></rdf:Description>'


def _read(folder: Path, name: str, data: str | bytes, base: str | None = None) -> list[str]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return sorted(str(quad) for quad in read_rdf_files([path], base=base))


def _refused(folder: Path, name: str, data: str | bytes) -> tuple[str, str]:
    """What stands after the file's name and before the cause; and all of the problem."""
    with pytest.raises(InputError) as caught:
        _read(folder, name, data)
    (problem,) = caught.value.problems
    cause, arrow, remedy = problem.partition(" → ")
    assert arrow, problem
    assert len(remedy) > 5, problem
    assert str(folder / name) in cause
    place, _, what = cause.removeprefix(str(folder / name)).partition(": ")
    assert len(what) > 5, problem
    return place, problem


# ---- One statement in every format: on line 2, with a letter that is not ASCII, and its parts to spoil.


def _statement(extension: str, about: str = _A, language: str = "fa") -> str:
    found = FORMATS[extension]
    if found == ox.RdfFormat.RDF_XML:
        one = f'<rdf:Description rdf:about="{about}" xml:lang="{language}"><e:p>ژ</e:p></rdf:Description>'
        return _xml(one)
    if found == ox.RdfFormat.JSON_LD:
        value = f'{{"@value": "ژ", "@language": "{language}"}}'
        return f'{{\n"@id": "{about}", "http://e/p": {value}}}'
    graph = " <http://e/g>" if found == ox.RdfFormat.N_QUADS else ""
    return f'\n<{about}> <http://e/p> "ژ"@{language}{graph} .'


def _expected(extension: str) -> list[str]:
    return [f'<{_A}> <http://e/p> "ژ"@fa' + (" <http://e/g>" if extension in ("nq", "nquads") else "")]


every_format = pytest.mark.parametrize("extension", FORMATS)
_LINES = tuple(name for name in FORMATS if FORMATS[name] != ox.RdfFormat.RDF_XML)
"""Formats that are UTF-8 by their standards; XML has an encoding of its own."""


@every_format
@pytest.mark.parametrize("packed", [False, True])
def test_a_byte_order_mark_is_skipped(tmp_path: Path, extension: str, packed: bool) -> None:
    data = codecs.BOM_UTF8 + _statement(extension).lstrip().encode()
    name = f"data.{extension}" + (".gz" if packed else "")
    assert _read(tmp_path, name, gzip.compress(data) if packed else data) == _expected(extension)


@every_format
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_line_endings(tmp_path: Path, extension: str, ending: str) -> None:
    data = _statement(extension).replace("\n", ending) + ending
    assert _read(tmp_path, f"data.{extension}", data) == _expected(extension)


@pytest.mark.parametrize("extension", _LINES)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-be"])
def test_wide_encodings_are_named(tmp_path: Path, extension: str, encoding: str) -> None:
    data = _statement(extension).lstrip().encode(encoding)
    _, problem = _refused(tmp_path, f"data.{extension}", data)
    assert encoding[:6].upper() in problem
    assert "iconv" in problem


@pytest.mark.parametrize("extension", ["rdf", "rdfxml", "xml", "owl"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be", "iso-8859-1", "windows-1251", "utf-8"])
def test_xml_in_its_encoding(tmp_path: Path, extension: str, encoding: str) -> None:
    letter = {"iso-8859-1": "é", "windows-1251": "ж"}.get(encoding, "ژ")
    head = (
        f'<?xml version="1.0" encoding="{encoding.removesuffix("-be")}"?>\n' if encoding != "utf-32" else ""
    )
    data = _xml(_node(text=letter), head).encode(encoding)
    data = codecs.BOM_UTF16_BE + data if encoding == "utf-16-be" else data
    assert _read(tmp_path, f"data.{extension}", data) == [f'<{_A}> <http://e/p> "{letter}"']


@every_format
def test_bytes_that_are_no_utf8(tmp_path: Path, extension: str) -> None:
    data = _statement(extension).encode().replace("ژ".encode(), b"\xe9")
    place, _ = _refused(tmp_path, f"data.{extension}", data)
    assert place.startswith(":2")


@every_format
def test_relative_iris_need_a_base(tmp_path: Path, extension: str) -> None:
    data = _statement(extension, about="a")
    place, problem = _refused(tmp_path, f"data.{extension}", data)
    assert place.startswith(":2")
    if FORMATS[extension] in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS):
        return  # by their standards, IRIs are absolute
    assert "--base" in problem
    assert _read(tmp_path, f"data.{extension}", data, base="http://e/") == _expected(extension)


@every_format
def test_bad_iris(tmp_path: Path, extension: str) -> None:
    place, _ = _refused(tmp_path, f"data.{extension}", _statement(extension, about="http://e/a b"))
    assert place.startswith(":2")


@every_format
def test_bad_language_tags(tmp_path: Path, extension: str) -> None:
    place, _ = _refused(tmp_path, f"data.{extension}", _statement(extension, language="en_US"))
    assert place.startswith(":2")


@every_format
def test_language_tags_are_in_lower_case(tmp_path: Path, extension: str) -> None:
    (found,) = _read(tmp_path, f"data.{extension}", _statement(extension, language="zh-Hans"))
    assert '"ژ"@zh-hans' in found


@every_format
def test_cut_off(tmp_path: Path, extension: str) -> None:
    data = _statement(extension)
    place, _ = _refused(tmp_path, f"data.{extension}", data[: data.index("ژ") + 1])
    assert place.startswith(":2")


@every_format
@pytest.mark.parametrize("other", ["nt", "rdf", "jsonld"])
def test_another_syntax_than_the_extension_says(tmp_path: Path, extension: str, other: str) -> None:
    xml, objects = {"rdf", "rdfxml", "xml"}, {"jsonld", "json"}
    family = {"rdf": xml, "jsonld": objects}.get(other, set(FORMATS) - xml - objects)
    data = _statement(other).lstrip()
    if extension in family | {"owl"}:
        assert _read(tmp_path, f"data.{extension}", data)
        return
    _, problem = _refused(tmp_path, f"data.{extension}", data)
    look = {"nt": "Turtle", "rdf": "XML", "jsonld": "JSON"}[other]
    assert f"looks like {look}" in problem


@every_format
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", "further .gz"),
        (b"PK\x03\x04\x14\x00", "unpack it"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\n", "git lfs pull"),
        (b"format-version: 1.2\nontology: x\n", "ROBOT"),
        (b"Prefix(:=<http://e/>)\nOntology(<http://e/>)\n", "ROBOT"),
        (b"Prefix: : <http://e/>\nOntology: <http://e/>\n", "ROBOT"),
    ],
)
def test_what_is_no_rdf(tmp_path: Path, extension: str, data: bytes, words: str) -> None:
    _, problem = _refused(tmp_path, f"data.{extension}", data)
    assert words in problem


@pytest.mark.parametrize("extension", _LINES)
@pytest.mark.parametrize("code", [0xFEFF, 0x200B, 0x200F, 0xAD, 0xA0])
def test_invisible_characters_are_named(tmp_path: Path, extension: str, code: int) -> None:
    data = " " + chr(code) + _statement(extension).lstrip()
    place, problem = _refused(tmp_path, f"data.{extension}", data)
    assert place.startswith(":1")
    assert chr(code) not in problem
    assert f"U+{code:04X}" in problem


# ---- Named graphs: kept where the format has them, the default graph elsewhere.


@pytest.mark.parametrize(
    ("name", "data", "graphs"),
    [
        ("a.ttl", "<a:a> <a:b> 1 .", ["DEFAULT"]),
        ("a.nt", '<a:a> <a:b> "1" .', ["DEFAULT"]),
        ("a.rdf", _xml(_node()), ["DEFAULT"]),
        ("a.nq", '<a:a> <a:b> "1" <a:g> .\n<a:a> <a:b> "1" .', ["<a:g>", "DEFAULT"]),
        ("a.nq", '<a:a> <a:b> "1" _:g .', ["_:"]),
        ("a.trig", "<a:g> { <a:a> <a:b> 1 } <a:a> <a:b> 2 .", ["<a:g>", "DEFAULT"]),
        ("a.trig", "_:g { <a:a> <a:b> 1 }", ["_:"]),
        ("a.trig", "GRAPH <a:empty> {} <a:a> <a:b> 2 .", ["DEFAULT"]),
        ("a.jsonld", '{"@id": "a:g", "@graph": [{"@id": "a:a", "http://e/p": 1}]}', ["<a:g>"]),
        ("a.jsonld", '{"@graph": [{"@id": "a:a", "http://e/p": 1}]}', ["DEFAULT"]),
        ("a.jsonld", '[{"@id": "_:g", "@graph": [{"@id": "a:a", "http://e/p": 1}]}]', ["_:"]),
        ("a.n3", "<a:a> <a:b> 1 .", ["DEFAULT"]),
        ("a.n3", "<a:a> <a:says> { <a:c> <a:d> <a:e> } .", ["DEFAULT", "_:"]),
    ],
)
def test_named_graphs(tmp_path: Path, name: str, data: str, graphs: list[str]) -> None:
    (tmp_path / name).write_text(data, "utf-8")
    found = {str(quad.graph_name) for quad in read_rdf_files([tmp_path / name])}
    assert sorted("_:" if graph.startswith("_:") else graph for graph in found) == sorted(graphs)


# ---- RDF/XML.


@pytest.mark.parametrize("extension", ["owl", "rdf", "rdfxml", "xml"])
@pytest.mark.parametrize(
    "data",
    [
        _xml(_node(), '<!DOCTYPE rdf:RDF [ <!ENTITY x "y"> ]>\n'),
        _xml(_node(), "<!-- <http://e/a> -->"),
        _xml(_node(), "<?xml-stylesheet href='x'?>\n"),
        _xml(_node(), '<?xml version="1.0"?>'),
        _xml(_node(), "\n\n  "),
        _xml(_node()).replace("rdf:", "r:").replace("xmlns:rdf", "xmlns:r"),
        f'<RDF xmlns="{_RDF}" xmlns:r="{_RDF}"><Description r:about="{_A}" p="x" xmlns:e="http://e/"/></RDF>'.replace(
            " p=", " e:p="
        ),
        f'<RDF\n xmlns="{_RDF}" xmlns:r="{_RDF}" {_NS}><Description r:about="{_A}" e:p="x"/></RDF>',
        f'<rdf:Description {_NS} rdf:about="{_A}" e:p="x"/>',
    ],
)
def test_xml_is_recognised(tmp_path: Path, extension: str, data: str) -> None:
    assert _read(tmp_path, f"data.{extension}", data) == [f'<{_A}> <http://e/p> "x"']


@pytest.mark.parametrize(
    "data",
    [
        f'<{_A}> <http://e/p> "x" .',
        f'# <rdf:RDF\n<{_A}>\n<http://e/p> "x" .',
        f'@prefix e: <http://e/> .\n<{_A}> e:p "x" .',
        f'PREFIX e: <http://e/>\n<{_A}> e:p "x" .',
        f'{{"@id": "{_A}", "http://e/p": "x"}}',
    ],
)
def test_owl_in_other_syntaxes(tmp_path: Path, data: str) -> None:
    assert _read(tmp_path, "data.owl", data) == [f'<{_A}> <http://e/p> "x"']


@pytest.mark.parametrize(
    ("dtd", "about", "text", "expected"),
    [
        ('<!ENTITY e "http://e/">', "&e;a", "x", "x"),
        ("<!ENTITY e 'http://e/'>", "&e;a", "&e;", "http://e/"),
        ("<!ENTITY e 'http://e/'><!ENTITY f '&e;a'>", "&f;", "&f;", "http://e/a"),
        ("<!ENTITY q '\"'>", _A, "&q;&amp;&lt;&#1688;", '\\"&<ژ'),
        ("<!ENTITY % p '<!ENTITY e \"http://e/\">'> %p;", "&e;a", "x", "x"),
        ('<!ENTITY e SYSTEM "http://127.0.0.1:9/x.ent">', _A, "x", "x"),
        ('<!ENTITY % e SYSTEM "http://127.0.0.1:9/x.ent"> %e;', _A, "x", "x"),
        ("<!ATTLIST e:p xml:space CDATA 'preserve'>", _A, "x", "x"),
        ("<!ELEMENT e:p ANY><!-- ' --><?pi '?>", _A, "x", "x"),
    ],
)
def test_entities(tmp_path: Path, dtd: str, about: str, text: str, expected: str) -> None:
    data = _xml(_node(about, text), f"<!DOCTYPE rdf:RDF [ {dtd} ]>\n")
    assert _read(tmp_path, "data.rdf", data) == [f'<{_A}> <http://e/p> "{expected}"']


def test_a_document_type_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    head = '<!DOCTYPE rdf:RDF PUBLIC "-//x//y" "http://127.0.0.1:9/x.dtd">'
    assert len(_read(tmp_path, "data.rdf", _xml(_node(), head))) == 1


_ELSEWHERE = '<!DOCTYPE rdf:RDF SYSTEM "http://127.0.0.1:9/x.dtd">'
_LAUGHS = "".join(f"<!ENTITY {a} '{f'&{b};' * 20}'>" for a, b in zip("bcdefgh", "abcdefg", strict=True))


@pytest.mark.parametrize(
    ("head", "about", "text", "line", "words"),
    [
        ('<!DOCTYPE r [ <!ENTITY e SYSTEM "x.ent"> ]>', _A, "&e;", 3, "&e; stands in another file (x.ent)"),
        ('<!DOCTYPE r [ <!ENTITY e SYSTEM "x.ent"> ]>', "http://e/&e;", "x", 2, "external entity"),
        (_ELSEWHERE, "http://e/&e;", "x", 2, "&e; is not declared"),
        (_ELSEWHERE, _A, "&e;", 3, "&e; is not declared"),
        ("<!DOCTYPE r [ <!ENTITY % p ''> %p; ]>", "http://e/&e;", "x", 2, "&e; is not declared"),
        ("", "http://e/&e;", "x", 2, "an entity is not declared"),
        ("", _A, "&e;", 3, "an entity is not declared"),
        ("<!DOCTYPE r [ <!ENTITY a '&b;'><!ENTITY b '&a;'> ]>", _A, "&a;", 3, "recursive"),
        (f"<!DOCTYPE r [ <!ENTITY a '{'x' * 99}'>{_LAUGHS} ]>", _A, "&h;", 3, "expand without bound"),
    ],
)
def test_entities_that_are_refused(
    tmp_path: Path, head: str, about: str, text: str, line: int, words: str
) -> None:
    place, problem = _refused(tmp_path, "data.rdf", _xml(_node(about, text), head))
    assert words in problem
    assert place.startswith(f":{line}:")


def test_no_file_of_the_machine_comes_in(tmp_path: Path) -> None:
    (tmp_path / "secret.ent").write_text("secret", "utf-8")
    head = f'<!DOCTYPE r [ <!ENTITY e SYSTEM "{(tmp_path / "secret.ent").as_uri()}"> ]>'
    _, problem = _refused(tmp_path, "data.rdf", _xml(_node(text="&e;"), head))
    assert "nothing is ever fetched" in problem


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ('<Ontology xmlns="http://www.w3.org/2002/07/owl#" ontologyIRI="http://e/"/>', "OWL/XML"),
        ('<TriX xmlns="http://www.w3.org/2004/03/trix/trix-1/"><graph/></TriX>', "TriX"),
        ('<sparql xmlns="http://www.w3.org/2005/sparql-results#"/>', "SPARQL results"),
        ("<!DOCTYPE html>\n<html><p>x<br></html>", "HTML"),
        ('<html xmlns="http://www.w3.org/1999/xhtml"/>', "XHTML"),
        ('<rss version="2.0"/>', "RSS"),
    ],
)
@pytest.mark.parametrize("extension", ["owl", "xml"])
def test_other_formats_in_xml(tmp_path: Path, data: str, words: str, extension: str) -> None:
    place, problem = _refused(tmp_path, f"data.{extension}", data)
    assert words in problem
    assert place.startswith(":")


def test_characters_survive(tmp_path: Path) -> None:
    text = "a&#13;&#10;b]]&gt;<![CDATA[<c>&d;]]>"
    data = _xml(_node(text=text) + '<!-- c --><e:T rdf:about="http://e/t" e:q="1&#10;2&quot;"/>')
    found = _read(tmp_path, "data.rdf", data)
    assert f'<{_A}> <http://e/p> "a\\r\\nb]]><c>&d;"' in found
    assert '<http://e/t> <http://e/q> "1\\n2\\""' in found


def test_an_xml_literal_keeps_its_form(tmp_path: Path) -> None:
    data = _xml(_node(text='<b x="&lt;">c</b> d', attributes=' rdf:parseType="Literal"'))
    (ours,) = _read(tmp_path, "data.rdf", data)
    (engines,) = map(str, ox.parse(input=data, format=ox.RdfFormat.RDF_XML))
    assert ours == engines


# ---- JSON.


@pytest.mark.parametrize(
    "data",
    [
        '{"http://e/a": {"http://e/p": [{"type": "literal", "value": "x"}]}}',
        '{"_:b": {"http://e/p": [{"value": "a:o", "type": "uri"}, {"value": "_:c", "type": "bnode"}]}}',
    ],
)
@pytest.mark.parametrize("extension", ["json", "jsonld"])
def test_rdf_json_is_told(tmp_path: Path, data: str, extension: str) -> None:
    _, problem = _refused(tmp_path, f"data.{extension}", data)
    assert "RDF/JSON" in problem
    assert "riot" in problem


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ('{"@id": "http://e/a",\n"http://e/p": {"@id": "http://e/ b"}}', 2, "is no IRI"),
        ('{"@context": {"id": "@id"},\n"id": "http://e/<a>", "http://e/p": 1}', 2, "is no IRI"),
        ('{"@context": {"o": {"@id": "http://e/o", "@type": "@id"}}, "@id": "a:a",\n"o": "rel"}', 2, "'rel'"),
        ('{"@id": "http://e/a",\n"http://e/p": {"@value": "x", "@type": "rel"}}', 2, "'rel'"),
        ('{"@id": "http://e/a",\n"http://e/p": {"@value": "x", "@language": "e n"}}', 2, "language tag"),
        ('{\n"@context": "https://schema.org/", "name": "x"}', 2, "never fetched"),
        ('{"@id":\n}', 2, "malformed JSON"),
        ("[" * 100_000, 0, "nested too deeply"),
        ('{"head": {"vars": ["s"]}, "results": {"bindings": []}}', 0, "holds no triple"),
    ],
)
def test_what_json_ld_would_drop(tmp_path: Path, data: str, line: int, words: str) -> None:
    place, problem = _refused(tmp_path, "data.jsonld", data)
    assert words in problem
    assert place.startswith(f":{line}" if line else "")


def test_a_base_in_the_context_is_enough(tmp_path: Path) -> None:
    data = '{"@context": {"@base": "http://e/"}, "@id": "a", "http://e/p": "x"}'
    assert _read(tmp_path, "data.json", data) == [f'<{_A}> <http://e/p> "x"']


def test_rules_of_n3_are_told(tmp_path: Path) -> None:
    data = "<a:a> <a:b> 1 .\n\n{ ?x <a:b> 1 } => { ?x <a:c> 1 } ."
    place, problem = _refused(tmp_path, "data.n3", data)
    assert place == ":3"
    assert "variables" in problem


# ---- Names without a namespace in RDF/XML; terms of RDF/JSON.

_UNQUALIFIED: list[tuple[str, str]] = [
    ('<rdf:Description about="http://e/a" e:p="x"/>', "rdf:about"),
    ('<e:T ID="a"/>', "rdf:ID"),
    ('<e:T about="http://e/b" rdf:about="http://e/a"/>', "rdf:about"),
    ('<rdf:Description rdf:about="http://e/a" type="http://e/T"/>', "rdf:type"),
    ('<rdf:Description rdf:about="http://e/a" title="x"/>', "with its prefix"),
    ('<Description rdf:about="http://e/a" e:p="x"/>', "rdf:Description"),
    ('<T rdf:about="http://e/a"/>', "prefix of its vocabulary"),
    *(
        (f'<e:T><e:p {name}="{value}"/></e:T>', f"{'xml' if name == 'lang' else 'rdf'}:{name}")
        for name, value in {
            "resource": "http://e/a",
            "nodeID": "a",
            "datatype": "http://e/a",
            "parseType": "Resource",
            "lang": "fa",
        }.items()
    ),
    ("<e:T><p>x</p></e:T>", "prefix of its vocabulary"),
    ("<e:T><li>x</li></e:T>", "rdf:li"),
]


@pytest.mark.parametrize(("node", "remedy"), _UNQUALIFIED)
def test_names_without_a_namespace(tmp_path: Path, node: str, remedy: str) -> None:
    place, problem = _refused(tmp_path, "data.rdf", _xml(f"\n{node}"))
    assert remedy in problem
    assert "has no " in problem
    assert place.startswith(":3:")


def test_names_without_a_namespace_that_mean_something(tmp_path: Path) -> None:
    inside = '<e:p rdf:parseType="Literal"><p about="x"><b id="y"/></p></e:p><e:q rdf:resource="http://e/b"/>'
    data = _xml(f'<e:T rdf:about="{_A}">{inside}</e:T>')
    assert len(_read(tmp_path, "data.rdf", data)) == 3
    spaced = _xml(f'<T xmlns="http://e/" rdf:about="{_A}"><p>x</p></T>')
    assert f'<{_A}> <http://e/p> "x"' in _read(tmp_path, "data.rdf", spaced)


@pytest.mark.parametrize(
    "data",
    [
        '{"http://e/a": {"http://e/p": []}}',
        '{"_:b": {"http://e/p": [], "http://e/q": []}}',
        '{"http://e/a": {"http://e/p": [{"type": "literal", "value": "x"}], "http://e/q": []}}',
        '{"http://e/a": {"http://e/p": [{"type": "uri", "value": "a:b"}]}, "http://e/b": {}}',
        '{"http://e/a": {"http://e/p": [{"type": "Literal", "value": "x"}]}}',
        '{"http://e/a": {"http://e/p": [{"value": "x", "lang": "fa"}]}}',
    ],
)
def test_rdf_json_with_gaps_is_told(tmp_path: Path, data: str) -> None:
    _, problem = _refused(tmp_path, "data.json", data)
    assert "RDF/JSON" in problem


@pytest.mark.parametrize(
    "data",
    ['{"http://e/p": {"http://e/q": [{"http://e/r": 1}]}}', '{"http://e/p": {"http://e/q": ["x"]}}'],
)
def test_json_ld_without_a_context_is_no_rdf_json(tmp_path: Path, data: str) -> None:
    assert _read(tmp_path, "data.json", data)
