"""Carries YAML written for version 0.1 of the ontology over to version 0.2.

Each change replaces a few characters of the file at the place where a term stands; order, comments and
layout stay. What is already of version 0.2 stays as it is, so a second run changes nothing.
:func:`compare` shows that nothing is lost: claim by claim, each statement before with its successor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.corpus import as_list

RENAMED = {
    "contains": "seeksToContain",
    "factorOf": "situationOf",
    "holdsThatDependsOn": "conceptuallyDependsOn",
}
"""Properties that only changed their name."""

FIELDS = {f"{name}Factor": f"{name}Field" for name in ("Cultural", "Economic", "Geographic")} | {
    f"{name}Factor": f"{name}Field" for name in ("Identity", "Political", "Security")
}
"""Former kinds of factor → the field of the situation."""

_TYPES = {"Process": "TracedProcess", "Factor": "Situation", **dict.fromkeys(FIELDS, "Situation")}
_PARTS = {
    "territory": ("territorialPartOf", "hasTerritorialPart"),
    "occurrence": ("subEventOf", "hasSubEvent"),
    "member": ("memberOf", "hasMember"),
    "group": ("subgroupOf", "hasSubgroup"),
    "component": ("componentOf", "hasComponent"),
}
_SPLIT = ("partOf", "hasPart", "belongsTo")

Statement = tuple[str, str, str]
"""Subject, property and object as the YAML writes them."""

Kind = Callable[[str], str]
"""Gives the type of an id, or an empty string."""


@dataclass(frozen=True)
class Edit:
    """The replacement of some characters of a text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Difference:
    """What the migration did to one claim.

    Attributes:
        claim: its id.
        before: number of its statements before.
        after: number of its statements after.
        lost: statements before whose successor is not there.
        added: statements after that succeed none.
    """

    claim: str
    before: int
    after: int
    lost: tuple[Statement, ...]
    added: tuple[Statement, ...]


