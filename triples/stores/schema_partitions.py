"""Which properties the members of which classes have, and what they lead to.

The figures behind nested VoID partitions (https://www.w3.org/TR/void/#class-property-partitions), from which
editors and assistants learn how a dataset is put together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import pyoxigraph as ox

from araxes.ontology.namespaces import RDF, RDFS

_TYPE = RDF + "type"
_SUBCLASS = RDFS + "subClassOf"

Partition = tuple[str, str, str, str, int]
"""Class, property, ``class``, ``datatype`` or nothing, which class or datatype the values have, triples."""


def schema_partitions(triples: Collection[ox.Triple]) -> list[Partition]:
    """Count the triples of each class, property and class or datatype of the value.

    A thing counts for its most special classes only: for those that no other of its own is below.

    >>> from pyoxigraph import Literal, NamedNode, Triple
    >>> a, k, p = (NamedNode(f"http://example.org/{name}") for name in "akp")
    >>> schema_partitions([Triple(a, NamedNode(_TYPE), k), Triple(a, p, Literal("x"))])[0][1:]
    ('http://example.org/p', 'datatype', 'http://www.w3.org/2001/XMLSchema#string', 1)
    """
    classes = _special_classes(triples)
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for triple in triples:
        iri = triple.predicate.value
        owners = classes.get(triple.subject) if iri != _TYPE else None
        if owners:
            kinds = _kinds(triple.object, classes)
            for own in owners:
                for value in kinds:
                    counts[own, iri, *value] += 1
    return [(*key, number) for key, number in sorted(counts.items())]


def _kinds(value: Any, classes: dict[Any, tuple[str, ...]]) -> list[tuple[str, str]]:
    if isinstance(value, ox.Literal):
        return [("datatype", value.datatype.value)]
    return [("class", name) for name in classes.get(value, ())] or [("", "")]


def _special_classes(triples: Iterable[ox.Triple]) -> dict[Any, tuple[str, ...]]:
    types: defaultdict[Any, set[str]] = defaultdict(set)
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for triple in triples:
        iri = triple.predicate.value
        if iri not in (_TYPE, _SUBCLASS):
            continue
        subject, value = triple.subject, triple.object
        if isinstance(value, ox.NamedNode) and isinstance(subject, ox.NamedNode | ox.BlankNode):
            if iri == _TYPE:
                types[subject].add(value.value)
            elif isinstance(subject, ox.NamedNode):
                parents[subject.value].add(value.value)
    above = {name: _above(name, parents) for name in set().union(*types.values())}
    special: dict[frozenset[str], tuple[str, ...]] = {}
    for names in map(frozenset, types.values()):
        if names not in special:
            special[names] = tuple(
                name
                for name in names
                if not any(name in above[other] and other not in above[name] for other in names)
            )
    return {thing: special[frozenset(names)] for thing, names in types.items()}


def _above(name: str, parents: dict[str, set[str]]) -> set[str]:
    """All classes above one, found step by step."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found
