"""Why a query may have found nothing: what its writer can look at first, looked up in the store."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, Protocol

import pyoxigraph as ox

from araxes.endpoint.engines.jobs import HintsJob
from araxes.endpoint.engines.replies import Answered, AnswerKind
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.matching.similar_iris import similar_iris
from araxes.endpoint.sparql.query_patterns import Node, Pattern, QueryPatterns, query_patterns
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, XSD
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH

Hint = tuple[str, Mapping[str, str | int]]
"""Name of a hint among the words of the pages (``[hints]``), and what it tells."""


class Quads(Protocol):
    """What is asked of a store; statements may come in any order, and twice."""

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object: Any, graph_name: Any, /
    ) -> Iterator[ox.Quad]:
        """Statements of a pattern, where ``None`` stands for anything."""

    def contains_named_graph(self, graph_name: Any, /) -> bool:
        """Whether there is a graph."""


_MOST_IRIS = 30
_MOST_UNKNOWN = 3
_MOST_NEAR = 3
_MOST_PATTERNS = 40
_MOST_OF_A_KIND = 2
_MOST_QUADS = 20_000
"""Statements that are counted for one pattern."""

_LONGEST_PATTERN = 160
_TEXT = XSD + "string"
_TIMES = frozenset(XSD + kind for kind in ("dateTime", "date", "gYear", "gYearMonth"))
_WHOLE_TIME = "0001-01-01T00:00:00Z"
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_TAGS = (*LANGUAGES, "az", "hy", "ru", "tr", "he", "ka", "de", "fr")
"""Languages in which a text is looked for that was written without one."""


def write_hints(store: Quads, names: Index | None, job: HintsJob, output: IO[bytes]) -> Answered:
    """Write the hints on a query as a JSON list of names and what they tell."""
    found = query_hints(store, names, job.query, job.namespace)
    output.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    return Answered(AnswerKind.HINTS, "json")


def query_hints(store: Quads, names: Index | None, query: str, namespace: str) -> list[Hint]:
    """Hints on a query that found nothing, the likeliest reason first.

    Args:
        store: that was asked.
        names: the index of names; without one nothing is near an unknown term.
        query: its text.
        namespace: of the IRIs that the server answers for.
    """
    try:
        read = query_patterns(query)
    except RecursionError:
        return [("silence", {})]
    patterns = read.patterns[:_MOST_PATTERNS]
    return [
        *_unknown(store, names, read.iris, namespace),
        *(() if read.has_dataset else _graphs(store, patterns, read)),
        *itertools.islice(_texts(store, patterns, read), _MOST_OF_A_KIND),
        *itertools.islice(_times(store, patterns, read), _MOST_OF_A_KIND),
        ("silence", {}),
    ]


def _unknown(store: Quads, names: Index | None, iris: Iterable[str], namespace: str) -> list[Hint]:
    """IRIs of the server's namespace that nothing is known of, and what resembles them."""
    found: list[Hint] = []
    for iri in [iri for iri in iris if iri.startswith(namespace)][:_MOST_IRIS]:
        if len(found) < _MOST_UNKNOWN and not _known(store, iri):
            near = similar_iris(names, iri, namespace)[:_MOST_NEAR] if names else ()
            shown = " ".join(f"<{each}>" for each in near)
            found.append(("unknown", {"iri": iri, "near": shown}) if near else ("unlike", {"iri": iri}))
    return found


def _known(store: Quads, iri: str) -> bool:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    found = itertools.chain(
        store.quads_for_pattern(node, None, None, None),
        store.quads_for_pattern(None, None, node, None),
        store.quads_for_pattern(None, node, None, None),
    )
    return next(found, None) is not None or bool(store.contains_named_graph(node))


def _graphs(store: Quads, patterns: list[Pattern], read: QueryPatterns) -> list[Hint]:
    """Patterns that only claims state, asked for outside of them; and the other way round."""
    found: list[Hint] = []
    for pattern in patterns:
        if len(found) < _MOST_OF_A_KIND and isinstance(pattern.predicate, ox.NamedNode):
            graphs, bare = _holders(store, pattern)
            shown = pattern.text[:_LONGEST_PATTERN]
            if pattern.in_graph and bare and not graphs:
                found.append(("outside", {"pattern": shown}))
            elif not pattern.in_graph and graphs and not bare:
                once: dict[str, str | int] = {"pattern": shown}
                found.append(
                    ("claimed_once", once) if graphs == 1 else ("claimed", once | {"number": graphs})
                )
    if not found and not read.has_graph and any(iri.startswith(AX) for iri in read.iris):
        found.append(("graph", {}))
    return found


