"""The terms of the ontology that fit a text: its things' classes allow them, its words suggest them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.spelling import NON_JOINER, plain
from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.corpus import Record, as_list, strings
from araxes.triples.authoring.json_schema import statement_properties
from araxes.triples.drafting.terms import Term, Terms
from araxes.triples.originals.coverage import found_names

MOST_PROPERTIES = 60
"""So many properties are shown at most, the fittest first."""

MOST_CLASSES = 40
"""So many classes are shown at most."""

NEEDED = (
    *("actor", "recipient", "participant", "place", "date", "concerns", "value", "unit", "measure"),
    *("measuredEntity", "betweenActor", "comparator", "positionOf", "onIssue", "favours", "opposes"),
)
"""Properties without which hardly any event, figure or position can be said."""

NEEDED_CLASSES = ("Event", "Observation", "Position", "Recommendation", "Appraisal", "Condition")
"""Classes of nodes that claims describe themselves."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5
_OFTEN = 0.04


@dataclass(frozen=True)
class FittingTerms:
    """What a text calls for.

    Attributes:
        things: known entities that it names, in the order of their ids.
        properties: the fittest first, then those that are always needed.
        classes: the same of classes.
    """

    things: tuple[Record, ...]
    properties: tuple[Term, ...]
    classes: tuple[Term, ...]


def fitting_terms(text: str, entities: Iterable[Record], terms: Terms) -> FittingTerms:
    """The known things that a text names, and the terms that fit it.

    Args:
        text: a passage.
        entities: known entities.
        terms: the ontology's.
    """
    things = named_entities(text, entities)
    words = terms.words
    kinds = {
        above
        for thing in things
        for kind in as_list(thing.data.get("type", []))
        for above in words.classes.get(str(kind), ())
    }
    stems = _stems(text) - _usual(terms)
    allowed = statement_properties(words)
    properties = [
        term
        for term in terms.all("property")
        if term.name in allowed and _possible(term.name, kinds, words) and _score(term, stems)
    ]
    classes = [
        term
        for term in terms.all("class")
        if "GraphElement" not in words.classes[term.name] and _score(term, stems, of_definition=False)
    ]
    needed = [terms.term("property", name) for name in NEEDED if name in allowed]
    needed_classes = [terms.term("class", name) for name in NEEDED_CLASSES if name in words.classes]
    return FittingTerms(
        tuple(things),
        _best(properties, stems, MOST_PROPERTIES, needed),
        _best(classes, stems, MOST_CLASSES, needed_classes),
    )


def named_entities(text: str, entities: Iterable[Record]) -> list[Record]:
    """The entities of which a name stands in a text."""
    by_name: dict[str, list[Record]] = {}
    for entity in entities:
        for name in {*strings(entity.data.get("label")), *strings(entity.data.get("altLabel"))}:
            by_name.setdefault(_as_named(name), []).append(entity)
    found = {
        entity.id: entity
        for start, end in found_names(text, by_name)
        for entity in by_name.get(_as_named(text[start:end]), ())
    }
    return [found[name] for name in sorted(found)]


def _as_named(name: str) -> str:
    return " ".join(re.findall(r"\w+", plain(name.replace(NON_JOINER, " "), fold_case=False)))


def _possible(name: str, kinds: set[str], words: Vocabulary) -> bool:
    """Whether things of the text's classes, or nodes that a claim makes itself, can be its ends."""
    declared = words.properties[name]
    apparatus = any("GraphElement" in words.classes.get(each, ()) for each in declared.domain)
    if declared.kind == "annotation" or apparatus:
        return False
    made = {"Occurrence", "Relator", "Situation", "InformationObject", "Value", "Quality", "Idea"}
    ends = [declared.domain] + ([declared.range] if declared.kind == "object" else [])
    return all(
        not end or bool(end & kinds) or any(words.classes.get(each, frozenset()) & made for each in end)
        for end in ends
    )


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(plain(text.replace(NON_JOINER, " "))))


def _usual(terms: Terms) -> frozenset[str]:
    """Words that many terms have, such as "has" and "with", so that they suggest none of them."""
    listed = [*terms.all("property"), *terms.all("class")]
    count = Counter(
        stem
        for term in listed
        for stem in frozenset().union(*map(_stems, [*term.labels.values(), *term.definitions.values()]))
    )
    return frozenset(stem for stem, times in count.items() if times > len(listed) * _OFTEN)


def _score(term: Term, stems: frozenset[str], *, of_definition: bool = True) -> int:
    """How many words of the text its label has, thrice, and its definition."""
    label = max(len(stems & _stems(term.labels.get(language, ""))) for language in LANGUAGES)
    if not of_definition:
        return label
    defined = max(len(stems & _stems(term.definitions.get(language, ""))) for language in LANGUAGES)
    return 3 * label + defined


def _best(
    found: Sequence[Term], stems: frozenset[str], most: int, needed: Sequence[Term]
) -> tuple[Term, ...]:
    ranked = sorted(found, key=lambda term: (-_score(term, stems), term.name))[:most]
    return (*ranked, *(term for term in needed if term not in ranked))
