"""Modules of the ontology that corpora bring: checked, and worked with as if their terms were among ours.

A module declares its terms in the namespace of its corpus, ``NAMESPACE/ontology/``. While files are checked
and claims compared a term is known by its local name alone, as things are by their ids: its IRI then begins
as those of our terms do, so that no check, shape, rule or message had to learn of namespaces. When a dataset
is published its terms go home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from araxes.ontology.module_files import module_files
from araxes.ontology.modules_at_work import OwnModule
from araxes.ontology.namespaces import AX, ONTOLOGY, local_name
from araxes.ontology.turtle_form import KINDS, declared_kinds, is_own


def own_module(space: str, graph: Graph, files: tuple[Path, ...] = ()) -> OwnModule:
    """The module that a graph holds; nothing of it is checked.

    Args:
        space: namespace of its terms.
        graph: what it says, as it is published.
        files: where it was read from.
    """
    name = re.sub(r"[^a-z0-9]+", "-", space.partition("://")[2].removesuffix("/ontology/").lower()).strip("-")
    terms = [term for term in declared_kinds(graph) if term.startswith(space)]
    known = frozenset(str(term).removeprefix(space) for term in terms)
    module = OwnModule(name, space, known, "", files)
    homes: dict[Node, Node] = {URIRef(own): URIRef(working) for working, own in module.homes.items()}
    made = Graph()
    for subject, predicate, value in graph:
        made.add((homes.get(subject, subject), homes.get(predicate, predicate), homes.get(value, value)))
    for term in terms:
        made.add((homes[term], RDFS.isDefinedBy, homes[URIRef(space[:-1])]))
    return replace(module, working=made.serialize(format="nt"))


def mistakes_in(
    graph: Graph, space: str, languages: Sequence[str], taken: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """What is wrong with the module of a corpus: message and remedy.

    Args:
        graph: what its files say together.
        space: namespace of its terms.
        languages: in which each term needs a label and a definition.
        taken: local names that other modules have declared → whose they are.
    """
    iri = URIRef(space[:-1])
    if (iri, RDF.type, OWL.Ontology) not in graph:
        yield f"no file declares the ontology <{iri}>", f"begin one with `<{iri}> a owl:Ontology`"
    if (iri, OWL.imports, URIRef(ONTOLOGY)) not in graph:
        yield "it does not import ours", f"add `<{iri}> owl:imports <{ONTOLOGY}>`"
    declared = declared_kinds(graph).keys()
    for term in sorted(term for term in declared if term.startswith(space)):
        yield from _mistakes_in_term(graph, term, term.removeprefix(space), languages, taken)
    kinds = ", ".join(f"owl:{str(kind).rpartition('#')[2]}" for kind in KINDS[:5])
    for subject in sorted({str(each) for each in graph.subjects() if str(each).startswith(space)}):
        if URIRef(subject) not in declared:
            yield f"{subject.removeprefix(space)} is declared as nothing", f"declare it as one of {kinds}"
    for term in sorted(declared):
        if not term.startswith(space) and not is_own(term) and (term, RDFS.label, None) in graph:
            remedy = f"terms of this corpus begin with <{space}>: correct the prefix"
            yield f"<{term}> is declared outside of the namespace of the corpus", remedy
    yield from _mistakes_of_kind(graph)
    yield from _mistakes_about_ours(graph)


def _mistakes_of_kind(graph: Graph) -> Iterator[tuple[str, str]]:
    """Properties that are declared as one kind and used as another: their values would be misread."""
    known = graph + _ours()

    def properties(kind: Node) -> list[Node]:
        return sorted(set(graph.subjects(RDF.type, kind)), key=str)

    for prop in properties(OWL.DatatypeProperty):
        if any((value, RDF.type, OWL.Class) in known for value in graph.objects(prop, RDFS.range)):
            what = f"{_end(prop)} is a datatype property, and its range is a class"
            yield what, "declare it as owl:ObjectProperty"
        if any((prop, RDF.type, kind) in graph for kind in (OWL.ObjectProperty, OWL.SymmetricProperty)):
            what = f"{_end(prop)} is declared as a datatype property and as one between things"
            yield what, "keep one of the two"
    for prop in properties(OWL.ObjectProperty):
        ranges = [value for value in graph.objects(prop, RDFS.range) if isinstance(value, URIRef)]
        if any(value.startswith(str(XSD)) or value == RDFS.Literal for value in ranges):
            what = f"{_end(prop)} is an object property, and its range is a datatype"
            yield what, "declare it as owl:DatatypeProperty"
    both = (OWL.ObjectProperty, OWL.DatatypeProperty)
    for kind, other in (both, both[::-1]):
        for prop in properties(kind):
            for above in sorted(graph.objects(prop, RDFS.subPropertyOf), key=str):
                if (above, RDF.type, other) in known:
                    what = f"{_end(prop)} is below {_end(above)}, a property of another kind"
                    yield what, "put it below a property of its own kind"


def _end(term: Node) -> str:
    return re.split("[/#]", str(term))[-1]


def _mistakes_in_term(
    graph: Graph, term: URIRef, name: str, languages: Sequence[str], taken: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    if name in taken:
        yield f"{name} is a term of {taken[name]} already", "choose another name: terms go by name alone"
    elif not name.isidentifier():
        yield f"{name!r} cannot be a key of YAML", "name terms with letters and digits"
    for what, kind in (("label", RDFS.label), ("definition", SKOS.definition)):
        said = {text.language for text in graph.objects(term, kind) if isinstance(text, Literal)}
        if missing := [tag for tag in languages if tag not in said]:
            prefix = "rdfs" if kind == RDFS.label else "skos"
            yield f"{name} has no {what} in {' and '.join(missing)}", f"add {prefix}:{what}"


def _mistakes_about_ours(graph: Graph) -> Iterator[tuple[str, str]]:
    """What is said of our terms that we do not say, and names in our namespace that are no terms."""
    ours = _ours()
    for subject in sorted({str(s) for s, p, o in graph if is_own(s) and (s, p, o) not in ours}):
        what = f"it says something of {local_name(subject)}, a term of ours"
        yield what, "declare a term of your own below it: a module adds terms and changes none"
    for name in sorted({str(value) for value in graph.objects() if is_own(value)}):
        if (URIRef(name), None, None) not in ours:
            yield f"{local_name(name)} is no term of ours", "correct the name; /ontology lists the terms"


@cache
def _ours() -> Graph:
    graph = Graph()
    for path in module_files():
        graph.parse(path, format="turtle")
    return graph


def our_terms() -> frozenset[str]:
    """Local names of the terms of our own modules."""
    return frozenset(str(term).removeprefix(AX) for term in declared_kinds(_ours()) if term.startswith(AX))


def modules_of_graph(graph: Graph, *, besides: str = ONTOLOGY) -> list[OwnModule]:
    """The modules of corpora that a graph of a published dataset holds: ontologies that import ours.

    Args:
        graph: triples of ontologies, in published form; may hold more.
        besides: IRI of the ontology that they import.
    """
    found = []
    for iri in sorted(graph.subjects(OWL.imports, URIRef(besides)), key=str):
        space = f"{iri}/"
        if isinstance(iri, URIRef) and not space.startswith(f"{besides}/"):
            own = Graph()
            waiting = [n for n in set(graph.subjects()) if n == iri or str(n).startswith(space)]
            while waiting:
                subject = waiting.pop()
                for predicate, value in graph.predicate_objects(subject):
                    if (subject, predicate, value) not in own:
                        own.add((subject, predicate, value))
                        waiting += [value] if isinstance(value, BNode) else []
            found.append(own_module(space, own))
    return found
