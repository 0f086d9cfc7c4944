"""What a question asks: the entities that it names, and the relations of the ontology whose labels it holds.

Names are looked up in the index of names as they fold, in every language; labels and alternative labels of
properties are compared word by word (:mod:`.relation_words`). A relation is found when
its words and the names are all that a question tells: what says more asks for more than the relation.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypedDict

from araxes.endpoint.search.index.indexed_entities import DERIVED, RANK_OF_DESCRIBED
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.index.text_index import TextIndex
from araxes.endpoint.search.likeness.folding import fold, is_arabic, text_words
from araxes.endpoint.search.text.asked_sides import Side, Span, sides_of
from araxes.endpoint.search.text.query_words import LONGEST_QUERY, QueryTerm, query_terms
from araxes.endpoint.search.text.relation_words import Written, content, forms_of, stems, written_words

MOST_NAMED = 2
"""Entities that a question about one relation can name."""

MOST_RELATIONS = 12
"""Relations that are handed on when several fit alike."""

_MOST_AKIN = 40
_MOST_WORDS = 40
_LONGEST_SPAN = 14
_LEAST_DESCRIBED = 4
"""Words of a description that counts as a name; shorter ones are words of the question."""

_PREPOSITIONS = frozenset(
    ("in", "on", "to", "with", "by", "from", "of", "against", "for", "at", "about", "as")
)
_PREPOSITIONS |= frozenset(map(fold, ("به", "از", "با", "بر", "در", "برای", "برابر")))
_WHERE = {"where": "in", fold("کجا"): fold("در"), fold("کجاست"): fold("در")}

_NAMED = """
SELECT joined, id, rank FROM name JOIN entity ON entity.number = entity
WHERE joined IN (SELECT value FROM json_each(?)) AND hidden < ?"""
_LABELS = """
SELECT path, name FROM item JOIN other ON item = number
WHERE kind = 'term' AND path IN (SELECT 'ontology/' || value FROM json_each(?)) ORDER BY path, place"""
_HOLDING = """
SELECT 1 FROM text WHERE text MATCH ?1 AND rowid BETWEEN
(SELECT MIN(first) FROM span WHERE kind IN ('claim', 'dispute')) AND
(SELECT MAX(last) FROM span WHERE kind IN ('claim', 'dispute')) LIMIT 1"""


_Named = tuple[Span, set[str]]
"""Where a name stands, and the ids of what bears it."""


class AskedRelation(TypedDict):
    """A relation whose label a question holds.

    Attributes:
        path: address of the property on this server.
        sides: of each entity, in their order.
    """

    path: str
    sides: list[Side]


class AskedQuestion(TypedDict):
    """What a question asks.

    Attributes:
        entities: ids of those that it names, in their order; none without a relation.
        relations: that fit alike; none where a word of the question stands in none of them, or a name is that
            of several entities.
        akin: addresses of properties whose labels say the same and more.
        held: whether one claim's paraphrase, or one dispute's question, holds all of its words.
    """

    entities: list[str]
    relations: list[AskedRelation]
    akin: list[str]
    held: bool


@dataclass(frozen=True, slots=True)
class _Fitting:
    """Labels that say what the words of a question say, places of these words, properties that say more."""

    labels: list[_Label]
    places: list[int]
    akin: list[str]


@dataclass(frozen=True, slots=True)
class _Label:
    """A label: whose, as it is written, its content words, its prepositions, whether it is Persian."""

    path: str
    text: str
    words: tuple[str, ...]
    prepositions: frozenset[str]
    arabic: bool


def asked(texts: TextIndex, names: Index, question: str) -> AskedQuestion:
    """What a question asks.

    Args:
        texts: the full-text index of the dataset.
        names: the index of its names.
        question: of any length; what is beyond a bound is not read, and then nothing is found.
    """
    words = written_words(question[:LONGEST_QUERY])
    nothing: AskedQuestion = {"entities": [], "relations": [], "akin": [], "held": False}
    if len(question) > LONGEST_QUERY or not 1 < len(words) <= _MOST_WORDS:
        return nothing
    labels, spans = _labels(texts, names, question), _spans_named(names, words)
    # "Arms" is a commodity, but in "Who supplies arms to Armenia?" a word of the relation.
    known = {word for label in labels for word in label.words}
    plain = [each for each in spans if not _is_plain_word(words, each[0], known)]
    read = _read(labels, words, plain) or _read(labels, words, spans)
    if read is None:
        return nothing
    spans, fitting = read
    places = [span for span, _ in spans]
    found: dict[str, AskedRelation] = {}
    for label in fitting.labels:
        sides = sides_of(words, places, fitting.places, label.text)
        found.setdefault(label.path, {"path": label.path, "sides": sides})
    return {
        "entities": [min(ids) for _, ids in spans],
        "relations": list(found.values())[:MOST_RELATIONS],
        "akin": [path for path in fitting.akin if path not in found][:_MOST_AKIN],
        "held": _is_held(texts, question),
    }


def _is_plain_word(words: Sequence[Written], span: Span, known: set[str]) -> bool:
    start, end = span
    return end - start == 1 and set(content([words[start].word])) <= known


def _read(
    labels: Sequence[_Label], words: Sequence[Written], spans: list[_Named]
) -> tuple[list[_Named], _Fitting] | None:
    """Names with the labels that fit beside them; nothing if there are none, or a name is that of several."""
    if not 0 < len(spans) <= MOST_NAMED or not all(len(ids) == 1 for _, ids in spans):
        return None
    fitting = _fitting(labels, words, [span for span, _ in spans])
    return (spans, fitting) if fitting else None


def _spans_named(names: Index, words: Sequence[Written]) -> list[_Named]:
    """The longest parts of a question that are names, in their order, each with the ids of what bears it."""
    keys: dict[Span, tuple[str, ...]] = {}
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_SPAN, len(words)) + 1):
            part = words[start:end]
            head = "".join(each.whole for each in part[:-1])
            keys[start, end] = tuple(_solid(head + last) for last in (part[-1].word, part[-1].whole))
    wanted = sorted({key for both in keys.values() for key in both})
    known: dict[str, list[tuple[str, int]]] = {}
    for key, name, rank in names.rows(_NAMED, json.dumps(wanted, ensure_ascii=False), DERIVED):
        known.setdefault(str(key), []).append((str(name), int(rank)))
    taken: set[int] = set()
    found: list[_Named] = []
    for start, end in sorted(keys, key=lambda span: (span[0] - span[1], span[0])):
        described = end - start >= _LEAST_DESCRIBED
        ids = {
            name
            for key in keys[start, end]
            for name, rank in known.get(key, ())
            if rank < RANK_OF_DESCRIBED or described
        }
        if ids and not taken & {*range(start, end)}:
            taken |= {*range(start, end)}
            found.append(((start, end), ids))
    return sorted(found, key=lambda each: each[0])


def _solid(text: str) -> str:
    return text.replace("\u200c", "")


def _labels(texts: TextIndex, names: Index, question: str) -> list[_Label]:
    """The labels and alternative labels of all properties in the script of a question."""
    properties = [str(name) for (name,) in names.rows("SELECT id FROM property")]
    arabic = is_arabic(fold(question))
    read = (_label(str(path), str(name)) for path, name in texts.rows(_LABELS, json.dumps(properties)))
    return [label for label in read if label.words and label.arabic == arabic]


@lru_cache(1 << 12)
def _label(path: str, text: str) -> _Label:
    written = [each.word for each in written_words(text)]
    words = tuple(content(written))
    return _Label(path, text, words, frozenset(written) & _PREPOSITIONS, is_arabic("".join(written)))


def _fitting(labels: Sequence[_Label], words: Sequence[Written], spans: Sequence[Span]) -> _Fitting | None:
    """What fits the words of a question beside its names."""
    named = {place for start, end in spans for place in range(start, end)}
    free = [place for place in range(len(words)) if place not in named]
    telling = set(content([words[place].word for place in free]))
    stem = stems({word for label in labels for word in label.words}) | stems(telling)
    wanted = {stem[word] for word in telling}
    alike = [label for label in labels if {stem[word] for word in label.words} == wanted]
    if not wanted or not alike:
        return None
    akin = [label.path for label in labels if {stem[word] for word in label.words} > wanted]
    places = [place for place in free if content([words[place].word])]
    return _Fitting(_nearest(alike, {words[place].word for place in free}), places, list(dict.fromkeys(akin)))


def _nearest(alike: list[_Label], words: set[str]) -> list[_Label]:
    """Of labels of the same words those whose prepositions a question has: "operates in", not "operates"."""
    prepositions = (words | {_WHERE[word] for word in words & _WHERE.keys()}) & _PREPOSITIONS
    having = [label for label in alike if label.prepositions <= prepositions]
    most = max((len(label.prepositions) for label in having), default=0)
    return [label for label in having if len(label.prepositions) == most] or alike


def _is_held(texts: TextIndex, question: str) -> bool:
    """Whether one paraphrase of a claim, or one dispute's question, holds all words of a question."""
    return bool(texts.rows(_HOLDING, " AND ".join(map(_in_title, query_terms(question)))))


def _in_title(term: QueryTerm) -> str:
    """An expression for a word in what is shown of a thing, also by another word for the same."""
    forms = [form for form in forms_of(term.word) if form != term.word and " " not in form]
    others = "".join(f' OR "{form}"' for form in forms if text_words(form) == [form])
    return f"{{title}} : ({term.match()}{others})"
