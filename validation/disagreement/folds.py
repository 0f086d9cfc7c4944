"""Which things belong together in a dispute, by their records and by the register.

An organ or spokesman stands for its state, a part of a relationship for the whole, an event for the conflict
around it, and what the register says for what it says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from araxes.ontology.namespaces import AX

_FOLDING = {"organOf", "speaksFor", "componentOf", "subEventOf", "party", "excludes"}


@dataclass(frozen=True)
class Folds:
    """What the records of things say about which of them belong together.

    Attributes:
        above: property → thing → what it leads to, IRIs in order.
        same: thing → the thing that stands for it, and whether its effects turn round.
    """

    above: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    same: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def thing(self, iri: str) -> str:
        """A thing, or what stands for it."""
        return self.same.get(iri, (iri, False))[0]

    def turned(self, iri: str) -> bool:
        """Whether what furthers a thing hinders what stands for it."""
        return self.same.get(iri, (iri, False))[1]

    def actor(self, iri: str) -> str:
        """The state for which an organ or spokesman stands, or the actor itself."""
        found = self.thing(iri)
        return self._top(self._top(found, "organOf"), "speaksFor")

    def whole(self, iri: str) -> str:
        """The relationship of which another is a part, or the thing itself."""
        found = self.thing(iri)
        return self._top(found, "componentOf") if "/relationship/" in found else found

    def conflict(self, iri: str) -> str:
        """The event around an event, or the event itself."""
        return self.thing(self._top(self.thing(iri), "subEventOf"))

    def excluding(self, iri: str) -> bool:
        """Whether a thing excludes others."""
        return iri in self.above.get("excludes", {})

    def exclusive(self, iris: Iterable[str]) -> str:
        """The name of the set of things that exclude each other: its first member."""
        found: set[str] = set()
        agenda = list(iris)
        while agenda:
            each = agenda.pop()
            if each not in found:
                found.add(each)
                agenda += self.above.get("excludes", {}).get(each, ())
        return min(found)

    def parties(self, relationship: str) -> tuple[str, ...]:
        """The actors between which a relationship holds."""
        given = self.above.get("party", {}).get(self.whole(relationship), ())
        return tuple(sorted({self.actor(each) for each in given}))

    def _top(self, iri: str, name: str) -> str:
        seen = {iri}
        while ups := [up for up in self.above.get(name, {}).get(iri, ()) if up not in seen]:
            iri = ups[0]
            seen.add(iri)
        return iri


def read_folds(quads: Iterable[ox.Quad], same: dict[str, tuple[str, bool]]) -> Folds:
    """Read from the default graph what belongs together.

    Args:
        quads: a dataset.
        same: what the register lets stand for what.
    """
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        name = quad.predicate.value.removeprefix(AX)
        if name in _FOLDING and isinstance(quad.graph_name, ox.DefaultGraph):
            one, two = bare(str(quad.subject)), bare(str(quad.object))
            found[name][one].add(two)
            if name == "excludes":
                found[name][two].add(one)
    ordered = {
        name: {one: tuple(sorted(others)) for one, others in pairs.items()} for name, pairs in found.items()
    }
    return Folds(ordered, same)


def bare(node: str) -> str:
    """An IRI without the brackets of N-Triples; anything else as it is.

    >>> bare("<https://w3id.org/araxes/state/iran>")
    'https://w3id.org/araxes/state/iran'
    """
    return re.sub(r"^<(.*)>$", r"\1", node)
