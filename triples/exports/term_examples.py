"""Examples for the terms of the ontology, taken from the claims, so that each is true of the data.

After ``araxes build``, ``python -m araxes.triples.exports.term_examples`` writes them into the modules as
``skos:example``: an example that is still true stays, one that is not is replaced, and a term that the data
does not use keeps what it has.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import OWL, SKOS, Graph, Literal, URIRef

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.loading import load_ontology
from araxes.ontology.module_files import module_files
from araxes.ontology.namespaces import AX, BASE, RDFS, local_name
from araxes.ontology.oxigraph_terms import RDF_TYPE
from araxes.ontology.turtle_form import canonical_turtle, declared_kinds, is_own, with_declarations
from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.ontology.whole_files import write_whole
from araxes.triples.derived.digests import COMPARISONS
from araxes.triples.derived.inference import SUFFIX
from araxes.triples.exports.defining_statements import defining_statements
from araxes.triples.exports.unlabelled_nodes import UnlabelledNodes
from araxes.triples.labels import Description, Term, Words
from araxes.triples.stores.versioned_store import current, root_path

REPAIR = "python -m araxes.triples.exports.term_examples"
"""The command that renews the examples."""

_LONGEST = 300
_SAID = 4
_OPAQUE = {"sortKey"}
_COMPUTED = {"earliest", "latest", "sha256"}
_STATEMENT = ("ofSubject", "ofProperty", "ofObject", "ofValue")
_IN = {"en": " in ", "fa": " در "}
Pair = tuple[str, str]
"""An example in English and in Persian."""


class Examples:
    """Every true example of every term."""

    def __init__(self, dataset: ox.Dataset, words: Vocabulary) -> None:
        """Read the dataset."""
        self._names = Words(dataset)
        self._words = words
        self._about = Description(dataset)
        self._nodes = UnlabelledNodes(dataset, words)
        self._defined = defining_statements(load_ontology())
        self.found: dict[str, set[Pair]] = defaultdict(set)
        self._plain: dict[str, set[Pair]] = defaultdict(set)
        for quad in dataset:
            self._learn(quad)

    def best(self, term: str, given: Pair | None = None) -> Pair | None:
        """The plainest and shortest example of a term, by its local name.

        Args:
            term: the local name.
            given: an example that was chosen: one from the same claim is preferred.
        """
        found = self._plain.get(term) or self.found.get(term, set())
        claim = _paraphrase(given)
        same = {pair for pair in found if claim and claim in pair[0]}
        return min(same or found, key=lambda pair: (len(pair[0]), pair), default=None)

    def _learn(self, quad: ox.Quad) -> None:
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if graph.endswith(SUFFIX) or not isinstance(quad.subject, ox.NamedNode):
            return
        if quad.subject.value.startswith(COMPARISONS):
            return  # what is found by comparing keeps examples of its own
        if self._nodes.taken_back(quad, graph):
            return
        if quad.predicate == RDF_TYPE and isinstance(quad.object, ox.NamedNode):
            for name in self._words.classes.get(local_name(quad.object.value), ()):
                if name not in self._defined:
                    self._keep(name, *self._thing(quad.subject, graph))
        elif local_name(quad.predicate.value) in self._words.properties.keys() - _OPAQUE:
            self._learn_statement(quad, graph)

    def _learn_statement(self, quad: ox.Quad, graph: str) -> None:
        pair = self._pair((quad.subject, quad.predicate, quad.object), graph)
        self._keep(local_name(quad.predicate.value), pair)
        between_values = isinstance(quad.subject, ox.NamedNode) and _is_value(quad.subject, self._words)
        if (
            isinstance(quad.object, ox.NamedNode)
            and _is_value(quad.object, self._words)
            and not between_values
        ):
            self._keep(local_name(quad.object.value), pair)
        for name, defined in self._defined.items():
            if defined.fits(quad, self._nodes.kinds(quad.subject)):
                self._keep(name, pair, quad.predicate.value == defined.asked)

    def _keep(self, name: str, pair: Pair | None, plain: bool = True) -> None:
        if pair and all(len(text) <= _LONGEST for text in pair):
            self.found[name].add(pair)
            if plain:
                self._plain[name].add(pair)

    def _pair(self, parts: tuple[Term, ox.NamedNode, Term], graph: str) -> Pair | None:
        """A statement in both languages, with the claim that states it."""
        subject, predicate, _ = parts
        texts = []
        for language in LANGUAGES:
            said = self._nodes.in_language(parts, graph, language)
            ends = [
                self._named(subject, graph, language),
                self._end(subject, said, graph, language) if said else None,
            ]
            if None in ends:
                return None
            middle = self._names.name(predicate.value, language)
            texts.append(f"{ends[0]} – {middle} – {ends[1]}" + _where(graph))
        return texts[0], texts[1]

    def _end(self, subject: Term, said: Term, graph: str, language: str) -> str | None:
        """The end of a statement; a node of the subject's own claim is told by what it says."""
        name = self._named(said, graph, language)
        if not name or not isinstance(said, ox.NamedNode) or self._names.label(said.value, language):
            return name
        inside = self._inside(said, graph) if "#" in said.value and _claim(said) == _claim(subject) else []
        kind = self._names.label(self._nodes.kind(said.value), language)
        return kind + _bracketed(inside, language) if inside else name

    def _thing(self, thing: ox.NamedNode, graph: str) -> tuple[Pair | None, bool]:
        """What a thing is called, and whether that shows what kind of thing it is."""
        one, two = (self._named(thing, graph, language) for language in LANGUAGES)
        if not one or not two:
            return None, False
        labelled = "#" not in thing.value or all(self._names.label(thing.value, each) for each in LANGUAGES)
        inside = [] if labelled else self._inside(thing, graph)
        english, persian = (
            name + _bracketed(inside, language) + _where(graph)
            for name, language in zip((one, two), LANGUAGES, strict=True)
        )
        return (english, persian), labelled or bool(inside)

    def _inside(self, node: ox.NamedNode, graph: str) -> list[Pair]:
        """What is said of a node without a label: the same parts in both languages, in the English order.

        What its statement is about comes last, as it is read: subject, property, object.
        """
        said = set(self._followed(node))
        for predicate, value in self._nodes.said(node.value):
            name = local_name(predicate.value)
            texts = [self._text((node, predicate, value), graph, language) for language in LANGUAGES]
            if name in self._words.properties.keys() - _OPAQUE - _COMPUTED and all(texts):
                one, two = (
                    f"{self._names.name(predicate.value, language)}: {text}"
                    for language, text in zip(LANGUAGES, texts, strict=True)
                )
                said.add((_STATEMENT.index(name) if name in _STATEMENT else -1, one, two))
        return [(one, two) for _, one, two in sorted(said)[:_SAID]]

    def _followed(self, inferred: ox.NamedNode) -> Iterator[tuple[int, str, str]]:
        """What a graph of inferences states of things that have labels, with the length as its place."""
        for subject, predicate, value in self._nodes.follows(inferred.value):
            iris = (subject.value, predicate.value, value.value)
            labels = [[self._names.label(iri, language) for iri in iris] for language in LANGUAGES]
            if predicate != RDF_TYPE and all(map(all, labels)):
                one, two = (" – ".join(each) for each in labels)
                yield len(one), one, two

    def _text(self, parts: tuple[Term, ox.NamedNode, Term], graph: str, language: str) -> str:
        """The label or text at the end of a statement, or an empty string."""
        value = self._nodes.in_language(parts, graph, language)
        if isinstance(value, ox.Literal):
            return value.value
        return self._names.label(value.value, language) if isinstance(value, ox.NamedNode) else ""

    def _named(self, term: Term, graph: str, language: str) -> str | None:
        """The label of a thing, or a claim's paraphrase; a node without a label by its kind and its claim."""
        if isinstance(term, ox.Literal):
            return term.value
        iri = term.value if isinstance(term, ox.NamedNode) else ""
        label = self._names.label(iri, language)
        if label:
            return label
        claim, _, fragment = iri.partition("#")
        paraphrase = self._about.one(graph or claim, AX + "paraphrase", language)
        if not paraphrase:
            return None
        if not fragment:
            return f"«{paraphrase}»"
        kind = self._names.label(self._nodes.kind(iri), language)
        return f"{kind}{_IN[language]}«{paraphrase}»" if kind else None


