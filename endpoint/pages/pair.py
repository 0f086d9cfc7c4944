"""The page of two things together: what claims say of each towards the other, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import render_template

from araxes.endpoint.pages.figures import figures
from araxes.endpoint.pages.frame import digits
from araxes.endpoint.pages.named_queries import Term
from araxes.endpoint.pages.paging import MOST_PAGES, address, part
from araxes.endpoint.pages.statements import (
    ClaimNote,
    StatementLine,
    by_relation,
    claim_notes,
    line_of,
    rows_and_lines,
)
from araxes.endpoint.pages.thing_pages import Asked, NamedThing, Queries, Row, ThingPage, Told, filled
from araxes.ontology.namespaces import AX

SIZE = 40
"""Statements on a page (the LIMIT of ``pair-statements.rq``)."""

FIELDS = ("a", "b", "polarity", "from", "to", "page")
"""Fields of the address."""

POLARITIES = ("Conflictual", "Neutral", "Cooperative")
"""Columns of the table of times."""

_LAST_YEAR = 2999
_FIRST_DECADE = 1900
"""What ends before is one row."""

_NARROWED = ("shared", "number")
_WHOLE = ("times", "figures", "silence", "near", "disputes")


@dataclass(frozen=True, slots=True)
class Shared:
    """Something in which a claim puts both.

    Attributes:
        line: the thing's relation to the first of the two.
        second: its relation to the other, where it is not the same.
    """

    line: StatementLine
    second: NamedThing | None


@dataclass(frozen=True, slots=True)
class Decade:
    """Claims of a time.

    Attributes:
        name: the decade's first year; empty for claims without a time.
        early: whether it is all that was before the decades that are told apart.
        cells: number of claims and address that shows them, by polarity, in the order of ``POLARITIES``; the
            last is that of claims without polarity.
    """

    name: str
    early: bool
    cells: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """A measure of which no claim gives a figure for the two, and for whom claims give one."""

    measure: NamedThing
    given: tuple[tuple[NamedThing, NamedThing], ...]


def queries(asked: Asked) -> Queries:
    """What the page asks; nothing where the two are not named."""
    other = asked.node("b")
    if other is None:
        return {}
    both: dict[str, Term] = {"thing": asked.thing, "b": other}
    some = both | _places(asked)
    offset = ((asked.number("page", MOST_PAGES) or 1) - 1) * SIZE
    found = {"pair-statements": filled("pair-statements", some, offset)}
    found |= {f"pair-{name}": filled(f"pair-{name}", some) for name in _NARROWED}
    return found | {f"pair-{name}": filled(f"pair-{name}", both) for name in _WHOLE}


def _places(asked: Asked) -> dict[str, Term]:
    """The filters that are chosen, as terms."""
    found: dict[str, Term] = {}
    if polarity := asked.node("polarity"):
        found["polarity"] = polarity
    for name in ("from", "to"):
        if year := asked.number(name, _LAST_YEAR):
            found[name] = ox.Literal(year)
    return found


def show(told: Told) -> str:
    """The page."""
    fields = {name: value for name, value in told.asked.fields.items() if name != "page"}
    chosen = {name: fields[name] for name in ("polarity", "from", "to") if name in fields}
    two = told.asked.node("b")
    shown = [
        (line, row["turned"]["value"] == "true") for row, line in rows_and_lines(told, "pair-statements")
    ]
    total = int(told.rows("pair-number")[0]["number"]["value"])
    return render_template(
        "pair.html",
        told=told,
        one=told.thing(),
        two=told.named(two.value if two else ""),
        fields=fields,
        chosen=chosen,
        clear=address({name: fields[name] for name in ("a", "b") if name in fields}),
        there=by_relation(line for line, back in shown if not back),
        back=by_relation(line for line, back in shown if back),
        page=part(fields, told.asked.number("page", MOST_PAGES), SIZE, total),
        shared=_shared(told),
        decades=_decades(told, fields),
        polarities=POLARITIES,
        figures=figures(told, "pair-figures"),
        silence=_silence(told),
        near=_near(told),
        disputes=[told.named(row["dispute"]["value"]) for row in told.rows("pair-disputes")],
        connected=bool(told.rows("pair-times")),
    )


def _shared(told: Told) -> list[Shared]:
    """Each thing of each claim once, with the relation in which both stand, or the two."""
    found: dict[tuple[str, str], Shared] = {}
    for row in told.rows("pair-shared"):
        key = row["claim"]["value"], row["subject"]["value"]
        one, two = row["relation"]["value"], row["second"]["value"]
        if key not in found or (one != two and found[key].second is None):
            found[key] = Shared(line_of(told, row), told.named(two) if one != two else None)
    return list(found.values())


def _decades(told: Told, fields: Mapping[str, str]) -> list[Decade]:
    """Claims by decade and polarity; a claim counts in every decade that its time touches."""
    numbers: Counter[tuple[int, str]] = Counter()
    for row in told.rows("pair-times"):
        polarity = row.get("polarity", {}).get("value", "").removeprefix(AX)
        for decade in _touched(row):
            numbers[decade, polarity if polarity in POLARITIES else ""] += 1
    decades = sorted({decade for decade, _ in numbers}, key=lambda decade: (not decade, decade))
    return [_decade(told, fields, decade, numbers) for decade in decades]


def _decade(
    told: Told, fields: Mapping[str, str], decade: int, numbers: Mapping[tuple[int, str], int]
) -> Decade:
    within: dict[str, str | int | None] = {"from": None, "to": None}
    if decade:
        start = decade if decade >= _FIRST_DECADE else None
        within = {"from": start, "to": (decade if start else _FIRST_DECADE - 10) + 9}
    cells = tuple(
        (
            numbers.get((decade, name), 0),
            address({**fields, "polarity": f"ontology/{name}" if name else "", "page": ""}, **within),
        )
        for name in (*POLARITIES, "")
    )
    name = digits(str(decade), told.asked.language) if decade else ""
    return Decade(name, 0 < decade < _FIRST_DECADE, cells)


def _touched(row: Row) -> Iterable[int]:
    """First years of the decades that a claim's time touches; all before ``_FIRST_DECADE`` is one, 0 none."""
    start, end = (int(row[name]["value"]) if name in row else None for name in ("from", "to"))
    if start is None and end is None:
        return [0]
    first = start if start is not None else end
    last = end if end is not None else start
    assert first is not None and last is not None  # noqa: S101 -- one of the two is there
    earliest = max(first // 10 * 10, _FIRST_DECADE - 10)
    return range(earliest, max(last // 10 * 10, earliest) + 1, 10)


def _silence(told: Told) -> list[Silence]:
    found: dict[str, list[tuple[NamedThing, NamedThing]]] = {}
    for row in told.rows("pair-silence"):
        given = told.named(row["one"]["value"]), told.named(row["two"]["value"])
        found.setdefault(row["measure"]["value"], []).append(given)
    return [Silence(told.named(iri), tuple(given[:3])) for iri, given in found.items()]


def _near(told: Told) -> list[ClaimNote]:
    """Claims that speak of both without connecting them."""
    notes = claim_notes(told)
    return [notes[row["claim"]["value"]] for row in told.rows("pair-near") if row["claim"]["value"] in notes]


def pair_address(one: str, two: str) -> str:
    """The address of the page of two things, given by their paths."""
    return "/pair?" + urlencode({"a": one, "b": two})


PAGE = ThingPage("pair", "pair-is", queries, show, FIELDS)


def _choose(told: Told) -> str:
    """The page on which two are chosen."""
    space = told.asked.namespace
    pairs = [
        (
            told.named(row["one"]["value"]),
            told.named(row["two"]["value"]),
            pair_address(row["one"]["value"].removeprefix(space), row["two"]["value"].removeprefix(space)),
            int(row["number"]["value"]),
        )
        for row in told.rows("pairs-are")
    ]
    return render_template("pairs.html", told=told, pairs=pairs)


PAIRS = ThingPage("pairs", "pairs-any", lambda _: {"pairs-are": filled("pairs-are", {})}, _choose)
"""The page on which a pair is chosen: no thing's own, so it fits whatever is asked about."""
