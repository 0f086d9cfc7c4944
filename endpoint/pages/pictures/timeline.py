"""The time line of events: each as precisely as the sources date it, from a day to a century."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from araxes.endpoint.pages.dates import date_of_row
from araxes.endpoint.pages.pictures.picture import Drawn, PictureKind, count, link, places
from araxes.endpoint.pages.pictures.style import (
    COLOURS,
    VEGA_LITE,
    digits_expression,
    frame,
    right_to_left,
    written,
)
from araxes.endpoint.pages.thing_pages import Asked, NamedThing, Queries, Told, filled

MOST = 80
"""Events that are drawn (the LIMIT of ``picture-timeline.rq``)."""

FIELDS = ("actor", "source", "since", "until")

_FIRST_YEAR = 1900
"""Where the picture begins unless other years are chosen; what was before would press the rest together."""

_STEP = 21


@dataclass(frozen=True, slots=True)
class Dated:
    """An event with one of its dates.

    Attributes:
        thing: the event.
        words: its date, as people say it.
        earliest: first moment that the date allows, ISO 8601 in UTC.
        latest: likewise the last.
        number: of claims that date it so.
    """

    thing: NamedThing
    words: str
    earliest: str
    latest: str
    number: int


def queries(asked: Asked) -> Queries:
    """What the picture asks."""
    some = {name: term for name, term in places(asked).items() if name in FIELDS}
    if not some.keys() & {"since", "until"}:
        some |= {"since": ox.Literal(_FIRST_YEAR)}
    return {
        "picture-timeline": filled("picture-timeline", some),
        "picture-states": filled("picture-states", {}),
        "picture-sources": filled("picture-sources", {}),
    }


def draw(told: Told) -> Drawn:
    """The picture."""
    language = told.asked.language
    events = [
        Dated(
            told.named(row["event"]["value"]),
            date_of_row(row, language),
            row["earliest"]["value"],
            row["latest"]["value"],
            count(row),
        )
        for row in told.rows("picture-timeline")
    ]
    rows = tuple((event.thing, event.words, event.number) for event in events)
    made = specification(events, language) if events else {}
    return Drawn(made, ("event", "when", "claims"), rows, len(events) == MOST)


def specification(events: list[Dated], language: str) -> dict[str, Any]:
    """Spans below each other in order of time: as long as the date is vague."""
    turned = right_to_left(language)
    values = [
        {
            "row": number,
            "name": written(event.thing.text, language, 52),
            "from": event.earliest,
            "to": event.latest,
            "when": event.words,
            "href": link(event.thing.href),
            "says": f"{event.thing.text}: {event.words}",
        }
        for number, event in enumerate(events)
    ]
    place = {
        "field": "row",
        "type": "ordinal",
        "axis": {
            "title": None,
            "labelLimit": 0,
            "labelExpr": "data('names')[datum.value].name",
            "grid": True,
            "domain": False,
            "ticks": False,
            "orient": "right" if turned else "left",
        },
    }
    time = {
        "field": "from",
        "type": "temporal",
        "scale": {"type": "utc", "nice": True, "reverse": turned},
        "axis": {
            "title": None,
            "format": "%Y",
            "orient": "top",
            "labelOverlap": True,
            "labelExpr": digits_expression("datum.label", language),
        },
    }
    spoken = {"href": {"field": "href"}, "description": {"field": "says"}, "tooltip": {"field": "says"}}
    colour = COLOURS["Cooperative"]
    return frame(VEGA_LITE, language) | {
        "width": 520,
        "height": {"step": _STEP},
        "datasets": {"names": values},
        "data": {"name": "names"},
        "encoding": {"y": place, "x": time} | spoken,
        "layer": [
            {
                "mark": {
                    "type": "bar",
                    "height": 9,
                    "color": colour,
                    "opacity": 0.75,
                    "cornerRadius": 2,
                    "minBandSize": 4,
                },
                "encoding": {"x2": {"field": "to"}},
            },
            {"mark": {"type": "tick", "height": 15, "thickness": 3, "color": colour}},
        ],
    }


TIMELINE = PictureKind(
    "timeline",
    FIELDS,
    queries,
    draw,
    {"actor": ("picture-states", "state"), "source": ("picture-sources", "source")},
)
