"""From what an author writes to complete JSON-LD nodes: local ids, dates' bounds, defaults, passages.

What stands here is all that JSON-LD itself cannot say; terms and datatypes are in the context.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from araxes.ontology.namespaces import AX, BASE, XSD
from araxes.ontology.vocabulary import Vocabulary
from araxes.triples.authoring.corpus import as_list
from araxes.triples.authoring.dates_and_calendars import edtf_bounds, edtf_of, solar_hijri_bounds
from araxes.triples.authoring.sound_corpus import SoundCorpus, SoundRecord

Node = dict[str, Any]

RFC_7111 = "https://www.rfc-editor.org/rfc/rfc7111"
"""The standard by which rows of a table are named."""

QUALIFIERS = ("degree", "condition", "accordingTo")
"""Keys of a claim that qualify all its statements."""

REFERENCES = frozenset({"Qualification", "MentionedStatement"})
"""Types of the items of ``asserts`` that name a statement and do not make it."""

_LOCAL_NAMES = {"Denial": "denial", "Qualification": "qualification", "MentionedStatement": "mention"}


@dataclass
class SourceParts:
    """What a source gives to each of its claims.

    Attributes:
        readings: its readings, in order of id.
        horizon: the time it is about, in EDTF; empty if it names none.
    """

    readings: list[SoundRecord] = field(default_factory=list)
    horizon: str = ""


def entity_node(entity: SoundRecord, words: Vocabulary) -> Node:
    """The JSON-LD node of an entity."""
    return _node(entity.data, "", words)


def refinement_nodes(refinement: SoundRecord, words: Vocabulary) -> Iterator[Node]:
    """What a corpus adds to a thing: an annotation of it whose graph says what, and the same bare."""
    target = refinement.data["refines"]
    added = {key: value for key, value in refinement.data.items() if key != "refines"}
    node = _node({"id": target, **added}, "", words)
    yield {
        "id": refinement.id,
        "type": "oa:Annotation",
        "oa:hasTarget": {"id": target},
        "oa:motivatedBy": {"id": "oa:describing"},
        "asserts": [node],
    }
    yield node


def source_node(source: SoundRecord, words: Vocabulary) -> Node:
    """The JSON-LD node of a source, text and authorship nested; a title for each language."""
    node = {**_node(source.data, "", words), "type": ["Source", source.data["type"]]}
    if isinstance(source.data.get("title"), dict):
        titles = source.data["title"].items()
        node["title"] = [{"@value": text, "@language": language} for language, text in titles]
    return node


def curation_node(curation: SoundRecord, words: Vocabulary) -> Node:
    """The JSON-LD node of a reading of a source."""
    return {**_node(curation.data, "", words), "readingOf": curation.source}


def claim_node(claim: SoundRecord, about: SourceParts, words: Vocabulary) -> Node:
    """The JSON-LD node of a claim: its description, its statements under ``asserts``.

    Args:
        claim: the claim.
        about: what the corpus says of its source.
        words: the ontology's terms.
    """
    data = claim.data
    readings = about.readings
    curators = {name: None for reading in readings for name in as_list(reading.data["curator"])}
    node: Node = {
        "id": claim.id,
        "type": ["Claim", data["type"]],
        "source": claim.source,
        "holder": data["holder"],
        "curator": list(curators),
        "curation": [reading.id for reading in readings],
        "modality": AX + data["modality"],
        "authorStance": AX + data.get("authorStance", "OwnVoice"),
        "paraphrase": data["paraphrase"],
        "passage": [
            _passage(claim, index, span) for index, span in enumerate(as_list(data["passage"]), start=1)
        ],
        "asserts": statement_nodes(claim, words),
    }
    for name in ("cites", "arguedFrom", "readAs", "curatorNote"):
        if name in data:
            node[name] = data[name]
    for name in ("certainty", "polarity"):
        if name in data:
            node[name] = AX + data[name]
    node |= _qualifiers(data, claim.id, words)
    node |= _time_of(data, about.horizon)
    if "correction" in data:
        node["correction"] = [
            {"id": f"{claim.id}#correction-{index}", "type": "Correction", **item}
            for index, item in enumerate(as_list(data["correction"]), start=1)
        ]
    return node


def _time_of(data: dict[str, Any], horizon: str) -> Node:
    """When a claim's statements hold and from what that is known; the source's horizon may be inherited."""
    basis = data.get("periodBasis", "StatedPeriod" if "period" in data else "")
    period = str(data.get("period", horizon if basis == "InheritedHorizon" else ""))
    node: Node = {"periodBasis": AX + basis} if basis else {}
    return node | {"period": period} | _bounds_of([period]) if period else node


def statement_nodes(claim: SoundRecord, words: Vocabulary) -> list[Node]:
    """The nodes of a claim's graph; an item without an id gets one local to the claim.

    What qualifies the claim as a whole stands in its graph too, as a qualification that names no statement.
    """
    nodes = []
    for index, item in enumerate(claim.data["asserts"], start=1):
        if item.get("type") in REFERENCES:
            node = _reference_node(item, claim.id, words)
        else:
            node = _node(item, claim.id, words)
        node.setdefault("id", f"{BASE}{claim.id}#{_LOCAL_NAMES.get(item.get('type'), 'node')}-{index}")
        if item.get("type") == "Denial":
            node["property"] = words.properties[item["property"]].iri
            if "value" in node:
                node["targetValue"] = _denied_value(node.pop("value"), item["property"], words)
        nodes.append(node)
    whole = _qualifiers(claim.data, claim.id, words)
    if whole:
        nodes.append({"id": f"{BASE}{claim.id}#qualification", "type": "Qualification", **whole})
    return nodes


def _qualifiers(data: dict[str, Any], claim: str, words: Vocabulary) -> Node:
    return {
        name: [_reference(item, claim, words) for item in as_list(data[name])]
        for name in QUALIFIERS
        if name in data
    }


def _reference_node(item: dict[str, Any], claim: str, words: Vocabulary) -> Node:
    """A statement that is qualified or mentioned."""
    parts = {"subject": "ofSubject", "property": "ofProperty", "object": "ofObject", "value": "ofValue"}
    node = _node({name: value for name, value in item.items() if name not in parts}, claim, words)
    for name, term in parts.items():
        if name == "property" and name in item:
            node[term] = words.properties[item[name]].iri
        elif name == "value" and name in item:
            node[term] = str(item[name])
        elif name in item:
            node[term] = _reference(item[name], claim, words)
    return node


def _denied_value(value: Any, name: str, words: Vocabulary) -> Node:
    datatype = next(iter(words.properties[name].range), XSD + "string")
    return {"@value": str(value), "@type": datatype}


def _passage(claim: SoundRecord, index: int, span: dict[str, Any]) -> Node:
    """A Web Annotation specific resource (https://www.w3.org/TR/annotation-vocab/).

    A row of a table is selected a second time, by its number (https://www.rfc-editor.org/rfc/rfc7111).
    """
    name = f"{claim.id}#passage-{index}"
    position: Node = {
        "id": f"{name}-position",
        "type": "TextPositionSelector",
        "start": str(span["start"]),
        "end": str(span["end"]),
    }
    row: Node = {
        "id": f"{name}-row",
        "type": "FragmentSelector",
        "fragment": f"row={span.get('row')}",
        "conformsTo": RFC_7111,
    }
    return {
        "id": name,
        "type": "SpecificResource",
        "hasSource": f"{claim.source}#text",
        "sha256": span["sha256"],
        "hasSelector": [position, row] if "row" in span else position,
    }


def _node(data: dict[str, Any], claim: str, words: Vocabulary) -> Node:
    """Copy a mapping with ids, individuals, numbers and dates in the form that JSON-LD needs."""
    node: Node = {}
    for name, value in data.items():
        declared = words.properties.get(name)
        if isinstance(value, dict):
            node[name] = _node(value, claim, words) if "id" in value else value
        elif name in {"id", "subject", "object"} or (declared and declared.kind == "object"):
            found = [_reference(item, claim, words) for item in as_list(value)]
            node[name] = found if isinstance(value, list) else found[0]
        elif isinstance(value, list):
            node[name] = [_literal(item) for item in value]
        else:
            node[name] = _literal(value)
    dates = [str(item) for item in as_list(data.get("date", []))]
    hijri = [str(item) for item in as_list(data.get("dateSolarHijri", []))]
    if hijri and not dates:
        node["date"] = dates = [edtf_of(solar_hijri_bounds(item)) for item in hijri]
    if dates:
        node |= _bounds_of(dates)
    return node


def _reference(value: str, claim: str, words: Vocabulary) -> str:
    if value.startswith("#"):
        return f"{BASE}{claim}{value}"
    return AX + value if value in words.individuals else value


def _literal(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    # JSON-LD would write a fraction in exponent form: decimals go in as text.
    return format(Decimal(repr(value)), "f")


def _bounds_of(dates: list[str]) -> Node:
    bounds = [edtf_bounds(item) for item in dates]
    starts = [item.earliest for item in bounds]
    ends = [item.latest for item in bounds]
    node: Node = {}
    if None not in starts:
        node["earliest"] = _moment(min(day for day in starts if day), "00:00:00")
    if None not in ends:
        node["latest"] = _moment(max(day for day in ends if day), "23:59:59")
    return node


def _moment(day: date, time: str) -> str:
    return f"{day.isoformat()}T{time}Z"


def parts_by_source(corpus: SoundCorpus) -> dict[str, SourceParts]:
    """What the claims of each source need to know of it, by the source's id."""
    found: dict[str, SourceParts] = defaultdict(SourceParts)
    for reading in sorted(corpus.curations, key=lambda record: record.id):
        found[reading.source].readings.append(reading)
    for source in corpus.sources:
        found[source.id].horizon = str(source.data.get("horizon", ""))
    return found


NATURAL = re.compile(r"(\d+)")


def natural_key(text: str) -> list[Any]:
    """Sorting key that counts numbers as numbers.

    >>> sorted(["c/10", "c/9"], key=natural_key)
    ['c/9', 'c/10']
    """
    return [int(part) if part.isdigit() else part for part in NATURAL.split(text)]
