"""What is cited: a claim, a dispute, a source, an answer or the dataset, with the works that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from araxes.endpoint.pages.citations.facts import Facts
from araxes.endpoint.pages.citations.items import Item, record_item, work_item
from araxes.endpoint.pages.citations.references import in_text
from araxes.endpoint.pages.frame import number
from araxes.endpoint.pages.words import words
from araxes.ontology.namespaces import AX, BASE, CITO, OA, RDF, RDFS, local_name

MOST_WORKS = 49
"""Works that are cited within a text: those that a page lists."""

MOST_VOICES = 40
"""Voices of one view that are cited one by one."""

Kind = Literal["claim", "source", "dispute", "thing", "answer", "dataset"]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something, and where it is written.

    Attributes:
        work: IRI of the source.
        holders: names of those whose view the source tells; none where it is the author's own.
        rejected: whether the author rejects the view.
    """

    work: str
    holders: tuple[str, ...] = ()
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """Something that is said, with its voices.

    Attributes:
        text: what is said; empty where the title says it.
        voices: who says it, each once.
    """

    text: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited.

    Attributes:
        kind: of thing.
        iri: what identifies it, or its address.
        title: what it is called.
        record: its entry in the dataset.
        works: the sources that it rests on, by IRI.
        views: what is said in it.
        places: first and last character of its passages in the text of the source.
        evidence: names of the works that it cites.
    """

    kind: Kind
    iri: str
    title: str
    record: Item
    works: Mapping[str, Item]
    views: tuple[View, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    evidence: tuple[str, ...] = ()

    @property
    def items(self) -> list[Item]:
        """All that goes into a list of references: the works first."""
        return [*self.works.values(), self.record]


def cited_thing(iri: str, facts: Facts, about: Mapping[str, str], language: str) -> Cited:
    """What the dataset knows under an IRI.

    Args:
        iri: what is cited.
        facts: the answer to :func:`~araxes.endpoint.pages.citations.facts.facts_query` about it.
        about: ``author``, ``dataset``, ``version`` and ``built`` of the dataset.
        language: of the reader.
    """
    kind = _kind(iri, facts)
    said = words(language)["cite"]
    name = iri.removeprefix(BASE).removeprefix("claim/")
    texts = facts.texts(iri, AX + "paraphrase" if kind == "claim" else RDFS + "label")
    title = texts.get(language) or next(iter(texts.values()), name)
    wording: str = said["titles"][kind]
    reached = AX + "comparedSource" if kind == "dispute" else AX + "source"
    sources = [iri] if kind == "source" else sorted(facts.all(iri, reached))
    works = {source: work_item(facts, source, language) for source in sources}
    record = record_item(iri, wording.format(name=name, text=title.rstrip(".")), about, language)
    found = Cited(kind, iri, title, record, works, _views(iri, kind, facts, language))
    if kind != "claim":
        return found
    positions = [
        (int(facts.one(node, OA + "start")), int(facts.one(node, OA + "end")))
        for node in facts.subjects(OA + "start")
    ]
    evidence = tuple(_label(facts, work, language) for work in facts.all(iri, CITO + "citesAsEvidence"))
    places = tuple(sorted(positions))
    noted: Item = {**record, "note": note(found.views, works, places, evidence, language)}
    return Cited(kind, iri, title, noted, works, found.views, places, evidence)


def _kind(iri: str, facts: Facts) -> Kind:
    types = {local_name(kind) for kind in facts.all(iri, RDF + "type")}
    if "PointAtIssue" in types:
        return "dispute"
    if facts.all(iri, AX + "paraphrase"):
        return "claim"
    return "source" if facts.all(iri, AX + "sourceAuthor") else "thing"


def _views(iri: str, kind: Kind, facts: Facts, language: str) -> tuple[View, ...]:
    if kind == "claim":
        return (View("", (_voice(iri, facts, language),)),)
    if kind == "source":
        return (View("", (Voice(iri),)),)
    views = []
    for position in facts.all(iri, AX + "hasDisputePosition"):
        voices = dict.fromkeys(
            _voice(claim, facts, language) for claim in facts.all(position, AX + "comparedClaim")
        )
        ordered = sorted(voices, key=lambda voice: (bool(voice.holders), voice.work, voice.holders))
        views.append(View(_label(facts, position, language), tuple(ordered)))
    return tuple(views)


def _voice(claim: str, facts: Facts, language: str) -> Voice:
    source = facts.one(claim, AX + "source")
    others = [each for each in facts.all(claim, AX + "holder") if not each.startswith(source + "#")]
    rejected = local_name(facts.one(claim, AX + "authorStance")) == "Disputes"
    return Voice(source, tuple(sorted(_label(facts, each, language) for each in others)), rejected)


def _label(facts: Facts, iri: str, language: str) -> str:
    texts = facts.texts(iri, RDFS + "label")
    return texts.get(language) or next(iter(texts.values()), local_name(iri))


def voices_in_text(view: View, works: Mapping[str, Item], style: str, language: str, tail: str = "") -> str:
    """The voices of a view as one reference within a text, in brackets.

    Args:
        view: whose voices.
        works: the sources by IRI.
        style: of references.
        language: of the reader.
        tail: what stands at its end, such as a place in the text.
    """
    said = words(language)["cite"]
    parts = []
    listed = set(list(works)[:MOST_WORKS])
    for voice in view.voices[:MOST_VOICES]:
        work = works.get(voice.work) if voice.work in listed else None
        if work is None:
            continue
        wording: str = said["rejected_in" if voice.rejected else "cited_in"]
        holders = said["list_comma"].join(voice.holders)
        prefix = wording.format(holders=holders) + " " if holders else ""
        parts.append(in_text(work, prefix, style, language))
    if not parts:
        return ""
    if (rest := len(view.voices) - MOST_VOICES) > 0:
        parts += [said["more_voices"].format(number=number(rest, language))]
    return f"({said['list_semicolon'].join(parts)}{tail})"


def note(
    views: tuple[View, ...],
    works: Mapping[str, Item],
    places: tuple[tuple[int, int], ...],
    evidence: tuple[str, ...],
    language: str,
) -> str:
    """What a reference manager keeps with a claim: whose view it is, where it stands, what it cites."""
    said = words(language)["cite"]
    parts = []
    for voice in (voice for view in views for voice in view.voices):
        work = works.get(voice.work, {})
        title = work.get("title", "").strip("[]")
        if voice.holders:
            wording: str = said["note_rejected" if voice.rejected else "note_cited"]
            parts.append(wording.format(holders=said["list_comma"].join(voice.holders), title=title))
        elif title:
            parts.append(said["note_own"].format(title=title))
    if places:
        parts.append(place_words(places, language))
    if evidence:
        parts.append(said["note_evidence"].format(works=said["list_comma"].join(evidence)))
    return " ".join(parts)


def place_words(places: tuple[tuple[int, int], ...], language: str) -> str:
    """Where passages stand in the text of a source, as a sentence."""
    said = words(language)["cite"]
    spans = said["list_comma"].join(f"{start}–{end}" for start, end in places)
    text: str = said["note_place"].format(places=spans)
    return text
