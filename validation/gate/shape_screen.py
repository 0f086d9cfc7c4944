"""Which shapes may have something to say of a graph, found out before pySHACL is asked to say it.

pySHACL asks each shape of each node by itself, most of them to say nothing. A screen reads the shapes once
into plain functions, and a graph once into dictionaries, and names the shapes that some node may violate. It
errs on one side only: a shape that it lets pass has no result; one that it names may have none. What it
does not understand it names. So what is reported, and how, is pySHACL's alone
(https://www.w3.org/TR/shacl/#core-components).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import chain
from operator import le, lt
from typing import Any

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

Values = set[Node]
"""The value nodes of one focus node."""

Test = Callable[["GraphTables", Node, Values], bool]
"""Whether the value nodes of a focus node certainly satisfy a constraint."""

Path = Callable[["GraphTables", Node], Values]
"""From a focus node to its value nodes."""

_TYPE, _BELOW = RDF.type, RDFS.subClassOf
_TARGETS = (_OF_CLASS, _SUBJECTS_OF, _OBJECTS_OF) = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
_SILENT = {RDF.type, SH.message, SH.severity, SH.path, SH.name, SH.description, *_TARGETS}
"""Predicates of a shape that no value can violate."""


class GraphTables:
    """A graph as dictionaries."""

    def __init__(self, triples: Iterable[tuple[Node, Node, Node]]) -> None:
        """Read a graph with its super-classes spelled out."""
        self.objects: dict[Node, dict[Node, Values]] = defaultdict(lambda: defaultdict(set))
        self.subjects: dict[Node, dict[Node, Values]] = defaultdict(lambda: defaultdict(set))
        for subject, predicate, value in triples:
            self.objects[predicate][subject].add(value)
            self.subjects[predicate][value].add(subject)

    def instances(self, kind: Node) -> Values:
        """The members of a class and of those that the graph itself puts below it."""
        found: Values = set()
        seen, agenda = {kind}, [kind]
        while agenda:
            current = agenda.pop()
            found |= self._of(self.subjects, _TYPE, current)
            below = self._of(self.subjects, _BELOW, current) - seen
            seen |= below
            agenda += below
        return found

    def values(self, node: Node, predicate: Node) -> Values:
        """What a node has of a property."""
        return self._of(self.objects, predicate, node)

    def owners(self, node: Node, predicate: Node) -> Values:
        """What has a node as value of a property."""
        return self._of(self.subjects, predicate, node)

    @staticmethod
    def _of(table: dict[Node, dict[Node, Values]], predicate: Node, node: Node) -> Values:
        """An entry, without making one."""
        found = table.get(predicate)
        return (found.get(node) if found else None) or set()


@dataclass
class _Shape:
    """A shape as functions.

    Attributes:
        targets: predicate of the target, and its value.
        path: the way to the value nodes; ``None`` for a node shape.
        tests: the constraints.
        understood: whether these are all of its constraints.
    """

    targets: list[tuple[Node, Node]]
    path: Path | None
    tests: list[Test] = field(default_factory=list)
    understood: bool = True

    def may_be_violated(self, facts: GraphTables) -> bool:
        """Whether some focus node may have a result."""
        focus = _focus(facts, self.targets)
        if not self.understood:
            return bool(focus)
        for node in focus:
            values = {node} if self.path is None else self.path(facts, node)
            if not all(test(facts, node, values) for test in self.tests):
                return True
        return False


class Screen:
    """Shapes read once, to be held against many graphs."""

    def __init__(self, shapes: Graph) -> None:
        """Read the shapes that have targets; they must not change any more."""
        nodes = set(chain.from_iterable(shapes.subjects(target) for target in (*_TARGETS, SH.targetNode)))
        nodes |= {*shapes.subjects(SH.target), *shapes.subjects(RDF.type, RDFS.Class)}
        self._shapes = {node: _read(shapes, node) for node in nodes}

    def suspects(self, triples: Iterable[tuple[Node, Node, Node]]) -> list[Node]:
        """The shapes of which some node of a graph may have a result, sorted."""
        facts = GraphTables(triples)
        found = (node for node, shape in self._shapes.items() if shape.may_be_violated(facts))
        return sorted(found, key=str)


def _focus(facts: GraphTables, targets: Iterable[tuple[Node, Node]]) -> Values:
    found: Values = set()
    for kind, value in targets:
        if kind == _OF_CLASS:
            found |= facts.instances(value)
        elif kind == _SUBJECTS_OF:
            found.update(facts.objects.get(value, ()))
        elif kind == _OBJECTS_OF:
            found.update(facts.subjects.get(value, ()))
        else:
            found.add(value)  # whether or not the graph knows it
    return found


def _read(shapes: Graph, node: Node) -> _Shape:
    """Turn a shape into functions."""
    targets: list[tuple[Node, Node]] = [
        (kind, value) for kind in (*_TARGETS, SH.targetNode) for value in shapes.objects(node, kind)
    ]
    if (node, SH.target, None) in shapes or (node, RDF.type, RDFS.Class) in shapes:
        targets.append((SH.target, node))  # of a kind that is not looked for here
    steps = shapes.value(node, SH.path)
    path = _path(shapes, steps) if steps is not None else None
    shape = _Shape(targets, path, understood=steps is None or path is not None)
    for predicate, value in shapes.predicate_objects(node):
        if predicate in _SILENT:
            continue
        test = _test(shapes, predicate, value)
        if test is None:
            shape.understood = False
        else:
            shape.tests.append(test)
    return shape


def _path(shapes: Graph, node: Node) -> Path | None:
    """A property, a property backwards, or some of these beside each other; ``None`` for others."""
    if isinstance(node, URIRef):
        return lambda facts, focus: facts.values(focus, node)
    turned = shapes.value(node, SH.inversePath)
    if isinstance(turned, URIRef):
        return lambda facts, focus: facts.owners(focus, turned)
    listed = shapes.value(node, SH.alternativePath)
    if listed is None:
        return None
    ways = [_path(shapes, each) for each in shapes.items(listed)]
    known = [way for way in ways if way is not None]
    if len(known) < len(ways):
        return None
    return lambda facts, focus: set[Node]().union(*(way(facts, focus) for way in known))


def _test(shapes: Graph, predicate: Node, value: Node) -> Test | None:
    """The constraint that a parameter of a shape stands for; ``None`` if it is not understood."""
    if predicate == SH["or"]:
        return _any_of(shapes, value)
    if predicate == SH["in"]:
        members = set(shapes.items(value))
        return lambda _, __, values: values <= members
    if predicate == SH.nodeKind and value == SH.IRI:
        return lambda _, __, values: all(isinstance(each, URIRef) for each in values)
    if predicate == SH.uniqueLang:
        return _one_of_each_language
    made = _OF_A_VALUE.get(predicate)
    return partial(made, value) if made else None


def _has_class(kind: Node, facts: GraphTables, _: Node, values: Values) -> bool:
    return all(not isinstance(each, Literal) and kind in facts.values(each, _TYPE) for each in values)


def _has_datatype(datatype: Node, _: GraphTables, __: Node, values: Values) -> bool:
    return all(isinstance(each, Literal) and _is_of(each, datatype) for each in values)


def _is_of(literal: Literal, datatype: Node) -> bool:
    if literal.language:
        return bool(datatype == RDF.langString)
    if literal.datatype is None or literal.datatype == XSD.string:
        return bool(datatype == XSD.string) and isinstance(literal.value, str)
    return bool(literal.datatype == datatype) and literal.ill_typed is False


def _at_least(number: Node, _: GraphTables, __: Node, values: Values) -> bool:
    return len(values) >= int(str(number))


def _at_most(number: Node, _: GraphTables, __: Node, values: Values) -> bool:
    return len(values) <= int(str(number))


def _matches(pattern: Node, _: GraphTables, __: Node, values: Values) -> bool:
    return all(not isinstance(each, BNode) and re.search(str(pattern), str(each)) for each in values)


def _is_as_long_as(number: Node, _: GraphTables, __: Node, values: Values) -> bool:
    return all(not isinstance(each, BNode) and len(str(each)) >= int(str(number)) for each in values)


def _shares_none(other: Node, facts: GraphTables, node: Node, values: Values) -> bool:
    return not values & facts.values(node, other)


def _is_before(other: Node, facts: GraphTables, node: Node, values: Values) -> bool:
    return all(_in_order(one, two, lt) for one in values for two in facts.values(node, other))


def _is_not_after(other: Node, facts: GraphTables, node: Node, values: Values) -> bool:
    return all(_in_order(one, two, le) for one in values for two in facts.values(node, other))


def _not_below(bound: Node, _: GraphTables, __: Node, values: Values) -> bool:
    return all(_in_order(bound, each, le) for each in values)


def _not_above(bound: Node, _: GraphTables, __: Node, values: Values) -> bool:
    return all(_in_order(each, bound, le) for each in values)


def _in_order(one: Node, two: Node, order: Callable[[Any, Any], Any]) -> bool:
    """Whether two numbers are certainly in an order; other values are left to pySHACL."""
    pair = [each.value if isinstance(each, Literal) else None for each in (one, two)]
    numbers = all(isinstance(each, int | Decimal) and not isinstance(each, bool) for each in pair)
    return numbers and bool(order(*pair))


def _one_of_each_language(_: GraphTables, __: Node, values: Values) -> bool:
    tags = [each.language.lower() for each in values if isinstance(each, Literal) and each.language]
    return len(tags) == len(set(tags))


_OF_A_VALUE: dict[Node, Callable[[Node, GraphTables, Node, Values], bool]] = {
    SH["class"]: _has_class,
    SH.datatype: _has_datatype,
    SH.minCount: _at_least,
    SH.maxCount: _at_most,
    SH.pattern: _matches,
    SH.minLength: _is_as_long_as,
    SH.disjoint: _shares_none,
    SH.lessThan: _is_before,
    SH.lessThanOrEquals: _is_not_after,
    SH.minInclusive: _not_below,
    SH.maxInclusive: _not_above,
}


def _any_of(shapes: Graph, head: Node) -> Test | None:
    """That each value satisfies one of some shapes, if these are single constraints of it."""
    tests = list(_alternatives(shapes, head))
    known = [test for test in tests if test is not None]
    if len(known) < len(tests):
        return None
    return lambda facts, node, values: all(
        any(test(facts, node, {each}) for test in known) for each in values
    )


def _alternatives(shapes: Graph, head: Node) -> Iterator[Test | None]:
    for each in shapes.items(head):
        said = list(shapes.predicate_objects(each))
        single = len(said) == 1 and said[0][0] in (SH["class"], SH.datatype)
        yield _test(shapes, *said[0]) if single else None
