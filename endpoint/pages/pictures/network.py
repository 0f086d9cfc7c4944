"""The network of actors: who is related to whom, in which direction and how, by how many claims."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from araxes.endpoint.pages.frame import digits
from araxes.endpoint.pages.named_queries import Term
from araxes.endpoint.pages.paging import pair_address
from araxes.endpoint.pages.pictures.picture import (
    POLARITIES,
    Drawn,
    PictureKind,
    count,
    link,
    places,
    polarity_of,
    polarity_word,
)
from araxes.endpoint.pages.pictures.style import COLOURS, DASHES, INK, PAPER, VEGA, frame, written
from araxes.endpoint.pages.thing_pages import Asked, NamedThing, Queries, Told, filled
from araxes.ontology.namespaces import AX

MOST = 90
"""Connections that are drawn (the LIMIT of ``picture-network.rq``)."""

FIELDS = ("actor", "relation", "polarity", "source", "since", "until", "actors")

_RADIUS = 230.0
_MARGIN = 165.0
_GAP = 9.0
_LONGEST = 26
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One connection.

    Attributes:
        one: from whom.
        two: to whom.
        polarity: of the claims, by its local name.
        number: of claims.
    """

    one: NamedThing
    two: NamedThing
    polarity: str
    number: int


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an actor stands."""

    x: float
    y: float
    angle: float
    size: float


def queries(asked: Asked) -> Queries:
    """What the picture asks."""
    some = places(asked)
    every: dict[str, Term] = (
        {} if asked.fields.get("actors") == "all" else {"kind": ox.NamedNode(AX + "State")}
    )
    return {
        "picture-network": filled("picture-network", some | every),
        "picture-relations": filled("picture-relations", {}),
        "picture-states": filled("picture-states", {}),
        "picture-sources": filled("picture-sources", {}),
    }


def edges_of(told: Told, name: str = "picture-network") -> list[Edge]:
    """The connections in an answer."""
    return [
        Edge(told.named(row["from"]["value"]), told.named(row["to"]["value"]), polarity_of(row), count(row))
        for row in told.rows(name)
    ]


def draw(told: Told) -> Drawn:
    """The picture."""
    edges = edges_of(told)
    language = told.asked.language
    rows = tuple((each.one, each.two, polarity_word(each.polarity, language), each.number) for each in edges)
    made = specification(edges, language, told.asked.namespace) if edges else {}
    return Drawn(made, ("from", "to", "polarity", "claims"), rows, len(edges) == MOST)


def specification(edges: list[Edge], language: str, namespace: str) -> dict[str, Any]:
    """The network on a circle: each actor keeps its neighbours apart, and no label hides another."""
    weight: Counter[str] = Counter()
    for edge in edges:
        weight[edge.one.iri] += edge.number
        weight[edge.two.iri] += edge.number
    names = {end.iri: end for edge in edges for end in (edge.one, edge.two)}
    spots = _circle(weight)
    side = 2 * (_RADIUS + _MARGIN)
    made = frame(VEGA, language)
    polarities = [each for each in (*POLARITIES, "") if any(edge.polarity == each for edge in edges)]
    said = [polarity_word(each, language) for each in polarities]
    made |= {
        "width": side,
        "height": 2 * (_RADIUS + 40),
        "data": [
            {"name": "edges", "values": [_line(edge, spots, language, namespace) for edge in edges]},
            {
                "name": "actors",
                "values": [_node(names[iri], spots[iri], weight[iri], language) for iri in spots],
            },
        ],
        "scales": [
            {
                "name": "colour",
                "type": "ordinal",
                "domain": said,
                "range": [COLOURS[each] for each in polarities],
            },
            {
                "name": "dash",
                "type": "ordinal",
                "domain": said,
                "range": [DASHES[each] for each in polarities],
            },
        ],
        "legends": [
            {
                "stroke": "colour",
                "strokeDash": "dash",
                "symbolType": "stroke",
                "symbolSize": 900,
                "symbolStrokeWidth": 3,
                "orient": "bottom",
                "direction": "horizontal",
                "columnPadding": 24,
            }
        ],
        "marks": _marks(),
    }
    return made


def _circle(weight: Counter[str]) -> dict[str, _Spot]:
    """Actors around a circle, those of which most is said alternately, so that their lines spread out."""
    order = [iri for iri, _ in sorted(weight.items(), key=lambda entry: (-entry[1], entry[0]))]
    step = next((each for each in (5, 7, 3, 2) if math.gcd(each, len(order)) == 1 and each < len(order)), 1)
    heaviest = max(weight.values())
    found = {}
    for number, iri in enumerate(order):
        angle = 2 * math.pi * ((number * step) % len(order)) / len(order) - math.pi / 2
        x = _RADIUS + _MARGIN + _RADIUS * math.cos(angle)
        y = _RADIUS + 40 + _RADIUS * math.sin(angle)
        found[iri] = _Spot(
            round(x, 1), round(y, 1), angle, round(5 + 11 * math.sqrt(weight[iri] / heaviest), 1)
        )
    return found


def _node(thing: NamedThing, spot: _Spot, weight: int, language: str) -> dict[str, Any]:
    outward = spot.size + 7
    cosine = math.cos(spot.angle)
    return {
        "name": written(thing.text, language, _LONGEST),
        "x": spot.x,
        "y": spot.y,
        "size": (2 * spot.size) ** 2,
        "tx": round(spot.x + outward * cosine, 1),
        "ty": round(spot.y + outward * math.sin(spot.angle), 1),
        "align": "center" if abs(cosine) < 0.2 else "left" if cosine > 0 else "right",
        "baseline": "middle" if abs(cosine) >= 0.2 else "top" if math.sin(spot.angle) > 0 else "bottom",
        "href": link(thing.href),
        "says": f"{thing.text}: {digits(str(weight), language)}",
    }


def _line(edge: Edge, spots: dict[str, _Spot], language: str, namespace: str) -> dict[str, Any]:
    """A connection as a curve that leaves room for the one back and for those of other polarities."""
    one, two = spots[edge.one.iri], spots[edge.two.iri]
    dx, dy = two.x - one.x, two.y - one.y
    length = math.hypot(dx, dy) or 1.0
    bend = 18.0 + _GAP * (*POLARITIES, "").index(edge.polarity) + 0.08 * length
    mx, my = (one.x + two.x) / 2 - dy / length * bend, (one.y + two.y) / 2 + dx / length * bend
    x1, y1 = _towards(one.x, one.y, mx, my, one.size + 2)
    x2, y2 = _towards(two.x, two.y, mx, my, two.size + 4)
    ends = (edge.one.iri.removeprefix(namespace), edge.two.iri.removeprefix(namespace))
    says = polarity_word(edge.polarity, language)
    return {
        "path": f"M{x1:.1f},{y1:.1f}Q{mx:.1f},{my:.1f} {x2:.1f},{y2:.1f}",
        "width": round(1 + 1.1 * math.sqrt(edge.number), 2),
        "polarity": says,
        "dash": DASHES[edge.polarity],
        "x": round(x2, 1),
        "y": round(y2, 1),
        "angle": round(math.degrees(math.atan2(y2 - my, x2 - mx)) + 90, 1),
        "tip": round(40 + 14 * math.sqrt(edge.number), 1),
        "href": link(pair_address(*ends))
        + (f"&polarity={quote('ontology/' + edge.polarity)}" if edge.polarity else ""),
        "says": f"{edge.one.text} → {edge.two.text}: {says}, {digits(str(edge.number), language)}",
    }


def _towards(x: float, y: float, to_x: float, to_y: float, far: float) -> tuple[float, float]:
    length = math.hypot(to_x - x, to_y - y) or 1.0
    return x + (to_x - x) / length * far, y + (to_y - y) / length * far


def _marks() -> list[dict[str, Any]]:
    """Lines, their tips, actors and names."""
    shared = {"description": {"field": "says"}, "href": {"field": "href"}, "tooltip": {"field": "says"}}
    stroke = {"scale": "colour", "field": "polarity"}
    at = {"x": {"field": "x"}, "y": {"field": "y"}}
    line = {
        "path": {"field": "path"},
        "stroke": stroke,
        "strokeWidth": {"field": "width"},
        "strokeDash": {"field": "dash"},
        "strokeOpacity": {"value": 0.8},
    }
    tip = {
        **at,
        "shape": {"value": "triangle"},
        "angle": {"field": "angle"},
        "size": {"field": "tip"},
        "fill": stroke,
    }
    actor = {
        **at,
        "size": {"field": "size"},
        "fill": {"value": PAPER},
        "stroke": {"value": INK},
        "strokeWidth": {"value": 1.5},
    }
    name = {
        "x": {"field": "tx"},
        "y": {"field": "ty"},
        "text": {"field": "name"},
        "align": {"field": "align"},
        "baseline": {"field": "baseline"},
        "fontSize": {"value": 13},
        "fill": {"value": INK},
        "href": {"field": "href"},
    }
    quiet = {"aria": False}
    return [
        {"type": "path", "from": {"data": "edges"}, "encode": {"enter": line | shared}},
        {"type": "symbol", "from": {"data": "edges"}, "encode": {"enter": tip}, **quiet},
        {"type": "symbol", "from": {"data": "actors"}, "encode": {"enter": actor | shared}},
        {"type": "text", "from": {"data": "actors"}, "encode": {"enter": name}, **quiet},
    ]


NETWORK = PictureKind(
    "network",
    FIELDS,
    queries,
    draw,
    {
        "actor": ("picture-states", "state"),
        "relation": ("picture-relations", "relation"),
        "source": ("picture-sources", "source"),
    },
)
