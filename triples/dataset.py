"""From checked YAML to one RDF dataset: claim graphs, descriptions, ontology, uncontested statements."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox
from rdflib import Graph

from araxes.ontology.module_files import module_files
from araxes.ontology.modules_at_work import OwnModule, homes_of_terms, modules_in_use
from araxes.ontology.namespaces import BASE, ONTOLOGY, OWL
from araxes.ontology.own_modules import modules_of_graph
from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.authoring.jsonld_context import context
from araxes.triples.authoring.jsonld_nodes import (
    Node,
    claim_node,
    curation_node,
    entity_node,
    natural_key,
    parts_by_source,
    refinement_nodes,
    source_node,
)
from araxes.triples.authoring.sound_corpus import SoundCorpus
from araxes.triples.derived.claim_graphs import ClaimGraph, read_claim_graphs
from araxes.triples.derived.contested import uncontested_quads
from araxes.triples.derived.digests import digest_quads
from araxes.triples.derived.inference import inference_quads
from araxes.triples.derived.tensions import read_alternatives
from araxes.triples.runners.runner import IN_PROCESS, Runner
from araxes.triples.stores.canonical_form import canonical_lines, canonicalize

CLAIM = BASE + "claim/"
"""Every claim's IRI, and so every claim graph's name, begins with this."""


def described_quads(corpus: SoundCorpus) -> list[ox.Quad]:
    """What the records of a corpus or a part of it say: descriptions and claim graphs, in a fixed order."""
    words = vocabulary()
    return list(to_quads(corpus_nodes(corpus, words), words))


def derived_dataset(
    described: Iterable[ox.Quad], runner: Runner = IN_PROCESS
) -> tuple[ox.Dataset, dict[str, ClaimGraph]]:
    """What records and mappings say, with the ontology, what follows from each claim, and content digests.

    What comes of comparing claims is not in it: see :func:`araxes.validation.published.published_dataset`.

    Args:
        described: what records and mappings say.
        runner: where it is decided what is uncontested.

    Returns:
        The dataset, and its claims by IRI.
    """
    dataset = ox.Dataset(ontology_quads())
    written = list(described)
    for quad in written:
        dataset.add(quad)
    claims = read_claim_graphs(dataset)
    bare = list(uncontested_quads(claims, read_alternatives(dataset), runner))
    for quad in [*bare, *inference_quads(claims, dataset)]:
        dataset.add(quad)
    for quad in digest_quads(written):
        dataset.add(quad)
    return dataset, claims


def corpus_nodes(corpus: SoundCorpus, words: Vocabulary) -> list[Node]:
    """JSON-LD nodes of everything in a corpus, in a fixed order."""
    parts = parts_by_source(corpus)
    nodes = [entity_node(record, words) for record in corpus.entities]
    nodes += [node for record in corpus.refinements for node in refinement_nodes(record, words)]
    nodes += [source_node(record, words) for record in corpus.sources]
    nodes += [curation_node(record, words) for record in corpus.curations]
    nodes += [claim_node(record, parts[record.source], words) for record in corpus.claims]
    return sorted(nodes, key=lambda node: natural_key(node["id"]))


def to_quads(nodes: Iterable[Node], words: Vocabulary) -> Iterator[ox.Quad]:
    """Expand JSON-LD nodes with the project's context."""
    document: dict[str, Any] = {**context(words), "@graph": list(nodes)}
    yield from ox.parse(json.dumps(document, ensure_ascii=False), ox.RdfFormat.JSON_LD)


def ontology_quads() -> Iterator[ox.Quad]:
    """The ontology modules as quads of the default graph, their blank nodes kept apart."""
    for path in module_files():
        yield from ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    for module in modules_in_use():
        yield from ox.parse(module.working, format=ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True)


def terms_at_home(dataset: ox.Dataset) -> ox.Dataset:
    """A dataset with the terms of corpora's modules under their own IRIs, as it is published."""
    return _renamed(dataset, homes_of_terms())


def terms_at_work(dataset: ox.Dataset) -> ox.Dataset:
    """A published dataset with the terms of the modules in use under ours, as it was made."""
    return _renamed(dataset, {own: working for working, own in homes_of_terms().items()})


def _renamed(dataset: ox.Dataset, names: dict[str, str]) -> ox.Dataset:
    if not names:
        return dataset
    nodes = {ox.NamedNode(old): ox.NamedNode(new) for old, new in names.items()}
    return ox.Dataset(
        ox.Quad(
            nodes.get(quad.subject, quad.subject),
            nodes.get(quad.predicate, quad.predicate),
            nodes.get(quad.object, quad.object),
            quad.graph_name,
        )
        for quad in dataset
    )


def modules_of_dataset(dataset: ox.Dataset) -> list[OwnModule]:
    """The modules of corpora that a published dataset holds."""
    imports = dataset.quads_for_predicate(ox.NamedNode(OWL + "imports"))
    spaces = {f"{quad.subject.value}/" for quad in imports if isinstance(quad.subject, ox.NamedNode)}
    if all(space.startswith(f"{ONTOLOGY}/") for space in spaces):
        return []
    triples = [quad.triple for quad in dataset if isinstance(quad.graph_name, ox.DefaultGraph)]
    graph = Graph()
    graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    return modules_of_graph(graph)


def canonical_nquads(dataset: ox.Dataset) -> bytes:
    """The dataset as sorted canonical N-Quads (RDFC-1.0): equal datasets give equal bytes."""
    copy = ox.Dataset(dataset)
    canonicalize(copy)
    return b"".join(canonical_lines(copy))
