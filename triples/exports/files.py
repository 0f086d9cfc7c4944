"""The files that the dataset is offered as, and the one way in which each is made.

``araxes export files`` writes them to a folder; the service makes one when it is first asked for, in a
process of its own. Every file can be had compressed (gzip) under its name with ``.gz``; equal datasets give
equal bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from araxes.ontology.errors import InputError
from araxes.ontology.namespaces import AX, BASE, DCTERMS, ONTOLOGY, OWL, PREFIXES, SKOS, WIKIDATA
from araxes.ontology.oxigraph_terms import OWL_ONTOLOGY
from araxes.triples.exports.actor_graphs import gexf, graphml
from araxes.triples.exports.dataset_tables import dictionary_csv, query_rows, table_csv
from araxes.triples.exports.file_list import FILES, GZIP
from araxes.triples.exports.protege import protege_rdfxml
from araxes.triples.exports.protege_variants import ANNOTATIONS, DISPUTES, SLIM, WHOLE, Variant
from araxes.triples.stores.canonical_form import canonicalize
from araxes.triples.stores.ontology_files import FOLDER as ONTOLOGY_FOLDER

LINKED = {
    "araxes": BASE,
    "ax": AX,
    "dcterms": DCTERMS,
    "geonames": "https://sws.geonames.org/",
    "nomisma": "http://nomisma.org/id/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": SKOS,
    "sssom": "https://w3id.org/sssom/",
    "wd": WIKIDATA,
}
"""Prefixes of the table of links."""

Make = Callable[[ox.Store, Path], bytes]
"""Makes a file of an opened store and of the folder of its version."""


def _nquads(store: ox.Store, _: Path) -> bytes:
    # The store holds canonical labels of blank nodes, so sorted lines are the canonical form.
    text = ox.serialize(store, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(text.splitlines(keepends=True)))


def _trig(store: ox.Store, _: Path) -> bytes:
    ordered = sorted(store, key=lambda quad: (str(quad.graph_name), str(quad.subject), str(quad)))
    return ox.serialize(ordered, format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b""


def _ontology(store: ox.Store, folder: Path) -> bytes:
    """Every module of the ontology in one Turtle file.

    Raises:
        InputError: the dataset has no ontology.
    """
    whole = ox.Dataset(
        quad
        for path in sorted((folder / ONTOLOGY_FOLDER).glob("*.ttl"))
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        if not _of_a_part(quad)
    )
    if not len(whole):
        raise InputError("the store holds no ontology", "build it with `araxes build`")
    canonicalize(whole)
    ordered = sorted((quad.triple for quad in whole), key=str)
    return ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _of_a_part(quad: ox.Quad) -> bool:
    """Whether a statement makes sense only as long as a module is a file of its own."""
    return quad.predicate.value == OWL + "imports" or (
        quad.subject != ox.NamedNode(ONTOLOGY)
        and (quad.object == OWL_ONTOLOGY or quad.predicate.value == OWL + "versionIRI")
    )


def _protege(variant: Variant) -> Make:
    return lambda store, _: protege_rdfxml(ox.Dataset(store), variant)


def _mappings(store: ox.Store, _: Path) -> bytes:
    """All links in one table of the Simple Standard for Sharing Ontological Mappings."""
    head = ['#sssom_version: "1.1"', "#mapping_set_id: https://w3id.org/araxes/mappings/all"]
    head += ["#license: https://creativecommons.org/licenses/by/4.0/", "#curie_map:"]
    head += [f"#  {name}: {space}" for name, space in LINKED.items()]
    lines: list[str] = []
    for row in query_rows("mappings", store):
        lines = lines or ["\t".join(row)]
        short = {name: contracted(text, LINKED) if _is_name(name) else text for name, text in row.items()}
        lines.append("\t".join(" ".join(text.split()) for text in short.values()))
    return ("\n".join([*head, *lines]) + "\n").encode("utf-8")


def _is_name(column: str) -> bool:
    """Whether a column of the table holds names of things."""
    return column.endswith("_id") or column == "mapping_justification"


def contracted(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI with the longest prefix that it begins with.

    >>> contracted("http://www.wikidata.org/entity/Q1", {"wd": WIKIDATA})
    'wd:Q1'
    """
    fits = [(space, name) for name, space in prefixes.items() if iri.startswith(space)]
    if not fits:
        return iri
    space, name = max(fits, key=lambda fit: len(fit[0]))
    return f"{name}:{iri.removeprefix(space)}"


_MAKERS: Mapping[str, Make] = {
    "araxes.trig": _trig,
    "araxes.nq": _nquads,
    "ontology.ttl": _ontology,
    "protege.owl": _protege(SLIM),
    "protege-claims-as-annotations.owl": _protege(ANNOTATIONS),
    "protege-with-disputes.owl": _protege(DISPUTES),
    "protege-with-passages.owl": _protege(WHOLE),
    "mappings.sssom.tsv": _mappings,
    "actors.graphml": lambda store, _: graphml(store),
    "actors.gexf": lambda store, _: gexf(store),
    "dictionary.csv": lambda _, __: dictionary_csv(),
}


def write_file(name: str, store: ox.Store, folder: Path, output: IO[bytes]) -> None:
    """Make a file, compressed if its name ends in ``.gz``.

    Args:
        name: of the file.
        store: the dataset, opened.
        folder: of its version.
        output: where the file goes.

    Raises:
        InputError: the dataset lacks what the file would hold.
        KeyError: there is no such file.
    """
    file = FILES[name.removesuffix(GZIP)]
    data = table_csv(file.table, store) if file.table else _MAKERS[file.name](store, folder)
    if name.endswith(GZIP):
        with gzip.GzipFile("", "wb", fileobj=output, mtime=0) as packed:
            packed.write(data)
    else:
        output.write(data)
