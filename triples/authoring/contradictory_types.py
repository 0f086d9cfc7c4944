"""Kinds that nothing can be of at once, by the axioms of the ontology (``owl:disjointWith``)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rdflib import OWL, RDF
from rdflib.collection import Collection

from araxes.ontology.loading import load_ontology
from araxes.ontology.modules_at_work import per_ontology
from araxes.ontology.namespaces import local_name
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus import Record, as_list
from araxes.triples.authoring.findings import Finding


def type_findings(record: Record) -> Iterator[Finding]:
    """Two types of a record of which the ontology says that nothing has both."""
    kinds = [kind for kind in as_list(record.data.get("type")) if isinstance(kind, str)]
    for one, other in combinations(kinds, 2):
        if one == other or _contradict(one, other):
            what = (
                f"type: nothing is {one} and {other} at once" if one != other else f"type: {one} stands twice"
            )
            yield record.finding(what, "keep the one that it is", "type")


def _contradict(one: str, other: str) -> bool:
    classes = vocabulary().classes
    pairs = _disjoint()
    return any(
        frozenset((first, second)) in pairs
        for first in classes.get(one, ())
        for second in classes.get(other, ())
    )


@per_ontology
def _disjoint() -> frozenset[frozenset[str]]:
    """Pairs of classes, by local name, that share no member."""
    graph = load_ontology()
    found = {
        frozenset((local_name(str(s)), local_name(str(o))))
        for s, o in graph.subject_objects(OWL.disjointWith)
    }
    for node in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        for head in graph.objects(node, OWL.members):
            members = [local_name(str(each)) for each in Collection(graph, head)]
            found |= {frozenset(pair) for pair in combinations(members, 2)}
    return frozenset(found)
