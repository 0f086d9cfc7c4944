"""The table of what became of each factor and concept of version 0.1 agrees with the corpus."""

from __future__ import annotations

import csv

import pytest

from araxes.triples.authoring.corpus import ENTITIES, read_corpus

TABLE = ENTITIES.with_name("successors-0.2.tsv")
OUTCOMES = {"kept", "retyped", "merged", "said with properties"}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """The rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture(scope="module")
def types() -> dict[str, str]:
    """Type of each entity of the corpus by id."""
    return {record.id: str(record.data["type"]) for record in read_corpus().entities}


def test_each_factor_and_concept_is_decided_once(rows: list[dict[str, str]]) -> None:
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids)
    assert sum(id_.startswith("factor/") for id_ in ids) == 458
    assert sum(id_.startswith("concept/") for id_ in ids) == 276
    assert {row["outcome"] for row in rows} == OUTCOMES
    assert all(row["reason"] for row in rows)


def test_successors_are_in_the_corpus_with_their_type(
    rows: list[dict[str, str]], types: dict[str, str]
) -> None:
    for row in rows:
        if row["successor"]:
            assert types.get(row["successor"]) == row["type"], row["id"]
        else:
            assert row["outcome"] == "said with properties", row["id"]


def test_what_has_a_successor_is_gone(rows: list[dict[str, str]], types: dict[str, str]) -> None:
    gone = {row["id"] for row in rows if row["id"] != row["successor"]}
    assert not gone & set(types)
    assert not any(id_.startswith("factor/") for id_ in types)


def test_only_the_merged_share_a_successor(rows: list[dict[str, str]]) -> None:
    own = [row["successor"] for row in rows if row["successor"] and row["outcome"] != "merged"]
    assert len(set(own)) == len(own)
