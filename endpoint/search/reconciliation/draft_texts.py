"""Names of entities, types and properties in the languages of a reader, each with its language and direction.

As the draft of the Reconciliation Service API 1.0 has them (*Internationalization Considerations*): ``lang``
and ``dir`` stand beside each text of an answer, so that nothing is inherited by what is in another language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NotRequired, TypedDict

from araxes.endpoint.search.index.indexed_values import UNKNOWN
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.index.undeclared_words import LANGUAGE_NAMES
from araxes.ontology.languages import LANGUAGES, right_to_left

Direction = Literal["ltr", "rtl", "auto"]


class SaidNamed(TypedDict):
    """An id with what it is called."""

    id: str
    name: str
    description: NotRequired[str]
    lang: str
    dir: Direction


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in a language.

    Attributes:
        language: its tag (BCP 47).
        text: what is said.
        definition: of a term, in the same language; may be empty.
    """

    language: str
    text: str
    definition: str = ""


def direction(language: str) -> Direction:
    """The base direction of texts in a language; "auto" where nobody said which language it is.

    >>> direction("fa"), direction("zxx"), direction("und")
    ('rtl', 'ltr', 'auto')
    """
    if language == UNKNOWN:
        return "auto"
    return "rtl" if right_to_left(language) else "ltr"


def named(name: str, said: Wording) -> SaidNamed:
    """An id with what it is called."""
    return {"id": name, "name": said.text, "lang": said.language, "dir": direction(said.language)}


def described(name: str, said: Wording, description: str) -> SaidNamed:
    """The same with a description in the language of the name, where there is one."""
    found = named(name, said)
    if description:
        found["description"] = description
    return found


def known_languages(tags: Iterable[str]) -> tuple[str, ...]:
    """The languages of a reader in which there are names, the preferred first, and those that all terms have.

    >>> known_languages(["fa-IR", "de"]), known_languages(["az-Latn", "tr"]), known_languages([])
    (('fa', 'en'), ('az', 'tr', 'en', 'fa'), ('en', 'fa'))
    """
    wanted = (tag.lower().partition("-")[0] for tag in tags)
    return tuple(dict.fromkeys([*(tag for tag in wanted if tag in LANGUAGE_NAMES), *LANGUAGES]))


class Texts:
    """What things are called in the languages of a reader. Looks each up once.

    Attributes:
        languages: of the reader, the preferred first.
    """

    def __init__(self, index: Index, languages: tuple[str, ...]) -> None:
        """Begin with nothing.

        Args:
            index: where to look.
            languages: the preferred first.
        """
        self._index = index
        self.languages = languages
        self._entities: dict[str, dict[str, str]] = {}
        self._terms: dict[str, dict[str, Wording]] = {}

    def entities(self, ids: Iterable[str]) -> dict[str, Wording]:
        """What entities are called; what is none is left out."""
        wanted = list(ids)
        self._read_entities(wanted)
        return {one: self._first(self._entities[one]) for one in wanted if one in self._entities}

    def term(self, name: str) -> Wording:
        """What a class, property or individual of the ontology is called, and what it means."""
        return self._term(name, self.languages)

    def in_language(self, name: str, language: str) -> str:
        """What a term is called in one language; empty if it has no label in it."""
        found = self._term(name, (language,))
        return found.text if found.language == language else ""

    def of_things(self, things: Iterable[str], language: str = "") -> Wording | None:
        """A text made up of the labels of several entities or terms: in the first language that all have.

        Args:
            things: ids of entities and names of terms.
            language: is preferred to those of the reader.
        """
        wanted = list(things)
        self._read_entities(wanted)
        labels = [self._labels(one) for one in wanted]
        for tag in dict.fromkeys([language, *self.languages]):
            if tag and labels and all(tag in each for each in labels):
                return Wording(tag, ", ".join(sorted(each[tag] for each in labels)))
        return None

    def _labels(self, thing: str) -> Mapping[str, str]:
        if thing in self._entities:
            return self._entities[thing]
        return {tag: said.text for tag, said in self._read_term(thing).items()}

    def _read_entities(self, ids: Iterable[str]) -> None:
        unknown = [one for one in dict.fromkeys(ids) if one not in self._entities]
        rows = self._index.rows(
            "SELECT id, COALESCE(language, ?), COALESCE(text, label) FROM entity LEFT JOIN label "
            "ON entity = number WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id, language",
            UNKNOWN,
            json.dumps(unknown),
        )
        for name, language, text in rows:
            self._entities.setdefault(str(name), {})[str(language)] = str(text)

    def _first(self, labels: Mapping[str, str]) -> Wording:
        language = next((tag for tag in self.languages if tag in labels), next(iter(labels)))
        return Wording(language, labels[language])

    def _term(self, name: str, languages: tuple[str, ...]) -> Wording:
        found = self._read_term(name)
        language = next((tag for tag in (*languages, *found) if tag in found), "")
        return found[language] if language else Wording(UNKNOWN, name)

    def _read_term(self, name: str) -> dict[str, Wording]:
        if name not in self._terms:
            query = "SELECT language, label, definition FROM term_text WHERE term = ? ORDER BY language"
            self._terms[name] = {
                str(language): Wording(str(language) or UNKNOWN, str(label), str(definition))
                for language, label, definition in self._index.rows(query, name)
            }
        return self._terms[name]
