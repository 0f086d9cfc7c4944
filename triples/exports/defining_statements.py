"""By which statements a thing becomes a member of a class that the ontology defines."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import OWL, RDFS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from araxes.ontology.namespaces import local_name
from araxes.ontology.turtle_form import is_own


@dataclass(frozen=True)
class DefiningStatement:
    """The statements that make something a member of a defined class."""

    asked: str
    """The property of the class's restriction."""
    properties: frozenset[str]
    """That property and those below it."""
    value: str | None
    """The only value that does, if the class names one."""
    among: frozenset[str]
    """The local names of the classes that a member belongs to besides."""

    def fits(self, quad: ox.Quad, kinds: frozenset[str]) -> bool:
        """Whether a statement is one of them.

        Args:
            quad: the statement.
            kinds: local names of the classes of its subject and of those above.
        """
        if quad.predicate.value not in self.properties or not self.among <= kinds:
            return False
        return self.value is None or (
            isinstance(quad.object, ox.NamedNode) and quad.object.value == self.value
        )


def defining_statements(ontology: Graph) -> dict[str, DefiningStatement]:
    """By the local names of classes that one restriction defines: the statements that it asks for.

    Args:
        ontology: all modules.
    """
    defined = {term: _members(ontology, made) for term, made in ontology.subject_objects(OWL.equivalentClass)}
    found = {}
    for term, members in defined.items():
        restrictions = [each for each in members if (each, OWL.onProperty, None) in ontology]
        if len(restrictions) == 1 and is_own(term):
            others = {
                local_name(str(each)) for each in members if isinstance(each, URIRef) and each not in defined
            }
            definition = _definition(ontology, restrictions[0], frozenset(others))
            if definition:
                found[local_name(str(term))] = definition
    return found


def _members(ontology: Graph, made: Node) -> list[Node]:
    parts = ontology.value(made, OWL.intersectionOf)
    return list(Collection(ontology, parts)) if parts else [made]


def _definition(ontology: Graph, restriction: Node, among: frozenset[str]) -> DefiningStatement | None:
    asked, value = ontology.value(restriction, OWL.onProperty), ontology.value(restriction, OWL.hasValue)
    if not value and (restriction, OWL.someValuesFrom, None) not in ontology:
        return None
    below = frozenset(map(str, ontology.transitive_subjects(RDFS.subPropertyOf, asked)))
    return DefiningStatement(str(asked), below, str(value) if value else None, among)
