"""What can be wrong with mappings: form, unknown ids, links that are not one to one, codes in conflict."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from araxes.ontology.namespaces import AX, BASE, SKOS
from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.authoring.check_references import known_ids
from araxes.triples.authoring.corpus import Corpus, Record
from araxes.triples.authoring.problems import Problem, did_you_mean
from araxes.triples.wikidata.sssom_tables import WIKIDATA, Mappings, Row, Table

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


def check_mappings(mappings: Mappings, corpus: Corpus) -> list[Problem]:
    """Everything that is wrong with mappings of a corpus, reading problems included."""
    problems = list(mappings.problems)
    words = vocabulary()
    ids = known_ids(corpus)
    for table in mappings.tables:
        problems.extend(_metadata(table))
        for row in table.rows:
            problems.extend(_subject(row, ids, words))
            problems.extend(_object(row))
            problems.extend(_record(row, ids))
    problems.extend(_one_to_one(mappings.rows()))
    problems.extend(_names(mappings.names, ids))
    problems.extend(_codes(mappings, corpus.entities))
    return problems


def order_problems(mappings: Mappings, corpus: Corpus) -> Iterator[Problem]:
    """What does no harm to the dataset: rows out of order, labels that are not the entity's."""
    labels = {record.id: _labels(record) for record in corpus.entities}
    for table in mappings.tables:
        keys = [(row["subject_id"], row["object_id"]) for row in table.rows]
        for row, key, before in zip(table.rows[1:], keys[1:], keys, strict=False):
            if key < before:
                yield row.problem("the row is out of order", "sort by subject_id, then object_id")
        for row in table.rows:
            known = labels.get(row["subject_id"].removeprefix("araxes:"))
            if known and row["subject_label"] not in known:
                remedy = f"write {known[0]!r}, or see whether the mapping still holds"
                yield row.problem(f"{row['subject_label']!r} is no label of the entity", remedy)


def _labels(record: Record) -> list[str]:
    alternatives = record.data.get("altLabel") or {}
    english = alternatives.get("en", []) if isinstance(alternatives, dict) else []
    return [record.data["label"]["en"], *(english if isinstance(english, list) else [english])]


def _metadata(table: Table) -> Iterator[Problem]:
    for name in METADATA:
        if not table.metadata.get(name):
            yield Problem(table.path, 1, "", f"the metadata have no {name}", f"add `#{name}: …`")


def _subject(row: Row, ids: set[str], words: Vocabulary) -> Iterator[Problem]:
    iri = row.iri("subject_id")
    if not iri:
        yield row.problem(f"{row['subject_id']!r} has no known prefix", "add it to the curie_map")
    elif iri.startswith(AX):
        name = iri.removeprefix(AX)
        if name not in words.properties:
            yield row.problem(
                f"unknown property {name!r}", did_you_mean(name, words.properties, "correct it")
            )
    elif iri.startswith(BASE) and iri.removeprefix(BASE) not in ids:
        name = iri.removeprefix(BASE)
        yield row.problem(
            f"unknown entity {name!r}", did_you_mean(name, ids, "describe it in triples/corpus/entities")
        )


def _object(row: Row) -> Iterator[Problem]:
    iri = row.iri("object_id")
    if not row.found:
        return
    namespace = next((name for name in _OBJECTS if iri.startswith(name)), None)
    if namespace is None:
        yield row.problem(
            f"{row['object_id']!r} is in no dataset known here", "add its form to mapping_checks.py"
        )
        return
    if not _OBJECTS[namespace].fullmatch(iri.removeprefix(namespace)):
        yield row.problem(f"{row['object_id']!r} is malformed", "copy the identifier from the evidence")
    elif namespace == WIKIDATA:
        letter = (
            "Q"
            if row.iri("subject_id").startswith(BASE) and not row.iri("subject_id").startswith(AX)
            else "P"
        )
        if not iri.removeprefix(namespace).startswith(letter):
            kind = "an entity maps to an item" if letter == "Q" else "a property maps to a property"
            yield row.problem(f"{row['object_id']!r} is of the wrong kind", f"{kind} ({letter}…)")


