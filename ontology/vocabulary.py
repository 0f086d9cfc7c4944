"""What the ontology's axioms mean for somebody who writes or checks statements.

The OWL modules are the only place where terms are declared. This reads them into plain
dictionaries, so that authoring, the JSON-LD context and the shapes follow the ontology.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from araxes.ontology.loading import load_ontology
from araxes.ontology.modules_at_work import per_ontology
from araxes.ontology.namespaces import AX, BASE, BIBO, DCTERMS, FOAF, PRISM, local_name

_KINDS = {
    OWL.ObjectProperty: "object",
    OWL.DatatypeProperty: "data",
    OWL.AnnotationProperty: "annotation",
}

REUSED = {
    "author": DCTERMS + "creator",
    "title": DCTERMS + "title",
    "language": DCTERMS + "language",
    "familyName": FOAF + "familyName",
    "journal": PRISM + "publicationName",
    "volume": BIBO + "volume",
    "issue": BIBO + "issue",
    "pages": BIBO + "pages",
}
"""Keys of the YAML that stand for properties of another vocabulary, declared in the module ``reused``."""


@dataclass(frozen=True)
class Property:
    """A property of the ontology.

    Attributes:
        name: local name, such as ``recognizes``.
        iri: full IRI.
        kind: ``object``, ``data`` or ``annotation``.
        domain: local names of classes, one of which a subject has; empty for any.
        range: local names of classes, one of which an object has, or a built-in datatype's IRI; or empty.
        pattern: regular expression of the values, where the range is a datatype defined by one.
        values: all values, where the range is a list of them.
        symmetric: whether it is declared symmetric.
        inverses: properties that it is declared inverse to.
        parents: direct super-properties of the ontology.
        tensions: properties with which it is declared in tension.
    """

    name: str
    iri: str
    kind: str
    domain: frozenset[str]
    range: frozenset[str]
    pattern: str
    values: frozenset[str]
    symmetric: bool
    inverses: frozenset[str]
    parents: frozenset[str]
    tensions: frozenset[str]


@dataclass(frozen=True)
class Vocabulary:
    """The ontology's terms by local name.

    Attributes:
        classes: class → all its super-classes, itself included.
        individuals: controlled individual → its classes, super-classes included.
        properties: property name → :class:`Property`.
        follows_only: classes and properties that follow from others and are not written by hand.
        scheme_values: individuals of other schemes, such as PLOVER's types, by id relative to the base IRI.
        successors: deprecated terms with what replaces them.
    """

    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    individuals: dict[str, frozenset[str]] = field(default_factory=dict)
    properties: dict[str, Property] = field(default_factory=dict)
    follows_only: frozenset[str] = frozenset()
    scheme_values: frozenset[str] = frozenset()
    successors: dict[str, str] = field(default_factory=dict)

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


@per_ontology
def vocabulary() -> Vocabulary:
    """The vocabulary of the ontology on disk."""
    return read_vocabulary(load_ontology())


def read_vocabulary(graph: Graph) -> Vocabulary:
    """Read the terms in the project's namespace from a graph; deprecated ones are only in ``successors``."""
    old = set(graph.subjects(OWL.deprecated, Literal(True)))
    classes = {
        local_name(str(iri)): frozenset(
            local_name(str(parent))
            for parent in graph.transitive_objects(iri, RDFS.subClassOf)
            if isinstance(parent, URIRef)
        )
        for iri in graph.subjects(RDF.type, OWL.Class)
        if str(iri).startswith(AX) and iri not in old
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
        if str(iri).startswith(AX) and iri not in old
    }
    for name, iri in REUSED.items():
        kind = next((k for owl, k in _KINDS.items() if (URIRef(iri), RDF.type, owl) in graph), "")
        if kind:
            properties[name] = _property(graph, URIRef(iri), kind, name)
    schemes = frozenset(
        str(iri).removeprefix(BASE)
        for iri in graph.subjects(RDF.type, OWL.NamedIndividual)
        if str(iri).startswith(BASE) and not str(iri).startswith(AX)
    )
    replaced = graph.subject_objects(URIRef(DCTERMS + "isReplacedBy"))
    successors = {local_name(str(term)): local_name(str(new)) for term, new in replaced}
    return Vocabulary(classes, individuals, properties, _follows_only(graph), schemes, successors)


def _follows_only(graph: Graph) -> frozenset[str]:
    """Terms marked so, and the classes that are defined by what their members do."""
    marked = set(graph.subjects(URIRef(AX + "followsOnly"), Literal(True)))
    for term, definition in graph.subject_objects(OWL.equivalentClass):
        if (definition, OWL.oneOf, None) not in graph and (term, RDF.type, OWL.Class) in graph:
            marked.add(term)
    return frozenset(local_name(str(term)) for term in marked)


def _property(graph: Graph, iri: Node, kind: str, name: str = "") -> Property:
    datatype, pattern, values = _datatype(graph, iri) if kind == "data" else ("", "", frozenset[str]())
    return Property(
        name=name or local_name(str(iri)),
        iri=str(iri),
        kind=kind,
        domain=_class_names(graph, iri, RDFS.domain),
        range=frozenset({datatype}) if datatype else _class_names(graph, iri, RDFS.range),
        pattern=pattern,
        values=values,
        symmetric=(iri, RDF.type, OWL.SymmetricProperty) in graph,
        inverses=_names(graph, iri, OWL.inverseOf)
        | frozenset(
            local_name(str(other))
            for other in graph.subjects(OWL.inverseOf, iri)
            if isinstance(other, URIRef)
        ),
        parents=_names(graph, iri, RDFS.subPropertyOf),
        tensions=_names(graph, iri, URIRef(AX + "inTensionWith")),
    )


def _datatype(graph: Graph, iri: Node) -> tuple[str, str, frozenset[str]]:
    """The built-in datatype of a data property's values, and what restricts them."""
    named = graph.value(iri, RDFS.range)
    definition = graph.value(named, OWL.equivalentClass)
    if named is None or definition is None:
        return str(named or ""), "", frozenset()
    listed = graph.value(definition, OWL.oneOf)
    if listed is not None:
        return str(XSD.string), "", frozenset(str(value) for value in graph.items(listed))
    facets = graph.items(graph.value(definition, OWL.withRestrictions) or RDF.nil)
    pattern = next((str(graph.value(facet, XSD.pattern)) for facet in facets), "")
    return str(graph.value(definition, OWL.onDatatype)), pattern, frozenset()


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
