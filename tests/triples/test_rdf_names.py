"""Names without a namespace in RDF/XML, and terms of RDF/JSON, as ``araxes load`` tells of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.triples.rdf_readings import A, read, refused, xml

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
    place, problem = refused(tmp_path, "data.rdf", xml(f"\n{node}"))
    assert remedy in problem
    assert "has no " in problem
    assert place.startswith(":3:")


def test_names_without_a_namespace_that_mean_something(tmp_path: Path) -> None:
    inside = '<e:p rdf:parseType="Literal"><p about="x"><b id="y"/></p></e:p><e:q rdf:resource="http://e/b"/>'
    data = xml(f'<e:T rdf:about="{A}">{inside}</e:T>')
    assert len(read(tmp_path, "data.rdf", data)) == 3
    spaced = xml(f'<T xmlns="http://e/" rdf:about="{A}"><p>x</p></T>')
    assert f'<{A}> <http://e/p> "x"' in read(tmp_path, "data.rdf", spaced)


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
    _, problem = refused(tmp_path, "data.json", data)
    assert "RDF/JSON" in problem


@pytest.mark.parametrize(
    "data",
    ['{"http://e/p": {"http://e/q": [{"http://e/r": 1}]}}', '{"http://e/p": {"http://e/q": ["x"]}}'],
)
def test_json_ld_without_a_context_is_no_rdf_json(tmp_path: Path, data: str) -> None:
    assert read(tmp_path, "data.json", data)