def _record(row: Row, ids: set[str]) -> Iterator[Problem]:
    if row.iri("predicate_id") not in PREDICATES:
        choices = ", ".join(name.removeprefix(SKOS) for name in PREDICATES)
        yield row.problem(f"unknown predicate {row['predicate_id']!r}", f"use a SKOS match: {choices}")
    if row["mapping_justification"].removeprefix("semapv:") not in JUSTIFICATIONS:
        remedy = f"use one of semapv: {', '.join(JUSTIFICATIONS)}"
        yield row.problem(f"unknown justification {row['mapping_justification']!r}", remedy)
    if row.iri("author_id").removeprefix(BASE) not in ids:
        yield row.problem(f"unknown mapper {row['author_id']!r}", "name a curator")
    try:
        date.fromisoformat(row["mapping_date"])
    except ValueError:
        yield row.problem(f"{row['mapping_date']!r} is no date", "write it as 2026-11-20")
    if not row["evidence"].strip():
        yield row.problem("the mapping has no evidence", "say where identifier and name stand together")
    if not re.fullmatch(r"0\.\d+|1(\.0+)?" if row.found else r"(0\.\d+|1(\.0+)?)?", row["confidence"]):
        yield row.problem(f"{row['confidence']!r} is no confidence", "write a number up to 1, such as 0.9")


def _one_to_one(rows: Iterable[Row]) -> Iterator[Problem]:
    """Duplicates, two equals of one thing in one dataset, and links beside a recorded absence."""
    seen: dict[tuple[str, str], Row] = {}
    equal: dict[tuple[str, str], Row] = {}
    linked: dict[str, Row] = {}
    absent: dict[str, Row] = {}
    for row in rows:
        subject, target = row.iri("subject_id"), row.iri("object_id")
        first = seen.setdefault((subject, target), row)
        if first is not row:
            yield row.problem(f"the pair stands already in {_at(first)}", "keep one")
        elif row.exact:
            dataset = target.rpartition("/")[0].rstrip("0123456789")
            for key in ((subject, dataset), (target, "")):
                other = equal.setdefault(key, row)
                if other is not row:
                    what = f"{row['subject_id']} and {row['object_id']} are not one to one: see {_at(other)}"
                    yield row.problem(
                        what, "decide which is the same; make the other a closeMatch or drop it"
                    )
        if target.startswith(WIKIDATA):
            linked.setdefault(subject, row)
        elif not row.found:
            absent.setdefault(subject, row)
    for subject in linked.keys() & absent.keys():
        yield absent[subject].problem(f"no match is recorded, but {_at(linked[subject])} has one", "drop one")


def _at(row: Row) -> str:
    return f"{row.path.name}:{row.line}"


def _names(names: Iterable[Row], ids: set[str]) -> Iterator[Problem]:
    """Names of unknown entities, and a name that belongs to two."""
    owners: dict[str, Row] = {}
    for row in names:
        if row.iri("subject_id").removeprefix(BASE) not in ids:
            yield row.problem(f"unknown entity {row['subject_id']!r}", "correct the id")
        if not re.fullmatch(r"[a-z]{2,3}", row["language"]) or not row["name"].strip() or not row["evidence"]:
            yield row.problem("language, name or evidence is missing", "complete the row")
        other = owners.setdefault(row["name"].casefold(), row)
        if other["subject_id"] != row["subject_id"]:
            yield row.problem(
                f"{row['name']!r} also names {other['subject_id']}", "drop both: it tells nothing"
            )


def _codes(mappings: Mappings, entities: Iterable[Record]) -> Iterator[Problem]:
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
                yield entity.problem(f"{key} {code} is also that of {other.id}", "correct one of them", key)
        item = items.get(BASE + entity.id, "")
        for key, code in stated.get(item, {}).items():
            if entity.data.get(key) != code:
                said = entity.data.get(key) or "none"
                message = (
                    f"{key} is {said}, but {code} in the item it maps to ({item.removeprefix(WIKIDATA)})"
                )
                yield entity.problem(message, "correct the code or the mapping")
