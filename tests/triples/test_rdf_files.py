"""Reading RDF files for ``araxes load``."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.ontology.errors import InputError
from araxes.triples.stores.rdf_files import read_rdf_files
from araxes.triples.stores.rdf_syntaxes import FORMATS

_A = "http://example.org/a"
_XML = (
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:e="http://example.org/">'
    f'<rdf:Description rdf:about="{_A}"><e:p>1</e:p></rdf:Description></rdf:RDF>'
)
_TEXTS = {
    "nt": f'<{_A}> <http://example.org/p> "1" .\n',
    "nq": f'<{_A}> <http://example.org/p> "1" <http://example.org/g> .\n',
    "trig": f'GRAPH <http://example.org/g> {{ <{_A}> <http://example.org/p> "1" }}',
    "jsonld": f'{{"@id": "{_A}", "http://example.org/p": "1"}}',
    "rdf": _XML,
}
_SAME = {
    "ttl": "nt",
    "turtle": "nt",
    "ntriples": "nt",
    "n3": "nt",
    "nquads": "nq",
    "xml": "rdf",
    "rdfxml": "rdf",
    "owl": "rdf",
    "json": "jsonld",
}


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("packed", [False, True])
def test_every_extension(tmp_path: Path, extension: str, packed: bool) -> None:
    path = tmp_path / f"data.{extension}{'.gz' if packed else ''}"
    data = _TEXTS[_SAME.get(extension, extension)].encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    (quad,) = read_rdf_files([path])
    in_graph = _SAME.get(extension, extension) in ("nq", "trig")
    assert quad.graph_name == (ox.NamedNode("http://example.org/g") if in_graph else ox.DefaultGraph())


def test_owl_in_turtle(tmp_path: Path) -> None:
    path = tmp_path / "o.owl"
    path.write_text(_TEXTS["nt"], "utf-8")
    assert len(read_rdf_files([path])) == 1


def test_blank_nodes_of_different_files_stay_apart(tmp_path: Path) -> None:
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text("_:x <a:p> 1 .", "utf-8")
    assert len(read_rdf_files([tmp_path / "a.ttl", tmp_path / "b.ttl"])) == 2


def test_a_file_given_twice_is_not_called_empty(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text(_TEXTS["nt"], "utf-8")
    assert len(read_rdf_files([tmp_path / "a.nt", tmp_path / "a.nt"])) == 1


def test_all_problems_in_one_run_with_place_and_remedy(tmp_path: Path) -> None:
    texts = {
        "bad.ttl": b"<a:a> <a:b> 1 .\n<a:a> <a:b> .",
        "relative.ttl": b"<a> <a:b> 1 .",
        "latin.nt": '<a:a> <a:b> "é" .\n'.encode("latin-1"),
        "context.jsonld": b'{"@context": "https://schema.org/", "name": "x"}',
        "broken.rdf": b"<rdf:RDF",
        "empty.nt": b"",
        "half.nt.gz": gzip.compress(_TEXTS["nt"].encode() * 999)[:40],
        "plain.nt.gz": b"not packed",
        "table.csv": b"a,b",
    }
    for name, data in texts.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.nt").write_text(_TEXTS["nt"], "utf-8")
    paths = [tmp_path / name for name in (*texts, "missing.ttl", "good.nt")]
    with pytest.raises(InputError) as caught:
        read_rdf_files([*paths, tmp_path])
    problems = {line.partition(": ")[0].rpartition("/")[2]: line for line in caught.value.problems}
    assert len(problems) == len(texts) + 2
    assert "bad.ttl:2:13" in problems
    assert "--base" in problems["relative.ttl:1:1"]
    assert all("→" in line for line in caught.value.problems)
    assert "contexts are never fetched" in problems["context.jsonld:1"]
    assert len(read_rdf_files([tmp_path / "relative.ttl"], base="http://example.org/")) == 1
