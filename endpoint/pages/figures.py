"""Figures that claims give: each with its measure, its value as people say it, what it is of, who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from babel.numbers import format_compact_decimal

from araxes.endpoint.pages.frame import digits
from araxes.endpoint.pages.statements import ClaimNote, claim_notes, end
from araxes.endpoint.pages.thing_pages import NamedThing, Told
from araxes.endpoint.pages.words import words
from araxes.ontology.namespaces import AX, local_name
from araxes.validation.disagreement.words_of_time import number_in_words, written_date_in_words

_SAID = ("measure", "value", "lowerValue", "upperValue", "unit", "comparator", "rank", "perPeriod")
_TIMES = ("date", "dateSolarHijri")
_RATIO = AX + "Ratio"


_MOST_DIGITS = 30
"""Of a number that is written out."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one claim.

    Attributes:
        measure: what is measured.
        value: in words, with comparator and unit; empty where the claim gives none.
        of: relation and thing, in the order of the relations' names.
        when: in words; empty without a date.
        note: on the claim.
    """

    measure: NamedThing
    value: str
    of: tuple[tuple[NamedThing, NamedThing], ...]
    when: str
    note: ClaimNote


def figures(told: Told, name: str) -> list[Figure]:
    """The solutions of a query for ``?claim ?figure ?property ?value``, by measure."""
    notes = claim_notes(told)
    nodes: dict[tuple[str, str], dict[str, list[Mapping[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in told.rows(name):
        if row["claim"]["value"] in notes:
            node = nodes[row["claim"]["value"], row["figure"]["value"]]
            node[row["property"]["value"]].append(row["value"])
    found = [_figure(told, said, notes[claim]) for (claim, _), said in nodes.items()]
    return sorted(found, key=lambda figure: (figure.measure.text, figure.when, figure.note.name.iri))


def _figure(told: Told, said: Mapping[str, list[Mapping[str, str]]], note: ClaimNote) -> Figure:
    short = {local_name(iri): terms for iri, terms in said.items()}
    shown = {name: end(told, short[name][0]) for name in _SAID if name in short}
    of = [
        (told.named(iri), end(told, term, iri))
        for iri, terms in sorted(said.items())
        for term in terms
        if local_name(iri) not in (*_SAID, *_TIMES)
    ]
    date, written = (short[name][0]["value"] if name in short else "" for name in _TIMES)
    return Figure(
        shown.get("measure") or told.named(AX + "Observation"),
        _value(told, shown, short),
        tuple(of),
        written_date_in_words(date, written, told.asked.language) if date else "",
        note,
    )


def large(text: str, language: str) -> str:
    """A number as people say it: millions and billions by their names where that loses nothing.

    >>> large("2030000000", "en"), large("4000000000", "fa"), large("1234567", "en")
    ('2.03 billion', '۴ میلیارد', '1,234,567')
    """
    try:
        value = Decimal(text)
        if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
            return text
        if abs(value) < 10**6 or value % 10 ** (value.adjusted() // 3 * 3 - 2):
            return number_in_words(text, language)
    except InvalidOperation:
        return text
    locale = words(language)["locale"]
    said = format_compact_decimal(
        value, format_type="long", locale=locale, fraction_digits=2, numbering_system="default"
    )
    return digits(said, language)


def _value(told: Told, shown: Mapping[str, NamedThing], said: Mapping[str, list[Mapping[str, str]]]) -> str:
    """The value, or the range or rank, with what stands around it."""
    language = told.asked.language
    spoken = words(language)["figures"]

    def number(name: str) -> str:
        return large(said[name][0]["value"], language) if name in said else ""

    if "value" in said:
        text = number("value")
    elif "lowerValue" in said or "upperValue" in said:
        text = spoken["range"].format(low=number("lowerValue") or "…", high=number("upperValue") or "…")
    elif "rank" in said:
        text = spoken["rank"].format(rank=digits(number("rank"), language))
    else:
        return ""
    pieces = [shown["comparator"].text] if "comparator" in shown and "value" in said else []
    if "unit" in shown and shown["unit"].iri == _RATIO:
        pieces.append(spoken["ratio"].format(number=text))
    else:
        pieces += [text, *([shown["unit"].text] if "unit" in shown else [])]
    if "perPeriod" in said:
        pieces.append(spoken["periods"].get(said["perPeriod"][0]["value"], said["perPeriod"][0]["value"]))
    return " ".join(pieces)
