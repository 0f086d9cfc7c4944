"""What a claim states, in order: its statements with what qualifies them, and the things it makes itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from araxes.endpoint.pages.statements import StatementLine, end, line_of
from araxes.endpoint.pages.thing_pages import TYPE, NamedThing, Row, Told
from araxes.ontology.namespaces import AX, OWL, local_name
from araxes.validation.disagreement.words_of_time import written_date_in_words

_Term = Mapping[str, str]
_Node = dict[str, list[_Term]]

_ASSERTION = ("sourceIndividual", "assertionProperty", "targetIndividual", "targetValue")
_REFERENCE = ("ofSubject", "ofProperty", "ofObject")
_BOUNDS = frozenset(AX + name for name in ("earliest", "latest", "dateSolarHijri"))
"""What repeats a date in another form."""


@dataclass(frozen=True, slots=True)
class Qualified:
    """A statement and what the claim says of it.

    Attributes:
        line: the statement.
        notes: in which manner, to which degree, among which: the text, and its relation.
    """

    line: StatementLine
    notes: tuple[tuple[NamedThing, NamedThing], ...]


@dataclass(frozen=True, slots=True)
class OwnNode:
    """Something that the claim makes for itself: an observation, an appraisal, a perception.

    Attributes:
        name: its kind, or its label.
        said: relation and value.
    """

    name: NamedThing
    said: tuple[tuple[NamedThing, NamedThing], ...]


@dataclass(frozen=True, slots=True)
class ClaimContent:
    """All that a claim states.

    Attributes:
        statements: sentences.
        nodes: things of the claim's own.
        kinds: what things are said to be.
        whole: qualifications of the claim as a whole.
    """

    statements: tuple[Qualified, ...]
    nodes: tuple[OwnNode, ...]
    kinds: tuple[StatementLine, ...]
    whole: tuple[tuple[NamedThing, NamedThing], ...]


@dataclass(slots=True)
class _Parts:
    """A graph taken apart: plain rows; nodes of the claim by IRI and property."""

    plain: list[Row] = field(default_factory=list)
    nodes: dict[str, _Node] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))


def stated(told: Told, name: str) -> ClaimContent:
    """The solutions of a query for ``?claim ?subject ?relation ?object ?bare`` in one claim."""
    parts = _Parts()
    for row in told.rows(name):
        subject, relation = row["subject"], row["relation"]["value"]
        if subject["value"].startswith(told.asked.iri + "#") or subject["type"] == "bnode":
            parts.nodes[subject["value"]][relation].append(row["object"])
        else:
            parts.plain.append(row)
    notes, whole = _qualifications(told, parts)
    kinds = [row for row in parts.plain if row["relation"]["value"] == TYPE]
    rows = [row for row in parts.plain if row["relation"]["value"] not in (TYPE, *_BOUNDS)]
    rows += _denials(told, parts)
    return ClaimContent(
        tuple(Qualified(line_of(told, row), tuple(_notes_on(notes, row))) for row in rows),
        tuple(_own_nodes(told, parts, notes)),
        tuple(line_of(told, row) for row in kinds),
        tuple(whole),
    )


def _kinds(node: _Node) -> set[str]:
    return {term["value"].rpartition("/")[2].rpartition("#")[2] for term in node.get(TYPE, ())}


def _first(node: _Node, name: str, space: str = AX) -> _Term | None:
    return next(iter(node.get(space + name, ())), None)


def _denials(told: Told, parts: _Parts) -> list[Row]:
    """Denied statements as rows like the others."""
    rows: list[Row] = []
    for node in parts.nodes.values():
        one, relation, two, value = (_first(node, name, OWL) for name in _ASSERTION)
        other = two or value
        if "NegativePropertyAssertion" in _kinds(node) and one and relation and other:
            denied = {"type": "literal", "value": "true"}
            claim = {"type": "uri", "value": told.asked.iri}
            rows.append(
                {"claim": claim, "subject": one, "relation": relation, "object": other, "denied": denied}
            )
    return rows


_Key = tuple[str, str, str]
_Pairs = list[tuple[NamedThing, NamedThing]]


def _qualifications(told: Told, parts: _Parts) -> tuple[dict[_Key, _Pairs], _Pairs]:
    """Qualifications by what they are of (empty where that is left open), and those of the whole claim."""
    found: dict[_Key, _Pairs] = defaultdict(list)
    whole: _Pairs = []
    for node in parts.nodes.values():
        if "Qualification" not in _kinds(node):
            continue
        of = tuple((_first(node, name) or {"value": ""})["value"] for name in _REFERENCE)
        said = _said(told, node, (*_REFERENCE,))
        if any(of):
            found[of[0], of[1], of[2]] += said
        else:
            whole += said
    return found, whole


def _notes_on(notes: Mapping[_Key, _Pairs], row: Row) -> _Pairs:
    """What is said of one statement."""
    ends = row["subject"]["value"], row["relation"]["value"], row["object"]["value"]
    return [*notes.get(ends, ()), *notes.get((ends[0], ends[1], ""), ())]


def _said(told: Told, node: _Node, leave: tuple[str, ...]) -> _Pairs:
    """Relations and values of a node; of texts in several languages the page's own."""
    found: _Pairs = []
    for relation, terms in node.items():
        if relation in _BOUNDS or relation == TYPE or local_name(relation) in leave:
            continue
        spoken = [term for term in terms if term.get("xml:lang") == told.asked.language]
        tagged = any("xml:lang" in term for term in terms)
        for term in spoken if tagged and spoken else terms:
            found.append((told.named(relation), _value(told, node, relation, term)))
    return found


def _value(told: Told, node: _Node, relation: str, term: _Term) -> NamedThing:
    """A value as people say it; a date also as the node has it in the Persian calendar."""
    written = _first(node, "dateSolarHijri")
    if relation != AX + "date" or written is None:
        return end(told, term, relation)
    language = told.asked.language
    return NamedThing("", written_date_in_words(term["value"], written["value"], language), language, None)


def _own_nodes(told: Told, parts: _Parts, notes: Mapping[_Key, _Pairs]) -> list[OwnNode]:
    found = []
    for iri, node in parts.nodes.items():
        kinds = _kinds(node)
        if kinds & {"Qualification", "NegativePropertyAssertion", "MentionedStatement"}:
            continue
        said = _said(told, node, ())
        said += [
            pair
            for (subject, relation, _), pairs in notes.items()
            if subject == iri and not relation
            for pair in pairs
        ]
        found.append(OwnNode(end(told, {"type": "uri", "value": iri}), tuple(said)))
    return found
