"""Second check of the YAML files: that ids lead somewhere and dates, passages and denials make sense."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.check_dates import date_findings, edtf_findings
from araxes.triples.authoring.check_entities import bare_relations
from araxes.triples.authoring.check_statements import (
    LOCAL_ID,
    denial_findings,
    local_node_findings,
    object_or_value_findings,
    qualification_findings,
    repeated_findings,
    self_findings,
    stance_findings,
)
from araxes.triples.authoring.check_structure import structure_findings
from araxes.triples.authoring.contradictory_types import type_findings
from araxes.triples.authoring.corpus import Corpus, Head, Record, as_list
from araxes.triples.authoring.findings import Finding, did_you_mean, quoted
from araxes.triples.authoring.known_things import Known
from araxes.triples.authoring.language_tags import LANGUAGE_TAG, better_tag
from araxes.triples.authoring.lost_ids import part_id
from araxes.triples.authoring.meant_things import of_unknown_id, of_unknown_term
from araxes.triples.authoring.plausible_dates import impossible_dates
from araxes.triples.authoring.sound_corpus import CheckedRecords, divide_corpus
from araxes.triples.authoring.told_once import follows, told_once

CLAIM_REFERENCES = ("holder", "cites", "arguedFrom", "readAs", "accordingTo", "degree", "condition")
"""Keys of a claim, outside its statements, whose values are ids."""

_MANY = 3
"""So many records may share a mistake until it is taken for one made elsewhere."""

_PREFIXED = re.compile(r"[a-z][a-z0-9-]*:")
_NO_PREFIX = "no corpus below with this prefix describes it: see which corpora are named, and the id"

_EMPTY = {"id", "type", "label", "concerns"}


def check_records(corpus: Corpus, files: Collection[Path] | None = None) -> CheckedRecords:
    """Everything that is wrong with a corpus, and the records with which nothing is.

    Whatever stands in the files, this raises nothing.

    Args:
        corpus: what ids may refer to.
        files: look only at the records of these files, instead of at all.
    """
    chosen = corpus if files is None else corpus.part(files.__contains__)
    findings = [*corpus.findings, *structure_findings(chosen)]
    broken = {(finding.place.path, finding.subject) for finding in findings}
    known = Known(corpus, vocabulary())
    findings.extend(each for each in _duplicates(corpus) if files is None or each.place.path in files)
    for head in chosen.heads:
        findings.extend(_head(head, known))
    for record in chosen.records():
        formed = (record.document.path, record.id) not in broken and not record.flawed
        findings.extend(_CHECKS[record.kind](record, known, formed))
    return divide_corpus(chosen, told_once(findings))


def _duplicates(corpus: Corpus) -> Iterator[Finding]:
    first: dict[str, Record] = {}
    copies: dict[tuple[Path, bool], list[tuple[Record, Record]]] = {}
    for record in filter(_may_repeat, corpus.records()):
        earlier = first.setdefault(record.id, record)
        if earlier is not record:
            path = record.document.path
            copies.setdefault((path, path != earlier.document.path), []).append((record, earlier))
    for (_, elsewhere), pairs in copies.items():
        found = [_duplicate(*pair) for pair in pairs]
        if len(found) > _MANY and elsewhere:
            more = f", and so do {len(found) - 1} more ids of this file"
            yield replace(found[0], message=found[0].message + more, remedy="keep them in one of the files")
            found = [follows(each) for each in found[1:]]
        yield from found


def _may_repeat(record: Record) -> bool:
    """Whether it has an id that another could have; that of a source that is none is told as such."""
    return record.id.startswith("source/") if record.kind == "source" else bool(record.id)


def _duplicate(record: Record, earlier: Record) -> Finding:
    where = f"{earlier.document.path.name}:{earlier.line()}"
    if record.kind == "refinement":
        message = f"{record.data['refines']} is refined already at {where}"
        return record.finding(message, "write all of it in one record", "refines")
    below, own = earlier.document.folder, record.document.folder
    if below and own and below != own:
        message = f"the corpus {below.name} has this id already ({where})"
        remedy = "give it another id; or, if the same is meant, use the id without describing it again"
        if record.kind == "entity":
            remedy += f", and add to it with `- refines: {record.id}`"
        return record.finding(message, remedy, "id")
    return record.finding(f"the id stands already at {where}", "give each its own id, or merge them", "id")


def _head(head: Head, known: Known) -> Iterator[Finding]:
    """A file that names a source which is described nowhere, or another than its claims and readings."""
    described = isinstance(head.document.data.get("source"), dict)
    key: tuple[str, ...] = ("source", "id") if described else ("source",)
    subject = head.named if described else ""
    fault = known.faults.get(head.document.path)
    if head.named and head.named not in known.lengths:
        if head.named not in known.lost.ids and not known.lost.sources:
            message = f"its source {quoted(head.named)} is described nowhere"
            remedy = did_you_mean(head.named, known.lengths, "describe it under `source:`")
            yield head.document.finding(message, remedy, key)
    elif head.named and fault:
        message = f"{fault.others} ids of this file are of {fault.meant}, {fault.agreeing} of {head.named}"
        remedy = f"write {fault.meant} here, or correct the ids"
        yield head.document.finding(message, remedy, key, subject)


def _entity(entity: Record, known: Known, formed: bool) -> Iterator[Finding]:
    yield from type_findings(entity)
    yield from bare_relations(entity, known.words)
    for name, value in entity.data.items():
        declared = known.words.properties.get(name)
        if declared and declared.kind == "object":
            yield from _references(entity, as_list(value), (name,), known)
    if formed:
        yield from date_findings(entity, entity.data, ())


def _refinement(refinement: Record, known: Known, formed: bool) -> Iterator[Finding]:
    target = refinement.data.get("refines")
    yield from _references(refinement, [target], ("refines",), known)
    yield from _entity(refinement, known, formed)
    refined = known.entities.get(str(target))
    if refined is None:
        if target in known.ids:
            remedy = "name an entity: what is to be said of a source stands in its head"
            yield refinement.finding(f"{target} is no entity, and cannot be refined", remedy, "refines")
        return
    if refined.document.folder == refinement.document.folder:
        remedy = f"say it in its own record ({refined.document.path.name}:{refined.line()})"
        yield refinement.finding(f"this corpus describes {target} itself", remedy, "refines")
    for key, value in refinement.data.items():
        given = refined.data.get(key)
        if key == "label" and isinstance(value, dict) and isinstance(given, dict):
            for language in value.keys() & given.keys():
                message = f"{target} has a label in {language} already, {quoted(given[language])}"
                yield refinement.finding(message, "write it under `altLabel`", "label", language)
        elif given is not None and all(each in as_list(given) for each in as_list(value)):
            message = f"the record of {target} says this already"
            yield refinement.finding(message, "leave it out", key)


def _source(source: Record, known: Known, formed: bool) -> Iterator[Finding]:
    author = source.data.get("sourceAuthor")
    if isinstance(author, dict) and "author" in author:
        members, where = as_list(author["author"]), ("sourceAuthor", "author")
        yield from _references(source, members, where, known)
        yield from _of_kind(source, members, where, known)
    yield from _parts(source, known)
    language = source.data.get("language")
    if isinstance(language, str) and (better_tag(language) or not LANGUAGE_TAG.fullmatch(language)):
        remedy = f"write {better_tag(language) or 'its BCP 47 tag, such as en or fa'}"
        yield source.finding(f"language: {quoted(language)} is no tag", remedy, "language")
    if not formed:
        return
    yield from date_findings(source, source.data, ())
    if "accessDate" in source.data:
        yield from edtf_findings(source, source.data["accessDate"], ("accessDate",))
    yield from impossible_dates(source)
    if "horizon" in source.data:
        yield from edtf_findings(source, source.data["horizon"], ("horizon",))
    if source.id in known.unread:
        yield follows(source.finding("its readings cannot be read", "see there"))
    elif source.id not in known.read:
        remedy = "add one under `curation:`, with curator, date and guideline"
        yield source.finding("nobody is said to have read it", remedy)


def _parts(source: Record, known: Known) -> Iterator[Finding]:
    """Text and authorship that do not name their source, and a text that ends before many passages do."""
    for key, name in (("sourceText", "text"), ("sourceAuthor", "author")):
        written, wanted = part_id(source, key), f"{source.id}#{name}"
        if source.id and written != wanted and re.fullmatch(r"source/[a-z0-9-]+#[a-z0-9-]+", written):
            finding = source.finding(
                f"the id of {key} does not name its source", f"write {wanted}", key, "id"
            )
            fault = known.faults.get(source.document.path)
            yield follows(finding) if fault and written == f"{fault.meant}#{name}" else finding
    beyond = known.beyond.get(source.id, [])
    if len(beyond) > _MANY:
        named = ", ".join(f"{claim.id} at {end}" for claim, end in beyond[:_MANY])
        message = f"the passages of {len(beyond)} claims end beyond the {known.lengths[source.id]} characters"
        remedy = "count the characters of the text (not its bytes), or correct those passages"
        yield source.finding(f"{message} of the text ({named} …)", remedy, "sourceText", "characterCount")


def _curation(curation: Record, known: Known, formed: bool) -> Iterator[Finding]:
    if "curator" in curation.data:
        curators = as_list(curation.data["curator"])
        yield from _references(curation, curators, ("curator",), known)
        yield from _of_kind(curation, curators, ("curator",), known)
    if not formed:
        return
    yield from date_findings(curation, curation.data, ())
    yield from impossible_dates(curation)
    if not curation.id.startswith(f"{curation.source}#"):
        remedy = f"begin it with {curation.source}#reading-"
        finding = curation.finding("the id does not name its source", remedy, "id")
        yield finding if known.has_source(curation) else follows(finding)


def _of_kind(
    record: Record, values: list[Any], where: tuple[str | int, ...], known: Known
) -> Iterator[Finding]:
    """Entities that are not what the ontology says of the values of a property."""
    name = str(where[-1])
    wanted = known.words.properties[name].range
    for value in values:
        kinds = known.kinds.get(value) if isinstance(value, str) else None
        if kinds and wanted and not kinds & wanted:
            choice = " or ".join(sorted(wanted))
            yield record.finding(f"{value} is no {choice}", f"name another as {name}", *where)


def _claim(claim: Record, known: Known, formed: bool) -> Iterator[Finding]:
    yield from _known_references(claim, known)
    if formed:
        yield from _formed_claim(claim, known)


def _formed_claim(claim: Record, known: Known) -> Iterator[Finding]:
    """What can be asked of a claim that has the keys and values of its schema."""
    data = claim.data
    slug = claim.source.removeprefix("source/")
    if not known.has_source(claim):
        yield follows(claim.finding("what its source is cannot be read", "see the head of the file"))
    elif not claim.id.startswith(f"claim/{slug}/"):
        yield claim.finding("the id does not name its source", f"begin it with claim/{slug}/", "id")
    if known.has_source(claim) and known.authors[claim.source] == f"{claim.source}#author":
        yield from stance_findings(claim)
    yield from denial_findings(claim)
    yield from self_findings(claim)
    yield from qualification_findings(claim)
    yield from object_or_value_findings(claim, known.words)
    yield from repeated_findings(claim)
    yield from _passages(claim, known)
    if "period" in data:
        yield from edtf_findings(claim, data["period"], ("period",))
        if data.get("periodBasis", "StatedPeriod") != "StatedPeriod":
            remedy = "write `period` if the text says so, or else `periodBasis` alone"
            yield claim.finding("a period that is written is a stated one", remedy, "periodBasis")
    elif data.get("periodBasis") == "StatedPeriod":
        yield claim.finding("the stated period is missing", "write `period`", "periodBasis")
    for index, statement in enumerate(data["asserts"]):
        yield from date_findings(claim, statement, ("asserts", index))
        if statement.get("type") != "Denial" and "id" not in statement and "type" not in statement:
            yield claim.finding(
                "a statement has neither `id` nor `type`", "say what it is about", "asserts", index
            )
        yield from local_node_findings(claim, statement, ("asserts", index))
    if all(statement.keys() <= _EMPTY for statement in data["asserts"]):
        remedy = "state relations, participants, dates or values with properties of the ontology"
        yield claim.finding("its statements say nothing beyond types and labels", remedy, "asserts")


def _known_references(claim: Record, known: Known) -> Iterator[Finding]:
    statements = [item for item in as_list(claim.data.get("asserts", [])) if isinstance(item, dict)]
    local = {str(item["id"]) for item in statements if str(item.get("id", "")).startswith("#")}
    for name in CLAIM_REFERENCES:
        if name in claim.data:
            yield from _references(claim, as_list(claim.data[name]), (name,), known, local)
    yield from _held_by_sources(claim, known)
    for index, statement in enumerate(statements):
        here = ("asserts", index)
        if "id" in statement:
            yield from _references(claim, [statement["id"]], (*here, "id"), known, local)
        for name, value in statement.items():
            declared = known.words.properties.get(name)
            if name in {"subject", "object"} or (declared and declared.kind == "object"):
                yield from _references(claim, as_list(value), (*here, name), known, local)


def _held_by_sources(claim: Record, known: Known) -> Iterator[Finding]:
    """Holders that are sources: what is written holds no view."""
    for value in as_list(claim.data.get("holder", [])):
        if isinstance(value, str) and value in known.authors:
            people = ", ".join(known.writers[value])
            remedy = (
                f"write {known.authors[value] or f'{value}#author'}"
                + f", or who it is: {people}" * bool(people)
            )
            yield claim.finding(f"{value} is a source, and a source holds no view", remedy, "holder")


def _references(
    record: Record,
    values: list[Any],
    where: tuple[str | int, ...],
    known: Known,
    local: Collection[str] = (),
) -> Iterator[Finding]:
    name = next((part for part in reversed(where) if isinstance(part, str)), "")
    for value in values:
        if not isinstance(value, str) or value in known.ids or value in local:
            continue
        if value in known.words.individuals:
            continue
        if value in known.words.scheme_values:
            continue
        if known.lost.may_hold(value) and "/" in value:
            yield follows(
                record.finding(f"{quoted(value)} may stand in what cannot be read", "see there", *where)
            )
            continue
        if LOCAL_ID.fullmatch(value):
            message = f"no node {quoted(value)[1:-1]} in this claim"
            remedy = "add it under `asserts:` or correct the name"
        elif value.startswith("claim/"):
            message = f"{quoted(value)} is a claim, and nothing can be said of claims"
            remedy = "name an entity or a source"
        elif "/" in value:
            message = f"unknown entity {quoted(value)}"
            otherwise = _NO_PREFIX if _PREFIXED.match(value) else ""
            remedy = of_unknown_id(record, value, name, known, otherwise)
        else:
            message = f"unknown term {quoted(value)}"
            remedy = of_unknown_term(name, value, known)
        yield record.finding(message, remedy, *where)


def _passages(claim: Record, known: Known) -> Iterator[Finding]:
    length = known.lengths[claim.source] if known.has_source(claim) else 0
    many = len(known.beyond.get(claim.source, [])) > _MANY
    spans = as_list(claim.data["passage"])
    for index, span in enumerate(spans):
        where = ("passage", index) if isinstance(claim.data["passage"], list) else ("passage",)
        if span["start"] >= span["end"]:
            yield claim.finding(
                f"the passage {span['start']}–{span['end']} is empty", "set start before end", *where
            )
        elif length and span["end"] > length:
            message = f"the passage ends at {span['end']}, the text at {length}"
            remedy = "correct start and end (characters, not bytes), or else the characterCount of the source"
            finding = claim.finding(message, remedy, *where)
            yield follows(finding) if many else finding
    for key, times in Counter((span["start"], span["end"]) for span in spans).items():
        if times > 1:
            yield claim.finding(f"the passage {key[0]}–{key[1]} stands twice", "keep one", "passage")


_CHECKS = {
    "entity": _entity,
    "refinement": _refinement,
    "source": _source,
    "curation": _curation,
    "claim": _claim,
}
"""Kind of a record → its check; of one that is not formed as its schema says only the references count."""
