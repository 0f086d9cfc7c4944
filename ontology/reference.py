"""The ontology as a reference for people: every term by module, in English and Persian."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from araxes.ontology.alignments import alignments_of
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.loading import load_ontology
from araxes.ontology.modules_at_work import homes_of_terms, per_ontology
from araxes.ontology.namespaces import AX, DC, DCTERMS, ONTOLOGY, local_name
from araxes.ontology.reference_entries import Alignment, Entry, Module, Modules, Texts, entries_of
from araxes.ontology.turtle_form import declared_kinds, is_own

_MODULE = ONTOLOGY + "/module/"

KIND_NAMES = {
    OWL.Class: {"en": "Class", "fa": "رده"},
    OWL.ObjectProperty: {"en": "Relation between things", "fa": "رابطهٔ میان چیزها"},
    OWL.DatatypeProperty: {"en": "Property with a value", "fa": "ویژگی با مقدار"},
    OWL.AnnotationProperty: {"en": "Annotation", "fa": "یادداشت"},
    OWL.NamedIndividual: {"en": "Value", "fa": "مقدار"},
    RDFS.Datatype: {"en": "Datatype", "fa": "نوع داده"},
}
"""What the kinds of term are called."""

_TRAITS = {
    OWL.SymmetricProperty: {"en": "symmetric", "fa": "متقارن"},
    OWL.AsymmetricProperty: {"en": "asymmetric", "fa": "نامتقارن"},
    OWL.TransitiveProperty: {"en": "transitive", "fa": "متعدی"},
    OWL.IrreflexiveProperty: {"en": "never to itself", "fa": "هرگز با خود"},
    OWL.FunctionalProperty: {"en": "one value at most", "fa": "حداکثر یک مقدار"},
    OWL.InverseFunctionalProperty: {"en": "of one thing at most", "fa": "حداکثر از آنِ یک چیز"},
}


@per_ontology
def reference() -> Modules:
    """The reference of the modules in this folder."""
    return reference_of(load_ontology(), homes_of_terms())


def reference_of(graph: Graph, homes: Mapping[str, str] | None = None) -> Modules:
    """Every module that a graph declares, by name, the root left out.

    Args:
        graph: an ontology; terms outside of the project's namespace are passed over.
        homes: the IRIs under which terms of corpora's modules stand in it → their own.
    """
    aligned, groups = alignments_of(), _disjoint_groups(graph)
    entries = [
        replace(_entry(graph, term, kind, aligned, groups), home=(homes or {}).get(str(term), ""))
        for term, kind in declared_kinds(graph).items()
        if is_own(term)
    ]
    found = {}
    for iri in sorted(graph.subjects(RDF.type, OWL.Ontology), key=str):
        name = str(iri).removeprefix(_MODULE)
        if str(iri) == _MODULE + name and "/" not in name:
            own = sorted((e for e in entries if e.module == name), key=lambda e: e.name.casefold())
            title = _texts(graph, iri, URIRef(DC + "title")) or _texts(graph, iri, RDFS.label)
            description = _texts(graph, iri, URIRef(DCTERMS + "description"))
            version = str(graph.value(iri, OWL.versionInfo) or "")
            found[name] = Module(name, title, description, version, tuple(own))
    return found


@per_ontology
def entries_by_name() -> dict[str, Entry]:
    """Every term of the modules in this folder by its local name."""
    return entries_of(reference())


def _entry(
    graph: Graph, term: URIRef, kind: URIRef, aligned: dict[str, list[Alignment]], groups: Groups
) -> Entry:
    module = str(graph.value(term, RDFS.isDefinedBy) or "").rpartition("/")[2]
    return Entry(
        name=local_name(str(term)),
        kind=KIND_NAMES[kind],
        module=module,
        label=_texts(graph, term, RDFS.label),
        definition=_texts(graph, term, SKOS.definition),
        example=_texts(graph, term, SKOS.example),
        traits=tuple(name for trait, name in _TRAITS.items() if (term, RDF.type, trait) in graph),
        links={heading: names for heading, names in _links(graph, term, groups).items() if names},
        alignments=tuple(aligned.get(str(term), ())),
        deprecated=(term, OWL.deprecated, Literal(True)) in graph,
    )


def _links(graph: Graph, term: URIRef, groups: Groups) -> dict[str, tuple[str, ...]]:
    """The term's neighbours in the ontology by heading."""
    tension = URIRef(AX + "inTensionWith")
    return {
        "above": _names(
            graph, [*graph.objects(term, RDFS.subClassOf), *graph.objects(term, RDFS.subPropertyOf)]
        ),
        "below": _names(
            graph, [*graph.subjects(RDFS.subClassOf, term), *graph.subjects(RDFS.subPropertyOf, term)]
        ),
        "domain": _names(graph, graph.objects(term, RDFS.domain)),
        "range": _names(graph, graph.objects(term, RDFS.range)),
        "inverse": _names(graph, [*graph.objects(term, OWL.inverseOf), *graph.subjects(OWL.inverseOf, term)]),
        "follows": _chained(graph, graph.objects(term, OWL.propertyChainAxiom)),
        "defined": _defining(graph, term),
        "replaced": _names(graph, graph.objects(term, URIRef(DCTERMS + "isReplacedBy"))),
        "tension": _names(graph, [*graph.objects(term, tension), *graph.subjects(tension, term)]),
        "disjoint": _names(graph, _disjoint(graph, term, groups)),
        "class": _names(graph, graph.objects(term, RDF.type)),
        "values": _names(graph, graph.subjects(RDF.type, term)),
    }


