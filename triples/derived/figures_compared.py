"""When two figures are figures of one thing, and what each leaves possible.

The rule that keeps contested figures out of the default graph and the rule that finds diverging
values both rest on this module.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from araxes.ontology.namespaces import AX, local_name
from araxes.triples.derived.claim_graphs import Triple

_NAMES = ("value", "lowerValue", "upperValue", "rank")

FIGURES = frozenset(AX + name for name in _NAMES)
"""Properties that give a figure."""

_ABOUT = 0.1
"""An approximate figure may be off by this share."""

_MORE = 0.5
"""Who says "more than" means less than this share more: of two million nobody says "more than one"."""

_STEP = 10
"""Who says "more than" of a round percentage means less than the next round one."""

_HALF = 50
"""But "more than half" is a majority of any size."""

_SIGNATURE = tuple(
    AX + name
    for name in [
        "measure",
        "measuredEntity",
        "fromActor",
        "toActor",
        "betweenActor",
        "unit",
        "perPeriod",
        "date",
        "commodity",
        "rankedWithin",
        "place",
        "weapon",
        "concerns",
        "basedOn",
        "shareOf",
    ]
)
"""What two figures must share to be figures of one thing."""

Base = tuple[frozenset[str], ...]
"""The values of the shared properties, in a fixed order."""


def is_figure(statements: Iterable[Triple]) -> bool:
    """Whether the statements on a node give a figure."""
    return any(triple[1] in FIGURES for triple in statements)


def base_of(statements: Iterable[Triple]) -> Base:
    """What a figure is a figure of: measure, actors, unit, date and whatever else narrows it."""
    listed = list(statements)
    parts = {name: frozenset(t[2] for t in listed if t[1] == name) for name in _SIGNATURE}
    if _years(listed) > 1:
        parts[AX + "perPeriod"] = frozenset()
    return tuple(parts.values())


def range_of(statements: Iterable[Triple]) -> tuple[float, float]:
    """What an observation leaves possible: its value, widened by its comparator.

    A bare figure may be rounded: it agrees with "more than" and with "nearly" the same figure, which exclude
    each other. A yearly figure for several years is taken for their total.
    """
    listed = list(statements)
    parts = {local_name(predicate): value for _, predicate, value in listed}
    times = _years(listed)
    number = {name: times * float(parts[name].split('"')[1]) for name in _NAMES if name in parts}
    value = number.get("value", number.get("rank"))
    low = number.get("lowerValue", value if value is not None else -math.inf)
    high = number.get("upperValue", value if value is not None else math.inf)
    above, below = math.nextafter(low, math.inf), math.nextafter(high, -math.inf)
    share = local_name(parts.get("unit", "").strip("<>")) == "Percent" and low % _STEP == 0
    more = _HALF if share and low == _HALF else _STEP if share else _MORE * abs(low)
    margin = _ABOUT * max(abs(low), abs(high))
    comparator = local_name(parts.get("comparator", "").strip("<>"))
    if value is None and comparator in {"", "About"}:
        return low, high
    bounds = {
        "": (math.nextafter(low, -math.inf), math.nextafter(high, math.inf)),
        "About": (low - margin, high + margin),
        "AtLeast": (low, math.inf),
        "AtMost": (-math.inf, high),
        "LessThan": (-math.inf, below),
        "MoreThan": (above, low + more),
        "Nearly": (high - margin, high),
    }
    return bounds.get(comparator, (low, high))


def _years(statements: Iterable[Triple]) -> int:
    """Of how many years an amount is the yearly figure; 1 if it is none, or of one year."""
    parts = {local_name(predicate): value for _, predicate, value in statements}
    yearly = parts.get("perPeriod", "").startswith('"P1Y"') and "rank" not in parts
    if not yearly or local_name(parts.get("unit", "").strip("<>")) in {"Percent", "Ratio", ""}:
        return 1
    if "earliest" not in parts or "latest" not in parts:
        return 1
    first, last = (date.fromisoformat(parts[name][1:11]) for name in ("earliest", "latest"))
    return max(1, round((last - first).days / 365.25))
