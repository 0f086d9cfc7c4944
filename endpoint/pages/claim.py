"""The page of a claim: what it says, who says it and how, where it stands in its text, what is against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from flask import render_template

from araxes.endpoint.pages.claim_graph import stated
from araxes.endpoint.pages.frame import digits
from araxes.endpoint.pages.named_queries import Term, named_queries
from araxes.endpoint.pages.statements import ClaimNote, claim_notes, end, sentence
from araxes.endpoint.pages.thing_pages import (
    TYPE,
    Asked,
    NamedThing,
    Queries,
    Row,
    ThingPage,
    Told,
    data_formats,
    filled,
)
from araxes.endpoint.pages.words import words
from araxes.endpoint.sparql.prefixes import served_prefixes
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, CITO
from araxes.validation.disagreement.words_of_time import date_in_words

PASSAGES = "claim-passages"
"""Name of the query for the passages, which are cut out of the texts where the operator allows it."""

_PARTS = (
    "record",
    "graph",
    "passages",
    "disputes",
    "compared",
    "beside",
    "curation",
    "corrections",
    "inferred",
)
_FACTS = (
    *(AX + name for name in ("authorStance", "modality", "certainty", "degree", "polarity")),
    *(AX + name for name in ("arguedFrom", "accordingTo", "condition", "readAs")),
    CITO + "citesAsEvidence",
)
_GUIDELINE = "Araxes annotation guideline "
_CORROBORATION = AX + "Corroboration"


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a claim stands in its text.

    Attributes:
        file: name of the text's file.
        start: first code point, from 0.
        end: one past the last.
        digest: SHA-256 of the passage.
        whole: SHA-256 of the file.
        language: of the text; empty where it is not known.
        text: ``before``, ``passage`` and ``after`` where it may be shown; empty otherwise.
        state: ``shown``, ``changed``, ``missing`` or nothing.
        row: number of the row, if the text is a table.
    """

    file: str
    start: str
    end: str
    digest: str
    whole: str
    language: str
    text: Mapping[str, str]
    state: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading in which the claim was made or looked at."""

    name: NamedThing
    curators: tuple[NamedThing, ...]
    date: str
    guideline: str
    note: str


def queries(asked: Asked) -> Queries:
    """What the page asks."""
    speech = ox.Literal(asked.language)
    places: dict[str, Term] = {"thing": asked.thing, "language": speech}
    found = {}
    for name in _PARTS:
        known = named_queries()[f"claim-{name}"].places
        found[f"claim-{name}"] = filled(f"claim-{name}", {key: places[key] for key in known})
    return found


def show(told: Told) -> str:
    """The page."""
    note = claim_notes(told)[told.asked.iri]
    record = _record(told)
    paraphrases = {
        row["xml:lang"]: row["value"] for row in record.get(AX + "paraphrase", ()) if "xml:lang" in row
    }
    language = told.asked.language
    compared = _compared(told)
    return render_template(
        "claim.html",
        told=told,
        note=note,
        title=paraphrases.get(language) or note.name.text,
        others={each: paraphrases[each] for each in LANGUAGES if each != language and each in paraphrases},
        kinds=[told.named(term["value"]) for term in record.get(TYPE, ()) if term["value"] != AX + "Claim"],
        facts=[
            (told.named(name), [end(told, term, name) for term in record[name]])
            for name in _FACTS
            if name in record
        ],
        notes=[
            term["value"] for term in record.get(AX + "curatorNote", ()) if term.get("xml:lang") == language
        ],
        digest=next((term["value"] for term in record.get(AX + "contentDigest", ())), ""),
        stated=stated(told, "claim-graph"),
        passages=_passages(told),
        disputes=[
            tuple(told.named(row[name]["value"]) for name in ("dispute", "position", "kind"))
            for row in told.rows("claim-disputes")
        ],
        **compared,
        beside=_beside(told, (entry for listed in compared.values() for entry in listed)),
        corrections=told.rows("claim-corrections"),
        readings=_readings(told),
        inferred=[
            sentence(told, row["subject"], row["relation"]["value"], row["object"])
            for row in told.rows("claim-inferred")
        ],
        rdf=trig(told),
        formats=data_formats(),
    )


def _record(told: Told) -> dict[str, list[Mapping[str, str]]]:
    """Property → values."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in told.rows("claim-record"):
        found.setdefault(row["property"]["value"], []).append(row["value"])
    return found


