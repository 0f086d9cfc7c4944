"""The map: places and states of which claims speak, where a position is known with evidence.

Outlines are Natural Earth's. It has no layer of disputed borders, and none are drawn: places that claims
call occupied or claimed are hollow squares, never areas, and the page says so.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from araxes.endpoint.pages.frame import digits
from araxes.endpoint.pages.pictures.picture import Drawn, PictureKind, count, link, places
from araxes.endpoint.pages.pictures.style import COLOURS, INK, LINE, PAPER, VEGA_LITE, fonts, frame, written
from araxes.endpoint.pages.thing_pages import Asked, NamedThing, Queries, Told, filled
from araxes.endpoint.pages.words import words

FIELDS = ("source", "polarity", "view")

VIEWS = {"": (33.5, 56.5, 31.5, 44.5), "wide": (22.0, 72.0, 20.0, 57.0)}
"""Views of the map: degrees from west to east, from south to north.

The first holds the middles of Iran and Türkiye: of what most is said, nothing may be missing.
"""

_WIDTH = 700
_LINE_HEIGHT, _LETTER = 15, 6.2
"""Height of a label's line and width of its letters, in units of the picture's width."""

_FILE = re.compile(r"github:([\w.-]+/[\w.-]+) (\S+)")
_GAZETTEERS = {"whosonfirst": "Who’s On First", "natural-earth": "Natural Earth"}
"""Whose files positions are from, by a part of the repository's name."""

