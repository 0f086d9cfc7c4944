"""A claim with what its sentences name: its statements' keys and values, and the labels of their things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE
from araxes.triples.authoring.corpus import Record, as_list
from araxes.triples.authoring.findings import Finding

_BESIDE = frozenset({"id", "paraphrase", "passage", "curatorNote", "correction", "period", "cites"})


@dataclass(frozen=True)
class WordedClaim:
    """One claim beside the records of what it names.

    Attributes:
        claim: the claim's record.
        records: entities by id.
    """

    claim: Record
    records: Mapping[str, Record]

    @property
    def statements(self) -> list[dict[str, Any]]:
        """The items of ``asserts``."""
        return [item for item in as_list(self.claim.data["asserts"]) if isinstance(item, dict)]

    @property
    def languages(self) -> list[str]:
        """Those of its sentences in whose words something can be looked for."""
        return [language for language in LANGUAGES if self.sentence(language)]

    def sentence(self, language: str) -> str:
        """The paraphrase."""
        return str(self.claim.data["paraphrase"].get(language, ""))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every key and every name of a term or thing in the claim."""
        return frozenset(_names({k: v for k, v in self.claim.data.items() if k not in _BESIDE}))

    @cached_property
    def things(self) -> list[Record]:
        """The entities that the claim names, in order of id."""
        return [self.records[name] for name in sorted(self.names) if name in self.records]

    def finding(self, check: str, message: str, remedy: str, *where: str | int) -> Finding:
        """A warning of this claim, at a node within it."""
        found = self.claim.finding(message, remedy, *where)
        return replace(found, severity="warning", shape=check, focus=BASE + self.claim.id)

    def labels(self, language: str) -> list[str]:
        """What the claim's entities, and labelled nodes of its own, are called."""
        nodes = [*(thing.data for thing in self.things), *self.statements]
        return [text for node in nodes for text in names_of(node, language)]


def names_of(node: Mapping[str, Any], language: str) -> list[str]:
    """Labels and other labels of a record in a language."""
    found = []
    for key in ("label", "altLabel"):
        texts = node.get(key)
        if isinstance(texts, dict):
            found += [str(text) for text in as_list(texts.get(language, []))]
    return found


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner)
    elif isinstance(value, str):
        yield value
