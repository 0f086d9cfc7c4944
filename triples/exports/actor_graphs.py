"""The relations between actors as a graph, for Gephi and other programs that draw and measure networks."""

from __future__ import annotations

import io

import networkx as nx
import pyoxigraph as ox

from araxes.triples.exports.dataset_tables import query_rows

_EDGE = (
    "claim",
    "relation",
    "relation_label",
    "polarity",
    "earliest",
    "latest",
    "source",
    "stance",
    "modality",
)


def actor_graph(store: ox.Store) -> nx.MultiDiGraph:
    """One node for each actor, one edge for each statement of each claim that relates two.

    Args:
        store: the dataset.
    """
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    for number, row in enumerate(query_rows("relations", store)):
        for end in ("from", "to"):
            graph.add_node(row[end], label=row[f"{end}_label"], kind=row[f"{end}_kind"])
        graph.add_edge(
            row["from"],
            row["to"],
            key=number,
            label=row["relation_label"],
            **{name: row[name] for name in _EDGE},
        )
    return graph


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
