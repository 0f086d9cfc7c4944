"""What a draft says of its names: known things by id, and new ones, none of which may be known already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.spelling import plain
from araxes.triples.authoring.corpus import Record, as_list, strings
from araxes.triples.authoring.findings import Finding, near_words
from araxes.triples.drafting.draft_files import Draft
from araxes.triples.drafting.names import Candidate, KnownNames, Names, NewThing, is_id, new_thing
from araxes.triples.drafting.terms import Terms, fits


@dataclass
class Explained:
    """The names of a draft.

    Attributes:
        known: what they mean.
        new: records of the new entities, with their lines in the draft.
        findings: what is wrong.
    """

    known: KnownNames = field(default_factory=KnownNames)
    new: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def explain_names(
    draft: Draft, language: str, entities: Sequence[Record], names: Names, terms: Terms
) -> Explained:
    """Read what a draft says of its names.

    Args:
        draft: the draft.
        language: of names without one.
        entities: known entities.
        names: the index of names over them.
        terms: the ontology's.
    """
    found = Explained()
    ids = {entity.id: entity for entity in entities}
    folder = draft.document.folder
    reading = _Reading(found, ids, language, names, terms, folder.languages if folder else LANGUAGES)
    for name, said in draft.names.items():
        for message, remedy in reading.explain(str(name), said):
            found.known.faulty.add(plain(str(name)))
            found.findings.append(draft.document.finding(message, remedy, ("names", str(name)), str(name)))
    for thing in found.known.new.values():
        found.new.append(Record("entity", thing.data, draft.document, ("names", thing.name)))
    return found


@dataclass(frozen=True)
class _Reading:
    """What is needed to read what a draft says of a name."""

    found: Explained
    ids: dict[str, Record]
    language: str
    names: Names
    terms: Terms
    languages: tuple[str, ...]

    def explain(self, name: str, said: Any) -> Iterator[tuple[str, str]]:
        """Take what is said of one name; what is wrong with it, and what to do."""
        if isinstance(said, str) and is_id(said):
            yield from self._id(name, said)
            return
        given = {"type": said} if isinstance(said, str) else said
        if not isinstance(given, dict):
            yield f"what «{name}» means is neither an id nor a description", "write an id, or {type: …}"
            return
        thing = new_thing(name, given, self.language, self.terms)
        if isinstance(thing, str):
            label = ", ".join(f"{tag}: …" for tag in self.languages)
            yield thing, f"describe it as {{type: …, label: {{{label}}}}}"
            return
        if known := _known_already(thing, self.names, self.terms):
            others = ", ".join(each.id for each in known)
            remedy = f"write its id, or if it is another thing `unlike: [{others}]`"
            yield f"«{name}» is known already: {', '.join(map(str, known))}", remedy
            return
        taken = {*self.ids, *(each.data["id"] for each in self.found.known.new.values())}
        if thing.data["id"] in taken:
            remedy = "write that id if it is the thing, or give another `id:`"
            yield f"the id {thing.data['id']} is taken", remedy
            return
        self.found.known.new[plain(name)] = thing

    def _id(self, name: str, said: str) -> Iterator[tuple[str, str]]:
        if said in self.ids:
            self.found.known.ids[plain(name)] = said
            return
        near = near_words(said, self.ids)
        shown = "; ".join(map(str, self.names.candidates(name)[:3]))
        choice = ", ".join(near) or shown or "it is new: give its type"
        yield f"unknown entity {said!r}", f"perhaps {choice}"


def _known_already(thing: NewThing, names: Names, terms: Terms) -> list[Candidate]:
    """Known things of a like class that have a name of the new one."""
    texts = {thing.name, *strings(thing.data["label"]), *strings(thing.data.get("altLabel"))}
    own = {above for kind in as_list(thing.data["type"]) for above in terms.words.classes.get(str(kind), ())}
    found: dict[str, Candidate] = {}
    for text in sorted(texts):
        for candidate in names.candidates(text):
            alike = fits(candidate.kinds, own - _WIDE, terms.words)
            if candidate.certain and alike and candidate.id not in thing.unlike:
                found[candidate.id] = candidate
    return list(found.values())


_WIDE = frozenset({"Entity", "Thing"})
"""Classes that everything has."""
