"""From checked YAML to one RDF dataset: claim graphs, descriptions, ontology, uncontested statements."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from araxes.ontology.loading import module_files
from araxes.ontology.namespaces import BASE
from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.authoring.check_references import check_corpus
from araxes.triples.authoring.corpus import ENTITIES, SOURCES, Corpus, read_corpus
from araxes.triples.authoring.jsonld_context import context
from araxes.triples.authoring.jsonld_nodes import (
    Node,
    claim_node,
    curation_node,
    curations_by_source,
    entity_node,
    natural_key,
    source_node,
)
from araxes.triples.authoring.problems import corpus_error
from araxes.triples.derived.contested import uncontested_quads
from araxes.triples.derived.digests import digest_quads
from araxes.triples.derived.inference import inference_quads
from araxes.triples.stores.versions import canonical_lines
from araxes.triples.wikidata.sssom_checks import check_mappings
from araxes.triples.wikidata.sssom_tables import mapping_quads, read_mappings

CLAIM = BASE + "claim/"
"""Every claim's IRI, and so every claim graph's name, begins with this."""


def build_dataset(entities: Path = ENTITIES, sources: Path = SOURCES) -> tuple[ox.Dataset, Corpus]:
    """The whole dataset from the YAML files and the mapping tables in the folder beside the entities.

    Only the files are checked; `araxes.validation.gate.check_corpus` also asks the shapes.

    Returns:
        The dataset and the corpus it was made from.

    Raises:
        CorpusError: naming every problem of every file.
    """
    corpus = read_corpus(entities, sources)
    mappings = read_mappings(entities.parent / "mappings")
    problems = [*check_corpus(corpus), *check_mappings(mappings, corpus)]
    if problems:
        raise corpus_error(problems)
    return complete_dataset([*described_quads(corpus), *mapping_quads(mappings)]), corpus


def described_quads(corpus: Corpus) -> list[ox.Quad]:
    """What the records of a corpus say, in a fixed order: descriptions and claim graphs.

    Args:
        corpus: records that passed the checks, of the whole project or of a part of it.
    """
    words = vocabulary()
    return list(to_quads(corpus_nodes(corpus, words), words))


def complete_dataset(described: Iterable[ox.Quad]) -> ox.Dataset:
    """What all records and mappings say, with the ontology, all that follows from the claims, and digests."""
    dataset = ox.Dataset(ontology_quads())
    for quad in described:
        dataset.add(quad)
    for quad in [*uncontested_quads(dataset, vocabulary()), *inference_quads(dataset)]:
        dataset.add(quad)
    for quad in list(digest_quads(dataset)):
        dataset.add(quad)
    return dataset


def corpus_nodes(corpus: Corpus, words: Vocabulary) -> list[Node]:
    """JSON-LD nodes of everything in a corpus, in a fixed order."""
    readings = curations_by_source(corpus)
    nodes = [entity_node(record, words) for record in corpus.entities]
    nodes += [source_node(record, words) for record in corpus.sources]
    nodes += [curation_node(record, words) for record in corpus.curations]
    nodes += [claim_node(record, readings, words) for record in corpus.claims]
    return sorted(nodes, key=lambda node: natural_key(node["id"]))


def to_quads(nodes: Iterable[Node], words: Vocabulary) -> Iterator[ox.Quad]:
    """Expand JSON-LD nodes with the project's context."""
    document: dict[str, Any] = {**context(words), "@graph": list(nodes)}
    yield from ox.parse(json.dumps(document, ensure_ascii=False), ox.RdfFormat.JSON_LD)


def ontology_quads() -> Iterator[ox.Quad]:
    """The ontology modules as quads of the default graph, their blank nodes kept apart."""
    for path in module_files():
        yield from ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)


def canonical_nquads(dataset: ox.Dataset) -> bytes:
    """The dataset as sorted canonical N-Quads (RDFC-1.0): equal datasets give equal bytes."""
    copy = ox.Dataset(dataset)
    copy.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return b"".join(canonical_lines(copy))
