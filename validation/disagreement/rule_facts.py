"""The facts of claims that rules are asked about: what claims say, and working facts beside it.

Working facts of claims (see :mod:`.background` for those of things and terms):

=====================  ===============================================================================
of a claim             ``w:mood`` (``is``, ``will``, ``ought``), ``w:from``, ``w:until``, ``w:touches``
of an actor in a claim ``w:favours``, ``w:follows``, ``w:rejects``, ``w:dreads``, ``w:declares``: see
                       :mod:`.stances`; of what a position is on ``w:onIssue``
of a cause in a claim  ``w:explains``, ``w:offers``, ``w:leavesRoom``, ``w:foremost``, ``w:chief``;
                       of an outcome ``w:explainedBy``, ``w:namedBySource``: see :mod:`.explanations`
of a whole in a claim  ``w:lists`` each of its components, if there are three or more
of a node of a claim   ``w:from``, ``w:until`` if dated; of a figure ``w:base``, ``w:low``, ``w:high``,
                       and ``w:sign`` for its comparator
=====================  ===============================================================================
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, local_name
from araxes.ontology.oxigraph_terms import DATE_TIME, DEFAULT_GRAPH
from araxes.triples.authoring.dates_and_calendars import Bounds
from araxes.triples.derived.claim_graphs import ClaimGraph, Triple, by_source
from araxes.triples.derived.figures_compared import base_of, is_figure, range_of
from araxes.triples.runners.runner import part_of
from araxes.validation.disagreement.background import Background
from araxes.validation.disagreement.explanations import explanations
from araxes.validation.disagreement.matter_keys import matters_of
from araxes.validation.disagreement.rule_files import terms_asked
from araxes.validation.disagreement.stances import stances_on_issues
from araxes.validation.disagreement.working import Graph, fact

_MOODS = {"PredictiveClaim": "will", "NormativeClaim": "ought"}
SIGNS = {
    "About": "≈ ",
    "AtLeast": "≥ ",
    "AtMost": "≤ ",
    "LessThan": "< ",
    "MoreThan": "> ",
    "Nearly": "≲ ",
}
"""Comparator → the sign with which it stands before a number."""
_LIST = 3
"""So many components make a list."""


@dataclass(frozen=True)
class SourceClaims:
    """The claims of one source.

    Attributes:
        claims: the claims.
        about: what the default graph says of them, as far as rules ask for it, by IRI of the claim.
    """

    claims: tuple[ClaimGraph, ...]
    about: Mapping[str, list[ox.Quad]]


@dataclass(frozen=True)
class ClaimFacts:
    """A claim in one part of a corpus.

    Attributes:
        matters: the matters of this part on which it speaks.
        quads: its graph, what is said of it, and its working facts, as N-Quads.
    """

    matters: tuple[str, ...]
    quads: bytes


def claims_by_source(dataset: ox.Dataset, claims: dict[str, ClaimGraph]) -> list[SourceClaims]:
    """The claims of each source, with what is said of them."""
    about: dict[str, list[ox.Quad]] = defaultdict(list)
    for name in terms_asked():
        for quad in dataset.quads_for_predicate(ox.NamedNode(name)):
            claim = str(quad.subject)[1:-1].partition("#")[0]
            if quad.graph_name == DEFAULT_GRAPH and claim in claims:
                about[claim].append(quad)
    return [
        SourceClaims(together, {claim.iri: about[claim.iri] for claim in together})
        for together in by_source(claims.values())
    ]


def facts_of_source(
    background: Background, source: SourceClaims, parts: int
) -> Iterator[tuple[int, ClaimFacts]]:
    """The facts of a source's claims, each in the parts to which the matters go on which it speaks."""
    working: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in (*stances_on_issues(source.claims), *explanations(source.claims, background.wholes)):
        working[str(quad.graph_name)[1:-1]].append(quad)
    for claim in source.claims:
        about = source.about[claim.iri]
        matters: dict[int, list[str]] = defaultdict(list)
        for matter in matters_of(claim, about, working[claim.iri], background):
            matters[part_of(matter, parts)].append(matter)
        own = _of_claim(claim, _conflicts_of(claim, background))
        said = [*claim.quads, *about, *working[claim.iri], *own]
        quads = ox.serialize(said, format=ox.RdfFormat.N_QUADS) or b""
        for part, keys in matters.items():
            yield part, ClaimFacts(tuple(keys), quads)


def _of_claim(claim: ClaimGraph, conflicts: set[str]) -> Iterator[ox.Quad]:
    yield fact(claim.iri, "mood", ox.Literal(_MOODS.get(claim.kind, "is")))
    yield from _bounds(claim.iri, claim.holds, DEFAULT_GRAPH)
    for conflict in sorted(conflicts):
        yield fact(claim.iri, "touches", ox.NamedNode(conflict))
    graph = ox.NamedNode(claim.iri)
    for node, statements in claim.nodes().items():
        iri = node.strip("<>")
        components = sorted(value for _, predicate, value in statements if predicate == AX + "hasComponent")
        for value in components if len(components) >= _LIST else ():
            yield fact(iri, "lists", ox.NamedNode(value.strip("<>")), graph)
        if any(triple[1] == AX + "date" for triple in statements):
            yield from _bounds(iri, _dated(statements), graph)
        if is_figure(statements):
            low, high = range_of(statements)
            yield fact(iri, "base", ox.Literal(_digest(base_of(statements))), graph)
            yield fact(iri, "low", ox.Literal(low), graph)
            yield fact(iri, "high", ox.Literal(high), graph)
            yield from (fact(iri, "sign", ox.Literal(sign), graph) for sign in _signs(statements))


def _signs(statements: Iterable[Triple]) -> Iterator[str]:
    for _, predicate, value in statements:
        if predicate == AX + "comparator":
            yield SIGNS.get(local_name(value.strip("<>")), "")


def _conflicts_of(claim: ClaimGraph, background: Background) -> set[str]:
    """The conflicts that a claim speaks of: named in it, or around an event that is named in it."""
    named = {str(node) for quad in claim.quads for node in (quad.subject, quad.object)}
    reached = named | _closure((node for node in named if "/event/" in node), background.wider)
    return {node.strip("<>") for node in reached & background.conflicts}


def _closure(nodes: Iterable[str], wider: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    agenda = list(nodes)
    while agenda:
        node = agenda.pop()
        if node not in found:
            found.add(node)
            agenda.extend(up for up in wider.get(node, ()) if "/event/" in up)
    return found


def _dated(statements: Iterable[Triple]) -> Bounds:
    given = {predicate: value for _, predicate, value in statements}

    def day(name: str) -> date | None:
        value = given.get(AX + name)
        return date.fromisoformat(value[1:11]) if value else None

    return Bounds(day("earliest"), day("latest"))


def _bounds(iri: str, bounds: Bounds, graph: Graph) -> Iterator[ox.Quad]:
    first, last = bounds.earliest or date.min, bounds.latest or date.max
    yield fact(iri, "from", ox.Literal(f"{first.isoformat()}T00:00:00Z", datatype=DATE_TIME), graph)
    yield fact(iri, "until", ox.Literal(f"{last.isoformat()}T23:59:59Z", datatype=DATE_TIME), graph)


def _digest(value: tuple[frozenset[str], ...]) -> str:
    text = "\n".join(" ".join(sorted(part)) for part in value)
    return hashlib.sha256(text.encode()).hexdigest()
