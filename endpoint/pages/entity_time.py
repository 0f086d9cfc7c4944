"""When: the dated events in which a thing has a part, drawn small, and where the large pictures show it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from araxes.endpoint.pages.dates import date_of_row
from araxes.endpoint.pages.frame import direction
from araxes.endpoint.pages.lanes import DatedSpan, Lanes, lanes, year_of
from araxes.endpoint.pages.thing_pages import NamedThing, Told

FEWEST = 3
"""Events below which a list says more than a picture."""


@dataclass(frozen=True, slots=True)
class EntityTime:
    """What an entity's page shows of time.

    Attributes:
        lanes: the events by their years, in one lane.
        events: each with its date in words, in order of time; once for each of its dates.
        timeline: address of the time line with this thing chosen.
    """

    lanes: Lanes
    events: tuple[tuple[NamedThing, str], ...]
    timeline: str


def entity_time(told: Told, name: str) -> EntityTime | None:
    """The events of a thing; ``None`` where there are too few to draw.

    Args:
        told: with the answer to ``entity-events``.
        name: of the lane.
    """
    language = told.asked.language
    rows = told.rows("entity-events")
    if len({row["event"]["value"] for row in rows}) < FEWEST:
        return None
    events = tuple((told.named(row["event"]["value"]), date_of_row(row, language)) for row in rows)
    spans = [
        DatedSpan(year_of(row, "earliest"), year_of(row, "latest"), f"{thing.text}: {words}")
        for row, (thing, words) in zip(rows, events, strict=True)
    ]
    found = lanes([(name, spans)], direction(language) == "rtl")
    return EntityTime(found, events, picture_of(told, "timeline")) if found else None


def picture_of(told: Told, picture: str, **more: str) -> str:
    """The address of a picture of what concerns the thing of a page."""
    own = told.asked.iri.removeprefix(told.asked.namespace)
    return f"/pictures/{picture}?{urlencode({'actor': own, **more})}"
