"""The parts of the ontology's reference, and their form as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from araxes.ontology.namespaces import AX

Texts = dict[str, str]
"""A text by language."""

Alignment = tuple[Texts, str, Texts]
"""How strong an alignment is in words by language, the other term's IRI, and the reason by language."""


@dataclass(frozen=True)
class Entry:
    """One term.

    Attributes:
        name: local name.
        kind: what kind of term it is, by language.
        module: name of the module that defines it.
        label: label by language.
        definition: definition by language.
        example: example by language, empty where there is none.
        traits: characteristics of a property, by language.
        links: heading → local names of own terms, or IRIs of others.
        alignments: how it relates to terms of other vocabularies.
        deprecated: whether it is to be used no longer.
        home: its IRI if that does not begin as those of our terms do.
    """

    name: str
    kind: Texts
    module: str
    label: Texts
    definition: Texts
    example: Texts
    traits: tuple[Texts, ...]
    links: dict[str, tuple[str, ...]]
    alignments: tuple[Alignment, ...]
    deprecated: bool
    home: str = ""

    @property
    def iri(self) -> str:
        """Full IRI."""
        return self.home or AX + self.name

    def called(self, language: str) -> str:
        """Its label in a language, else in English, else its name."""
        return self.label.get(language) or self.label.get("en") or self.name


@dataclass(frozen=True)
class Module:
    """One module of the ontology with its terms in order of name."""

    name: str
    title: Texts
    description: Texts
    version: str
    entries: tuple[Entry, ...]

    def called(self, language: str) -> str:
        """Its title in a language, else in English, else its name."""
        return self.title.get(language) or self.title.get("en") or self.name


Modules = dict[str, Module]
"""Modules by name."""


def entries_of(modules: Modules) -> dict[str, Entry]:
    """Every term by its local name."""
    return {entry.name: entry for module in modules.values() for entry in module.entries}


def to_plain(modules: Modules) -> list[dict[str, Any]]:
    """Modules as what JSON can hold."""
    return [dataclasses.asdict(module) for module in modules.values()]


def from_plain(modules: list[Mapping[str, Any]]) -> Modules:
    """The modules again.

    >>> words = {"en": "A"}
    >>> term = Entry("a", {}, "m", words, {}, {}, (words,), {"above": ("b",)}, (({}, "x:y", {}),), False)
    >>> module = Module("m", {}, {}, "1", (term,))
    >>> import json
    >>> from_plain(json.loads(json.dumps(to_plain({"m": module})))) == {"m": module}
    True

    Raises:
        TypeError, KeyError: they are no modules.
    """
    return {
        module["name"]: Module(**{**module, "entries": tuple(map(_entry, module["entries"]))})
        for module in modules
    }


def _entry(plain: Mapping[str, Any]) -> Entry:
    return Entry(
        **{
            **plain,
            "traits": tuple(plain["traits"]),
            "links": {heading: tuple(names) for heading, names in plain["links"].items()},
            "alignments": tuple((strength, iri, reason) for strength, iri, reason in plain["alignments"]),
        }
    )
