"""The pages of codes of other schemes of events, PLOVER's and CAMEO's, and of the lists of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from flask import render_template

from araxes.endpoint.pages.statements import end
from araxes.endpoint.pages.thing_pages import (
    Asked,
    NamedThing,
    Queries,
    Row,
    ThingPage,
    Told,
    data_formats,
    filled,
)
from araxes.ontology.namespaces import BASE, CODES
from araxes.ontology.reference_entries import Entry

_ANY = "pairs-any"
"""The test of a page that is there for what terms are aligned with, whatever the claims say."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A term of the ontology that corresponds to something elsewhere.

    Attributes:
        term: its local name.
        label: what it is called.
        strength: how it corresponds, in words.
        other: IRI of what it corresponds to.
        reason: why.
    """

    term: str
    label: str
    strength: str
    other: str
    reason: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code in the list of its scheme.

    Attributes:
        thing: the code by its label.
        notation: as the scheme writes it.
        definition: in the language of the page; empty where there is none.
        number: of events that claims give it.
        aligned: terms that correspond to it.
    """

    thing: NamedThing
    notation: str
    definition: str
    number: int
    aligned: tuple[Aligned, ...]


def aligned_in(entries: Iterable[Entry], language: str, begin: str = "") -> list[Aligned]:
    """What the terms of an ontology are aligned with, in the order of their labels.

    Args:
        entries: the terms.
        language: of labels and reasons.
        begin: with which the IRIs begin that are wanted.
    """
    found = [
        Aligned(entry.name, entry.called(language), strength[language], iri, reason.get(language, ""))
        for entry in entries
        for strength, iri, reason in entry.alignments
        if iri.startswith(begin)
    ]
    return sorted(found, key=lambda one: (one.other, one.label))


def code_page(iri: str, aligned: Sequence[Aligned]) -> ThingPage:
    """The page of a code, or of all codes of its scheme.

    Args:
        iri: of the code, or the beginning of all of them.
        aligned: terms that correspond to codes of the scheme.
    """
    digest = hashlib.sha256(repr(aligned).encode()).hexdigest()[:16]
    known = iri in CODES or any(one.other == iri for one in aligned)
    return ThingPage(
        f"code {digest}", _ANY if known else "code-is", _queries, lambda told: _show(told, aligned)
    )


def _queries(asked: Asked) -> Queries:
    found = {"code-types": filled("code-types", {"language": ox.Literal(asked.language)})}
    if asked.iri not in CODES:
        found["code-events"] = filled("code-events", {"thing": asked.thing})
    return found


def _show(told: Told, aligned: Sequence[Aligned]) -> str:
    iri = told.asked.iri
    scheme = next(name for name in CODES if iri.startswith(name))
    listed = [_code(told, code, aligned) for code in _codes_of(told, scheme, aligned)]
    one = next((code for code in listed if code.thing.iri == iri), None)
    events = [
        (end(told, row["event"]), int(row["number"]["value"]))
        for row in (told.rows("code-events") if one else [])
    ]
    return render_template(
        "code.html",
        told=told,
        scheme=scheme.removeprefix(BASE).rstrip("/"),
        codes=listed,
        one=one,
        events=events,
        formats=[name for name in data_formats() if name != "trig"],
    )


def _codes_of(told: Told, scheme: str, aligned: Sequence[Aligned]) -> list[str]:
    """The codes of a scheme that the dataset knows or a term is aligned with."""
    every = {row["code"]["value"] for row in told.rows("code-types")} | {one.other for one in aligned}
    every |= {told.asked.iri} - set(CODES)
    return sorted(iri for iri in every if iri.startswith(scheme))


def _code(told: Told, iri: str, aligned: Sequence[Aligned]) -> Code:
    known: dict[str, Row] = {row["code"]["value"]: row for row in told.rows("code-types")}
    row = known.get(iri, {})
    notation = iri.rpartition("/")[2]
    return Code(
        told.named(iri),
        notation,
        row.get("definition", {}).get("value", ""),
        int(row["number"]["value"]) if row else 0,
        tuple(one for one in aligned if one.other == iri),
    )
