"""The entities of a dataset with their names and statements, as the index of names holds them."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pyoxigraph as ox

from araxes.endpoint.search.index.indexed_terms import IDENTIFIERS, NUMBERS, IndexedTerms, Row, Uses
from araxes.endpoint.search.index.indexed_values import (
    NO_LANGUAGE,
    UNKNOWN,
    IndexedValue,
    literal_cell,
    literal_key,
)
from araxes.endpoint.search.likeness.common_words import telling_words
from araxes.endpoint.search.likeness.folding import (
    fold,
    grams,
    is_arabic,
    joined,
    pieces,
    romanized,
    sounds,
    tails,
)
from araxes.endpoint.search.likeness.short_names import initials, without_brackets
from araxes.endpoint.search.likeness.word_likeness import MOST_WORDS, word_weight
from araxes.ontology.namespaces import AX, BASE, RDF, RDFS, SKOS
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH
from araxes.triples.derived.spaces import URI_SPACE, own_spaces, term_name, term_spaces

_TYPE = RDF + "type"
_NAMES = {RDFS + "label": 0, SKOS + "altLabel": 0, SKOS + "hiddenLabel": 1}
DERIVED = 2
"""Of a name that is a part of another: found by, and never certain."""
_ANSWERS = frozenset({"Option"})
"""Kinds whose labels are answers to a question ("Azerbaijan", "since 1991"), by which nobody calls them."""
_ABBREVIATED = frozenset({"Organization", "Polity", "Agreement", "Infrastructure"})
"""Kinds that are called by their initials."""
_NAMED = frozenset({"Actor", "Place", "Asset", "Agreement", "Conflict", "Language", "Religion"})
"""Kinds whose things have names; others are called by a description of theirs."""
_TYPE_ORDER = ("State", "DeFactoState", "City", "Person", "Scholar", "Organization", "Region")
RANKS_OF_PERSONS = (_TYPE_ORDER.index("Person"), _TYPE_ORDER.index("Scholar"))
RANK_OF_DESCRIBED = len(_TYPE_ORDER) + 1
"""Rank of an entity whose kind has no names."""
_ARABIC = re.compile("[\u0600-\u06ff]")
Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(slots=True)
class Entity:
    """What is said of an entity.

    Attributes:
        number: its place in the index.
        types: names of its classes, without those above.
        labels: language → label.
        names: (kind of name, text), labels included.
        statements: (property, value) of the ontology's properties and of mappings.
    """

    number: int
    types: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    statements: list[tuple[str, Value]] = field(default_factory=list)


def comparable(folded: str) -> str:
    """A folded name as its letters are compared: Arabic script without spaces, Cyrillic in Latin letters."""
    return joined(folded) if _ARABIC.search(folded) else romanized(folded)


def read_entities(store: ox.Store, terms: IndexedTerms) -> Entities:
    """All entities that have a class of ours and a name, but for records about the corpus."""
    statements: dict[str, list[ox.Quad]] = defaultdict(list)
    subjects: set[str] = set()
    declared = list(store.quads_for_pattern(None, URI_SPACE, None, DEFAULT_GRAPH))
    spaces, of_terms = own_spaces(declared), term_spaces(declared)
    for quad in store.quads_for_pattern(None, None, None, DEFAULT_GRAPH):
        iri = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        if "#" not in iri:
            subjects.add(iri)
        if iri.startswith(spaces) and not iri.startswith(of_terms):
            statements[iri.removeprefix(BASE)].append(quad)
    found: dict[str, Entity] = {}
    for name in sorted(name for name in statements if "#" not in name):
        entity = _entity(len(found) + 1, statements[name], of_terms)
        if entity.types and entity.names and not terms.is_apparatus(entity.types):
            found[name] = entity
    parts = {name: quads for name, quads in statements.items() if "#" in name}
    return Entities(found, subjects - {""}, terms, _periods(store), parts)


def _entity(number: int, quads: Iterable[ox.Quad], of_terms: tuple[str, ...]) -> Entity:
    entity = Entity(number)
    for quad in sorted(quads, key=str):
        predicate, value = quad.predicate.value, quad.object
        if predicate == _TYPE and isinstance(value, ox.NamedNode) and value.value.startswith(of_terms):
            entity.types.add(term_name(value.value, of_terms))
        elif predicate in _NAMES and isinstance(value, ox.Literal):
            entity.names.append((predicate, value.value))
            if predicate == RDFS + "label":
                entity.labels.setdefault(value.language or "", value.value)
            elif predicate == SKOS + "altLabel":
                entity.statements.append(("alias", value))
        elif predicate.startswith(of_terms):
            entity.statements.append((term_name(predicate, of_terms), value))
        elif predicate == SKOS + "exactMatch" and isinstance(value, ox.NamedNode):
            for name, (_, namespace) in IDENTIFIERS.items():
                if namespace and value.value.startswith(namespace):
                    entity.statements.append(
                        (name, ox.Literal(value.value.removeprefix(namespace).strip("/")))
                    )
    return entity


def _periods(store: ox.Store) -> dict[tuple[str, str, str], str]:
    """Statement → the periods for which claims make it; none where a claim makes it without one."""
    period = {
        quad.subject.value: quad.object.value
        for quad in store.quads_for_pattern(None, ox.NamedNode(AX + "period"), None, DEFAULT_GRAPH)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }
    found: dict[tuple[str, str, str], str] = {}
    for claim in period:
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(claim)):
            makers = {
                str(each.graph_name.value).partition("#")[0]
                for each in store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
                if isinstance(each.graph_name, ox.NamedNode)
            }
            if makers <= period.keys():
                key = (str(quad.subject), str(quad.predicate), str(quad.object))
                found[key] = "; ".join(sorted({period[maker] for maker in makers}))
    return found


class Entities:
    """The entities that were read, and the rows that hold them."""

    def __init__(
        self,
        found: dict[str, Entity],
        subjects: set[str],
        terms: IndexedTerms,
        periods: dict[tuple[str, str, str], str],
        parts: dict[str, list[ox.Quad]],
    ) -> None:
        """Count how properties are used."""
        self.found = found
        self.terms = terms
        self._subjects = subjects
        self._periods = periods
        self._parts = parts
        self.uses = Uses()
        for entity in found.values():
            self.uses.languages |= entity.labels.keys() - {""}
            has = {
                "type",
                *(name for name, _ in entity.statements),
                *(f"label_{tag}" for tag in entity.labels if tag),
            }
            kinds = {kind for name in entity.types for kind in terms.above.get(name, {name: 0})}
            self.uses.all.update(has)
            self.uses.texts |= {name for name, value in entity.statements if isinstance(value, ox.Literal)}
            self.uses.by_type.update((kind, name) for kind in kinds for name in has)

    def tables(self) -> Iterator[tuple[str, Iterable[Row]]]:
        """Table → its rows."""
        yield "subject", ((iri,) for iri in sorted(self._subjects))
        yield "entity", (self._row(name, entity) for name, entity in self.found.items())
        yield (
            "label",
            ((e.number, tag, text) for e in self.found.values() for tag, text in e.labels.items() if tag),
        )
        yield "entity_type", ((e.number, kind) for e in self.found.values() for kind in e.types)
        names = list(self._names())
        yield from _told(names)
        yield from _letter_groups([str(row[2]) for row in names])
        yield "initials", self._initials()
        yield "value", self._values()
        yield "evidence", self._evidence()

    def label(self, name: str) -> str:
        """What an entity is called: in English, else in any language."""
        return self._label(name)[1]

    def _label(self, name: str) -> tuple[str, str]:
        """The language of that, and the label itself."""
        labels = self.found[name].labels
        if labels.get("en"):
            return "en", labels["en"]
        return next(iter(labels.items()), ("", name))

    def _row(self, name: str, entity: Entity) -> Row:
        kinds = sorted(map(self.terms.label, entity.types))
        description = " · ".join([*kinds, *([entity.labels["fa"]] if "fa" in entity.labels else [])])
        least = len(_TYPE_ORDER) if self._is(entity, _NAMED) else RANK_OF_DESCRIBED
        rank = min((_TYPE_ORDER.index(kind) for kind in entity.types if kind in _TYPE_ORDER), default=least)
        known = len(entity.names) + len(entity.statements)
        return (entity.number, name, self.label(name), description, rank, known)

    def _names(self) -> Iterator[Row]:
        number = 0
        for entity in self.found.values():
            if _ANSWERS & entity.types:
                continue
            known: set[str] = set()
            for hidden, text in self._called(entity):
                folded = fold(text)
                if folded and folded not in known:
                    known.add(folded)
                    number += 1
                    parts = pieces(text)
                    yield (
                        number,
                        entity.number,
                        folded,
                        joined(folded),
                        " ".join(parts),
                        tails(parts),
                        sounds(folded),
                        hidden,
                    )

    def _called(self, entity: Entity) -> list[tuple[int, str]]:
        """The names of an entity, each with how it is found, the surest first."""
        found = sorted((_NAMES[kind], kind, text) for kind, text in entity.names)
        called = [(hidden, text) for hidden, _, text in found]
        if self._is(entity, _ABBREVIATED):
            called += [(DERIVED, part) for _, text in called for part in without_brackets(text)]
        return called

    def _initials(self) -> Iterator[Row]:
        for entity in self.found.values():
            if self._is(entity, _ABBREVIATED):
                yield from ((short, entity.number) for _, text in entity.names for short in initials(text))

    def _is(self, entity: Entity, kinds: frozenset[str]) -> bool:
        """Whether an entity is of one of some classes, or of one below."""
        return any(kinds & self.terms.above.get(name, {name: 0}).keys() for name in entity.types)

    def _values(self) -> Iterator[Row]:
        for name, entity in self.found.items():
            cells: dict[str, set[IndexedValue]] = defaultdict(set)
            for prop, value in entity.statements:
                cells[prop].add(self._cell(name, prop, value))
            for prop, found in cells.items():
                for position, cell in enumerate(sorted(found, key=lambda cell: (cell.shown, cell))):
                    yield (entity.number, prop, position, *cell)

    def _cell(self, name: str, prop: str, value: Value) -> IndexedValue:
        """A value as tables show it."""
        if isinstance(value, ox.Literal):
            return literal_cell(prop, value)
        key = (f"<{name if '://' in name else BASE + name}>", f"<{AX}{prop}>", str(value))
        period = f" ({self._periods[key]})" if key in self._periods else ""
        iri = getattr(value, "value", str(value))
        other = iri.removeprefix(BASE)
        if other in self.found:
            language, label = self._label(other)
            return IndexedValue("id", other, label + period, language or UNKNOWN, other, period)
        if label := self.terms.called.get(iri, ""):
            return IndexedValue("str", label + period, label + period, "en", self.terms.names[iri], period)
        parts = self._parts_of(other)
        text = (", ".join(sorted(map(self.label, parts))) or iri) + period
        known = {self._label(part)[0] for part in parts}
        language = known.pop() if len(known) == 1 else UNKNOWN if parts else NO_LANGUAGE
        return IndexedValue("str", text, text, language or UNKNOWN, " ".join(parts), period)

    def _parts_of(self, part: str) -> list[str]:
        """The entities of which a node that is part of a claim, such as a tenure, tells."""
        values = [quad.object for quad in self._parts.get(part, ()) if quad.predicate.value != _TYPE]
        names = {value.value.removeprefix(BASE) for value in values if isinstance(value, ox.NamedNode)}
        return sorted(names & self.found.keys())

    def _evidence(self) -> Iterator[Row]:
        for entity in self.found.values():
            for prop, value in entity.statements:
                if isinstance(value, ox.Literal):
                    yield (prop, literal_key(prop, value.value), entity.number)
                else:
                    iri = getattr(value, "value", str(value))
                    yield (prop, "=" + iri.removeprefix(BASE), entity.number)
                    if iri in self.terms.called:
                        yield (prop, fold(self.terms.called[iri]), entity.number)
            for tag, text in entity.labels.items():
                yield (f"label_{tag}", fold(text), entity.number)


def _told(names: list[Row]) -> Iterator[tuple[str, Iterable[Row]]]:
    """The names with their words and what each tells; and which names have a word."""
    parts = [str(row[4]).split() for row in names]
    # People write a space, a non-joiner or nothing between the parts of a Persian name.
    pairs = {
        one + other: f"{one} {other}"
        for each in parts
        for one, other in pairwise(each)
        if is_arabic(one) and is_arabic(other)
    }
    yield "pair", pairs.items()
    words = [telling_words(" ".join(pairs.get(part, part) for part in each))[:MOST_WORDS] for each in parts]
    # A word that many names of one entity have still tells it from others.
    having: dict[str, set[object]] = defaultdict(set)
    for row, some in zip(names, words, strict=True):
        for word in some:
            having[word].add(row[1])
    entities = len({row[1] for row in names})
    weights = {word: word_weight(word, len(some), entities) for word, some in having.items()}
    told = list(zip(names, words, strict=True))
    yield (
        "name",
        ((*row, " ".join(some), " ".join(str(weights[word]) for word in some)) for row, some in told),
    )
    yield (
        "word",
        (
            (word, row[0], sounds(word), weights[word], weights[word] / sum(weights[one] for one in some))
            for row, some in told
            for word in some
        ),
    )


def _letter_groups(names: list[str]) -> Iterator[tuple[str, Iterable[Row]]]:
    """Which names have a letter group, and how many groups a name has; the numbers of names begin with 1."""
    having: dict[str, array[int]] = defaultdict(lambda: array(NUMBERS))
    counts = array(NUMBERS, [0])
    for number, folded in enumerate(names, 1):
        found = grams(comparable(folded))
        counts.append(len(found))
        for letters in found:
            having[letters].append(number)
    yield "gram", ((letters, numbers.tobytes()) for letters, numbers in having.items())
    yield "letters", [(counts.tobytes(),)]
