"""Claims made of a draft: passages of quotes, ids of names, and what is wrong with each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import Corpus, Head, Record, as_list, strings
from araxes.triples.authoring.findings import FOLLOWS, Finding, quoted
from araxes.triples.authoring.yaml_lines import Document, Key
from araxes.triples.drafting.draft_files import Draft, DraftedItem, name_of
from araxes.triples.drafting.folded_text import FoldedText
from araxes.triples.drafting.names import Names, Undecided
from araxes.triples.drafting.new_things import Explained, explain_names
from araxes.triples.drafting.quote_search import LONGEST_PASSAGE, QuoteProblem, Span, one_place
from araxes.triples.drafting.statements import Said, Tell, named_things
from araxes.triples.drafting.terms import Terms
from araxes.triples.originals.passages import slice_digest

_REFERENCES = ("holder", "cites", "arguedFrom", "accordingTo", "condition")
"""Keys of a claim whose values are things."""

_CHOICES = {
    "modality": "Modality", "authorStance": "Stance", "certainty": "Certainty", "polarity": "Polarity",
    "periodBasis": "PeriodBasis", "degree": "Degree",
}  # fmt: skip
"""Keys of a claim whose values are controlled individuals, with their class."""

ORDER = (
    *("id", "type", "holder", "authorStance", "modality", "certainty", "polarity", "cites", "arguedFrom"),
    *("degree", "condition", "accordingTo", "period", "periodBasis", "correction", "curatorNote"),
    *("paraphrase", "passage", "asserts"),
)
"""Keys of a claim in the order in which they are written."""

_ARABIC = re.compile("[\u0620-\u06ff]")
_AUTHOR = ("author", "the author", "نویسنده")


@dataclass
class DraftedClaim:
    """A claim of a draft as it would be written.

    Attributes:
        record: the claim with offsets and ids; its lines are those of the draft.
        places: its passages.
        quoted: the words of its passages, joined by line breaks.
        things: ids that its statements name.
        understood: ids and numbers that the draft says are taken from the context.
        meant: names as the draft writes them → ids.
        findings: what is wrong with it, or is to be looked at.
    """

    record: Record
    places: tuple[Span, ...]
    quoted: str
    things: tuple[str, ...]
    understood: frozenset[str]
    meant: dict[str, str]
    findings: list[Finding] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether something is wrong with it."""
        return any(finding.severity == "violation" for finding in self.findings)


