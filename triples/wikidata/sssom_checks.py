"""What can be wrong with mappings: form, unknown ids, links that are not one to one, codes in conflict."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from araxes.ontology.namespaces import AX, BASE, SKOS
from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.authoring.check_references import known_ids
from araxes.triples.authoring.corpus import Corpus, Record
from araxes.triples.authoring.findings import Finding, Place, corpus_error, did_you_mean
from araxes.triples.authoring.sound_corpus import SoundCorpus, SoundRecord
from araxes.triples.wikidata.sssom_tables import WIKIDATA, Mappings, Row, SoundMappings, Table, is_iri

PREDICATES = tuple(
    SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)
"""Predicates that a mapping may have."""

JUSTIFICATIONS = ("ManualMappingCuration", "MappingChaining", "LexicalMatching", "MappingReview")
"""Justifications of the Semantic Mapping Vocabulary that are in use here."""

METADATA = (
    "sssom_version",
    "license",
    "mapping_set_id",
    "mapping_set_title",
    "mapping_set_version",
    "creator_id",
)
"""Metadata that every table has."""

CODES = ("iso3166Alpha3", "cowCode", "gwCode")
"""Keys of entities that no two entities may share a value of."""

_OBJECTS = {
    WIKIDATA: re.compile(r"[QP][1-9][0-9]*"),
    "https://sws.geonames.org/": re.compile(r"[1-9][0-9]*/"),
    "http://nomisma.org/id/": re.compile(r"[a-z][a-z0-9_]*"),
}


@dataclass(frozen=True)
class CheckedMappings:
    """Mappings after the checks: everything that is wrong, and the rows with which nothing is."""

    findings: list[Finding]
    sound: SoundMappings

    def whole(self) -> SoundMappings:
        """All of them.

        Raises:
            CorpusError: something is wrong; every finding is named.
        """
        if self.findings:
            raise corpus_error(self.findings)
        return self.sound


def check_mappings(mappings: Mappings, corpus: Corpus) -> CheckedMappings:
    """Everything that is wrong with mappings of a corpus, and the rows with which nothing is.

    Whatever stands in the tables and in the corpus, this raises nothing.
    """
    findings = list(mappings.findings)
    words = vocabulary()
    ids = known_ids(corpus)
    for table in mappings.tables:
        findings.extend(_metadata(table))
        for row in table.rows:
            findings.extend(_subject(row, ids, words))
            findings.extend(_object(row))
            findings.extend(_record(row, ids))
    findings.extend(_one_to_one(mappings.rows()))
    findings.extend(_names(mappings.names, ids))
    findings.extend(_codes(mappings, corpus.entities))
    places = {finding.place for finding in findings}

    def sound(rows: Iterable[Row]) -> tuple[Row, ...]:
        return tuple(row for row in rows if Place(row.path, row.line) not in places)

    return CheckedMappings(findings, SoundMappings(sound(mappings.rows()), sound(mappings.names)))


def order_findings(mappings: Mappings, corpus: SoundCorpus) -> Iterator[Finding]:
    """What does no harm to the dataset: rows out of order, labels that are not the entity's."""
    labels = {record.id: _labels(record) for record in corpus.entities}
    for table in mappings.tables:
        keys = [(row["subject_id"], row["object_id"]) for row in table.rows]
        for row, key, before in zip(table.rows[1:], keys[1:], keys, strict=False):
            if key < before:
                yield row.finding("the row is out of order", "sort by subject_id, then object_id")
        for row in table.rows:
            known = labels.get(row["subject_id"].removeprefix("araxes:"))
            if known and row["subject_label"] not in known:
                remedy = f"write {known[0]!r}, or see whether the mapping still holds"
                yield row.finding(f"{row['subject_label']!r} is no label of the entity", remedy)


def _labels(record: SoundRecord) -> list[str]:
    return [record.data["label"]["en"], *record.data.get("altLabel", {}).get("en", [])]


def _metadata(table: Table) -> Iterator[Finding]:
    for name in METADATA:
        if not table.metadata.get(name):
            place = Place(table.path, 1)
            yield Finding(place, "", f"the metadata have no {name}", f"add `#{name}: …`")


def _subject(row: Row, ids: set[str], words: Vocabulary) -> Iterator[Finding]:
    iri = row.iri("subject_id")
    if not iri:
        yield row.finding(f"{row['subject_id']!r} has no known prefix", "add it to the curie_map")
    elif not is_iri(iri):
        yield row.finding(f"{row['subject_id']!r} makes no IRI", "correct it")
    elif iri.startswith(AX):
        name = iri.removeprefix(AX)
        if name not in words.properties:
            yield row.finding(
                f"unknown property {name!r}", did_you_mean(name, words.properties, "correct it")
            )
    elif iri.startswith(BASE) and iri.removeprefix(BASE) not in ids:
        name = iri.removeprefix(BASE)
        yield row.finding(
            f"unknown entity {name!r}", did_you_mean(name, ids, "describe it in triples/corpus/entities")
        )


