"""XML catalogues (OASIS XML Catalogs 1.1) by which Protégé finds the documents of ontologies.

Protégé looks for ``catalog-v001.xml`` beside the file that is opened, in no folder above it. Where there is
none it makes one of the ``xml:base`` of RDF/XML files, which Turtle does not have. So each folder that
ontologies lie in has its catalogue.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pyoxigraph as ox

from araxes.ontology.module_files import ALIGNMENTS, MODULES, module_files
from araxes.ontology.namespaces import OWL
from araxes.ontology.oxigraph_terms import OWL_ONTOLOGY, RDF_TYPE
from araxes.ontology.whole_files import write_whole

CATALOGUE = "catalog-v001.xml"
"""The name that Protégé looks for."""

REPAIR = "python -m araxes.ontology.catalogues"

FOLDERS = (MODULES, ALIGNMENTS)
"""The folders of ontologies."""

_VERSION = ox.NamedNode(OWL + "versionIRI")


def catalogue(places: Mapping[str, str]) -> str:
    """A catalogue.

    Args:
        places: IRI of an ontology or of its version → address of the document, absolute or relative to
            that of the catalogue.
    """
    entries = (
        f"    <uri name={quoteattr(iri)} uri={quoteattr(place)}/>\n" for iri, place in sorted(places.items())
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">\n'
        f"{''.join(entries)}</catalog>\n"
    )


def folder_catalogue(folder: Path) -> str:
    """The catalogue of one of :data:`FOLDERS`: every ontology of both, and its version.

    Raises:
        OSError: a file cannot be read.
    """
    places: dict[str, str] = {}
    for path in [*module_files(), *module_files(ALIGNMENTS)]:
        place = Path(os.path.relpath(path, folder)).as_posix()
        triples = (quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        places |= dict.fromkeys(document_iris(triples), place)
    return catalogue(places)


def document_iris(triples: Iterable[ox.Triple]) -> list[str]:
    """The IRI of the ontology that a document declares, and its version IRI."""
    named, versions = set(), []
    for triple in triples:
        if triple.predicate == RDF_TYPE and triple.object == OWL_ONTOLOGY:
            named.add(triple.subject)
        elif triple.predicate == _VERSION:
            versions.append(triple)
    found = [*named, *(triple.object for triple in versions if triple.subject in named)]
    return [term.value for term in found if isinstance(term, ox.NamedNode)]


if __name__ == "__main__":
    for each in FOLDERS:
        write_whole(each / CATALOGUE, folder_catalogue(each))
    sys.stdout.write("catalogues renewed\n")
