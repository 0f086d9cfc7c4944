"""Which properties, qualities of a relationship and accounts of a matter pull against each other.

Two properties do if the ontology declares them, or properties above them, in tension, or if one
says that something is furthered and the other that it is hindered (``ax:causalSign``). Two things
are exclusive accounts of a matter if their records say so (``ax:excludes``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox
from rdflib import Graph, URIRef

from araxes.ontology.loading import load_ontology
from araxes.ontology.modules_at_work import per_ontology
from araxes.ontology.namespaces import AX, RDF, local_name
from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.derived.claim_graphs import Triple

EXCLUSIVE_VALUES = frozenset(
    {
        "adheresToIdeology",
        "basedOn",
        "hasIdentity",
        "componentOf",
        "memberOf",
        "subgroupOf",
        "territorialPartOf",
        "promotes",
        "pursuesPolicy",
        "reliesOn",
        "seeks",
        "subEventOf",
        "usesMethod",
    }
)
"""Properties of which one thing cannot have two values that exclude each other."""

_COURSE = frozenset({"adheresToIdeology", "promotes", "pursuesPolicy", "reliesOn", "seeks"})


def account_of(name: str) -> str:
    """What a property of :data:`EXCLUSIVE_VALUES` gives an account of; within one, things exclude each other.

    >>> account_of("reliesOn") == account_of("pursuesPolicy") != account_of("memberOf")
    True
    """
    return "course" if name in _COURSE else name


EXCLUSIVE_OWNERS = frozenset({"affects", "hasComponent", "separatedPart", "situationOf"})
"""Properties of which one value cannot belong to two things that exclude each other."""


_GOVERNMENT, _DECLINE = f"<{AX}GovernmentBody>", f"<{AX}DeclineOfRelations>"
_TOLD_APART = frozenset({_GOVERNMENT, _DECLINE})


@dataclass(frozen=True)
class Contrasts:
    """What stands against what, by local name.

    Attributes:
        causal: pairs of causal properties of opposite sign.
        tense: pairs of other properties in tension.
        furthering: causal properties of positive sign.
        qualities: pairs of controlled individuals in tension.
    """

    causal: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    tense: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    furthering: frozenset[str] = field(default_factory=frozenset)
    qualities: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    @cached_property
    def pulled(self) -> frozenset[str]:
        """Properties that pull against some other."""
        return frozenset(name for pair in self.tense | self.causal for name in pair)

    @cached_property
    def pulled_qualities(self) -> frozenset[str]:
        """Qualities that pull against some other, in N-Triples form."""
        return frozenset(f"<{AX}{name}>" for pair in self.qualities for name in pair)

    def opposed(self, first: str, second: str) -> bool:
        """Whether two properties pull against each other when they hold of one pair at one time."""
        return (first, second) in self.tense or (first, second) in self.causal


@dataclass(frozen=True)
class Alternatives:
    """What the records of things say about how claims of them go together, by node in N-Triples form.

    Attributes:
        excluded: thing → the things that cannot hold beside it.
        wholes: relationship → the relationships that it is a part of, itself included.
        states: government → the state that it speaks for.
        undone: decline of relations → the relationship concerned, and its parts.
    """

    excluded: dict[str, frozenset[str]] = field(default_factory=dict)
    wholes: dict[str, frozenset[str]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    undone: dict[str, frozenset[str]] = field(default_factory=dict)

    def opposite(self, first: str, second: str) -> bool:
        """Whether to further the one is to hinder the other."""
        return (
            self.exclude(first, second)
            or second in self.undone.get(first, ())
            or first in self.undone.get(second, ())
        )

    def exclude(self, first: str, second: str) -> bool:
        """Whether two things cannot hold beside each other."""
        return second in self.excluded.get(first, ())

    def whole(self, node: str) -> frozenset[str]:
        """A node and, if it is a relationship, those that it is a part of."""
        return self.wholes.get(node, frozenset({node}))

    def folded(self, triple: Triple) -> Triple:
        """A statement with each government's state in its place."""
        subject, predicate, value = triple
        return self.states.get(subject, subject), predicate, self.states.get(value, value)


_ALTERNATIVES = frozenset(
    {RDF + "type", *(AX + name for name in ("componentOf", "excludes", "relationshipConcerned", "speaksFor"))}
)
"""What alternatives are read from."""


def read_alternatives(quads: Iterable[ox.Quad]) -> Alternatives:
    """Read what excludes what, which relationship is part of which, and each state's government.

    Which relationship declined is said in claims; the rest are records of the default graph.
    """
    excluded: dict[str, set[str]] = defaultdict(set)
    above: dict[str, set[str]] = defaultdict(set)
    spoken: dict[str, str] = {}
    declining: dict[str, str] = {}
    kinds: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        name = quad.predicate.value
        if name not in _ALTERNATIVES:
            continue
        one, two = str(quad.subject), str(quad.object)
        if name == AX + "relationshipConcerned":
            declining[one] = two
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            continue
        if name == AX + "excludes":
            excluded[one].add(two)
            excluded[two].add(one)
        elif name == AX + "componentOf" and "/relationship/" in one and "/relationship/" in two:
            above[one].add(two)
        elif name == AX + "speaksFor":
            spoken[one] = two
        elif name == RDF + "type" and two in _TOLD_APART:
            kinds[two].add(one)
    wholes = {part: _closure(part, above) for part in above}
    return Alternatives(
        {node: frozenset(others) for node, others in excluded.items()},
        wholes,
        {node: state for node, state in spoken.items() if node in kinds[_GOVERNMENT]},
        {
            event: frozenset({concerned, *(part for part in wholes if concerned in wholes[part])})
            for event, concerned in declining.items()
            if event in kinds[_DECLINE]
        },
    )


def _closure(part: str, above: dict[str, set[str]]) -> frozenset[str]:
    """A thing and all that stands above it."""
    found: set[str] = set()
    agenda = [part]
    while agenda:
        node = agenda.pop()
        if node not in found:
            found.add(node)
            agenda += above.get(node, ())
    return frozenset(found)


@per_ontology
def contrasts() -> Contrasts:
    """The contrasts of the ontology on disk."""
    return read_contrasts(load_ontology(), vocabulary())


def read_contrasts(graph: Graph, words: Vocabulary) -> Contrasts:
    """Read the contrasts of an ontology; every pair stands in both orders."""
    sign = {
        local_name(str(term)): str(value) for term, value in graph.subject_objects(URIRef(AX + "causalSign"))
    }
    causal = {(one, two) for one in sign for two in sign if sign[one] != sign[two]}
    names = [name for name, declared in words.properties.items() if declared.kind == "object"]
    declared_on = {name for name in names if words.properties[name].tensions}
    declared_on |= {other for name in declared_on for other in words.properties[name].tensions}
    pulled = {name for name in names if words.superproperties(name) & declared_on}
    tense = {(one, two) for one in pulled for two in pulled if words.in_tension(one, two)}
    declared = {
        (local_name(str(one)), local_name(str(two)))
        for one, two in graph.subject_objects(URIRef(AX + "inTensionWith"))
        if local_name(str(one)) in words.individuals
    }
    both_ways = {pair for one, two in declared for pair in ((one, two), (two, one))}
    plus = {name for name, value in sign.items() if value == "+"}
    return Contrasts(frozenset(causal), frozenset(tense - causal), frozenset(plus), frozenset(both_ways))
