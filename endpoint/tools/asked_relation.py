"""The one relation that a question asks for, and everything in the ontology that says the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from araxes.endpoint.search.text.asked_relations import AskedQuestion, AskedRelation
from araxes.endpoint.search.text.asked_sides import Side
from araxes.endpoint.tools.asking import Asker, iri_of, node, nodes
from araxes.endpoint.tools.records import ThingCalled
from araxes.endpoint.tools.single_claim import sentence
from araxes.ontology.namespaces import AX, RDF

_REIFIED = ("GraphElement", "Occurrence", "Relator", "Situation")
"""Classes, with those below, whose things stand for a relation: their properties name its ends, not it."""

_MEMBERS = f"(owl:unionOf/<{RDF}rest>*/<{RDF}first>)?"


@dataclass(frozen=True, slots=True)
class SoughtRelation:
    """A relation that is asked for.

    Attributes:
        property: that was named.
        things: one entity or two, the subject first where the sides are known.
        side: of the first entity.
        same: properties that say it in this direction: the named one, and those below it.
        turned: properties that say it in the other direction: their inverses, and those that are symmetric.
    """

    property: ThingCalled
    things: tuple[ThingCalled, ...]
    side: Side
    same: tuple[str, ...]
    turned: tuple[str, ...]

    def in_words(self, language: str) -> str:
        """The relation with what is known of its ends, and "…" for what is asked.

        Where an entity may stand on either side, both are given, but for a symmetric relation.
        """
        names = [each["name"] for each in self.things]
        ends = (*names, "…")[:2]
        both = self.side == "either" and not set(self.same) <= set(self.turned)
        ways = [ends] if self.side != "object" else [ends[::-1]]
        ways += [ends[::-1]] if both else []
        return " / ".join(sentence(one, self.property["name"], two, language) for one, two in ways)


def relation_of(asker: Asker, asked: AskedQuestion) -> SoughtRelation | None:
    """The relation, if it is certain which one is meant; else nothing.

    Raises:
        HttpProblem: the dataset could not be asked.
    """
    entities = [iri_of(each) for each in asked["entities"]]
    relations = {iri_of(each["path"]): each for each in asked["relations"]}
    if not entities or not relations:
        return None
    sides = _fitting(asker, entities, relations)
    chosen = _one_of(asker, sides)
    if chosen is None:
        return None
    same, turned = _saying_the_same(asker, [chosen])
    side = sides[chosen]
    if len(entities) > 1 and side == "object":
        entities, side = entities[::-1], "subject"
    called = asker.labels([chosen, *entities])
    property_, *things = (ThingCalled(iri=iri, name=called.get(iri, iri)) for iri in (chosen, *entities))
    return SoughtRelation(
        property_, tuple(things), "either" if set(same) <= set(turned) else side, same, turned
    )


def broader(asker: Asker, relation: SoughtRelation) -> SoughtRelation | None:
    """The relations right above one, of the same things, as one relation; nothing if there are none.

    Raises:
        HttpProblem: the dataset could not be asked.
    """
    rows = asker.rows(
        f"""SELECT DISTINCT ?p {{ {node(relation.property["iri"])} rdfs:subPropertyOf ?p
          FILTER (ISIRI(?p)) }} ORDER BY ?p"""
    )
    above = [row["p"] for row in rows]
    return among(asker, relation, above, relation.side) if above else None


def among(asker: Asker, relation: SoughtRelation, properties: Sequence[str], side: Side) -> SoughtRelation:
    """The same question about other properties, of the same things.

    Raises:
        HttpProblem: the dataset could not be asked.
    """
    same, turned = _saying_the_same(asker, properties)
    name = asker.labels(properties).get(properties[0], properties[0])
    return SoughtRelation(ThingCalled(iri=properties[0], name=name), relation.things, side, same, turned)


def _fitting(
    asker: Asker, entities: Sequence[str], relations: Mapping[str, AskedRelation]
) -> dict[str, Side]:
    """Those relations whose domain and range let the entities stand where the question has them.

    Each with the side of the first entity.
    """
    ends: dict[str, dict[str, set[str]]] = {}
    for row in asker.rows(
        f"""SELECT DISTINCT ?p ?end ?class {{ VALUES ?p {{ {nodes(list(relations))} }} ?p a owl:ObjectProperty
          OPTIONAL {{ VALUES (?end ?of) {{ ("domain" rdfs:domain) ("range" rdfs:range) }}
            ?p ?of ?whole . ?whole {_MEMBERS} ?class FILTER (ISIRI(?class)) }} }}"""
    ):
        ends.setdefault(row["p"], defaultdict(set))
        if "class" in row:
            ends[row["p"]][row["end"]].add(row["class"])
    above = _classes_above(asker, {each for of in ends.values() for each in of["domain"]})
    kinds = _kinds(asker, entities)
    found: dict[str, Side] = {}
    for iri, of in ends.items():
        reified = bool(of["domain"]) and all(
            above[each] & {AX + name for name in _REIFIED} for each in of["domain"]
        )
        sides = [
            _possible(side, kinds[entity], of, reified)
            for side, entity in zip(relations[iri]["sides"], entities, strict=True)
        ]
        if all(sides):
            found[iri] = _first_side([side for side in sides if side])
    return found


def _possible(side: Side, kinds: set[str], ends: Mapping[str, set[str]], reified: bool) -> Side | None:
    """The side where a thing of some kinds can stand, of that which the question has."""
    as_subject = side != "object" and (not ends["domain"] or bool(kinds & ends["domain"]))
    as_object = side != "subject" and not reified and (not ends["range"] or bool(kinds & ends["range"]))
    if as_subject and as_object:
        return "either"
    return "subject" if as_subject else "object" if as_object else None


def _first_side(sides: Sequence[Side]) -> Side:
    """The side of the first of one or two entities: what the other's leaves it."""
    first, *others = sides
    if first == "either" and others and others[0] != "either":
        return "subject" if others[0] == "object" else "object"
    return first