def _chained(graph: Graph, chains: Iterable[Node]) -> tuple[str, ...]:
    """The terms of the chains from which a relation follows, each chain in the order of its steps."""
    named = sorted([_step(graph, step) for step in graph.items(chain)] for chain in chains)
    return tuple(dict.fromkeys(name for chain in named for name in chain))


def _step(graph: Graph, step: Node) -> str:
    """The local name of a property of a chain, or of that whose inverse it is."""
    return local_name(str(graph.value(step, OWL.inverseOf) if isinstance(step, BNode) else step))


def _defining(graph: Graph, term: URIRef) -> tuple[str, ...]:
    """The terms by which a class is defined."""
    agenda, found = list(graph.objects(term, OWL.equivalentClass)), set[Node]()
    while agenda:
        node = agenda.pop()
        if isinstance(node, BNode):
            agenda += [value for name, value in graph.predicate_objects(node) if name != RDF.type]
        elif node != RDF.nil:
            found.add(node)
    return _names(graph, found)


Groups = dict[Node, set[Node]]
"""Term → the others that it is disjoint with by a list of classes."""


def _disjoint_groups(graph: Graph) -> Groups:
    found: Groups = {}
    for group in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        members = set(_members(graph, graph.value(group, OWL.members)))
        for member in filter(is_own, members):
            found.setdefault(member, set()).update(members - {member})
    return found


def _disjoint(graph: Graph, term: URIRef, groups: Groups) -> list[Node]:
    pairs = [*graph.objects(term, OWL.disjointWith), *graph.subjects(OWL.disjointWith, term)]
    return [*pairs, *groups.get(term, ())]


def _members(graph: Graph, head: Node | None) -> list[Node]:
    """The members of a list; none of one that never ends, since any dataset may be served."""
    try:
        return list(graph.items(head)) if head is not None else []
    except ValueError:
        return []


def _names(graph: Graph, nodes: Iterable[Node]) -> tuple[str, ...]:
    """Local names of own terms and IRIs of datatypes, members of unions spelled out."""
    found = set()
    for node in nodes:
        union = graph.value(node, OWL.unionOf)
        members = _members(graph, union) if union is not None else [node]
        found |= {local_name(str(each)) for each in members if _shown(each)}
    return tuple(sorted(found, key=str.casefold))


def _shown(node: Node) -> bool:
    return is_own(node) or "XMLSchema#" in str(node)


def _texts(graph: Graph, subject: Node, predicate: URIRef) -> Texts:
    """Texts by language; in a language of the pages that has none, that of another."""
    found = {
        text.language: str(text)
        for text in sorted(graph.objects(subject, predicate), key=str)
        if isinstance(text, Literal) and text.language
    }
    instead = found.get(LANGUAGES[0]) or next(iter(found.values()), "")
    return dict.fromkeys(LANGUAGES, instead) | found if found else {}
