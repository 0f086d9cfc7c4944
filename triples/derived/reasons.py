"""Relations that no claim states and that follow from one, each with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from araxes.triples.derived.chains import Chain, ontology_conclusions, ways
from araxes.triples.derived.claim_graphs import read_claim_graphs
from araxes.triples.derived.inference import SUFFIX, record_premises


@dataclass(frozen=True)
class Reason:
    """Why a relation follows.

    Attributes:
        relation: the relation.
        claim: IRI of the claim from which it follows.
        chain: the chain of properties by which it follows.
        premises: the statements along the chain: of the claim, or of the record of a thing that it names.
    """

    relation: ox.Triple
    claim: str
    chain: Chain
    premises: tuple[ox.Triple, ...]


def unstated_relations(quads: Iterable[ox.Quad]) -> Iterator[Reason]:
    """Each relation that follows by a chain and that no claim states, with one reason, in order of property.

    Args:
        quads: a complete dataset.
    """
    known = list(quads)
    records = record_premises(known)
    inferred: dict[str, set[ox.Triple]] = defaultdict(set)
    stated: set[ox.Triple] = set()
    for quad in known:
        if isinstance(quad.graph_name, ox.NamedNode):
            if quad.graph_name.value.endswith(SUFFIX):
                inferred[quad.graph_name.value.removesuffix(SUFFIX)].add(quad.triple)
            else:
                stated.add(quad.triple)
    found: dict[ox.Triple, Reason] = {}
    for iri, claim in read_claim_graphs(known).items():
        own = {quad.triple for quad in claim.quads} | inferred[iri]
        named = {node for triple in own for node in (triple.subject, triple.object)}
        said = [
            each for node in named if isinstance(node, ox.NamedNode) for each in records.get(node.value, ())
        ]
        for chain in ontology_conclusions().chains:
            for relation, premises in ways(chain, own.union(said)).items():
                if relation in inferred[iri] and relation not in stated:
                    found.setdefault(relation, Reason(relation, iri, chain, premises))
    yield from sorted(found.values(), key=lambda reason: (reason.chain.target, str(reason.relation)))
