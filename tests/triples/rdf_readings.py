"""RDF files of one statement, read as ``araxes load`` reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from araxes.ontology.errors import InputError
from araxes.triples.stores.rdf_files import read_rdf_files

RDF_NS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NS = f'xmlns:rdf="{RDF_NS}" xmlns:e="http://e/"'
A = "http://e/a"


def xml(body: str, head: str = "") -> str:
    """An RDF/XML document."""
    return f"{head}<rdf:RDF {NS}>\n{body}\n</rdf:RDF>"


def node(about: str = A, text: str = "x", attributes: str = "") -> str:
    """A description with one statement."""
    return f'<rdf:Description rdf:about="{about}">\n<e:p{attributes}>{text}</e:p></rdf:Description>'


def read(folder: Path, name: str, data: str | bytes, base: str | None = None) -> list[str]:
    """The statements of a file, sorted."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return sorted(str(quad) for quad in read_rdf_files([path], base=base))


def refused(folder: Path, name: str, data: str | bytes) -> tuple[str, str]:
    """What stands after the file's name and before the cause; and all of the problem."""
    with pytest.raises(InputError) as caught:
        read(folder, name, data)
    (problem,) = caught.value.problems
    cause, arrow, remedy = problem.partition(" → ")
    assert arrow, problem
    assert len(remedy) > 5, problem
    assert str(folder / name) in cause
    place, _, what = cause.removeprefix(str(folder / name)).partition(": ")
    assert len(what) > 5, problem
    return place, problem
