"""Checks of drafted claims against the words that they quote; each tells which claim and why.

A violation has the claim refused; a warning is for whoever reads the draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Any

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.corpus import Record, as_list
from araxes.triples.authoring.findings import Finding
from araxes.triples.drafting.drafted_claims import Drafted, DraftedClaim
from araxes.triples.originals.annotated_files import sentences_of
from araxes.triples.originals.copied_runs import LONGEST_RUN, SourceWords
from araxes.validation.drafts.named_things import has_name_of_its_own, is_named
from araxes.validation.gate.wording.certainty import certainty_of_paraphrase
from araxes.validation.gate.wording.checks import wording_findings
from araxes.validation.gate.wording.cues import cues_in
from araxes.validation.gate.wording.numbers_in_words import numbers_in_words
from araxes.validation.gate.wording.numbers_said import figures_in, numbers_in
from araxes.validation.gate.wording.unsaid_words import unsaid_words
from araxes.validation.gate.wording.worded_claim import WordedClaim

_FIGURES = ("value", "lowerValue", "upperValue", "rank")
_DATES = ("date", "period", "dateSolarHijri")
_SAYING = frozenset({"accuses", "criticizes", "saysThat", "declares", "threatens", "rejects", "positionOf"})
_SAYINGS = frozenset({"Statement", "Accusation", "Declaration", "Protest", "Position", "Recommendation"})
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)|(?<!\d)(\d{3})X")
_CALENDARS_APART = (621, 622, -621, -622)
_PERCENT = Decimal(100)


@dataclass(frozen=True)
class QuoteCheck:
    """One claim beside what it quotes.

    Attributes:
        drafted: the draft.
        claim: the claim.
        words: the vocabulary.
        source: the words of the whole text, to find copies.
    """

    drafted: Drafted
    claim: DraftedClaim
    words: Vocabulary
    source: SourceWords

    def find(self, check: str, message: str, remedy: str, *where: str | int, grave: bool = True) -> Finding:
        """What is wrong, at a place within the claim."""
        finding = self.claim.record.finding(message, remedy, *where)
        return replace(finding, shape=check, severity="violation" if grave else "warning")

    @cached_property
    def numbers(self) -> set[Decimal]:
        """Every number in the quote, and those that are understood and stand in the text."""
        found = {number for language in LANGUAGES for number in numbers_in(self.claim.quoted, language)}
        context = {number for number in map(_number, self.claim.understood) if number is not None}
        return found | {number for number in context if number in self.numbers_of_text}

    @cached_property
    def numbers_of_text(self) -> set[Decimal]:
        """Every number of the whole text."""
        return {number for language in LANGUAGES for number in numbers_in(self.drafted.text.text, language)}

    def other_names(self, thing: str) -> list[str]:
        """The names by which the draft itself calls a thing."""
        return [name for name, meant in self.claim.meant.items() if meant == thing]


def check_quotes(drafted: Drafted, words: Vocabulary) -> None:
    """Add to each claim what its quotes do not bear out.

    Args:
        drafted: a draft; the findings of its claims grow.
        words: the vocabulary.
    """
    source = SourceWords(drafted.text.text)
    for claim in drafted.claims:
        if claim.places:
            check = QuoteCheck(drafted, claim, words, source)
            for checked in CHECKS:
                claim.findings += checked(check)


def copied(check: QuoteCheck) -> Iterator[Finding]:
    """A paraphrase that repeats the source."""
    for language, sentence in sentences_of(check.claim.record).items():
        if run := check.source.copied(sentence):
            message = (
                f"the paraphrase ({language}) copies more than {LONGEST_RUN} words of the source: «{run}»"
            )
            yield check.find("copied", message, "say it in your own words", "paraphrase", language)


def invented_numbers(check: QuoteCheck) -> Iterator[Finding]:
    """Numbers of the paraphrase, values and years of the statements that the quote does not have."""
    remedy = "quote the words that have it, correct it, or list it under `understood:` if the context has it"
    for language, sentence in sentences_of(check.claim.record).items():
        said = {*figures_in(sentence, language), *numbers_in_words(sentence, language)}
        for number in sorted(said - check.numbers):
            if not _other_calendar(number, check.numbers):
                message = f"the paraphrase ({language}) has {_shown(number)}, the quote does not"
                yield check.find("number-not-quoted", message, remedy, "paraphrase", language)
    for where, number in _stated_numbers(check.claim.record.data):
        if number not in check.numbers and not _other_calendar(number, check.numbers):
            message = f"`{where[-1]}` has {_shown(number)}, the quote does not"
            yield check.find("number-not-quoted", message, remedy, *where)


def _stated_numbers(data: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Decimal]]:
    for place, statement in enumerate(data["asserts"]):
        for key in _FIGURES:
            for value in as_list(statement.get(key, [])):
                number = _number(value)
                if number is not None:
                    yield ("asserts", place, key), number
        for key in _DATES:
            yield from ((("asserts", place, key), year) for year in _years(statement.get(key)))
    yield from ((("period",), year) for year in _years(data.get("period")))


def _years(value: object) -> Iterator[Decimal]:
    """The years and decades of a date."""
    for year, decade in _YEAR.findall(str(value) if value is not None else ""):
        yield Decimal(year or f"{decade}0")


def _number(value: object) -> Decimal | None:
    text = str(value)
    plain_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return Decimal(text) if plain_number or re.fullmatch(r"\d+(?:\.\d+)?", text) else None


def _other_calendar(number: Decimal, numbers: set[Decimal]) -> bool:
    """Whether a year stands there in the other calendar."""
    return number > 1000 and any(number + apart in numbers for apart in _CALENDARS_APART)


def _shown(number: Decimal) -> str:
    return f"{number.normalize():f}"


def invented_names(check: QuoteCheck) -> Iterator[Finding]:
    """Things with a name of their own that the statements or the paraphrase name and the quote does not."""
    stated = [check.drafted.entities[name] for name in check.claim.things if name in check.drafted.entities]
    for thing in stated:
        if has_name_of_its_own(thing, check.words):
            yield from _not_named(check, thing, "name-not-quoted", ("asserts",))
    for language, sentence in sentences_of(check.claim.record).items():
        for thing in _named_in(check, sentence):
            if thing.id not in check.claim.things:
                yield from _not_named(check, thing, "name-not-quoted", ("paraphrase", language))


def _named_in(check: QuoteCheck, sentence: str) -> list[Record]:
    """The polities and persons that a paraphrase names."""
    return [
        thing
        for thing in check.drafted.entities.values()
        if _is_polity_or_person(thing, check.words) and _labelled(sentence, thing)
    ]


def _is_polity_or_person(thing: Record, words: Vocabulary) -> bool:
    kinds = map(str, as_list(thing.data.get("type", [])))
    return any(words.classes.get(kind, frozenset()) & {"State", "Person"} for kind in kinds)


def _labelled(sentence: str, thing: Record) -> bool:
    label = thing.data.get("label")
    return isinstance(label, dict) and any(
        isinstance(text, str) and text in sentence and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", sentence)
        for text in label.values()
    )


def _not_named(
    check: QuoteCheck, thing: Record, name: str, where: tuple[str | int, ...]
) -> Iterator[Finding]:
    others = check.other_names(thing.id)
    if is_named(check.claim.quoted, thing, check.words, others):
        return
    if not is_named(check.drafted.text.text, thing, check.words, others):
        message = f"neither the quote nor the text names {thing.id}"
        remedy = "leave it out; or, if the text means it, name it under `names:` by the text's own words"
        yield check.find(name, message, remedy, *where)
    elif thing.id not in check.claim.understood:
        message = f"the quote does not name {thing.id}, though the text does elsewhere"
        remedy = "lengthen the quote, or list it under `understood:` if the context says that it is meant"
        yield check.find(name, message, remedy, *where, grave=False)


def holders(check: QuoteCheck) -> Iterator[Finding]:
    """A holder, other than the author, whom neither the quote names nor the context is said to."""
    author = f"{check.drafted.draft.source}#author"
    for holder in map(str, as_list(check.claim.record.data["holder"])):
        thing = check.drafted.entities.get(holder)
        if holder == author or thing is None:
            continue
        others = check.other_names(holder)
        in_text = is_named(check.drafted.text.text, thing, check.words, others)
        if is_named(check.claim.quoted, thing, check.words, others):
            continue
        if not in_text or holder not in check.claim.understood:
            message = f"the quote does not name {holder}, who is said to hold this"
            remedy = (
                "lengthen the quote to where the holder is named, or list the holder under `understood:`"
                if in_text
                else "the text names no such holder: leave `holder:` out for the author's own view"
            )
            yield check.find("holder-not-named", message, remedy, "holder")


def voices(check: QuoteCheck) -> Iterator[Finding]:
    """A quote that reports what somebody says, in a claim of the author's own that tells of no saying."""
    data = check.claim.record.data
    if as_list(data["holder"]) != [f"{check.drafted.draft.source}#author"] or _tells_of_saying(data):
        return
    for language, text in _by_script(check.claim.quoted).items():
        for cue in islice(cues_in(text, language, ["voice"]), 1):
            message = (
                f"the quote reports what somebody says («{cue.word}»), and the author is given as holder"
            )
            remedy = "name who says it as `holder`, with `authorStance`; or quote the author's own words"
            yield check.find("quote-voice", message, remedy, "holder", grave=False)


