"""Statements that repeat what a source misprints: the graph says them in their claim only, never bare.

A correction says what is printed and what is meant. A claim states what is meant, or mentions what is
printed; but where it states what is printed, nobody vouches for that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from araxes.ontology.spelling import contains_words, plain

Statement = tuple[str, str, str]
"""As :data:`araxes.triples.derived.claim_graphs.Triple`."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def misprinted(
    statements: Collection[Statement],
    corrections: Collection[tuple[str, str]],
    names: Mapping[str, Collection[str]],
) -> set[Statement]:
    """The statements of a claim that say what is printed; none where the claim says what is meant.

    A node of the claim's own with such a statement, a tenure with a wrong office, is left out as a whole.

    Args:
        statements: the claim's graph.
        corrections: printed and corrected forms.
        names: IRI → labels of the thing.
    """
    wrong: set[Statement] = set()
    for printed, meant in corrections:
        if not any(_states(value, meant, names) for _, _, value in statements):
            wrong |= {triple for triple in statements if _states(triple[2], printed, names)}
    nodes = {subject for subject, _, _ in wrong if "#" in subject}
    return wrong | {triple for triple in statements if triple[0] in nodes or triple[2] in nodes}


def says(form: str, names: Iterable[str], literal: str = "") -> bool:
    """Whether a printed or corrected form has one of a thing's names, or is a number of a literal.

    >>> says("prime minister of Israel", ["Prime Minister"]), says("2020", [], "2020-05")
    (True, True)
    """
    number = plain(form)
    return any(contains_words(form, name) for name in names) or (
        _NUMBER.fullmatch(number) is not None and number in _NUMBER.findall(literal)
    )


def _states(value: str, form: str, names: Mapping[str, Collection[str]]) -> bool:
    if value.startswith("<"):
        return says(form, names.get(value[1:-1], ()))
    return says(form, (), value.partition('"^^')[0])
