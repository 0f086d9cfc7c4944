"""What can be wrong with mappings: form, unknown ids, links that are not one to one, codes in conflict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from araxes.ontology.namespaces import AX, BASE, WIKIDATA
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus import Corpus
from araxes.triples.authoring.findings import Finding, Place, corpus_error, did_you_mean
from araxes.triples.authoring.sound_corpus import SoundCorpus, SoundRecord
from araxes.triples.wikidata.coordinates import check_coordinates
from araxes.triples.wikidata.name_and_code_checks import check_codes, check_names
from araxes.triples.wikidata.sssom_prefixes import CURIE_COLUMNS, Repeated, curie_findings, no_match
from araxes.triples.wikidata.sssom_subjects import Subjects
from araxes.triples.wikidata.sssom_tables import (
    PREDICATES,
    PREFIXES,
    MappingRow,
    Mappings,
    MappingTable,
    SoundMappings,
    is_iri,
    record_iri,
)

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

_OBJECTS = {
    WIKIDATA: re.compile(r"[QP][1-9][0-9]*"),
    PREFIXES["geonames"]: re.compile(r"[1-9][0-9]*/"),
    PREFIXES["nomisma"]: re.compile(r"[a-z][a-z0-9_]*"),
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
    subjects = Subjects(corpus)
    bad: set[tuple[Path, int]] = set()
    for table in mappings.tables:
        findings.extend(_metadata(table))
        findings.extend(curie_findings(table))
        repeated = Repeated()
        for row in table.rows:
            findings.extend(_subject(row, subjects, repeated))
            findings.extend(_object(row, repeated))
            findings.extend(_record(row, subjects, repeated))
            findings.extend(_review(row, subjects))
        findings.extend(repeated.findings())
        unusable = (row for row in table.rows if not all(map(row.iri, CURIE_COLUMNS)))
        bad.update((row.path, row.line) for row in (*repeated.bad, *unusable))
    findings.extend(_one_to_one(mappings.rows()))
    findings.extend(check_names(mappings.names, subjects, bad))
    findings.extend(check_codes(mappings, corpus.entities))
    findings.extend(check_coordinates(mappings.coordinates))
    bad.update((row.path, row.line) for row in mappings.every() if subjects.lost(row.iri("subject_id")))
    bad.update((finding.place.path, finding.place.line) for finding in findings)

    def sound(rows: Iterable[MappingRow]) -> tuple[MappingRow, ...]:
        return tuple(row for row in rows if (row.path, row.line) not in bad)

    made = SoundMappings(sound(mappings.rows()), sound(mappings.names), sound(mappings.coordinates))
    return CheckedMappings(findings, made)


def order_findings(mappings: SoundMappings, corpus: SoundCorpus) -> Iterator[Finding]:
    """What does no harm to the dataset: rows out of order, labels that are not the entity's.

    Rows of which something worse is told are left out.
    """
    labels = {record.id: _labels(record) for record in (*corpus.entities, *corpus.sources)}
    for _, group in groupby(mappings.rows, lambda row: row.path):
        rows = list(group)
        keys = [(row["subject_id"], row["object_id"]) for row in rows]
        for row, key, before in zip(rows[1:], keys[1:], keys, strict=False):
            if key < before:
                yield row.finding("the row is out of order", "sort by subject_id, then object_id")
        for row in rows:
            known = labels.get(row["subject_id"].removeprefix("araxes:"))
            if known and row["subject_label"] not in known:
                remedy = f"write {known[0]!r}, or see whether the mapping still holds"
                kind = "source" if row["subject_id"].startswith("araxes:source/") else "entity"
                yield row.finding(f"{row['subject_label']!r} is no label of the {kind}", remedy)


def _labels(record: SoundRecord) -> list[str]:
    own = record.data["label"]
    return [own.get("en") or next(iter(own.values())), *record.data.get("altLabel", {}).get("en", [])]


def _metadata(table: MappingTable) -> Iterator[Finding]:
    for name in METADATA:
        if not table.metadata.get(name):
            place = Place(table.path, 1)
            yield Finding(place, "", f"the metadata have no {name}", f"add `#{name}: …`")


def _subject(row: MappingRow, subjects: Subjects, repeated: Repeated) -> Iterator[Finding]:
    iri = row.iri("subject_id")
    ours = iri.startswith(BASE) or (iri and not is_iri(iri))
    if ours and (wrong := subjects.wrong(iri, row["subject_id"])):
        repeated.add(row, *wrong)
    if iri.startswith(AX) and is_iri(iri):
        name = iri.removeprefix(AX)
        terms = {**vocabulary().properties, **vocabulary().classes}
        if name not in terms:
            yield row.finding(f"unknown term {name!r}", did_you_mean(name, terms, "correct it"))


def _object(row: MappingRow, repeated: Repeated) -> Iterator[Finding]:
    iri = row.iri("object_id")
    if not iri or not row.found:
        return
    namespace = next((name for name in _OBJECTS if iri.startswith(name)), None)
    if namespace is None:
        message = f"{row['object_id']!r} is in no dataset known here"
        prefix = row["object_id"].partition(":")[0]
        repeated.add(row, message, "add its form to sssom_checks.py", kind="dataset", value=prefix)
        return
    if not _OBJECTS[namespace].fullmatch(iri.removeprefix(namespace)):
        yield row.finding(f"{row['object_id']!r} is malformed", "copy the identifier from the evidence")
    elif namespace == WIKIDATA and row.iri("subject_id"):
        subject = row.iri("subject_id")
        of_class = subject.removeprefix(AX) in vocabulary().classes
        of_entity = subject.startswith(BASE) and not subject.startswith(AX)
        letter = "Q" if of_entity or of_class else "P"
        if not iri.removeprefix(namespace).startswith(letter):
            kind = (
                "an entity or a class maps to an item" if letter == "Q" else "a property maps to a property"
            )
            yield row.finding(f"{row['object_id']!r} is of the wrong kind", f"{kind} ({letter}…)")


def _record(row: MappingRow, subjects: Subjects, repeated: Repeated) -> Iterator[Finding]:
    if row.iri("predicate_id") and row.iri("predicate_id") not in PREDICATES:
        repeated.add(row, *no_match(row))
    justification = row["mapping_justification"]
    known = {PREFIXES["semapv"] + name for name in JUSTIFICATIONS}
    if row.iri("mapping_justification") and row.iri("mapping_justification") not in known:
        remedy = f"use one of semapv: {', '.join(JUSTIFICATIONS)}"
        repeated.add(row, f"unknown justification {justification!r}", remedy)
    mapper = row.iri("author_id")
    if mapper and not subjects.holds(mapper):
        repeated.add(row, f"unknown mapper {row['author_id']!r}", "name a curator")
    if not _is_day(row["mapping_date"]):
        remedy = "write it as 2026-11-20; a spreadsheet may have turned it round"
        yield row.finding(f"{row['mapping_date']!r} is no date", remedy)
    if not row["evidence"].strip():
        yield row.finding("the mapping has no evidence", "say where identifier and name stand together")
    needed = row.iri("object_id") and row.found
    if not re.fullmatch(r"0\.\d+|1(\.0+)?" if needed else r"(0\.\d+|1(\.0+)?)?", row["confidence"]):
        yield row.finding(f"{row['confidence']!r} is no confidence", "write a number up to 1, such as 0.9")


def _review(row: MappingRow, subjects: Subjects) -> Iterator[Finding]:
    """What is wrong with who has looked at a mapping, and with the id of its record."""
    reviewer, agreement = row["reviewer_id"], row["reviewer_agreement"]
    if bool(reviewer) != bool(agreement):
        yield row.finding("a reviewer and an agreement belong together", "give both, or neither")
    if reviewer and not subjects.holds(row.iri("reviewer_id")):
        yield row.finding(f"unknown reviewer {reviewer!r}", "name a curator, such as araxes:curator/…")
    if agreement and not re.fullmatch(r"-?(0(\.\d+)?|1(\.0+)?)", agreement):
        yield row.finding(f"{agreement!r} is no agreement", "write a number from -1 to 1")
    if row["record_id"] and row["subject_id"] and row.iri("record_id") != record_iri(row):
        remedy = f"write the one of its record, {record_iri(row).replace(BASE, 'araxes:')}"
        yield row.finding(f"{row['record_id']!r} is another record's id", remedy)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _one_to_one(rows: Iterable[MappingRow]) -> Iterator[Finding]:
    """Duplicates, two equals of one thing in one dataset, and links beside a recorded absence."""
    seen: dict[tuple[str, str], MappingRow] = {}
    equal: dict[tuple[str, str], MappingRow] = {}
    linked: dict[str, MappingRow] = {}
    absent: dict[str, MappingRow] = {}
    for row in rows:
        subject, target = row.iri("subject_id"), row.iri("object_id")
        if not subject or not target:
            continue  # that its prefix is unknown is told already
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


def _at(row: MappingRow) -> str:
    return f"{row.path.name}:{row.line}"
