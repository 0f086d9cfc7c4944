"""Search: what a dataset holds on some words, by kind, the likeliest first.

Words are found in every spelling that folding brings together. A thing that holds more of them stands before
one that holds fewer, and of a kind only those are given that hold as many as the best. Names are also looked
for in the index of names, which knows transliterations and whole names with slips.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypedDict

from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.index.text_index import TextIndex
from araxes.endpoint.search.index.text_rows import KINDS, SearchKind
from araxes.endpoint.search.matching.likely_entities import likely_entities
from araxes.endpoint.search.text.corrections import corrected
from araxes.endpoint.search.text.query_words import Marker, Part, QueryTerm, phrase, query_terms

PAGE = 30
"""Hits of one kind on a page of its own."""

FIRST: Mapping[SearchKind, int] = {"name": 6, "claim": 6, "dispute": 5, "question": 5, "term": 5}
"""Hits of each kind beside the other kinds."""

SUGGESTED: Mapping[SearchKind, int] = {"name": 5, "claim": 0, "dispute": 1, "question": 2, "term": 2}
"""Hits of each kind while somebody types."""

_MOST_NEAREST = 5
_SURE = 96.0
"""Likeness from which a name is the one that was meant."""

_LIKELY = 72.0
_RESEMBLES = 51.0
"""Likeness from which a name is shown among others."""


class Hit(TypedDict):
    """Something that was found.

    Attributes:
        path: its address on this server, without the first slash; an IRI of another namespace as a whole.
        language: of title and body; empty where it is not known.
        title: what it is called or says, in pieces.
        body: more of it, in pieces; may be empty.
        note: what tells it apart.
        also: another name by which it was found, in pieces; may be empty.
        mentions: claims that speak of it.
    """

    path: str
    language: str
    title: list[Part]
    body: list[Part]
    note: str
    also: list[Part]
    mentions: int


class Group(TypedDict):
    """What was found of one kind: how many in all, and those that are given, the likeliest first."""

    kind: SearchKind
    total: int
    start: int
    hits: list[Hit]


class SearchAnswer(TypedDict):
    """The answer to a search.

    Attributes:
        words: that were looked for, folded.
        changed: words of the query that nothing holds → what was looked for instead.
        partial: whether no thing holds all words.
        unclaimed: words, as typed, that no claim or dispute holds, if no thing holds all, or of a country.
        groups: kinds of which something was found.
        nearest: where nothing was found: names that resemble the query.
    """

    words: list[str]
    changed: dict[str, str]
    partial: bool
    unclaimed: list[str]
    groups: list[Group]
    nearest: list[Hit]


@dataclass(frozen=True, slots=True)
class _Place:
    """A thing that was found.

    Attributes:
        number: its number in the index.
        words: how many of the words it holds.
        score: the higher the likelier.
    """

    number: int
    words: int
    score: float


def search(  # noqa: PLR0913 - what a job says, and the two indexes
    texts: TextIndex,
    names: Index,
    text: str,
    language: str,
    kind: SearchKind | None = None,
    start: int = 0,
    *,
    proper: Sequence[str] = (),
) -> SearchAnswer:
    """What a dataset holds on the words of a text.

    Args:
        texts: the full-text index of the dataset.
        names: the index of its names.
        text: as it was typed, of any length; what is beyond a bound is not read.
        language: in which things are shown, where they are in it.
        kind: ``None`` for the first of every kind.
        start: hits of that kind to leave out.
        proper: words, folded, for which no other is looked for.
    """
    amounts = {kind: PAGE} if kind else FIRST
    return _search((texts, names), (text, proper), language, amounts, start)


def suggest(texts: TextIndex, names: Index, text: str, language: str) -> SearchAnswer:
    """A few things for what somebody has typed so far."""
    return _search((texts, names), (text, ()), language, SUGGESTED, 0)


def _search(
    indexes: tuple[TextIndex, Index],
    query: tuple[str, Sequence[str]],
    language: str,
    amounts: Mapping[SearchKind, int],
    start: int,
) -> SearchAnswer:
    (texts, names), (text, proper) = indexes, query
    typed = query_terms(text)
    terms = corrected(texts, typed, proper) if typed else []
    marker = Marker(terms)
    ranked = _ranked(texts, terms, [kind for kind in KINDS if amounts.get(kind)])
    likely = likely_entities(names, text) if typed and amounts.get("name") else []
    ranked["name"] = _names_ranked(texts, likely, terms, ranked["name"])
    groups: list[Group] = []
    for kind in KINDS:
        places = ranked[kind]
        shown = places[start : start + amounts.get(kind, 0)]
        if shown:
            hits = _hits(texts, [place.number for place in shown], language, marker)
            groups.append({"kind": kind, "total": len(places), "start": start, "hits": hits})
    most = max((place.words for places in ranked.values() for place in places), default=0)
    partial = 0 < most < len(terms)
    slips = [] if any(ranked.values()) else [term for term in typed if term.word not in proper]
    nearest = _nearest(texts, names, likely, slips) if slips else []
    return {
        "words": [term.word for term in terms],
        "changed": {
            old.word: new.word for old, new in zip(typed, terms, strict=True) if old.word != new.word
        },
        "partial": partial,
        "unclaimed": [
            old.word
            for old, new in zip(typed, terms, strict=True)
            if (partial or old.word in proper) and not _is_claimed(texts, new)
        ],
        "groups": groups,
        "nearest": _hits(texts, nearest, language, marker),
    }


def _nearest(
    texts: TextIndex, names: Index, likely: Sequence[tuple[str, float]], terms: Sequence[QueryTerm]
) -> list[int]:
    """What resembles a query that nothing was found for, or else one of its words."""
    found = list(likely)
    for term in terms[:_MOST_NEAREST] if not found else ():
        found += likely_entities(names, term.word)
    found = [(name, alike) for name, alike in found if alike >= _RESEMBLES]
    best = sorted(found, key=lambda one: (-one[1], one[0]))
    return _numbers(texts, list(dict.fromkeys(name for name, _ in best)))[:_MOST_NEAREST]


_FOUND = "SELECT rowid AS item, 1 AS words, bm25(text, 4, 1, 2, 2) AS score FROM text WHERE text MATCH ?"
_ALL = "SELECT rowid, 0, 2 * bm25(text, 4, 1, 2, 2) FROM text WHERE text MATCH ?"


def _ranked(
    texts: TextIndex, terms: Sequence[QueryTerm], kinds: Sequence[SearchKind]
) -> dict[SearchKind, list[_Place]]:
    """Of each of some kinds what holds most of the words, but at least half of them."""
    ranked: dict[SearchKind, list[_Place]] = {kind: [] for kind in KINDS}
    if not terms:
        return ranked
    within = _within(texts, kinds)
    parts = [_FOUND + within] * len(terms) + ([_ALL + within] if len(terms) > 1 else [])
    values = [*(term.match() for term in terms), *([phrase(terms)] if len(terms) > 1 else [])]
    rows = texts.rows(
        f"WITH found AS MATERIALIZED ({' UNION ALL '.join(parts)}) "  # noqa: S608 - of our own parts; what was sent is in `values`
        "SELECT kind, number, SUM(words), weight - SUM(score) FROM found JOIN item ON number = item "
        "GROUP BY number",
        *values,
    )
    most: Counter[str] = Counter()
    for kind, _, words, _ in rows:
        most[str(kind)] = max(most[str(kind)], int(words))
    for kind in kinds:
        if 2 * most[kind] >= len(terms):
            places = (
                _Place(int(number), int(words), float(score))
                for other, number, words, score in rows
                if other == kind and words == most[kind]
            )
            ranked[kind] = sorted(places, key=lambda place: (-place.score, place.number))
    return ranked


def _is_claimed(texts: TextIndex, term: QueryTerm) -> bool:
    """Whether a claim or a dispute holds a word."""
    within = _within(texts, ("claim", "dispute"))
    return bool(texts.rows(f"SELECT 1 FROM text WHERE text MATCH ?{within} LIMIT 1", term.match()))  # noqa: S608 - `within` is of numbers


def _within(texts: TextIndex, kinds: Sequence[SearchKind]) -> str:
    """A condition for things of some kinds, which the index holds one after the other; none for all."""
    spans = texts.rows(
        "SELECT first, last FROM span WHERE kind IN (SELECT value FROM json_each(?))", json.dumps(kinds)
    )
    ranges = [f"rowid BETWEEN {int(first)} AND {int(last)}" for first, last in spans]
    return "" if len(kinds) == len(KINDS) else f" AND ({' OR '.join(ranges) or 'FALSE'})"


def _names_ranked(
    texts: TextIndex, likely: Sequence[tuple[str, float]], terms: Sequence[QueryTerm], found: Sequence[_Place]
) -> list[_Place]:
    """Names in one order: those that were meant, those that hold the words, those that resemble the query."""
    count = len(terms)
    likeness = dict(likely)
    known = dict(zip(_numbers(texts, list(likeness)), likeness.values(), strict=True))
    places: dict[int, _Place] = {}
    for number, alike in known.items():
        if alike >= _SURE:
            places[number] = _Place(number, count, 1000 + 2 * alike)
    whole, parts = _named_by(texts, terms)
    for number in whole:
        places[number] = _Place(number, count, 2000.0)
    for number in parts:
        places.setdefault(number, _Place(number, 1, 500.0))
    for place in found:
        if place.number not in places:
            places[place.number] = place
    for number, alike in known.items():
        if _LIKELY <= alike < _SURE:
            places.setdefault(number, _Place(number, 1, alike - 1000))
    weights = _weights(texts, list(places))
    return sorted(places.values(), key=lambda place: (-place.score - weights[place.number], place.number))


def _named_by(texts: TextIndex, terms: Sequence[QueryTerm]) -> tuple[list[int], list[int]]:
    """Things that the words name together, and those that one or two neighbours of them name."""
    words = [term.word for term in terms]
    whole = " ".join(words)
    wanted = [whole, *words, *(f"{one} {other}" for one, other in pairwise(words))]
    rows = texts.rows(
        "SELECT item, folded = ? FROM whole_name WHERE folded IN (SELECT value FROM json_each(?))",
        whole,
        json.dumps(wanted, ensure_ascii=False),
    )
    return [int(item) for item, is_whole in rows if is_whole], [int(row[0]) for row in rows]


def _numbers(texts: TextIndex, paths: Sequence[str]) -> list[int]:
    """The numbers of things, in the order of their addresses."""
    rows = texts.rows(
        "SELECT path, number FROM item WHERE path IN (SELECT value FROM json_each(?))", json.dumps(paths)
    )
    numbers = {str(path): int(number) for path, number in rows}
    return [numbers[path] for path in paths if path in numbers]


def _weights(texts: TextIndex, numbers: Sequence[int]) -> dict[int, float]:
    rows = texts.rows(
        "SELECT number, weight FROM item WHERE number IN (SELECT value FROM json_each(?))",
        json.dumps(numbers),
    )
    return {int(number): float(weight) for number, weight in rows}


def _hits(texts: TextIndex, numbers: Sequence[int], language: str, marker: Marker) -> list[Hit]:
    """What is shown of things, in the order of their numbers."""
    rows = texts.rows(
        "SELECT number, path, mentions, language, title, body, note FROM item JOIN shown ON item = number "
        "WHERE number IN (SELECT value FROM json_each(?)) ORDER BY title = '', language = ? DESC, language",
        json.dumps(numbers),
        language,
    )
    hits: dict[int, Hit] = {}
    for number, path, mentions, tag, title, body, note in rows:
        if int(number) not in hits:
            parts = marker.marked(str(title))
            also = [] if any(mark for _, mark in parts) else _also(texts, int(number), marker)
            hits[int(number)] = {
                "path": str(path),
                "language": str(tag),
                "title": parts,
                "body": marker.marked(str(body)),
                "note": str(note),
                "also": also,
                "mentions": int(mentions),
            }
    return [hits[number] for number in numbers if number in hits]


def _also(texts: TextIndex, number: int, marker: Marker) -> list[Part]:
    """Another name in which the words are, if there is one."""
    for (name,) in texts.rows("SELECT name FROM other WHERE item = ? ORDER BY place", number):
        parts = marker.marked(str(name))
        if any(mark for _, mark in parts):
            return parts
    return []
