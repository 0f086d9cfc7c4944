"""The canonical form of a dataset (RDFC-1.0), within bounds of time and memory, and the digest of it.

RDFC-1.0 takes more than polynomial time where blank nodes are alike and hang together ("poison graphs",
section 7 of the recommendation): forty kilobytes of nested lists took 21 GB. Such data are labelled in a
process of its own that may not take more than :data:`SECONDS` and :data:`MEMORY`.
"""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from araxes.ontology.errors import InputError

SECONDS = 120
"""Processor seconds for nodes that are hard to tell apart."""

MEMORY = 2 * 1024**3
"""Bytes of address space for them."""

_EASY = 8
"""So many nodes that are alike and hang together without a circle cost nothing that is felt."""

_LABEL = """
import sys, pyoxigraph as ox
quads = ox.Dataset(ox.parse(input=sys.stdin.buffer, format=ox.RdfFormat.N_QUADS))
quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
ox.serialize(quads, output=sys.stdout.buffer, format=ox.RdfFormat.N_QUADS)
"""


def canonicalize(dataset: ox.Dataset) -> None:
    """Give the blank nodes of a dataset their canonical labels, in place (RDFC-1.0).

    Raises:
        InputError: too many blank nodes cannot be told apart by what is said of each.
    """
    blank = [quad for quad in dataset if _blank_nodes(quad)]
    labelled = _labelled_apart(blank) if _hard(blank) else _labelled(blank)
    for quad in blank:
        dataset.discard(quad)
    for quad in labelled:
        dataset.add(quad)


def canonical_lines(dataset: Iterable[ox.Quad]) -> list[bytes]:
    """Sorted N-Quads lines with their newlines; canonical if the blank node labels are."""
    text = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    return sorted(text.splitlines(keepends=True))


def digest_of(lines: Iterable[bytes]) -> str:
    """SHA-256 (hex) of canonical lines."""
    hasher = hashlib.sha256()
    for line in lines:
        hasher.update(line)
    return hasher.hexdigest()


def _labelled(blank: list[ox.Quad]) -> ox.Dataset:
    """Statements about blank nodes, which alone decide about the labels."""
    labelled = ox.Dataset(blank)
    labelled.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return labelled


def _labelled_apart(blank: list[ox.Quad]) -> ox.Dataset:
    """The same in a process of its own, within bounds.

    Raises:
        InputError: they did not suffice.
    """
    done = subprocess.run(
        [sys.executable, "-c", _LABEL],
        input=ox.serialize(blank, format=ox.RdfFormat.N_QUADS),
        capture_output=True,
        check=False,
        preexec_fn=_bounded,
    )
    if done.returncode:
        most, _ = Counter(quad.predicate for quad in blank if len(_blank_nodes(quad)) > 1).most_common(1)[0]
        raise InputError(
            f"{len(set().union(*map(_blank_nodes, blank))):,} blank nodes, most of them linked by {most}, "
            "are too alike to be told apart (RDFC-1.0, section 7)",
            "give them IRIs, or leave out long lists of equal items and lists within lists",
        )
    return ox.Dataset(ox.parse(input=done.stdout, format=ox.RdfFormat.N_QUADS))


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _hard(blank: Iterable[ox.Quad]) -> bool:
    """Whether nodes of which the same is said hang together in great number, or in circles.

    What is said of a node is its first-degree hash of RDFC-1.0, without the hashing.
    """
    said: dict[ox.BlankNode, list[str]] = defaultdict(list)
    links: list[set[ox.BlankNode]] = []
    for quad in blank:
        nodes = _blank_nodes(quad)
        for node in nodes:
            said[node].append(_seen_from(quad, node))
        if len(nodes) > 1:
            links.append(nodes)
    kind = {node: tuple(sorted(lines)) for node, lines in said.items()}
    number = Counter(kind.values())
    alike = [pair for nodes in links if len(pair := {n for n in nodes if number[kind[n]] > 1}) > 1]
    return any(size > _EASY or edges >= size for size, edges in _hanging_together(alike))


def _seen_from(quad: ox.Quad, node: ox.BlankNode) -> str:
    terms = (quad.subject, quad.object, quad.graph_name)
    ends = ("a" if term == node else "z" if isinstance(term, ox.BlankNode) else str(term) for term in terms)
    return "\0".join((quad.predicate.value, *ends))


def _hanging_together(links: list[set[ox.BlankNode]]) -> list[tuple[int, int]]:
    """Number of nodes and of links of each connected part."""
    above: dict[ox.BlankNode, ox.BlankNode] = {}

    def top(node: ox.BlankNode) -> ox.BlankNode:
        while (upper := above.setdefault(node, node)) != node:
            above[node] = above.setdefault(upper, upper)
            node = upper
        return node

    for first, *others in map(list, links):
        for other in others:
            above[top(other)] = top(first)
    sizes, edges = Counter(top(node) for node in above), Counter(top(next(iter(link))) for link in links)
    return [(size, edges[part]) for part, size in sizes.items()]


def _blank_nodes(triple: ox.Quad | ox.Triple) -> set[ox.BlankNode]:
    found: set[ox.BlankNode] = set()
    for term in (triple.subject, triple.object, getattr(triple, "graph_name", None)):
        if isinstance(term, ox.BlankNode):
            found.add(term)
        elif isinstance(term, ox.Triple):
            found |= _blank_nodes(term)
    return found