def _kinds(asker: Asker, entities: Sequence[str]) -> dict[str, set[str]]:
    """Entity → its classes and all above them."""
    found: dict[str, set[str]] = {each: set() for each in entities}
    for row in asker.rows(
        f"""SELECT DISTINCT ?it ?class {{ VALUES ?it {{ {nodes(list(entities))} }}
          ?it a/rdfs:subClassOf* ?class FILTER (ISIRI(?class)) }}"""
    ):
        found[row["it"]].add(row["class"])
    return found


def _classes_above(asker: Asker, classes: Iterable[str]) -> dict[str, set[str]]:
    """Class → itself and all above it."""
    listed = sorted(classes)
    found = {each: {each} for each in listed}
    if listed:
        for row in asker.rows(
            f"""SELECT DISTINCT ?class ?above {{ VALUES ?class {{ {nodes(listed)} }}
              ?class rdfs:subClassOf* ?above FILTER (ISIRI(?above)) }}"""
        ):
            found[row["class"]].add(row["above"])
    return found


def _one_of(asker: Asker, found: Mapping[str, Side]) -> str | None:
    """The one that is left; of a property and its inverse, that which declares the other."""
    if len(found) < 2:
        return next(iter(found), None)
    if len(found) > 2:
        return None
    rows = asker.rows(
        f"""SELECT ?p {{ VALUES ?p {{ {nodes(list(found))} }} VALUES ?q {{ {nodes(list(found))} }}
          ?p owl:inverseOf ?q FILTER (?p != ?q) }} ORDER BY ?p LIMIT 1"""
    )
    return rows[0]["p"] if rows else None


def _saying_the_same(asker: Asker, iris: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The properties that say what some say, in their direction and in the other."""
    asked = f"VALUES ?asked {{ {nodes(list(iris))} }}"
    rows = asker.rows(
        f"""SELECT DISTINCT ?p ?turned {{
          {{ {asked} ?p rdfs:subPropertyOf* ?asked BIND ("" AS ?turned) }}
          UNION {{ {asked} ?p rdfs:subPropertyOf*/(owl:inverseOf|^owl:inverseOf)/rdfs:subPropertyOf* ?asked
            BIND ("1" AS ?turned) }}
          UNION {{ {asked} ?p rdfs:subPropertyOf* ?asked . ?p a owl:SymmetricProperty
            BIND ("1" AS ?turned) }}
          FILTER (ISIRI(?p)) }} ORDER BY ?p"""
    )
    same = tuple(row["p"] for row in rows if not row["turned"])
    return same or tuple(iris), tuple(row["p"] for row in rows if row["turned"])
