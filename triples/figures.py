"""When two figures are figures of one thing, and what each leaves possible.

The rule that keeps contested figures out of the default graph and the rule that finds diverging
values both rest on this module.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from araxes.ontology.namespaces import AX, local_name
from araxes.triples.claim_graphs import Triple

_NAMES = ("value", "lowerValue", "upperValue", "rank")

FIGURES = frozenset(AX + name for name in _NAMES)
"""Properties that give a figure."""

_ABOUT = 0.1
"""An approximate figure may be off by this share."""

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
    return tuple(frozenset(t[2] for t in listed if t[1] == name) for name in _SIGNATURE)


def range_of(statements: Iterable[Triple]) -> tuple[float, float]:
    """What an observation leaves possible: its value, widened by its comparator."""
    parts = {local_name(predicate): value for _, predicate, value in statements}
    number = {name: float(parts[name].split('"')[1]) for name in _NAMES if name in parts}
    value = number.get("value", number.get("rank"))
    low = number.get("lowerValue", value if value is not None else -math.inf)
    high = number.get("upperValue", value if value is not None else math.inf)
    comparator = local_name(parts.get("comparator", "").strip("<>"))
    if comparator in {"MoreThan", "AtLeast"}:
        return low, math.inf
    if comparator in {"LessThan", "AtMost"}:
        return -math.inf, high
    margin = _ABOUT * max(abs(low), abs(high)) if comparator == "About" and value is not None else 0
    return low - margin, high + margin
