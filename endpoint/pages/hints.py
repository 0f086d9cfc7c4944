"""Hints on queries that found nothing, in words: the same on pages and from tools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from araxes.endpoint.pages.words import words
from araxes.triples.labels import in_digits


def hint_texts(found: Iterable[tuple[str, Mapping[str, str | int]]], language: str) -> list[str]:
    """Hints in a language.

    Args:
        found: names of hints and what they tell, as the engine answers
            (:class:`~araxes.endpoint.engines.jobs.HintsJob`).
        language: of the texts, in which numbers have their digits.

    >>> hint_texts([("claimed_once", {"pattern": "?s ax:p ?o"})], "en")
    ['`?s ax:p ?o` is claimed in one graph, not stated outside: use `GRAPH ?claim { ?s ax:p ?o }`.']
    """
    patterns: Mapping[str, str] = words(language)["hints"]
    return [
        patterns[name].format(
            **{
                key: in_digits(str(value), language) if isinstance(value, int) else value
                for key, value in given.items()
            }
        )
        for name, given in found
    ]