@dataclass
class Drafted:
    """What a draft comes to.

    Attributes:
        draft: the draft.
        text: the original.
        claims: its claims.
        new: entities that it introduces.
        entities: all entities by id, the new ones included.
        undecided: names whose meaning is open.
        findings: what is wrong with the draft itself and its new entities.
    """

    draft: Draft
    text: FoldedText
    claims: list[DraftedClaim]
    new: list[Record]
    entities: dict[str, Record]
    undecided: list[Undecided]
    findings: list[Finding]

    def accepted(self) -> list[DraftedClaim]:
        """The claims with which nothing is wrong."""
        return [claim for claim in self.claims if not claim.refused]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong with the draft itself, so that what is sound in it can be written."""
        return not self.loose

    @property
    def loose(self) -> list[Finding]:
        """What is wrong with the draft itself: keys, names, the description of its source, readings."""
        new = {entity.id for entity in self.new}
        return [finding for finding in self.findings if finding.subject not in new]

    def unsound(self) -> set[str]:
        """Ids of the new entities with which something is wrong, or with one that they name."""
        subjects = {finding.subject for finding in self.findings}
        found = {entity.id for entity in self.new if entity.id in subjects}
        while more := {e.id for e in self.new if e.id not in found and found & set(strings(e.data))}:
            found |= more
        return found

    def new_of(self, claims: Iterable[DraftedClaim]) -> list[Record]:
        """The new entities that some claims or the head name, and those that these name; in their order."""
        told = [self.draft.head.data if self.draft.head else {}, self.draft.document.data.get("curation")]
        named = {thing for claim in claims for thing in (*claim.things, *_referred(claim.record.data))}
        named |= set(strings(told))
        while more := {name for e in self.new if e.id in named for name in strings(e.data)} - named:
            named |= more
        unsound = self.unsound()
        return [entity for entity in self.new if entity.id in named and entity.id not in unsound]


def draft_claims(draft: Draft, text: FoldedText, names: Names, corpus: Corpus, terms: Terms) -> Drafted:
    """Find the quotes of a draft, say its statements with ids, and check what comes of it.

    Args:
        draft: the draft.
        text: the original.
        names: the index of names over the corpus' entities.
        corpus: what is known already: entities, and sources with their readings and claims.
        terms: the ontology's.
    """
    head = draft.head or next((each for each in corpus.sources if each.id == draft.source), None)
    described = head.data if head else {}
    language = draft.language or str(described.get("language") or "en")
    explained = explain_names(draft, language, corpus.entities, names, terms)
    entities = {entity.id: entity for entity in (*corpus.entities, *explained.new)}
    kinds = {name: tuple(map(str, as_list(e.data.get("type", [])))) for name, e in entities.items()}
    making = _Making(draft, text, names, explained, kinds, terms, language, "horizon" in described)
    numbers = _free_numbers(draft, corpus)
    claims = [making.claim(item, numbers) for item in draft.items]
    drafted = Drafted(
        draft,
        text,
        claims,
        explained.new,
        entities,
        making.undecided,
        [*draft.findings, *explained.findings],
    )
    _check(drafted, corpus)
    _settle(drafted)
    return drafted


@dataclass
class _Making:
    draft: Draft
    text: FoldedText
    names: Names
    explained: Explained
    kinds: dict[str, tuple[str, ...]]
    terms: Terms
    language: str
    has_horizon: bool
    undecided: list[Undecided] = field(default_factory=list)

    def claim(self, item: DraftedItem, numbers: Iterator[str]) -> DraftedClaim:
        """One claim."""
        written = item.data.get("id")
        name = written if isinstance(written, str) else next(numbers)
        found: list[Finding] = []

        def tell(key: Key, message: str, remedy: str, check: str) -> None:
            finding = self.draft.document.finding(message, remedy, (*item.key, *key), name)
            found.append(replace(finding, shape=check))

        places = self._places(item, tell)
        said = Said(self.terms, self.names, self.explained.known, self.kinds, tell)
        asserts = item.data.get("asserts")
        statements = said.statements(asserts if isinstance(asserts, list) else [])
        data = {"id": name, **self._keys(item.data, said)}
        data["passage"] = self._passage(places)
        data["asserts"] = statements
        if not isinstance(asserts, list):
            there = f"asserts: {quoted(asserts)} is no list of statements"
            remedy = "write below `asserts:` one line for each: `- [subject, property, object]`, such as "
            message, key = (there, ("asserts",)) if "asserts" in item.data else ("asserts is missing", ())
            tell(key, message, remedy + "`- [Iran, recognizes, Armenia]`", "form")
        data.setdefault("periodBasis", self._period_basis(data))
        if "period" in data:
            data.pop("periodBasis")
        context = as_list(item.data.get("understood", []))
        understood = [
            each if _is_number(each) else said.thing(each, frozenset(), ("understood",)) for each in context
        ]
        self.undecided += said.undecided
        ordered = {key: data[key] for key in ORDER if data.get(key) is not None}
        record = Record("claim", ordered, self.draft.document, item.key, self.draft.source)
        words = "\n".join(self.text.text[start:end] for start, end in places)
        things = tuple(named_things(statements, self.terms.words.scheme_values))
        return DraftedClaim(record, places, words, things, frozenset(map(str, understood)), said.meant, found)

    def _places(self, item: DraftedItem, tell: Tell) -> tuple[Span, ...]:
        places: list[Span] = []
        for quote in item.quotes:
            place = one_place(self.text, quote.text, quote.occurrence, quote.within)
            if isinstance(place, QuoteProblem):
                tell(quote.key[len(item.key) :], place.message, place.remedy, place.check)
            else:
                places.append(place)
        for span in as_list(item.data.get("passage", [])):
            ends = (span.get("start"), span.get("end")) if isinstance(span, dict) else ()
            if len(ends) == 2 and all(isinstance(end, int) for end in ends):
                places.append((span["start"], span["end"]))
        if not item.quotes and not places:
            tell((), "nothing is quoted", "quote the words that say it: `quote: …`", "quote-missing")
        joined = tuple(_joined(places))
        for start, end in joined:
            if end - start > LONGEST_PASSAGE:
                message = f"the passage {start}–{end} is longer than {LONGEST_PASSAGE} characters"
                tell((), message, "quote less, or in parts", "passage-too-long")
        return joined

    def _passage(self, places: Sequence[Span]) -> Any:
        spans = [
            {"start": start, "end": end, "sha256": slice_digest(self.text.text, start, end)}
            for start, end in places
        ]
        return spans[0] if len(spans) == 1 else spans or None

    def _keys(self, given: dict[str, Any], said: Said) -> dict[str, Any]:
        """The keys of a claim beside its statements, with what is usual where nothing is given."""
        data = {key: value for key, value in given.items() if key in ORDER and key not in ("asserts", "id")}
        author = f"{self.draft.source}#author"
        data.setdefault("holder", author)
        data.setdefault("type", "FactualClaim")
        data.setdefault("modality", "Asserted")
        data.setdefault("certainty", "HighCertainty")
        kinds = self.terms.named("class", str(data["type"]))
        data["type"] = kinds[0] if len(kinds) == 1 else data["type"]
        if isinstance(data["holder"], str) and data["holder"].casefold() in _AUTHOR:
            data["holder"] = author
        for key in _REFERENCES:
            if key in data:
                wanted = self.terms.words.properties[key].range
                listed = [said.thing(one, wanted, (key,)) for one in as_list(data[key])]
                data[key] = listed if isinstance(data[key], list) else listed[0]
        for key, kind in _CHOICES.items():
            if key in data:
                listed = [said.individual(str(one), kind, (key,)) for one in as_list(data[key])]
                data[key] = listed if isinstance(data[key], list) else listed[0]
        if isinstance(data.get("paraphrase"), str):
            data["paraphrase"] = {self._language(data["paraphrase"]): data["paraphrase"]}
        return data

    def _language(self, sentence: str) -> str:
        """The language of a sentence of which the draft does not say it: by its script."""
        arabic = bool(_ARABIC.search(sentence))
        if arabic == (self.language in ("fa", "ar", "ur", "ckb", "azb")):
            return self.language
        return "fa" if arabic else "en"

    def _period_basis(self, data: dict[str, Any]) -> str:
        if data["type"] == "DefinitionalClaim":
            return "Timeless"
        dated = any({"date", "dateSolarHijri"} & statement.keys() for statement in data["asserts"])
        return "DatedStatements" if dated else "InheritedHorizon" if self.has_horizon else "UnstatedTime"


def _is_number(value: object) -> bool:
    """Whether what is understood is a number, such as a year."""
    return isinstance(value, int) or (isinstance(value, str) and value.isdecimal())


def _joined(places: Iterable[Span]) -> Iterator[Span]:
    """Passages in the order of the text, those that overlap made one."""
    last: Span | None = None
    for start, end in sorted(set(places)):
        if last and start < last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last


def _free_numbers(draft: Draft, corpus: Corpus) -> Iterator[str]:
    """Ids for claims that have none: numbers that no claim on the source has, after all of them."""
    slug = draft.source.removeprefix("source/") or "draft"
    begin = f"claim/{slug}/"
    taken = [claim.id for claim in corpus.claims if claim.id.startswith(begin)]
    taken += [str(item.data["id"]) for item in draft.items if isinstance(item.data.get("id"), str)]
    numbers = [int(name.removeprefix(begin)) for name in taken if name.removeprefix(begin).isdecimal()]
    number = max(numbers, default=0)
    while True:
        number += 1
        yield f"{begin}{number:03}"


def _referred(data: dict[str, Any]) -> list[str]:
    return [str(value) for key in _REFERENCES for value in as_list(data.get(key, []))]


def _check(drafted: Drafted, corpus: Corpus) -> None:
    """What the checks of annotated sources say of the claims and the new entities."""
    draft = drafted.draft
    path = draft.document.path
    claims = [claim.record for claim in drafted.claims]
    heads = [draft.head] if draft.head else [each for each in corpus.sources if each.id == draft.source]
    beside = replace(
        draft.document, path=path.with_name("source of the draft"), data={"source": draft.source}, lines={}
    )
    described = [each if draft.head else replace(each, document=beside) for each in heads]
    checked = Corpus(
        [*corpus.entities, *drafted.new],
        described or [_provisional(drafted, beside)],
        _readings(draft) if draft.head else [],
        claims,
        [],
        [Head(beside, draft.source)],
    )
    known = {claim.record.id: claim for claim in drafted.claims}
    for finding in check_records(checked, {path}).findings:
        if finding.severity == FOLLOWS or finding.place.path != path:
            continue
        claim = known.get(finding.subject)
        if claim is None:
            drafted.findings.append(finding)
        elif not _told(finding, claim):
            claim.findings.append(finding)


def _readings(draft: Draft) -> list[Record]:
    """The readings that a draft with the description of its source has."""
    listed = draft.document.data.get("curation")
    return [
        Record("curation", item, draft.document, ("curation", index), draft.source)
        for index, item in enumerate(listed if isinstance(listed, list) else [])
        if isinstance(item, dict)
    ]


def _settle(drafted: Drafted) -> None:
    """Give each claim what was found of it when the draft was read, and refuse it with what it names."""
    by_name = {
        name_of(item.data, item.number): claim
        for item, claim in zip(drafted.draft.items, drafted.claims, strict=True)
    }
    left: list[Finding] = []
    for finding in drafted.findings:
        claim = by_name.get(finding.subject)
        (claim.findings if claim else left).append(finding)
    drafted.findings = left
    unsound = drafted.unsound()
    for claim in drafted.claims:
        for name in sorted(unsound & {*claim.things, *_referred(claim.record.data)}):
            message = f"it names {name}, with which something is wrong"
            claim.findings.append(
                replace(claim.record.finding(message, "correct that below `names:`"), shape="form")
            )


def _told(finding: Finding, claim: DraftedClaim) -> bool:
    """Whether what is wrong has been said already, better: of a name, or that nothing is quoted."""
    said = {(each.place.line, each.message.partition("«")[0]) for each in claim.findings}
    unknown = finding.message.startswith(
        ("unknown entity", "unknown term", "unknown property", "type: unknown")
    )
    if unknown and any(line == finding.place.line for line, _ in said):
        return True
    told_twice = "unknown value" in finding.message and any(
        "unknown value" in each.message for each in claim.findings
    )
    no_statement = finding.message.startswith(("its statements say nothing", "a statement has neither"))
    if told_twice or (no_statement and any(each.shape == "form" for each in claim.findings)):
        return True
    missing = (
        finding.message in ("passage is missing", "asserts is missing")
        or "asserts is an empty" in finding.message
    )
    return missing and bool(said)


def _provisional(drafted: Drafted, beside: Document) -> Record:
    """What stands for the description of a source that is not described yet."""
    source = drafted.draft.source
    data = {
        "id": source,
        "sourceText": {"id": f"{source}#text", "characterCount": len(drafted.text.text)},
        "sourceAuthor": {"id": f"{source}#author"},
    }
    return Record("source", data, beside, ("source",))