def _passages(told: Told) -> list[Passage]:
    texts = told.texts or [{} for _ in told.rows(PASSAGES)]
    return [
        Passage(
            row["file"]["value"],
            digits(row["start"]["value"], told.asked.language),
            digits(row["end"]["value"], told.asked.language),
            row["digest"]["value"],
            row["whole"]["value"],
            row.get("language", {}).get("value", ""),
            text,
            text.get("state", ""),
            digits(row.get("row", {}).get("value", "").removeprefix("row="), told.asked.language),
        )
        for row, text in zip(told.rows(PASSAGES), texts, strict=True)
    ]


Compared = dict[str, list[tuple[NamedThing, ClaimNote]]]
"""Kinds of comparisons with the other claim, by how it stands to this one."""


def _compared(told: Told) -> Compared:
    """Other claims by how they stand to it, each once, in the first list where it belongs."""
    notes = claim_notes(told)
    found: Compared = {"clashes": [], "contrasts": [], "corroborations": []}
    seen: set[str] = set()
    by_standing: dict[str, list[Row]] = {name: [] for name in found}
    for row in told.rows("claim-compared"):
        by_standing[_standing(row)].append(row)
    for name, rows in by_standing.items():
        for row in rows:
            other = row["claim"]["value"]
            if other in notes and other not in seen:
                seen.add(other)
                found[name].append((told.named(row["kind"]["value"]), notes[other]))
    return found


def _standing(row: Row) -> str:
    """How the other claim of a comparison stands to this one; mere other answers of no point are no clash."""
    kind = row["kind"]["value"]
    if kind == _CORROBORATION:
        return "corroborations"
    if "standing" in row:
        return "contrasts" if row["standing"]["value"] == AX + "Contrast" else "clashes"
    return "contrasts" if kind == AX + "DifferingAnswers" else "clashes"


def _beside(told: Told, listed: Iterable[tuple[NamedThing, ClaimNote]]) -> list[ClaimNote]:
    """Claims on its own side of a question, without those that are listed for what they are beside it."""
    notes, shown = claim_notes(told), {note.name.iri for _, note in listed}
    others = (row["claim"]["value"] for row in told.rows("claim-beside"))
    return [notes[other] for other in others if other in notes and other not in shown]


def _readings(told: Told) -> list[Reading]:
    found: dict[str, list[Row]] = {}
    for row in told.rows("claim-curation"):
        found.setdefault(row["reading"]["value"], []).append(row)
    language = told.asked.language
    return [
        Reading(
            told.named(iri),
            tuple(
                told.named(iri)
                for iri in dict.fromkeys(row["curator"]["value"] for row in rows if "curator" in row)
            ),
            date_in_words(rows[0]["date"]["value"], language) if "date" in rows[0] else "",
            _guideline(rows[0].get("guideline", {}).get("value", ""), language),
            rows[0].get("note", {}).get("value", ""),
        )
        for iri, rows in found.items()
    ]


def _guideline(text: str, language: str) -> str:
    """What a guideline is called; ours in the language of the page.

    >>> _guideline("Araxes annotation guideline 1.0", "fa"), _guideline("Another, 2", "fa")
    ('راهنمای حاشیه‌نویسی ارس، ۱.۰', 'Another, 2')
    """
    before, ours, number = text.partition(_GUIDELINE)
    wording: str = words(language)["claim"]["guideline"]
    return wording.format(number=digits(number, language)) if ours and not before else text


def trig(told: Told) -> str:
    """What the claim states and what is recorded of it, in TriG (https://www.w3.org/TR/trig/)."""
    graph = ox.NamedNode(told.asked.iri)
    quads = [
        ox.Quad(graph, ox.NamedNode(row["property"]["value"]), _term(row["value"]))
        for row in told.rows("claim-record")
    ]
    quads += [
        ox.Quad(_term(row["subject"]), ox.NamedNode(row["relation"]["value"]), _term(row["object"]), graph)
        for row in told.rows("claim-graph")
    ]
    text = "\n".join(map(str, quads))
    prefixes = {
        prefix: iri for prefix, iri in served_prefixes(told.asked.namespace).items() if "<" + iri in text
    }
    return (ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes) or b"").decode()


def _term(term: Mapping[str, str]) -> Any:
    """A term of SPARQL 1.1 JSON results as RDF."""
    if term["type"] == "uri":
        return ox.NamedNode(term["value"])
    if term["type"] == "bnode":
        return ox.BlankNode(term["value"])
    if "xml:lang" in term:
        return ox.Literal(term["value"], language=term["xml:lang"])
    datatype = term.get("datatype")
    return (
        ox.Literal(term["value"], datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(term["value"])
    )


PAGE = ThingPage("claim", "claim-is", queries, show, passages=PASSAGES)
