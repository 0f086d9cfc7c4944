"""Templates of a mapping checked: fields that stand for nothing, values that no row has, what claims lack."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import Corpus, Head, Record, as_list, in_corpus, strings
from araxes.triples.authoring.corpus_layers import Layers
from araxes.triples.authoring.dates_and_calendars import Bounds, edtf_bounds
from araxes.triples.authoring.findings import FOLLOWS, Finding, did_you_mean, quoted
from araxes.triples.authoring.yaml_lines import Key
from araxes.triples.tables.rows import Row, likelier_delimiter
from araxes.triples.tables.table_mappings import TableMapping

FIELD = re.compile(r"\{([^{}]+)\}")
"""What stands for a thing, date, period or column."""


def delimiter_findings(mapping: TableMapping, text: str) -> Iterator[Finding]:
    """A table whose values are parted by something else than the mapping says."""
    if other := likelier_delimiter(text, mapping.delimiter):
        key = ("delimiter",) if "delimiter" in mapping.document.data else ("table",)
        shown = other.replace("\t", "\\t")
        message = f"the header of {mapping.table} is one column: no {quoted(mapping.delimiter)} stands in it"
        yield mapping.document.finding(message, f'write `delimiter: "{shown}"`', key)


def source_findings(
    mapping: TableMapping, heads: Iterable[Record], text: str, digest: str
) -> Iterator[Finding]:
    """A source that nobody describes, and a table that is another than its head describes.

    Args:
        mapping: of the table; its own head counts, if it has one.
        heads: the sources that corpora describe.
        text: the table.
        digest: SHA-256 of its file.
    """
    own = Record("source", mapping.head, mapping.document, ("source",)) if mapping.head else None
    known = {each.id: each for each in heads}
    if own is None and mapping.source not in known:
        remedy = did_you_mean(
            mapping.source, known, "write its head here, or begin it with `araxes new source`"
        )
        message = f"its source {quoted(mapping.source)} is described nowhere"
        yield mapping.document.finding(message, remedy, ("source",))
        return
    for head in [own or known[mapping.source]]:
        described = head.data.get("sourceText")
        written = described if isinstance(described, dict) else {}
        wanted = (("sha256", digest), ("characterCount", len(text)))
        if differing := [(key, found) for key, found in wanted if written.get(key, found) != found]:
            new = " and ".join(f"`{key}: {found}`" for key, found in differing)
            remedy = f"bring back the table that was described; or, if it was changed on purpose, write {new}"
            message = f"{mapping.table} is not the table that is described here"
            yield head.finding(message, remedy, "sourceText", differing[0][0])


def template_findings(
    mapping: TableMapping, columns: Collection[str], known: Collection[str]
) -> Iterator[Finding]:
    """Fields that are nothing, braces that do not close, and names that mean what nobody describes.

    Args:
        mapping: what the columns stand for.
        columns: of the table.
        known: ids of the things that are known.
    """
    fields = {*columns, *mapping.things, *mapping.dates, *mapping.periods}
    for kind, templates in (("claims", mapping.claims), ("entities", mapping.entities)):
        for index, template in enumerate(templates):
            for name in dict.fromkeys(_unquoted(template)):
                message = f"{{{name}}} without quotation marks is a mapping in YAML, not a field"
                yield mapping.document.finding(message, f'write "{{{name}}}"', (kind, index))
            for text in dict.fromkeys(strings(template)):
                yield from _fields(mapping, text, fields, (kind, index))
    for name, thing in mapping.things.items():
        for value, meant in thing.get("names", {}).items():
            if meant not in known:
                remedy = did_you_mean(str(meant), known, "describe it in entities/")
                message = f"{quoted(value)} stands for {quoted(meant)}, which nobody describes"
                yield mapping.document.finding(message, remedy, ("things", name, "names", value))


def _unquoted(template: Any) -> Iterator[str]:
    """What stands between braces without quotation marks: YAML reads ``{one}`` as a mapping."""
    inner = list(template.values()) if isinstance(template, dict) else template
    if isinstance(template, dict) and len(template) == 1 and inner == [None]:
        yield str(next(iter(template)))
    for each in inner if isinstance(inner, list) else ():
        yield from _unquoted(each)


def _fields(mapping: TableMapping, text: str, fields: Collection[str], key: Key) -> Iterator[Finding]:
    for name in FIELD.findall(text):
        if name not in fields:
            remedy = did_you_mean(name, fields, f"the fields are {', '.join(sorted(fields))}")
            message = f"{{{name}}} is no thing, date, period or column"
            yield mapping.document.finding(message, remedy, key)
    if set("{}") & set(FIELD.sub("", text)):
        message = f"a brace of {quoted(text)} does not close, or opens nothing"
        yield mapping.document.finding(message, "write {name} for each field", key)


def values_of_no_row(mapping: TableMapping, rows: Sequence[Row]) -> Iterator[str]:
    """What templates ask for under ``where`` that no row has, in words."""
    for index, template in enumerate(mapping.claims):
        for column, wanted in template.get("where", {}).items():
            there = {row.cells.get(column, "") for row in rows}
            if rows and not there & {str(each) for each in as_list(wanted)}:
                line = mapping.document.line(("claims", index, "where"))
                few = ", ".join(sorted(there)[:6])
                yield f"line {line}: no row has {wanted} in {column}, which has {few}"


def horizon_findings(
    mapping: TableMapping, heads: Iterable[Record], claims: Iterable[dict[str, Any]]
) -> Iterator[Finding]:
    """A head whose horizon the dates of some rows leave."""
    own = Record("source", mapping.head, mapping.document, ("source",)) if mapping.head else None
    described = own or next((each for each in heads if each.id == mapping.source), None)
    horizon = _bounds(described.data.get("horizon")) if described else None
    if described is None or horizon is None:
        return
    outside = [
        (claim["passage"]["row"], date)
        for claim in claims
        for date in _dates(claim)
        if _leaves(date, horizon)
    ]
    if outside:
        row, date = outside[0]
        count = len({number for number, _ in outside})
        rows = f"those of {count} rows, the first" if count > 1 else "that of"
        message = f"horizon: {described.data['horizon']} leaves out {rows} row {row} ({date})"
        yield described.finding(message, "widen it, or see whether the dates are read rightly", "horizon")


def _dates(claim: dict[str, Any]) -> list[str]:
    statements = [each for each in claim["asserts"] if isinstance(each, dict)]
    found = [claim.get("period"), *(each.get("date") for each in statements)]
    return [each for each in found if isinstance(each, str)]


def _bounds(text: object) -> Bounds | None:
    try:
        return edtf_bounds(text) if isinstance(text, str) else None
    except ValueError:
        return None  # told where it is checked


def _leaves(text: str, horizon: Bounds) -> bool:
    date = _bounds(text)
    early = date and date.earliest and horizon.earliest and date.earliest < horizon.earliest
    late = date and date.latest and horizon.latest and date.latest > horizon.latest
    return bool(early or late)


def same_ends(
    mapping: TableMapping, claims: Iterable[tuple[int, dict[str, Any]]], words: Vocabulary
) -> Iterator[Finding]:
    """Claims in which a thing stands in a relation to itself, by template; told at the first of its rows."""
    rows: dict[tuple[int, str], list[int]] = {}
    for index, claim in claims:
        for thing in filter(None, (_related_to_itself(each, words) for each in claim["asserts"])):
            rows.setdefault((index, thing), []).append(claim["passage"]["row"])
    for (index, thing), numbers in rows.items():
        more = f", and {len(numbers) - 1} more rows" if len(numbers) > 1 else ""
        message = f"row {numbers[0]}: both ends are {thing}{more}"
        remedy = "correct the table, or leave such rows out with `where`"
        yield mapping.document.finding(message, remedy, ("claims", index, "asserts"))


def _related_to_itself(statement: object, words: Vocabulary) -> str:
    """The thing that a statement relates to itself; empty for any other."""
    if not isinstance(statement, dict):
        return ""
    pairs = [
        (statement.get("subject"), statement.get("object")),
        (statement.get("actor"), statement.get("recipient")),
    ]
    for key, value in statement.items():
        declared = words.properties.get(key)
        if key != "id" and declared and declared.kind == "object":
            pairs += [(statement.get("id"), each) for each in as_list(value)]
    return next((one for one, other in pairs if isinstance(one, str) and one == other), "")


def made_findings(
    mapping: TableMapping,
    claims: Iterable[tuple[int, dict[str, Any]]],
    entities: Iterable[tuple[int, dict[str, Any]]],
    known: Corpus,
    layers: Layers,
) -> list[Finding]:
    """What the checks of annotated sources say of the first claim and record that each template made.

    Args:
        mapping: what the columns stand for; findings are at its lines.
        claims: number of the template, claim.
        entities: number of the template, record.
        known: what corpora describe.
        layers: the corpora; the mapping is one of the uppermost.
    """
    document = in_corpus(mapping.document, layers.top, layers)
    beside = replace(document, path=document.path.with_name("source of the table"), data={}, lines={})
    head = Record("source", mapping.head, beside, ("source",)) if mapping.head else None
    heads = [head] if head else [each for each in known.sources if each.id == mapping.source]
    first = dict(reversed(list(claims)))
    records = [
        Record("claim", claim, document, ("claims", index), mapping.source) for index, claim in first.items()
    ]
    made = [Record("entity", data, document, ("entities", index)) for index, data in entities]
    once = {record.key: record for record in reversed(made)}
    others = [replace(each, document=beside) for each in made if each is not once[each.key]]
    corpus = Corpus(
        [*known.entities, *once.values(), *others], heads, [], records, [], [Head(beside, mapping.source)]
    )
    found = check_records(corpus, {document.path}).findings
    return [each for each in found if each.severity != FOLLOWS and each.place.path == document.path]
