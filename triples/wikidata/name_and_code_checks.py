"""What can be wrong with ``names.tsv`` and ``codes.tsv``, the tables beside the mappings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from araxes.ontology.namespaces import AX, BASE, WIKIDATA
from araxes.triples.authoring.corpus import Record
from araxes.triples.authoring.findings import Finding, did_you_mean, quoted
from araxes.triples.wikidata.sssom_prefixes import Repeated, cell_findings
from araxes.triples.wikidata.sssom_subjects import Subjects
from araxes.triples.wikidata.sssom_tables import MappingRow, Mappings

CODES = ("iso3166Alpha3", "cowCode", "gwCode")
"""Keys of entities that no two entities may share a value of."""


def check_names(names: list[MappingRow], subjects: Subjects, bad: set[tuple[Path, int]]) -> Iterator[Finding]:
    """Names of unknown entities, and a name that belongs to two.

    Args:
        names: the rows.
        subjects: what may be named.
        bad: is given the rows that share a mistake told at another.
    """
    owners: dict[str, MappingRow] = {}
    repeated = Repeated()
    for row in cell_findings(names, "subject_id", repeated):
        if wrong := subjects.wrong(row.iri("subject_id"), row["subject_id"]):
            repeated.add(row, *wrong)
        elif not row.iri("subject_id").startswith(BASE) or row.iri("subject_id").startswith(AX):
            repeated.add(row, f"{quoted(row['subject_id'])} is no entity or source", "correct the id")
    yield from repeated.findings()
    bad.update((row.path, row.line) for row in repeated.bad)
    for row in names:
        if not re.fullmatch(r"[a-z]{2,3}", row["language"]) or not row["name"].strip() or not row["evidence"]:
            yield row.finding("language, name or evidence is missing", "complete the row")
        other = owners.setdefault(row["name"].casefold(), row)
        if other["subject_id"] != row["subject_id"]:
            yield row.finding(
                f"{row['name']!r} also names {other['subject_id']}", "drop both: it tells nothing"
            )


def check_codes(mappings: Mappings, entities: Iterable[Record]) -> Iterator[Finding]:
    """Codes shared by two entities, and codes that differ from those of the mapped item."""
    owners: dict[tuple[str, str], Record] = {}
    stated: dict[str, dict[str, str]] = defaultdict(dict)
    repeated = Repeated()
    for row in _code_rows(mappings.codes, repeated):
        key = row.iri("property").removeprefix(AX)
        other = stated[row.iri("object_id")].setdefault(key, row["code"])
        if other != row["code"]:
            yield row.finding(
                f"{key} of {row['object_id']} is {other} in another row", "keep the one that holds"
            )
    yield from repeated.findings()
    items = mappings.items()
    first: dict[str, Record] = {}
    for entity in entities:
        if first.setdefault(entity.id, entity) is not entity:
            continue  # that its id is taken is told
        for key in CODES:
            code = entity.data.get(key)
            if not isinstance(code, str):
                continue
            owner = owners.setdefault((key, code), entity)
            if owner is not entity:
                yield entity.finding(
                    f"{key} {code} is also that of {owner.id}", _same_code(entity, owner), key
                )
        item = items.get(BASE + entity.id, "")
        for key, code in stated.get(item, {}).items():
            if entity.data.get(key) != code:
                said = entity.data.get(key) or "none"
                message = (
                    f"{key} is {said}, but {code} in the item it maps to ({item.removeprefix(WIKIDATA)})"
                )
                yield entity.finding(message, "correct the code or the mapping")


def _same_code(entity: Record, owner: Record) -> str:
    """What to do about a code of two: in one corpus, or in two of which one lies below the other."""
    if entity.document.folder == owner.document.folder:
        return "correct one of them"
    return f"if {owner.id} is meant, use this id and leave the record out; if not, correct the code"


def _code_rows(codes: list[MappingRow], repeated: Repeated) -> Iterator[MappingRow]:
    """The rows that say which code an item of Wikidata has."""
    items = list(cell_findings(codes, "object_id", repeated))
    for row in cell_findings(items, "property", repeated):
        name = row.iri("property").removeprefix(AX)
        if name not in CODES:
            repeated.add(
                row, f"{quoted(row['property'])} is no code", did_you_mean(name, CODES, f"use one of {CODES}")
            )
        elif not re.fullmatch(r"Q[1-9][0-9]*", row.iri("object_id").removeprefix(WIKIDATA)):
            repeated.add(
                row, f"{quoted(row['object_id'])} is no item of Wikidata", "copy it from the evidence"
            )
        elif not row["code"].strip() or not row["evidence"].strip():
            repeated.add(
                row, "code or evidence is missing", "complete the row", kind="gap", value=str(row.line)
            )
        else:
            yield row
