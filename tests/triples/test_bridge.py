"""The published store in rdflib's hands."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef

from araxes.ontology.errors import NoStoreError
from araxes.ontology.namespaces import AX, BASE
from araxes.triples.stores.rdflib_dataset import open_dataset
from araxes.triples.stores.versioned_store import publish
from tests.dataset_helper import dataset_of
from tests.triples.corpus_fixtures import TinyCorpus


def test_rdflib_reads_and_queries_the_published_store(tiny: TinyCorpus, tmp_path: Path) -> None:
    quads = dataset_of(tiny.entity_folder, tiny.source_folder)
    publish(ox.Dataset(quads), tmp_path / "store", origin="build")
    dataset = open_dataset(tmp_path / "store")
    alpha = URIRef(BASE + "state/alpha")
    assert Literal("آلفا", lang="fa") in set(dataset.default_graph.objects(alpha, RDFS.label))
    assert (alpha, RDF.type, URIRef(AX + "State")) in dataset.default_graph
    rows = list(dataset.query("SELECT ?claim { GRAPH ?claim { state:alpha ax:recognizes state:beta } }"))
    assert [str(row[0]) for row in rows if isinstance(row, tuple)] == [BASE + "claim/test/001"]


def test_it_is_read_only(tiny: TinyCorpus, tmp_path: Path) -> None:
    quads = dataset_of(tiny.entity_folder, tiny.source_folder)
    publish(quads, tmp_path / "store", origin="build")
    graph: Graph = open_dataset(tmp_path / "store").default_graph
    with pytest.raises(Exception, match="only possible on read-write"):
        graph.add((URIRef("http://e/a"), RDFS.label, Literal("x")))


def test_without_a_store(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError):
        open_dataset(tmp_path / "none")
