"""Our claims joined with Wikidata, both ways, over real SPARQL servers on loopback."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from araxes.ontology.namespaces import BASE
from araxes.triples.stores.versioned_store import publish
from araxes.triples.wikidata.sssom_tables import read_mappings
from tests.endpoint.endpoint_fixtures import FEW, Server, serving
from tests.requirements_helper import missing, require_tool
from tests.triples.wikidata_extract import extract

FOLDER = Path(__file__).resolve().parents[2] / "validation" / "federation"
LIVE = "https://query.wikidata.org/sparql"
OURS = "http://127.0.0.1:5000/sparql"
QUERIES = sorted(FOLDER.glob("*.rq"))
INBOUND = sorted((FOLDER / "inbound").glob("*.rq"))

# Rows that the answers must hold; * stands for any text.
EXPECTED = {
    "borders": ["Iran,Armenia,true", "Azerbaijan,Caspian Sea,false"],
    "diplomatic-relations": ["Iran,*hasDiplomaticRelationsWith,Azerbaijan,true"],
    "event-dates": ["Second Nagorno-Karabakh War,2020,*,2020-01-01T00:00:00Z,"],
    "events-map": ["*Samarkand*,2022-11-11,Samarkand,Point(66.9449987375 39.6700191437)"],
    "historical-states": ["Soviet Union,1922-01-01T00:00:00Z,1991-01-01T00:00:00Z,*"],
    "language-ties": ["Türkiye,Turkish,Azerbaijan,Azerbaijani"],
    "membership-dates": ["Türkiye,NATO,*,true,,"],
    "religion-of-persons": ["Ruhollah Khomeini,Islam,https://w3id.org/araxes/religion/islam,*"],
    "threat-capitals": ["Israel,Jerusalem,Iran,false", "Azerbaijan,Baku,Iran,*"],
    "visits-office-holders": [
        "*Netanyahu to Baku*,Benjamin Netanyahu,1997*,1996-01-01T00:00:00Z,https://github.com/*"
    ],
}


@pytest.fixture(scope="module")
def wikidata(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A SPARQL server that holds the Wikidata-shaped extract."""
    root = tmp_path_factory.mktemp("wikidata") / "store"
    publish(ox.Dataset(extract()), root, origin="load", label="extract")
    with serving(root, *FEW) as running:
        yield running


@pytest.fixture(scope="module")
def federated(project_store: Path, wikidata: Server) -> Iterator[Server]:
    """Our own server, allowed to ask the extract's."""
    try:
        with serving(
            project_store, "--federation", wikidata.endpoint, "--federation-private", "true"
        ) as running:
            yield running
    except pytest.fail.Exception as error:
        if "namespace" in str(error):
            missing("federation", "it needs unprivileged network namespaces")
        raise


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))[1:]


def matches(pattern: str, row: list[str]) -> bool:
    cells = next(csv.reader([pattern]))
    return len(cells) == len(row) and all(
        re.fullmatch(re.escape(cell).replace(r"\*", ".*"), text)
        for cell, text in zip(cells, row, strict=True)
    )


def test_there_are_ten_queries_and_each_has_an_expectation() -> None:
    assert len(QUERIES) == 10
    assert {path.stem for path in QUERIES} == EXPECTED.keys()


@pytest.mark.parametrize("path", [*QUERIES, *INBOUND], ids=lambda path: path.stem)
def test_queries_say_what_they_ask_in_both_languages(path: Path) -> None:
    assert re.match(r"# en: .+\n# fa: .+\n", path.read_text("utf-8"))


@pytest.mark.parametrize("path", [*QUERIES, *INBOUND], ids=lambda path: path.stem)
def test_queries_name_only_items_and_properties_with_evidence(path: Path) -> None:
    linked = {row["object_id"].removeprefix("wd:") for row in read_mappings().rows()}
    used = set(re.findall(r"\b(?:wd|wdt|p|ps|pq|pr):([QP]\d+)", path.read_text("utf-8")))
    # Statements about Wikidata's statements and its codes need no counterpart here.
    assert {name for name in used if name not in linked} <= {
        "P37",
        "P625",
        "P571",
        "P576",
        "P39",
    } | _properties()