_POINT = re.compile(r"POINT\((-?[0-9.]+) (-?[0-9.]+)\)")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map.

    Attributes:
        thing: the place.
        longitude: in degrees.
        latitude: in degrees.
        kind: key of its kind in the words of the picture.
        number: of claims that speak of it.
        evidence: where its position is from.
    """

    thing: NamedThing
    longitude: float
    latitude: float
    kind: str
    number: int
    evidence: str


def queries(asked: Asked) -> Queries:
    """What the picture asks."""
    some = {name: term for name, term in places(asked).items() if name in FIELDS}
    return {
        "picture-map": filled("picture-map", some),
        "picture-contested": filled("picture-contested", {}),
        "picture-unplaced": filled("picture-unplaced", {}),
        "picture-sources": filled("picture-sources", {}),
    }


def spots_of(told: Told) -> list[Spot]:
    """The places in an answer."""
    contested = {row["place"]["value"] for row in told.rows("picture-contested")}
    found = []
    for row in told.rows("picture-map"):
        place = _POINT.fullmatch(row["wkt"]["value"])
        if place is None:
            continue
        iri = row["place"]["value"]
        kind = (
            "contested"
            if iri in contested
            else "state"
            if row["state"]["value"] == "true"
            else row["kind"]["value"]
        )
        found.append(
            Spot(
                told.named(iri),
                float(place[1]),
                float(place[2]),
                kind if kind in _SHAPES else "point",
                count(row),
                row["evidence"]["value"],
            )
        )
    return found


def _origin(evidence: str, language: str) -> NamedThing | str:
    """Where a position is from, under its name and as a link; evidence of another form as it stands.

    Args:
        evidence: ``github:OWNER/REPOSITORY PATH``.
        language: of the page.
    """
    found = _FILE.fullmatch(evidence)
    if found is None:
        return evidence
    name = next((name for mark, name in _GAZETTEERS.items() if mark in found[1]), found[1])
    return NamedThing("", name, language, f"https://github.com/{found[1]}/blob/HEAD/{found[2]}")


def draw(told: Told) -> Drawn:
    """The picture."""
    language = told.asked.language
    spots = spots_of(told)
    kinds = words(language)["pictures"]["map"]["kinds"]
    rows = tuple(
        (
            spot.thing,
            kinds[spot.kind],
            digits(f"{spot.latitude:.2f}", language),
            digits(f"{spot.longitude:.2f}", language),
            spot.number,
            _origin(spot.evidence, language),
        )
        for spot in spots
    )
    view = told.asked.fields.get("view", "")
    contested, unplaced = _missing(told, spots)
    made = specification(spots, language, VIEWS.get(view, VIEWS[""]), contested) if spots else {}
    return Drawn(
        made,
        ("place", "kind", "latitude", "longitude", "claims", "evidence"),
        rows,
        beside=(("contested", contested), ("unplaced", unplaced)),
    )


def _missing(told: Told, spots: list[Spot]) -> tuple[tuple[NamedThing, ...], tuple[NamedThing, ...]]:
    """Places that are not drawn: those called occupied or claimed, and the others, nothing in both."""
    placed = {spot.thing.iri for spot in spots}
    contested = [row["place"]["value"] for row in told.rows("picture-contested")]
    others = [row["place"]["value"] for row in told.rows("picture-unplaced")]
    return (
        tuple(told.named(iri) for iri in contested if iri not in placed),
        tuple(told.named(iri) for iri in others if iri not in contested),
    )


_SHAPES = {"state": "circle", "point": "circle", "centroid": "diamond", "contested": "square"}
_FILLS = {
    "state": COLOURS["Conflictual"],
    "point": COLOURS["Cooperative"],
    "centroid": COLOURS["Cooperative"],
    "contested": PAPER,
}


def specification(
    spots: list[Spot],
    language: str,
    view: tuple[float, float, float, float],
    missing: tuple[NamedThing, ...] = (),
) -> dict[str, Any]:
    """Outlines, and on them a mark for each place within the view: the larger, the more claims.

    Args:
        spots: places with their positions.
        language: of the picture.
        view: its bounds, as in ``VIEWS``.
        missing: contested places without a position: named in the picture, since their lack would take sides.
    """
    west, east, south, north = view
    scale = _WIDTH / math.radians(east - west)
    height = round(scale * (_mercator(north) - _mercator(south)))
    middle = math.degrees(2 * math.atan(math.exp((_mercator(north) + _mercator(south)) / 2)) - math.pi / 2)
    within = [s for s in spots if west <= s.longitude <= east and south <= s.latitude <= north]
    labelled = _labelled(within, (east - west) / _WIDTH)
    most = max(spot.number for spot in spots)
    return frame(VEGA_LITE, language) | {
        "title": _note(missing, language),
        "width": _WIDTH,
        "height": height,
        "projection": {
            "type": "mercator",
            "scale": scale,
            "center": [(west + east) / 2, middle],
            "translate": [_WIDTH / 2, height / 2],
            "clipExtent": [[0, 0], [_WIDTH, height]],
        },
        "view": {"fill": "#eaf1f5", "stroke": None},
        "layer": _layers([_row(spot, spot in labelled, language) for spot in within], within, most, language),
    }


def _row(spot: Spot, labelled: bool, language: str) -> dict[str, Any]:
    """What the marks of a place are drawn from."""
    return {
        "name": spot.thing.text,
        "longitude": spot.longitude,
        "latitude": spot.latitude,
        "kind": words(language)["pictures"]["map"]["kinds"][spot.kind],
        "claims": spot.number,
        "label": written(spot.thing.text, language) if labelled else "",
        "href": link(spot.thing.href),
        "says": f"{spot.thing.text}: {digits(str(spot.number), language)}",
    }


def _layers(rows: list[dict[str, Any]], within: list[Spot], most: int, language: str) -> list[dict[str, Any]]:
    """Outlines of countries; a mark for each place; its name, set off from what is below."""
    at = {
        "longitude": {"field": "longitude", "type": "quantitative"},
        "latitude": {"field": "latitude", "type": "quantitative"},
    }
    spoken = {"description": {"field": "says"}, "tooltip": {"field": "says"}, "href": {"field": "href"}}
    outlines = {"type": "geoshape", "fill": "#fbf9f4", "stroke": LINE, "strokeWidth": 1, "aria": False}
    mark = {"type": "point", "filled": True, "opacity": 0.8, "stroke": INK, "strokeWidth": 1.2}
    above = "-7 - 0.5 * sqrt(scale('size', datum.claims))"
    text = {"type": "text", "dy": {"expr": above}, "fontSize": 11.5, "aria": False}
    named = at | {"text": {"field": "label"}}
    return [
        {
            "data": {"values": "@outlines", "format": {"type": "topojson", "feature": "countries"}},
            "mark": outlines,
        },
        {
            "data": {"values": rows},
            "mark": mark,
            "encoding": at | spoken | _scales(within, most, language),
        },
        {
            "data": {"values": rows},
            "mark": text | {"stroke": PAPER, "strokeWidth": 3, "strokeOpacity": 0.8},
            "encoding": named,
        },
        {"data": {"values": rows}, "mark": text, "encoding": named},
    ]


def _scales(within: list[Spot], most: int, language: str) -> dict[str, Any]:
    """How large a mark is, and which shape and colour it has."""
    kinds = words(language)["pictures"]["map"]["kinds"]
    order = [kind for kind in _SHAPES if any(spot.kind == kind for spot in within)]
    legend = {"title": None, "orient": "bottom", "columns": 2, "labelLimit": 400, "symbolSize": 110}

    def by_kind(values: dict[str, str]) -> dict[str, Any]:
        scale = {"domain": [kinds[kind] for kind in order], "range": [values[kind] for kind in order]}
        return {"field": "kind", "type": "nominal", "scale": scale, "legend": legend}

    size = {
        "field": "claims",
        "type": "quantitative",
        "legend": None,
        "scale": {"type": "sqrt", "domain": [1, most], "range": [45, 900]},
    }
    return {"size": size, "shape": by_kind(_SHAPES), "fill": by_kind(_FILLS)}


def _note(missing: tuple[NamedThing, ...], language: str) -> dict[str, Any]:
    """The names of what is missing, a line each, as the picture's last line; empty where nothing is."""
    said = words(language)["pictures"]["map"]["missing"]
    lines = [said, *(thing.text for thing in missing)] if missing else []
    return {
        "text": [written(line, language) for line in lines],
        "orient": "bottom",
        "anchor": "middle",
        "fontSize": 11.5,
        "fontWeight": "normal",
        "color": INK,
        "font": fonts(language),
    }


def _labelled(spots: list[Spot], degrees: float) -> list[Spot]:
    """Places that get a label: those of which most is said, none so near another that labels would meet.

    Args:
        spots: within the view.
        degrees: of longitude, that a unit of the picture's width stands for.
    """
    chosen: list[Spot] = []
    for spot in sorted(spots, key=lambda each: (-each.number, each.thing.iri)):
        if all(
            abs(spot.latitude - each.latitude) > _LINE_HEIGHT * degrees
            or abs(spot.longitude - each.longitude)
            > (len(spot.thing.text) + len(each.thing.text)) / 2 * _LETTER * degrees
            for each in chosen
        ):
            chosen.append(spot)
    return chosen


def _mercator(latitude: float) -> float:
    """The height of a latitude on the map, in radii of the earth."""
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


MAP = PictureKind("map", FIELDS, queries, draw, {"source": ("picture-sources", "source")})