def _holders(store: Quads, pattern: Pattern) -> tuple[int, bool]:
    """In how many named graphs a pattern is stated, and whether it is in the default graph."""
    subject, predicate, value = map(_fixed, (pattern.subject, pattern.predicate, pattern.object))
    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
        return 0, False
    quads = itertools.islice(store.quads_for_pattern(subject, predicate, value, None), _MOST_QUADS)
    graphs = {quad.graph_name for quad in quads}
    bare = next(iter(store.quads_for_pattern(subject, predicate, value, DEFAULT_GRAPH)), None) is not None
    return len(graphs - {DEFAULT_GRAPH}), bare


def _fixed(node: Node) -> ox.NamedNode | ox.Literal | None:
    return node if isinstance(node, ox.NamedNode | ox.Literal) else None


def _texts(store: Quads, patterns: list[Pattern], read: QueryPatterns) -> Iterator[Hint]:
    """Texts without a language, or in a wrong one, where the store has them in a language."""
    for predicate, literal in dict.fromkeys(_compared(patterns, read)):
        if literal.datatype.value != _TEXT and not literal.language:
            continue
        if next(iter(store.quads_for_pattern(None, predicate, literal, None)), None) is not None:
            continue
        tags = [tag for tag in _TAGS if _says(store, predicate, literal.value, tag)]
        if tags:
            yield "language", {"literal": str(ox.Literal(literal.value, language=tags[0]))}
        elif not literal.language and getattr(_example(store, predicate), "language", None):
            tagged = str(ox.Literal(literal.value[:_LONGEST_PATTERN], language=LANGUAGES[0]))
            yield "language", {"literal": tagged}


def _says(store: Quads, predicate: ox.NamedNode, text: str, tag: str) -> bool:
    tagged = ox.Literal(text, language=tag)
    return next(iter(store.quads_for_pattern(None, predicate, tagged, None)), None) is not None


def _times(store: Quads, patterns: list[Pattern], read: QueryPatterns) -> Iterator[Hint]:
    """Times compared with texts, or with times of another type."""
    for predicate, literal in dict.fromkeys(_compared(patterns, read)):
        example = _example(store, predicate)
        held = example.datatype.value if isinstance(example, ox.Literal) else ""
        given = literal.datatype.value
        shown: dict[str, str | int] = {"property": str(predicate)}
        if held in _TIMES and given != held and (given in _TIMES or given == _TEXT):
            kind = held.removeprefix(XSD)
            yield "time", shown | {"kind": kind, "literal": f'"{_as_time(literal.value, kind)}"^^xsd:{kind}'}
        elif held == _TEXT and given in _TIMES:
            yield "edtf", shown | {"literal": f'"{literal.value[:10]}"'}


def _as_time(text: str, kind: str) -> str:
    """A date as text in a type of XML Schema, begun with what it says."""
    match = _DATE.match(text)
    given = "-".join(part for part in match.groups() if part) if match else _WHOLE_TIME[:10]
    whole = given + _WHOLE_TIME[len(given) :]
    lengths = {"gYear": 4, "gYearMonth": 7, "date": 10}
    return whole[: lengths.get(kind, len(whole))]


def _compared(patterns: list[Pattern], read: QueryPatterns) -> Iterator[tuple[ox.NamedNode, ox.Literal]]:
    """Properties, and the literals that their values are to equal or are compared with."""
    values: dict[str, list[ox.NamedNode]] = {}
    for pattern in patterns:
        if isinstance(pattern.predicate, ox.NamedNode):
            if isinstance(pattern.object, ox.Literal):
                yield pattern.predicate, pattern.object
            elif isinstance(pattern.object, ox.Variable):
                values.setdefault(pattern.object.value, []).append(pattern.predicate)
    for comparison in read.comparisons[:_MOST_PATTERNS]:
        for predicate in values.get(comparison.variable, []):
            yield predicate, comparison.literal


def _example(store: Quads, predicate: ox.NamedNode) -> object:
    """Some value of a property."""
    quad = next(iter(store.quads_for_pattern(None, predicate, None, None)), None)
    return quad.object if quad is not None else None
