"""Claims read back from a dataset: who states what, how firmly, and when it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, CITO, OWL, RDF, RDFS, local_name
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.dates_and_calendars import Bounds
from araxes.triples.derived.corrections import misprinted
from araxes.triples.derived.holding_times import end_of_source, holding_time

KINDS = ("FactualClaim", "CausalClaim", "DefinitionalClaim", "NormativeClaim", "PredictiveClaim")
"""The kinds of claim."""

ALWAYS = Bounds(None, None)
"""The period of a claim that gives none."""

OWN_STANCES = frozenset({"OwnVoice", "Endorses"})
"""Stances of an author who holds the view: as his own, or by building on somebody else's."""


Triple = tuple[str, str, str]
"""Subject and object in N-Triples form, the predicate's bare IRI between them."""


@dataclass
class ClaimGraph:
    """One claim.

    Attributes:
        iri: the claim's IRI, also the name of its graph.
        kind: one of :data:`KINDS`.
        modality: ``Asserted``, ``Possible``, ``Ability`` or ``Denied``.
        stance: the author's stance: ``OwnVoice``, ``Endorses``, ``Reports`` or ``Disputes``.
        source: IRI of the source.
        holders: IRIs of the holders.
        period: when the statements hold, as the claim records it.
        holds: the same as far as it is known from dated statements and from the end of the source, too.
        dated: whether the claim says so itself; the horizon of the whole source does not count.
        cites: IRIs of the works that it cites.
        quads: the claim graph, sorted.
        limited: whether the claim as a whole has a condition, a theory's scope or a limiting degree.
        misprinted: statements that repeat a misprint of the source, which the claim corrects.
    """

    iri: str
    kind: str = ""
    modality: str = ""
    stance: str = ""
    source: str = ""
    holders: list[str] = field(default_factory=list)
    period: Bounds = ALWAYS
    holds: Bounds = ALWAYS
    dated: bool = False
    cites: list[str] = field(default_factory=list)
    quads: list[ox.Quad] = field(default_factory=list)
    limited: bool = False
    misprinted: set[Triple] = field(default_factory=set)

    @property
    def affirmed_as_fact(self) -> bool:
        """Whether the source's author affirms or endorses the statements as fact, without reservation."""
        plain = self.kind == "FactualClaim" and self.modality == "Asserted" and self.stance in OWN_STANCES
        return plain and not self.limited

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

    def reserved(self) -> tuple[set[str], set[Triple]]:
        """What may not stand bare: nodes that make no statement, and statements meant with a reservation."""
        nodes, statements = set(), set()
        for subject, triples in self.nodes().items():
            kinds = {value for _, name, value in triples if name == RDF + "type"}
            if not kinds.isdisjoint(_UNASSERTED):
                nodes.add(subject)
            if f"<{AX}Qualification>" in kinds and any(is_reservation(n, v) for _, n, v in triples):
                parts = {name: value for _, name, value in triples}
                about, named = parts.get(AX + "ofSubject", ""), parts.get(AX + "ofProperty", "").strip("<>")
                value = parts.get(AX + "ofObject") or parts.get(AX + "ofValue", "")
                statements |= {
                    triple_of(quad)
                    for quad in self.quads
                    if str(quad.subject) == about
                    and named in ("", quad.predicate.value)
                    and (not named or _names(str(quad.object), value))
                }
        return nodes, statements


_UNASSERTED = {f"<{AX}{name}>" for name in ("Qualification", "MentionedStatement", "Condition")}


def is_reservation(name: str, value: str) -> bool:
    """Whether a qualifier takes from a statement, so that the bare statement would say too much.

    Args:
        name: the qualifier's IRI.
        value: its value in N-Triples form.
    """
    kinds = vocabulary().individuals
    if name == AX + "degree":
        return "LimitingDegree" in kinds.get(local_name(value.strip("<>")), ())
    if name == AX + "modality":
        return value != f"<{AX}Asserted>"
    return name in (AX + "condition", AX + "accordingTo")


def _names(written: str, value: str) -> bool:
    """Whether the value that a qualification gives is that of a statement; a literal is named by its text."""
    return written == value or (written.startswith('"') and written.split('"')[1] == value.split('"')[1])


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
        claim.limited = any(
            is_reservation(AX + name, f"<{value}>")
            for name in ("condition", "accordingTo", "degree")
            for value in about[AX + name]
        )
        if about[AX + "period"]:
            claim.period = Bounds(_day(about, "earliest"), _day(about, "latest"))
        claim.cites = sorted(about[CITO + "citesAsEvidence"])
        claim.quads = sorted(graphs[iri], key=triple_of)
        source = described[claim.source]
        claim.holds, claim.dated = holding_time(
            claim.kind,
            local_name(_first(about, "periodBasis")),
            claim.period,
            _dates(claim),
            end_of_source(
                _first(source, "date"),
                _first(source, "horizon"),
                data=AX + "Dataset" in source[RDF + "type"],
            ),
        )
        claim.misprinted = _misprinted(claim, described)
    return dict(sorted(claims.items()))


def by_source(claims: Iterable[ClaimGraph]) -> list[tuple[ClaimGraph, ...]]:
    """The claims of each source together, in order of its IRI."""
    found: dict[str, list[ClaimGraph]] = defaultdict(list)
    for claim in claims:
        found[claim.source].append(claim)
    return [tuple(found[source]) for source in sorted(found)]


def _dates(claim: ClaimGraph) -> Iterator[Bounds]:
    """The dates that the claim gives to things."""
    for statements in claim.nodes().values():
        given = {name: [value[1:]] for _, name, value in statements}
        if AX + "date" in given:
            yield Bounds(_day(given, "earliest"), _day(given, "latest"))


def _misprinted(claim: ClaimGraph, described: Mapping[str, Mapping[str, list[str]]]) -> set[Triple]:
    """Statements of a claim that its own corrections correct."""
    forms = [
        (_first(described[iri], "printedForm"), _first(described[iri], "correctedForm"))
        for iri in described[claim.iri].get(AX + "correction", ())
    ]
    if not forms:
        return set()
    statements = [triple_of(quad) for quad in claim.quads]
    things = {value[1:-1] for _, _, value in statements if value.startswith("<")}
    labels = {thing: described[thing].get(RDFS + "label", []) for thing in things if thing in described}
    return misprinted(statements, forms, labels)


def _first(about: Mapping[str, list[str]], name: str) -> str:
    return next(iter(about.get(AX + name, ())), "")


def _day(about: Mapping[str, list[str]], name: str) -> date | None:
    moment = _first(about, name)
    return date.fromisoformat(moment[:10]) if moment else None
