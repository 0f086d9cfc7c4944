"""Sources by topics: how many claims of each source state something in the terms of which module."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from araxes.endpoint.pages.frame import digits
from araxes.endpoint.pages.pictures.picture import Drawn, PictureKind, count, link, places, turned
from araxes.endpoint.pages.pictures.style import INK, PAPER, RAMPS, VEGA_LITE, frame, right_to_left, written
from araxes.endpoint.pages.thing_pages import Asked, NamedThing, Queries, Told, filled
from araxes.triples.derived.sort_keys import sort_key

FIELDS = ("polarity",)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a topic there is in a source.

    Attributes:
        source: the source.
        topic: the module of the ontology.
        name: what the topic is called.
        number: of claims.
    """

    source: NamedThing
    topic: NamedThing
    name: str
    number: int


def queries(asked: Asked) -> Queries:
    """What the picture asks."""
    some = {name: term for name, term in places(asked).items() if name in FIELDS}
    return {"picture-topics": filled("picture-topics", some | {"language": ox.Literal(asked.language)})}


def draw(told: Told) -> Drawn:
    """The picture."""
    shares = [
        Share(
            told.named(row["source"]["value"]),
            told.named(row["topic"]["value"]),
            row["name"]["value"],
            count(row),
        )
        for row in told.rows("picture-topics")
    ]
    shares.sort(key=lambda share: (sort_key(share.source.text), -share.number, share.topic.iri))
    made = specification(shares, told.asked.language) if shares else {}
    language = told.asked.language
    rows = tuple(
        (share.source, NamedThing(share.topic.iri, share.name, language, share.topic.href), share.number)
        for share in shares
    )
    return Drawn(made, ("source", "topic", "claims"), rows)


def specification(shares: list[Share], language: str) -> dict[str, Any]:
    """A square for each source and topic: the darker, the more claims."""
    totals: Counter[str] = Counter()
    for share in shares:
        totals[share.name] += share.number
    topics = [name for name, _ in totals.most_common()]
    most = max(share.number for share in shares)
    values = [
        {
            "source": written(share.source.text, language, 50),
            "topic": written(share.name, language),
            "claims": share.number,
            "text": digits(str(share.number), language),
            "href": link(share.source.href),
            "says": f"{share.source.text}, {share.name}: {digits(str(share.number), language)}",
        }
        for share in shares
    ]
    # Upright heads of many columns would not fit; slanted, they rise in the direction of reading.
    slant = (
        {"labelAngle": 35, "labelAlign": "right"}
        if right_to_left(language)
        else {"labelAngle": -35, "labelAlign": "left"}
    )
    plain = {"title": None, "domain": False, "ticks": False}
    x = {
        "field": "topic",
        "type": "ordinal",
        "scale": {"domain": turned([written(name, language) for name in topics], language)},
        "axis": plain | slant | {"orient": "top", "labelLimit": 0, "labelPadding": 6},
    }
    y = {"field": "source", "type": "ordinal", "axis": plain | {"labelLimit": 0}}
    colour = {
        "field": "claims",
        "type": "quantitative",
        "legend": None,
        "scale": {"type": "sqrt", "domain": [0, most], "range": RAMPS["Cooperative"]},
    }
    ink = {"condition": {"test": f"datum.claims > {most / 3}", "value": PAPER}, "value": INK}
    spoken = {"description": {"field": "says"}, "tooltip": {"field": "says"}, "href": {"field": "href"}}
    return frame(VEGA_LITE, language) | {
        "width": {"step": 52},
        "height": {"step": 34},
        "data": {"values": values},
        "encoding": {"x": x, "y": y} | spoken,
        "layer": [
            {"mark": {"type": "rect", "stroke": PAPER, "strokeWidth": 2}, "encoding": {"color": colour}},
            {
                "mark": {"type": "text", "aria": False, "fontSize": 12},
                "encoding": {"text": {"field": "text"}, "color": ink},
            },
        ],
    }


TOPICS = PictureKind("topics", FIELDS, queries, draw, {})
