"""What follows from several statements together: property chains, and classes defined by what members do.

The module ``conclusions`` of the ontology has the axioms. A step of a chain is a property, a property
backwards, or a class that was rolled up into a property by self-restriction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.term import Node

from araxes.ontology.loading import load_ontology
from araxes.ontology.modules_at_work import per_ontology
from araxes.ontology.oxigraph_terms import RDF_TYPE
from araxes.ontology.turtle_form import is_own

Pairs = dict[str, set[tuple[ox.NamedNode, ox.NamedNode]]]
"""Subject and object of each statement, by the IRI of its property."""

Step = tuple[Literal["on", "back", "class"], str]
"""A property followed on or back, or a class in which the thing must be, by IRI."""


@dataclass(frozen=True)
class Chain:
    """Steps from one thing to another from which a direct statement follows."""

    target: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Definition:
    """A class that a thing belongs to if it has certain properties.

    Attributes:
        name: IRI of the class.
        classes: IRIs of classes that it must be in besides.
        some: IRIs of properties that it must have.
        values: properties with the very value that it must have.
    """

    name: str
    classes: frozenset[str]
    some: frozenset[str]
    values: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Conclusions:
    """All chains and definitions of an ontology.

    Attributes:
        chains: the chains.
        definitions: the defined classes whose definitions can be met by a claim's own statements.
        premises: IRIs of the properties that stand in a chain.
    """

    chains: tuple[Chain, ...]
    definitions: tuple[Definition, ...]
    premises: frozenset[str]


@per_ontology
def ontology_conclusions() -> Conclusions:
    """The chains and definitions of the ontology on disk."""
    return read_conclusions(load_ontology())


def read_conclusions(graph: Graph) -> Conclusions:
    """Read the chains and definitions of an ontology."""
    rolled = {
        graph.value(restriction, OWL.onProperty): str(above)
        for above, restriction in graph.subject_objects(RDFS.subClassOf)
        if graph.value(restriction, OWL.hasSelf) is not None
    }
    chains = tuple(
        sorted(
            (
                Chain(str(target), tuple(_step(graph, step, rolled) for step in graph.items(steps)))
                for target, steps in graph.subject_objects(OWL.propertyChainAxiom)
            ),
            key=str,
        )
    )
    definitions = (
        _definition(graph, term, body)
        for term, body in graph.subject_objects(OWL.equivalentClass)
        if is_own(term) and (term, RDF.type, OWL.Class) in graph
    )
    met = tuple(sorted((each for each in definitions if each), key=str))
    premises = frozenset(name for chain in chains for kind, name in chain.steps if kind != "class")
    return Conclusions(chains, met, premises)


def _step(graph: Graph, step: Node, rolled: dict[Node | None, str]) -> Step:
    if isinstance(step, BNode):
        return "back", str(graph.value(step, OWL.inverseOf))
    return ("class", rolled[step]) if step in rolled else ("on", str(step))


def _definition(graph: Graph, term: Node, body: Node) -> Definition | None:
    """A definition by named classes, properties that must be there, and values; ``None`` for others."""
    listed = graph.value(body, OWL.intersectionOf)
    classes, some, values = set(), set(), set()
    for part in graph.items(listed) if listed is not None else [body]:
        wanted = graph.value(part, OWL.onProperty)
        if isinstance(part, URIRef):
            classes.add(str(part))
        elif graph.value(part, OWL.someValuesFrom) == OWL.Thing:
            some.add(str(wanted))
        elif (value := graph.value(part, OWL.hasValue)) is not None:
            values.add((str(wanted), str(value)))
        else:
            return None
    return Definition(str(term), frozenset(classes), frozenset(some), frozenset(values))


def conclude(
    triples: Iterable[ox.Triple], background: Iterable[ox.Triple], conclusions: Conclusions
) -> set[ox.Triple]:
    """What follows in one round from statements, with what records say of the things they name.

    Args:
        triples: the statements and what already follows from them.
        background: statements that may be premises and of which nothing follows alone.
        conclusions: the axioms.
    """
    given = list(triples)
    pairs, types = _indexed([*given, *background])
    own = {node for triple in given for node in (triple.subject, triple.object)}
    stated = {triple.predicate.value for triple in given}
    found: set[ox.Triple] = set()
    for chain in conclusions.chains:
        if any(kind != "class" and name in stated for kind, name in chain.steps):
            target = ox.NamedNode(chain.target)
            ends = _ends(chain, pairs, types)
            found |= {ox.Triple(start, target, end) for start, end in ends if start != end and start in own}
    for definition in conclusions.definitions:
        kind = ox.NamedNode(definition.name)
        found |= {
            ox.Triple(node, RDF_TYPE, kind) for node in _members(definition, pairs, types) if node in own
        }
    return found


def _indexed(triples: Collection[ox.Triple]) -> tuple[Pairs, dict[str, set[ox.NamedNode]]]:
    pairs: Pairs = defaultdict(set)
    types: dict[str, set[ox.NamedNode]] = defaultdict(set)
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode):
            if triple.predicate == RDF_TYPE:
                types[triple.object.value].add(triple.subject)
            else:
                pairs[triple.predicate.value].add((triple.subject, triple.object))
    return pairs, types


def _ends(
    chain: Chain, pairs: Pairs, types: dict[str, set[ox.NamedNode]]
) -> set[tuple[ox.NamedNode, ox.NamedNode]]:
    """First and last thing of each way along a chain."""
    ways: set[tuple[ox.NamedNode, ox.NamedNode]] | None = None
    for kind, name in chain.steps:
        if kind == "class":
            ways = {(start, end) for start, end in ways or set() if end in types.get(name, ())}
            continue
        following: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
        for subject, value in pairs.get(name, ()):
            one, other = (subject, value) if kind == "on" else (value, subject)
            following[one].append(other)
        if ways is None:
            ways = {(start, end) for start, ends in following.items() for end in ends}
        else:
            ways = {(start, after) for start, end in ways for after in following.get(end, ())}
    return ways or set()


def _members(
    definition: Definition, pairs: Pairs, types: dict[str, set[ox.NamedNode]]
) -> Iterator[ox.NamedNode]:
    demands = [types.get(name, set()) for name in definition.classes]
    demands += [{subject for subject, _ in pairs.get(name, ())} for name in definition.some]
    demands += [
        {subject for subject, found in pairs.get(name, ()) if found.value == value}
        for name, value in definition.values
    ]
    yield from set.intersection(*demands) if demands else set()


def ways(chain: Chain, triples: Iterable[ox.Triple]) -> dict[ox.Triple, tuple[ox.Triple, ...]]:
    """What follows along a chain, each with the statements of one way, in the order of the steps.

    Args:
        chain: the chain.
        triples: all statements that may be premises.
    """
    leaving: dict[tuple[str, str, ox.NamedNode], list[tuple[ox.NamedNode, ox.Triple]]] = defaultdict(list)
    for triple in sorted(triples, key=str):
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
            if triple.predicate == RDF_TYPE:
                leaving["class", value.value, subject].append((subject, triple))
            else:
                leaving["on", triple.predicate.value, subject].append((value, triple))
                leaving["back", triple.predicate.value, value].append((subject, triple))
    begun = {node for kind, name, node in leaving if (kind, name) == chain.steps[0]}
    found: dict[ox.Triple, tuple[ox.Triple, ...]] = {}
    for start in sorted(begun, key=str):
        paths: list[tuple[ox.NamedNode, tuple[ox.Triple, ...]]] = [(start, ())]
        for kind, name in chain.steps:
            paths = [
                (after, (*path, triple))
                for end, path in paths
                for after, triple in leaving.get((kind, name, end), ())
            ]
        for end, path in paths:
            found.setdefault(ox.Triple(start, ox.NamedNode(chain.target), end), path)
    return found
