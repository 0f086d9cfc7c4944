"""The W3C's SPARQL query evaluation and syntax tests through HTTP, where their data can be had.

The data is not part of this project: ``ARAXES_RDF_TESTS`` names the folder ``sparql`` of a checkout of
https://github.com/w3c/rdf-tests. All data files become named graphs of one store, and each
test names its dataset by the protocol. Known exceptions are listed with their reasons.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from araxes.triples.stores.versioned_store import publish
from tests.endpoint.endpoint_fixtures import FEW, FORM, Server, serving
from tests.requirements_helper import require_folder

W3C = "ARAXES_RDF_TESTS"
HOW = "git clone https://github.com/w3c/rdf-tests; use its folder sparql"

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_BASE = "http://rdf-tests.example/"
_EVALUATION = (_MF + "QueryEvaluationTest", _MF + "CSVResultFormatTest")
_POSITIVE = (_MF + "PositiveSyntaxTest11", _MF + "PositiveSyntaxTest")
_NEGATIVE = (_MF + "NegativeSyntaxTest11", _MF + "NegativeSyntaxTest")
_SKIPPED = (
    "entailment",
    "service",
    "update",
    "add/",
    "clear",
    "copy",
    "delete",
    "drop",
    "move",
    "protocol",
    "http-rdf",
)

_REASONS = {
    "the engine keeps the value of a number, boolean or date, not its spelling, so 01 and 1 are one term": """
    sparql10/distinct/distinct-1 sparql10/distinct/distinct-9 sparql10/expr-builtin/sameTerm-not-eq
    sparql10/expr-builtin/sameTerm-eq sparql10/expr-builtin/sameTerm-simple sparql10/expr-builtin/dawg-str-1
    sparql10/expr-builtin/dawg-str-2 sparql10/expr-equals/eq-graph-1 sparql10/expr-equals/eq-graph-2
    sparql10/open-world/open-eq-01 sparql12/grouping/group01 sparql11/csv-tsv-res/csv03""",
    "the engine refuses functions that nobody defined instead of leaving them unbound": """
    sparql10/syntax-sparql1/syntax-order-05 sparql10/syntax-sparql1/syntax-order-06
    sparql10/syntax-sparql1/syntax-expr-05 sparql10/syntax-sparql2/syntax-function-01
    sparql10/syntax-sparql2/syntax-function-02 sparql10/syntax-sparql2/syntax-function-03
    sparql10/syntax-sparql2/syntax-function-04 sparql11/syntax-query/test_4""",
    "SERVICE is refused by policy, not by syntax": """
    sparql11/syntax-fed/test_1 sparql11/syntax-fed/test_2 sparql11/syntax-fed/test_3""",
    "the engine binds the variable of GRAPH ?g after its group, not before": """
    sparql10/graph/graph-optional sparql10/graph/graph-variable-scope sparql11/bindings/graph
    sparql11/aggregates/agg-empty-group-count-graph sparql11/negation/graph-minus""",
    "the engine finds no path of length zero at a term that is not in the data": """
    sparql11/property-path/zero_or_one_set_start sparql11/property-path/zero_or_one_set_end
    sparql11/property-path/zero_or_more_set_start sparql11/property-path/zero_or_more_set_end""",
    "the engine's parser differs": """
    sparql10/expr-builtin/case-insensitive-booleans sparql10/syntax-sparql3/syn-bad-26
    sparql12/grouping/select-variable-reuse sparql12/syntax/nested-aggregate-functions
    sparql12/syntax-triple-terms-negative/tripleterm-subject-03
    sparql12/syntax-triple-terms-negative/tripleterm-subject-06""",
    "the engine's semantics differ": """
    sparql10/open-world/date-2 sparql10/optional-filter/dawg-optional-filter-005-simplified
    sparql11/aggregates/agg-groupconcat-04 sparql11/aggregates/agg-groupconcat-06
    sparql12/eval-triple-terms/order-2 sparql12/eval-triple-terms/expr-1""",
    "this harness makes datasets of triples only": """
    sparql11/construct/constructwhere04 sparql12/eval-triple-terms/graphs-1
    sparql12/eval-triple-terms/graphs-2""",
}
EXCEPTIONS: dict[str, str] = {name: reason for reason, names in _REASONS.items() for name in names.split()}
"""Test → why it does not pass; a test here that passes is a failure too."""


@dataclass(frozen=True)
class Case:
    """One entry of a manifest."""

    name: str
    kind: str
    query: Path
    data: tuple[str, ...]
    named: tuple[str, ...]
    result: Path | None


def _root() -> Path | None:
    value = os.environ.get(W3C, "")
    return Path(value) if value and Path(value).is_dir() else None


def _iri(path: Path, root: Path) -> str:
    return _BASE + path.relative_to(root).as_posix()


def _manifests(root: Path) -> Iterator[Path]:
    for path in sorted(root.glob("sparql1[012]/*/*manifest.ttl")):
        if not any(word in path.as_posix() for word in _SKIPPED):
            yield path


def _cases(root: Path) -> Iterator[Case]:
    for manifest in _manifests(root):
        store = ox.Store()
        store.load(manifest.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=_iri(manifest, root))

        def path(term: Any) -> Path:
            return root / str(term.value).removeprefix(_BASE)

        rows: Any = store.query(
            f"PREFIX mf: <{_MF}> SELECT ?t ?kind ?a ?r {{ "
            "?t a ?kind ; mf:action ?a . OPTIONAL { ?t mf:result ?r } }"
        )
        for row in rows:
            if row["kind"].value not in _EVALUATION + _POSITIVE + _NEGATIVE:
                continue
            action = row["a"]

            def values(name: str, action: Any = action, store: ox.Store = store) -> list[Any]:
                return [
                    quad.object
                    for quad in store.quads_for_pattern(action, ox.NamedNode(_QT + name), None, None)
                ]

            query = action if isinstance(action, ox.NamedNode) else (values("query") or [None])[0]
            if query is None:
                continue
            yield Case(
                name="/".join([*manifest.parent.parts[-2:], re.split("[#/]", row["t"].value)[-1]]),
                kind=row["kind"].value,
                query=path(query),
                data=() if isinstance(action, ox.NamedNode) else tuple(term.value for term in values("data")),
                named=()
                if isinstance(action, ox.NamedNode)
                else tuple(term.value for term in values("graphData") if isinstance(term, ox.NamedNode)),
                result=path(row["r"]) if row["r"] is not None else None,
            )


_FOUND = {case.name: case for case in _cases(_root() or Path("/nonexistent"))} if _root() else {}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = require_folder(W3C, HOW)
    dataset = ox.Dataset()
    for path in sorted(root.rglob("*")):
        rdf_format = {
            ".ttl": ox.RdfFormat.TURTLE,
            ".rdf": ox.RdfFormat.RDF_XML,
            ".nt": ox.RdfFormat.N_TRIPLES,
        }.get(path.suffix)
        if rdf_format is None or "manifest" in path.name:
            continue
        name = ox.NamedNode(_iri(path, root))
        try:
            for quad in ox.parse(
                path.read_bytes(), format=rdf_format, base_iri=name.value, rename_blank_nodes=True
            ):
                dataset.add(ox.Quad(quad.subject, quad.predicate, quad.object, name))
        except SyntaxError:
            continue  # expected results of syntax tests, updates and the like
    store = tmp_path_factory.mktemp("suite") / "store"
    publish(dataset, store, origin="load")
    with serving(store, *FEW, "--timeout", "20") as server:
        yield server


def test_the_suite_is_there() -> None:
    require_folder(W3C, HOW)
    assert len(_FOUND) > 1000
    assert not EXCEPTIONS.keys() - _FOUND.keys()


@pytest.mark.parametrize("name", _FOUND)
def test_case(suite: Server, name: str) -> None:
    problem = _problem(suite, _FOUND[name])
    if name in EXCEPTIONS:
        assert problem, f"{name} passes: take it off the list of exceptions"
        pytest.xfail(EXCEPTIONS[name])
    assert problem == ""


def _problem(server: Server, case: Case) -> str:
    """What is wrong; empty when nothing is."""
    root = _root()
    assert root is not None
    try:
        query = case.query.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        return str(error)
    base = f"BASE <{_iri(case.query, root)}>\n"
    fields = [("query", base + query)]
    if case.data or case.named:
        fields += [("default-graph-uri", iri) for iri in case.data or [_BASE + "empty"]]
        fields += [("named-graph-uri", iri) for iri in case.named]
    elif case.kind in _EVALUATION and "FROM" not in query.upper():
        fields += [("default-graph-uri", _BASE + "empty")]
    accept = "application/sparql-results+json, application/n-triples"
    if case.result is not None and case.result.suffix in (".csv", ".tsv"):
        accept = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}[case.result.suffix]
    reply = server.request("POST", "/sparql", urlencode(fields), {"Content-Type": FORM, "Accept": accept})
    if case.kind in _NEGATIVE:
        return "" if reply.status == 400 else f"accepted with {reply.status}"
    if reply.status != 200:
        return f"{reply.status} {reply.text[:300]}"
    if case.kind in _POSITIVE or case.result is None:
        return ""
    return _difference(reply.body, reply.type, case.result, reduced="REDUCED" in query.upper())


def _difference(body: bytes, media_type: str, expected: Path, *, reduced: bool) -> str:
    if media_type == "text/csv":
        tables = [_table(text) for text in (body.decode(), expected.read_text("utf-8"))]
        return "" if tables[0] == tables[1] else f"{tables[0]} is not {tables[1]}"
    if media_type == "application/n-triples":
        found = ox.Dataset(ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
        rdf_format = ox.RdfFormat.from_extension(expected.suffix[1:])
        wanted = ox.Dataset(ox.parse(expected.read_bytes(), format=rdf_format, base_iri=_place(expected)))
        found, wanted = (ox.Dataset(_stored(dataset)) for dataset in (found, wanted))
        for dataset in (found, wanted):
            dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        return "" if found == wanted else "another graph"
    mine = _rows(body, ".tsv" if "tab" in media_type else ".srj")
    theirs = _rows(expected.read_bytes(), expected.suffix, _place(expected))
    if isinstance(mine, bool) or isinstance(theirs, bool):
        return "" if mine == theirs else f"{mine} is not {theirs}"
    counts = [Counter(map(_without_blanks, rows)) for rows in (mine, theirs)]
    if reduced:  # §15.3: duplicates may stay or go
        return "" if set(counts[0]) == set(counts[1]) else f"{mine} is not {theirs}"
    return "" if counts[0] == counts[1] else f"{mine} is not {theirs}"


def _table(text: str) -> Counter[frozenset[tuple[str, str]]]:
    """The rows of a CSV, whatever the order of rows and columns."""
    rows = csv.DictReader(io.StringIO(re.sub(r"_:\w+", "_:b", text)))
    return Counter(frozenset(row.items()) for row in rows)


def _place(path: Path) -> str:
    root = _root()
    assert root is not None
    return _iri(path, root)


def _stored(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Quads as the engine gives them back: it keeps the value of a number, not its spelling (01 is 1)."""
    store = ox.Store()
    store.extend(quads)
    return list(store)


