"""Entities that the beginning of a name or id may mean: for suggestions, searches and misspelt addresses."""

from __future__ import annotations

import json

from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.likeness.folding import LONGEST_PREFIX, fold, joined
from araxes.endpoint.search.matching.identifiers import entities_identified, local_id
from araxes.endpoint.search.matching.name_matching import entities_named

_LAST = "\U0010ffff"

_BEGINNING = """
SELECT entity, MIN(LENGTH(joined)) FROM name WHERE INSTR(tails, '|' || ?)
GROUP BY entity ORDER BY 2 LIMIT 1000"""


def likely_entities(index: Index, prefix: str) -> list[tuple[str, float]]:
    """The ids of the same entities with scores: from 100 they are named or begun, below they resemble."""
    return [(str(name), score) for _, _, name, _, _, score in likely_rows(index, prefix)]


def likely_rows(index: Index, prefix: str) -> list[tuple[int, int, str, str, str, float]]:
    """The identified, those whose names begin so, then those that resemble it; the likeliest first.

    Returns:
        Number, rank, id, label, description and score of each.
    """
    scores = {number: one.score for number, one in entities_named(index, prefix).items()}
    begun = joined(fold(prefix))[:LONGEST_PREFIX]
    if begun:
        rows = index.rows(_BEGINNING, begun)
        scores |= {int(number): 200.0 - int(length) / 10 for number, length in rows}
    own = local_id(prefix)
    if own:
        rows = index.rows("SELECT number FROM entity WHERE id >= ? AND id < ? LIMIT 100", own, own + _LAST)
        scores |= {int(row[0]): 300.0 for row in rows}
    scores |= dict.fromkeys(entities_identified(index, prefix), 400.0)
    rows = index.rows(
        "SELECT number, rank, id, label, description FROM entity "
        "WHERE number IN (SELECT value FROM json_each(?))",
        json.dumps(sorted(scores)),
    )
    found = (
        (int(number), int(rank), str(name), str(label), str(text), scores[int(number)])
        for number, rank, name, label, text in rows
    )
    return sorted(found, key=lambda row: (-row[5], row[1], row[2]))
