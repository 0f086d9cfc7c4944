"""The files that the dataset is offered as: what each is, and the one way in which it is made.

``araxes export files`` writes them to a folder; the service makes one when it is first asked for, in a
process of its own. Every file can be had compressed (gzip) under its name with ``.gz``; equal datasets give
equal bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from araxes.ontology.errors import InputError
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, DCTERMS, OA, ONTOLOGY, OWL, PREFIXES, SKOS
from araxes.triples.exports.actor_graphs import gexf, graphml
from araxes.triples.exports.dataset_tables import dictionary_csv, query_rows, table_csv, tables
from araxes.triples.exports.protege import protege_rdfxml
from araxes.triples.stores.ontology_files import FOLDER as ONTOLOGY_FOLDER

GZIP = ".gz"

LINKED = {
    "araxes": BASE,
    "ax": AX,
    "dcterms": DCTERMS,
    "geonames": "https://sws.geonames.org/",
    "nomisma": "http://nomisma.org/id/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": SKOS,
    "sssom": "https://w3id.org/sssom/",
    "wd": "http://www.wikidata.org/entity/",
}
"""Prefixes of the table of links."""

Make = Callable[[ox.Store, Path], bytes]
"""Makes a file of an opened store and of the folder of its version."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file.

    Attributes:
        name: of the file.
        media_type: of its content.
        group: key of the group that it is listed in.
        title: what it holds, by language.
        make: makes it.
        table: name of the table that it is, if it is one that is described.
    """

    name: str
    media_type: str
    group: str
    title: Mapping[str, str]
    make: Make
    table: str = ""


def _titled(*texts: str) -> dict[str, str]:
    return dict(zip(LANGUAGES, texts, strict=True))


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
    whole.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    ordered = sorted((quad.triple for quad in whole), key=str)
    return ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _of_a_part(quad: ox.Quad) -> bool:
    """Whether a statement makes sense only as long as a module is a file of its own."""
    return quad.predicate.value == OWL + "imports" or (
        quad.subject != ox.NamedNode(ONTOLOGY)
        and (quad.object == ox.NamedNode(OWL + "Ontology") or quad.predicate.value == OWL + "versionIRI")
    )


def _protege(store: ox.Store, _: Path) -> bytes:
    return protege_rdfxml(without_passages(ox.Dataset(store)))


def _protege_whole(store: ox.Store, _: Path) -> bytes:
    return protege_rdfxml(ox.Dataset(store))


def without_passages(dataset: ox.Dataset) -> ox.Dataset:
    """A dataset without the places of its claims, which an editor of ontologies would load for nothing."""
    passage, selector = ox.NamedNode(AX + "passage"), ox.NamedNode(OA + "hasSelector")
    gone = {quad.object for quad in dataset if quad.predicate in (passage, selector)}
    return ox.Dataset(
        quad for quad in dataset if quad.subject not in gone and quad.predicate not in (passage, selector)
    )


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

    >>> contracted("http://www.wikidata.org/entity/Q1", {"wd": "http://www.wikidata.org/entity/"})
    'wd:Q1'
    """
    fits = [(space, name) for name, space in prefixes.items() if iri.startswith(space)]
    if not fits:
        return iri
    space, name = max(fits, key=lambda fit: len(fit[0]))
    return f"{name}:{iri.removeprefix(space)}"


def _table(name: str) -> DataFile:
    table = tables()[name]
    return DataFile(
        f"{name}.csv", "text/csv", "tables", table.title, lambda store, _: table_csv(name, store), name
    )


_RDF = (
    DataFile(
        "araxes.trig",
        "application/trig",
        "dataset",
        _titled("The dataset (TriG)", "مجموعه‌داده (TriG)"),
        _trig,
    ),
    DataFile(
        "araxes.nq",
        "application/n-quads",
        "dataset",
        _titled("The dataset (canonical N-Quads)", "مجموعه‌داده (N-Quads متعارف)"),
        _nquads,
    ),
    DataFile(
        "ontology.ttl",
        "text/turtle",
        "ontology",
        _titled("The ontology in one file (Turtle)", "هستان‌شناسی در یک پرونده (Turtle)"),
        _ontology,
    ),
    DataFile(
        "protege.owl",
        "application/rdf+xml",
        "ontology",
        _titled("For Protégé, without passages", "برای Protégé، بدون گذرها"),
        _protege,
    ),
    DataFile(
        "protege-with-passages.owl",
        "application/rdf+xml",
        "ontology",
        _titled("For Protégé, with passages", "برای Protégé، با گذرها"),
        _protege_whole,
    ),
)

_OTHERS = (
    DataFile(
        "mappings.sssom.tsv",
        "text/tab-separated-values",
        "tables",
        _titled(
            "Links to Wikidata and other authority files (SSSOM)", "پیوندها به ویکی‌داده و دیگران (SSSOM)"
        ),
        _mappings,
    ),
    DataFile(
        "actors.graphml",
        "application/graphml+xml",
        "graphs",
        _titled("Relations between actors (GraphML)", "رابطه‌های کنشگران (GraphML)"),
        lambda store, _: graphml(store),
    ),
    DataFile(
        "actors.gexf",
        "application/gexf+xml",
        "graphs",
        _titled("Relations between actors (GEXF, for Gephi)", "رابطه‌های کنشگران (GEXF برای Gephi)"),
        lambda store, _: gexf(store),
    ),
    DataFile(
        "dictionary.csv",
        "text/csv",
        "about",
        _titled("Data dictionary: every column of every table", "واژه‌نامهٔ داده: همهٔ ستون‌های همهٔ جدول‌ها"),
        lambda _, __: dictionary_csv(),
    ),
)

FILES: Mapping[str, DataFile] = {
    file.name: file for file in (*_RDF, *(_table(name) for name in tables()), *_OTHERS)
}
"""Every file by name, in the order in which they are listed."""


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
    data = FILES[name.removesuffix(GZIP)].make(store, folder)
    if name.endswith(GZIP):
        with gzip.GzipFile("", "wb", fileobj=output, mtime=0) as packed:
            packed.write(data)
    else:
        output.write(data)
