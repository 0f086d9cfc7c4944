"""What the ontology's axioms mean for somebody who writes or checks statements.

The OWL modules are the only place where terms are declared. This reads them into plain
dictionaries, so that authoring, the JSON-LD context and the shapes follow the ontology.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from araxes.ontology.loading import load_ontology
from araxes.ontology.namespaces import AX, local_name

_KINDS = {
    OWL.ObjectProperty: "object",
    OWL.DatatypeProperty: "data",
    OWL.AnnotationProperty: "annotation",
}


@dataclass(frozen=True)
class Property:
    """A property of the ontology.

    Attributes:
        name: local name, such as ``recognizes``.
        kind: ``object``, ``data`` or ``annotation``.
        domain: local names of classes, one of which a subject has; empty for any.
        range: local names of classes (one of which an object has) or one datatype IRI; empty for any.
        symmetric: whether it is declared symmetric.
        inverses: properties that it is declared inverse to.
        parents: direct super-properties of the ontology.
        tensions: properties with which it is declared in tension.
    """

    name: str
    kind: str
    domain: frozenset[str]
    range: frozenset[str]
    symmetric: bool
    inverses: frozenset[str]
    parents: frozenset[str]
    tensions: frozenset[str]

    @property
    def iri(self) -> str:
        """Full IRI."""
        return AX + self.name


@dataclass(frozen=True)
class Vocabulary:
    """The ontology's terms by local name.

    Attributes:
        classes: class → all its super-classes, itself included.
        individuals: controlled individual → its classes, super-classes included.
        properties: property name → :class:`Property`.
    """

    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    individuals: dict[str, frozenset[str]] = field(default_factory=dict)
    properties: dict[str, Property] = field(default_factory=dict)

    def superproperties(self, name: str) -> frozenset[str]:
        """The property and everything it is a sub-property of.

        Raises:
            KeyError: there is no such property.
        """
        found, agenda = set(), [name]
        while agenda:
            current = agenda.pop()
            if current not in found:
                found.add(current)
                agenda.extend(self.properties[current].parents)
        return frozenset(found)

    def implications(self, name: str) -> frozenset[tuple[str, bool]]:
        """What a statement with a property says besides: properties, and whether with its ends turned round.

        >>> sorted(vocabulary().implications("alliedWith"))[:2]
        [('alliedWith', False), ('alliedWith', True)]

        Raises:
            KeyError: there is no such property.
        """
        found: set[tuple[str, bool]] = set()
        agenda = [(name, False)]
        while agenda:
            current, turned = agenda.pop()
            if (current, turned) not in found:
                found.add((current, turned))
                declared = self.properties[current]
                agenda += [(above, turned) for above in declared.parents]
                agenda += [(other, not turned) for other in declared.inverses]
                agenda += [(current, not turned)] if declared.symmetric else []
        return frozenset(found)

    def in_tension(self, first: str, second: str) -> bool:
        """Whether two properties, or properties above them, are declared in tension."""
        above = self.superproperties(second)
        return any(self.properties[upper].tensions & above for upper in self.superproperties(first)) or any(
            self.properties[upper].tensions & self.superproperties(first) for upper in above
        )


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the ontology on disk."""
    return read_vocabulary(load_ontology())


def read_vocabulary(graph: Graph) -> Vocabulary:
    """Read the terms in the project's namespace from a graph."""
    classes = {
        local_name(str(iri)): frozenset(
            local_name(str(parent)) for parent in graph.transitive_objects(iri, RDFS.subClassOf)
        )
        for iri in graph.subjects(RDF.type, OWL.Class)
        if str(iri).startswith(AX)
    }
    individuals = {
        local_name(str(iri)): frozenset(
            parent for kind in _names(graph, iri, RDF.type) for parent in classes.get(kind, frozenset())
        )
        for iri in graph.subjects(RDF.type, OWL.NamedIndividual)
        if str(iri).startswith(AX)
    }
    properties = {
        local_name(str(iri)): _property(graph, iri, kind)
        for owl_kind, kind in _KINDS.items()
        for iri in graph.subjects(RDF.type, owl_kind)
        if str(iri).startswith(AX)
    }
    return Vocabulary(classes, individuals, properties)


def _property(graph: Graph, iri: Node, kind: str) -> Property:
    return Property(
        name=local_name(str(iri)),
        kind=kind,
        domain=_class_names(graph, iri, RDFS.domain),
        range=_class_names(graph, iri, RDFS.range),
        symmetric=(iri, RDF.type, OWL.SymmetricProperty) in graph,
        inverses=_names(graph, iri, OWL.inverseOf)
        | frozenset(local_name(str(other)) for other in graph.subjects(OWL.inverseOf, iri)),
        parents=_names(graph, iri, RDFS.subPropertyOf),
        tensions=_names(graph, iri, URIRef(AX + "inTensionWith")),
    )


def _names(graph: Graph, subject: Node, predicate: URIRef) -> frozenset[str]:
    """Local names of the objects that are terms of the ontology."""
    return frozenset(
        local_name(str(value)) for value in graph.objects(subject, predicate) if str(value).startswith(AX)
    )


def _class_names(graph: Graph, subject: Node, predicate: URIRef) -> frozenset[str]:
    """Named classes or members of a union given as domain or range."""
    names: set[str] = set()
    for value in graph.objects(subject, predicate):
        union = graph.value(value, OWL.unionOf)
        members = graph.items(union) if union is not None else [value]
        names.update(local_name(str(member)) for member in members)
    return frozenset(names)