def _is_value(node: ox.NamedNode, words: Vocabulary) -> bool:
    return local_name(node.value) in words.individuals


def _paraphrase(pair: Pair | None) -> str:
    return pair[0].partition("«")[2].partition("»")[0] if pair else ""


def _claim(term: Term) -> str:
    return term.value.partition("#")[0] if isinstance(term, ox.NamedNode) else ""


def _bracketed(inside: Iterable[Pair], language: str) -> str:
    listed = ("؛ " if language == "fa" else "; ").join(pair[LANGUAGES.index(language)] for pair in inside)
    return f" ({listed})" if listed else ""


def _where(graph: str) -> str:
    return f" ({graph.removeprefix(BASE)})" if graph else ""


def given(graph: Graph, term: URIRef) -> Pair | None:
    """The example that a term has, if it has one in both languages."""
    texts = {
        text.language: str(text)
        for text in graph.objects(term, SKOS.example)
        if isinstance(text, Literal) and text.language
    }
    return (texts["en"], texts["fa"]) if texts.keys() >= set(LANGUAGES) else None


def outdated(graph: Graph, examples: Examples) -> Iterator[tuple[URIRef, Pair]]:
    """Terms whose example is missing or no longer true, with a true one.

    Args:
        graph: a module, or all of them.
        examples: what is true.
    """
    for term in declared_kinds(graph):
        if is_own(term) and (term, URIRef(RDFS + "isDefinedBy"), None) in graph:
            best = examples.best(local_name(str(term)), given(graph, term))
            if best and given(graph, term) not in examples.found[local_name(str(term))]:
                yield term, best


def main() -> int:
    """Renew the examples in the modules from the claims of the store.

    Raises:
        NoStoreError: nothing was built yet.
    """
    dataset = ox.Dataset(ox.Store.read_only(str(current(root_path()).path)))
    examples = Examples(dataset, vocabulary())
    kinds = declared_kinds(load_ontology())
    for path in module_files():
        graph = Graph().parse(path, format="turtle")
        changes = list(outdated(graph, examples))
        for term, pair in changes:
            graph.remove((term, SKOS.example, None))
            for language, text in zip(LANGUAGES, pair, strict=True):
                graph.add((term, SKOS.example, Literal(text, lang=language)))
        if changes:
            every = {**kinds, SKOS.example: OWL.AnnotationProperty}
            write_whole(path, canonical_turtle(with_declarations(graph, every)))
            sys.stdout.write(f"{path.name}: {len(changes)} examples renewed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
