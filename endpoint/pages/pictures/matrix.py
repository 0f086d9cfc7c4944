"""The matrix of pairs: how often claims connect two states, by polarity, decade for decade."""

from __future__ import annotations

from collections import Counter
from typing import Any

from araxes.endpoint.pages.frame import digits
from araxes.endpoint.pages.paging import pair_address
from araxes.endpoint.pages.pair import touched
from araxes.endpoint.pages.pictures.picture import (
    POLARITIES,
    Drawn,
    PictureKind,
    count,
    link,
    places,
    polarity_of,
    polarity_word,
    turned,
)
from araxes.endpoint.pages.pictures.style import INK, PAPER, RAMPS, VEGA_LITE, frame, right_to_left, written
from araxes.endpoint.pages.thing_pages import Asked, NamedThing, Queries, Told, filled
from araxes.endpoint.pages.words import words

MOST = 16
"""Pairs that are drawn, those of which most is said."""

FIELDS = ("actor", "source")

_TIMELESS = 0
"""The decade of claims that have no time of their own."""

_FIRST = 1890
"""The decade that stands for all before 1900."""

Pair = tuple[str, str]


def queries(asked: Asked) -> Queries:
    """What the picture asks."""
    some = {name: term for name, term in places(asked).items() if name in FIELDS}
    return {
        "picture-matrix": filled("picture-matrix", some),
        "picture-states": filled("picture-states", {}),
        "picture-sources": filled("picture-sources", {}),
    }


def counted(told: Told) -> dict[Pair, Counter[tuple[str, int]]]:
    """Claims by pair, polarity and decade; a claim counts in every decade that its time touches.

    Those without a time of their own are under :data:`_TIMELESS`: the time that a whole text is about says
    nothing of one of its claims.
    """
    found: dict[Pair, Counter[tuple[str, int]]] = {}
    for row in told.rows("picture-matrix"):
        polarity = polarity_of(row)
        if not polarity:
            continue
        cells = found.setdefault((row["one"]["value"], row["two"]["value"]), Counter())
        for decade in touched(row):
            cells[polarity, decade] += count(row)
    return dict(sorted(found.items(), key=lambda entry: (-_dated(entry[1]).total(), entry[0])))


def _dated(cells: Counter[tuple[str, int]]) -> Counter[tuple[str, int]]:
    """The cells that are drawn."""
    return Counter({cell: number for cell, number in cells.items() if cell[1] != _TIMELESS})


def _timeless(told: Told, pair: Pair, cells: Counter[tuple[str, int]]) -> NamedThing | None:
    """A pair with the number of its claims that no decade holds, as a link to its page."""
    number = sum(number for (_, decade), number in cells.items() if decade == _TIMELESS)
    if not number:
        return None
    language, space = told.asked.language, told.asked.namespace
    text = f"{' – '.join(told.named(end).text for end in pair)}: {digits(str(number), language)}"
    return NamedThing("", text, language, pair_address(*(end.removeprefix(space) for end in pair)))


def draw(told: Told) -> Drawn:
    """The picture."""
    language = told.asked.language
    found = counted(told)
    dated = {pair: cells for pair, all_cells in found.items() if (cells := _dated(all_cells))}
    chosen = dict(list(dated.items())[:MOST])
    undated = sorted((pair for pair in found if pair not in dated), key=lambda pair: -found[pair].total())
    listed = [*chosen, *undated[:MOST]]
    beside = tuple(thing for pair in listed if (thing := _timeless(told, pair, found[pair])))
    rows = tuple(
        (
            told.named(one),
            told.named(two),
            decade_word(decade, language),
            polarity_word(polarity, language),
            cells[polarity, decade],
        )
        for (one, two), cells in chosen.items()
        for polarity, decade in sorted(cells, key=lambda cell: (cell[1], POLARITIES.index(cell[0])))
    )
    made = specification(told, chosen) if rows else {}
    return Drawn(
        made, ("one", "two", "decade", "polarity", "claims"), rows, len(dated) > MOST, (("timeless", beside),)
    )


