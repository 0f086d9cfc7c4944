"""Nodes of claims that have no label of their own, as far as it takes to name them."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, local_name
from araxes.ontology.oxigraph_terms import RDF_TYPE
from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.derived.inference import SUFFIX
from araxes.triples.labels import Term

TAKES_BACK = frozenset({AX + "NotAlways", AX + "NotOnly"})
"""Degrees with which a claim says that its statement, by itself, says too much."""


class UnlabelledNodes:
    """What the dataset says of nodes that have no label of their own."""

    def __init__(self, dataset: ox.Dataset, words: Vocabulary) -> None:
        """Read the dataset."""
        self._words = words
        self._kinds: dict[str, set[str]] = defaultdict(set)
        self._said: dict[str, set[tuple[ox.NamedNode, Term]]] = defaultdict(set)
        self._in_languages: dict[tuple[Term, str, str], dict[str, list[ox.Literal]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._limited: set[str] = set()
        self._follows: dict[str, set[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]]] = defaultdict(set)
        for quad in dataset:
            self._learn(quad)

    def _learn(self, quad: ox.Quad) -> None:
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        subject, value = quad.subject, quad.object
        if isinstance(value, ox.Literal) and value.language:
            self._in_languages[subject, quad.predicate.value, graph][value.language].append(value)
        if not isinstance(subject, ox.NamedNode):
            return
        if graph.endswith(SUFFIX):
            if isinstance(value, ox.NamedNode):
                self._follows[graph].add((subject, quad.predicate, value))
            return
        if quad.predicate == RDF_TYPE and isinstance(value, ox.NamedNode):
            self._kinds[subject.value].add(value.value)
        elif "#" in subject.value:
            self._said[subject.value].add((quad.predicate, value))
        if graph and isinstance(value, ox.NamedNode) and value.value in TAKES_BACK:
            self._limited.add(graph)

    def kind(self, iri: str) -> str:
        """The most special class of a node, or an empty string."""
        return max(self._kinds.get(iri, ()), key=self._depth, default="")

    def kinds(self, term: Term) -> frozenset[str]:
        """The classes of a thing and those above them, by their local names."""
        given = self._kinds.get(term.value, ()) if isinstance(term, ox.NamedNode) else ()
        return frozenset(each for kind in given for each in self._words.classes.get(local_name(kind), ()))

    def _depth(self, kind: str) -> tuple[int, str]:
        return len(self._words.classes.get(local_name(kind), ())), kind

    def said(self, iri: str) -> set[tuple[ox.NamedNode, Term]]:
        """Properties and values that are said of a node."""
        return self._said.get(iri, set())

    def follows(self, iri: str) -> set[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]]:
        """Relations that a graph of inferences holds."""
        return self._follows.get(iri, set())

    def in_language(self, parts: tuple[Term, ox.NamedNode, Term], graph: str, language: str) -> Term | None:
        """The value of a statement in a language, where it is a text in each language."""
        subject, predicate, value = parts
        if not isinstance(value, ox.Literal) or not value.language:
            return value
        found = self._in_languages[subject, predicate.value, graph]
        if any(len(found.get(each, ())) != 1 for each in LANGUAGES):
            return None
        return found[language][0]

    def taken_back(self, quad: ox.Quad, graph: str) -> bool:
        """Whether a claim says of its statements that they do not always, or not alone, hold."""
        return graph in self._limited and "Qualification" not in self.kinds(quad.subject)
