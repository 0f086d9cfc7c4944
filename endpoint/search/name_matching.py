"""Matching of names against the entities, for the Reconciliation Service API 0.2, without I/O.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. The routes fetch what
:data:`NAMES`, :data:`CLASSES` and :data:`FACTS` ask for, and give the rows to :class:`Index`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from araxes.endpoint.search.folding import fold, grams, sounds
from araxes.ontology.namespaces import AX, BASE, PREFIXES

Row = dict[str, str]
"""One row of an answer: variable → text."""

_HEAD = f"PREFIX araxes: <{BASE}>\n" + "".join(
    f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()
)

NAMES = (
    _HEAD
    + """SELECT ?e ?type ?kind ?name (LANG(?name) AS ?language) WHERE {
  VALUES ?kind { rdfs:label skos:altLabel skos:hiddenLabel }
  ?e a ?type ; ?kind ?name .
  FILTER (STRSTARTS(STR(?e), STR(araxes:)) && !STRSTARTS(STR(?e), STR(ax:)) && STRSTARTS(STR(?type), STR(ax:))
          && !CONTAINS(STR(?e), "#"))
}"""
)
"""Names of the entities, with their types."""

CLASSES = (
    _HEAD
    + """SELECT ?type ?name ?above WHERE {
  ?type a owl:Class ; rdfs:label ?name .
  FILTER (STRSTARTS(STR(?type), STR(ax:)) && LANG(?name) = "en")
  OPTIONAL { ?type rdfs:subClassOf ?above . FILTER (STRSTARTS(STR(?above), STR(ax:))) }
}"""
)
"""The ontology's classes with the classes right above."""

FACTS = (
    _HEAD
    + """SELECT ?e ?p ?v WHERE {
  VALUES ?p { skos:exactMatch ax:iso3166Alpha3 ax:cowCode ax:gwCode }
  ?e ?p ?v . FILTER (STRSTARTS(STR(?e), STR(araxes:)))
}"""
)
"""Identifiers of the entities in other datasets."""

IDENTIFIERS = {
    "wikidata": ("Wikidata item", "http://www.wikidata.org/entity/"),
    "geonames": ("GeoNames id", "https://sws.geonames.org/"),
    "iso3166Alpha3": ("ISO 3166-1 alpha-3 code", ""),
    "cowCode": ("Correlates of War code", ""),
    "gwCode": ("Gleditsch–Ward code", ""),
}
"""Properties that identify: name, and the namespace that is cut off."""

LABELS = {"label_en": "English label", "label_fa": "Persian label"}

CERTAIN = 90.0
"""A best candidate with at least this score, and well before the second, is a match."""

MARGIN = 4.0
MOST_CANDIDATES = 25
DEFAULT_CANDIDATES = 6
_TYPE_ORDER = ("State", "DeFactoState", "City", "Person", "Scholar", "Organization", "Region")


@dataclass
class Entity:
    """What the index knows of an entity.

    Attributes:
        id: relative to the base, such as ``state/iran``.
        types: names of its classes, without those above.
        labels: language → label.
        facts: identifying property → values.
    """

    id: str
    types: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    facts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def name(self) -> str:
        """Its label for people."""
        return self.labels.get("en") or next(iter(self.labels.values()), self.id)

    @property
    def description(self) -> str:
        """Kind and Persian label, to tell namesakes apart."""
        return " · ".join([*sorted(self.types), *([self.labels["fa"]] if "fa" in self.labels else [])])


@dataclass(frozen=True, slots=True)
class Name:
    """One name in the forms that are compared."""

    entity: str
    folded: str
    sound: str
    letters: frozenset[str]
    words: frozenset[str]
    hidden: bool


