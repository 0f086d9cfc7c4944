"""Second check of the YAML files: that ids lead somewhere and dates, passages and denials make sense."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.authoring.check_structure import structure_findings
from araxes.triples.authoring.corpus import SOURCE_KEYS, Corpus, Head, Record, as_list
from araxes.triples.authoring.dates import edtf_bounds, solar_hijri_bounds
from araxes.triples.authoring.findings import Finding, did_you_mean, near_words, quoted
from araxes.triples.authoring.lost_ids import FaultyHead, Lost, faulty_heads, lost_ids, part_id
from araxes.triples.authoring.sound_corpus import CheckedRecords, divide_corpus
from araxes.triples.authoring.told_once import follows, told_once

CLAIM_REFERENCES = ("holder", "cites", "arguedFrom", "accordingTo", "degree", "condition")
"""Keys of a claim, outside its statements, whose values are ids."""

_MANY = 3
"""So many records may share a mistake until it is taken for one made elsewhere."""

_EMPTY = {"id", "type", "label", "concerns"}
_LOCAL = re.compile(r"#[\w.-]+")
_DESCRIBE = "describe it in triples/corpus/entities"


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
    known = _Known(corpus, vocabulary())
    findings.extend(each for each in _duplicates(corpus) if files is None or each.place.path in files)
    for head in chosen.heads:
        findings.extend(_head(head, known))
    for record in chosen.records():
        formed = (record.document.path, record.id) not in broken and not record.flawed
        findings.extend(_CHECKS[record.kind](record, known, formed))
    return divide_corpus(chosen, told_once(findings))


@dataclass(frozen=True)
class _Known:
    """What ids may refer to."""

    corpus: Corpus
    words: Vocabulary

    @cached_property
    def ids(self) -> set[str]:
        return known_ids(self.corpus)

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
            found[source.id] = length if isinstance(length, int) and _is_count(length) else 0
        return found

    @cached_property
    def beyond(self) -> dict[str, list[tuple[Record, int]]]:
        """Claims with a passage beyond the text of their source, and its end, by the source."""
        found: dict[str, list[tuple[Record, int]]] = {}
        for claim in self.corpus.claims:
            length = self.lengths.get(claim.source, 0)
            spans = [span for span in as_list(claim.data.get("passage")) if isinstance(span, dict)]
            end = max((span["end"] for span in spans if _is_count(span.get("end"))), default=0)
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
    return record.finding(f"the id stands already at {where}", "give each its own id, or merge them", "id")


def _head(head: Head, known: _Known) -> Iterator[Finding]:
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


def _entity(entity: Record, known: _Known, formed: bool) -> Iterator[Finding]:
    for name, value in entity.data.items():
        declared = known.words.properties.get(name)
        if declared and declared.kind == "object":
            yield from _references(entity, as_list(value), (name,), known)
    if formed:
        yield from _date_findings(entity, entity.data, ())


def _source(source: Record, known: _Known, formed: bool) -> Iterator[Finding]:
    author = source.data.get("sourceAuthor")
    if isinstance(author, dict) and "author" in author:
        members, where = as_list(author["author"]), ("sourceAuthor", "author")
        yield from _references(source, members, where, known)
        yield from _of_kind(source, members, where, known)
    yield from _parts(source, known)
    if not formed:
        return
    yield from _date_findings(source, source.data, ())
    if "horizon" in source.data:
        yield from _edtf(source, source.data["horizon"], ("horizon",))
    if source.id in known.unread:
        yield follows(source.finding("its readings cannot be read", "see there"))
    elif source.id not in known.read:
        remedy = "add one under `curation:`, with curator, date and guideline"
        yield source.finding("nobody is said to have read it", remedy)


def _parts(source: Record, known: _Known) -> Iterator[Finding]:
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


def _curation(curation: Record, known: _Known, formed: bool) -> Iterator[Finding]:
    if "curator" in curation.data:
        curators = as_list(curation.data["curator"])
        yield from _references(curation, curators, ("curator",), known)
        yield from _of_kind(curation, curators, ("curator",), known)
    if not formed:
        return
    yield from _date_findings(curation, curation.data, ())
    if not curation.id.startswith(f"{curation.source}#"):
        remedy = f"begin it with {curation.source}#reading-"
        finding = curation.finding("the id does not name its source", remedy, "id")
        yield finding if known.has_source(curation) else follows(finding)


def _of_kind(
    record: Record, values: list[Any], where: tuple[str | int, ...], known: _Known
) -> Iterator[Finding]:
    """Entities that are not what the ontology says of the values of a property."""
    name = str(where[-1])
    wanted = known.words.properties[name].range
    for value in values:
        kinds = known.kinds.get(value) if isinstance(value, str) else None
        if kinds and wanted and not kinds & wanted:
            choice = " or ".join(sorted(wanted))
            yield record.finding(f"{value} is no {choice}", f"name another as {name}", *where)


def _claim(claim: Record, known: _Known, formed: bool) -> Iterator[Finding]:
    yield from _known_references(claim, known)
    if formed:
        yield from _formed_claim(claim, known)


def _formed_claim(claim: Record, known: _Known) -> Iterator[Finding]:
    """What can be asked of a claim that has the keys and values of its schema."""
    data = claim.data
    slug = claim.source.removeprefix("source/")
    if not known.has_source(claim):
        yield follows(claim.finding("what its source is cannot be read", "see the head of the file"))
    elif not claim.id.startswith(f"claim/{slug}/"):
        yield claim.finding("the id does not name its source", f"begin it with claim/{slug}/", "id")
    if known.has_source(claim) and known.authors[claim.source] == f"{claim.source}#author":
        yield from _stance(claim)
    yield from _denial(claim)
    yield from _qualifications(claim)
    yield from _passages(claim, known)
    if "period" in data:
        yield from _edtf(claim, data["period"], ("period",))
        if data.get("periodBasis", "StatedPeriod") != "StatedPeriod":
            remedy = "write `period` if the text says so, or else `periodBasis` alone"
            yield claim.finding("a period that is written is a stated one", remedy, "periodBasis")
    elif data.get("periodBasis") == "StatedPeriod":
        yield claim.finding("the stated period is missing", "write `period`", "periodBasis")
    for index, statement in enumerate(data["asserts"]):
        yield from _date_findings(claim, statement, ("asserts", index))
        if statement.get("type") != "Denial" and "id" not in statement and "type" not in statement:
            yield claim.finding(
                "a statement has neither `id` nor `type`", "say what it is about", "asserts", index
            )
        yield from _local_node(claim, statement, ("asserts", index))
    if all(statement.keys() <= _EMPTY for statement in data["asserts"]):
        remedy = "state relations, participants, dates or values with properties of the ontology"
        yield claim.finding("its statements say nothing beyond types and labels", remedy, "asserts")


def _local_node(claim: Record, statement: dict[str, Any], where: tuple[str | int, ...]) -> Iterator[Finding]:
    name = statement.get("id", "")
    if not name.startswith("#"):
        return
    if "type" not in statement:
        yield claim.finding(f"the local node {name} has no type", "add `type:`", *where)
    if not _LOCAL.fullmatch(name) or name == "#inferred":
        message = f"a local node cannot be called {quoted(name)}"
        yield claim.finding(message, "write # and letters, digits, hyphens; #inferred is taken", *where, "id")


def _known_references(claim: Record, known: _Known) -> Iterator[Finding]:
    statements = [item for item in as_list(claim.data.get("asserts", [])) if isinstance(item, dict)]
    local = {str(item["id"]) for item in statements if str(item.get("id", "")).startswith("#")}
    for name in CLAIM_REFERENCES:
        if name in claim.data:
            yield from _references(claim, as_list(claim.data[name]), (name,), known, local)
    for index, statement in enumerate(statements):
        here = ("asserts", index)
        if "id" in statement:
            yield from _references(claim, [statement["id"]], (*here, "id"), known, local)
        for name, value in statement.items():
            declared = known.words.properties.get(name)
            if name in {"subject", "object"} or (declared and declared.kind == "object"):
                yield from _references(claim, as_list(value), (*here, name), known, local)


def _references(
    record: Record,
    values: list[Any],
    where: tuple[str | int, ...],
    known: _Known,
    local: Collection[str] = (),
) -> Iterator[Finding]:
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
        if _LOCAL.fullmatch(value):
            message = f"no node {quoted(value)[1:-1]} in this claim"
            remedy = "add it under `asserts:` or correct the name"
        elif value.startswith("claim/"):
            message = f"{quoted(value)} is a claim, and nothing can be said of claims"
            remedy = "name an entity or a source"
        elif "/" in value:
            message = f"unknown entity {quoted(value)}"
            remedy = did_you_mean(value, known.ids, _DESCRIBE)
        else:
            message = f"unknown term {quoted(value)}"
            remedy = did_you_mean(
                value, known.words.individuals, "use an entity id or a controlled individual"
            )
        yield record.finding(message, remedy, *where)


def _stance(claim: Record) -> Iterator[Finding]:
    own = as_list(claim.data["holder"]) == [f"{claim.source}#author"]
    stance = claim.data.get("authorStance")
    if not own and stance is None:
        remedy = "add `authorStance:` Endorses, Reports or Disputes"
        yield claim.finding("a view of somebody else has no author's stance", remedy, "holder")
    if own and stance not in {None, "OwnVoice"}:
        remedy = "leave authorStance out, or name the real holder"
        yield claim.finding(f"the author cannot be said to hold and {stance} a view", remedy, "authorStance")
    if not own and stance == "OwnVoice":
        remedy = "write Endorses, Reports or Disputes"
        yield claim.finding("the view of somebody else is not the author's own voice", remedy, "authorStance")


def _denial(claim: Record) -> Iterator[Finding]:
    denials = sum(item.get("type") == "Denial" for item in claim.data["asserts"])
    if claim.data["modality"] == "Denied" and not denials:
        remedy = "write `{type: Denial, subject: …, property: …, object: …}`"
        yield claim.finding("modality is Denied but nothing is denied", remedy, "asserts")
    if claim.data["modality"] != "Denied" and denials:
        remedy = "set `modality: Denied`, and put what is affirmed into a claim of its own"
        yield claim.finding("something is denied but modality is not Denied", remedy, "modality")


def _qualifications(claim: Record) -> Iterator[Finding]:
    """A qualification names a statement of the claim, affirmed or denied, or one of its subjects."""
    statements = claim.data["asserts"]
    named: set[tuple[str, ...]] = set()
    for item in statements:
        if item.get("type") == "Denial":
            value = str(item.get("object", item.get("value")))
            named |= {(item["subject"],), (item["subject"], item["property"], value)}
        elif "id" in item:
            named.add((item["id"],))
            named |= {(item["id"], key, str(v)) for key, value in item.items() for v in as_list(value)}
    for index, item in enumerate(statements):
        if item.get("type") != "Qualification":
            continue
        value = item.get("object", item.get("value"))
        parts = (item["subject"], item["property"], str(value)) if "property" in item else (item["subject"],)
        if parts not in named:
            remedy = "name subject, property and object of a statement as it stands in the claim"
            yield claim.finding("the qualification names no statement of the claim", remedy, "asserts", index)
        if not item.keys() & {"degree", "condition", "accordingTo", "modality", "manner"}:
            remedy = "add `degree:`, `condition:`, `accordingTo:`, `modality:` or `manner:`"
            yield claim.finding("the qualification says nothing", remedy, "asserts", index)


def _passages(claim: Record, known: _Known) -> Iterator[Finding]:
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


def _date_findings(record: Record, node: dict[str, Any], where: tuple[str | int, ...]) -> Iterator[Finding]:
    if "date" in node:
        yield from _edtf(record, node["date"], (*where, "date"))
    if "dateSolarHijri" not in node:
        return
    for value in as_list(node["dateSolarHijri"]):
        try:
            hijri = solar_hijri_bounds(str(value))
            gregorian = edtf_bounds(str(node["date"])) if "date" in node else hijri
        except ValueError as error:
            remedy = _date_remedy(error, "write 1370, 1370-10 or 1370-10-04")
            yield record.finding(f"bad date: {error}", remedy, *where, "dateSolarHijri")
            continue
        if not hijri.meets(gregorian):
            message = (
                f"bad date: {value} (Solar Hijri) is {hijri.earliest} to {hijri.latest}, not {node['date']}"
            )
            remedy = "correct one of the two; if the source prints both, keep one and add a correction"
            yield record.finding(message, remedy, *where, "dateSolarHijri")


def _edtf(record: Record, value: Any, where: tuple[str | int, ...]) -> Iterable[Finding]:
    for item in as_list(value):
        try:
            edtf_bounds(str(item))
        except ValueError as error:
            remedy = 'write EDTF in quotes, such as "1991", "1991-12-25", "1993~" or "1992-05-16/1992-05-18"'
            yield record.finding(f"bad date: {error}", _date_remedy(error, remedy), *where)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict)


def _date_remedy(error: ValueError, otherwise: str) -> str:
    if "ends before it begins" not in str(error):
        return otherwise
    return "write the earlier date first: in a text from right to left the two can change places unseen"


_CHECKS = {"entity": _entity, "source": _source, "curation": _curation, "claim": _claim}
"""Kind of a record → its check; of one that is not formed as its schema says only the references count."""
