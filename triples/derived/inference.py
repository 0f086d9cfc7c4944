"""What follows from each claim and the ontology, kept apart from what the claim states.

The graph ``<claim>#inferred`` holds the statements that follow from one claim by symmetry, inverses,
sub-properties, transitivity and types; in the default graph it is an ``ax:Inference`` that
``prov:wasDerivedFrom`` names the claim of. Nothing that needs two claims is inferred; what records say of
the things that a claim names (whose office it is, where a place lies) may be a premise beside it.

The rules are those of OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL) for the axioms of
:func:`schema`. All but transitivity and chains have one statement as premise; so they are applied once to one
sample statement for each property and class, and what follows from a sample follows from each statement like
it. Chains and defined classes are in :mod:`araxes.triples.derived.chains`. The engine owlrl, which is far
slower, finds the same (``tests/triples/test_inference.py``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from araxes.ontology.loading import load_ontology
from araxes.ontology.modules_at_work import per_ontology
from araxes.ontology.namespaces import AX, INFERRED, PROV
from araxes.ontology.oxigraph_terms import RDF_TYPE
from araxes.ontology.turtle_form import is_own
from araxes.triples.derived.chains import conclude, ontology_conclusions
from araxes.triples.derived.claim_graphs import ClaimGraph

SUFFIX = INFERRED
"""What the name of a graph of inferred statements adds to the claim's IRI."""

_SCHEMA = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf}
_TRAITS = {OWL.SymmetricProperty, OWL.TransitiveProperty}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Pattern = tuple[str, ox.NamedNode, str]
"""``s`` or ``o`` for the subject or object of the premise, a predicate, and ``s``, ``o`` or a class IRI."""


@dataclass
class Rules:
    """What one statement entails.

    Attributes:
        properties: property IRI → patterns that follow from a statement with it.
        classes: class IRI → IRIs of classes that its members also belong to.
        transitive: IRIs of transitive properties.
        chained: IRIs of these and of their sub-properties.
        general: property IRI → patterns that put the ends of a statement into the classes above all others.
    """

    properties: dict[str, list[Pattern]] = field(default_factory=dict)
    classes: dict[str, list[str]] = field(default_factory=dict)
    transitive: set[str] = field(default_factory=set)
    chained: set[str] = field(default_factory=set)
    general: dict[str, list[Pattern]] = field(default_factory=dict)


