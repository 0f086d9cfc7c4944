"""The one form in which the ontology's files are kept: sorted, one value a line, made for diffs.

``python -m araxes.ontology.turtle_form`` brings the modules into that form; ``--check`` only looks.
A module also declares each term of other modules that it uses, so that it is OWL 2 DL by itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.compare import to_canonical_graph
from rdflib.namespace import NamespaceManager

from araxes.ontology.module_files import MODULES, module_files
from araxes.ontology.namespaces import AX, DC, PREFIXES, VANN, XSD
from araxes.ontology.whole_files import write_whole

REPAIR = "python -m araxes.ontology.turtle_form"
"""The command that brings the files into form."""

KINDS = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.NamedIndividual,
    RDFS.Datatype,
)
"""What an OWL entity can be declared as."""

FILE_PREFIXES: dict[str, str] = {
    **{name: PREFIXES[name] for name in ("ax", "rdf", "rdfs", "owl", "xsd", "skos", "dcterms", "prov", "oa")},
    "cito": PREFIXES["cito"],
    "bibo": PREFIXES["bibo"],
    "fabio": PREFIXES["fabio"],
    "dc": DC,
    "vann": VANN,
}
"""Prefixes of the files; a file lists those that it uses."""

_BUILT_IN = (str(RDF), str(RDFS), str(OWL), XSD)


def canonical_turtle(graph: Graph, prefixes: dict[str, str] | None = None) -> str:
    """A graph in Turtle whose text depends on nothing but the graph.

    Args:
        graph: any graph; its blank nodes are ordered by what they say.
        prefixes: prefix → namespace; those of :data:`FILE_PREFIXES` by default.
    """
    ordered = Graph(bind_namespaces="none")
    ordered.namespace_manager = NamespaceManager(ordered, bind_namespaces="none")
    for prefix, namespace in (prefixes or FILE_PREFIXES).items():
        ordered.bind(prefix, namespace)
    for triple in sorted(to_canonical_graph(graph)):
        ordered.add(triple)
    return ordered.serialize(format="longturtle").strip() + "\n"


def declared_kinds(graph: Graph) -> dict[URIRef, URIRef]:
    """Each declared entity with what it is declared as."""
    return {
        entity: kind
        for kind in KINDS
        for entity in graph.subjects(RDF.type, kind)
        if isinstance(entity, URIRef)
    }


def with_declarations(module: Graph, kinds: dict[URIRef, URIRef]) -> Graph:
    """A module with a declaration of each entity it uses, and none of entities it does not use.

    Args:
        module: the module's triples.
        kinds: what the entities of all modules are declared as.
    """
    bare = {
        entity
        for entity, kind in declared_kinds(module).items()
        if set(module.predicate_objects(entity)) == {(RDF.type, kind)}
    }
    result = Graph()
    for triple in module:
        if triple[0] not in bare:
            result.add(triple)
    used = {node for triple in result for node in triple if isinstance(node, URIRef)}
    for entity in used:
        if entity in kinds and not str(entity).startswith(_BUILT_IN):
            result.add((entity, RDF.type, kinds[entity]))
    return result


def formatted(folder: Path = MODULES) -> dict[Path, str]:
    """Each module file with the text that it should have.

    Raises:
        FileNotFoundError: the folder holds no module.
    """
    graphs = {path: Graph().parse(path, format="turtle") for path in module_files(folder)}
    merged = Graph()
    for graph in graphs.values():
        for triple in graph:
            merged.add(triple)
    kinds = declared_kinds(merged)
    return {path: canonical_turtle(with_declarations(graph, kinds)) for path, graph in graphs.items()}


def out_of_form(folder: Path = MODULES) -> list[Path]:
    """The files whose text is not the one that they should have."""
    return [path for path, text in formatted(folder).items() if path.read_text("utf-8") != text]


def main(arguments: list[str]) -> int:
    """Format the modules, or with ``--check`` name those that are not in form.

    Returns:
        The exit code: 1 if a checked file is not in form.
    """
    wrong = out_of_form()
    if "--check" in arguments:
        for path in wrong:
            sys.stdout.write(f"{path.name}: not in form; run `{REPAIR}`\n")
        return 1 if wrong else 0
    for path, text in formatted().items():
        if path in wrong:
            write_whole(path, text)
            sys.stdout.write(f"{path.name} formatted\n")
    return 0


def is_own(term: object) -> bool:
    """Whether something is a term of the project's ontology (and not an ontology's IRI).

    >>> is_own(URIRef(AX + "recognizes")), is_own(URIRef(AX + "module/events"))
    (True, False)
    """
    return isinstance(term, URIRef) and term.startswith(AX) and "/" not in term[len(AX) :]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
