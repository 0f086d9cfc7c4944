"""What the page of a result asks a store, asked of an engine, pattern by pattern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from araxes.endpoint.engines.remote.remote_store import RemoteStore
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH

_FIRST = 1
_MOST = 20_000
"""Statements that are fetched for one pattern."""

Subject = ox.NamedNode | None
Value = ox.NamedNode | ox.Literal | None
Graph = ox.NamedNode | ox.DefaultGraph | None


class AskedStore:
    """A store to whoever reads patterns (:class:`~araxes.endpoint.engines.embedded.query_hints.Quads`)."""

    def __init__(self, remote: RemoteStore) -> None:
        """Ask ``remote``."""
        self._remote = remote

    def quads_for_pattern(
        self, subject: Subject, predicate: ox.NamedNode | None, value: Value, graph: Graph
    ) -> Iterator[ox.Quad]:
        """Statements of a pattern; some may come twice, since whether there are any is asked first.

        Raises:
            JobError: the engine does not answer.
        """
        terms = {"s": subject, "p": predicate, "o": value}
        pattern = " ".join(f"?{name}" if term is None else str(term) for name, term in terms.items())
        for number in (_FIRST, _MOST):
            found = 0
            for quad in self._asked(pattern, terms, graph, number):
                found += 1
                yield quad
            if found < number:
                return

    def _asked(self, pattern: str, terms: Mapping[str, Any], graph: Graph, number: int) -> Iterator[ox.Quad]:
        groups = [pattern] if graph is None or isinstance(graph, ox.DefaultGraph) else []
        if not isinstance(graph, ox.DefaultGraph):
            groups.append(f"GRAPH {'?g' if graph is None else graph} {{ {pattern} }}")
        bound = None not in terms.values()
        for group in groups:
            named = group != pattern
            rows: list[Any]
            if bound and not (named and graph is None):  # no variable, hence no table
                rows = [{}] if self._remote.holds(f"ASK {{ {group} }}") else []
            else:
                rows = self._remote.rows(f"SELECT * {{ {group} }} LIMIT {number}")
            for row in rows:
                where = (row["g"] if graph is None else graph) if named else DEFAULT_GRAPH
                parts = {name: row[name] if term is None else term for name, term in terms.items()}
                yield ox.Quad(parts["s"], parts["p"], parts["o"], where)

    def contains_named_graph(self, graph: ox.NamedNode) -> bool:
        """Whether the engine has such a graph.

        Raises:
            JobError: the engine does not answer.
        """
        return self._remote.holds(f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
