"""The OWL modules on disk, loaded offline: every import resolves to a file of this folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import OWL, RDF, Graph

MODULES = Path(__file__).parent / "modules"
"""Folder of the Turtle modules; ``araxes.ttl`` is the root that imports the others."""


def module_files(folder: Path = MODULES) -> list[Path]:
    """The module files of a folder in order of name, the root first.

    Raises:
        FileNotFoundError: there are none (a broken installation).
    """
    files = sorted(folder.glob("*.ttl"), key=lambda path: (path.stem != "araxes", path.stem))
    if not files:
        raise FileNotFoundError(f"no ontology module in {folder}: the installation is incomplete")
    return files


@cache
def load_ontology() -> Graph:
    """All modules merged into one graph.

    Imports are not followed over the network: the root's imports are checked against the
    ontologies that the files declare.

    Raises:
        FileNotFoundError: a module that the root imports has no file here.
    """
    graph = Graph()
    for path in module_files():
        graph.parse(path, format="turtle")
    declared = set(graph.subjects(RDF.type, OWL.Ontology))
    missing = sorted(str(iri) for iri in graph.objects(None, OWL.imports) if iri not in declared)
    if missing:
        raise FileNotFoundError(f"imported modules without a file: {', '.join(missing)}")
    return graph