_ANY = ox.NamedNode("a:a")


def _text(term: Any) -> str:
    """A term in the engine's spelling."""
    (quad,) = _stored([ox.Quad(_ANY, _ANY, term)])
    return str(quad.object)


_Rows = list[frozenset[tuple[str, str]]]


def _rows(data: bytes, suffix: str, place: str = _BASE) -> _Rows | bool:
    if suffix in (".ttl", ".rdf"):
        return _result_set(data, ox.RdfFormat.TURTLE if suffix == ".ttl" else ox.RdfFormat.RDF_XML, place)
    formats = {
        ".srj": ox.QueryResultsFormat.JSON,
        ".srx": ox.QueryResultsFormat.XML,
        ".tsv": ox.QueryResultsFormat.TSV,
    }
    results = ox.parse_query_results(data, format=formats[suffix])
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    names = [variable.value for variable in results.variables]
    return [frozenset((name, _text(row[name])) for name in names if row[name] is not None) for row in results]


def _result_set(data: bytes, rdf_format: ox.RdfFormat, place: str) -> _Rows | bool:
    """Expected results in the old vocabulary for result sets."""
    store = ox.Store()
    store.load(data, format=rdf_format, base_iri=place)
    prefix = f"PREFIX rs: <{_RS}> "
    boolean: Any = list(store.query(prefix + "SELECT ?b { ?r rs:boolean ?b }"))  # type: ignore[arg-type]
    if boolean:
        return bool(boolean[0]["b"].value == "true")
    solutions: Any = store.query(
        prefix + "SELECT ?s ?n ?v { ?r rs:solution ?s . "
        "OPTIONAL { ?s rs:binding [ rs:variable ?n ; rs:value ?v ] } }"
    )
    rows: dict[str, set[tuple[str, str]]] = {}
    for row in solutions:
        bound = rows.setdefault(str(row["s"]), set())
        if row["n"] is not None:
            bound.add((row["n"].value, _text(row["v"])))
    return [frozenset(bound) for bound in rows.values()]


def _without_blanks(row: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Blank nodes count as equal here: labels mean nothing, and no test differs by them alone."""
    return frozenset((name, re.sub(r"_:\w+", "_:b", value)) for name, value in row)
