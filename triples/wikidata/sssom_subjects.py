"""What tables of mappings and names may speak of: entities and sources, no parts of sources, no claims."""

from __future__ import annotations

from functools import cached_property

from araxes.ontology.namespaces import AX, BASE
from araxes.triples.authoring.corpus import Corpus
from araxes.triples.authoring.findings import did_you_mean, quoted
from araxes.triples.authoring.lost_ids import Lost, lost_ids
from araxes.triples.wikidata.sssom_tables import is_iri


class Subjects:
    """The entities and sources of a corpus, as subjects of mappings and names."""

    def __init__(self, corpus: Corpus) -> None:
        """Those that a corpus describes."""
        self._corpus = corpus

    @cached_property
    def _ids(self) -> set[str]:
        return {record.id for record in (*self._corpus.entities, *self._corpus.sources) if record.id}

    @cached_property
    def _lost(self) -> Lost:
        return lost_ids(self._corpus)

    def lost(self, iri: str) -> bool:
        """Whether nothing can be said of an IRI, since a file that may describe it cannot be read."""
        name = iri.removeprefix(BASE)
        return name not in self._ids and self._lost.may_hold(name)

    def holds(self, iri: str) -> bool:
        """Whether there is such an entity or source, or may be one in a file that cannot be read."""
        name = iri.removeprefix(BASE)
        return is_iri(iri) and (name in self._ids or self._lost.may_hold(name))

    def wrong(self, iri: str, written: str) -> tuple[str, str] | None:
        """Why a mapping or a name cannot be of an IRI, and what to do; terms of the ontology pass."""
        if not is_iri(iri):
            return f"{quoted(written)} makes no IRI", "correct it"
        name = iri.removeprefix(BASE)
        whole, mark, part = name.partition("#")
        if name.startswith("claim/"):
            return f"{quoted(name)} is a claim", "name an entity or a source: claims are not mapped or named"
        if mark and whole.startswith("source/"):
            return f"{quoted(name)} is a part of a source, not the source", _instead(whole, part)
        if iri.startswith(AX) or self.holds(iri):
            return None
        return f"unknown entity {quoted(name)}", did_you_mean(
            name, self._ids, "describe it in triples/corpus/entities"
        )


def _instead(source: str, part: str) -> str:
    """What to map instead of a part of a source."""
    if part == "author":
        return "name the person or organization that stands in the source under `sourceAuthor:` as `author:`"
    if part.startswith("reading"):
        return "name the curator: a reading is nothing that others know"
    return f"name the source, araxes:{source}"
