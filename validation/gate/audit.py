"""The audit of a published dataset: what is derived must be entailed, what is written must be as published.

Shapes and rules look at the form. This recomputes what a build derives from the claims (the uncontested
statements, what is inferred, what comparing yields) and each record's content digest, and reports each
difference. All findings are violations: nobody may publish under a holder's name what the holder's
claims do not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, RDF
from araxes.ontology.oxigraph_terms import CLAIM, DEFAULT_GRAPH, RDF_TYPE
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.findings import Finding, shape_finding
from araxes.triples.derived.claim_graphs import ClaimGraph, read_claim_graphs
from araxes.triples.derived.contested import uncontested_quads
from araxes.triples.derived.digests import (
    COMPARISONS,
    CONTENT_DIGEST,
    additions,
    as_written,
    doubtful,
    records,
)
from araxes.triples.derived.inference import SUFFIX, inference_quads
from araxes.triples.derived.sort_keys import SORT_KEY
from araxes.triples.derived.tensions import read_alternatives
from araxes.validation.disagreement.comparison_quads import add_comparisons
from araxes.validation.disagreement.disputed_statements import disputed_quads

_NAMES = (
    *("author", "officeOf", "belongsTo", "nationalOf", "organOf", "hasMember", "memberOf", "subgroupOf"),
    *("locatedIn", "territorialPartOf", "componentOf", "subEventOf", "party", "situationOf", "field"),
    *("tieKind", "perceiver", "perceived"),
    *("followsReligion", "originatesIn", "directedAt", "appliesTo", "interviewee"),
    *("excludes", "respondsTo", "speaksFor"),
)
IDENTIFYING = frozenset(vocabulary().properties[name].iri for name in _NAMES)
"""Relations by which a record identifies a thing; they may be bare whatever claims say of them."""

_CLAIM = BASE + "claim/"
_IS_CLAIM = (RDF_TYPE, CLAIM)


@dataclass(frozen=True)
class Deviation:
    """One way in which derived data can be wrong."""

    name: str
    message: str
    remedy: str


NOT_AFFIRMED = Deviation(
    "bare-not-affirmed",
    "a statement is bare though no claim affirms it uncontested",
    "restore the claim that states it, or drop the bare statement",
)
NOT_BARE = Deviation(
    "affirmed-not-bare",
    "a claim affirms a statement uncontested and it is not bare",
    "build the dataset again, or drop the statement from the claim",
)
NOT_ENTAILED = Deviation(
    "inferred-not-entailed",
    "a statement is said to be inferred and does not follow from the claim",
    "restore the claim's statement, or drop the inferred one",
)
NOT_INFERRED = Deviation(
    "entailed-not-inferred",
    "a statement follows from the claim and is not among what is inferred",
    "build the dataset again, or drop what the claim adds",
)
NOT_COMPARED = Deviation(
    "comparison-not-found",
    "the claims, compared again, do not yield this part of a comparison",
    "restore the claims, or build the dataset again",
)
NOT_FOUND = Deviation(
    "comparison-missing",
    "the claims, compared again, yield a part of a comparison that is not there",
    "restore the claims, or build the dataset again",
)
CHANGED = Deviation(
    "digest-differs",
    "what is written here is not what was published: its content digest differs",
    "load the file as it was published, or correct the source and build again",
)
NO_DIGEST = Deviation(
    "digest-missing",
    "it has no content digest, so nobody can see whether it was changed",
    "load a dataset made by `araxes build`",
)
NO_RECORD = Deviation(
    "digest-of-nothing",
    "it has a content digest, and what was published under it is gone",
    "load the file as it was published",
)


def holds_claims(quads: Iterable[ox.Quad]) -> bool:
    """Whether a dataset holds claims of this project, or a part of one."""
    return any(
        (quad.predicate, quad.object) == _IS_CLAIM
        or (isinstance(node, ox.NamedNode) and node.value.startswith(_CLAIM))
        for quad in quads
        for node in (quad.graph_name, quad.subject)
    )


def audit(quads: Iterable[ox.Quad]) -> list[Finding]:
    """Every difference between a dataset and what its claims entail, or what was published; sorted.

    Raises:
        ValueError: a date or number of a claim is none.
    """
    data = Audited(list(quads))
    return sorted({*derived_findings(data), *digest_findings(data)})


class Audited:
    """A published dataset with its claims, read once, and what of it should be bare."""

    def __init__(self, quads: list[ox.Quad]) -> None:
        """Read the claims; keys for sorting follow from labels and are made anew by whoever needs them."""
        self.quads = quads = [quad for quad in quads if quad.predicate != SORT_KEY]
        self.claims: dict[str, ClaimGraph] = read_claim_graphs(quads)
        self.bare = set(uncontested_quads(self.claims, read_alternatives(quads)))
        self.additions = additions(quads)

    @cached_property
    def written(self) -> dict[str, list[ox.Quad]]:
        """What can only have been written about each record, by its IRI."""
        return records(self.quads, self.bare | self.additions)

    @cached_property
    def doubtful(self) -> dict[str, list[ox.Quad]]:
        """What may have been written too: what claims affirm, or corpora add, that a record often says."""
        found = doubtful(self.quads, self.bare | self.additions)
        return {iri: sorted(filter(self._is_likely, quads), key=str) for iri, quads in found.items()}

    def _is_likely(self, quad: ox.Quad) -> bool:
        return quad in self.additions or not _is_of_claims(quad)

    def as_written(self, iri: str, digest: str) -> list[ox.Quad] | None:
        """What was written about a record, if its digest fits to something that stands there."""
        return as_written(self.written.get(iri, []), self.doubtful.get(iri, []), digest)


def derived_findings(data: Audited) -> Iterator[Finding]:
    """Where derived data is not what follows from the claims.

    A bare statement that identifies a shared thing can also be its record's own. That it is not is seen
    by the digest of the record alone; see :func:`digest_findings`.
    """
    inferred = {quad for quad in data.quads if _is_inference(quad)}
    entailed = set(inference_quads(data.claims, data.quads))
    yield from _difference(inferred, entailed, NOT_ENTAILED, NOT_INFERRED)
    present = {quad for quad in data.quads if _is_comparison(quad)}
    compared = ox.Dataset(quad for quad in data.quads if quad not in present)
    add_comparisons(compared, data.claims)
    yield from _bare_findings(data, data.bare - disputed_quads(compared, data.claims))
    found = {quad for quad in compared if _is_comparison(quad)}
    yield from _difference(present, found, NOT_COMPARED, NOT_FOUND)


def _bare_findings(data: Audited, expected: set[ox.Quad]) -> Iterator[Finding]:
    bare = {quad for quad in data.quads if quad.graph_name == DEFAULT_GRAPH}
    stating: dict[ox.Triple, ox.NamedNode] = {}
    own: set[object] = set()
    for quad in data.quads:
        if isinstance(quad.graph_name, ox.NamedNode) and not _is_inference(quad):
            stating.setdefault(quad.triple, quad.graph_name)
            if _is_local(quad.subject, quad.graph_name):
                own.add(quad.subject)
    for quad in expected - bare:
        yield _finding(NOT_BARE, quad, stating.get(quad.triple))
    for quad in bare - expected:
        if quad.subject in own or (quad.triple in stating and _is_of_claims(quad)):
            yield _finding(NOT_AFFIRMED, quad, stating.get(quad.triple))


def _is_of_claims(quad: ox.Quad) -> bool:
    """Whether a statement is a relation that only claims make."""
    relates = isinstance(quad.object, ox.NamedNode) and quad.predicate.value.startswith(AX)
    return relates and quad.predicate.value not in IDENTIFYING


def _difference(
    present: set[ox.Quad], expected: set[ox.Quad], surplus: Deviation, missing: Deviation
) -> Iterator[Finding]:
    for kind, quads in ((surplus, present - expected), (missing, expected - present)):
        for quad in quads:
            graph = quad.graph_name if isinstance(quad.graph_name, ox.NamedNode) else None
            yield _finding(kind, quad, graph)


def _is_inference(quad: ox.Quad) -> bool:
    owner = quad.subject if quad.graph_name == DEFAULT_GRAPH else quad.graph_name
    return isinstance(owner, ox.NamedNode) and owner.value.endswith(SUFFIX)


def _is_comparison(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(COMPARISONS)


def _is_local(node: object, claim: ox.NamedNode) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith(f"{claim.value}#")


def digest_findings(data: Audited) -> Iterator[Finding]:
    """Records whose content is not that of their digest, and digests and records without the other."""
    stored, written = digests_of(data.quads), data.written
    for iri in sorted(stored.keys() | written.keys()):
        if iri not in stored:
            yield _plain(NO_DIGEST, iri)
        elif iri not in written:
            yield _plain(NO_RECORD, iri)
        elif data.as_written(iri, stored[iri]) is None:
            yield _intruder(data, iri, stored[iri]) or _plain(CHANGED, iri)


def digests_of(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """The digests that a dataset records, by the IRI of the record."""
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate == CONTENT_DIGEST
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
    }


def _intruder(data: Audited, iri: str, digest: str) -> Finding | None:
    """The one bare statement without which a record is as published, if there is one."""
    certain, perhaps = data.written[iri], data.doubtful.get(iri, [])
    for quad in certain:
        if quad.graph_name == DEFAULT_GRAPH and quad.predicate.value.startswith((AX, RDF)):
            rest = [other for other in certain if other != quad]
            if as_written(rest, perhaps, digest) is not None:
                return _finding(NOT_AFFIRMED, quad, None)
    return None


def _plain(kind: Deviation, iri: str) -> Finding:
    return shape_finding(kind.name, iri, "", "", f"{kind.message}: {kind.remedy}")


def _finding(kind: Deviation, quad: ox.Quad, claim: ox.NamedNode | None) -> Finding:
    """A difference, with the claim as focus and the statement in the message."""
    statement = " ".join(_short(term) for term in (quad.subject, quad.predicate, quad.object))
    focus = claim.value.removesuffix(SUFFIX) if claim else getattr(quad.subject, "value", str(quad.subject))
    found = shape_finding(kind.name, focus, quad.predicate.value, str(quad.object), kind.message)
    return replace(found, message=f"{kind.message} ({statement})", remedy=kind.remedy)


def _short(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return term.value.replace(AX, "ax:").replace(BASE, "")
    return str(term)
