"""Claims read back from a dataset: who states what, how firmly, and when it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, OWL, RDF, local_name
from araxes.triples.authoring.dates import Bounds

KINDS = ("FactualClaim", "CausalClaim", "DefinitionalClaim", "NormativeClaim", "PredictiveClaim")
"""The kinds of claim."""

ALWAYS = Bounds(None, None)
"""The period of a claim that gives none."""

Triple = tuple[str, str, str]
"""Subject and object in N-Triples form, the predicate's bare IRI between them."""


@dataclass
class ClaimGraph:
    """One claim.

    Attributes:
        iri: the claim's IRI, also the name of its graph.
        kind: one of :data:`KINDS`.
        modality: ``Asserted``, ``Possible`` or ``Denied``.
        stance: the author's stance: ``Endorses``, ``Reports`` or ``Disputes``.
        source: IRI of the source.
        holders: IRIs of the holders.
        period: when the statements hold.
        quads: the claim graph, sorted.
    """

    iri: str
    kind: str = ""
    modality: str = ""
    stance: str = ""
    source: str = ""
    holders: list[str] = field(default_factory=list)
    period: Bounds = ALWAYS
    quads: list[ox.Quad] = field(default_factory=list)

    @property
    def affirmed_as_fact(self) -> bool:
        """Whether the source's author affirms or endorses the statements as fact."""
        return self.kind == "FactualClaim" and self.modality == "Asserted" and self.stance == "Endorses"

    def nodes(self) -> dict[str, list[Triple]]:
        """The statements by subject."""
        found: dict[str, list[Triple]] = defaultdict(list)
        for quad in self.quads:
            found[str(quad.subject)].append(triple_of(quad))
        return found

    def denials(self) -> list[tuple[str, Triple]]:
        """Each denied statement with the node that denies it."""
        found = []
        for subject, triples in self.nodes().items():
            parts = {predicate: value for _, predicate, value in triples}
            if parts.get(RDF + "type") == f"<{OWL}NegativePropertyAssertion>":
                target = parts.get(OWL + "targetIndividual") or parts.get(OWL + "targetValue", "")
                name = parts.get(OWL + "assertionProperty", "").strip("<>")
                found.append((subject, (parts.get(OWL + "sourceIndividual", ""), name, target)))
        return found


def triple_of(statement: ox.Quad | ox.Triple) -> Triple:
    """A statement without its graph, as strings."""
    return str(statement.subject), statement.predicate.value, str(statement.object)


def read_claim_graphs(quads: Iterable[ox.Quad]) -> dict[str, ClaimGraph]:
    """Every claim of a dataset by IRI, in order of IRI."""
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    described: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    kinds = {AX + kind: kind for kind in KINDS}
    claims: dict[str, ClaimGraph] = {}
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs[quad.graph_name.value].append(quad)
        elif isinstance(quad.subject, ox.NamedNode):
            subject, value = quad.subject.value, getattr(quad.object, "value", "")
            described[subject][quad.predicate.value].append(value)
            if quad.predicate.value == RDF + "type" and value in kinds:
                claims[subject] = ClaimGraph(subject, kinds[value])
    for iri, claim in claims.items():
        about = described[iri]
        claim.modality = local_name(_first(about, "modality"))
        claim.stance = local_name(_first(about, "authorStance"))
        claim.source = _first(about, "source")
        claim.holders = sorted(about[AX + "holder"])
        if about[AX + "period"]:
            claim.period = Bounds(_day(about, "earliest"), _day(about, "latest"))
        claim.quads = sorted(graphs[iri], key=triple_of)
    return dict(sorted(claims.items()))


def _first(about: dict[str, list[str]], name: str) -> str:
    return next(iter(about[AX + name]), "")


def _day(about: dict[str, list[str]], name: str) -> date | None:
    moment = _first(about, name)
    return date.fromisoformat(moment[:10]) if moment else None