def _object(row: Row) -> Iterator[Finding]:
    iri = row.iri("object_id")
    if not row.found:
        return
    namespace = next((name for name in _OBJECTS if iri.startswith(name)), None)
    if namespace is None:
        yield row.finding(
            f"{row['object_id']!r} is in no dataset known here", "add its form to sssom_checks.py"
        )
        return
    if not _OBJECTS[namespace].fullmatch(iri.removeprefix(namespace)):
        yield row.finding(f"{row['object_id']!r} is malformed", "copy the identifier from the evidence")
    elif namespace == WIKIDATA:
        letter = (
            "Q"
            if row.iri("subject_id").startswith(BASE) and not row.iri("subject_id").startswith(AX)
            else "P"
        )
        if not iri.removeprefix(namespace).startswith(letter):
            kind = "an entity maps to an item" if letter == "Q" else "a property maps to a property"
            yield row.finding(f"{row['object_id']!r} is of the wrong kind", f"{kind} ({letter}…)")


def _record(row: Row, ids: set[str]) -> Iterator[Finding]:
    if row.iri("predicate_id") not in PREDICATES:
        choices = ", ".join(name.removeprefix(SKOS) for name in PREDICATES)
        yield row.finding(f"unknown predicate {row['predicate_id']!r}", f"use a SKOS match: {choices}")
    justification = row["mapping_justification"]
    if justification.removeprefix("semapv:") not in JUSTIFICATIONS or not row.iri("mapping_justification"):
        remedy = f"use one of semapv: {', '.join(JUSTIFICATIONS)}"
        yield row.finding(f"unknown justification {justification!r}", remedy)
    mapper = row.iri("author_id")
    if mapper.removeprefix(BASE) not in ids or not is_iri(mapper):
        yield row.finding(f"unknown mapper {row['author_id']!r}", "name a curator")
    if not _is_day(row["mapping_date"]):
        remedy = "write it as 2026-11-20; a spreadsheet may have turned it round"
        yield row.finding(f"{row['mapping_date']!r} is no date", remedy)
    if not row["evidence"].strip():
        yield row.finding("the mapping has no evidence", "say where identifier and name stand together")
    if not re.fullmatch(r"0\.\d+|1(\.0+)?" if row.found else r"(0\.\d+|1(\.0+)?)?", row["confidence"]):
        yield row.finding(f"{row['confidence']!r} is no confidence", "write a number up to 1, such as 0.9")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _one_to_one(rows: Iterable[Row]) -> Iterator[Finding]:
    """Duplicates, two equals of one thing in one dataset, and links beside a recorded absence."""
    seen: dict[tuple[str, str], Row] = {}
    equal: dict[tuple[str, str], Row] = {}
    linked: dict[str, Row] = {}
    absent: dict[str, Row] = {}
    for row in rows:
        subject, target = row.iri("subject_id"), row.iri("object_id")
        first = seen.setdefault((subject, target), row)
        if first is not row:
            yield row.finding(f"the pair stands already in {_at(first)}", "keep one")
        elif row.exact:
            dataset = target.rpartition("/")[0].rstrip("0123456789")
            for key in ((subject, dataset), (target, "")):
                other = equal.setdefault(key, row)
                if other is not row:
                    what = f"{row['subject_id']} and {row['object_id']} are not one to one: see {_at(other)}"
                    yield row.finding(
                        what, "decide which is the same; make the other a closeMatch or drop it"
                    )
        if target.startswith(WIKIDATA):
            linked.setdefault(subject, row)
        elif not row.found:
            absent.setdefault(subject, row)
    for subject in linked.keys() & absent.keys():
        yield absent[subject].finding(f"no match is recorded, but {_at(linked[subject])} has one", "drop one")


def _at(row: Row) -> str:
    return f"{row.path.name}:{row.line}"


def _names(names: Iterable[Row], ids: set[str]) -> Iterator[Finding]:
    """Names of unknown entities, and a name that belongs to two."""
    owners: dict[str, Row] = {}
    for row in names:
        if row.iri("subject_id").removeprefix(BASE) not in ids or not is_iri(row.iri("subject_id")):
            yield row.finding(f"unknown entity {row['subject_id']!r}", "correct the id")
        if not re.fullmatch(r"[a-z]{2,3}", row["language"]) or not row["name"].strip() or not row["evidence"]:
            yield row.finding("language, name or evidence is missing", "complete the row")
        other = owners.setdefault(row["name"].casefold(), row)
        if other["subject_id"] != row["subject_id"]:
            yield row.finding(
                f"{row['name']!r} also names {other['subject_id']}", "drop both: it tells nothing"
            )


def _codes(mappings: Mappings, entities: Iterable[Record]) -> Iterator[Finding]:
    """Codes shared by two entities, and codes that differ from those of the mapped item."""
    owners: dict[tuple[str, str], Record] = {}
    stated: dict[str, dict[str, str]] = defaultdict(dict)
    for row in mappings.codes:
        stated[row.iri("object_id")][row.iri("property").removeprefix(AX)] = row["code"]
    items = mappings.items()
    for entity in entities:
        for key in CODES:
            code = entity.data.get(key)
            if not isinstance(code, str):
                continue
            other = owners.setdefault((key, code), entity)
            if other is not entity:
                yield entity.finding(f"{key} {code} is also that of {other.id}", "correct one of them", key)
        item = items.get(BASE + entity.id, "")
        for key, code in stated.get(item, {}).items():
            if entity.data.get(key) != code:
                said = entity.data.get(key) or "none"
                message = (
                    f"{key} is {said}, but {code} in the item it maps to ({item.removeprefix(WIKIDATA)})"
                )
                yield entity.finding(message, "correct the code or the mapping")
