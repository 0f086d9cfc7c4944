"""What follows from each claim and the ontology, kept apart from what the claim states.

The graph ``<claim>#inferred`` holds the statements that follow from one claim by symmetry, inverses,
sub-properties, transitivity and types; in the default graph it is an ``ax:Inference`` that
``prov:wasDerivedFrom`` names the claim of. Nothing that needs two claims is inferred; what records say of
the things that a claim names (whose office it is, where a place lies) may be a premise beside it.

The rules are those of OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL), run by owlrl. All but
transitivity and chains have one statement as premise; so the engine runs once over one sample statement
for each property and class, and what follows from a sample follows from each statement like it. Chains and
defined classes are in :mod:`araxes.triples.derived.chains`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import owlrl
import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from araxes.ontology.loading import load_ontology
from araxes.ontology.namespaces import AX, INFERRED, PROV
from araxes.ontology.namespaces import RDF as RDF_NS
from araxes.ontology.own_modules import per_ontology
from araxes.ontology.turtle_form import is_own
from araxes.triples.derived.chains import conclude, ontology_conclusions
from araxes.triples.derived.claim_graphs import ClaimGraph

SUFFIX = INFERRED
"""What the name of a graph of inferred statements adds to the claim's IRI."""

_TYPE = ox.NamedNode(RDF_NS + "type")
_SCHEMA = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf}
_TRAITS = {OWL.SymmetricProperty, OWL.TransitiveProperty}
_SUBJECT, _OBJECT = URIRef("urn:araxes:subject:"), URIRef("urn:araxes:object:")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Pattern = tuple[str, ox.NamedNode, str]
"""``s`` or ``o`` for the subject or object of the premise, a predicate, and ``s``, ``o`` or a class IRI."""


@dataclass
class Rules:
    """What one statement entails.

    Attributes:
        properties: property IRI → patterns that follow from a statement with it.
        classes: class IRI → IRIs of classes that its members also belong to.
        transitive: IRIs of transitive properties and of their sub-properties.
    """

    properties: dict[str, list[Pattern]] = field(default_factory=lambda: defaultdict(list))
    classes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    transitive: set[str] = field(default_factory=set)


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
        yield ox.Quad(name, _TYPE, ox.NamedNode(AX + "Inference"))
        yield ox.Quad(name, ox.NamedNode(PROV + "wasDerivedFrom"), ox.NamedNode(claim.iri))


def record_premises(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Triple]]:
    """What may be a premise beside a claim: kinds and places of things and the like, by the thing's IRI.

    Only what stands in the default graph and no claim says: records, not claims.
    """
    wanted = ontology_conclusions().premises | {_TYPE.value}
    claimed: set[ox.Triple] = set()
    said: dict[str, list[ox.Triple]] = defaultdict(list)
    for quad in quads:
        if quad.predicate.value not in wanted or not isinstance(quad.subject, ox.NamedNode):
            continue
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            if quad.predicate != _TYPE and not quad.graph_name.value.endswith(SUFFIX):
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
    chained = [triple for triple in triples | found if triple.predicate.value in rules.transitive]
    if len({triple.subject for triple in chained} & {triple.object for triple in chained}):
        found |= _closed(chained)
    return found


def _follow(triple: ox.Triple, rules: Rules) -> Iterator[ox.Triple]:
    if triple.predicate == _TYPE:
        if isinstance(triple.object, ox.NamedNode):
            for above in rules.classes.get(triple.object.value, ()):
                yield ox.Triple(triple.subject, _TYPE, ox.NamedNode(above))
        return
    ends: dict[str, Term] = {"s": triple.subject, "o": triple.object}
    for first, predicate, second in rules.properties.get(triple.predicate.value, ()):
        subject = ends[first]
        if isinstance(subject, ox.NamedNode | ox.BlankNode):
            value = ends.get(second) or ox.NamedNode(second)
            yield ox.Triple(subject, predicate, value)


@per_ontology
def ontology_rules() -> Rules:
    """The rules that the ontology gives, from one run of the engine."""
    ontology = load_ontology()
    graph = schema(ontology)
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    properties = [p for kind in kinds for p in ontology.subjects(RDF.type, kind) if is_own(p)]
    classes = [c for c in ontology.subjects(RDF.type, OWL.Class) if is_own(c)]
    for each in properties:
        is_data = (each, RDF.type, OWL.DatatypeProperty) in ontology
        value: Node = Literal("a value") if is_data else _OBJECT + str(each)
        graph.add((_SUBJECT + str(each), URIRef(str(each)), value))
    for each in classes:
        graph.add((_SUBJECT + str(each), RDF.type, URIRef(str(each))))
    samples = set(graph)
    run_engine(graph)
    rules = Rules()
    for subject, predicate, value in sorted(set(graph) - samples):
        _learn(rules, subject, predicate, value)
    for each in graph.subjects(RDF.type, OWL.TransitiveProperty):
        rules.transitive |= {str(below) for below in graph.transitive_subjects(RDFS.subPropertyOf, each)}
    return rules


def schema(ontology: Graph) -> Graph:
    """The axioms from which something follows for single statements, without anonymous classes."""
    graph = Graph()
    for subject, predicate, value in ontology:
        named = isinstance(subject, URIRef) and isinstance(value, URIRef)
        if named and (predicate in _SCHEMA or (predicate == RDF.type and value in _TRAITS)):
            graph.add((subject, predicate, value))
    return graph


def run_engine(graph: Graph) -> None:
    """Add all that follows by OWL 2 RL to a graph."""
    closure = owlrl.DeductiveClosure(
        owlrl.OWLRL_Semantics, rdfs_closure=False, axiomatic_triples=False, datatype_axioms=False
    )
    closure.expand(graph)


def _learn(rules: Rules, subject: Node, predicate: Node, value: Node) -> None:
    """Turn what follows for a sample into a rule."""
    role, sample = _role(subject)
    if not role or not (is_own(predicate) or predicate == RDF.type):
        return
    other, _ = _role(value)
    if predicate == RDF.type and (not is_own(value) or value in _roots()):
        return
    if predicate == RDF.type and role == "s" and sample in _sampled_classes():
        rules.classes[sample].append(str(value))
    else:
        rules.properties[sample].append((role, ox.NamedNode(str(predicate)), other or str(value)))


@per_ontology
def _sampled_classes() -> frozenset[str]:
    return frozenset(str(each) for each in load_ontology().subjects(RDF.type, OWL.Class))


@per_ontology
def _roots() -> frozenset[Node]:
    """The classes above all others: that a thing is an entity need not be said of each."""
    graph = load_ontology()
    below = {above for _, above in graph.subject_objects(RDFS.subClassOf)}
    return frozenset(each for each in below if (each, RDFS.subClassOf, None) not in graph)


def _role(node: Node) -> tuple[str, str]:
    """Whether a node stands for the subject or the object of a sample, and of which."""
    for role, prefix in (("s", _SUBJECT), ("o", _OBJECT)):
        if isinstance(node, URIRef) and node.startswith(prefix):
            return role, str(node)[len(prefix) :]
    return "", ""


def _closed(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """What the engine finds for several statements together."""
    graph = schema(load_ontology())
    stated = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    given = Graph().parse(data=stated, format="nt")
    for triple in given:
        graph.add(triple)
    run_engine(graph)
    nodes = {node for triple in given for node in (triple[0], triple[2])}
    return {
        ox.Triple(ox.NamedNode(str(s)), ox.NamedNode(str(p)), ox.NamedNode(str(o)))
        for s, p, o in graph
        if s in nodes and isinstance(o, URIRef) and (is_own(p) or (p == RDF.type and is_own(o)))
    }
