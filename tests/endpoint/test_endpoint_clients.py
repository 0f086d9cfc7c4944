"""Real clients against a real server: curl, SPARQLWrapper, rdflib, pandas, Comunica, R."""

from __future__ import annotations

import io
import json
import os
import subprocess
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from tests.endpoint.endpoint_fixtures import NAMESPACE, Server
from tests.requirements_helper import missing, require_tool

_LABELS = "SELECT ?s ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l } ORDER BY ?s ?l"
_STATES = f"SELECT ?s {{ ?s a <{NAMESPACE}ontology/State> }} ORDER BY ?s"
_CLAIM = f"SELECT ?c ?s ?o {{ GRAPH ?c {{ ?s <{NAMESPACE}ontology/recognizes> ?o }} }}"


def test_curl(server: Server) -> None:
    curl = require_tool("curl")
    by_post = [curl, "-sS", "-H", "Accept: text/csv", "--data-urlencode", f"query={_STATES}", server.endpoint]
    by_get = [*by_post[:1], "-sSG", *by_post[2:]]
    for command in (by_post, by_get):
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
        assert done.stdout.splitlines() == ["s", f"{NAMESPACE}state/azerbaijan", f"{NAMESPACE}state/iran"]
    done = subprocess.run(
        [curl, "-sS", "-o", os.devnull, "-w", "%{http_code} %{content_type}", f"{server.base}/state/iran"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "200 text/turtle; charset=utf-8"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_select(server: Server, method: str, name: str) -> None:
    import SPARQLWrapper

    client = SPARQLWrapper.SPARQLWrapper(server.endpoint)
    client.setMethod(method)
    client.setReturnFormat(name)
    client.setQuery(_LABELS)
    found: Any = client.query().convert()
    if name == "json":
        assert "ایران" in [row["l"]["value"] for row in found["results"]["bindings"]]
    elif name == "xml":
        assert "ایران" in found.toxml()
    else:
        assert "ایران" in found.decode("utf-8")


@pytest.mark.parametrize("request_method", ["urlencoded", "postdirectly"])
def test_sparqlwrapper_other_forms(server: Server, request_method: str) -> None:
    import SPARQLWrapper

    client = SPARQLWrapper.SPARQLWrapper(server.endpoint)
    client.setMethod("POST")
    client.setRequestMethod(request_method)
    client.setQuery("ASK { ?s ?p ?o }")
    client.setReturnFormat("json")
    answer: Any = client.query().convert()
    assert answer["boolean"] is True
    client.setQuery(f"CONSTRUCT {{ ?s a <a:c> }} WHERE {{ ?s a <{NAMESPACE}ontology/State> }}")
    for name in ("turtle", "xml", "json-ld", "n3"):
        client.setReturnFormat(name)
        found: Any = client.query().convert()
        assert (len(found) == 2) if not isinstance(found, bytes) else b"state/iran" in found
    client.setQuery("ASK {")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="syntax"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("return_format", ["xml", "json", "csv", "tsv"])
def test_rdflib_sparqlstore(server: Server, method: str, return_format: str) -> None:
    store = SPARQLStore(server.endpoint, method=method, returnFormat=return_format)
    dataset = Dataset(store)
    states = [str(row[0]) for row in dataset.query(_STATES)]  # type: ignore[index]
    assert states == [f"{NAMESPACE}state/azerbaijan", f"{NAMESPACE}state/iran"]
    assert [str(row[0]) for row in Graph(store).query(_STATES)] == states  # type: ignore[index]
    claim = Graph(store, identifier=URIRef(f"{NAMESPACE}claim/s/1"))
    assert len(list(claim.query("SELECT * { ?s ?p ?o }"))) == 1


def test_rdflib_reads_every_document(server: Server) -> None:
    for media_type, name in (
        ("text/turtle", "turtle"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/n-triples", "nt"),
        ("application/trig", "trig"),
        ("application/n-quads", "nquads"),
    ):
        found = Dataset().parse(data=server.get("/claim/s/1", media_type).text, format=name)
        assert len(found) >= 4 or name in ("trig", "nquads", "json-ld")


def test_pandas(server: Server) -> None:
    frame = pd.read_csv(f"{server.endpoint}?{urlencode({'query': _LABELS, 'format': 'csv'})}")
    assert list(frame.columns) == ["s", "l"]
    assert "ایران" in set(frame["l"])
    tsv = pd.read_csv(io.StringIO(server.query(_STATES, "text/tab-separated-values").text), sep="\t")
    assert list(tsv.columns) == ["?s"]


def test_standard_library(server: Server) -> None:
    request = urllib.request.Request(server.endpoint, urlencode({"query": _CLAIM}).encode())
    with urllib.request.urlopen(request) as reply:
        row = json.load(reply)["results"]["bindings"][0]
    assert row["c"]["value"] == f"{NAMESPACE}claim/s/1"


_COMUNICA = """
const { QueryEngine } = require('@comunica/query-sparql');
(async () => {
  const engine = new QueryEngine();
  const stream = await engine.queryBindings(process.argv[1], { sources: [
    { type: 'sparql', value: process.argv[2] } ] });
  for (const row of await stream.toArray()) console.log(row.get('s').value);
  const guessed = await engine.queryBoolean('ASK { ?s ?p ?o }', { sources: [process.argv[2]] });
  console.log(guessed);
})().catch((error) => { console.error(error); process.exit(1); });
"""


def test_comunica(server: Server) -> None:
    node = require_tool("node")
    modules = os.environ.get("ARAXES_NODE_MODULES", "")
    if not (Path(modules) / "@comunica" / "query-sparql").is_dir():
        missing("Comunica", "npm install @comunica/query-sparql@3; export ARAXES_NODE_MODULES=…/node_modules")
    done = subprocess.run(
        [node, "-e", _COMUNICA, _STATES, server.endpoint],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "NODE_PATH": modules},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [f"{NAMESPACE}state/azerbaijan", f"{NAMESPACE}state/iran", "true"]


_R = """
arguments <- commandArgs(trailingOnly = TRUE)
url <- paste0(arguments[1], "?format=csv&query=", URLencode(arguments[2], reserved = TRUE))
frame <- read.csv(url, encoding = "UTF-8")
stopifnot(identical(names(frame), c("s", "l")))
cat(nrow(frame))
"""


def test_r(server: Server) -> None:
    rscript = require_tool("Rscript", "apt-get install r-base-core")
    done = subprocess.run(
        [rscript, "-e", _R, server.endpoint, _LABELS], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "6"