def _properties() -> set[str]:
    """Properties that the extract is made of, each stated by a public file."""
    return {quad.predicate.value.rpartition("/")[2] for quad in extract()}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_worked_query(federated: Server, wikidata: Server, path: Path) -> None:
    query = path.read_text("utf-8")
    assert LIVE in query
    reply = federated.post(query.replace(LIVE, wikidata.endpoint), "text/csv")
    assert reply.status == 200, reply.text
    found = rows(reply.text)
    for expected in EXPECTED[path.stem]:
        assert any(matches(expected, row) for row in found), reply.text


def test_closed_by_default(project_server: Server) -> None:
    reply = project_server.post(QUERIES[0].read_text("utf-8"))
    assert (reply.status, reply.code) == (403, "federation")


def test_the_extract_has_the_shape_of_wikidata(wikidata: Server) -> None:
    query = """PREFIX p: <http://www.wikidata.org/prop/> PREFIX ps: <http://www.wikidata.org/prop/statement/>
    PREFIX pq: <http://www.wikidata.org/prop/qualifier/> PREFIX pr: <http://www.wikidata.org/prop/reference/>
    PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX wd: <http://www.wikidata.org/entity/>
    SELECT * { wd:Q175299 p:P39 ?s . ?s ps:P39 wd:Q184299 ; pq:P580 ?since ;
      prov:wasDerivedFrom/pr:P854 ?url }"""
    (row,) = wikidata.query(query).json()["results"]["bindings"]
    assert row["since"]["value"] == "1797-01-01T00:00:00Z"
    assert row["url"]["value"].startswith("https://github.com/")


INBOUND_EXPECTED = {
    "threats-of-neighbours": ("http://www.wikidata.org/entity/Q399", f"{BASE}state/armenia"),
    "claims-about-capitals": ("AZE", "Visit of Benjamin Netanyahu to Baku in 1997"),
}


def inbound(name: str, ours: Server, wikidata: Server) -> str:
    """A query for other engines, led to loopback."""
    query = (FOLDER / "inbound" / f"{name}.rq").read_text("utf-8")
    assert OURS in query
    assert LIVE in query
    return query.replace(OURS, ours.endpoint).replace(LIVE, wikidata.endpoint)


def test_every_query_for_other_engines_has_an_expectation() -> None:
    assert {path.stem for path in INBOUND} == INBOUND_EXPECTED.keys()


@pytest.mark.parametrize("name", INBOUND_EXPECTED)
def test_oxigraph_asks_us(project_server: Server, wikidata: Server, name: str) -> None:
    results = ox.Store().query(inbound(name, project_server, wikidata))
    assert isinstance(results, ox.QuerySolutions)
    found = (results.serialize(format=ox.QueryResultsFormat.CSV) or b"").decode("utf-8")
    assert list(INBOUND_EXPECTED[name]) in rows(found)


_COMUNICA = """
const { QueryEngine } = require('@comunica/query-sparql');
(async () => {
  const engine = new QueryEngine();
  const nothing = { type: 'serialized', value: '', mediaType: 'text/turtle', baseIRI: 'http://example.org/' };
  const stream = await engine.queryBindings(process.argv[1], { sources: [ nothing ] });
  for (const row of await stream.toArray())
    console.log(process.argv.slice(2).map(name => row.get(name).value).join('|'));
})().catch((error) => { console.error(error); process.exit(1); });
"""


@pytest.mark.parametrize(
    ("name", "variables"),
    [("threats-of-neighbours", ("neighbour", "perceiver")), ("claims-about-capitals", ("iso", "event"))],
)
def test_comunica_asks_us(
    project_server: Server, wikidata: Server, name: str, variables: tuple[str, ...]
) -> None:
    node = require_tool("node")
    modules = os.environ.get("ARAXES_NODE_MODULES", "")
    if not (Path(modules) / "@comunica" / "query-sparql").is_dir():
        missing("Comunica", "npm install @comunica/query-sparql@3; export ARAXES_NODE_MODULES=…/node_modules")
    done = subprocess.run(
        [node, "-e", _COMUNICA, inbound(name, project_server, wikidata), *variables],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "NODE_PATH": modules},
    )
    assert done.returncode == 0, done.stderr
    found = [line.split("|") for line in done.stdout.splitlines()]
    assert list(INBOUND_EXPECTED[name]) in found
    own = ox.Store().query(inbound(name, project_server, wikidata))
    assert isinstance(own, ox.QuerySolutions)
    csv_text = (own.serialize(format=ox.QueryResultsFormat.CSV) or b"").decode("utf-8")
    assert sorted(found) == sorted(rows(csv_text)), "both engines answer alike"
