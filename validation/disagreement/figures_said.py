"""Figures that claims give, of whatever they measure: set beside each other, and told in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from araxes.ontology.namespaces import AX, local_name
from araxes.triples.derived.claim_graphs import ClaimGraph, Triple
from araxes.triples.derived.figures_compared import Base, base_of, is_figure, range_of
from araxes.triples.labels import Words, plain_value
from araxes.validation.disagreement.words_of_time import date_in_words, number_in_words

_OF = (
    "measuredEntity", "fromActor", "toActor", "betweenActor", "commodity", "weapon", "place", "rankedWithin",
    "shareOf", "basedOn", "concerns",
)  # fmt: skip
_YEARLY = {"en": "a year", "fa": "در سال"}
_RANK = {"en": "rank {}", "fa": "رتبهٔ {}"}
_RANGE = {"en": "{} to {}", "fa": "{} تا {}"}


@dataclass
class GivenFigure:
    """A figure with the claims that give it.

    Attributes:
        base: what it is a figure of.
        statements: what a claim says of its node.
        claims: IRIs of the claims that give just this.
    """

    base: Base
    statements: list[Triple]
    claims: set[str] = field(default_factory=set)

    def agrees(self, other: GivenFigure) -> bool:
        """Whether both are figures of one thing, and one number can be what both mean."""
        if self.base != other.base:
            return False
        (low, high), (least, most) = range_of(self.statements), range_of(other.statements)
        return max(low, least) <= min(high, most)


def figures_of(claims: Iterable[ClaimGraph]) -> list[GivenFigure]:
    """The figures of claims, those that say the same once."""
    found: dict[tuple[tuple[str, str], ...], GivenFigure] = {}
    for claim in claims:
        for statements in claim.nodes().values():
            if is_figure(statements):
                said = tuple(sorted((predicate, value) for _, predicate, value in statements))
                given = found.setdefault(said, GivenFigure(base_of(statements), statements))
                given.claims.add(claim.iri)
    return list(found.values())


def figure_text(figure: GivenFigure, words: Words, language: str) -> str:
    """A figure in words: what is measured, of what, when, and the value.

    Args:
        figure: the figure.
        words: what things are called.
        language: one of :data:`~araxes.ontology.languages.LANGUAGES`.
    """
    parts: dict[str, list[str]] = defaultdict(list)
    for _, predicate, value in figure.statements:
        parts[local_name(predicate)].append(value)

    def named(value: str) -> str:
        return words.name(value[1:-1], language) if value.startswith("<") else plain_value(value)

    def number(name: str) -> str:
        return number_in_words(plain_value(parts[name][0]), language) if name in parts else "…"

    when = [date_in_words(plain_value(value), language) for value in parts["date"][:1]]
    of = [named(value) for name in _OF for value in sorted(parts[name])]
    measure = named(next(iter(parts["measure"]), f"<{AX}Observation>"))
    if "rank" in parts:
        said = _RANK[language].format(number("rank"))
    else:
        known = "value" in parts
        said = (
            number("value") if known else _RANGE[language].format(number("lowerValue"), number("upperValue"))
        )
    comparator = [named(value) for value in parts["comparator"][:1]]
    unit = [named(value) for value in parts["unit"][:1]]
    period = [
        _YEARLY[language] if '"P1Y"' in value else plain_value(value) for value in parts["perPeriod"][:1]
    ]
    about = "، ".join([*of, *when]) if language == "fa" else ", ".join([*of, *when])
    value = " ".join([*comparator, said, *unit, *period])
    return f"{measure} ({about}): {value}" if about else f"{measure}: {value}"
