"""The OWL modules on disk, loaded offline: every import resolves to a file of this folder."""

from __future__ import annotations

from rdflib import OWL, RDF, Graph

from araxes.ontology.module_files import module_files
from araxes.ontology.modules_at_work import modules_in_use, per_ontology
from araxes.ontology.rdflib_terms import parsed


@per_ontology
def load_ontology() -> Graph:
    """All modules merged into one graph, with those of corpora that are in use.

    Imports are not followed over the network: the root's imports are checked against the
    ontologies that the files declare.

    Raises:
        FileNotFoundError: a module that the root imports has no file here.
    """
    graph = parsed(module_files())
    for module in modules_in_use():
        graph.parse(data=module.working, format="nt")
    declared = set(graph.subjects(RDF.type, OWL.Ontology))
    missing = sorted(str(iri) for iri in graph.objects(None, OWL.imports) if iri not in declared)
    if missing:
        raise FileNotFoundError(f"imported modules without a file: {', '.join(missing)}")
    return graph
