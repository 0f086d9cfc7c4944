"""What is counted, digested and exported is what the store serves."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from araxes.endpoint.cli.main import main
from araxes.triples.dataset import canonical_nquads
from araxes.triples.stores.canonical_form import canonical_lines, digest_of
from araxes.triples.stores.stored_literals import as_stored, changed_literals
from araxes.triples.stores.versioned_store import current, publish
from tests.endpoint.endpoint_fixtures import FEW, serving

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NODE = ox.NamedNode("http://e/n")
_FORMS = {
    "integer": ["01", "+1", "-0", "abc", "12345678901234567890123"],
    "byte": ["0300", "1"],
    "nonNegativeInteger": ["120"],
    "long": ["0"],
    "decimal": ["1.10", "1.0", ".5"],
    "double": ["1e0", "1e400", "INF", "NaN"],
    "float": ["0.10"],
    "boolean": ["1", "true"],
    "duration": ["P12M", "PT60S"],
    "yearMonthDuration": ["P12M"],
    "dayTimeDuration": ["PT24H"],
    "dateTime": ["2020-01-01T24:00:00", "2020-01-01T00:00:00.100Z", "2020-01-01T00:00:00+00:00"],
    "date": ["2020-01-01+00:00", "2020-02-30"],
    "time": ["24:00:00"],
    "gYear": ["1995+00:00"],
    "string": ["01"],
    "hexBinary": ["0a"],
}
_LITERALS = [
    ox.Literal(form, datatype=ox.NamedNode(_XSD + name)) for name, forms in _FORMS.items() for form in forms
]


def _quads(literals: list[ox.Literal]) -> list[ox.Quad]:
    """Statements of literals, also within a triple term and of a blank node in a graph without a name."""
    blank, graph = ox.BlankNode("b"), ox.BlankNode("g")
    stated = [
        quad
        for literal in literals
        for quad in (
            ox.Quad(_NODE, _NODE, literal),
            ox.Quad(_NODE, _NODE, ox.Triple(_NODE, _NODE, literal)),
            ox.Quad(blank, _NODE, literal, graph),
        )
    ]
    return [*stated, ox.Quad(_NODE, _NODE, ox.Literal("x", language="zh-Hans"))]


def _is_what_is_served(root: Path) -> None:
    """Every number of a version is that of its store, and its export makes it again."""
    version = current(root)
    store = ox.Store.read_only(str(version.path))
    assert version.quads == len(store)
    assert version.digest == digest_of(canonical_lines(store))
    exported = canonical_nquads(ox.Dataset(store))
    assert version.digest == digest_of(exported.splitlines(keepends=True))
    counts = version.statistics()
    assert counts["triples"] == len({quad.triple for quad in store})
    assert counts["default"] + sum(counts["named"].values()) == version.quads
    loaded = ox.Dataset(ox.parse(input=exported, format=ox.RdfFormat.N_QUADS))
    again = publish(loaded, root.with_name("again"), origin="load")
    assert (again.digest, again.quads, again.statistics()) == (version.digest, version.quads, counts)


@pytest.mark.parametrize("name", _FORMS)
def test_each_datatype(tmp_path: Path, name: str) -> None:
    literals = [literal for literal in _LITERALS if literal.datatype.value == _XSD + name]
    publish(_quads(literals), tmp_path / "store", origin="load")
    _is_what_is_served(tmp_path / "store")


@settings(max_examples=10, deadline=None)
@given(literals=st.lists(st.sampled_from(_LITERALS), min_size=1))
def test_together(tmp_path_factory: pytest.TempPathFactory, literals: list[ox.Literal]) -> None:
    root = tmp_path_factory.mktemp("stored") / "store"
    publish(_quads(literals), root, origin="load")
    _is_what_is_served(root)


def test_what_changes_is_what_the_store_changes() -> None:
    quads = _quads(_LITERALS)
    changed = changed_literals(quads)
    store = ox.Store()
    store.extend(quads)
    assert set(as_stored(quads, changed)) == set(store)
    assert 15 < len(changed) < len(_LITERALS)
    assert changed_literals(as_stored(quads, changed)) == {}


def test_the_project_has_no_such_literal(project_dataset: ox.Dataset) -> None:
    """Otherwise the digests of its claims would not be of what is served."""
    assert changed_literals(project_dataset) == {}


_TURTLE = f"""@prefix xsd: <{_XSD}> . @prefix : <http://e/> .
:a :p "1"^^xsd:integer , "01"^^xsd:integer ; :n "120"^^xsd:nonNegativeInteger ; :v "1.10"^^xsd:decimal ;
   :l "x"@zh-Hans .
_:g :b _:h ."""


def test_load_says_what_changes(tmp_path: Path) -> None:
    (tmp_path / "n.ttl").write_text(_TURTLE, "utf-8")
    store = str(tmp_path / "store")
    done = CliRunner().invoke(main, ["load", str(tmp_path / "n.ttl"), "--store", store])
    assert done.exit_code == 0, done.output
    assert "3 distinct literals will be served in another form" in done.output
    assert '"1.10"^^xsd:decimal → "1.1"^^xsd:decimal' in done.output
    assert "1 quad so became equal to others" in done.output
    assert "zh-hans" in done.output
    assert "published 5 quads" in done.output
    digest = current(tmp_path / "store").digest
    export = str(tmp_path / "n.nq")
    assert CliRunner().invoke(main, ["export", "dataset", "--store", store, "-o", export]).exit_code == 0
    done = CliRunner().invoke(main, ["load", export, "--store", store])
    assert "another form" not in done.output
    assert current(tmp_path / "store").digest == digest
    _is_what_is_served(tmp_path / "store")


def test_a_graph_without_a_name_is_counted_and_served(tmp_path: Path) -> None:
    (tmp_path / "b.trig").write_text("_:g { <a:a> <a:b> _:g } <a:n> { <a:a> <a:b> 1 }", "utf-8")
    store = tmp_path / "store"
    done = CliRunner().invoke(main, ["load", str(tmp_path / "b.trig"), "--store", str(store)])
    assert done.exit_code == 0, done.output
    assert current(store).statistics()["named"] == {"_:c14n0": 1, "a:n": 1}
    assert current(store).graphs == 2
    _is_what_is_served(store)
    with serving(store, *FEW) as server:
        described = server.get("/sparql", "application/n-triples").text
        assert described.count("sparql-service-description#namedGraph> ") == 1
        found = server.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "text/csv")
        assert found.text.split() == ["n", "2"]
        assert server.health()["dataset"]["quads"] == 2
        assert server.get("/", "text/html").status == 200
    shown = CliRunner().invoke(main, ["info", "--store", str(store)]).output
    assert "quads       2: 2 different triples" in shown
    assert "0 quads in the default graph, 2 in named ones" in shown
