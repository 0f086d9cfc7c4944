"""The dataset of a corpus whose files are in order, whatever shapes and rules may say of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import read_layers
from araxes.triples.authoring.corpus_layers import layers_of_folders
from araxes.triples.authoring.corpus_quads import corpus_quads
from araxes.triples.dataset import described_quads
from araxes.triples.wikidata.mapping_quads import mapping_quads
from araxes.triples.wikidata.sssom_checks import check_mappings
from araxes.triples.wikidata.sssom_tables import read_mappings_of
from araxes.validation.published import published_dataset


def described(entities: Path, sources: Path) -> Iterator[ox.Quad]:
    """What the files say.

    Raises:
        CorpusError: something is wrong with them.
    """
    layers = layers_of_folders(entities, sources)
    corpus = read_layers(layers)
    yield from corpus_quads(layers, corpus)
    yield from described_quads(check_records(corpus).whole())
    yield from mapping_quads(check_mappings(read_mappings_of(layers), corpus).whole())


def dataset_of(entities: Path, sources: Path) -> ox.Dataset:
    """The dataset as it would be published.

    Raises:
        CorpusError: something is wrong with the files.
    """
    return published_dataset(described(entities, sources)).dataset