class Index:
    """All names of one dataset. Read-only once made, so threads may share it."""

    def __init__(self, names: Iterable[Row], classes: Iterable[Row], facts: Iterable[Row]) -> None:
        """Fold and group the rows of the three queries."""
        self.entities: dict[str, Entity] = {}
        self.types: dict[str, str] = {}
        self._above: dict[str, set[str]] = defaultdict(set)
        for row in classes:
            name = row["type"].removeprefix(AX)
            self.types[name] = row["name"]
            if row.get("above"):
                self._above[name].add(row["above"].removeprefix(AX))
        known: set[tuple[str, str]] = set()
        self._names: list[Name] = []
        for row in sorted(names, key=lambda row: (row["e"], row["kind"], row["name"])):
            entity = self._entity(row)
            folded = fold(row["name"])
            if folded and (entity.id, folded) not in known:
                known.add((entity.id, folded))
                self._names.append(_name(entity.id, folded, row["kind"].endswith("hiddenLabel")))
        for row in facts:
            self._fact(row)
        self._by_letters: dict[str, list[int]] = defaultdict(list)
        self._by_sound: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self._names):
            self._by_sound[one.sound].append(number)
            for letters in one.letters:
                self._by_letters[letters].append(number)

    def _entity(self, row: Row) -> Entity:
        name = row["e"].removeprefix(BASE)
        entity = self.entities.setdefault(name, Entity(name))
        entity.types.add(row["type"].removeprefix(AX))
        if row["kind"].endswith("#label"):
            entity.labels[row["language"]] = row["name"]
        return entity

    def _fact(self, row: Row) -> None:
        entity = self.entities.get(row["e"].removeprefix(BASE))
        for name, (_, namespace) in IDENTIFIERS.items():
            stands = row["p"].endswith("exactMatch") and namespace and row["v"].startswith(namespace)
            if entity and (stands or row["p"] == AX + name):
                entity.facts[name].add(row["v"].removeprefix(namespace).strip("/"))

    def has_type(self, entity: Entity, names: set[str]) -> bool:
        """Whether an entity is of one of the classes or of one below."""
        seen, waiting = set(entity.types), list(entity.types)
        while waiting:
            for above in self._above[waiting.pop()] - seen:
                seen.add(above)
                waiting.append(above)
        return bool(seen & names)

    def candidates(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        """The result of one reconciliation query, best first."""
        types = {name.removeprefix(AX) for name in _as_list(query.get("type"))}
        scores = self._scores(str(query.get("query", "")))
        asked = [
            (str(one["pid"]), {fold(_text(v)) for v in _as_list(one["v"])})
            for one in query.get("properties", [])
        ]
        for name, values in asked:
            for entity in self.entities.values():
                theirs = {fold(value) for value in self._values(entity, name)}
                if theirs & values:
                    scores[entity.id] = max(scores.get(entity.id, 0.0) + 10, CERTAIN + MARGIN)
                elif theirs and entity.id in scores:
                    scores[entity.id] -= 15
        ranked = sorted(
            (
                (round(min(score, 100.0), 2), self.entities[name])
                for name, score in scores.items()
                if not types or self.has_type(self.entities[name], types)
            ),
            key=lambda pair: (-pair[0], _rank(pair[1]), pair[1].id),
        )
        limit = max(1, min(int(query.get("limit") or DEFAULT_CANDIDATES), MOST_CANDIDATES))
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        return [
            {
                "id": entity.id,
                "name": entity.name,
                "description": entity.description,
                "score": score,
                "match": number == 0 and score >= CERTAIN and score - second >= MARGIN,
                "type": self._types(entity),
                "features": [{"id": "name", "value": score}],
            }
            for number, (score, entity) in enumerate(ranked[:limit])
        ]

    def _types(self, entity: Entity) -> list[dict[str, str]]:
        return [{"id": name, "name": self.types.get(name, name)} for name in sorted(entity.types)]

    def _values(self, entity: Entity, name: str) -> set[str]:
        if name in LABELS:
            return {entity.labels.get(name.removeprefix("label_"), "")} - {""}
        return entity.facts.get(name, set())

    def _scores(self, text: str) -> dict[str, float]:
        """Entity → score of its best name, for those that resemble the text at all."""
        found: dict[str, float] = {}
        wanted = _name("", fold(text[:300]), hidden=False)
        if not wanted.folded:
            return found
        shared: dict[int, int] = defaultdict(int)
        for letters in wanted.letters:
            for number in self._by_letters.get(letters, ()):
                shared[number] += 1
        for number in self._by_sound.get(wanted.sound, ()) if len(wanted.sound) > 1 else ():
            shared.setdefault(number, 0)
        for number, count in shared.items():
            name = self._names[number]
            if count * 4 >= len(wanted.letters) or name.sound == wanted.sound or wanted.words <= name.words:
                score = similarity(wanted, name)
                if score > 35.0:
                    found[name.entity] = max(found.get(name.entity, 0.0), score)
        return found

    def suggest(self, prefix: str, start: int = 0) -> list[dict[str, Any]]:
        """Entities for a prefix: names that begin with it, then those that resemble it."""
        wanted = fold(prefix)
        begins = {
            name.entity: 200.0 - len(name.folded) / 10
            for name in reversed(self._names)
            if wanted and (name.folded.startswith(wanted) or f" {wanted}" in name.folded)
        }
        scores = {**self._scores(prefix), **begins}
        order = sorted(scores, key=lambda one: (-scores[one], _rank(self.entities[one]), one))
        return [
            {
                "id": one,
                "name": self.entities[one].name,
                "description": self.entities[one].description,
                "notable": self._types(self.entities[one]),
            }
            for one in order[start : start + 20]
        ]

    def suggest_types(self, prefix: str) -> Iterator[dict[str, Any]]:
        """Classes whose name or label begins with a prefix."""
        wanted = fold(prefix)
        for name, label in sorted(self.types.items()):
            if fold(label).startswith(wanted) or fold(name).startswith(wanted) or f" {wanted}" in fold(label):
                above = [{"id": up, "name": self.types.get(up, up)} for up in sorted(self._above[name])]
                yield {"id": name, "name": label, "broader": above}


def similarity(one: Name, other: Name) -> float:
    """How alike two names are, from 0 to 100."""
    if one.folded == other.folded:
        return 99.0 if other.hidden else 100.0
    if one.folded.replace(" ", "") == other.folded.replace(" ", ""):
        return 98.0
    if one.words == other.words:
        return 97.0
    letters = _dice(one.letters, other.letters)
    sound = _dice(grams(one.sound, 2), grams(other.sound, 2)) if one.sound and other.sound else 0.0
    score = 100 * (0.6 * letters + 0.4 * sound)
    if one.sound == other.sound and len(one.sound) > 2:
        score = max(score, 84 + 12 * letters)
    if one.words <= other.words or other.words <= one.words:
        short, long = sorted((len(one.folded), len(other.folded)))
        score = max(score, 60 + 35 * short / long)
    return min(score, 96.0)


def _name(entity: str, folded: str, hidden: bool) -> Name:
    return Name(entity, folded, sounds(folded), grams(folded), frozenset(folded.split()), hidden)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _rank(entity: Entity) -> int:
    """Namesakes in an order that people expect: the state before the policy."""
    return min(
        (_TYPE_ORDER.index(name) for name in entity.types if name in _TYPE_ORDER), default=len(_TYPE_ORDER)
    )


def _as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return str(value.get("id", "")) if isinstance(value, dict) else str(value)


def query_problem(query: Any) -> str:
    """What is wrong with one reconciliation query; empty if nothing.

    >>> query_problem({"query": "Iran"})
    ''
    >>> query_problem({"type": "State"})
    'it has neither query nor properties'
    """
    if not isinstance(query, dict):
        return "it is no object"
    properties, limit = query.get("properties", []), query.get("limit", 1)
    unknown = sorted(set(query) - {"query", "type", "limit", "properties", "type_strict"})
    pairs = isinstance(properties, list) and all(
        isinstance(p, dict) and {"pid", "v"} <= p.keys() for p in properties
    )
    checks = (
        (not unknown, f"unknown member {', '.join(map(repr, unknown))}"),
        (pairs, "properties is a list of objects with pid and v"),
        (isinstance(query.get("query", ""), str), "query is no string"),
        (bool(query.get("query") or properties), "it has neither query nor properties"),
        (
            isinstance(limit, int | float) and not isinstance(limit, bool) and limit >= 1,
            "limit is no positive number",
        ),
        (
            all(isinstance(name, str) for name in _as_list(query.get("type"))),
            "type is a name or a list of names",
        ),
    )
    return next((message for fine, message in checks if not fine), "")


def is_id(text: object) -> bool:
    """Whether a text can be an entity's id.

    >>> is_id("state/iran"), is_id("state/<x>")
    (True, False)
    """
    return isinstance(text, str) and re.fullmatch(r"[a-z-]+/[\w./-]{1,200}", text) is not None
