"""The index of names over records that stand in files, before anything is built of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from araxes.endpoint.search.index.names_index import Index, build_index
from araxes.endpoint.search.matching.name_matching import entities_named
from araxes.ontology.namespaces import AX, BASE
from araxes.ontology.oxigraph_terms import ALT_LABEL, LABEL, RDF_TYPE
from araxes.triples.authoring.corpus import Record, as_list
from araxes.triples.authoring.language_tags import LANGUAGE_TAG
from araxes.triples.drafting.names import Candidate, is_id

_MOST = 8
_LABELS = {"label": LABEL, "altLabel": ALT_LABEL}


class RecordNames:
    """Finds entities by label and spelling in any language, as ``/reconcile`` does.

    Holds an index in memory; one thread at a time may use it.
    """

    def __init__(self, entities: Iterable[Record]) -> None:
        """Make the index.

        Args:
            entities: their records, checked or not; what has no label or type is left out, and a label in
                what is no tag of a language.
        """
        store = ox.Store()
        store.extend(quad for entity in entities for quad in _quads(entity))
        self._index: Index = build_index(store)

    def candidates(self, name: str) -> list[Candidate]:
        """The entities that a name may mean, the likeliest first."""
        found = entities_named(self._index, name)
        best = sorted(found, key=lambda number: (-found[number].score, number))[:_MOST]
        return [self._candidate(number, found[number].score, found[number].certain) for number in best]

    def _candidate(self, number: int, score: float, certain: bool) -> Candidate:
        ((name, label),) = self._index.rows("SELECT id, label FROM entity WHERE number = ?", number)
        kinds = self._index.rows("SELECT type FROM entity_type WHERE entity = ? ORDER BY type", number)
        return Candidate(str(name), str(label), tuple(str(kind) for (kind,) in kinds), score, certain)


def _quads(entity: Record) -> Iterator[ox.Quad]:
    """What the index reads of an entity: its classes and names."""
    if not is_id(entity.id):
        return
    subject = ox.NamedNode(BASE + entity.id)
    for kind in as_list(entity.data.get("type", [])):
        if isinstance(kind, str):
            yield ox.Quad(subject, RDF_TYPE, ox.NamedNode(AX + kind))
    for key, predicate in _LABELS.items():
        texts = entity.data.get(key)
        for language, written in texts.items() if isinstance(texts, dict) else ():
            if not LANGUAGE_TAG.fullmatch(str(language)):
                continue
            for text in as_list(written):
                if isinstance(text, str) and text.strip():
                    yield ox.Quad(subject, predicate, ox.Literal(text, language=str(language)))