class Migration:
    """Knows the kinds of things, by which some terms are split."""

    def __init__(
        self,
        kinds: Mapping[str, str],
        words: Vocabulary,
        retyped: Mapping[str, str],
        voices: Mapping[str, str],
    ) -> None:
        """Prepare.

        Args:
            kinds: type of each entity by id, as written before or after.
            words: the terms of version 0.2.
            retyped: entities that get another type, by id.
            voices: the one author who speaks in the voice of a source, by the id of the voice.
        """
        self._voices = voices
        self._kinds = {**{name: _TYPES.get(kind, kind) for name, kind in kinds.items()}, **retyped}
        self._fields = {name: FIELDS[kind] for name, kind in kinds.items() if kind in FIELDS}
        self._words = words
        self._retyped = retyped

    def migrate(self, text: str) -> str:
        """The text of an entity file or of an annotated source, carried over.

        Raises:
            yaml.YAMLError: it is no YAML.
        """
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        edits = list(self._edits(root, text)) if root else []
        for edit in sorted(edits, key=lambda each: each.start, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def statements(self, claim: Mapping[str, Any]) -> Counter[Statement]:
        """The statements that a claim of version 0.1 makes, in the terms of version 0.2."""
        found: Counter[Statement] = Counter()
        kind = self._kind_in(claim["asserts"])
        for statement in _written(claim):
            subject, name, value = self._successor(statement, claim["asserts"], kind)
            if name not in ("hasMember", "author"):
                subject, value = self._voices.get(subject, subject), self._voices.get(value, value)
            found[subject, name, value] += 1
        return found

    def _edits(self, root: yaml.Node, text: str) -> Iterator[Edit]:
        if isinstance(root, yaml.SequenceNode):
            for entity in root.value:
                yield from self._node_edits(entity, self._kind_in(()), text, record=True)
        elif isinstance(root, yaml.MappingNode):
            voice = _values(_values(root).get("source", root)).get("sourceAuthor")
            yield from (
                _replace(key, "author")
                for key, _ in (voice.value if isinstance(voice, yaml.MappingNode) else [])
                if key.value == "hasMember"
            )
            claims = _values(root).get("claims")
            for claim in claims.value if claims else []:
                asserts = _values(claim).get("asserts")
                items = asserts.value if isinstance(asserts, yaml.SequenceNode) else []
                kind = self._kind_in([_plain(item) for item in items])
                for item in items:
                    yield from self._voice_edits(item)
                    yield from self._node_edits(item, kind, text, record=False)

    def _voice_edits(self, item: yaml.Node) -> Iterator[Edit]:
        """A text's voice is no actor: what it does in a statement its author does."""
        parts = _values(item)
        if parts.keys() & {"hasMember", "author"}:
            return
        for value in parts.values():
            for each in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                if isinstance(each, yaml.ScalarNode) and each.value in self._voices:
                    yield _replace(each, self._voices[each.value])

    def _node_edits(self, node: yaml.Node, kind: Kind, text: str, *, record: bool) -> Iterator[Edit]:
        if not isinstance(node, yaml.MappingNode):
            return
        data = _plain(node)
        for place, (key, value) in enumerate(node.value):
            name = key.value
            if name == "type" and data.get("type") != "Denial":
                yield from self._type_edit(data, value, text, record=record)
            elif name == "property":
                successor = self._denied(data, kind)
                if successor != value.value:
                    yield _replace(value, successor)
            elif name == "ploverType":
                for item in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                    if not item.value.startswith("plover/"):
                        yield _replace(item, f"plover/{item.value}")
            elif name == "filledBy" and (kind(str(data.get("id"))) or data.get("type")) == "Role":
                yield from _turned(node, place, data, text)
            else:
                yield from self._property_edit(data, key, value, kind)

    def _type_edit(
        self, data: dict[str, Any], value: yaml.Node, text: str, *, record: bool
    ) -> Iterator[Edit]:
        before = str(value.value)
        after = self._retyped.get(str(data.get("id")), _TYPES.get(before, before))
        if after == before:
            return
        field = FIELDS.get(before, "")
        if after == "Situation" and field and (record or self._fields.get(str(data.get("id"))) != field):
            line = text.rfind("\n", 0, value.start_mark.index) + 1
            lead = text[line : value.start_mark.index]
            flow = "{" in lead
            after += f", field: {field}" if flow else f"\n{' ' * (len(lead) - len('type: '))}field: {field}"
        yield _replace(value, after)

    def _property_edit(
        self, data: dict[str, Any], key: yaml.Node, value: yaml.Node, kind: Kind
    ) -> Iterator[Edit]:
        name, subject = str(key.value), str(data.get("id", ""))
        own = kind(subject) or str(data.get("type", ""))
        successors: dict[str, list[str]] = {}
        for item in as_list(_plain(value)):
            after = "author" if name == "hasMember" and _is_voice(subject) else ""
            after = after or self._property(name, own, str(item), data, kind)
            successors.setdefault(after, []).append(str(item))
        if list(successors) in ([name], []):
            return
        if len(successors) == 1:
            yield _replace(key, next(iter(successors)))
            return
        parts = [f"{term}: [{', '.join(items)}]" for term, items in successors.items()]
        yield Edit(key.start_mark.index, value.end_mark.index, ", ".join(parts))

    def _denied(self, data: dict[str, Any], kind: Kind) -> str:
        subject, value = str(data.get("subject", "")), str(data.get("object", data.get("value", "")))
        return self._property(str(data["property"]), kind(subject), value, data, kind)

    def _property(self, name: str, own: str, value: str, data: Mapping[str, Any], kind: Kind) -> str:
        """The term that a property becomes between two kinds of things."""
        if name in _SPLIT:
            return self._split(name, own, kind(value))
        within = name == "subEventOf" and self._is(kind(value), "Conflict")
        for above, successors in (
            ("Statement", {"addressee": "audience"}),
            ("Observation", {} if "rank" in data else {"rankedWithin": "shareOf"}),
            ("Occupation", {"place": "territoryConcerned"}),
            ("Victory", {"actor": "victor", "victim": "defeated"} | ({name: "inConflict"} if within else {})),
        ):
            if name in successors and self._is(own, above):
                return successors[name]
        return RENAMED.get(name, name)

    def _split(self, name: str, subject: str, value: str) -> str:
        if name == "belongsTo":
            if self._is(subject, "Person") and self._is(value, "Polity"):
                return "nationalOf"
            return "organOf" if self._is(subject, "GovernmentBody") else name
        kinds = (subject, value)
        person = subject if name == "partOf" else value
        if all(self._is(each, "Place") or self._is(each, "Polity") for each in kinds):
            way = "territory"
        elif all(self._is(each, "Occurrence") for each in kinds):
            way = "occurrence"
        elif all(self._is(each, "Actor") for each in kinds):
            way = "member" if self._is(person, "Person") else "group"
        else:
            way = "component"
        return _PARTS[way][name == "hasPart"]

    def _is(self, kind: str, above: str) -> bool:
        return above in self._words.classes.get(kind, ())

    def _kind_in(self, items: Iterable[Any]) -> Kind:
        """The type of an entity, or of a node local to a claim."""
        local = {
            str(item["id"]): str(item.get("type", ""))
            for item in items
            if isinstance(item, dict) and str(item.get("id", "")).startswith("#")
        }
        return lambda name: local.get(name) or self._kinds.get(name, "")

    def _successor(self, statement: Statement, items: list[Any], kind: Kind) -> Statement:
        subject, name, value = statement
        data = next((item for item in items if isinstance(item, dict) and _name(item) == subject), {})
        own = kind(subject) or str(data.get("type", ""))
        if name == "type":
            return subject, name, self._retyped.get(subject, _TYPES.get(value, value))
        if name.startswith("not "):
            denied = {"subject": subject, "property": name[4:], "object": value}
            return subject, f"not {self._denied(denied, kind)}", value
        if name == "ploverType" and not value.startswith("plover/"):
            return subject, name, f"plover/{value}"
        if name == "filledBy" and own == "Role":
            return value, "playsRole", subject
        if name == "hasMember" and _is_voice(subject):
            return subject, "author", value
        whole = {key: True for each in items if _name(each) == subject for key in each}
        return subject, self._property(name, own, value, whole, kind), value


def compare(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]], migration: Migration
) -> list[Difference]:
    """What became of each claim.

    Args:
        before: claims of version 0.1 as read from YAML.
        after: the same claims of version 0.2.
        migration: what was applied.

    Raises:
        KeyError: a claim is not there any more.
    """
    known = {str(claim["id"]): claim for claim in after}
    found = []
    for claim in before:
        expected = migration.statements(claim)
        written = Counter(_written(known[str(claim["id"])]))
        lost, added = expected - written, written - expected
        counts = sum(expected.values()), sum(written.values())
        found.append(Difference(str(claim["id"]), *counts, tuple(lost.elements()), tuple(added.elements())))
    return found


