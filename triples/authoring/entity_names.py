"""Entities by what they are called: for suggestions, and for records that are probably a mistake.

A remedy names an entity by its label as well as by its id, a term of the ontology by the words of its labels
and definition. Two entities of one kind and one name, and an id that does not fit to a kind, are warnings.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from rdflib import RDFS, SKOS, Literal, URIRef

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.loading import load_ontology
from araxes.ontology.modules_at_work import per_ontology
from araxes.ontology.spelling import plain
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus import Record, as_list
from araxes.triples.authoring.findings import Finding, near_words, quoted
from araxes.triples.authoring.id_segments import WIDEST

_SHOWN = 3
_STEM = 5
_SMALL = frozenset(
    ("the", "a", "an", "of", "in", "on", "to", "for", "and", "or", "with", "by", "is", "are", "that", "its")
)


def folded(name: str) -> str:
    """A name as names are compared: one spelling, no marks, no punctuation.

    >>> folded("Nagorno–Karabakh") == folded("nagorno karabakh"), folded("Türkiye")
    (True, 'turkiye')
    """
    apart = unicodedata.normalize("NFKD", plain(name))
    letters = "".join(each for each in apart if not unicodedata.combining(each))
    return " ".join(re.sub(r"[^\w]+", " ", letters).split())


class EntityNames:
    """The names of entities."""

    def __init__(self, entities: Iterable[Record]) -> None:
        """Read labels and other labels."""
        self._labels: dict[str, str] = {}
        self._ids: dict[str, dict[str, None]] = defaultdict(dict)
        self._words: dict[str, dict[str, None]] = defaultdict(dict)
        self._classes: dict[str, set[str]] = {}
        classes = vocabulary().classes
        for entity in entities:
            kinds = [kind for kind in as_list(entity.data.get("type")) if isinstance(kind, str)]
            self._classes[entity.id] = {above for kind in kinds for above in classes.get(kind, ())}
            for text in _names(entity):
                self._labels.setdefault(entity.id, text)
                self._ids[folded(text)].setdefault(entity.id)
                for word in folded(text).split():
                    self._words[word].setdefault(entity.id)

    def likely(self, written: str, wanted: Collection[str] = ()) -> list[str]:
        """Ids of the entities that a name, or the last part of an unknown id, probably means.

        Args:
            written: the name or id.
            wanted: classes to one of which they belong; any if empty.
        """
        name = folded(written.rpartition("/")[2].replace("-", " "))
        words = [word for word in name.split() if word not in _SMALL]
        exact = self._fitting(self._ids.get(name, ()), wanted)
        if exact or not words:
            return exact[:_SHOWN]
        shared: Counter[str] = Counter()
        for word in words:
            near = near_words(word, self._words)
            shared.update({one for each in near for one in self._words[each]})
        enough = max(1, len(words) - len(words) // 3)
        found = self._fitting((one for one, count in shared.items() if count >= enough), wanted)
        return sorted(found, key=lambda one: (-shared[one], len(self._labels[one]), one))[:_SHOWN]

    def _fitting(self, found: Iterable[str], wanted: Collection[str]) -> list[str]:
        return [each for each in found if not wanted or not self._classes[each].isdisjoint(wanted)]

    def suggested(self, written: str, wanted: Collection[str] = ()) -> str:
        """The same as a remedy; empty if nothing is likely."""
        found = [f"{each} ({quoted(self._labels[each])[1:-1]})" for each in self.likely(written, wanted)]
        return f"did you mean {' or '.join(found)}?" if found else ""


def _names(entity: Record) -> Iterator[str]:
    for key in ("label", "altLabel"):
        texts = entity.data.get(key)
        for value in texts.values() if isinstance(texts, dict) else ():
            yield from (text for text in as_list(value) if isinstance(text, str) and text.strip())


def likely_terms(written: str, known: Iterable[str]) -> list[str]:
    """The terms of the ontology that resemble a name in letters, or say in words what it says."""
    names = list(known)
    near = near_words(written, names)
    wanted = _stems(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", written))
    scores: dict[str, float] = {}
    for name in names:
        called, said = _term_words(name)
        shared = wanted & (called | said)
        if wanted & called and len(shared) * 2 > len(wanted):
            scores[name] = 2 * len(wanted & called) + len(wanted & said) - len(called) / 10
        elif wanted and wanted <= said:
            scores[name] = len(wanted) / 2
    best = sorted(scores, key=lambda name: (-scores[name], name))
    return list(dict.fromkeys([*near, *best]))[:_SHOWN]


@per_ontology
def _term_words(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Stems of what a term is called, and of its definition."""
    declared = vocabulary().properties.get(name)
    iri = URIRef(declared.iri if declared else f"https://w3id.org/araxes/ontology/{name}")
    graph = load_ontology()

    def texts(*predicates: URIRef) -> str:
        return " ".join(
            str(text)
            for predicate in predicates
            for text in graph.objects(iri, predicate)
            if isinstance(text, Literal) and text.language == "en"
        )

    called = f"{re.sub(r'(?<=[a-z])(?=[A-Z])', ' ', name)} {texts(RDFS.label, SKOS.altLabel)}"
    return _stems(called), _stems(texts(SKOS.definition))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in folded(text).split() if word not in _SMALL)


