"""What is published: the one function that makes it, of a corpus that passed all checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, RDF
from araxes.triples.dataset import derived_dataset, terms_at_home
from araxes.triples.derived.claim_graphs import ClaimGraph
from araxes.triples.derived.sort_keys import sort_key_quads
from araxes.validation.disagreement.clashes import Case
from araxes.validation.disagreement.comparison_quads import add_comparisons
from araxes.validation.disagreement.disputed_statements import disputed_quads
from araxes.validation.disagreement.points_at_issue import KINDS


@dataclass(frozen=True)
class Published:
    """A dataset as it is published, and what was read from it on the way.

    Attributes:
        dataset: ontology, descriptions, claim graphs, and all that is derived from them.
        claims: the claims by IRI.
        cases: disagreements and corroborations, in order of IRI.
    """

    dataset: ox.Dataset
    claims: dict[str, ClaimGraph]
    cases: list[Case]

    @property
    def points_at_issue(self) -> dict[str, int]:
        """How many disputes, contrasts and inconsistencies the disagreements fold into."""
        typed = list(self.dataset.quads_for_predicate(ox.NamedNode(RDF + "type")))
        return {kind: sum(quad.object == ox.NamedNode(AX + kind) for quad in typed) for kind in KINDS}


def published_dataset(described: Iterable[ox.Quad]) -> Published:
    """The dataset with all that follows from it: what is uncontested, inferred, or found by comparing claims.

    Equal descriptions give equal datasets.

    Args:
        described: what sound records and mappings say, as a checked corpus gives it
            (:meth:`araxes.validation.gate.check_corpus.CheckedCorpus.described`).

    Raises:
        CorpusError: the corpus they come from has violations.
    """
    dataset, claims = derived_dataset(described)
    cases = add_comparisons(dataset, claims)
    for quad in disputed_quads(dataset, claims):
        dataset.discard(quad)
    for quad in list(sort_key_quads(dataset)):
        dataset.add(quad)
    return Published(terms_at_home(dataset), claims, cases)