def _written(claim: Mapping[str, Any]) -> Iterator[Statement]:
    """The statements of a claim one by one; a denied one with ``not`` before its property."""
    for item in claim["asserts"]:
        if item.get("type") == "Denial":
            value = item.get("object", item.get("value", ""))
            yield str(item["subject"]), f"not {item['property']}", str(value)
            continue
        for name, value in item.items():
            if name != "id":
                for each in as_list(value):
                    yield _name(item), name, str(each)


def _name(item: Any) -> str:
    """How an item of ``asserts`` is told from others; one without an id by what it says."""
    if not isinstance(item, dict):
        return ""
    return str(item.get("id") or f"a {item.get('type', '')}")


def _is_voice(name: str) -> bool:
    """Whether an id is that of the voice of a source."""
    return name.startswith("source/") and name.endswith("#author")


def _values(node: yaml.Node) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _plain(node: yaml.Node) -> Any:
    """A node's content, with scalars as their text."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    return [_plain(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else node.value


def _replace(node: yaml.Node, text: str) -> Edit:
    return Edit(node.start_mark.index, node.end_mark.index, text)


def _turned(node: yaml.MappingNode, place: int, data: dict[str, Any], text: str) -> Iterator[Edit]:
    """Take ``filledBy`` out of a role and let those who fill it play it."""
    key, value = node.value[place]
    start, end = key.start_mark.index, value.end_mark.index
    if place + 1 < len(node.value):
        end = node.value[place + 1][0].start_mark.index
    else:
        start = node.value[place - 1][1].end_mark.index
    yield Edit(start, end, "")
    line = text.rfind("\n", 0, node.start_mark.index) + 1
    lead = text[line : node.start_mark.index]
    item = text.find("\n", node.end_mark.index)
    item = len(text) if item < 0 else item
    players = "".join(
        f"\n{lead}{{id: {player}, playsRole: {data['id']}}}" for player in as_list(data["filledBy"])
    )
    yield Edit(item, item, players)
