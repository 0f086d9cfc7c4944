"""What is cited: a claim, a dispute, a source, an answer or the dataset, with the works that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from araxes.endpoint.pages.citations.facts import Facts
from araxes.endpoint.pages.citations.items import Item, record_item, work_item
from araxes.endpoint.pages.citations.references import in_text
from araxes.endpoint.pages.frame import digits, number
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


Places = tuple[tuple[int, int], ...]
"""First and last character of passages in the text of a source."""


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim that stands for a view.

    Attributes:
        iri: of the claim.
        text: what it says.
        voice: who says it.
        places: of its passages.
    """

    iri: str
    text: str
    voice: Voice
    places: Places


@dataclass(frozen=True, slots=True)
class View:
    """Something that is said, with its voices.

    Attributes:
        text: what is said; empty where the title says it.
        voices: who says it, each once.
        claims: that stand for it, in the order of their sources.
        further: number of other claims that give it.
    """

    text: str
    voices: tuple[Voice, ...]
    claims: tuple[CitedClaim, ...] = ()
    further: int = 0


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
    places: Places = ()
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
    name = claim_name(iri)
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
    evidence = tuple(_label(facts, work, language) for work in facts.all(iri, CITO + "citesAsEvidence"))
    places = _places(facts, facts.subjects(OA + "start"))
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
        every = facts.all(position, AX + "comparedClaim")
        voices = dict.fromkeys(_voice(claim, facts, language) for claim in every)
        ordered = sorted(voices, key=_order)
        claims = [
            _cited_claim(claim, facts, language) for claim in facts.all(position, AX + "representativeClaim")
        ]
        claims.sort(key=lambda claim: (_order(claim.voice), claim.places, claim.iri))
        further = max(0, len(every) - len(claims))
        views.append(View(_label(facts, position, language), tuple(ordered), tuple(claims), further))
    return tuple(views)


def _order(voice: Voice) -> tuple[bool, str, tuple[str, ...]]:
    """Authors of sources before those whom they cite."""
    return bool(voice.holders), voice.work, voice.holders


def _cited_claim(iri: str, facts: Facts, language: str) -> CitedClaim:
    texts = facts.texts(iri, AX + "paraphrase")
    text = texts.get(language) or next(iter(texts.values()), "")
    places = _places(facts, facts.all(iri, AX + "passage"))
    return CitedClaim(iri, text, _voice(iri, facts, language), places)


def _places(facts: Facts, selectors: Iterable[str]) -> Places:
    """What selectors select, in the order of the text."""
    found = [(facts.one(node, OA + "start"), facts.one(node, OA + "end")) for node in selectors]
    return tuple(sorted((int(start), int(end)) for start, end in found if start and end))


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
    places: Places,
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


def claim_in_text(
    claim: CitedClaim, works: Mapping[str, Item], style: str, language: str, name: bool = True
) -> str:
    """What stands behind a claim within a text: who says it, in which characters of which source.

    Args:
        claim: that is cited.
        works: the sources by IRI.
        style: of references.
        language: of the reader.
        name: whether the claim's name stands at its end.
    """
    said = words(language)["cite"]
    tail = place_in_text(claim.places, language)
    behind = voices_in_text(View("", (claim.voice,)), works, style, language, tail)
    marked = said["claim_mark"].format(name=claim_name(claim.iri)) if name else ""
    return " ".join(filter(None, (behind, marked)))


def place_in_text(places: Places, language: str) -> str:
    """What follows a reference within a text: in which characters of the source; empty without a place."""
    said = words(language)["cite"]
    spans = said["list_comma"].join(f"{start}–{end}" for start, end in places)
    return digits(said["at_place"].format(places=spans), language) if spans else ""


def claim_name(iri: str) -> str:
    """A claim as people call it.

    >>> claim_name("https://w3id.org/araxes/claim/irna-2019/050")
    'irna-2019/050'
    """
    return iri.removeprefix(BASE).removeprefix("claim/")


def place_words(places: Places, language: str) -> str:
    """Where passages stand in the text of a source, as a sentence."""
    said = words(language)["cite"]
    spans = said["list_comma"].join(f"{start}–{end}" for start, end in places)
    text: str = said["note_place"].format(places=spans)
    return text
