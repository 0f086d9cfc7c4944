"""The files of the ontology that a dataset holds, kept beside it in its store version.

A dataset has the modules merged into one graph. Whoever opens an ontology's IRI wants the
document (OWL 2 Structural Specification §3.2): the module itself, with its imports. So each
version keeps the files whose statements it holds, under ``VERSION/ontology``, with an index::

    {"https://w3id.org/araxes/ontology": "araxes.ttl", "https://…/ontology/0.1.0": "araxes.ttl", …}
"""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.catalogues import document_iris
from araxes.ontology.module_files import ALIGNMENTS as _ALIGNMENTS
from araxes.ontology.module_files import module_files
from araxes.ontology.modules_at_work import modules_in_use
from araxes.ontology.namespaces import ONTOLOGY
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH

FOLDER = "ontology"
"""Name of the folder within a version."""

ALIGNMENTS = "alignments.ttl"
"""Name of the file of alignments."""

_INDEX = "index.json"


def keep_ontology_files(store: ox.Store, folder: Path) -> None:
    """Copy the installed modules that a store holds, and with the root the alignments.

    A module is held if the default graph has each of its triples without blank nodes. The alignments
    are no part of a dataset; they speak of the ontology of the same installation.

    Args:
        store: opened; is only read.
        folder: made here.

    Raises:
        OSError: the disk refused.
    """
    index: dict[str, str] = {}
    folder.mkdir()
    if any(store.quads_for_pattern(ox.NamedNode(ONTOLOGY), None, None, DEFAULT_GRAPH)):
        aligned = _ALIGNMENTS / ALIGNMENTS
        own = {path: f"{module.name}-{path.name}" for module in modules_in_use() for path in module.files}
        for path in [*module_files(), aligned, *own]:
            triples = [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
            held = ONTOLOGY in index if path == aligned else _holds(store, triples)
            if held:
                name = own.get(path, path.name)
                (folder / name).write_bytes(path.read_bytes())
                index |= dict.fromkeys(document_iris(triples), name)
    text = json.dumps(index, indent=1, sort_keys=True)
    (folder / _INDEX).write_text(text + "\n", "utf-8")


def kept_ontology_files(version: Path) -> dict[str, Path]:
    """Ontology IRIs and version IRIs of a store version with their files; none if it keeps none."""
    try:
        index: dict[str, str] = json.loads((version / FOLDER / _INDEX).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {iri: version / FOLDER / name for iri, name in index.items()}


def _holds(store: ox.Store, triples: list[ox.Triple]) -> bool:
    return all(
        ox.Quad(triple.subject, triple.predicate, triple.object, DEFAULT_GRAPH) in store
        for triple in triples
        if not isinstance(triple.subject, ox.BlankNode) and not isinstance(triple.object, ox.BlankNode)
    )
