"""The page of two things together: what claims say of each towards the other, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox
from flask import render_template

from araxes.endpoint.pages.disputes import by_standing
from araxes.endpoint.pages.figures import figures
from araxes.endpoint.pages.frame import digits
from araxes.endpoint.pages.named_queries import Term
from araxes.endpoint.pages.paging import MOST_PAGES, Page, address, pair_address, part
from araxes.endpoint.pages.silence import silence
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
from araxes.triples.derived.sort_keys import sort_key

SIZE = 40
"""Statements on a page (the LIMIT of ``pair-statements.rq``)."""

PART = 20
"""Things with both, and claims that only speak of both, on a page (the LIMIT of their queries)."""

PAGES = {
    "pair-statements": ("page", SIZE),
    "pair-shared": ("page_shared", PART),
    "pair-near": ("page_near", PART),
}
"""Queries of lists with pages → the field of the page, and entries on it."""

FIELDS = ("a", "b", "polarity", "from", "to", *(field for field, _ in PAGES.values()))
"""Fields of the address."""

POLARITIES = ("Conflictual", "Neutral", "Cooperative")
"""Columns of the table of times."""

_LAST_YEAR = 2999
_FIRST_DECADE = 1900
"""What ends before is one row."""

_NARROWED = ("statements", "shared", "shared-number", "number")
_WHOLE = ("times", "figures", "silence", "near", "near-number", "disputes")


@dataclass(frozen=True, slots=True)
class SharedThing:
    """Something in which a claim puts both.

    Attributes:
        line: the thing's relation to the first of the two.
        second: its relation to the other, where it is not the same.
    """

    line: StatementLine
    second: NamedThing | None


ToldTimes = dict[tuple[tuple[str, str], str], int]
"""Time and polarity of claims → how many there are."""


@dataclass(frozen=True, slots=True)
class Decade:
    """Claims of a decade, or of several of which the same claims speak.

    Attributes:
        name: the decade's first year; empty for claims without a time.
        last: the first year of the last of several; empty for one.
        early: whether it is all that was before the decades that are told apart.
        cells: number of claims and address that shows them, if one can, by polarity, in the order of
            ``POLARITIES``; the last is that of claims without polarity.
    """

    name: str
    last: str
    early: bool
    cells: tuple[tuple[int, str], ...]


def queries(asked: Asked) -> Queries:
    """What the page asks; nothing where the two are not named."""
    other = asked.node("b")
    if other is None:
        return {}
    both: dict[str, Term] = {"thing": asked.thing, "b": other}
    asks = {f"pair-{name}": both | _places(asked) for name in _NARROWED}
    asks |= {f"pair-{name}": both for name in _WHOLE}
    return {name: filled(name, places, _offset(asked, name)) for name, places in asks.items()}


def _offset(asked: Asked, name: str) -> int:
    """How many entries of a list stand on pages before."""
    field, size = PAGES.get(name, ("", 0))
    return ((asked.number(field, MOST_PAGES) or 1) - 1) * size


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
    paged = [field for field, _ in PAGES.values()]
    fields = {name: value for name, value in told.asked.fields.items() if name not in paged}
    chosen = {name: fields[name] for name in ("polarity", "from", "to") if name in fields}
    two = told.asked.node("b")
    shown = [
        (line, row["turned"]["value"] == "true") for row, line in rows_and_lines(told, "pair-statements")
    ]
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
        turned=address({**fields, "a": fields["b"], "b": fields["a"]}),
        page=_page(told, "pair-statements", "pair-number"),
        shared=_shared(told),
        page_shared=_page(told, "pair-shared", "pair-shared-number"),
        decades=_decades(told, fields),
        polarities=POLARITIES,
        figures=figures(told, "pair-figures"),
        silence=silence(told, two.value if two else ""),
        near=_near(told),
        page_near=_page(told, "pair-near", "pair-near-number"),
        disputes=by_standing(told, "pair-disputes"),
        connected=bool(told.rows("pair-times")),
    )


def _page(told: Told, name: str, number: str) -> Page:
    """Where in a list its page is; the other lists stay where they are."""
    field, size = PAGES[name]
    total = int(told.rows(number)[0]["number"]["value"])
    return part(told.asked.fields, told.asked.number(field, MOST_PAGES), size, total, field)


def _shared(told: Told) -> list[SharedThing]:
    """Each thing of each claim once, with the relation in which both stand, or the two.

    It has the polarity that its claim gives the relation of the two, if it relates them: not that of others.
    """
    found: dict[tuple[str, str], SharedThing] = {}
    for row in told.rows("pair-shared"):
        key = row["claim"]["value"], row["subject"]["value"]
        one, two = row["relation"]["value"], row["second"]["value"]
        if key not in found or (one != two and found[key].second is None):
            polarity = told.named(row["own"]["value"]) if "own" in row else None
            line = replace(line_of(told, row), polarity=polarity)
            found[key] = SharedThing(line, told.named(two) if one != two else None)
    return list(found.values())


def _decades(told: Told, fields: Mapping[str, str]) -> list[Decade]:
    """Claims by time and polarity; a claim counts in every decade that its time touches."""
    found: dict[int, dict[str, ToldTimes]] = defaultdict(lambda: defaultdict(dict))
    for row in told.rows("pair-times"):
        polarity = row.get("polarity", {}).get("value", "").removeprefix(AX)
        for decade in touched(row):
            named = polarity if polarity in POLARITIES else ""
            times = row.get("from", {}).get("value", ""), row.get("to", {}).get("value", "")
            found[decade][named][times, polarity] = int(row["number"]["value"])
    rows: list[tuple[int, int, dict[str, ToldTimes]]] = []
    for decade in sorted(found, key=lambda decade: (not decade, decade)):
        # Decades of which the same claims speak are one row.
        if rows and rows[-1][1] == decade - 10 and rows[-1][2] == found[decade] and decade > _FIRST_DECADE:
            rows[-1] = (rows[-1][0], decade, found[decade])
        else:
            rows.append((decade, decade, found[decade]))
    return [_decade(told, fields, first, last, claims) for first, last, claims in rows]


def _decade(
    told: Told, fields: Mapping[str, str], first: int, last: int, claims: Mapping[str, ToldTimes]
) -> Decade:
    within: dict[str, str | int | None] = {"from": None, "to": None}
    if first:
        within = {"from": first if first >= _FIRST_DECADE else None, "to": last + 9}
    cells = tuple(
        (
            sum(claims.get(name, {}).values()),
            address({**fields, "polarity": f"ontology/{name}", "page": ""}, **within)
            if first and name
            else "",
        )
        for name in (*POLARITIES, "")
    )
    language = told.asked.language
    return Decade(
        digits(str(first), language) if first else "",
        digits(str(last), language) if last > first else "",
        0 < first < _FIRST_DECADE,
        cells,
    )


def touched(row: Row) -> Iterable[int]:
    """First years of the decades that a claim's time touches; all before ``_FIRST_DECADE`` is one, 0 none."""
    start, end = (int(row[name]["value"]) if name in row else None for name in ("from", "to"))
    known = [year for year in (start, end) if year is not None]
    if not known:
        return [0]
    first, last = known[0], known[-1]
    earliest = max(first // 10 * 10, _FIRST_DECADE - 10)
    return range(earliest, max(last // 10 * 10, earliest) + 1, 10)


def _near(told: Told) -> list[ClaimNote]:
    """Claims that speak of both without connecting them."""
    notes = claim_notes(told)
    return [notes[row["claim"]["value"]] for row in told.rows("pair-near") if row["claim"]["value"] in notes]


PAGE = ThingPage("pair", "pair-is", queries, show, FIELDS)


def _asked_to_choose(_: Asked) -> Queries:
    return {name: filled(name, {}) for name in ("pairs-are", "pairs-states")}


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
    states = [
        (told.named(row["state"]["value"]).text, row["state"]["value"]) for row in told.rows("pairs-states")
    ]
    states = sorted(
        ((text, iri.removeprefix(space)) for text, iri in states), key=lambda state: sort_key(state[0])
    )
    return render_template("pairs.html", told=told, pairs=pairs, states=states)


PAIRS = ThingPage("pairs", "pairs-any", _asked_to_choose, _choose)
"""The page on which a pair is chosen: no thing's own, so it fits whatever is asked about."""
