"""Statements of a draft said with the ids of entities and the names of terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from araxes.ontology.spelling import plain
from araxes.ontology.vocabulary import Property
from araxes.triples.authoring.corpus import as_list
from araxes.triples.authoring.findings import quoted
from araxes.triples.authoring.json_schema import members
from araxes.triples.authoring.meant_things import CONDITION_NODE
from araxes.triples.authoring.yaml_lines import Key
from araxes.triples.drafting.names import KnownNames, Names, Undecided, is_id, meaning
from araxes.triples.drafting.terms import Terms, fits, spelled

_PLAIN_KEYS = frozenset(
    {"label", "altLabel", "definition", "manner", "value", "curatorNote", "correction", "conditionThat"}
)
_THINGS = ("subject", "object")
_SHORTEST_LIST = 3

Tell = Callable[[Key, str, str, str], None]
"""Takes what is wrong: the path within the claim, a message, a remedy, and the name of the check."""


@dataclass
class Said:
    """Statements of one claim while they are said anew.

    Attributes:
        terms: the ontology's.
        names: the index of names.
        known: the names that the draft explains.
        kinds: classes of each known entity.
        tell: takes what is wrong.
        undecided: names whose meaning is open.
        meant: names as they are written → ids.
    """

    terms: Terms
    names: Names
    known: KnownNames
    kinds: dict[str, tuple[str, ...]]
    tell: Tell
    undecided: list[Undecided] = field(default_factory=list)
    meant: dict[str, str] = field(default_factory=dict)
    local: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def statements(self, items: list[Any]) -> list[dict[str, Any]]:
        """The items of ``asserts``, lists of subject, property and objects among them."""
        mappings = [self._mapping(item, ("asserts", place)) for place, item in enumerate(items)]
        for mapping in mappings:
            if isinstance(mapping.get("id"), str) and mapping["id"].startswith("#"):
                kinds = (self._class(str(kind), None) for kind in as_list(mapping.get("type", [])))
                self.local[mapping["id"]] = tuple(kind for kind in kinds if kind)
        return [self._statement(mapping, ("asserts", place)) for place, mapping in enumerate(mappings)]

    def _mapping(self, item: Any, key: Key) -> dict[str, Any]:
        if isinstance(item, dict):
            return item
        if isinstance(item, list) and len(item) >= _SHORTEST_LIST:
            subject, name, *values = item
            return {"id": subject, str(name): values[0] if len(values) == 1 else values}
        remedy = "write [subject, property, object] or {id: …}"
        message = "a statement is neither a mapping nor a list"
        if isinstance(item, list):
            lacking = " and ".join(("subject", "property", "object")[len(item) :])
            is_or_are = "are" if " and " in lacking else "is"
            message = f"the {lacking} of the statement [{', '.join(map(str, item))}] {is_or_are} missing"
            remedy = "write [subject, property, object]"
        self.tell(key, message, remedy, "form")
        return {}

    def _statement(self, item: dict[str, Any], key: Key) -> dict[str, Any]:
        said: dict[str, Any] = {}
        properties = {name: self._property(name, (*key, name)) for name in item if self._is_property(name)}
        stated = self._one_property(item.get("property"), (*key, "property"))
        for name, value in item.items():
            here = (*key, name)
            declared = properties.get(name)
            if name == "id":
                wanted = self._domain([one for one in properties.values() if one], item)
                said[name] = self.thing(value, wanted, here)
            elif name == "type":
                said[name] = self._classes(value, here)
            elif name == "property":
                said[name] = stated.name if stated else value
            elif name in _THINGS:
                wanted = frozenset[str]()
                if stated:
                    wanted = stated.domain if name == "subject" else stated.range
                said[name] = self.thing(value, wanted, here)
            elif declared:
                said[declared.name] = self._values(declared, value, here)
            else:
                said[name] = self.qualifier(name, value, here)
        return said

    def _is_property(self, name: str) -> bool:
        structural = {"id", "type", "property", *_THINGS, *_PLAIN_KEYS, *_QUALIFIERS}
        return name not in structural

    def _domain(self, properties: list[Property], item: dict[str, Any]) -> frozenset[str]:
        """Classes that the subject of a statement has, as far as its properties tell."""
        if "type" in item:
            named = (self.terms.named("class", str(kind)) for kind in as_list(item["type"]))
            return frozenset(name for names in named for name in names)
        return next((declared.domain for declared in properties if declared.domain), frozenset())

    def qualifier(self, name: str, value: Any, key: Key) -> Any:
        """The value of a key that claims and qualifications have in common, such as degree and condition."""
        if name in _QUALIFIERS:
            return self._each(value, lambda one: self.individual(str(one), _QUALIFIERS[name], key))
        declared = self.terms.words.properties.get(name)
        if declared and declared.kind == "object":
            return self._values(declared, value, key)
        return value

    def individual(self, text: str, kind: str, key: Key) -> str:
        """A controlled individual by name or label, where one of a class is wanted."""
        found = self._individual(text, frozenset({kind}) if kind else frozenset())
        if found:
            return found
        if not text.startswith("#"):
            members = [name for name, kinds in self.terms.words.individuals.items() if kind in kinds]
            near = self.terms.like("individual", text)
            listed = [name for name in near if name in members] or sorted(members)
            self.tell(key, f"unknown value {quoted(text)}", f"use {', '.join(listed[:30])}", "unknown-term")
        return text

    def _individual(self, text: str, wanted: frozenset[str]) -> str:
        names = self.terms.named("individual", text)
        kinds = self.terms.words.individuals
        fitting = [name for name in names if not wanted or kinds.get(name, frozenset()) & wanted]
        return fitting[0] if len(fitting) == 1 else ""

    def _values(self, declared: Property, value: Any, key: Key) -> Any:
        if declared.name == "ploverType":
            return self._each(value, lambda one: self._plover(str(one)))
        if declared.kind != "object":
            return value
        return self._each(value, lambda one: self.thing(one, declared.range, key))

    def _plover(self, text: str) -> str:
        listed = [name for name in self.terms.words.scheme_values if name.rpartition("/")[2] == text.upper()]
        return listed[0] if len(listed) == 1 else text

    def _each(self, value: Any, change: Callable[[Any], Any]) -> Any:
        return [change(one) for one in value] if isinstance(value, list) else change(value)

    def _property(self, name: str, key: Key) -> Property | None:
        return self._one_property(name, key)

    def _one_property(self, name: Any, key: Key) -> Property | None:
        if name is None:
            return None
        found = self.terms.named("property", str(name))
        if len(found) == 1:
            return self.terms.words.properties[found[0]]
        near = found or self.terms.like("property", str(name))
        remedy = (
            f"perhaps {', '.join(near)}"
            if near
            else "use a property of the ontology (`araxes draft --guide`), or say it with others"
        )
        self.tell(
            key, f"{'ambiguous' if found else 'unknown'} property {quoted(str(name))}", remedy, "unknown-term"
        )
        return None

    def _classes(self, value: Any, key: Key) -> Any:
        return self._each(value, lambda one: self._class(str(one), key))

    def _class(self, name: str, key: Key | None) -> str:
        found = ["Denial"] if spelled(name) == "denial" else self.terms.named("class", name)
        if len(found) == 1:
            return found[0]
        if key is not None:
            near = found or self.terms.like("class", name)
            remedy = f"perhaps {', '.join(near)}" if near else "use a class of the ontology"
            self.tell(key, f"unknown class {quoted(name)}", remedy, "unknown-term")
        return name

    def thing(self, value: Any, wanted: frozenset[str], key: Key) -> Any:
        """The id that a name stands for; ids, local nodes and controlled individuals stay what they are."""
        if not isinstance(value, str):
            return value
        if value.startswith("#") or is_id(value):
            self._look_fit(value, wanted, key)
            return value
        if found := self._individual(value, wanted):
            return found
        if plain(value) in self.known.faulty:
            message = f"it names «{value}», with which something is wrong"
            self.tell(key, message, "correct that below `names:`", "form")
            return value
        decided = meaning(value, self.names, self.known, wanted, self.terms.words)
        if isinstance(decided, Undecided):
            return self._individual(value, frozenset()) or self._undecided(decided, wanted, key)
        self.meant[value] = decided
        self._look_fit(decided, wanted, key)
        return decided

    def _undecided(self, name: Undecided, wanted: frozenset[str], key: Key) -> str:
        """Tell of a name whose meaning is open; it stays what it is."""
        if listed := self._choices(wanted):
            what = f"{quoted(name.name)} is no {' or '.join(sorted(wanted))}"
            self.tell(key, what, f"one of {', '.join(listed)}", "unknown-term")
        elif wanted == {"Condition"}:  # no thing with a name: what must be so is said in statements
            self.tell(key, f"the condition {quoted(name.name)} is no node", CONDITION_NODE, "form")
        else:
            self.undecided.append(name)
            self.tell(key, name.message, name.remedy, "unknown-name")
        return name.name

    def _choices(self, wanted: frozenset[str]) -> list[str]:
        """The individuals of which one is wanted, where nothing else can stand."""
        listed = [members(self.terms.words, kind) for kind in sorted(wanted)]
        return [name for names in listed for name in names] if all(listed) else []

    def _look_fit(self, thing: str, wanted: frozenset[str], key: Key) -> None:
        """Tell where a thing is of no class that can stand there."""
        kinds = self.local.get(thing) or self.kinds.get(thing, ())
        if kinds and not fits(kinds, wanted, self.terms.words):
            is_what, what = " and ".join(kinds), " or ".join(sorted(wanted))
            remedy = "choose another property or another thing, or describe what is meant under `names:`"
            if listed := self._choices(wanted):
                remedy = f"one of {', '.join(listed)}"
            self.tell(key, f"{thing} is of class {is_what}, and {what} is wanted", remedy, "unfitting")


_QUALIFIERS = {"degree": "Degree", "modality": "Modality", "mentionedAs": "Modality"}
"""Key → class of its controlled individuals."""


def named_things(statements: list[dict[str, Any]], words_of: Any) -> Iterator[str]:
    """Every id that statements name, each once, in the order in which they stand."""
    seen: set[str] = set()
    for value in _strings(statements):
        if is_id(value) and value not in seen and value not in words_of:
            seen.add(value)
            yield value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _PLAIN_KEYS:
                yield from _strings(item)
