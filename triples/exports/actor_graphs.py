"""The relations between actors as a graph, for Gephi and other programs that draw and measure networks."""

from __future__ import annotations

import io

import networkx as nx
import pyoxigraph as ox

from araxes.triples.exports.dataset_tables import query_rows

_SAME = ("from", "relation", "to", "polarity")
"""What statements have in common that are one edge."""

_TOLD = ("claim", "holder", "source", "stance", "modality")
"""What an edge has of each of its statements: every value once, separated by spaces."""


def actor_graph(store: ox.Store) -> nx.MultiDiGraph:
    """One node for each actor, one edge for each relation of one towards another, weighted by its claims.

    Programs that lay networks out read ``weight`` as the strength of an edge; edges between the same two stay
    apart by relation, and by polarity where that is the claims' and these differ.

    Args:
        store: the dataset.
    """
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    edges: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in query_rows("relations", store):
        for end in ("from", "to"):
            graph.add_node(row[end], label=row[f"{end}_label"], kind=row[f"{end}_kind"])
        edges.setdefault(tuple(row[name] for name in _SAME), []).append(row)
    for number, ((one, relation, other, polarity), rows) in enumerate(sorted(edges.items())):
        label = rows[0]["relation_label"]
        about = {"relation": relation, "relation_label": label, "polarity": polarity} | _told(rows)
        graph.add_edge(one, other, key=number, label=label, weight=len(rows), **about)
    return graph


def _told(rows: list[dict[str, str]]) -> dict[str, str]:
    """What the statements of one edge say of it; its time is from the first of theirs to the last."""
    told = {name: " ".join(dict.fromkeys(" ".join(row[name] for row in rows).split())) for name in _TOLD}
    first = min((row["earliest"] for row in rows if row["earliest"]), default="")
    return told | {"earliest": first, "latest": max(row["latest"] for row in rows)}


def graphml(store: ox.Store) -> bytes:
    """The graph in GraphML."""
    text = io.BytesIO()
    nx.write_graphml(actor_graph(store), text, named_key_ids=True)
    return text.getvalue()


def gexf(store: ox.Store) -> bytes:
    """The graph in GEXF 1.2."""
    text = io.BytesIO()
    nx.write_gexf(actor_graph(store), text)
    return text.getvalue()