def inference_quads(claims: Mapping[str, ClaimGraph], quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The inferred graphs of claims, and their descriptions for the default graph.

    Args:
        claims: the claims by IRI.
        quads: the dataset, with the records of the things that the claims name.
    """
    rules = ontology_rules()
    records = record_premises(quads)
    for claim in claims.values():
        found = inferred_triples(claim, rules, _said_of(claim, records))
        if not found:
            continue
        name = ox.NamedNode(claim.iri + SUFFIX)
        for triple in found:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, name)
        yield ox.Quad(name, RDF_TYPE, ox.NamedNode(AX + "Inference"))
        yield ox.Quad(name, ox.NamedNode(PROV + "wasDerivedFrom"), ox.NamedNode(claim.iri))


def record_premises(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Triple]]:
    """What may be a premise beside a claim: kinds and places of things and the like, by the thing's IRI.

    Only what stands in the default graph and no claim says: records, not claims.
    """
    wanted = ontology_conclusions().premises | {RDF_TYPE.value}
    claimed: set[ox.Triple] = set()
    said: dict[str, list[ox.Triple]] = defaultdict(list)
    for quad in quads:
        if quad.predicate.value not in wanted or not isinstance(quad.subject, ox.NamedNode):
            continue
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            if quad.predicate != RDF_TYPE and not quad.graph_name.value.endswith(SUFFIX):
                claimed.add(quad.triple)
        elif isinstance(quad.object, ox.NamedNode):
            said[quad.subject.value].append(quad.triple)
    return {node: [each for each in triples if each not in claimed] for node, triples in said.items()}


def _said_of(claim: ClaimGraph, records: dict[str, list[ox.Triple]]) -> list[ox.Triple]:
    """What records say of the things that a claim names."""
    named = {
        node.value
        for quad in claim.quads
        for node in (quad.subject, quad.object)
        if isinstance(node, ox.NamedNode)
    }
    return [triple for node in sorted(named) for triple in records.get(node, ())]


def inferred_triples(claim: ClaimGraph, rules: Rules, records: Collection[ox.Triple] = ()) -> list[ox.Triple]:
    """What follows from a claim and is not stated in it, sorted.

    Args:
        claim: the claim.
        rules: what follows from single statements.
        records: what records say of the things that it names.
    """
    stated = {quad.triple for quad in claim.quads}
    background = {made for triple in records for made in (triple, *_follow(triple, rules))}
    known = stated | _simple(stated, rules)
    while True:
        made = conclude(known, background, ontology_conclusions()) - known
        if not made:
            return sorted(known - stated - set(records), key=str)
        known |= made | _simple(known | made, rules)


def _simple(triples: set[ox.Triple], rules: Rules) -> set[ox.Triple]:
    """What follows from single statements, and by transitivity."""
    found = {made for triple in triples for made in _follow(triple, rules)}
    chained = [triple for triple in triples | found if triple.predicate.value in rules.chained]
    if len({triple.subject for triple in chained} & {triple.object for triple in chained}):
        found |= _closed(chained, rules)
    return found


def _follow(triple: ox.Triple, rules: Rules) -> Iterator[ox.Triple]:
    """What follows from one statement; that a thing is an entity need not be said of each."""
    if triple.predicate == RDF_TYPE:
        if isinstance(triple.object, ox.NamedNode):
            for above in rules.classes.get(triple.object.value, ()):
                yield ox.Triple(triple.subject, RDF_TYPE, ox.NamedNode(above))
        return
    yield from _made(triple, rules.properties.get(triple.predicate.value, ()))


def _made(triple: ox.Triple, patterns: Iterable[Pattern]) -> Iterator[ox.Triple]:
    ends: dict[str, Term] = {"s": triple.subject, "o": triple.object}
    for first, predicate, second in patterns:
        subject = ends[first]
        if isinstance(subject, ox.NamedNode | ox.BlankNode):
            value = ends.get(second) or ox.NamedNode(second)
            yield ox.Triple(subject, predicate, value)


@per_ontology
def ontology_rules() -> Rules:
    """The rules that the ontology gives."""
    ontology = load_ontology()
    axioms = schema(ontology)
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    rules = Rules()
    for term in {each for kind in kinds for each in ontology.subjects(RDF.type, kind) if is_own(each)}:
        is_data = (term, RDF.type, OWL.DatatypeProperty) in ontology
        found = _patterns(axioms, term, is_data)
        general = {each for each in found if URIRef(each[2]) in _roots()}
        rules.properties[str(term)] = sorted(found - general, key=str)
        rules.general[str(term)] = sorted(general, key=str)
    for term in ontology.subjects(RDF.type, OWL.Class):
        if is_own(term):
            rules.classes[str(term)] = sorted(map(str, _kinds(axioms, term) - {term} - _roots()))
    for term in axioms.subjects(RDF.type, OWL.TransitiveProperty):
        rules.transitive.add(str(term))
        rules.chained |= {str(below) for below in axioms.transitive_subjects(RDFS.subPropertyOf, term)}
    return rules


def schema(ontology: Graph) -> Graph:
    """The axioms from which something follows for single statements, without anonymous classes."""
    graph = Graph()
    for subject, predicate, value in ontology:
        named = isinstance(subject, URIRef) and isinstance(value, URIRef)
        if named and (predicate in _SCHEMA or (predicate == RDF.type and value in _TRAITS)):
            graph.add((subject, predicate, value))
    return graph


def _patterns(axioms: Graph, term: Node, is_data: bool) -> set[Pattern]:
    """What follows from a statement with a property, whose value has no properties itself if it is data."""
    found: set[Pattern] = set()
    agenda, seen = [("s", term, "o")], {("s", term, "o")}
    while agenda:
        one, name, other = agenda.pop()
        if (is_own(name) and name != term) or one == "o":
            found.add((one, ox.NamedNode(str(name)), other))
        for end, axiom in ((one, RDFS.domain), (other, RDFS.range)):
            if end == "s" or not is_data:
                kinds = {up for kind in axioms.objects(name, axiom) for up in _kinds(axioms, kind)}
                found |= {(end, RDF_TYPE, str(kind)) for kind in kinds}
        turned = {*axioms.objects(name, OWL.inverseOf), *axioms.subjects(OWL.inverseOf, name)}
        if (name, RDF.type, OWL.SymmetricProperty) in axioms:
            turned.add(name)
        further = [(one, up, other) for up in axioms.objects(name, RDFS.subPropertyOf)]
        further += [] if is_data else [(other, each, one) for each in turned]
        agenda += [each for each in further if each not in seen]
        seen.update(further)
    return found


def _kinds(axioms: Graph, kind: Node) -> set[Node]:
    """A class and those above it."""
    above = axioms.transitive_objects(kind, RDFS.subClassOf)
    return {each for each in above if each is not None and is_own(each)}


@per_ontology
def _roots() -> frozenset[Node]:
    """The classes above all others."""
    graph = load_ontology()
    below = {above for _, above in graph.subject_objects(RDFS.subClassOf)}
    return frozenset(each for each in below if (each, RDFS.subClassOf, None) not in graph)


def _closed(triples: Collection[ox.Triple], rules: Rules) -> set[ox.Triple]:
    """What follows from several statements by transitivity, and from that in turn."""
    known, before = set(triples), 0
    while len(known) > before:
        before = len(known)
        known |= {made for triple in known for made in _follow(triple, rules)}
        for name in rules.transitive:
            known |= _linked(triple for triple in known if triple.predicate.value == name)
    general = rules.general
    return known | {made for each in known for made in _made(each, general.get(each.predicate.value, ()))}


def _linked(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Statements with a transitive property, and those that join the ends of two of them."""
    given = set(triples)
    leaving: dict[Term, list[Term]] = defaultdict(list)
    for triple in given:
        leaving[triple.subject].append(triple.object)
    return given | {
        ox.Triple(triple.subject, triple.predicate, end)
        for triple in given
        for end in leaving.get(triple.object, ())
    }
