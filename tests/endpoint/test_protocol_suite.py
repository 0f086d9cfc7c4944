"""The W3C's SPARQL 1.1 Protocol tests, run from their manifest, where it can be had.

As for :mod:`tests.endpoint.test_sparql_suite`, ``ARAXES_RDF_TESTS`` names the folder. Requests are sent
as the manifest writes them. What updates is refused here: those tests are listed with that reason.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection

from araxes.triples.stores.versioned_store import publish
from tests.endpoint.endpoint_fixtures import FEW, JSON, Reply, Server, serving
from tests.endpoint.test_sparql_suite import HOW, W3C
from tests.requirements_helper import require_folder

_MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_HT = rdflib.Namespace("http://www.w3.org/2011/http#")
_CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
_UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_FOLDER = Path(os.environ.get(W3C) or "/nonexistent") / "sparql11" / "protocol"
_ACCEPT = f"{JSON}, text/turtle;q=0.9"

EXCEPTIONS = dict.fromkeys(
    [
        "update_dataset_default_graph",
        "update_dataset_default_graphs",
        "update_dataset_named_graphs",
        "update_dataset_full",
        "update_post_form",
        "update_post_direct",
        "update_base_uri",
    ],
    "the service is read-only, as §2.2 allows: updates are refused with 403",
)
"""Test → why it does not pass; a test here that passes is a failure too."""


def _manifest() -> rdflib.Graph:
    graph = rdflib.Graph()
    if _FOLDER.is_dir():
        graph.parse(_FOLDER / "manifest.ttl", publicID=(_FOLDER / "manifest.ttl").as_uri())
    return graph


_GRAPH = _manifest()
_TESTS = {str(test).rpartition("#")[2]: test for test in _GRAPH.subjects(rdflib.RDF.type, _MF.ProtocolTest)}


@pytest.fixture(scope="module")
def protocol(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    require_folder(W3C, HOW)
    dataset = ox.Dataset()
    for node in set(_GRAPH.objects(None, _UT.graphData)):
        name = ox.NamedNode(str(_GRAPH.value(node, rdflib.RDFS.label)))
        data = Path(str(_GRAPH.value(node, _UT.graph)).removeprefix("file://")).read_bytes()
        for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES):
            dataset.add(ox.Quad(quad.subject, quad.predicate, quad.object, name))
    store = tmp_path_factory.mktemp("protocol") / "store"
    publish(dataset, store, origin="load")
    with serving(store, *FEW) as server:
        yield server


def test_the_suite_is_there() -> None:
    require_folder(W3C, HOW)
    assert len(_TESTS) == 34
    assert not EXCEPTIONS.keys() - _TESTS.keys()


@pytest.mark.parametrize("name", _TESTS)
def test_case(protocol: Server, name: str) -> None:
    action = _GRAPH.value(_TESTS[name], _MF.action)
    requests = Collection(_GRAPH, _GRAPH.value(action, _HT.requests) or rdflib.RDF.nil)
    problems = [problem for request in requests if (problem := _problem(protocol, request))]
    if name in EXCEPTIONS:
        assert problems, f"{name} passes: take it off the list of exceptions"
        pytest.xfail(EXCEPTIONS[name])
    assert not problems


def _problem(server: Server, request: Any) -> str:
    """What is wrong with the answer to a request; empty when nothing is."""
    headers = {"Accept": _ACCEPT}
    for header in Collection(_GRAPH, _GRAPH.value(request, _HT.headers) or rdflib.RDF.nil):
        headers[str(_GRAPH.value(header, _HT.fieldName))] = str(_GRAPH.value(header, _HT.fieldValue))
    body = _GRAPH.value(request, _HT.body)
    data = None
    if body is not None:
        encoding = str(_GRAPH.value(body, _CNT.characterEncoding))
        data = str(_GRAPH.value(body, _CNT.chars)).encode(encoding)
    path = str(_GRAPH.value(request, _HT.absolutePath))
    reply = server.request(str(_GRAPH.value(request, _HT.methodName)), path, data, headers)
    expected: Any = _GRAPH.value(request, _HT.resp)
    statuses = {str(status)[-3] for status in _GRAPH.objects(expected, _MF.expectedStatus)}
    if str(reply.status)[0] not in statuses:
        return f"{path}: {reply.status} {reply.text[:200]}"
    return _content_problem(reply, expected)


def _content_problem(reply: Reply, expected: Any) -> str:
    boolean = _GRAPH.value(expected, _MF.expectedBoolean)
    if boolean is not None and reply.json()["boolean"] is not boolean.toPython():
        return f"not {boolean}"
    kinds = {"boolean": (JSON,), "tabular": (JSON,), "RDF": ("text/turtle",)}
    form = _GRAPH.value(expected, _MF.expectedFormat)
    return "" if form is None or reply.type in kinds[str(form)] else f"{reply.type} is not {form}"
