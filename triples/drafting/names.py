"""Names that a draft uses, and the entities that they mean: known ones, or new ones that are described."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from araxes.ontology.spelling import plain
from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.corpus import as_list
from araxes.triples.authoring.findings import quoted
from araxes.triples.authoring.id_segments import GIVEN
from araxes.triples.drafting.terms import Terms, fits

_ID = re.compile(r"[a-z-]+/[a-z0-9-]+(?:#[a-z0-9-]+)?")
_FOLDED = str.maketrans(
    {"ə": "e", "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "’": "", "'": "", "ʻ": ""}
)


@dataclass(frozen=True)
class Candidate:
    """An entity that a name may mean.

    Attributes:
        id: its id.
        label: what it is called.
        kinds: its classes, as written.
        score: how alike the names are, 0 to 100.
        certain: whether they are one name, differently written at most.
    """

    id: str
    label: str
    kinds: tuple[str, ...]
    score: float
    certain: bool

    def __str__(self) -> str:
        """As it is shown to somebody who chooses."""
        return f"{self.id} ({self.label}, {' and '.join(self.kinds)}, {self.score:.0f})"


class Names(Protocol):
    """What finds entities by name; the command line has one over the index of names."""

    def candidates(self, name: str) -> Sequence[Candidate]:
        """The entities that a name may mean, the likeliest first."""


@dataclass(frozen=True)
class NewThing:
    """An entity that a draft introduces.

    Attributes:
        name: as the draft names it.
        data: its record: id, type, label, and whatever else was given.
        unlike: known things that it is expressly not.
    """

    name: str
    data: dict[str, Any]
    unlike: frozenset[str] = frozenset()


@dataclass
class KnownNames:
    """The names that a draft explains.

    Attributes:
        ids: name, spelled plainly → id.
        new: name, spelled plainly → new entity.
        faulty: names, spelled plainly, with whose explanation something is wrong.
    """

    ids: dict[str, str] = field(default_factory=dict)
    new: dict[str, NewThing] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Undecided:
    """A name of which it is not certain what it means.

    Attributes:
        name: as it is written.
        candidates: what it may mean.
        wanted: classes, one of which is asked for where it stands.
    """

    name: str
    candidates: tuple[Candidate, ...]
    wanted: frozenset[str]

    @property
    def message(self) -> str:
        """What is wrong."""
        several = sum(candidate.certain for candidate in self.candidates) > 1
        return f"«{self.name}» " + (
            "is the name of several things" if several else "is no name or id of anything known"
        )

    @property
    def remedy(self) -> str:
        """What to do."""
        listed = "; ".join(map(str, self.candidates[:5]))
        kind = " or ".join(sorted(self.wanted)[:3]) or "its class"
        new = f"if it is new, say so under `names:` — {self.name}: {{type: {kind}}}"
        return f"perhaps {listed}: write the id, or {new}" if listed else new


LEAST_SCORE = 55.0
"""Candidates below are not shown."""

_MARGIN = 4.0


def meaning(
    name: str, names: Names, known: KnownNames, wanted: frozenset[str], words: Vocabulary
) -> str | Undecided:
    """The id that a name stands for, or why that is not certain.

    Args:
        name: as the draft has it.
        names: the index.
        known: what the draft itself explains.
        wanted: classes, one of which is asked for; none for any.
        words: the vocabulary.
    """
    key = plain(name)
    if key in known.ids:
        return known.ids[key]
    if key in known.new:
        return str(known.new[key].data["id"])
    found = [each for each in names.candidates(name) if each.score >= LEAST_SCORE]
    fitting = [each for each in found if fits(each.kinds, wanted, words)]
    certain = [each for each in fitting if each.certain]
    best = [each for each in certain if certain[0].score - each.score < _MARGIN]
    others = [each for each in found if each.certain and not certain]  # a known thing, in the wrong place
    if len(best or others) == 1:
        return (best or others)[0].id
    return Undecided(name, tuple(fitting or found), wanted)


def slug(name: str) -> str:
    """The end of an id for a name in Latin script; empty where nothing of it can be used.

    >>> slug("Əliyev’s House (Baku)")
    'eliyevs-house-baku'
    """
    lowered = unicodedata.normalize("NFKD", name.casefold().translate(_FOLDED))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(c for c in lowered if not unicodedata.combining(c))))


def segment_for(kind: str, words: Vocabulary) -> str:
    """The first part of the ids of things of a class: that of the nearest class with one.

    >>> from araxes.ontology.vocabulary import vocabulary
    >>> segment_for("City", vocabulary()), segment_for("Curator", vocabulary())
    ('place', 'curator')
    """
    above = [name for name in words.classes.get(kind, ()) if name in GIVEN]
    nearest = max(above, key=lambda name: (name == kind, len(words.classes[name]), name), default="")
    return GIVEN.get(nearest) or re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind).casefold()


def is_id(text: str) -> bool:
    """Whether a text has the form of an id."""
    return bool(_ID.fullmatch(text))


def new_thing(name: str, given: Mapping[str, Any], language: str, terms: Terms) -> NewThing | str:
    """The entity that a draft introduces under a name, or what is wrong with its description.

    Args:
        name: as the draft names it.
        given: what the draft says of it: type, and perhaps id, label and other keys of an entity.
        language: of the name.
        terms: the ontology's.
    """
    kinds: list[str] = []
    for kind in as_list(given.get("type")):
        named = terms.named("class", str(kind))
        if len(named) != 1:
            near = ", ".join(terms.like("class", str(kind)))
            return f"unknown class {kind!r}" + (f"; perhaps {near}" if near else "")
        kinds += named
    if not kinds:
        return "its type is missing"
    label = given.get("label", {language: name})
    label = {language: label} if isinstance(label, str) else label
    if not isinstance(label, dict) or not all(isinstance(text, str) for text in label.values()):
        return f"label: {quoted(label)} is no text by language"
    written = given.get("id")
    if written and not (isinstance(written, str) and is_id(written)):
        return f"id: {quoted(written)} is no id"
    if not written:
        end = slug(label.get("en", name))
        if not end:
            return "no id can be made of a name in another script: give `id:` or `label: {en: …}`"
        written = f"{segment_for(kinds[0], terms.words)}/{end}"
    data = {"id": written, "type": kinds[0] if len(kinds) == 1 else kinds, "label": label}
    others = {key: value for key, value in given.items() if key not in {*data, "unlike"}}
    unlike = frozenset(map(str, as_list(given.get("unlike", []))))
    return NewThing(name, data | others, unlike)
