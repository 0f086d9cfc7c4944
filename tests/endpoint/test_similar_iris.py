"""What resembles an IRI that nobody knows, and what such a request may cost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.endpoint.search.index.names_index import Index, build_index
from araxes.endpoint.search.matching.similar_iris import similar_iris
from araxes.ontology.namespaces import BASE
from tests.endpoint.endpoint_fixtures import NAMESPACE, Server, serving


@pytest.mark.parametrize(
    ("unknown", "known"),
    [
        ("state/irann", "state/iran"),
        ("state/Iran", "state/iran"),
        ("state/iran/", "state/iran"),
        ("country/iran", "state/iran"),
        ("state/baku", "place/baku"),
        ("event/second-nagorno-karabakh-wra", "event/second-nagorno-karabakh-war"),
        ("ontology/perceivesThreatfrom", "ontology/perceivesThreatFrom"),
        ("ontology/Sate", "ontology/State"),
    ],
)
def test_what_is_misspelt_or_in_another_folder_is_found(names: Index, unknown: str, known: str) -> None:
    found = similar_iris(names, BASE + unknown, BASE)
    assert BASE + known in found
    assert len(found) <= 5


@pytest.mark.parametrize("part", ["", "/", "x" * 7000, "state/" + "iran" * 400, "%", "\U0010ffff", "نوروز/۱"])
def test_nothing_resembles_what_is_no_likely_name(names: Index, part: str) -> None:
    assert similar_iris(names, BASE + part, BASE) == ()
    assert similar_iris(names, "http://example.org/" + part, BASE) == ()


def test_few_rows_are_read_however_many_there_are() -> None:
    """A dataset of any namespace; each look at its index is bounded."""
    dataset, kind = ox.Store(), ox.NamedNode("http://example.org/kind")
    space = "http://example.org/"
    dataset.extend(
        ox.Quad(ox.NamedNode(f"{space}thing/n{number:05}"), kind, kind, ox.DefaultGraph())
        for number in range(20_000)
    )
    read: list[int] = []

    class Counted(Index):
        def rows(self, query: str, *values: str | float) -> list[tuple[str | int | float, ...]]:
            found = super().rows(query, *values)
            read.append(len(found))
            return found

    index = Counted(build_index(dataset)._connection)
    assert similar_iris(index, f"{space}thing/n01234x", space)[0] == f"{space}thing/n01234"
    assert 0 < sum(read) <= 80


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FILES = [
    "/robots.txt",
    "/apple-touch-icon.png",
    "/apple-touch-icon-120x120-precomposed.png",
    "/sitemap.xml",
    "/.well-known/security.txt",
    "/.env",
]


@pytest.fixture
def small(small_store: Path) -> Iterator[Server]:
    with serving(
        small_store, "--evaluators", "1", "--spares", "0", "--queue", "0", "--timeout", "5"
    ) as running:
        yield running


def test_heads_have_no_suggestions_and_files_for_machines_need_no_evaluator(small: Server) -> None:
    assert small.get("/state/irann").json()["suggestions"] == [NAMESPACE + "state/iran"]
    assert small.request("HEAD", "/state/irann").status == 404
    head, whole = (small.request(method, "/state/iran?format=turtle") for method in ("HEAD", "GET"))
    assert (head.status, head.headers["Content-Length"]) == (200, str(len(whole.body)))
    with ThreadPoolExecutor(1) as pool:
        endless = pool.submit(small.post, ENDLESS)
        while small.health()["evaluators"]["busy"] == 0:
            time.sleep(0.02)
        for path in FILES:
            reply = small.get(path)
            assert (reply.status, reply.code) == (404, "not-found")
            assert "suggestions" not in reply.json()
        assert small.get("/state/irann").code == "queue-full"
        assert endless.result().code == "timeout"
