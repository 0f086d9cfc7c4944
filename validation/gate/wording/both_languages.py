"""Whether the two paraphrases of a claim name the same actors, places and numbers."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from araxes.ontology.spelling import NON_JOINER, plain
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus import Record, as_list
from araxes.triples.authoring.findings import Finding
from araxes.validation.gate.wording.numbers_said import figures_in, numbers_in
from araxes.validation.gate.wording.worded_claim import WordedClaim, names_of

FORMS = Path(__file__).parent / "forms.tsv"
"""Further forms in which sentences name a thing, with ``*`` for any ending.

A ``name`` names it (its adjective, its capital for its government); a ``hint`` only lets a sentence pass as
naming it.
"""

_NAMED = ("Polity", "Person", "City", "Region", "WaterBody")
"""Kinds of thing with a name of its own, which no sentence paraphrases."""

_SHORTEST = 3
_STEM = 5

_CALENDARS_APART = (621, 622, -621, -622)
"""Years between the Solar Hijri and the Gregorian calendar, either way."""

_LAST_DAY = 31


def both_languages(worded: WordedClaim) -> Iterator[Finding]:
    """What one paraphrase names and the other does not."""
    for one in worded.languages:
        for other in worded.languages:
            if one != other:
                yield from _missing_things(worded, one, other)
                yield from _missing_numbers(worded, one, other)


def _missing_things(worded: WordedClaim, one: str, other: str) -> Iterator[Finding]:
    here, there = (apart(worded.sentence(language)) for language in (one, other))
    for thing in _nameable(worded):
        if _names_pattern(thing, one).search(here) and not _any_word_pattern(thing, other).search(there):
            message = f"the paraphrase in {one} names {thing.id}, that in {other} does not"
            remedy = "name it in both, or in neither"
            yield worded.finding("thing-in-one-language", message, remedy, "paraphrase", other)


def _missing_numbers(worded: WordedClaim, one: str, other: str) -> Iterator[Finding]:
    there = numbers_in(worded.sentence(other), other)
    missing = figures_in(worded.sentence(one), one) - there
    converted = {year for year in missing if any(year + apart in there for apart in _CALENDARS_APART)}
    if converted:
        missing = {value for value in missing - converted if value > _LAST_DAY}
    if missing:
        listed = ", ".join(f"{value.normalize():f}" for value in sorted(missing))
        message = f"the paraphrase in {one} has {listed}, that in {other} does not"
        remedy = "give the same numbers in both"
        yield worded.finding("number-in-one-language", message, remedy, "paraphrase", other)


def _nameable(worded: WordedClaim) -> list[Record]:
    """The claim's things with names of their own, and the states of which all forms of the name are known."""
    known = {thing.id: thing for thing in worded.things if has_own_name(thing)}
    known |= {name: worded.records[name] for name, _ in forms() if name in worded.records}
    return [known[name] for name in sorted(known)]


def has_own_name(thing: Record) -> bool:
    """Whether a thing is of a kind that has a name of its own, which no sentence paraphrases."""
    classes = vocabulary().classes
    return any(kind in classes.get(own, ()) for own in as_list(thing.data["type"]) for kind in _NAMED)


def _names_pattern(thing: Record, language: str) -> re.Pattern[str]:
    """What finds the thing's whole name, or a form that names it."""
    label = re.escape(apart(str(thing.data["label"].get(language, ""))) or "¦")
    others = [form for form, use in forms().get((thing.id, language), ()) if use == "name"]
    return re.compile(rf"(?<!\w)(?:{'|'.join([label, *others])})(?!\w)")


def _any_word_pattern(thing: Record, language: str) -> re.Pattern[str]:
    """What finds one of the thing's names or forms, or the beginning of a longer word of a name."""
    names = [apart(name) for name in names_of(thing.data, language)]
    words = [word[:_STEM] for name in names for word in name.split() if len(word) >= _SHORTEST]
    others = [form for form, _ in forms().get((thing.id, language), ())]
    return re.compile(rf"(?<!\w)(?:{'|'.join([*map(re.escape, [*names, *words]), *others]) or '(?!)'})")


def apart(text: str) -> str:
    """A text in one spelling, with spaces for what joins parts of words."""
    return plain(text).replace(NON_JOINER, " ").replace("-", " ")


@cache
def forms() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Thing and language → patterns of its forms, each with its use."""
    found = defaultdict(list)
    with FORMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            pattern = re.escape(apart(row["form"])).replace(r"\*", r"\w*")
            found[row["thing"], row["language"]].append((pattern, row["use"]))
    return dict(found)
