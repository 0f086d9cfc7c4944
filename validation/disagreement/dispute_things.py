"""Of which things a dispute is: whoever looks for disputes about a thing finds it by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from araxes.ontology.namespaces import BASE
from araxes.triples.derived.claim_graphs import ClaimGraph
from araxes.validation.disagreement.disputes import Dispute
from araxes.validation.disagreement.folds import Folds, bare


def things_of(dispute: Dispute, claims: Mapping[str, ClaimGraph], folds: Folds) -> list[str]:
    """IRIs of the things that a dispute is about, sorted.

    These are what its question names, what the statements say that stand against each other, and what claims
    of two positions or more speak of: so a thing that one side brings up alone is not among them. With an
    organ or spokesman comes its state, with a relationship its parties.

    Args:
        dispute: whose things they are.
        claims: the claims of the dataset by IRI.
        folds: which things belong together.
    """
    named = set(dispute.matter.about)
    spoken: Counter[str] = Counter()
    for position in dispute.positions.values():
        named |= {bare(part) for statement in position.statements for part in statement.triple}
        spoken.update(_told(position.claims, claims, folds))
    shared = {thing for thing, positions in spoken.items() if positions > 1}
    return sorted(_with_those_behind(named, folds) | shared)


def _told(iris: Iterable[str], claims: Mapping[str, ClaimGraph], folds: Folds) -> set[str]:
    """What some claims speak of."""
    ends = {
        bare(str(end)) for iri in iris for quad in claims[iri].quads for end in (quad.subject, quad.object)
    }
    return _with_those_behind(ends, folds)


def _with_those_behind(named: Iterable[str], folds: Folds) -> set[str]:
    """The things among some terms, with the states and parties behind them; no nodes of claims, no values."""
    things = {
        each for each in named if each.startswith(BASE) and "#" not in each and "/ontology/" not in each
    }
    behind = {folds.actor(each) for each in things}
    parties = {party for each in things if "/relationship/" in each for party in folds.parties(each)}
    return things | behind | parties
