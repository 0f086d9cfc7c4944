"""Corpora in RDF: what each is, which sources are of it, and its ids as IRIs of its own namespace.

While corpora are checked, everything in them is known by its id alone, and no two of them use one id. For
publication what a corpus describes goes to its namespace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from araxes.ontology.namespaces import BASE, DCTERMS, RDF, VANN, VOID, XSD
from araxes.triples.authoring.corpus import Corpus
from araxes.triples.authoring.corpus_layers import CorpusFolder, Layers

_ID = re.compile(r"[\w./-]+", re.ASCII)
"""Of what an IRI can be made; ids of another form are told where they are checked."""


@dataclass(frozen=True)
class Homes:
    """Namespaces of the things that corpora with one of their own describe.

    Attributes:
        spaces: id of an entity, a source or a source's claims (``claim/x``) → namespace.
    """

    spaces: dict[str, str]

    def iri(self, name: str) -> str:
        """The IRI of an id, with or without a fragment."""
        return self.spaces.get(_whole(name), BASE) + name

    def moved(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """The quads with everything in its namespace."""
        if not self.spaces:
            yield from quads
            return
        known: dict[str, ox.NamedNode] = {}

        def at_home(node: ox.NamedNode) -> ox.NamedNode:
            if not node.value.startswith(BASE):
                return node
            if node.value not in known:
                known[node.value] = ox.NamedNode(self.iri(node.value.removeprefix(BASE)))
            return known[node.value]

        for quad in quads:
            subject, value, graph = quad.subject, quad.object, quad.graph_name
            yield ox.Quad(
                at_home(subject) if isinstance(subject, ox.NamedNode) else subject,
                quad.predicate,
                at_home(value) if isinstance(value, ox.NamedNode) else value,
                at_home(graph) if isinstance(graph, ox.NamedNode) else graph,
            )


def _whole(name: str) -> str:
    """The id that decides where an id belongs: of a claim that of all claims of its source."""
    whole = name.partition("#")[0]
    return "/".join(whole.split("/")[:2]) if whole.startswith(("claim/", "refinement/")) else whole


def homes_of(layers: Layers, corpus: Corpus) -> Homes:
    """Where what corpora describe belongs.

    Args:
        layers: the corpora.
        corpus: their entities and sources.
    """
    found: dict[str, str] = {}
    for record in (*corpus.entities, *corpus.sources):
        folder = record.document.folder
        if folder is not None and folder.namespace != BASE and record.id and record.kind != "refinement":
            found[record.id] = folder.namespace
            if record.kind == "source":
                found[f"claim/{record.id.removeprefix('source/')}"] = folder.namespace
    for folder in layers.folders:
        if folder.namespace != BASE:
            found[f"corpus/{folder.name}"] = found[f"refinement/{folder.name}"] = folder.namespace
    return Homes(found)


def corpus_quads(layers: Layers, corpus: Corpus) -> Iterator[ox.Quad]:
    """What the described corpora are (https://www.w3.org/TR/void/), and what is of them; by id."""
    for folder in layers.folders:
        if folder.described:
            yield from _about(folder)
    for source in (*corpus.sources, *corpus.refinements):
        folder_of = source.document.folder
        if folder_of is not None and folder_of.described and _ID.fullmatch(source.id):
            part_of = ox.NamedNode(f"{BASE}corpus/{folder_of.name}")
            yield ox.Quad(ox.NamedNode(BASE + source.id), ox.NamedNode(DCTERMS + "isPartOf"), part_of)


def _about(folder: CorpusFolder) -> Iterator[ox.Quad]:
    corpus = ox.NamedNode(f"{BASE}corpus/{folder.name}")

    def quad(name: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(corpus, ox.NamedNode(name), value)

    yield quad(RDF + "type", ox.NamedNode(VOID + "Dataset"))
    yield quad(VOID + "uriSpace", ox.Literal(folder.namespace))
    yield quad(VANN + "preferredNamespacePrefix", ox.Literal(folder.name))
    for language in folder.languages:
        yield quad(DCTERMS + "language", ox.Literal(language, datatype=ox.NamedNode(XSD + "language")))
    for language, text in folder.title:
        yield quad(DCTERMS + "title", ox.Literal(text, language=language))
    for curator in folder.curators:
        yield quad(DCTERMS + "contributor", ox.NamedNode(BASE + curator))
    if folder.licence:
        yield quad(DCTERMS + "license", ox.NamedNode(folder.licence))