def mistaken_entities(entities: Iterable[Record]) -> Iterator[Finding]:
    """Entities of one corpus, kind and name, and ids that do not say what is described; all as warnings."""
    first: dict[tuple[object, str, str], Record] = {}
    for entity in entities:
        segment = entity.id.partition("/")[0]
        kinds = [kind for kind in as_list(entity.data.get("type")) if isinstance(kind, str)]
        yield from _segment_findings(entity, segment, kinds)
        earlier = {}
        for name in {folded(text) for text in _labels(entity)}:
            for kind in kinds:
                other = first.setdefault((entity.document.folder, name, kind), entity)
                if other.id != entity.id and not _told_apart(other, entity):
                    earlier[other.id] = other
        for other in earlier.values():
            where = f"{other.document.path.name}:{other.line()}"
            message = f"{other.id} ({where}) is of the same kind and has the same name"
            remedy = "use one id for one thing; if they are two, tell them apart in their labels"
            yield _warning(entity, "same-name", message, remedy, "label")


def _told_apart(one: Record, two: Record) -> bool:
    """Whether two things have other names in each of our languages in which both have one.

    Towns on both banks of a river may share their name in every language but those in which curators write.
    """
    first, second = one.data.get("label"), two.data.get("label")
    if not isinstance(first, dict) or not isinstance(second, dict):
        return False
    shared = [each for each in LANGUAGES if each in first and each in second]
    return bool(shared) and all(folded(str(first[each])) != folded(str(second[each])) for each in shared)


def _labels(entity: Record) -> list[str]:
    texts = entity.data.get("label")
    return [text for text in texts.values() if isinstance(text, str)] if isinstance(texts, dict) else []


def _segment_findings(entity: Record, segment: str, kinds: list[str]) -> Iterator[Finding]:
    wanted = WIDEST.get(segment)
    if wanted is None:
        near = near_words(segment, WIDEST)
        likely = _segments_of(kinds) or list(WIDEST)
        remedy = f"did you mean {' or '.join(near)}?" if near else f"begin the id with {' or '.join(likely)}"
        yield _warning(entity, "id-segment", f"no ids begin with {quoted(segment)}", remedy, "id")
    elif not vocabulary().classes.keys().isdisjoint(kinds) and not any(
        wanted in vocabulary().classes.get(kind, ()) for kind in kinds
    ):
        fitting = _segments_of(kinds)
        remedy = (
            f"begin the id with {' or '.join(fitting)}/, or correct the type" if fitting else "correct it"
        )
        message = f"the id says {wanted}, the type {', '.join(kinds)}"
        yield _warning(entity, "id-and-type", message, remedy, "type")


def _segments_of(kinds: list[str]) -> list[str]:
    """What ids of things of some classes begin with, by the narrowest class that has ids of its own."""
    classes = vocabulary().classes
    fitting = [
        (len(classes[above]), name)
        for name, above in WIDEST.items()
        if any(above in classes.get(kind, ()) for kind in kinds)
    ]
    narrowest = max((depth for depth, _ in fitting), default=0)
    return [name for depth, name in fitting if depth == narrowest]


def _warning(entity: Record, shape: str, message: str, remedy: str, *where: str) -> Finding:
    found = entity.finding(message, remedy, *where)
    return replace(found, severity="warning", shape=shape)
