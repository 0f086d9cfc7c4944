"""Which state an actor stands for: the state itself, who speaks for it, and who is or was its head."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, RDF
from araxes.validation.disagreement.working import fact

_READ = {AX + name: name for name in ("speaksFor", "hasTenure", "office", "officeOf")} | {
    RDF + "type": "type"
}


def standing(dataset: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """``w:standsFor`` of actors; heads are known by their tenures, whichever claims give these."""
    given: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in dataset:
        if name := _READ.get(quad.predicate.value):
            given[name][str(quad.subject).strip("<>")].add(str(quad.object).strip("<>"))
    states = {one for one, kinds in given["type"].items() if AX + "State" in kinds}
    found = {(state, state) for state in states}
    found |= {(one, state) for one, spoken in given["speaksFor"].items() for state in spoken}
    for person, tenures in given["hasTenure"].items():
        offices = {office for tenure in tenures for office in given["office"][tenure]}
        heads = {office for office in offices if AX + "HeadOffice" in given["type"][office]}
        found |= {(person, state) for office in heads for state in given["officeOf"][office]}
    for one, state in sorted(found):
        yield fact(one, "standsFor", ox.NamedNode(state))