def decade_word(decade: int, language: str) -> str:
    """A decade in words."""
    said = words(language)["pair"]
    if decade <= _FIRST:
        return str(said["before"])
    return str(said["decade_name"].format(decade=digits(str(decade), language)))


def specification(told: Told, chosen: dict[Pair, Counter[tuple[str, int]]]) -> dict[str, Any]:
    """A field of squares for each polarity: the darker and the larger its number, the more claims."""
    language, space = told.asked.language, told.asked.namespace
    spoken = {pair: " – ".join(told.named(end).text for end in pair) for pair in chosen}
    names = {pair: written(text, language, 44) for pair, text in spoken.items()}
    decades = sorted({decade for cells in chosen.values() for _, decade in cells})
    columns = [_short(decade, language) for decade in decades]
    most = max(number for cells in chosen.values() for number in cells.values())
    values = [
        {
            "pair": names[pair],
            "decade": _short(decade, language),
            "polarity": polarity,
            "claims": number,
            "text": digits(str(number), language),
            "href": link(pair_address(*(end.removeprefix(space) for end in pair)))
            + f"&polarity=ontology/{polarity}",
            "says": f"{spoken[pair]}, {decade_word(decade, language)}, "
            f"{polarity_word(polarity, language)}: {digits(str(number), language)}",
        }
        for pair, cells in chosen.items()
        for (polarity, decade), number in sorted(cells.items())
    ]
    # One below the other: side by side the three would be shrunk until nobody can read them.
    fields = [
        _field(values, polarity, turned(columns, language), list(names.values()), most, language)
        for polarity in POLARITIES
        if any(value["polarity"] == polarity for value in values)
    ]
    return frame(VEGA_LITE, language) | {
        "vconcat": fields,
        "spacing": 24,
        "resolve": {"scale": {"color": "independent"}},
    }


def _short(decade: int, language: str) -> str:
    """A decade as the head of a column."""
    return f"< {digits('1900', language)}" if decade <= _FIRST else digits(str(decade), language)


def _field(
    values: list[dict[str, Any]],
    polarity: str,
    columns: list[str],
    pairs: list[str],
    most: int,
    language: str,
) -> dict[str, Any]:
    own = [value for value in values if value["polarity"] == polarity]
    pairs = [pair for pair in pairs if any(value["pair"] == pair for value in own)]
    x = {
        "field": "decade",
        "type": "ordinal",
        "scale": {"domain": columns},
        "axis": {
            "title": None,
            "orient": "top",
            "labelAngle": 0,
            "domain": False,
            "ticks": False,
            "labelFontSize": 12,
        },
    }
    y = {
        "field": "pair",
        "type": "ordinal",
        "scale": {"domain": pairs},
        "axis": {"title": None, "labelLimit": 0, "domain": False, "ticks": False},
    }
    spoken = {"description": {"field": "says"}, "tooltip": {"field": "says"}, "href": {"field": "href"}}
    colour = {
        "field": "claims",
        "type": "quantitative",
        "legend": None,
        "scale": {"type": "sqrt", "domain": [0, most], "range": RAMPS[polarity]},
    }
    ink = {"condition": {"test": f"datum.claims > {most / 3}", "value": PAPER}, "value": INK}
    begin = "end" if right_to_left(language) else "start"
    # Over the first column: each field has names of another length, and headings would begin anywhere.
    return {
        "title": {
            "text": polarity_word(polarity, language),
            "fontSize": 15,
            "anchor": begin,
            "frame": "group",
        },
        "width": {"step": 42},
        "height": {"step": 26},
        "data": {"values": own},
        "encoding": {"x": x, "y": y} | spoken,
        "layer": [
            {"mark": {"type": "rect", "stroke": PAPER, "strokeWidth": 2}, "encoding": {"color": colour}},
            {
                "mark": {"type": "text", "aria": False, "fontSize": 12},
                "encoding": {"text": {"field": "text"}, "color": ink},
            },
        ],
    }


MATRIX = PictureKind(
    "matrix",
    FIELDS,
    queries,
    draw,
    {"actor": ("picture-states", "state"), "source": ("picture-sources", "source")},
)
