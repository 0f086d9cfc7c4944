"""What ids in the YAML files may refer to, looked up once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.corpus import SOURCE_KEYS, Corpus, Record, as_list
from araxes.triples.authoring.entity_names import EntityNames
from araxes.triples.authoring.findings import near_words
from araxes.triples.authoring.lost_ids import FaultyHead, Lost, faulty_heads, lost_ids, part_id


@dataclass(frozen=True)
class Known:
    """What ids may refer to.

    Attributes:
        corpus: all records.
        words: the ontology's terms.
    """

    corpus: Corpus
    words: Vocabulary

    @cached_property
    def ids(self) -> set[str]:
        """Every id that claims and entities may name."""
        return known_ids(self.corpus)

    @cached_property
    def entities(self) -> dict[str, Record]:
        """Entities by id."""
        return {entity.id: entity for entity in self.corpus.entities}

    @cached_property
    def names(self) -> EntityNames:
        """Entities by what they are called."""
        return EntityNames(self.corpus.entities)

    @cached_property
    def kinds(self) -> dict[str, frozenset[str]]:
        """The classes of each entity."""
        return {
            entity.id: frozenset(
                above
                for kind in as_list(entity.data.get("type"))
                if isinstance(kind, str)
                for above in self.words.classes.get(kind, ())
            )
            for entity in self.corpus.entities
        }

    @cached_property
    def lengths(self) -> dict[str, int]:
        """Number of characters of each source's text, 0 where none is given."""
        found: dict[str, int] = {}
        for source in filter(lambda record: record.id, self.corpus.sources):
            text = source.data.get("sourceText")
            length = text.get("characterCount") if isinstance(text, dict) else None
            found[source.id] = length if isinstance(length, int) and is_count(length) else 0
        return found

    @cached_property
    def beyond(self) -> dict[str, list[tuple[Record, int]]]:
        """Claims with a passage beyond the text of their source, and its end, by the source."""
        found: dict[str, list[tuple[Record, int]]] = {}
        for claim in self.corpus.claims:
            length = self.lengths.get(claim.source, 0)
            spans = [span for span in as_list(claim.data.get("passage")) if isinstance(span, dict)]
            end = max((span["end"] for span in spans if is_count(span.get("end"))), default=0)
            if length and end > length:
                found.setdefault(claim.source, []).append((claim, end))
        return found

    @cached_property
    def faults(self) -> dict[Path, FaultyHead]:
        """Files whose head does not say what source they are of."""
        return faulty_heads(self.corpus)

    @cached_property
    def lost(self) -> Lost:
        """Ids of which nothing can be said."""
        return lost_ids(self.corpus)

    @cached_property
    def authors(self) -> dict[str, str]:
        """The id of each source's authorship, as it is written."""
        return {source.id: part_id(source, "sourceAuthor") for source in self.corpus.sources}

    @cached_property
    def writers(self) -> dict[str, list[str]]:
        """The ids of those who wrote each source, as they are written."""
        parts = {source.id: source.data.get("sourceAuthor") for source in self.corpus.sources}
        return {
            name: [each for each in as_list(part.get("author", [])) if isinstance(each, str)]
            if isinstance(part, dict)
            else []
            for name, part in parts.items()
        }

    def has_source(self, record: Record) -> bool:
        """Whether it is certain what source a claim or reading is of."""
        return record.source in self.lengths and record.document.path not in self.faults

    @cached_property
    def read(self) -> set[str]:
        """Sources of which a reading is described."""
        return {reading.source for reading in self.corpus.curations}

    @cached_property
    def unread(self) -> set[str]:
        """Sources of which a reading may be in what cannot be read."""
        found = set()
        for head in self.corpus.heads:
            data = head.document.data
            readings = data.get("curation", [])
            others = data.keys() - set(SOURCE_KEYS)
            misspelt = "curation" not in data and any(near_words(name, ["curation"]) for name in others)
            if misspelt or not isinstance(readings, list) or not all(map(_is_mapping, readings)):
                found.add(head.named)
        return found


def known_ids(corpus: Corpus) -> set[str]:
    """Every id that claims and entities may name."""
    of_things = (*corpus.entities, *corpus.sources, *corpus.curations)
    ids = {record.id for record in of_things if record.id}
    for source in corpus.sources:
        for part in ("sourceText", "sourceAuthor"):
            inner = source.data.get(part)
            if isinstance(inner, dict) and isinstance(inner.get("id"), str):
                ids.add(inner["id"])
    return ids


def is_count(value: Any) -> bool:
    """Whether a value is a positive whole number."""
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict)