def _tells_of_saying(data: dict[str, Any]) -> bool:
    """Whether a statement says that somebody says something."""
    return any(
        _SAYING & statement.keys() or _SAYINGS & {str(kind) for kind in as_list(statement.get("type", []))}
        for statement in data["asserts"]
    )


def words_of_quote(check: QuoteCheck) -> Iterator[Finding]:
    """Degrees, conditions, hedges and stress in the quote that no statement carries."""
    sentences = dict.fromkeys(LANGUAGES, "") | _by_script(check.claim.quoted)
    record = check.claim.record
    worded = WordedClaim(
        replace(record, data=record.data | {"paraphrase": sentences}), check.drafted.entities
    )
    for finding in (*unsaid_words(worded), *certainty_of_paraphrase(worded)):
        said = finding.message.replace("the paraphrase", "the quote").replace(
            "in the quote in", "in the quote,"
        )
        yield replace(finding, message=said, shape=f"quote-{finding.shape}")


def _by_script(text: str) -> dict[str, str]:
    """A text under the language that its script tells, which is where its cue words are looked for."""
    arabic = len(re.findall("[\u0620-\u06ff]", text))
    return {"fa" if arabic * 2 > len(re.findall(r"[^\W\d_]", text)) else "en": text}


def wording(check: QuoteCheck) -> Iterator[Finding]:
    """What `araxes validate` warns of in the paraphrases."""
    record = check.claim.record
    if set(LANGUAGES) <= sentences_of(record).keys():
        yield from wording_findings(WordedClaim(record, check.drafted.entities))


CHECKS = (copied, invented_numbers, invented_names, holders, voices, words_of_quote, wording)
"""The checks, each of one claim."""
