"""What records of entities and refinements hold that belongs elsewhere, or stands below already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.authoring.corpus import Record, as_list
from araxes.triples.authoring.entity_names import folded
from araxes.triples.authoring.findings import Finding, quoted

_ACTORS = frozenset({"Actor", "State"})
_IDENTIFYING = frozenset(
    ("belongsTo", "hasMember", "hasSubgroup", "memberOf", "organOf", "speaksFor", "subgroupOf", "succeeds")
)
"""Relations of actors that say what a thing is, not what somebody says of it."""

_SPELT_ALIKE = 0.9
_SPELT = frozenset({"Person", "State"})


def bare_relations(record: Record, words: Vocabulary) -> Iterator[Finding]:
    """Relations of actors in a record: nobody would be said to claim them."""
    for name in record.data:
        declared = words.properties.get(name)
        if declared is None or declared.kind != "object" or name in _IDENTIFYING:
            continue
        if declared.domain & _ACTORS and declared.range & _ACTORS:
            subject = record.data.get("refines", record.id)
            values = ", ".join(map(str, as_list(record.data[name])))
            remedy = f"say it in a claim, under `asserts:` — {{id: {subject}, {name}: {values}}}"
            yield record.finding(
                f"{name} is what some source says of {subject}: no record says it", remedy, name
            )


def things_below(entities: Iterable[Record]) -> Iterator[Finding]:
    """Entities of a corpus that have a name of a thing that a corpus below describes; all as warnings."""
    by_folder: dict[object, list[Record]] = defaultdict(list)
    for entity in entities:
        by_folder[entity.document.folder].append(entity)
    below: list[Record] = []
    for records in by_folder.values():
        if below:
            known = _Named(below)
            for entity in records:
                yield from _same_as_below(entity, known)
        below += records


def _same_as_below(entity: Record, known: _Named) -> Iterator[Finding]:
    kinds = _kinds(entity)
    names = [*_texts(entity.data.get("label")), *_texts(entity.data.get("altLabel"))]
    for name, other in known.called(names, kinds):
        if other.id == entity.id:
            return  # that the id is taken is told
        message = f"{other.id} is called {quoted(name)}, too, in the corpus {_corpus(other)}"
        remedy = (
            f"if it is meant, use {other.id} and leave this record out; if not, tell them apart in labels"
        )
        found = entity.finding(message, remedy, "label")
        yield replace(found, severity="warning", shape="same-name")
        return


class _Named:
    """The things of corpora below, by what they are called."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._by_name: dict[str, list[Record]] = defaultdict(list)
        self._spelt: dict[str, list[tuple[str, Record]]] = defaultdict(list)
        for record in records:
            for name in dict.fromkeys(
                map(folded, [*_texts(record.data.get("label")), *_texts(record.data.get("altLabel"))])
            ):
                self._by_name[name].append(record)
                for kind in _SPELT & _kinds(record):
                    self._spelt[kind].append((name, record))

    def called(self, labels: list[str], kinds: frozenset[str]) -> Iterator[tuple[str, Record]]:
        """What has one of some labels, or nearly, and is of a kind of which it may be; the surest first."""
        for label in labels:
            for other in self._by_name.get(folded(label), ()):
                if _may_be_one(kinds, _kinds(other)):
                    yield label, other
        for label in labels:
            for kind in sorted(_SPELT & kinds):
                for name, other in self._spelt[kind]:
                    if _spelt_alike(folded(label), name):
                        yield name.title(), other


def _spelt_alike(one: str, two: str) -> bool:
    """Whether names differ in a letter or two of one word, and in no figure.

    >>> _spelt_alike("nikol pashinian", "nikol pashinyan"), _spelt_alike("ali ahmadi", "ali ahmad")
    (True, True)
    """
    first, second = one.split(), two.split()
    if len(first) != len(second) or abs(len(one) - len(two)) > 2 or any(map(str.isdigit, one)):
        return False
    if sum(each != other for each, other in zip(first, second, strict=True)) != 1:
        return False
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= _SPELT_ALIKE


def _may_be_one(kinds: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one kind is the other or above it."""
    above = vocabulary().classes
    return any(
        one in above.get(other, ()) or other in above.get(one, ()) for one in kinds for other in others
    )


def _kinds(record: Record) -> frozenset[str]:
    return frozenset(kind for kind in as_list(record.data.get("type")) if isinstance(kind, str))


def _texts(value: Any) -> list[str]:
    texts = value.values() if isinstance(value, dict) else ()
    return [text for each in texts for text in as_list(each) if isinstance(text, str) and text.strip()]


def _corpus(record: Record) -> str:
    folder = record.document.folder
    return folder.name if folder else ""
