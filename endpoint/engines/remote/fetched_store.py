"""What an engine says about one IRI, in a small store of our own, over which the same code runs as ever.

Blank nodes have no names by which an engine could be asked for them, so all that hangs on an IRI by blank
nodes comes in one answer, in which their labels belong together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import pyoxigraph as ox

from araxes.endpoint.engines.remote.remote_store import RemoteStore
from araxes.ontology.namespaces import AX, RDFS
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH

_FIRST_DEPTH = 4
_MOST_DEPTH = 64
_ROUNDS = 8
"""Fragments of fragments that are followed."""

_MOST = 101
"""One more than a page shows of what points to a thing."""

_MOST_NAMED = 2000
_TOGETHER = 500


def store_about(remote: RemoteStore, iri: str, *, page: bool = False) -> ox.Store:
    """What the default graph says of an IRI, its blank nodes and fragments, and the graph that it names.

    Args:
        remote: the engine.
        iri: whose.
        page: also what points to it, what other graphs say of it, and labels, as far as a page shows them.

    Raises:
        ValueError: it is no IRI.
        JobError: the engine does not answer.
    """
    node = ox.NamedNode(iri)
    found = ox.Store()
    found.extend(_about(remote, node))
    inside = remote.rows(f"SELECT ?s ?p ?o {{ GRAPH {node} {{ ?s ?p ?o }} }}")
    found.extend(_quads(inside, node))
    if page:
        found.extend(_around(remote, node))
        found.extend(_names(remote, found))
    return found


def _quads(rows: Iterable[Any], graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
    for row in rows:
        yield ox.Quad(row["s"], row["p"], row["o"], graph or DEFAULT_GRAPH)


def _about(remote: RemoteStore, node: ox.NamedNode) -> list[ox.Quad]:
    """The default graph's statements about a node and whatever belongs to it."""
    start = node.value + "#"
    pointing = f"SELECT DISTINCT ?s {{ ?s ?p {node} FILTER (STRSTARTS(STR(?s), {ox.Literal(start)})) }}"
    roots = dict.fromkeys([node, *(row["s"] for row in remote.rows(pointing))])
    quads: list[ox.Quad] = []
    for _ in range(_ROUNDS):
        quads = _hanging(remote, list(roots))
        objects = (quad.object for quad in quads)
        new = [term for term in objects if isinstance(term, ox.NamedNode) and term.value.startswith(start)]
        if roots.keys() >= set(new):
            break
        roots |= dict.fromkeys(new)
    return quads


def _hanging(remote: RemoteStore, roots: list[ox.NamedNode]) -> list[ox.Quad]:
    """Statements about nodes, and about all blank nodes that hang on them by blank nodes alone."""
    depth, before = _FIRST_DEPTH, -1
    while True:
        quads = list(_quads(remote.rows(_chain(roots, depth))))
        subjects = {quad.subject for quad in quads}
        blanks = {quad.object for quad in quads if isinstance(quad.object, ox.BlankNode)}
        if blanks <= subjects or len(quads) == before or depth >= _MOST_DEPTH:
            return quads
        depth, before = 2 * depth, len(quads)


def _chain(roots: list[ox.NamedNode], depth: int) -> str:
    values = " ".join(map(str, roots))
    branches = [f"{{ VALUES ?s {{ {values} }} ?s ?p ?o }}"]
    for length in range(1, depth):
        names = ["?r", *(f"?b{number}" for number in range(1, length)), "?s"]
        steps = [
            f"{one} ?q{number} {two} . FILTER (isBlank({two}))"
            for number, (one, two) in enumerate(pairwise(names))
        ]
        branches.append(f"{{ VALUES ?r {{ {values} }} {' '.join(steps)} ?s ?p ?o }}")
    return f"SELECT DISTINCT ?s ?p ?o {{ {' UNION '.join(branches)} }}"


def _around(remote: RemoteStore, node: ox.NamedNode) -> Iterator[ox.Quad]:
    """What points to a node, and what other graphs say of it, as far as it is shown."""
    said = f"SELECT ?g ?p ?o {{ GRAPH ?g {{ {node} ?p ?o }} FILTER (?g != {node}) }} LIMIT {_MOST}"
    for row in remote.rows(said):
        yield ox.Quad(node, row["p"], row["o"], row["g"])
    for pattern in (f"?s ?p {node}", f"GRAPH ?g {{ ?s ?p {node} }}"):
        for row in remote.rows(f"SELECT * {{ {pattern} }} LIMIT {_MOST}"):
            graph = row["g"] if "GRAPH" in pattern else DEFAULT_GRAPH
            yield ox.Quad(row["s"], row["p"], node, graph)


def _names(remote: RemoteStore, found: ox.Store) -> Iterator[ox.Quad]:
    """Labels, or paraphrases, of everything that is named."""
    return labels_of(
        remote,
        (term for quad in found for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)),
    )


def labels_of(remote: RemoteStore, terms: Iterable[object]) -> Iterator[ox.Quad]:
    """Labels, or paraphrases, of the IRIs among terms, as far as a page shows them.

    Raises:
        JobError: the engine does not answer.
    """
    named = sorted({term for term in terms if isinstance(term, ox.NamedNode)}, key=str)[:_MOST_NAMED]
    for begin in range(0, len(named), _TOGETHER):
        values = " ".join(map(str, named[begin : begin + _TOGETHER]))
        query = (
            f"SELECT ?s ?p ?o {{ VALUES ?s {{ {values} }} "
            f"VALUES ?p {{ <{RDFS}label> <{AX}paraphrase> }} ?s ?p ?o }}"
        )
        yield from _quads(remote.rows(query))
