"""Agreement of annotations: figures that can be counted by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from araxes.triples.authoring.corpus import Record
from araxes.triples.authoring.yaml_lines import Document
from araxes.validation.drafts.agreement import agreement


def claim(name: str, start: int, end: int, *statements: dict[str, Any], **more: Any) -> Record:
    """A claim of a passage."""
    data: dict[str, Any] = {
        "id": name,
        "holder": "author",
        "modality": "Asserted",
        "asserts": list(statements),
    }
    data |= {"passage": {"start": start, "end": end, "sha256": ""}, **more}
    return Record("claim", data, Document(Path("a.yaml"), None, {}), ())


SUPPORT = {"id": "state/a", "supports": "state/b"}
THREAT = {"id": "state/a", "threatens": ["state/b", "state/c"]}


def test_an_annotation_agrees_with_itself() -> None:
    claims = [claim("1", 0, 10, SUPPORT), claim("2", 10, 30, THREAT)]
    found = agreement(claims, claims)
    assert (found.claims, found.holders, found.overlap, found.characters, found.facts) == (1, 1, 1, 1, 1)
    assert set(found.pairs) == {("1", "1"), ("2", "2")}


def test_what_differs_is_counted() -> None:
    careful = [claim("1", 0, 10, SUPPORT), claim("2", 10, 30, THREAT), claim("3", 40, 50, SUPPORT)]
    other = [
        claim("a", 0, 5, SUPPORT, holder="state/b"),  # half of it, and another holder
        claim("b", 10, 30, {"id": "state/a", "threatens": "state/b"}),
        claim("c", 60, 70, SUPPORT),  # elsewhere
        claim("d", 40, 50, SUPPORT, modality="Denied"),  # the contrary
    ]
    found = agreement(careful, other)
    assert set(found.pairs) == {("1", "a"), ("2", "b")}
    assert found.claims == pytest.approx(4 / 7)
    assert found.holders == pytest.approx(2 / 7)
    assert found.overlap == pytest.approx((0.5 + 1) / 2)
    assert found.characters == pytest.approx(2 * 35 / (40 + 45))
    assert found.facts == pytest.approx(2 * 2 / (3 + 3))


def test_no_claim_is_paired_twice_and_the_best_pair_wins() -> None:
    one = claim("1", 0, 10, SUPPORT)
    found = agreement([one], [claim("near", 0, 9, SUPPORT), claim("same", 0, 10, SUPPORT)])
    assert found.pairs == (("1", "same"),)


def test_nothing_agrees_with_nothing() -> None:
    found = agreement([], [])
    assert (found.claims, found.holders, found.overlap, found.characters, found.facts) == (0, 0, 0, 0, 0)
    assert agreement([claim("1", 0, 9, SUPPORT)], []).claims == 0


def test_nodes_of_a_claims_own_are_known_by_their_class() -> None:
    figure = {"id": "#1", "type": "Observation", "value": 4, "measure": "measure/trade"}
    found = agreement([claim("1", 0, 9, figure)], [claim("2", 0, 9, {**figure, "id": "#figure"})])
    assert found.facts == 1
