"""What is published: the one function that makes it, of a corpus that passed all checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from araxes.ontology.errors import InputError
from araxes.ontology.modules_at_work import use_modules
from araxes.ontology.namespaces import AX, RDF, VOID
from araxes.ontology.oxigraph_terms import CLAIM, RDF_TYPE
from araxes.triples.dataset import (
    derived_dataset,
    modules_of_dataset,
    ontology_quads,
    terms_at_home,
    terms_at_work,
)
from araxes.triples.derived.claim_graphs import ClaimGraph
from araxes.triples.derived.digests import record_of, records
from araxes.triples.derived.sort_keys import sort_key_quads
from araxes.triples.derived.spaces import own_spaces
from araxes.triples.runners.runner import IN_PROCESS, Runner
from araxes.validation.disagreement.clashes import Case
from araxes.validation.disagreement.comparison_quads import add_comparisons
from araxes.validation.disagreement.disputed_statements import disputed_quads
from araxes.validation.disagreement.points_at_issue import KINDS
from araxes.validation.gate.unpublished import written_quads


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
        typed = list(self.dataset.quads_for_predicate(RDF_TYPE))
        return {kind: sum(quad.object == ox.NamedNode(AX + kind) for quad in typed) for kind in KINDS}


def published_dataset(described: Iterable[ox.Quad], runner: Runner = IN_PROCESS) -> Published:
    """The dataset with all that follows from it: what is uncontested, inferred, or found by comparing claims.

    Equal descriptions give equal datasets.

    Args:
        described: what sound records and mappings say, as a checked corpus gives it
            (:meth:`araxes.validation.gate.check_corpus.CheckedCorpus.described`).
        runner: where matters are decided; it decides nothing about what comes out.

    Raises:
        CorpusError: the corpus they come from has violations.
    """
    dataset, claims = derived_dataset(described, runner)
    cases = add_comparisons(dataset, claims, runner)
    for quad in disputed_quads(dataset, claims):
        dataset.discard(quad)
    for quad in list(sort_key_quads(dataset)):
        dataset.add(quad)
    return Published(terms_at_home(dataset), claims, cases)


def with_these_claims(described: ox.Dataset, taken: Iterable[ox.Quad]) -> ox.Dataset:
    """A published dataset of just some claims, over the records of another one.

    Args:
        described: a published dataset, whose modules of the ontology are put to use.
        taken: what a published dataset says of the claims, as nanopublications keep it.

    Raises:
        InputError: a claim is on a source that the dataset does not describe.
    """
    use_modules(modules_of_dataset(described))
    known, claims = list(terms_at_work(described)), list(terms_at_work(ox.Dataset(taken)))
    if not any(
        quad.subject.value == AX + "Claim" for quad in known if isinstance(quad.subject, ox.NamedNode)
    ):
        known += ontology_quads()
    sources = {_end(quad.object) for quad in claims if quad.predicate.value == AX + "source"}
    missing = sorted(sources - {_end(quad.subject) for quad in known if quad.predicate.value == RDF + "type"})
    if missing:
        what = f"what the claims are of is not described there: {', '.join(missing[:5])}"
        raise InputError(what, "name the dataset that they were published in (dcterms:isPartOf tells which)")
    left_out = {*_claims(known), *_claims(claims)}
    spaces = own_spaces(known)
    written = [quad for quad in written_quads(known) if record_of(quad, spaces) not in left_out]
    every = records([*claims, *(quad for quad in known if quad.predicate.value == VOID + "uriSpace")])
    for name in _claims(claims):
        written += every.get(name, [])
    return published_dataset(written).dataset


def _claims(quads: Iterable[ox.Quad]) -> set[str]:
    return {_end(q.subject) for q in quads if q.object == CLAIM and q.predicate == RDF_TYPE}


def _end(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
