"""Whether a stretch of text names a thing: by a label, a known form of its name, its initials, a surname."""

from __future__ import annotations

import re
from collections.abc import Iterable

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.corpus import Record, as_list, strings
from araxes.validation.gate.wording.both_languages import apart, forms

OWN_NAMES = frozenset(
    {"Polity", "Person", "City", "Region", "WaterBody", "Organization", "Agreement", "Work", "Dynasty"}
)
"""Classes of things with a name of their own, which a text that speaks of them has."""

# Of names that may have an ending; one of two letters stands alone, unless they are Latin ("us", but «قم»).
_SHORTEST = 3
_ENDING = r"\w{0,4}"


def has_name_of_its_own(thing: Record, words: Vocabulary) -> bool:
    """Whether a thing is of a class of :data:`OWN_NAMES`."""
    kinds = map(str, as_list(thing.data.get("type", [])))
    return any(words.classes.get(kind, frozenset()) & OWN_NAMES for kind in kinds)


def is_named(text: str, thing: Record, words: Vocabulary, others: Iterable[str] = ()) -> bool:
    """Whether a text names a thing.

    Args:
        text: any text, in any language.
        thing: an entity.
        words: the vocabulary.
        others: further names that stand for it.
    """
    return bool(text) and _pattern(thing, words, others).search(apart(text)) is not None


def _pattern(thing: Record, words: Vocabulary, others: Iterable[str]) -> re.Pattern[str]:
    called = [*strings(thing.data.get("label")), *strings(thing.data.get("altLabel"))]
    names = {apart(name) for name in [*called, *others] if name}
    kinds = {
        above for kind in as_list(thing.data.get("type", [])) for above in words.classes.get(str(kind), ())
    }
    if "Person" in kinds:
        names |= {name.split()[-1] for name in names if name.split() and len(name.split()[-1]) > _SHORTEST}
    if "Organization" in kinds:
        names |= {initials for name in called if (initials := _initials(name))}
    found = [re.escape(name) + _ENDING for name in names if len(name) >= _SHORTEST]
    found += [re.escape(name) for name in names if len(name) == _SHORTEST - 1 and not name.isascii()]
    found += [form for language in LANGUAGES for form, use in forms().get((thing.id, language), ()) if use]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found) or '(?!)'})(?!\w)")


def _initials(name: str) -> str:
    """The capitals of a name of several words, in small letters.

    >>> _initials("Organization for Security and Co-operation in Europe")
    'osce'
    """
    capitals = re.findall(r"(?<!\w)(?<!-)[A-Z]", name)
    return "".join(capitals).casefold() if len(capitals) >= _SHORTEST else ""
