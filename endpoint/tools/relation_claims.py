"""Claims that say something on a relation: state it, deny it, only mention it, or let it follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Literal, TypedDict

from araxes.endpoint.tools.asked_relation import SoughtRelation
from araxes.endpoint.tools.asking import Asker, Row, node, nodes

Manner = Literal["stated", "follows", "denied", "mentioned"]
"""Whether a claim states something, lets it follow, denies it, or does no more than mention it."""

MANNERS: tuple[Manner, ...] = ("stated", "follows", "denied", "mentioned")
MOST = 1000
"""Statements on one relation that are read."""

_FORMS = (
    "GRAPH ?graph {{ {one} ?p {two} }} BIND ('stated' AS ?manner)",
    """GRAPH ?graph {{ ?node owl:sourceIndividual {one} ; owl:assertionProperty ?p ;
      owl:targetIndividual|owl:targetValue {two} }} BIND ('denied' AS ?manner)""",
    """GRAPH ?graph {{ ?node ax:ofSubject {one} ; ax:ofProperty ?p ; ax:ofObject {two} ;
      a ax:MentionedStatement }} BIND ('mentioned' AS ?manner)""",
)
_RECORDED = ("{one} ?p {two}",)
_MOST_SPEAKING = 100


class SaidOnRelation(TypedDict):
    """What a claim says on a relation."""

    claim: str
    manner: Manner
    subject: str
    property: str
    object: str


def claims_saying(asker: Asker, relation: SoughtRelation) -> list[SaidOnRelation]:
    """What claims say on a relation, first one claim for each answer; what is stated before the rest.

    Raises:
        HttpProblem: the dataset could not be asked.
    """
    things = [[each["iri"]] for each in relation.things]
    rows = asker.rows(_query(relation, things, MOST))
    found = _each_once([each for each in map(_said, rows) if each], relation)
    kept = _claims_among(asker, {each["claim"] for each in found})
    own = [each for each in found if each["claim"] in kept]
    return _in_turn(own, {each["iri"] for each in relation.things})


def is_recorded(asker: Asker, relation: SoughtRelation) -> bool:
    """Whether the dataset says it without a claim, in what is recorded of a thing.

    Raises:
        HttpProblem: the dataset could not be asked.
    """
    things = [[each["iri"]] for each in relation.things]
    return bool(asker.rows(_query(relation, things, 1, _RECORDED)))


def is_said_for(asker: Asker, relation: SoughtRelation) -> bool:
    """Whether claims say it of somebody who speaks for one of the things, so that silence is not certain.

    Raises:
        HttpProblem: the dataset could not be asked.
    """
    groups = [[each["iri"]] for each in relation.things]
    for row in asker.rows(
        f"""SELECT DISTINCT ?it ?for {{ VALUES ?for {{ {nodes([iri for group in groups for iri in group])} }}
          {{ ?it ax:speaksFor ?for }} UNION {{ GRAPH ?g {{ ?it ax:speaksFor ?for }} }} }}
          ORDER BY ?it LIMIT {_MOST_SPEAKING}"""
    ):
        for group in groups:
            if group[0] == row["for"]:
                group.append(row["it"])
    return any(len(group) > 1 for group in groups) and bool(asker.rows(_query(relation, groups, 1)))


def _query(
    relation: SoughtRelation, groups: Sequence[Sequence[str]], most: int, forms: Sequence[str] = _FORMS
) -> str:
    """A query for all that says it of any of some things: ``?s`` and ``?o`` are the ends of the relation,
    which ``?p`` has the other way round where ``?turned`` is not empty.

    Args:
        relation: what is asked.
        groups: the things that stand for each of the relation's own.
        most: rows.
        forms: in which it may be said.
    """
    first, *others = groups
    ways = {
        "subject": [("?s", "?o")],
        "object": [("?o", "?s")],
        "either": [("?s", "?o"), ("?o", "?s")],
    }[relation.side]
    parts = []
    for one, other in ways:
        ends = f"VALUES {one} {{ {nodes(list(first))} }}"
        ends += f" VALUES {other} {{ {nodes(list(others[0]))} }}" if others else ""
        for properties, way in ((relation.same, ("?s", "?o")), (relation.turned, ("?o", "?s"))):
            turned = "1" if way[0] == "?o" else ""
            pairs = " ".join(f'({node(iri)} "{turned}")' for iri in properties)
            named = f"VALUES (?p ?turned) {{ {pairs} }}"
            parts += [
                f"{{ {ends} {named} {form.format(one=way[0], two=way[1])} }}" for form in forms if properties
            ]
    return f"SELECT DISTINCT ?graph ?manner ?s ?p ?o ?turned {{ {' UNION '.join(parts)} }} LIMIT {most}"


def _said(row: Row) -> SaidOnRelation | None:
    if not {"graph", "s", "o"} <= row.keys():
        return None
    claim, _, part = row["graph"].partition("#")
    manner: Manner = "follows" if part and row["manner"] == "stated" else row["manner"]  # type: ignore[assignment]
    one, two = (row["o"], row["s"]) if row["turned"] else (row["s"], row["o"])
    return {"claim": claim, "manner": manner, "subject": one, "property": row["p"], "object": two}


def _each_once(found: Sequence[SaidOnRelation], relation: SoughtRelation) -> list[SaidOnRelation]:
    """Without what says the same again: the reverse by a symmetric property, and what follows beside it.

    Of what follows in several ways, that by the property that was asked for is kept.
    """
    symmetric = set(relation.same) & set(relation.turned)
    asked = relation.property["iri"]
    kept: dict[tuple[object, ...], SaidOnRelation] = {}
    stated: set[tuple[object, ...]] = set()
    for each in sorted(found, key=lambda each: (MANNERS.index(each["manner"]), each["property"] != asked)):
        ends = (each["subject"], each["object"])
        pair = (each["claim"], frozenset(ends))
        if each["manner"] == "stated":
            stated.add(pair)
        if each["manner"] != "follows":
            way = frozenset(ends) if each["property"] in symmetric else ends
            kept.setdefault((each["claim"], each["manner"], each["property"], way), each)
        elif pair not in stated:
            kept.setdefault((*pair, "follows"), each)
    return list(kept.values())


def _claims_among(asker: Asker, graphs: set[str]) -> set[str]:
    if not graphs:
        return set()
    query = f"SELECT ?it {{ VALUES ?it {{ {nodes(sorted(graphs))} }} ?it a ax:Claim }}"
    return {row["it"] for row in asker.rows(query)}


def _in_turn(found: Sequence[SaidOnRelation], asked: set[str]) -> list[SaidOnRelation]:
    """First one claim for each answer, then a second one for each, and so on."""
    answers: dict[tuple[str, ...], list[SaidOnRelation]] = defaultdict(list)
    order = {manner: place for place, manner in enumerate(MANNERS)}
    for each in sorted(found, key=lambda each: (order[each["manner"]], each["claim"], each["object"])):
        ends = tuple(end for end in (each["subject"], each["object"]) if end not in asked)
        answers[ends].append(each)
    turns = zip_longest(*answers.values())
    return [each for each in chain.from_iterable(turns) if each is not None]


def in_order(found: Sequence[SaidOnRelation]) -> list[str]:
    """The claims, each once."""
    return list(dict.fromkeys(each["claim"] for each in found))
