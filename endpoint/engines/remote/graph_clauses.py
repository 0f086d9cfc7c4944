"""GRAPH for engines without a default graph of their own, and what of a query is too much for any engine.

A named graph stands in for the default graph there. The query goes out with that graph as the protocol's
default graph, which leaves variables of GRAPH free to run over all graphs, the stand-in and the engine's own
among them, and constants without any. So GRAPH ?g is followed by a filter, and a constant becomes a variable
that must equal it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from araxes.endpoint.engines.remote.dialects import NOWHERE, Dialect
from araxes.validation.sparql_syntax.tokens import Token, tokens

OWN = "araxes__graph"
"""What the names of variables begin with that only the engine sees."""

MOST_NESTED = 100
"""Brackets within brackets that are passed on: engines recurse, and some end when they have no stack left."""

MOST_STEPS = 5000
"""Words and operators that are passed on, whatever their arrangement."""

_SEPARATORS = frozenset("(){}[].,;<>?")
_DATASET = re.compile(r"\bFROM\b", re.IGNORECASE)
_FROM_NAMED = re.compile(r"\bFROM\s+NAMED\b", re.IGNORECASE)


def burden(query: str) -> str:
    """Why a query is not passed on to any engine; empty: it may be.

    >>> burden("ASK { ?s ?p ?o }")
    ''
    >>> burden("ASK " + "{" * 300 + "}" * 300)
    'it is nested more than 100 deep'
    """
    depth = deepest = steps = 0
    for token in tokens(query):
        if token.text in ("{", "(", "["):
            depth += 1
            deepest = max(deepest, depth)
        elif token.text in ("}", ")", "]"):
            depth -= 1
        elif token.kind == "word" or (token.kind == "mark" and token.text not in _SEPARATORS):
            steps += 1
    if deepest > MOST_NESTED:
        return f"it is nested more than {MOST_NESTED} deep"
    return f"it has more than {MOST_STEPS:,} words and operators" if steps > MOST_STEPS else ""


def with_own_graphs(
    query: str, dialect: Dialect, variables: Sequence[str] = ()
) -> tuple[str, list[str], list[str]]:
    """A query, and the dataset of the protocol, for an engine whose default graph is a named one.

    Args:
        query: its text; of sound syntax.
        dialect: with the stand-in.
        variables: names of what it selects, in place of a ``SELECT *``, which would show those made here.

    >>> from araxes.endpoint.engines.remote.dialects import VIRTUOSO
    >>> with_own_graphs("ASK { ?s ?p ?o }", VIRTUOSO)
    ('ASK { ?s ?p ?o }', ['urn:x-araxes:default-graph'], [])
    """
    found = list(tokens(query))
    words = [token.text.upper() for token in found]
    if "FROM" in words:
        # The query says itself what its dataset is; without a default graph it has an empty one.
        plain = any(
            word == "FROM" and words[index + 1 : index + 2] != ["NAMED"] for index, word in enumerate(words)
        )
        return query if plain else _with_from(query, found, words), [], []
    hidden = " , ".join(f"<{iri}>" for iri in (dialect.stand_in, *dialect.others))
    edits = [edit for place in _clauses(found) for edit in _rewritten(place, found, hidden)]
    edits += _selected(found, words, variables) if edits else []
    text = query
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text, [dialect.stand_in], []


def _with_from(query: str, found: Sequence[Token], words: Sequence[str]) -> str:
    place = found[words.index("FROM")].start
    return f"{query[:place]}FROM <{NOWHERE}> {query[place:]}"


def _selected(
    found: Sequence[Token], words: Sequence[str], variables: Sequence[str]
) -> list[tuple[int, int, str]]:
    """The edit that names what the outermost ``SELECT *`` selects."""
    if "SELECT" not in words or not variables:
        return []
    star = words.index("SELECT") + 1
    star += words[star] in ("DISTINCT", "REDUCED")
    if words[star] != "*":
        return []
    return [(found[star].start, found[star].end, " ".join(f"?{name}" for name in variables))]


def _clauses(found: Sequence[Token]) -> list[tuple[int, int]]:
    """Where GRAPH stands, and where its group ends, as numbers of tokens; only those that are well formed."""
    places, open_groups, closes = [], [], {}
    for index, token in enumerate(found):
        if token.text == "{":
            open_groups.append(index)
        elif token.text == "}" and open_groups:
            closes[open_groups.pop()] = index
    for index, token in enumerate(found[:-2]):
        if token.kind == "word" and token.text.upper() == "GRAPH" and index + 2 in closes:
            places.append((index, closes[index + 2]))
    return places


def _rewritten(place: tuple[int, int], found: Sequence[Token], hidden: str) -> list[tuple[int, int, str]]:
    """Edits: start, end, text in place of what is there."""
    index, close = place
    name, closing = found[index + 1], found[close]
    own = f"?{OWN}{index}"
    graph = name.text if name.kind == "variable" else own
    test = f"{graph} NOT IN ({hidden})" + ("" if name.kind == "variable" else f" && {graph} = {name.text}")
    if close == index + 3:  # an empty group: every graph once
        group = f"GRAPH {graph} {{ {own}s {own}p {own}o }} FILTER ({test})"
        return [(found[index].start, closing.end, f"{{ SELECT DISTINCT {graph} {{ {group} }} }}")]
    return [(name.start, name.end, graph), (closing.end, closing.end, f" FILTER ({test})")]
